"""The choke point: what may not be seen is nowhere in the public archive."""

from __future__ import annotations

import dataclasses
import datetime
import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aigaq.archive import public
from aigaq.source.schema import records, texts

BUILT = datetime.date(2026, 11, 22)
CANARY = "canary"
HIDDEN = ("sealed-until 2099-01-01", "restricted", "withdrawn")


# --- canaries ---


def of_a_hidden_text():
    """Every field of a text, each with its canary."""
    return {
        "kind": "interview",
        "voice": "summary",
        "extent": "summary",
        "draft": False,
        "added": "2026-11-22",
        "title": "canary title",
        "title_is_quote": True,
        "title_by": "editor",
        "summary": "canary summary",
        "series": "s-canary",
        "topics": "topic",
        "tags": "canary-tag",
        "content_notes": "torture",
        "told_by": [{"person": "p-canary", "label": "CANARY"}],
        "about": [{"person": "p-canary", "as_told": "canary as told", "words": "canary"}],
        "mentions": "p-canary",
        "interview": {
            "place": "pl-canary",
            "by": "p-canary",
            "conditions": "canary conditions",
        },
        "original": {
            "outlet": "Canary Daily",
            "published_basis": "canary",
            "url": "https://canary.example/",
            "rights": "own",
            "rights_text": "canary",
            "chain": [{"outlet": "Canary Weekly", "words": "canary"}],
        },
        "source": "canary source",
        "credits": [{"who": "Canary Reporter", "role": "author", "words": "canary"}],
        "claims": [{"about": "p-open", "what": "other", "words": "canary", "by": "p-open"}],
        "asked": [{"how": "letter", "by": "p-open", "said": "canary", "for": "p-open"}],
        "objects": [{"id": "ob-canary-2", "what": "canary", "of": "p-open"}],
        "recordings": "canary.opus",
        "protect": "restricted",
        "tombstone": False,
        "consent": "c-canary",
    }


NAMED_BY_A_HIDDEN_TEXT = {
    "text": "Placeholder p-open",
    "lang": "en",
    "kind": "preferred",
    "source": "t-canary",
}
CARD = {
    "given_by": "p-canary",
    "date": "2024-03-09",
    "scope": ["site", "press-contact"],
    "names": "pseudonym",
    "faces": "none",
    "voices": "none",
    "others_object": "canary",
    "review_after": "2027-03-09",
    "after_review": "warn",
    "status": "active",
}
NAMES = [
    {
        "text": "Canary Name",
        "lang": "en",
        "kind": "preferred",
        "source": "t-canary",
        "note": "canary",
        "from": "2010",
        "until": "2019",
    }
]
PLACE = {
    "names": NAMES,
    "type": "other",
    "in": "pl-canary-2",
    "precision": "county",
    "at": ["44.0", "81.3"],
    "words": "canary",
    "protect": "restricted",
}
ORGANISATION = {
    "names": NAMES,
    "type": "other",
    "predecessor": "org-other",
    "part_of": [{"org": "org-open", "from": "2010", "until": "2016"}],
    "not_same_as": "org-open",
    "words": "canary",
    "protect": "restricted",
}
SERIES = {
    "title": "canary",
    "introduction": "canary",
    "credits": [{"who": "Canary Partner", "role": "partner"}],
    "order": "t-canary",
    "protect": "restricted",
}
GROUP = {
    "group": "canary",
    "count": "4",
    "of": "p-open",
    "minors": True,
    "protect": "restricted",
    "note_public": "canary",
}
STUB = {
    "names": [{"text": "Canary", "lang": "en", "kind": "pseudonym"}],
    "protect": "restricted",
    "note_public": "canary",
    "coarsen": {"place": "region", "dates": "year", "work": "hide"},
    "tombstone": False,
}


def test_the_canaries_sit_in_every_field_that_there_is():
    written = (
        (texts.Text, of_a_hidden_text()),
        (records.Consent, CARD),
        (records.Place, PLACE),
        (records.Organisation, ORGANISATION),
        (records.Series, SERIES),
        (records.Group, GROUP),
        (records.Name, NAMES[0]),
    )
    for model, fields in written:
        assert set(fields) == set(model.keys), model
    assert set(STUB) == set(records._PROTECTED_KEYS)


