from __future__ import annotations

import dataclasses
import itertools
import re
from typing import Any

import pytest

from aigaq.archive.public import GlossaryEntry
from aigaq.words.fragments import Fragment
from aigaq.words.localised import Localised

ENGLISH = "en/testimonies/t-1111.html"
ORIGINAL = "kk/testimonies/t-1111.html"
UNTRANSLATED = "en/testimonies/t-2222.html"
NEWS = "en/testimonies/t-3333.html"


def words(**by_language: str) -> Localised:
    return Localised.of(by_language)


def main(html: str) -> str:
    return html[html.index("<main") : html.index("</main>")]


def block(html: str, address: str) -> str:
    """From the block of this address to the next one."""
    start = html.index(f'id="{address}"')
    after = html.find('<div class="block', start)
    return html[start:after] if after >= 0 else html[start:]


@pytest.fixture(name="retold")
def _retold(archive: Any, changed: Any) -> Any:
    """The daughter's testimony, but told in the archive's own words, with a quotation in it."""
    text = archive.texts["t-1111"]
    quoted = dataclasses.replace(
        text.versions[1].body.blocks[1],
        kind="quotation",
        html="<blockquote><p>They took her.</p></blockquote>",
    )
    blocks = text.versions[1].body.blocks
    body = dataclasses.replace(text.versions[1].body, blocks=(blocks[0], quoted, *blocks[2:]))
    versions = (text.versions[0], dataclasses.replace(text.versions[1], body=body))
    return changed(archive, texts={"t-1111": {"voice": "summary", "versions": versions}})


@pytest.fixture(name="unclear")
def _unclear(archive: Any, changed: Any) -> Any:
    """The news text with unclear rights: `publish` has taken its words away."""
    text = archive.texts["t-3333"]
    original = dataclasses.replace(text.original, rights="unclear")
    versions = tuple(dataclasses.replace(v, body=Fragment()) for v in text.versions)
    return changed(archive, texts={"t-3333": {"original": original, "versions": versions}})


# --- which pages there are ---


def test_a_text_has_a_page_in_every_language_of_the_site(archive: Any, pages_of: Any) -> None:
    planned = pages_of(archive)

    assert all(f"{lang}/testimonies/t-2222.html" in planned for lang in ("en", "kk", "ug"))


def test_where_the_site_only_links_there_are_pages_for_versions_only(
    archive: Any, pages_of: Any
) -> None:
    site = dataclasses.replace(archive.site, untranslated="link")

    planned = pages_of(dataclasses.replace(archive, site=site))

    assert [p for p in planned if p.endswith("/t-2222.html")] == ["ug/testimonies/t-2222.html"]


def test_a_page_holds_the_body_of_no_version_but_its_own(archive: Any, pages_of: Any) -> None:
    inputs = pages_of(archive)[ENGLISH].inputs

    assert [v.lang for v in inputs.text.versions if v.body.blocks] == ["en"]


# --- title, narrators, how it was told ---


def test_a_title_that_is_a_quotation_is_marked_as_one(archive: Any, html_of: Any) -> None:
    title = "<h1><q><bdi>If I do not look for her, who will?</bdi></q></h1>"

    assert title in html_of(archive, ENGLISH)


def test_an_untranslated_title_is_marked_with_its_language(archive: Any, html_of: Any) -> None:
    assert '<h1><bdi lang="ug" dir="rtl">' in html_of(archive, UNTRANSLATED)


def test_narrators_and_interviewers_lead_to_their_pages(archive: Any, view_of: Any) -> None:
    view = view_of(archive, ENGLISH)

    assert [link.path for link in (*view.narrators, *view.interviewers)] == [
        "en/people/p-aa11.html",
        "en/people/p-dd44.html",
    ]


def test_an_excerpt_says_so_and_leads_to_the_full_story(
    archive: Any, changed: Any, html_of: Any
) -> None:
    html = main(html_of(changed(archive, texts={"t-3333": {"extent": "excerpt"}}), NEWS))

    banner = html[html.index("This is an excerpt.") :]
    assert 'href="https://example.org/story"' in banner[:200]


def test_a_shorter_version_in_the_narrators_words_says_so(
    archive: Any, changed: Any, html_of: Any
) -> None:
    html = main(html_of(changed(archive, texts={"t-3333": {"extent": "summary"}}), NEWS))

    assert "This is a shorter version of what was told." in html


def test_a_copy_that_lost_its_date_says_so(archive: Any, changed: Any, html_of: Any) -> None:
    original = dataclasses.replace(archive.texts["t-3333"].original, published=None)
    html = main(html_of(changed(archive, texts={"t-3333": {"original": original}}), NEWS))

    assert "This copy has lost its date" in html


