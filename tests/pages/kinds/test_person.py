from __future__ import annotations

import dataclasses
import itertools
import re
from typing import Any

import pytest

from aigaq.archive.public import NOTHING

MOTHER = "en/people/p-bb22.html"
DAUGHTER = "en/people/p-aa11.html"
PROTECTED = "en/people/p-dd44.html"


def main(html: str) -> str:
    return html[html.index("<main") : html.index("</main>")]


def card(html: str, anchor: str) -> str:
    """The list item of this anchor."""
    start = html.index(f'<li class="claim" id="{anchor}"')
    after = html.find('<li class="claim"', start + 1)
    return html[start:after] if after >= 0 else html[start:]


# --- names and status ---


def test_every_attested_name_is_shown_in_its_script(archive: Any, view_of: Any) -> None:
    names = view_of(archive, MOTHER).names

    assert [name.name.lang or "en" for name in names] == ["en", "en", "kk", "ug", "zh-Hans"]


def test_a_name_has_its_kind_its_note_and_its_source(archive: Any, view_of: Any) -> None:
    names = view_of(archive, MOTHER).names

    assert names[1].kinds == ("spelling in the press",)
    assert names[1].source.path == "en/testimonies/t-3333.html"
    assert names[4].note.text == "as in the register"


def test_the_status_says_when_it_was_told_and_by_whom(archive: Any, view_of: Any) -> None:
    status = view_of(archive, MOTHER).status

    assert status.status == "in a camp"
    assert status.claim.evidence.telling.when.machine == "2024-03-09"
    assert status.claim.evidence.by.phrase.text == "Placeholder Daughter"


def test_the_status_leads_to_the_claim_behind_it(archive: Any, html_of: Any) -> None:
    html = main(html_of(archive, MOTHER))

    line = html[html.index('<dl class="status">') :]
    assert 'href="#claim-t-1111-1"' in line[: line.index("</dl>")]


def test_a_person_of_whom_no_status_is_told_has_no_status_line(
    archive: Any, view_of: Any
) -> None:
    assert view_of(archive, DAUGHTER).status is None


def test_the_page_of_somebody_who_came_free_has_another_tone(
    archive: Any, html_of: Any
) -> None:
    assert '<article class="person free">' in html_of(archive, "en/people/p-ee55.html")


# --- facts and family ---


def test_family_has_the_kin_term_as_told(archive: Any, view_of: Any) -> None:
    [mother] = view_of(archive, DAUGHTER).family

    assert (mother.relation, mother.other.path) == ("mother", MOTHER)
    assert [(words.text, words.lang) for words in mother.as_told] == [("анам", "kk")]


def test_the_other_side_of_a_tie_is_on_the_other_page(archive: Any, view_of: Any) -> None:
    family = view_of(archive, MOTHER).family

    assert ("daughter", DAUGHTER) in [(tie.relation, tie.other.path) for tie in family]


def test_people_with_whom_somebody_may_be_confused_are_linked(
    archive: Any, view_of: Any
) -> None:
    assert [link.path for link in view_of(archive, MOTHER).not_same_as] == [
        "en/people/p-ee55.html"
    ]


# --- what is said ---


def test_accounts_that_differ_are_all_shown(archive: Any, view_of: Any) -> None:
    said = [c for c in view_of(archive, MOTHER).claims if c.what == "detained"]

    assert [claim.when.machine for claim in said] == ["2017-08", "2017-09"]


def test_each_claim_opens_how_we_know(archive: Any, html_of: Any) -> None:
    claim = card(main(html_of(archive, MOTHER)), "claim-t-1111-1")

    assert claim.count('<details class="how">') == 1
    assert "told by family" in claim
    assert 'href="../testimonies/t-1111.html#p2"' in claim
    assert '<blockquote class="excerpt"><p><bdi lang="kk" dir="ltr">' in claim


