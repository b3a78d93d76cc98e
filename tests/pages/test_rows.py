from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from aigaq.pages import rows
from aigaq.pages.bodies import BlockView, Body, Stretch
from aigaq.words.stamps import Pair


def body(*stretches: tuple[str, str]) -> Body:
    """Stretches such as `("scene", "1 2 # 3")`: paragraphs, # a heading, - a rule."""
    made, headings = [], 0
    for kind, names in stretches:
        blocks = []
        for name in names.split():
            headings += name == "#"
            blocks.append(block(name, headings))
        made.append(Stretch(blocks=tuple(blocks), kind=kind.split()[0], content_note=kind))
    return Body(stretches=tuple(made), footnotes="", lang="", dir="")


def block(name: str, headings: int) -> BlockView:
    kind = {"#": "heading", "-": "rule"}.get(name, "paragraph")
    values: dict[str, Any] = dict.fromkeys((f.name for f in dataclasses.fields(BlockView)), ())
    values |= {"kind": kind, "html": "", "number": name, "level": 2, "is_outdated": False}
    values["address"] = f"p{name}" if kind == "paragraph" else ""
    values["anchor"] = f"h-{headings}" if kind == "heading" else ""
    return BlockView(**values)


def pairs(words: str) -> tuple[Pair, ...]:
    """`1=1 2=-`"""
    split = (word.split("=") for word in words.split())
    return tuple(
        Pair(here=f"p{here}", there=f"p{there}" if there != "-" else "")
        for here, there in split
    )


def told(passages: tuple[rows.Passage, ...]) -> list[str]:
    """`scene: 1|1 2|.`"""
    return [
        f"{passage.container.kind}: "
        + " ".join(
            f"{row.here.number if row.here else '.'}|{row.there.number if row.there else '.'}"
            for row in passage.rows
        )
        for passage in passages
    ]


PLAIN = "plain"  # what stands in no container; the kind of one in the shorthand


def shown(here: str, there: str, known: str) -> str:
    [passage] = rows.of(body((PLAIN, here)), body((PLAIN, there)), pairs(known))
    return told((passage,))[0].removeprefix("plain: ")


@pytest.mark.parametrize(
    ("here", "there", "known", "expected"),
    [
        ("1 2", "1 2", "1=1 2=2", "1|1 2|2"),
        ("1 2", "1 2 3 4", "1=1 2=3", "1|1 .|2 2|3 .|4"),
        ("1 2 3", "1 2", "1=1 2=- 3=2", "1|1 2|. 3|2"),
        ("# 1 - 2", "# 1 - 2", "1=1 2=2", "#|# 1|1 -|- 2|2"),
        ("1 2", "# 1 # 2", "1=1 2=2", ".|# 1|1 .|# 2|2"),
        ("# 1 # 2", "1 2", "1=1 2=2", "#|. 1|1 #|. 2|2"),
        ("1 # 2", "1 2 # 3", "1=1 2=3", "1|1 .|2 #|# 2|3"),
        ("1 2", "1 2", "1=2 2=1", "1|2 2|1"),
        ("1 #", "1 #", "1=1", "1|1 #|#"),
    ],
)
def test_each_block_of_both_stands_once_in_reading_order(
    here: str, there: str, known: str, expected: str
) -> None:
    assert shown(here, there, known) == expected


def test_a_scene_holds_what_either_side_has_in_it() -> None:
    here = body((PLAIN, "1"), ("scene", "2 3"), (PLAIN, "4"))
    there = body((PLAIN, "1"), ("scene", "2 3"), (PLAIN, "4"))

    found = told(rows.of(here, there, pairs("1=1 2=2 3=3 4=4")))

    assert found == ["plain: 1|1", "scene: 2|2 3|3", "plain: 4|4"]


def test_what_is_hard_on_one_side_is_hidden_on_both() -> None:
    here, there = body((PLAIN, "1 2")), body((PLAIN, "1"), ("hard torture", "2"))

    found = told(rows.of(here, there, pairs("1=1 2=2")))

    assert found == ["plain: 1|1", "hard: 2|2"]


def test_two_notes_after_one_another_stay_two() -> None:
    here, there = body(("note", "1"), ("note", "2")), body(("note", "1"), ("note", "2"))

    assert told(rows.of(here, there, pairs("1=1 2=2"))) == ["note: 1|1", "note: 2|2"]


def test_ids_of_the_second_side_are_its_own_and_its_words_stay() -> None:
    html = '<p>id="u-x"<sup id="u-fnref-1"><a href="#u-fn-1" class="f">1</a></sup></p>'

    assert rows.apart(html) == (
        '<p>id="u-x"<sup id="u-o-fnref-1"><a href="#u-o-fn-1" class="f">1</a></sup></p>'
    )
