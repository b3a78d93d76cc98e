from __future__ import annotations

import dataclasses

import pytest

from aigaq.pages import briefs


def cards_of(archive, view_of, lang):
    cards = view_of(archive, f"{lang}/testimonies/index.html").texts
    return {card.title.path[-11:-5]: card for card in cards}


@pytest.mark.parametrize(
    ("lang", "text", "version", "source"),
    [
        ("kk", "t-1111", "original", "kk"),
        ("en", "t-1111", "machine", "kk"),
        ("ug", "t-1111", "untranslated", "kk"),
        ("kk", "t-3333", "reviewed", "en"),
    ],
)
def test_a_card_says_what_the_reader_will_find(archive, view_of, lang, text, version, source):
    card = cards_of(archive, view_of, lang)[text]
    assert (card.version, card.source) == (version, source)


def test_the_other_languages_are_those_besides_the_one_shown(archive, view_of):
    assert cards_of(archive, view_of, "en")["t-1111"].other_languages == ("kk",)
    assert cards_of(archive, view_of, "ug")["t-1111"].other_languages == ("en",)


def test_where_nobody_tells_the_author_stands(archive, view_of):
    (author,) = cards_of(archive, view_of, "en")["t-3333"].narrators
    assert author.phrase.text == "Placeholder Reporter"


def test_content_notes_stand_in_words(archive, html_of):
    assert "Content: <bdi>torture</bdi>" in html_of(archive, "en/testimonies/index.html")


def test_a_mended_body_leaves_the_brief_as_it_was(archive):
    text = archive.texts["t-1111"]
    mended = tuple(dataclasses.replace(v, body=type(v.body)()) for v in text.versions)
    assert briefs.of_text(dataclasses.replace(text, versions=mended)) == briefs.of_text(text)


def test_where_untranslated_texts_are_linked_the_card_leads_to_the_original(archive, view_of):
    site = dataclasses.replace(archive.site, untranslated="link")
    card = cards_of(dataclasses.replace(archive, site=site), view_of, "ug")["t-1111"]
    assert card.title.path == "kk/testimonies/t-1111.html"