# --- content notes ---


def test_content_notes_stand_before_the_words_of_the_text(archive: Any, html_of: Any) -> None:
    html = main(html_of(archive, ENGLISH))

    assert html.index("This text speaks of") < html.index("A daughter looks for her mother.")


def test_a_hard_passage_is_closed_behind_its_note(archive: Any, html_of: Any) -> None:
    html = main(html_of(archive, ENGLISH))

    passage = html[html.index('<details class="hard">') :]
    assert passage.index("torture") < passage.index("</summary>")
    assert passage.index("</summary>") < passage.index("They were beaten.")


# --- body ---


def test_every_paragraph_has_its_address_and_a_link_to_itself(
    archive: Any, html_of: Any
) -> None:
    html = main(html_of(archive, ENGLISH))

    assert re.findall(r'<div class="block [a-z]+" id="(p[0-9]+)"', html) == [
        f"p{n}" for n in range(1, 7)
    ]
    assert all(f'href="#p{n}"' in html for n in range(1, 7))


def test_a_turn_names_its_speaker_and_leads_to_them(archive: Any, html_of: Any) -> None:
    turn = block(main(html_of(archive, ENGLISH)), "p2")

    assert '<a href="../people/p-aa11.html"><bdi>DAUGHTER</bdi></a>' in turn


def test_a_note_leads_to_its_source(archive: Any, html_of: Any) -> None:
    html = main(html_of(archive, ENGLISH))

    note = html[html.index('role="note"') : html.index("Source of this note")]
    assert "In another interview" in note
    assert 'href="https://example.org/other"' in note


def test_headings_keep_their_anchor(archive: Any, html_of: Any) -> None:
    assert '<h2 id="h-1">Later</h2>' in html_of(archive, ENGLISH)


def test_footnotes_stand_below_the_text(archive: Any, changed: Any, html_of: Any) -> None:
    text = archive.texts["t-3333"]
    body = dataclasses.replace(
        text.versions[0].body, footnotes='<ol><li id="u-n1">A note.</li></ol>'
    )
    versions = (dataclasses.replace(text.versions[0], body=body), *text.versions[1:])

    html = main(html_of(changed(archive, texts={"t-3333": {"versions": versions}}), NEWS))

    assert html.index("No answer.") < html.index('<li id="u-n1">A note.</li>')


# --- in the archive's own words ---


def test_a_retelling_says_that_it_is_one(retold: Any, html_of: Any) -> None:
    assert "own words: nothing here is quoted" in main(html_of(retold, ENGLISH))


def test_nothing_in_a_retelling_is_marked_as_a_quotation(retold: Any, html_of: Any) -> None:
    html = main(html_of(retold, ENGLISH))

    assert not re.search(r"<(q|blockquote)[ >]|[“”«»]", html)


def test_a_retelling_keeps_its_turns_and_links(retold: Any, html_of: Any) -> None:
    assert 'class="block turn" id="p3"' in html_of(retold, ENGLISH)


# --- claims ---


def test_a_claim_stands_under_its_paragraph(archive: Any, html_of: Any) -> None:
    paragraph = block(main(html_of(archive, ENGLISH)), "p2")

    assert "What is reported here" in paragraph
    assert 'id="claim-t-1111-1"' in paragraph


def test_a_claim_whose_paragraph_is_not_shown_is_not_lost(
    archive: Any, changed: Any, view_of: Any
) -> None:
    text = archive.texts["t-1111"]
    away = tuple(dataclasses.replace(c, at="p99") for c in text.claims)

    view = view_of(changed(archive, texts={"t-1111": {"claims": away}}), ENGLISH)

    assert len(view.other_claims) == len(text.claims)


def test_what_was_asked_is_told(archive: Any, html_of: Any) -> None:
    html = main(html_of(archive, ENGLISH))

    assert html.index("What was asked, and of whom") < html.index("Placeholder Embassy")


def test_objects_have_their_picture_and_their_people(archive: Any, view_of: Any) -> None:
    [thing] = view_of(archive, ENGLISH).objects

    assert (thing.photo.alt.text, thing.kept_by.path) == ("scarf", "en/people/p-aa11.html")


# --- languages ---


def test_a_machine_translation_that_nobody_checked_says_so_before_the_text(
    archive: Any, html_of: Any
) -> None:
    html = main(html_of(archive, ENGLISH))

    assert html.index("made by a machine and nobody has checked it") < html.index('id="p1"')


def test_a_reviewed_translation_needs_no_warning(archive: Any, html_of: Any) -> None:
    html = main(html_of(archive, "kk/testimonies/t-3333.html"))

    assert re.findall(r'class="notice (\w+)', html) == ["corrected"]


