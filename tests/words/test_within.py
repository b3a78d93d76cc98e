from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Any

import pytest

from aigaq.words import edtf, within
from aigaq.words.edtf import EdtfDate
from aigaq.words.fragments import Block, Container, Fragment, Reference
from aigaq.words.localised import Localised


@dataclass(frozen=True, slots=True)
class Box:
    """Something that holds one thing."""

    inside: Any


class Colour(StrEnum):
    """A text of a type of its own."""

    RED = "red"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("a", {"a"}),
        (("a", ("b", 7, None, True)), {"a", "b"}),
        (frozenset({"a"}), {"a"}),
        (MappingProxyType({"a": Box("b")}), {"a", "b"}),
        (Box(Box(({"a": ("b",)},))), {"a", "b"}),
        (Localised.of({"en": "word"}), {"en", "word"}),
        (Box(Colour.RED), {"red"}),
        (3, set()),
    ],
)
def test_every_text_is_found_however_deep(value: Any, expected: set[str]) -> None:
    assert within.Walk().texts(value) == expected


def test_a_value_that_is_nested_very_deep_is_walked_all_the_same() -> None:
    value: Any = "a"
    for _ in range(50_000):
        value = (value,)
    assert within.Walk().texts(value) == {"a"}


def test_a_date_names_nobody() -> None:
    assert within.Walk().texts(Box(edtf.parse("2017-05"))) == set()


def test_a_type_is_opened_as_is_asked() -> None:
    walk = within.Walk({Localised: lambda words: [text for _, text in words.pairs]})
    assert walk.texts(Box(Localised.of({"en": "word"}))) == {"word"}


def test_values_of_another_type_are_found_with_the_same_walk() -> None:
    date = edtf.parse("2017-05")
    assert within.Walk().every(EdtfDate, (Box(date), "2018", {"a": (date,)})) == {date}


def test_of_a_body_only_what_names_records_is_asked_for_ids() -> None:
    block = Block(
        kind="paragraph",
        html="<p>words</p>",
        text="words",
        line=1,
        container=Container(kind="note", number=1, by="p-1"),
    )
    body = Fragment(blocks=(block,), references=(Reference(kind="person", target="p-2"),))
    found = within.Walk(within.IDS).texts(Box(body))
    assert {"p-1", "p-2"} <= found
    assert "words" not in found


def test_words_in_several_languages_are_never_asked_for_ids() -> None:
    words = Localised.of({"en": "p-1", "kk": "p-2"})

    assert within.Walk(within.IDS).texts(Box((words, "p-3"))) == {"p-3"}
    assert within.Walk().texts(Box(words)) >= {"p-1", "p-2"}
