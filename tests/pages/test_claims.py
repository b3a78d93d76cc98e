from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aigaq.archive.public import Asked, Claim
from aigaq.pages import claims, context, texts
from aigaq.pages.index import Index
from aigaq.pages.labels import Labels
from aigaq.pages.page import Contents, Page
from aigaq.words import edtf

if TYPE_CHECKING:
    from collections.abc import Callable

Shown = Any


@pytest.fixture(name="shown")
def _shown(archive: Any) -> Callable[..., Shown]:
    """`shown(entry, lang="en", archive=…)`: a claim as a reader sees it."""

    def show(entry: Any, lang: str = "en", archive: Any = archive) -> Shown:
        index = Index(archive)
        page = Page(
            path=f"{lang}/people/p-bb22.html",
            kind="person",
            lang=lang,
            contents=Contents(None, Labels(tuple(index.labels.values()))),
        )
        here = context.Context(page, archive.site, texts.of(lang, ""))
        known = {source.id: source for source in claims.sources(index, (entry,))}
        return claims.views((entry,), here, known)[0]

    return show


def parts(view: Shown) -> dict[str, str]:
    return {d.key: ", ".join(v.phrase.text for v in d.values) for d in view.details}


def test_what_a_claim_says_is_shown_in_labelled_parts(archive: Any, shown: Any) -> None:
    view = shown(archive.texts["t-1111"].claims[0])

    assert (view.what, parts(view)) == (
        "detained",
        {"status": "in a camp", "where": "Camp One"},
    )


def test_the_end_of_all_contact_is_not_called_a_contact(archive: Any, shown: Any) -> None:
    claim = archive.texts["t-1111"].claims[0]
    claim = dataclasses.replace(claim, what="last-contact", status="", contact="none")

    view = shown(claim)

    assert (view.what, "contact" in parts(view)) == ("contact lost", False)


def test_the_words_of_a_date_are_in_the_language_of_the_text(archive: Any, shown: Any) -> None:
    view = shown(archive.texts["t-1111"].claims[0])

    assert (view.said.text, view.said.lang) == ("тамызда", "kk")


def test_a_claim_tells_who_says_it_how_they_know_and_through_whom(
    archive: Any, shown: Any
) -> None:
    evidence = shown(archive.texts["t-1111"].claims[0]).evidence

    assert evidence.by.phrase.text == "Placeholder Daughter"
    assert evidence.known_by == "from-family"
    assert [step.phrase.text for step in evidence.chain] == ["husband's sister"]


def test_a_claim_tells_when_it_was_told(archive: Any, shown: Any) -> None:
    telling = shown(archive.texts["t-1111"].claims[0]).evidence.telling

    assert (telling.when.machine, telling.how) == ("2024-03-09", "interview")


def test_a_claim_of_a_text_that_was_only_published_tells_when_that_was(
    archive: Any, shown: Any
) -> None:
    telling = shown(archive.texts["t-3333"].claims[0]).evidence.telling

    assert (telling.when.machine, telling.how) == ("2018-06-12", "publication")


def test_a_claim_leads_to_its_paragraph(archive: Any, shown: Any) -> None:
    paragraph = shown(archive.texts["t-1111"].claims[0]).evidence.telling.paragraph

    assert (paragraph.path, paragraph.anchor) == ("en/testimonies/t-1111.html", "p2")


def test_a_paragraph_that_the_readers_version_lacks_is_no_anchor(
    archive: Any, shown: Any, changed: Any
) -> None:
    text = archive.texts["t-1111"]
    kazakh, english = text.versions
    body = dataclasses.replace(english.body, blocks=english.body.blocks[:1])
    versions = (kazakh, dataclasses.replace(english, body=body))
    shorter = changed(archive, texts={"t-1111": {"versions": versions}})

    paragraph = shown(text.claims[0], archive=shorter).evidence.telling.paragraph

    assert (paragraph.path, paragraph.anchor) == ("en/testimonies/t-1111.html", "")


def test_the_excerpt_is_in_the_words_and_the_language_of_the_original(
    archive: Any, shown: Any
) -> None:
    excerpt = shown(archive.texts["t-1111"].claims[0]).evidence.telling.excerpt

    assert (excerpt.phrase.text, excerpt.phrase.lang) == ("Оны тамызда алып кетті.", "kk")


def test_beside_the_original_stands_the_translation_for_this_reader(
    archive: Any, shown: Any
) -> None:
    excerpt = shown(archive.texts["t-1111"].claims[0]).evidence.telling.excerpt

    assert (excerpt.translated.text, excerpt.translated.lang) == (
        "They took her in August.",
        "",
    )
    assert (excerpt.how, excerpt.source, excerpt.is_ours) == ("machine", "kk", False)


def test_who_reads_the_original_is_shown_no_translation(archive: Any, shown: Any) -> None:
    excerpt = shown(archive.texts["t-1111"].claims[0], lang="kk").evidence.telling.excerpt

    assert (excerpt.phrase.lang, bool(excerpt.translated)) == ("", False)


