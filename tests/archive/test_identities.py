from __future__ import annotations

import itertools

import pytest

from aigaq.archive import identities


def named(*texts, lang="en", kind="also-used"):
    return [{"text": text, "lang": lang, "kind": kind} for text in texts]


def found(sources):
    archive, _ = sources.linked()
    return identities.found(archive).candidates


def pairs(sources):
    return [candidate.pair for candidate in found(sources)]


def two(sources, one, other, first=None, second=None):
    sources.person("p-1", names=named(one), **(first or {}))
    return sources.person("p-2", names=named(other), **(second or {}))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Sample Name", "sample name"),
        ("Sample Name", "Name, Sample"),
        ("Sàmple Náme", "Sample Name"),
        ("Sample", "Sample Name"),  # one is known by the first name alone
        ("Tursyngul", "Tursungul"),
        ("Үлгі Есім", "Үлгі"),
        ("Үлгі Есім", "Ulgi Yesim"),  # two scripts
        ("Үлгі Есімұлы", "ۇلگى ەسىم"),
    ],
)
def test_names_that_are_alike_make_a_candidate(sources, one, other):
    assert pairs(two(sources, one, other)) == [("p-1", "p-2")]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Sample Name", "Other Name"),  # a family name is not enough
        ("Ali", "Ola"),  # short words are alike by chance
        ("Sample", "Үлгі"),
        ("Есім", "Yesimuly"),  # a father and his son
    ],
)
def test_names_that_share_little_make_none(sources, one, other):
    assert pairs(two(sources, one, other)) == []


def test_a_description_is_no_name(sources):
    sources.person("p-1", names=named("my aunt", kind="described"))
    sources.person("p-2", names=named("my aunt", kind="described"))
    assert pairs(sources) == []


def test_evidence_says_where_it_is_written(sources):
    [candidate] = found(two(sources, "Sample", "Sample"))
    [reason] = candidate.reasons
    assert [str(span) for span in reason.spans] == [
        "content/people/p-1.yaml:1:16",
        "content/people/p-2.yaml:1:16",
    ]
    assert '"Sample"' in reason.words


def test_two_who_are_the_same_to_one_person_are_a_candidate_without_a_name(sources):
    sources.person("p-3", family=[{"person": "p-1", "is": "aunt"}])
    sources.person("p-1", names=named("his aunt", kind="described"))
    sources.person("p-2", names=named("an elderly aunt", kind="described"))
    claim = {"about": "p-3", "what": "family-member", "other": "p-2", "relation": "aunt"}
    [candidate] = found(sources.text("t-1", claims=[claim]))
    assert candidate.pair == ("p-1", "p-2")
    assert candidate.reasons[0].spans[1].path == "content/testimonies/t-1.en.md"


@pytest.mark.parametrize(
    "apart",
    [
        {"first": {"sex": "female"}, "second": {"sex": "male"}},
        {"first": {"born": "1950"}, "second": {"born": "1980~"}},
        {"first": {"family": [{"person": "p-2", "is": "son"}]}},
    ],
)
def test_what_speaks_against_can_outweigh_a_name(sources, apart):
    assert pairs(two(sources, "Sample Name", "Sample Name", **apart)) == []


def test_a_text_that_names_both_speaks_against(sources):
    two(sources, "Sample Name", "Sample Name").text("t-1", mentions=["p-1", "p-2"])
    [candidate] = found(sources)
    against = [reason.words for reason in candidate.reasons if reason.weight < 0]
    assert against == ["t-1 names both"]


def test_one_home_and_one_event_speak_for_it(sources):
    home = {"from": "pl-1"}
    two(sources, "Sample", "Sample", first=home, second=home).place("pl-1")
    claim = {"what": "died", "where": "pl-1", "when": "2018"}
    claims = [claim | {"about": "p-1"}, claim | {"about": "p-2", "when": "2018-05"}]
    [candidate] = found(sources.text("t-1", claims=claims))
    said = " ".join(reason.words for reason in candidate.reasons if reason.weight > 0)
    assert "both are from pl-1" in said
    assert "died in pl-1" in said


@pytest.mark.parametrize("how", ["same", "different", "open"])
def test_a_decided_pair_stays_in_the_report_as_decided(sources, how):
    two(sources, "Sample", "Other")
    entry = {"pair": ["p-2", "p-1"], "decided": how, "by": "two editors"}
    [candidate] = found(sources.listed("identities", entry))
    assert (candidate.decision.decided, candidate.decision.by) == (how, "two editors")
    assert str(candidate.decision.span) == "content/identities.yaml:1:10"


def test_pairs_without_a_decision_stand_first(sources):
    for n, name in enumerate(("Sample", "Sample", "Other", "Other"), 1):
        sources.person(f"p-{n}", names=named(name))
    entry = {"pair": ["p-1", "p-2"], "decided": "open", "by": "two editors"}
    assert pairs(sources.listed("identities", entry)) == [("p-3", "p-4"), ("p-1", "p-2")]


@pytest.mark.parametrize("protect", ["pseudonym", "initials", "restricted"])
def test_protected_people_are_not_compared(sources, protect):
    sources.person("p-1", names=named("Canary Name"))
    sources.person("p-2", protect=protect, names=named("Canary Name", kind="pseudonym"))
    assert pairs(sources) == []


def test_of_a_decided_pair_somebody_protected_is_shown_by_id_alone(sources):
    sources.person("p-1", names=named("Sample"))
    sources.person("p-2", protect="pseudonym", names=named("Sample", kind="pseudonym"))
    entry = {"pair": ["p-1", "p-2"], "decided": "different", "by": "two editors"}
    [candidate] = found(sources.listed("identities", entry))
    assert (candidate.people[1][0], candidate.reasons) == ("", ())


def test_the_report_is_the_same_in_any_order_of_the_files(new_sources):
    one = two(new_sources(), "Sample", "Sample Name")
    other = new_sources().person("p-2", names=named("Sample Name"))
    other.person("p-1", names=named("Sample"))
    assert found(one) == found(other)


def test_only_people_are_joined(sources):
    sources.place("pl-1").place("pl-2")
    entry = {"pair": ["pl-1", "pl-2"], "decided": "same", "by": "two editors"}

    problem = sources.listed("identities", entry).the("L016")

    assert "pl-1 is a place" in problem.message


def test_two_places_may_be_decided_to_be_two(sources):
    sources.place("pl-1").place("pl-2")
    entry = {"pair": ["pl-1", "pl-2"], "decided": "different", "by": "two editors"}

    assert sources.listed("identities", entry).codes() == ()


def test_people_who_share_nothing_but_a_common_name_are_counted(sources):
    for n, others in enumerate(itertools.product("bdgklm", "nlrst")):
        sources.person(f"p-{n}", names=named(f"Sample {'e'.join(others)}omar"))

    compared = identities.found(sources.linked()[0])

    assert [crowd.size for crowd in compared.crowds] == [30]
    assert compared.candidates == ()