def what_is_open(sources):
    """Open records, each with nothing of anybody hidden."""
    sources.person("p-open").person("p-other").place("pl-open").organisation("org-open")
    sources.organisation("org-other")
    sources.series("s-open").topics("topic").group("g-open")
    return sources.text("t-open", told_by="p-open", series="s-open").page("about")


def hidden_people_everywhere(sources):
    """An open text, and open records, that name hidden ones wherever they can."""
    person, place, org = "p-canary", "pl-canary", "org-canary"
    sources.text(
        "t-open",
        body="Words.\n\nCANARY: Turn.\n\n::: note by=p-canary\nNote.\n:::\n",
        series="s-open",
        told_by="p-open",
        about=[
            {
                "person": person,
                "of": "p-open",
                "relation": "mother",
                "as_told": "canary mother",
            },
            {"person": "p-other", "of": person, "relation": "son", "as_told": "canary son"},
        ],
        mentions=[person, place, org, "t-canary", "g-canary", "s-canary", "ob-canary"],
        interview={
            "date": "2024-03-09",
            "place": place,
            "by": [{"person": person, "label": "CANARY"}],
            "interpreter": person,
        },
        original={
            "outlet": org,
            "rights": "own",
            "chain": [{"outlet": org, "role": "broadcast"}],
        },
        credits=[
            {"who": "Placeholder Reporter", "role": "author", "reviewed_by": person},
            {"who": person, "role": "editor"},
            {"who": org, "role": "partner"},
        ],
        claims=[
            {"about": person, "what": "died", "said": "canary", "words": "canary"},
            {"about": "p-open", "what": "other", "words": "canary", "by": person},
            {"about": "p-open", "what": "other", "words": "canary", "by": org},
            {"about": "p-open", "what": "family-member", "other": person, "relation": "son"},
            {"about": "g-canary", "what": "other", "words": "canary"},
            {"about": "p-open", "what": "contact", "with": person},
            {"about": "p-open", "what": "fined", "done_by": org, "where": place},
            {"about": "p-open", "what": "sentenced", "years": "1", "court": org},
            {"about": "p-open", "what": "travelled", "from": place, "to": place},
            {"about": "p-open", "what": "married", "chain": [person, "a neighbour"]},
        ],
        asked=[
            {"how": "letter", "by": person, "said": "canary"},
            {"how": "petition", "by": "p-open", "for": person, "words": "canary"},
            {
                "how": "picket",
                "by": ["p-open", person],
                "to": [org, "the akim"],
                "for": "p-open",
            },
        ],
        objects=[
            {"id": "ob-canary", "what": "canary scarf", "of": person},
            {"id": "ob-open", "what": "letter", "of": "p-open", "kept_by": person},
        ],
    )
    sources.person(
        "p-open",
        from_=place,
        family=[{"person": person, "is": "aunt", "as_told": "canary aunt"}],
        not_same_as=person,
        names=[NAMED_BY_A_HIDDEN_TEXT],
    )
    sources.place("pl-open", in_=place).organisation(
        "org-open", predecessor=org, not_same_as=org, part_of=[{"org": org, "from": "2010"}]
    )
    sources.series("s-open", order=["t-canary"], credits=[{"who": person, "role": "partner"}])
    sources.site(wall={"country": place})
    return sources


def hidden_records(sources, level="restricted"):
    """One hidden record of each kind, with a canary in every field."""
    sources.record("people", "p-canary", STUB | {"protect": level})
    sources.record("places", "pl-canary", PLACE | {"protect": level})
    sources.record("places", "pl-canary-2", {"names": NAMES, "protect": level})
    sources.record("organisations", "org-canary", ORGANISATION | {"protect": level})
    sources.record("series", "s-canary", SERIES | {"protect": level})
    sources.record("groups", "g-canary", GROUP | {"protect": level})
    sources.record("consent", "c-canary", CARD)
    hidden = of_a_hidden_text() | {"protect": level}
    return sources.with_body("testimonies/t-canary.en", hidden, "")


