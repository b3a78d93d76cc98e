from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from aigaq.archive.public import Object
from aigaq.pages import claims, context, objects, texts
from aigaq.words.localised import Localised


@pytest.fixture(name="here")
def _here(archive: Any, pages_of: Any) -> Any:
    page = pages_of(archive)["en/testimonies/t-1111.html"]
    return context.Context(page, archive.site, texts.of("en", ""))


def shown(thing: Object, here: Any, archive: Any, **changes: Any) -> objects.ObjectView:
    text = dataclasses.replace(archive.texts["t-1111"], **changes)
    return objects.of(thing, here, {"t-1111": claims.source(text, {thing})})


@pytest.fixture(name="scarf")
def _scarf(archive: Any) -> Object:
    found: Object = archive.texts["t-1111"].objects[0]
    return found


def test_a_picture_without_words_of_its_own_is_described_by_what_it_shows(
    archive: Any, here: Any, scarf: Object
) -> None:
    made = shown(scarf, here, archive)

    assert made.photo is not None
    assert made.photo.alt.text == "scarf"


def test_a_thing_leads_to_whose_it_is_and_to_the_text_that_tells_of_it(
    archive: Any, here: Any, scarf: Object
) -> None:
    made = shown(scarf, here, archive)

    assert made.of is not None
    assert (made.of.path, made.telling.passage.path) == (
        "en/people/p-bb22.html",
        "en/testimonies/t-1111.html",
    )


def test_a_thing_leads_to_the_paragraph_that_tells_of_it(
    archive: Any, here: Any, scarf: Object
) -> None:
    told = dataclasses.replace(scarf, at="p3")

    assert shown(told, here, archive).telling.passage.anchor == "p3"


def test_a_keeper_who_is_not_a_record_is_named_in_words(
    archive: Any, here: Any, scarf: Object
) -> None:
    thing = dataclasses.replace(scarf, kept_by="a museum")

    kept_by = shown(thing, here, archive).kept_by

    assert kept_by is not None
    assert (kept_by.phrase.text, kept_by.path) == ("a museum", "")


def test_the_words_for_a_keeper_are_translated_with_the_text(
    archive: Any, here: Any, scarf: Object
) -> None:
    thing = dataclasses.replace(scarf, kept_by="мұражай")
    phrases = (("мұражай", Localised.of({"en": "a museum"})),)

    kept_by = shown(thing, here, archive, phrases=phrases).kept_by

    assert kept_by is not None
    assert (kept_by.phrase.text, kept_by.phrase.lang) == ("a museum", "")
