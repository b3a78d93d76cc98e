from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from aigaq.archive.public import Translation, Version
from aigaq.pages import editions
from aigaq.words.stamps import Pair


def version(lang: str, **made: Any) -> Version:
    facts = Translation(source="en", **{"status": "draft"} | made) if made else None
    return Version(lang=lang, title="T", translation=facts)


def made(lang: str, *versions: Version) -> tuple[str, ...]:
    [edition] = editions.of((version("en"), *versions), [(lang, "x.html")])
    return edition.made


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"status": "reviewed"}, ("reviewed",)),
        ({"status": "draft"}, ("draft",)),
        ({"machine": True}, ("machine",)),
        ({"machine": True, "status": "reviewed"}, ("machine-reviewed",)),
        ({"status": "reviewed", "abridged": True}, ("reviewed", "abridged")),
    ],
)
def test_a_translation_says_how_it_was_made(
    facts: dict[str, Any], expected: tuple[str, ...]
) -> None:
    assert made("kk", version("kk", **facts)) == expected


def test_the_original_is_called_one_and_what_is_not_there_is_not() -> None:
    assert made("en") == ("original",)
    assert made("tr", version("kk", machine=True)) == ("untranslated",)


def test_a_version_in_another_script_of_the_language_is_not_hidden_nor_taken_for_its_own() -> (
    None
):
    assert made("kk-Latn", version("kk", machine=True)) == ("machine", "other-script")


def test_only_a_translation_whose_paragraphs_are_known_stands_beside_the_original(
    archive: Any,
) -> None:
    text = archive.texts["t-1111"]
    [translated] = (v for v in text.versions if v.translation)
    assert editions.parallels(text, ("en", "kk")) == ()

    pairs = (Pair(here="p1", there="p1"),)
    facts = dataclasses.replace(translated.translation, pairs=pairs)
    known = dataclasses.replace(translated, translation=facts)
    others = tuple(v for v in text.versions if not v.translation)
    text = dataclasses.replace(text, versions=(*others, known))

    path = f"{known.lang}/testimonies/t-1111.parallel.html"
    assert editions.parallels(text, ("en", "kk")) == ((known.lang, path),)
    assert editions.parallels(text, ()) == ()
