from __future__ import annotations

import pytest

from aigaq.archive import backlinks
from aigaq.archive.backlinks import Mention


@pytest.fixture
def back(sources):
    return lambda: backlinks.of(sources.publish())


ROLES = {
    "told": {"told_by": "p-1"},
    "about": {"about": "p-1"},
    "interviewed": {"interview": {"by": "p-1"}},
    "credited": {"credits": [{"who": "p-1", "role": "author"}]},
    "named": {"mentions": "p-1"},
}


@pytest.mark.parametrize("role", ROLES)
def test_a_text_names_a_person_in_a_role(sources, back, role):
    sources.person("p-1").text("t-1", **ROLES[role])
    assert back().mentions["p-1"] == (Mention("t-1", role),)


@pytest.mark.parametrize(
    "fields",
    [
        {"claims": [{"about": "p-2", "what": "contact", "with": "p-1"}]},
        {"claims": [{"about": "p-2", "what": "fined", "done_by": "p-1"}]},
        {
            "claims": [
                {"about": "p-2", "what": "family-member", "other": "p-1", "relation": "son"}
            ]
        },
        {"claims": [{"about": "p-2", "what": "died", "chain": ["a driver", "p-1"]}]},
        {"asked": [{"how": "letter", "to": "p-1"}]},
        {"objects": [{"id": "ob-1", "what": "scarf", "kept_by": "p-1"}]},
        {"body": "See [her](person:p-1).\n"},
    ],
)
def test_whatever_names_a_person_leads_back(sources, back, fields):
    sources.person("p-1").person("p-2").text("t-1", **fields)
    assert back().mentions["p-1"] == (Mention("t-1", "named"),)


def test_the_first_role_that_fits_is_the_role(sources, back):
    sources.person("p-1").text("t-1", told_by="p-1", about="p-1", mentions="p-1")
    assert back().mentions["p-1"] == (Mention("t-1", "told"),)


def test_texts_come_oldest_first_then_by_id_the_undated_last(sources, back):
    for text, day in (("t-1", "2020"), ("t-2", None), ("t-3", "2019"), ("t-4", "2019")):
        sources.text(
            text, original={"url": "https://a.example/", "published": day, "rights": "own"}
        )
    assert back().order == ("t-3", "t-4", "t-1", "t-2")


def test_a_claim_stands_once_at_each_of_its_places(sources, back):
    sources.person("p-1").place("pl-1").place("pl-2")
    claim = {"about": "p-1", "what": "travelled", "from": "pl-1", "to": "pl-2"}
    sources.text("t-1", claims=[claim, claim | {"to": "pl-1"}])
    at = back().claims_at
    assert {place: len(claims) for place, claims in at.items()} == {"pl-1": 2, "pl-2": 1}


def test_claims_and_interventions_are_found_by_who_and_about_whom(sources, back):
    sources.person("p-1").person("p-2").organisation("org-1")
    claim = {"about": "p-2", "what": "died", "by": "p-1"}
    asked = {"how": "letter", "by": "p-1", "to": ["org-1", "the akim"], "for": "p-2"}
    sources.text("t-1", claims=[claim], asked=[asked])
    made = back()
    assert tuple(made.claims_about) == ("p-2",)
    assert [tuple(m) for m in (made.asked_about, made.asked_by, made.asked_to)] == [
        ("p-2",),
        ("p-1",),
        ("org-1",),
    ]


def test_an_organisation_leads_to_what_it_did_judged_met_and_said(sources, back):
    sources.person("p-1")
    for n in range(1, 5):
        sources.organisation(f"org-{n}")
    common = {"about": "p-1", "by": "org-4"}
    sources.text(
        "t-1",
        claims=[
            common | {"what": "fined", "done_by": "org-1"},
            common | {"what": "sentenced", "years": "3", "court": "org-2"},
            common | {"what": "contact", "with": "org-3"},
            common | {"what": "fined", "done_by": "org-4"},
        ],
    )
    deeds = back().deeds
    assert {i: [(d.role, d.claim.number) for d in found] for i, found in deeds.items()} == {
        "org-1": [("done_by", 1)],
        "org-2": [("court", 2)],
        "org-3": [("with", 3)],
        "org-4": [("by", 1), ("by", 2), ("by", 3), ("done_by", 4)],
    }


def test_things_groups_people_and_places_lead_back(sources, back):
    sources.place("pl-1").place("pl-2", in_="pl-1").person("p-1", from_="pl-2")
    sources.group("g-1", of="p-1").topics("topic")
    things = [{"id": "ob-1", "what": "scarf", "of": "p-1", "kept_by": "p-1"}]
    made = sources.text("t-1", objects=things, topics="topic") and back()
    assert [o.id for o in made.objects_of["p-1"]] == ["ob-1"]
    assert (made.groups_of, made.by_topic) == ({"p-1": ("g-1",)}, {"topic": ("t-1",)})
    assert (made.places_in, made.people_from) == ({"pl-1": ("pl-2",)}, {"pl-2": ("p-1",)})


def test_what_is_hidden_is_not_counted(sources, back):
    sources.person("p-1").text("t-1", body="", protect="restricted", told_by="p-1")
    assert back().mentions == {}
