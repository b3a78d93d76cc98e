from __future__ import annotations

import time

import pytest

from aigaq.source.markup import caps, convert
from aigaq.words.fragments import Fragment

NASTY = (
    "[", "![", "[[", "[a](b", "[a](<b", "[[a", "<a ", "<a@b ", "<![CDATA[", "# a\n", "[^a] ",
    "{:", "[a] ", "`", "~~~a\n", "<http://a", "<b>", "* a\n", "1. a\n", "\\|", "\\*", "__a__",
    "a`", "> >", "- - - ", "> ", "*", "**a ", "*a **b ", "a* b** ", "{{", "((a", "((a)) ",
    "[a](b) ", "a|", "|a|\n|-|\n", ":::\n", "a\n\n", "- a\n\n", "> a\n\n", "    a\n\n", "&amp;",
    "<a@b.c> ", "](", '[a](b "c', "[^a]: b\n", "a**b", "AIGUL: a\n\n", "``a` ", "a\n=\n\n",
)  # fmt: skip
NESTED = (
    "*" * 2000 + "a" + "*" * 2000,
    "**a " * 400 + "b** " * 400,
    "[" * 150 + "a" + "]" * 150 + "(https://example.org)",
    "\n".join("> " * depth + "a" for depth in range(300)),
    "\n".join("    " * depth + "- a" for depth in range(300)),
    "|".join("a" * 3000) + "\n" + "|".join("-" * 3000) + "\n" + "a\n" * 2000,
    "\n\n".join(f"x[^{n}]" for n in range(5000)) + "\n\n[^a]: note",
)


def problems(body: str) -> list[tuple[str, int]]:
    _, found = convert.convert(body, path="t.md", first_line=10, labels=(), language="en")
    return [(diagnostic.code, diagnostic.span.line) for diagnostic in found]


@pytest.mark.parametrize(
    "body",
    [(unit * 50_000)[:50_000] for unit in NASTY] + list(NESTED),
    ids=[repr(unit)[:12] for unit in NASTY] + [f"nested-{n}" for n in range(len(NESTED))],
)
def test_a_hostile_text_is_done_with_in_two_seconds(body: str) -> None:
    start = time.process_time()
    convert.convert(body, path="t.md", first_line=1, labels=("AIGUL",), language="en")
    assert time.process_time() - start < 2


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
