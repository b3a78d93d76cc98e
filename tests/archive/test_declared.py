from __future__ import annotations

from typing import Any

import pytest

from aigaq.archive import declared


def known(sources: Any, *names: Any) -> declared.Names:
    sources.person("p-1", names=list(names))
    return declared.Names(sources.linked()[0])


def test_the_nearest_name_comes_first(sources: Any) -> None:
    names = known(
        sources, {"text": "Kunbolat", "lang": "en"}, {"text": "Künbolet", "lang": "en"}
    )

    found = declared.alike(["qunbolat"], names.people)

    assert [one.word for _, one in found] == ["kunbolat", "künbolet"]


@pytest.mark.parametrize("word", ["ali", "ola", "bek"])
def test_short_words_are_not_compared(word: str) -> None:
    assert declared.keys(word) == ()


def test_a_description_is_no_name(sources: Any) -> None:
    assert not known(sources, {"text": "my Auntie", "lang": "en", "kind": "described"}).has(
        "auntie"
    )


def test_a_pseudonym_is_known_and_compared_with_nothing(sources: Any) -> None:
    sources.person(
        "p-2",
        protect="pseudonym",
        names=[{"text": "Rosalind", "lang": "en", "kind": "pseudonym"}],
    )
    names = known(sources, {"text": "Sample", "lang": "en"})

    assert names.has("Rosalind")
    assert declared.alike(["rosalynd"], names.people) == []


def test_case_composition_and_apostrophes_are_no_difference() -> None:
    assert declared.plain("Ele\u0301na’S") == declared.plain("EL\u00c9NAs")
    assert declared.plain("İSVEÇ") == declared.plain("isveç")
