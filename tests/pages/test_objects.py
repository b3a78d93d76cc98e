from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from aigaq.pages import context, objects, texts


@pytest.fixture(name="here")
def _here(archive: Any, pages_of: Any) -> Any:
    page = pages_of(archive)["en/testimonies/t-1111.html"]
    return context.Context(page, archive.site, texts.of("en", ""))


def test_a_picture_without_words_of_its_own_is_described_by_what_it_shows(
    archive: Any, here: Any
) -> None:
    made = objects.of(archive.texts["t-1111"].objects[0], here)

    assert made.photo is not None
    assert made.photo.alt.text == "scarf"


def test_a_thing_leads_to_whose_it_is_and_to_the_text_that_tells_of_it(
    archive: Any, here: Any
) -> None:
    made = objects.of(archive.texts["t-1111"].objects[0], here)

    assert made.of is not None
    assert (made.of.path, made.text.path) == (
        "en/people/p-bb22.html",
        "en/testimonies/t-1111.html",
    )


def test_a_keeper_who_is_not_a_record_is_named_in_words(archive: Any, here: Any) -> None:
    thing = dataclasses.replace(archive.texts["t-1111"].objects[0], kept_by="a museum")

    kept_by = objects.of(thing, here).kept_by

    assert kept_by is not None
    assert (kept_by.phrase.text, kept_by.path) == ("a museum", "")
