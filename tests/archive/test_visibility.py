from __future__ import annotations

import datetime
import itertools

import pytest

from aigaq.archive import visibility

DAY = datetime.date(2026, 11, 22)
PAST, FUTURE = "sealed-until 2020-01-01", "sealed-until 2030-01-01"


@pytest.fixture
def visible(sources):
    """What is visible of the sources on a day."""

    def ask(built=DAY, *, drafts=False):
        archive, _ = sources.linked()
        return visibility.of(archive, built=built, drafts=drafts)

    return ask


def codes(visible, **options):
    return [problem.code for problem in visible(**options)[1]]


# --- the table ---

TEXTS = {"open": True, PAST: True, FUTURE: False, "restricted": False, "withdrawn": False}
PEOPLE = {
    "open": True, "initials": True, "pseudonym": True, "group-only": True, PAST: True,
    FUTURE: False, "restricted": False, "withdrawn": False,
}  # fmt: skip
CARDS = {
    None: True,
    "c-active": True,
    "c-warned": True,
    "c-paused": False,
    "c-withdrawn": False,
    "c-print": False,
    "c-overdue": False,
}
SERIES = {None: True, "open": True, FUTURE: False, "restricted": False}
RIGHTS = {None: True, "own": True, "excerpt-only": True}


def everything(sources):
    """A text for each combination; its id tells which."""
    for n, level in enumerate(PEOPLE):
        sources.person(f"p-{n}", protect=level)
    for n, level in enumerate(level for level in SERIES if level):
        sources.series(f"s-{n}", protect=level)
    sources.person("p-n").consent("c-active").consent("c-paused", status="paused")
    sources.consent("c-withdrawn", status="withdrawn").consent("c-print", scope="print")
    sources.consent("c-warned", review_after="2026-01-01")
    sources.consent("c-overdue", review_after="2026-01-01", after_review="restrict")
    expected = {}
    table = itertools.product(*map(enumerate, (TEXTS, PEOPLE, CARDS, SERIES, RIGHTS)))
    for (a, text), (b, person), (c, card), (d, series), (e, rights) in table:
        if card is None and rights is None:
            continue  # the schema refuses it
        sources.text(
            f"t-{a}{b}{c}{d}{e}",
            body="",
            protect=text,
            told_by=f"p-{b}",
            consent=card,
            series=f"s-{d - 1}" if series else None,
            original={"outlet": "Example Daily", "rights": rights},
            extent="excerpt",
        )
        lets = (TEXTS[text], PEOPLE[person], CARDS[card], SERIES[series], RIGHTS[rights])
        expected[f"t-{a}{b}{c}{d}{e}"] = all(lets)
    return expected


def test_a_text_is_visible_only_if_everything_lets_it(sources, visible):
    expected = everything(sources)
    seen, _ = visible()
    assert {t: t in seen.texts for t in expected} == expected
    assert 0 < len(seen.texts) < len(expected)


def test_without_consent_and_rights_nothing_is_built(sources):
    _, found = sources.text("t-1", original={"outlet": "Example Daily"}).read()
    assert [p.code for p in found if p.is_error] == ["S034"]


def test_a_card_that_is_not_there_hides_its_text(sources, visible):
    sources.text("t-1", consent="c-nowhere")
    assert "t-1" not in visible()[0].texts


def test_a_text_is_in_the_series_that_lists_it(sources, visible):
    sources.series("s-1", protect="restricted", order=["t-1"]).text("t-1")
    assert "t-1" not in visible()[0].texts


def test_a_card_of_somebody_hidden_hides_its_text(sources, visible):
    sources.person("p-n").person("p-h", protect="withdrawn").consent("c-1", given_by="p-h")
    sources.testimony("t-1", consent="c-1")
    assert "t-1" not in visible()[0].texts


# --- scope ---


def scope(visible):
    return visible()[0].texts.get("t-1", frozenset())