def hidden_lists(sources):
    """Lists and drafts that hold something of hidden records."""
    sources.listed(
        "corrections",
        {"date": "2026-11-01", "record": "t-canary", "what": "canary"},
        {"date": "2026-11-01", "record": "p-canary", "what": "canary"},
        {"date": "2026-11-01", "record": "ob-canary", "what": "canary"},
        {"date": "2026-11-01", "record": "t-open", "what": "The month."},
    )
    sources.listed(
        "identities",
        {"pair": ["p-open", "p-canary"], "decided": "same", "by": "canary", "why": "canary"},
        {"pair": ["p-canary", "p-other"], "decided": "same", "by": "canary"},
    )
    sources.translation("t-open", "kk", "Canary words.\n", draft=True)
    sources.text("t-draft", body="Canary words.\n", title="Canary", draft=True)
    sources.page("canary", body="Canary words.\n", title="Canary", draft=True)
    sources.page("about", "kk", body="Canary words.\n", title="Canary", draft=True)
    return sources.sidecar("canary.jpg", alt="canary", consent="c-canary")


@pytest.mark.parametrize("level", HIDDEN)
def test_nothing_of_a_hidden_record_is_anywhere(sources, level):
    hidden_people_everywhere(what_is_open(sources))
    hidden_lists(hidden_records(sources, level))
    shown = repr(sources.publish())
    assert CANARY not in shown.casefold()
    assert "'t-open'" in shown


def test_the_canaries_are_seen_where_nothing_hides_them(sources):
    """The proof that the search for canaries finds them."""
    hidden_people_everywhere(what_is_open(sources))
    hidden_lists(hidden_records(sources, "open"))
    sources.person("p-canary").consent("c-canary", given_by="p-open")
    shown = repr(sources.publish(drafts=True))
    assert len(re.findall(CANARY, shown, re.IGNORECASE)) > 60


def test_hiding_a_person_is_as_if_they_were_not_there(sources, new_sources):
    without = what_is_open(sources)
    without.text(
        "t-open",
        body="Words.\n\nCANARY: Turn.\n\n::: note\nNote.\n:::\n",
        series="s-open",
        told_by="p-open",
        about=["p-other"],
        interview={"date": "2024-03-09"},
        original={"rights": "own"},
        credits=[{"who": "Placeholder Reporter", "role": "author"}],
        claims=[
            {"about": "p-open", "what": "contact"},
            {"about": "p-open", "what": "fined"},
            {"about": "p-open", "what": "sentenced", "years": "1"},
            {"about": "p-open", "what": "travelled"},
            {"about": "p-open", "what": "married", "chain": ["a neighbour"]},
        ],
        asked=[{"how": "picket", "by": "p-open", "to": "the akim", "for": "p-open"}],
        objects=[{"id": "ob-open", "what": "letter", "of": "p-open"}],
    )
    hidden = hidden_records(hidden_people_everywhere(what_is_open(new_sources())))
    bare, veiled = without.publish(), hidden.publish()
    unmarked = dataclasses.replace(veiled.texts["t-open"], versions=())
    assert unmarked == dataclasses.replace(bare.texts["t-open"], versions=())
    for kind in ("people", "groups", "places", "organisations", "series", "topics", "site"):
        assert getattr(veiled, kind) == getattr(bare, kind), kind


# --- people who are renamed or counted ---


@pytest.mark.parametrize("level", ["initials", "pseudonym"])
def test_of_a_renamed_person_there_are_names_and_a_note_alone(sources, level):
    names = [{"text": "A. B.", "lang": "en", "kind": "pseudonym"}]
    coarsen = {"place": "region", "dates": "year", "work": "hide"}
    note = {"en": "Name changed."}
    sources.person("p-1", protect=level, names=names, coarsen=coarsen, note_public=note)
    made = sources.publish().people["p-1"]
    assert made == public.Person(
        id="p-1",
        names=(public.Name(text="A. B.", lang="en", kinds=("pseudonym",)),),
        protect=level,
        note=made.note,
    )
    assert made.note.get("en") == "Name changed."


def test_a_person_who_is_counted_has_neither_page_nor_link(sources):
    sources.person("p-n").person("p-c", protect="group-only")
    body = "She, my\n[second\naunt](person:p-c), left.\n"
    sources.text("t-1", body=body, told_by="p-n", mentions="p-c")
    made = sources.publish()
    [block] = made.texts["t-1"].versions[0].body.blocks
    assert block.html == "<p>She, my\nsecond\naunt, left.</p>"
    assert made.texts["t-1"].versions[0].body.references == ()
    assert "p-c" not in repr(made)


