"""Lines that are names alone, and lines that only look like them."""

from __future__ import annotations

import pytest

from aigaq.desk.importing import names


@pytest.mark.parametrize(
    "line",
    [
        "Ann Example",
        "Ann",
        "A. Example",
        "Ann al Example",
        "Ann O’Example-Two",
        "Ann Example, 45",
        "Mrs. Example",
        "Ann (not her real name)",
        "Үлгі Есім ұлы",
        "ANN EXAMPLE",
        "مىسال ئىسىم",
        "示例·名字",
    ],
)
def test_a_name_alone_is_one(line: str) -> None:
    assert names.is_name(line)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "By evening",
        "Forced To Speak",
        "A Wife’s Campaign",
        "Wife’s Campaign",
        "Ann Example said",
        "Ann Example.",
        "Why?",
        "Source: Example",
        "2019",
        "of Example",
        "Ann Bob Cid Dan Eve Fay",
        "Introduction",
        "Қысқаша туралы",
        "N" * 90,
    ],
)
def test_what_is_more_or_less_than_a_name_is_none(line: str) -> None:
    assert not names.is_name(line)


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Ann Example, 45", "Ann Example"),
        ("Ann Example (45)", "Ann Example"),
        ("Ann Example (not her real name)", "Ann Example"),
        ("Ann Example*", "Ann Example"),
        ("Ann Example", "Ann Example"),
        ("Ann, 45, Example", "Ann, 45, Example"),
    ],
)
def test_what_follows_a_name_is_none_of_it(line: str, name: str) -> None:
    assert names.bare(line) == name