def test_a_correction_stands_on_the_page_of_the_corrected_text(
    archive: Any, view_of: Any
) -> None:
    [correction] = view_of(archive, "en/testimonies/t-3333.html").corrections

    assert correction.what.text == "The month was given wrongly."


def test_a_word_of_the_glossary_is_explained_where_the_text_first_uses_it(
    archive: Any, view_of: Any, html_of: Any
) -> None:
    entry = GlossaryEntry(
        id="room", term=words(en="room"), meaning=words(en="Where they sit.", kk="Бөлме.")
    )
    made = dataclasses.replace(archive, glossary=(entry,))
    body = view_of(made, ENGLISH).body
    explained = {
        block.address: [term.word.phrase.text for term in block.terms]
        for stretch in body.stretches
        for block in stretch.blocks
        if block.terms
    }

    assert explained == {"p1": ["room"]}
    assert 'href="../glossary.html#room"' in main(html_of(made, ENGLISH))


def test_an_object_leads_to_the_paragraph_that_tells_of_it(
    archive: Any, changed: Any, html_of: Any
) -> None:
    [thing] = archive.texts["t-1111"].objects
    told = dataclasses.replace(thing, at="p3")
    made = changed(archive, texts={"t-1111": {"objects": (told,)}})

    section = main(html_of(made, ENGLISH)).partition('class="object"')[2]

    assert '<dd><a href="#p3">3</a></dd>' in section


def test_the_kin_term_is_translated_with_the_text(
    archive: Any, changed: Any, view_of: Any
) -> None:
    phrases = (("анам", words(en="my mother")),)
    made = changed(archive, texts={"t-1111": {"phrases": phrases}})

    assert view_of(made, ENGLISH).about[0].as_told.text == "my mother"


def test_an_untranslated_text_says_so_and_marks_its_words(archive: Any, html_of: Any) -> None:
    html = main(html_of(archive, UNTRANSLATED))

    assert "has not been translated into this language yet" in html
    assert '<div class="words" lang="ug" dir="rtl">' in html


def test_the_facts_beside_an_untranslated_text_are_in_the_readers_language(
    archive: Any, html_of: Any
) -> None:
    facts = main(html_of(archive, UNTRANSLATED))

    assert '<a href="../places/pl-city-m.html"><bdi>City M</bdi></a>' in facts


def test_a_text_in_the_readers_language_is_not_marked(archive: Any, view_of: Any) -> None:
    body = view_of(archive, ORIGINAL).body

    assert (body.lang, body.dir) == ("", "")


def test_the_versions_are_listed_with_how_they_came_to_be(archive: Any, view_of: Any) -> None:
    versions = view_of(archive, ENGLISH).versions

    assert [(v.tag, v.path, v.status) for v in versions] == [
        ("kk", ORIGINAL, "original"),
        ("en", "", "machine"),
    ]


# --- rights ---


def test_a_text_with_unclear_rights_has_a_notice_and_its_source(
    unclear: Any, html_of: Any
) -> None:
    html = main(html_of(unclear, NEWS))

    assert "its words are not shown here" in html
    assert 'href="https://example.org/story"' in html


def test_a_text_with_unclear_rights_still_tells_its_facts(unclear: Any, view_of: Any) -> None:
    view = view_of(unclear, NEWS)

    assert [claim.what for claim in view.other_claims] == ["detained"]


# --- the whole ---


def test_the_page_tells_machines_what_it_is(archive: Any, view_of: Any) -> None:
    assert view_of(archive, ENGLISH).jsonld["headline"] == "If I do not look for her, who will?"


@pytest.mark.parametrize("path", [ENGLISH, ORIGINAL, UNTRANSLATED, NEWS])
def test_no_two_things_on_a_page_share_an_address(
    archive: Any, html_of: Any, path: str
) -> None:
    ids = re.findall(r' id="([^"]+)"', html_of(archive, path))

    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("path", [ENGLISH, ORIGINAL, UNTRANSLATED, NEWS])
def test_headings_leave_no_level_out(archive: Any, html_of: Any, path: str) -> None:
    levels = [int(n) for n in re.findall(r"<h([1-6])", main(html_of(archive, path)))]

    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


def test_tags_are_shown_where_the_text_belongs(
    archive: Any, changed: Any, html_of: Any
) -> None:
    text_id = next(iter(archive.texts))
    tagged = changed(archive, texts={text_id: {"tags": ("picket", "letters")}})

    html = html_of(tagged, f"en/testimonies/{text_id}.html")

    assert re.search(
        r"<dt>Tags</dt><dd><bdi[^>]*>picket</bdi>, <bdi[^>]*>letters</bdi></dd>", html
    )
