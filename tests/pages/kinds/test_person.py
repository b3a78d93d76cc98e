from __future__ import annotations

import dataclasses
import itertools
import re
from typing import Any

import pytest

from aigaq.archive.public import NOTHING

MOTHER = "en/people/p-bb22.html"
DAUGHTER = "en/people/p-aa11.html"
SURVIVOR = "en/people/p-ee55.html"
PROTECTED = "en/people/p-dd44.html"

GOLDEN = (
    "August 2017 detained Status in a camp Where Camp One "
    "When, in the words of the text тамызда "
    "September 2017 detained Status in police custody Where County X "
    "February 2018 petition Asked and done Asked by Volunteers "
    "Asked of Placeholder Ministry Answer a refusal "
    "about April 2018 sentenced Sentence 12 years Part of it: in prison 5 years "
    "Part of it: in a camp 7 years "
    "November 2019 letter Asked and done "
    "Asked by Placeholder Daughter Asked of Placeholder Embassy Answer no answer "
    "No news here since 9 March 2024: more than 2 years."
)


def main(html: str) -> str:
    return html[html.index("<main") : html.index("</main>")]


def first_list(html: str) -> str:
    start = html.index('<ol class="timeline">')
    return html[start : html.index("</ol>", start)]


def card(html: str, anchor: str) -> str:
    """The list item of this anchor."""
    found = re.search(f'<li class="event [^"]*" id="{anchor}">.*?</li>', html, re.DOTALL)
    assert found
    return found[0]


# --- names and status ---


def test_every_attested_name_is_shown_in_its_script(archive: Any, view_of: Any) -> None:
    names = view_of(archive, MOTHER).names

    assert [name.name.lang or "en" for name in names] == ["en", "en", "kk", "ug", "zh-Hans"]


def test_a_name_has_its_kind_its_note_and_its_source(archive: Any, view_of: Any) -> None:
    names = view_of(archive, MOTHER).names

    assert names[1].kinds == ("spelling in the press",)
    assert names[1].source.path == "en/testimonies/t-3333.html"
    assert names[4].note.text == "as in the register"


def test_a_person_of_whom_no_status_is_told_has_no_status_line(
    archive: Any, view_of: Any
) -> None:
    assert view_of(archive, DAUGHTER).status is None


def test_the_page_of_somebody_who_came_back_has_another_tone_and_its_history_first(
    archive: Any, html_of: Any
) -> None:
    html = main(html_of(archive, SURVIVOR))

    assert '<article class="person returned">' in html
    assert html.index('<ol class="timeline">') < html.index('<section class="names">')
    assert 'id="claim-t-2222-1"' in html  # the camp


def test_of_others_the_names_come_first(archive: Any, html_of: Any) -> None:
    html = main(html_of(archive, MOTHER))

    assert html.index('<section class="names">') < html.index('<ol class="timeline">')


def test_the_page_of_somebody_of_whom_nothing_is_said_has_neither_status_nor_timeline(
    archive: Any, html_of: Any
) -> None:
    silent = main(html_of(archive, DAUGHTER))

    assert 'class="status"' not in silent
    assert "Told without a date" not in silent


# --- facts and family ---


def test_people_with_whom_somebody_may_be_confused_are_linked(
    archive: Any, view_of: Any
) -> None:
    [somebody] = view_of(archive, MOTHER).not_same_as

    assert (somebody.other.path, somebody.by.text) == ("en/people/p-ee55.html", "two editors")


# --- what is said ---


def test_accounts_that_differ_are_all_shown(archive: Any, view_of: Any) -> None:
    events = view_of(archive, MOTHER).timeline.events

    said = [event.entry for event in events if event.entry.what == "detained"]
    assert [claim.when.machine for claim in said] == ["2017-08", "2017-09"]


def test_what_has_no_date_stands_by_its_kind(archive: Any, view_of: Any) -> None:
    [section] = view_of(archive, MOTHER).undated

    assert (section.key, [event.entry.what for event in section.events]) == (
        "reason",
        ["reason"],
    )


def test_nothing_is_said_twice(archive: Any, html_of: Any) -> None:
    html = main(html_of(archive, MOTHER))

    anchors = re.findall(r' id="((?:claim|asked)-[^"]+)"', html)
    assert len(anchors) == len(set(anchors)) == 7
    assert html.count('<details class="how">') == 7