def test_the_scope_is_what_all_cards_and_the_rights_allow(sources, visible):
    sources.person("p-n").consent("c-1", scope=["site", "translate", "mirror"])
    sources.consent("c-2", scope=["site", "mirror", "print"])
    sources.text("t-1", consent=["c-1", "c-2"])
    assert scope(visible) == {"site", "mirror"}


def test_without_a_card_the_scope_follows_the_rights(sources, visible):
    sources.text("t-1")
    assert scope(visible) == visibility.USES


def test_an_excerpt_is_no_open_data(sources, visible):
    rights = {"url": "https://example.org/", "rights": "excerpt-only"}
    sources.text("t-1", extent="excerpt", original=rights)
    assert scope(visible) == visibility.USES - {"data-download"}


@pytest.mark.parametrize("use", ["press-contact", "un-submission"])
def test_what_a_card_allows_besides_is_nobodys_business(sources, visible, use):
    sources.testimony("t-1").consent("c-n", scope=["site", use])
    assert scope(visible) == {"site"}


# --- seals, reviews, drafts ---


@pytest.mark.parametrize(
    ("built", "is_seen"),
    [("2026-12-30", False), ("2026-12-31", False), ("2027-01-01", False), ("2027-01-02", True)],
)
def test_a_seal_ends_when_its_day_has_ended_everywhere_on_earth(
    sources, visible, built, is_seen
):
    sources.place("pl-1", protect="sealed-until 2026-12-31")
    seen, _ = visible(datetime.date.fromisoformat(built))
    assert ("pl-1" in seen) is is_seen


def test_a_seal_may_end_on_the_last_day_there_is(sources, visible):
    sources.place("pl-1", protect="sealed-until 9999-12-31")
    assert "pl-1" not in visible(datetime.date.max)[0]


@pytest.mark.parametrize(("built", "code"), [("2026-11-22", []), ("2026-11-23", ["P001"])])
def test_a_review_is_due_after_its_day(sources, visible, built, code):
    sources.testimony("t-1").consent("c-n", review_after="2026-11-22")
    assert codes(visible, built=datetime.date.fromisoformat(built)) == code


@pytest.mark.parametrize(("built", "is_seen"), [("2026-11-22", True), ("2026-11-23", False)])
def test_a_review_hides_after_its_day_where_the_card_says_so(sources, visible, built, is_seen):
    sources.testimony("t-1").consent("c-n", review_after="2026-11-22", after_review="restrict")
    seen, found = visible(datetime.date.fromisoformat(built))
    assert ("t-1" in seen.texts) is is_seen
    assert [p.code for p in found] == ([] if is_seen else ["P002"])


def test_a_card_that_is_not_active_asks_for_no_review(sources, visible):
    sources.testimony("t-1").consent("c-n", review_after="2020-01-01", status="paused")
    assert codes(visible) == []


@pytest.mark.parametrize("drafts", [True, False])
def test_a_draft_is_seen_by_the_preview_alone(sources, visible, drafts):
    sources.text("t-1", draft=True)
    assert ("t-1" in visible(drafts=drafts)[0].texts) is drafts


def test_a_draft_of_a_hidden_text_stays_hidden_in_the_preview(sources, visible):
    sources.text("t-1", body="", draft=True, protect="restricted")
    assert "t-1" not in visible(drafts=True)[0].texts


# --- people, groups and the rest ---


@pytest.mark.parametrize(
    ("level", "has_page", "counted"),
    [
        ("open", True, False),
        ("initials", True, False),
        ("pseudonym", True, False),
        (PAST, True, False),
        ("group-only", False, True),
        (FUTURE, False, False),
        ("restricted", False, False),
        ("withdrawn", False, False),
    ],
)
def test_people_are_named_counted_or_hidden(sources, visible, level, has_page, counted):
    seen, _ = sources.person("p-1", protect=level) and visible()
    assert ("p-1" in seen.people, "p-1" in seen.counted) == (has_page, counted)


def test_a_seal_that_leaves_no_name_behind_shows_nobody_and_says_so(sources, visible):
    sources.person("p-1", names=None, protect=PAST)
    seen, found = visible()
    assert "p-1" not in seen.people
    assert [p.code for p in found] == ["P007"]