def test_words_of_a_retelling_are_not_quoted(archive: Any, changed: Any, html_of: Any) -> None:
    retold = changed(archive, texts={"t-1111": {"voice": "summary"}})

    claim = card(main(html_of(retold, MOTHER)), "claim-t-1111-1")

    assert "Retold in the words of this archive" in claim
    assert "<blockquote" not in claim


def test_the_words_of_a_hard_passage_are_behind_their_note(archive: Any, html_of: Any) -> None:
    claim = card(main(html_of(archive, "en/people/p-cc33.html")), "claim-t-1111-4")

    assert claim.index("These words speak of") < claim.index("Оларды ұрды.")


def test_the_timeline_leads_to_the_claims_of_the_page(archive: Any, html_of: Any) -> None:
    html = main(html_of(archive, MOTHER))

    line = html[html.index('<ol class="timeline">') :]
    targets = re.findall(r'href="#((?:claim|asked)-[^"]+)"', line[: line.index("</ol>")])
    assert targets
    assert all(f' id="{target}"' in html for target in targets)


def test_what_happened_to_those_who_asked_stands_on_the_timeline_of_whom_they_asked_for(
    archive: Any, changed: Any, view_of: Any
) -> None:
    text = archive.texts["t-1111"]
    reprisal = dataclasses.replace(
        text.claims[0], number=5, about="p-aa11", what="threatened", because="spoke", status=""
    )
    more = changed(archive, texts={"t-1111": {"claims": (*text.claims, reprisal)}})

    events = view_of(more, MOTHER).timeline.events

    assert [e.strand for e in events if e.entry.what == "threatened"] == ["family"]


def test_what_somebody_asked_stands_on_their_own_page(archive: Any, view_of: Any) -> None:
    assert [asked.what for asked in view_of(archive, DAUGHTER).asked] == ["letter"]


# --- groups, objects, texts ---


def test_a_group_is_an_anchor_and_a_number(archive: Any, html_of: Any) -> None:
    html = main(html_of(archive, MOTHER))

    group = html[html.index('id="g-0007"') :]
    assert re.search(r'<p class="count">\s*4 people\s*</p>', group)


def test_texts_stand_by_the_role_that_the_person_has_in_them(
    archive: Any, view_of: Any
) -> None:
    assert [group.role for group in view_of(archive, DAUGHTER).texts] == ["told"]


def test_objects_are_shown_with_whose_they_are(archive: Any, view_of: Any) -> None:
    assert [thing.id for thing in view_of(archive, MOTHER).objects] == ["ob-scarf"]


# --- protection ---


def test_a_protected_person_has_a_name_a_note_and_texts(archive: Any, view_of: Any) -> None:
    view = view_of(archive, PROTECTED)

    assert (view.title.text, view.note.text) == ("Interviewer A", "The name was changed.")
    assert [group.role for group in view.texts] == ["interviewed"]


@pytest.mark.parametrize("protect", ["initials", "pseudonym"])
def test_nothing_said_about_a_protected_person_reaches_their_page(
    archive: Any, changed: Any, pages_of: Any, protect: str
) -> None:
    hidden = changed(archive, people={"p-bb22": {"protect": protect, "summary": NOTHING}})

    inputs = pages_of(hidden)[MOTHER].inputs

    assert not any((inputs.entries, inputs.sources, inputs.ties, inputs.objects, inputs.groups))


# --- the whole ---


def test_the_page_tells_machines_who_it_is_about(archive: Any, view_of: Any) -> None:
    assert view_of(archive, MOTHER).jsonld["name"] == "Placeholder Mother"


@pytest.mark.parametrize("path", [MOTHER, DAUGHTER, PROTECTED])
def test_no_two_things_on_a_page_share_an_address(
    archive: Any, html_of: Any, path: str
) -> None:
    ids = re.findall(r' id="([^"]+)"', html_of(archive, path))

    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("path", [MOTHER, DAUGHTER, PROTECTED])
def test_headings_leave_no_level_out(archive: Any, html_of: Any, path: str) -> None:
    levels = [int(n) for n in re.findall(r"<h([1-6])", main(html_of(archive, path)))]

    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))