def test_a_group_of_somebody_counted_stays_and_belongs_to_nobody(sources):
    sources.person("p-c", protect="group-only").group("g-1", of="p-c", count="about 4")
    made = sources.publish().groups["g-1"]
    assert (made.of, made.count) == ("", public.Count(low=4, high=4, about=True))


def test_the_menu_has_no_page_that_is_a_draft(sources):
    sources.site(menu=["home", "about", "plan", "coverage"]).page("about")
    sources.page("plan", draft=True).page("coverage", draft=True)
    assert sources.publish().site.menu == ("home", "about", "coverage")


def test_the_titles_of_pages_are_those_of_their_public_versions(sources):
    sources.page("about").page("about", "kk", draft=True)
    [(slug, title)] = sources.publish().site.page_titles
    assert (slug, title.pairs) == ("about", (("en", "Title of about"),))


def test_a_correction_of_an_object_is_one_of_its_text(sources):
    sources.text("t-1", objects=[{"id": "ob-1", "what": "scarf"}])
    sources.listed("corrections", {"date": "2026-11-01", "record": "ob-1", "what": "Grey."})
    assert [c.record for c in sources.publish().corrections] == ["t-1"]


def test_corrections_come_newest_first(sources):
    sources.text("t-1")
    days = ("2026-10-01", "2026-11-01", "2026-10-15")
    sources.listed(
        "corrections", *({"date": day, "record": "t-1", "what": "A month."} for day in days)
    )
    shown = [c.date.notation for c in sources.publish().corrections]
    assert shown == ["2026-11-01", "2026-10-15", "2026-10-01"]


def test_a_series_has_its_order_then_the_others_by_date(sources):
    for n, day in enumerate(("2020", "2018", "2019")):
        original = {"published": day, "rights": "own"}
        sources.text(f"t-{n}", series="s-1", original=original)
    sources.series("s-1", order=["t-0"])
    assert sources.publish().series["s-1"].texts == ("t-0", "t-1", "t-2")


@pytest.mark.parametrize(
    ("precision", "at"),
    [
        ("country", (44.0, 81.0)),
        ("region", (44.0, 81.0)),
        ("prefecture", (43.9, 81.3)),
        ("county", (43.9, 81.3)),
        ("township", (43.91, 81.32)),
        ("village", (43.91, 81.32)),
        (None, (43.91, 81.32)),
        ("exact", (43.91234, 81.32109)),
    ],
)
def test_a_point_is_as_exact_as_its_precision(sources, precision, at):
    sources.place("pl-1", precision=precision, at=["43.91234", "81.32109"])
    assert sources.publish().places["pl-1"].at == at


@pytest.mark.parametrize(
    ("kind", "precision", "at"),
    [
        ("region", None, (44.0, 81.0)),
        ("county", None, (43.9, 81.3)),
        ("camp", None, (43.91, 81.32)),
        ("region", "county", (43.9, 81.3)),
        ("county", "exact", (43.9, 81.3)),  # an area has no exact point
        ("camp", "exact", (43.91234, 81.32109)),
    ],
)
def test_where_its_precision_says_nothing_its_type_does(sources, kind, precision, at):
    sources.place("pl-1", type=kind, precision=precision, at=["43.91234", "81.32109"])
    assert sources.publish().places["pl-1"].at == at


@pytest.mark.parametrize("kind", ["place", "organisation"])
def test_a_renamed_place_or_organisation_has_its_other_name_alone(sources, kind):
    names = [
        {"text": "Other", "lang": "en", "kind": "pseudonym", "note": "canary", "source": "t-1"},
        {"text": "Canary", "lang": "en"},
    ]
    fields = {"words": "canary", "names": names, "protect": "pseudonym"}
    getattr(sources, kind)("x-1", **fields).text("t-1")
    made = sources.publish()
    [name] = (made.places | made.organisations)["x-1"].names
    assert name == public.Name(text="Other", lang="en", kinds=("pseudonym",))
    assert "canary" not in repr(made).casefold()


# --- pictures of people ---

PICTURE = public.Picture(path="media/0a1b.webp", width=640, height=480)