def test_of_a_translation_with_other_paragraphs_nobody_knows_which_is_which(
    archive: Any, shown: Any, changed: Any
) -> None:
    text = archive.texts["t-1111"]
    kazakh, english = text.versions
    body = dataclasses.replace(english.body, blocks=english.body.blocks[:-1])
    versions = (kazakh, dataclasses.replace(english, body=body))
    shorter = changed(archive, texts={"t-1111": {"versions": versions}})

    excerpt = shown(text.claims[0], archive=shorter).evidence.telling.excerpt

    assert not excerpt.translated


@pytest.mark.parametrize(("voice", "at"), [("summary", "p2"), ("own", "p4")])
def test_words_of_this_archive_are_known_as_such(
    archive: Any, shown: Any, changed: Any, voice: str, at: str
) -> None:
    claim = dataclasses.replace(archive.texts["t-1111"].claims[0], at=at)
    retold = changed(archive, texts={"t-1111": {"voice": voice}})

    assert shown(claim, archive=retold).evidence.telling.excerpt.is_ours


@pytest.mark.parametrize(("at", "voice"), [("p1", "scene"), ("p2", "own"), ("p4", "note")])
def test_an_excerpt_knows_whose_voice_it_is(
    archive: Any, shown: Any, at: str, voice: str
) -> None:
    claim = dataclasses.replace(archive.texts["t-1111"].claims[0], at=at)

    assert shown(claim).evidence.telling.excerpt.voice == voice


def test_an_excerpt_of_a_retelling_is_nobodys_speech(
    archive: Any, shown: Any, changed: Any
) -> None:
    retold = changed(archive, texts={"t-3333": {"voice": "summary"}})

    view = shown(archive.texts["t-3333"].claims[0], archive=retold)

    assert view.evidence.telling.excerpt.voice == "summary"


def test_an_excerpt_of_a_hard_passage_has_its_content_note(archive: Any, shown: Any) -> None:
    view = shown(archive.texts["t-1111"].claims[3])

    assert view.evidence.telling.excerpt.content_note == "torture"


def test_words_that_happen_to_be_the_id_of_a_topic_stay_words(archive: Any, shown: Any) -> None:
    claim = dataclasses.replace(archive.texts["t-1111"].claims[0], done_by="prison")

    [done_by] = [d for d in shown(claim).details if d.key == "done_by"]

    assert (done_by.values[0].phrase.text, done_by.values[0].path) == ("prison", "")


def test_a_sentence_has_its_parts_as_told(archive: Any, shown: Any) -> None:
    sentence = shown(archive.texts["t-1111"].claims[1]).sentence

    assert sentence.years.number == "12"
    assert [(s, years.number) for s, years in sentence.parts] == [
        ("in prison", "5"),
        ("in a camp", "7"),
    ]


def test_a_sentence_of_unknown_length_makes_up_no_number(archive: Any, shown: Any) -> None:
    claim = dataclasses.replace(archive.texts["t-1111"].claims[1], years="unknown", parts=())

    assert shown(claim).sentence.years is None


def test_what_was_asked_names_who_asked_whom_and_the_answer(archive: Any, shown: Any) -> None:
    view = shown(archive.texts["t-1111"].asked[0])

    assert parts(view) == {
        "asked_by": "Placeholder Daughter",
        "asked_of": "Placeholder Embassy",
        "answer": "no answer",
    }


def test_the_anchor_of_what_was_asked_is_its_place_in_the_text(
    archive: Any, shown: Any, changed: Any
) -> None:
    first = archive.texts["t-1111"].asked[0]
    second = dataclasses.replace(first, how="picket")
    both = changed(archive, texts={"t-1111": {"asked": (first, second)}})

    assert shown(second, archive=both).id == "asked-t-1111-2"


def test_undated_claims_come_last(archive: Any) -> None:
    first, dated, undated, _ = archive.texts["t-1111"].claims

    assert claims.sort((undated, dated, first)) == (first, dated, undated)


@given(st.permutations(range(5)))
def test_the_order_does_not_depend_on_that_of_the_files(order: list[int]) -> None:
    when = edtf.parse("2018")
    assert isinstance(when, edtf.EdtfDate)
    entries: list[claims.Entry] = [
        Claim(text="t-1", number=1, about="p-1", what="detained", when=when),
        Claim(text="t-1", number=2, about="p-1", what="detained", when=when),
        Claim(text="t-2", number=1, about="p-1", what="held"),
        Asked(text="t-1", how="letter", about=("p-1",), when=when),
        Asked(text="t-1", how="picket", about=("p-1",), when=when),
    ]

    found = claims.sort(entries[i] for i in order)

    assert found == claims.sort(entries)


def test_an_excerpt_ends_between_words() -> None:
    assert claims.shortened("one two three four", limit=12) == "one two…"


def test_an_excerpt_in_a_script_without_gaps_is_cut_where_it_is_full() -> None:
    assert claims.shortened("一二三四五六", limit=4) == "一二三四…"


def test_a_short_paragraph_is_whole() -> None:
    assert claims.shortened("one two", limit=12) == "one two"