def test_a_seal_that_leaves_no_title_behind_shows_nothing_and_says_so(sources, visible):
    sources.text("t-1", body="", title=None, protect=PAST)
    seen, found = visible()
    assert "t-1" not in seen.texts
    assert [p.code for p in found] == ["P007"]


@pytest.mark.parametrize(
    ("level", "is_seen"), [("open", True), ("group-only", True), ("restricted", False)]
)
def test_a_group_is_seen_with_the_person_to_whom_it_belongs(sources, visible, level, is_seen):
    sources.person("p-1", protect=level).group("g-1", of="p-1")
    assert ("g-1" in visible()[0]) is is_seen


@pytest.mark.parametrize("kind", ["place", "organisation"])
def test_a_renamed_place_or_organisation_is_seen_by_its_other_name(sources, visible, kind):
    names = [{"text": "Other", "lang": "en", "kind": "pseudonym"}]
    getattr(sources, kind)("x-1", protect="pseudonym", names=names)
    getattr(sources, kind)("x-2", protect="pseudonym")
    seen, _ = visible()
    assert ("x-1" in seen, "x-2" in seen) == (True, False)


@pytest.mark.parametrize("kind", ["place", "organisation", "series"])
@pytest.mark.parametrize("level", ["group-only", "restricted", "withdrawn", FUTURE])
def test_what_is_counted_or_hidden_has_no_page(sources, visible, kind, level):
    getattr(sources, kind)("x-1", protect=level)
    assert "x-1" not in visible()[0]


@pytest.mark.parametrize("kind", ["text", "series"])
def test_a_level_that_renames_nothing_is_told(sources, visible, kind):
    getattr(sources, kind)("x-1", protect="pseudonym")
    [problem] = visible()[1]
    assert (problem.code, problem.is_error) == ("P008", False)


# --- cards and mirrors ---


@pytest.mark.parametrize(
    ("names", "level", "fits"),
    [
        ("real", "open", True),
        ("first-name", "open", True),
        ("real", "pseudonym", False),
        ("first-name", "initials", False),
        ("pseudonym", "pseudonym", True),
        ("pseudonym", "initials", True),
        ("pseudonym", "open", False),
        ("real", "restricted", True),
        ("pseudonym", "group-only", True),
        (None, "open", True),
    ],
)
def test_names_of_a_card_go_with_the_protection_of_who_gave_it(
    sources, visible, names, level, fits
):
    sources.person("p-n", protect=level).consent("c-1", names=names)
    found = visible()[1]
    assert [p.code for p in found] == ([] if fits else ["P003"])
    assert all(p.span.path == "content/consent/c-1.yaml" for p in found)


@pytest.mark.parametrize("mirrors", [True, False])
def test_a_site_for_mirrors_holds_only_what_mirrors_may_have(sources, visible, mirrors):
    sources.site(mirrors=mirrors).testimony("t-1").consent("c-n", scope="site")
    sources.testimony("t-2", consent="c-2").consent("c-2", scope=["site", "mirror"])
    found = [(p.code, p.span.path) for p in visible()[1]]
    assert found == ([("P004", "content/testimonies/t-1.en.md")] if mirrors else [])


def test_mirrors_have_nothing_to_do_with_hidden_texts(sources, visible):
    sources.site(mirrors=True).testimony("t-1").consent("c-n", scope="print")
    assert codes(visible) == []


@pytest.mark.parametrize(
    ("fields", "is_withheld"),
    [
        ({}, False),
        ({"consent": "c-n"}, False),
        ({"consent": ["c-n", "c-2"]}, True),
    ],
)
def test_a_picture_waits_for_all_its_cards(sources, visible, fields, is_withheld):
    sources.person("p-n").consent("c-n").consent("c-2", status="paused")
    sources.sidecar("camp/gate.jpg", **fields)
    assert visible()[0].withheld == ({"camp/gate.jpg"} if is_withheld else set())
