from __future__ import annotations

import pytest

from aigaq.source.markup import caps, convert
from aigaq.words.fragments import Fragment


def problems(body: str) -> list[tuple[str, int]]:
    _, found = convert.convert(body, path="t.md", first_line=10, labels=(), language="en")
    return [(diagnostic.code, diagnostic.span.line) for diagnostic in found]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("a\n\n" + "word " * 4000, (caps.PARAGRAPH_LONG.code, 12)),
        ("a\n\nb " + "!" * 201, (caps.RUN_LONG.code, 12)),
        ("|a" * 52 + "|\n" + "|-" * 52 + "|", (caps.TABLE_WIDE.code, 10)),
        ("\n\n".join(f"[^{n}]: x" for n in range(201)), (caps.NOTES_MANY.code, 410)),
        ("\n\n".join("# x" for _ in range(201)), (caps.HEADINGS_MANY.code, 410)),
        ("a\n\n" + "> " * 21 + "x", (caps.NESTING_DEEP.code, 12)),
        ("a\n\n" + "[a " * 1001, (caps.SIGNS_MANY.code, 12)),
        ("a\n\n" * 5001, (caps.BLOCKS_MANY.code, 10 + 2 * 5000)),
        ("a\n\n" + "- a\n" * 2001, (caps.CONTAINED_MANY.code, 12)),
    ],
)
def test_a_broken_limit_is_named_with_its_line(body: str, expected: tuple[str, int]) -> None:
    assert problems(body) == [expected]


def test_where_a_limit_is_broken_nothing_is_converted() -> None:
    body = "words\n\n" + "!" * 300
    made, _ = convert.convert(body, path="t.md", first_line=1, labels=(), language="en")
    assert made == Fragment()


def test_a_long_list_of_sources_is_not_a_long_paragraph() -> None:
    assert problems("- [words](https://example.org/a/long/address)\n" * 900) == []


@pytest.mark.parametrize("before", range(0, 101, 7))
@pytest.mark.parametrize(("length", "found"), [(200, []), (201, [(caps.RUN_LONG.code, 10)])])
def test_a_row_of_signs_is_found_wherever_it_stands(before: int, length: int, found) -> None:
    assert problems("a" * before + "!" * length + "b" * 50) == found


@pytest.mark.parametrize("unit", ["words", "слова", "a(b)", "((", "- a", "|", "\n"])
def test_a_body_that_is_said_to_be_within_limits_has_no_paragraph_beyond(unit: str) -> None:
    told = []
    for times in range(0, 20_000, 487):
        lines = (f"a\n\n{unit * times}\nb\n\n\nc").split("\n")
        told.append(caps._may_exceed(lines))

        assert told[-1] or not list(caps._in_units(lines))
    assert not told[0]