def test_the_portrait_of_a_person_waits_for_its_card(sources):
    sources.person("p-n", photo="scarf.jpg").consent("c-1", status="paused")
    sources.sidecar("scarf.jpg", consent="c-1")
    assert sources.publish(pictures={"scarf.jpg": PICTURE}).people["p-n"].photo is None


def test_the_portrait_of_a_person_is_shown(sources):
    sources.person("p-n", photo="scarf.jpg")
    assert sources.publish(pictures={"scarf.jpg": PICTURE}).people["p-n"].photo == PICTURE


# --- people who were found to be one ---


def same(*pairs):
    return [{"pair": list(pair), "decided": "same", "by": "two editors"} for pair in pairs]


def test_of_two_that_are_one_the_first_stays_with_all_names(sources):
    sources.person("p-1").listed("identities", *same(("p-1", "p-2")))
    names = [
        {"text": "Placeholder p-1", "lang": "en"},
        {"text": "Үлгі", "lang": "kk", "kind": ["preferred", "true-name"]},
        {"text": "Sample", "lang": "en", "kind": "preferred"},
    ]
    sources.person("p-2", names=names)
    made = sources.publish()
    assert (tuple(made.people), made.redirects) == (("p-1",), {"p-2": "p-1"})
    assert [(n.text, n.kinds) for n in made.people["p-1"].names] == [
        ("Placeholder p-1", ("preferred",)),
        ("Үлгі", ("true-name",)),
        ("Sample", ("also-used",)),
    ]


def test_whoever_named_the_second_names_the_first(sources):
    sources.person("p-1").person("p-2").person("p-3", family=[{"person": "p-2", "is": "aunt"}])
    sources.listed("identities", *same(("p-1", "p-2")))
    sources.listed("corrections", {"date": "2026-11-01", "record": "p-2", "what": "A month."})
    sources.text(
        "t-1",
        body="See [her](person:p-2).\n",
        told_by="p-2",
        about="p-2",
        claims=[{"about": "p-2", "what": "died"}],
    )
    made = sources.publish()
    shown = repr(dataclasses.replace(made, redirects={}))
    assert re.search("'p-2'|person:p-2", shown) is None
    assert made.texts["t-1"].claims[0].by == "p-1"
    assert 'href="person:p-1"' in made.texts["t-1"].versions[0].body.blocks[0].html


def test_nobody_is_their_own_relative_or_another_than_themselves(sources):
    sources.person("p-1", family=[{"person": "p-2", "is": "sister"}], not_same_as="p-2")
    sources.person("p-2").listed("identities", *same(("p-1", "p-2")))
    claims = [{"about": "p-1", "what": "family-member", "other": "p-2", "relation": "sister"}]
    about = [{"person": "p-1", "of": "p-2", "relation": "sister"}]
    made = sources.text("t-1", claims=claims, about=about).publish()
    assert (made.people["p-1"].family, made.people["p-1"].identities) == ((), ())
    assert made.texts["t-1"].claims == ()
    assert made.texts["t-1"].about == (public.Subject(id="p-1"),)


def test_the_family_of_both_is_kept(sources):
    sources.person("p-1").person("p-2", family=[{"person": "p-3", "is": "son"}]).person("p-3")
    sources.listed("identities", *same(("p-1", "p-2")))
    assert [t.person for t in sources.publish().people["p-1"].family] == ["p-3"]


@pytest.mark.parametrize(
    ("pairs", "stays"),
    [
        ([("p-1", "p-2"), ("p-2", "p-3")], "p-1"),
        ([("p-2", "p-3"), ("p-1", "p-2")], "p-1"),
        ([("p-1", "p-2"), ("p-3", "p-2")], "p-3"),
        ([("p-1", "p-2"), ("p-2", "p-1"), ("p-2", "p-3")], "p-1"),
        ([("p-1", "p-2"), ("p-2", "p-3"), ("p-3", "p-1")], "p-1"),
    ],
)
def test_a_chain_or_a_circle_of_decisions_has_one_who_stays(sources, pairs, stays):
    for n in (1, 2, 3):
        sources.person(f"p-{n}")
    made = sources.listed("identities", *same(*pairs)).publish()
    assert tuple(made.people) == (stays,)
    assert set(made.redirects.values()) == {stays}
    assert len(made.redirects) == 2


