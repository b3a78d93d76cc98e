from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from aigaq.source.markup import blocks

TYPED = """

words
- item
    deep
> said
# Head
---
===
1. one
::: scene
:::
a | b
--- | ---
[^1]: note
[x]: https://example.org
\twords"""
LINES = st.lists(st.sampled_from(TYPED.split("\n")), max_size=30)


def cut(body: str) -> list[tuple[str, int]]:
    lines = blocks.normal_lines(blocks.raw_lines(body))
    return [(chunk.kind, chunk.start) for chunk in blocks.cut(lines)]


@given(LINES)
def test_every_line_with_words_is_in_exactly_one_block(typed: list[str]) -> None:
    lines = blocks.normal_lines(typed)
    covered: list[int] = []
    for chunk in blocks.cut(lines):
        underline = chunk.kind == "heading" and "#" not in lines[chunk.start]
        covered += range(chunk.start, chunk.start + len(chunk.lines) + underline)
    with_words = {number for number, line in enumerate(lines) if line}
    assert with_words <= set(covered)
    assert len(covered) == len(set(covered))


def test_a_paragraph_may_start_with_a_year() -> None:
    assert cut("1986. That was the year.") == [("paragraph", 0)]


def test_a_hash_tag_is_no_heading() -> None:
    assert cut("#FreeThem now") == [("paragraph", 0)]


def test_speech_in_square_brackets_is_no_link_definition() -> None:
    assert cut("[Interviewer]: Yes.") == [("paragraph", 0)]


def test_a_list_goes_on_over_blank_lines_with_items_and_indented_paragraphs() -> None:
    assert cut("- a\n\n    more\n\n- b\n\nafter") == [("list", 0), ("paragraph", 6)]


def test_two_quotations_with_a_blank_line_between_are_two() -> None:
    assert cut("> a\nlazy\n\n> b") == [("quotation", 0), ("quotation", 3)]


def test_a_fence_ends_a_paragraph() -> None:
    assert cut("a\n::: scene\nb\n:::\nc") == [
        ("paragraph", 0),
        ("fence", 1),
        ("paragraph", 2),
        ("fence", 3),
        ("paragraph", 4),
    ]


def test_a_line_of_hyphens_below_one_line_makes_a_heading_and_elsewhere_a_rule() -> None:
    assert cut("Title\n---\n\n---") == [("heading", 0), ("rule", 3)]


def test_a_line_that_starts_with_a_letter_is_prose_by_every_pattern() -> None:
    patterns = [one for one in vars(blocks).values() if isinstance(one, re.Pattern)]
    letters = [char for char in map(chr, range(0x30000)) if char.isalpha()]

    assert len(patterns) >= 8
    assert len(letters) > 100_000
    for rest in (". a", "> a", "-- -", "]: a:b", ":::", "## a"):
        assert not [c for c in letters[::7] if any(one.match(c + rest) for one in patterns)]