def test_what_somebody_asked_for_their_group_is_said_once(
    archive: Any, changed: Any, html_of: Any
) -> None:
    [letter] = archive.texts["t-1111"].asked
    own = dataclasses.replace(letter, by=("p-bb22",), about=("g-0007",))
    made = changed(archive, texts={"t-1111": {"asked": (own,)}})

    assert html_of(made, MOTHER).count('id="asked-t-1111-1"') == 1


def test_every_statement_leads_in_one_step_to_its_paragraph(archive: Any, html_of: Any) -> None:
    html = main(html_of(archive, MOTHER))

    whats = re.findall(r'<p class="what"><strong>(.*?)</strong>', html)
    assert len(whats) == 7
    assert all(re.match(r'<a href="../testimonies/t-\d+.html#p\d+">', one) for one in whats)


def test_each_claim_opens_how_we_know(archive: Any, html_of: Any) -> None:
    claim = card(main(html_of(archive, MOTHER)), "claim-t-1111-1")

    assert claim.count('<details class="how">') == 1
    assert "; it was learned from family. It was passed on in <bdi>1</bdi> step: " in claim
    assert 'href="../testimonies/t-1111.html#p2"' in claim
    assert '<blockquote class="excerpt"><p><bdi lang="kk" dir="ltr">' in claim


def test_the_words_of_a_narrator_stand_before_their_translation(
    archive: Any, html_of: Any
) -> None:
    claim = card(main(html_of(archive, MOTHER)), "claim-t-1111-1")

    order = (
        "The words of the original",
        "Оны тамызда",
        "by machine from",
        "They took her in August",
    )
    places = [claim.index(words) for words in order]
    assert places == sorted(places)


def test_a_retelling_is_translated_first_and_its_original_stays_one_step_away(
    archive: Any, changed: Any, html_of: Any
) -> None:
    retold = changed(archive, texts={"t-1111": {"voice": "summary"}})
    claim = card(main(html_of(retold, MOTHER)), "claim-t-1111-1")

    order = (
        *("Retold in the words of this archive", "They took her in August", "by machine from"),
        *('<details class="original">', "The words of the original", "Оны тамызда"),
    )
    places = [claim.index(words) for words in order]
    assert places == sorted(places)


def test_words_of_a_retelling_are_not_quoted(archive: Any, changed: Any, html_of: Any) -> None:
    retold = changed(archive, texts={"t-1111": {"voice": "summary"}})

    claim = card(main(html_of(retold, MOTHER)), "claim-t-1111-1")

    assert "Retold in the words of this archive" in claim
    assert "<blockquote" not in claim


def test_the_words_of_a_hard_passage_are_behind_their_note(archive: Any, html_of: Any) -> None:
    claim = card(main(html_of(archive, "en/people/p-cc33.html")), "claim-t-1111-4")

    assert claim.index("These words speak of") < claim.index("Оларды ұрды.")


def test_the_timeline_is_a_plain_ordered_list(archive: Any, html_of: Any) -> None:
    shown = re.sub(
        r"<details.*?</details>", "", first_list(html_of(archive, MOTHER)), flags=re.DOTALL
    )
    text = re.sub(r"<[^>]+>", "", re.sub(r"</?(?:li|p|d[ltd]|div)\b[^>]*>", " ", shown))

    assert " ".join(text.split()) == GOLDEN


def test_what_happened_to_those_who_asked_stands_on_the_timeline_of_whom_they_asked_for(
    archive: Any, changed: Any, view_of: Any
) -> None:
    text = archive.texts["t-1111"]
    reprisal = dataclasses.replace(
        text.claims[0], number=5, about="p-aa11", what="threatened", because="spoke", status=""
    )
    more = changed(archive, texts={"t-1111": {"claims": (*text.claims, reprisal)}})

    events = view_of(more, MOTHER).timeline.events

    assert [e.strand for e in events if e.entry.what == "threatened"] == ["reprisal"]


def test_what_somebody_asked_stands_on_their_own_page(archive: Any, view_of: Any) -> None:
    [event] = view_of(archive, DAUGHTER).timeline.events

    assert (event.strand, event.entry.what) == ("asked", "letter")


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


def test_a_sentence_stands_beside_the_status(archive: Any, html_of: Any) -> None:
    """What a court is told to have said is no status, and must not be missed for that."""
    page = html_of(archive, MOTHER)
    status = page[
        page.index('class="status"') : page.index("</div>", page.index('class="status"'))
    ]

    assert "Sentenced, as told: 12 years" in status