@pytest.mark.parametrize("level", ["pseudonym", "initials", "group-only", "restricted"])
def test_a_decision_about_a_protected_person_is_not_published(sources, level):
    sources.person("p-1").person("p-2", protect=level)
    made = sources.listed("identities", *same(("p-1", "p-2"), ("p-2", "p-1"))).publish()
    assert made.redirects == {}
    assert len(made.people["p-1"].names) == 1


@pytest.mark.parametrize("decided", ["different", "open"])
def test_people_who_are_not_decided_to_be_one_are_two(sources, decided):
    sources.person("p-1").person("p-2")
    pair = {"pair": ["p-1", "p-2"], "decided": decided, "by": "two editors"}
    assert len(sources.listed("identities", pair).publish().people) == 2


# --- the law of non-interference ---

WORDS = st.text(st.characters(categories=["Lu", "Ll", "Lo"]), min_size=1, max_size=12)
DAYS = st.dates(min_value=BUILT, max_value=datetime.date(2099, 12, 31)).map(str)
PRIVATE = st.fixed_dictionaries(
    {
        "level": st.sampled_from(HIDDEN),
        "words": WORDS,
        "name": WORDS,
        "title": WORDS,
        "day": DAYS,
        "scope": st.sampled_from((["site", "press-contact"], ["site", "un-submission"])),
        "faces": st.sampled_from(("all", "narrator-only", "none")),
        "coarsen": st.sampled_from(({"place": "region"}, {"dates": "year"}, {"work": "hide"})),
        "count": st.integers(1, 99),
        "what": st.sampled_from(("died", "released", "detained")),
    }
)


def with_private(sources, private):
    """Open records that never change, and hidden ones that are as `private` says."""
    words, level, name = private["words"], private["level"], private["name"]
    what_is_open(sources).person("p-n")
    sources.consent(
        "c-1",
        given_by="p-n",
        date=private["day"],
        review_after=private["day"],
        scope=private["scope"],
        faces=private["faces"],
        others_object=words,
    )
    claim = {"about": "p-h", "what": private["what"], "words": words, "said": words}
    claim |= {"status": "prison"} if private["what"] != "died" else {}
    sources.testimony(
        "t-open",
        consent="c-1",
        told_by="p-n",
        about=[{"person": "p-h", "relation": "mother", "as_told": words}],
        claims=[
            {"about": "p-open", "what": "died"},
            {k: v for k, v in claim.items() if k != "words" or private["what"] == "died"},
        ],
        objects=[{"id": "ob-h", "what": words, "of": "p-h"}],
        asked=[{"how": "letter", "for": "p-h", "said": words}],
    )
    stub = [{"text": name, "lang": "en", "kind": "pseudonym"}]
    sources.person(
        "p-h", protect=level, names=stub, note_public=words, coarsen=private["coarsen"]
    )
    sources.group("g-h", protect=level, group=words, count=private["count"], note_public=words)
    for kind in ("place", "organisation"):
        names = [{"text": name, "lang": "kk", "note": words, "until": private["day"]}]
        getattr(sources, kind)(f"{kind}-h", protect=level, names=names, words=words)
    sources.series("s-h", protect=level, title=words, introduction=words)
    sources.text("t-h", body="", protect=level, title=private["title"], summary=words)
    sources.text("t-draft", body=f"{words}.\n", title=private["title"], draft=True)
    sources.translation("t-open", "kk", f"{words}.\n", title=private["title"], draft=True)
    sources.page("plan", body=f"{words}.\n", title=private["title"], draft=True)
    sources.sidecar("h.jpg", alt=words, caption=words, credit=name)
    entry = {"pair": ["p-open", "p-h"], "decided": "open", "by": name, "why": words}
    sources.listed("identities", entry)
    row = {"date": private["day"], "record": "t-h", "what": words}
    return sources.listed("corrections", row)


# `new_sources` gives a class: nothing is kept from one example to the next.
@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(PRIVATE, PRIVATE)
def test_changing_what_is_private_changes_nothing_that_is_public(new_sources, one, other):
    shown = [repr(with_private(new_sources(), private).publish()) for private in (one, other)]
    assert shown[0] == shown[1]
