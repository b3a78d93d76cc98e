"""Where paragraphs begin, and which of them look like headings and names."""

from __future__ import annotations

import pytest

from aigaq.desk.importing import paragraphs

NOTE = "::: note\nA caption.\n:::"


@pytest.mark.parametrize(
    ("body", "parts"),
    [
        ("One\n\n\nTwo\nlines", ["One", "Two\nlines"]),
        ("## A\nB b\nc", ["## A", "B b\nc"]),
        ("```\na\n\n## b\n```\nc", ["```\na\n\n## b\n```", "c"]),
        ("‘a b’\nAnn", ["‘a b’", "Ann"]),
        ("‘a b’  \nAnn  \nwords of hers", ["‘a b’", "Ann", "words of hers"]),
        ("## A\n\nAnn  \nwords of hers", ["## A", "Ann", "words of hers"]),
        ("## A\n\nAlmaty\nwas cold", ["## A", "Almaty\nwas cold"]),
        (f"## A\n\n{NOTE}\n\nAnn", ["## A", "Ann", NOTE]),
        (f"A.\n\n{NOTE}\n\nAnn", ["A.", NOTE, "Ann"]),
    ],
)
def test_a_heading_and_the_name_below_it_are_paragraphs_of_their_own(
    body: str, parts: list[str]
) -> None:
    assert paragraphs.parted(body) == parts
    assert paragraphs.apart(parts) == parts


@pytest.mark.parametrize(
    ("chunk", "words", "level", "is_like_heading", "is_bold"),
    [
        ("## A *heading*", "A heading", 2, True, False),
        ("**A heading**", "A heading", 0, True, True),
        ("«A heading»", "«A heading»", 0, True, False),
        ("Words", "Words", 0, False, False),
        ("::: note\nAnn Example\n:::", "Ann Example", 0, False, False),
        (f"**{'a' * 200}**", "a" * 200, 0, False, False),
    ],
)
def test_what_a_line_looks_like(
    chunk: str, words: str, level: int, is_like_heading: bool, is_bold: bool
) -> None:
    assert [*paragraphs.single_lines(["Two\nlines", chunk])] == [
        paragraphs.Line(1, words, level, is_like_heading, is_bold)
    ]
