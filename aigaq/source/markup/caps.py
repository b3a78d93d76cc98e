"""Limits that a body must keep before anything converts it, so that no text takes seconds.

The figures stand far above any real text and below what makes Python-Markdown slow or lets
it run out of stack (research/security-reliability.md 2.3).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from aigaq.source.markup import blocks
from aigaq.words.diagnostics import Diagnostic, Problem, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aigaq.source.markup.blocks import Chunk

PARAGRAPH_BYTES = 16 * 1024
RUN = 200
COLUMNS = 50
NOTES = 200
HEADINGS = 200
NESTING = 20
SIGNS = 1_000
CONTAINED = 2_000
BLOCKS = 5_000

PARAGRAPH_LONG = Problem(
    "M001",
    "this paragraph is longer than {limit} KB",
    "Divide it with blank lines where the thought changes.",
)
RUN_LONG = Problem(
    "M002",
    'the sign "{sign}" is repeated more than {limit} times here',
    "Shorten the row. A line across the page is three hyphens on a line of their own.",
)
TABLE_WIDE = Problem(
    "M003",
    "this table has more than {limit} columns",
    "Make several tables of it, or keep it as a file among the media.",
)
NOTES_MANY = Problem(
    "M004",
    "this text has more than {limit} footnotes",
    "Divide the text, or join notes that belong together.",
)
HEADINGS_MANY = Problem(
    "M005",
    "this text has more than {limit} headings",
    "Divide the text, or turn some headings into ordinary paragraphs.",
)
NESTING_DEEP = Problem(
    "M006",
    "lists or quotations stand more than {limit} deep in each other here",
    "Take some of the signs at the start of the line away.",
)
SIGNS_MANY = Problem(
    "M007",
    "this paragraph has more than {limit} brackets, stars, underscores and the like",
    "Divide it with blank lines, or delete signs that another program left behind.",
)
BLOCKS_MANY = Problem(
    "M008",
    "this text has more than {limit} paragraphs",
    "Divide it into several texts.",
)
CONTAINED_MANY = Problem(
    "M009",
    "this list, table or quotation has more than {limit} lines",
    "Divide it, or keep it as a file among the media.",
)

_COUNTED = {
    "note": (NOTES_MANY, NOTES),
    "heading": (HEADINGS_MANY, HEADINGS),
    "": (BLOCKS_MANY, BLOCKS),
}
_PUNCTUATION_RUN = re.compile(rf"([^\w\s])\1{{{RUN},}}")
_ROW = re.compile(r"([^\w\s])\1")
_SIGN = re.compile(r"[\[\]*_`<>(){}!\\|&~]")
_SIGN_BYTES = b"[]*_`<>(){}!\\|&~"
_FRONT = re.compile(r"(?: |>|[*+-] |\d{1,9}\. )*")
_LEVEL = re.compile(r" {4}|>|[*+-] |\d\. ")


def exceeded(
    lines: list[str], chunks: tuple[Chunk, ...], *, path: str, first_line: int
) -> list[Diagnostic]:
    """Every limit that a body breaks, with its line.

    `lines` are as `blocks.normal_lines` gives them, `chunks` as `blocks.cut` cuts them.
    """
    found = []
    for number, column, problem, words in (
        *_in_lines(lines),
        *(_in_units(lines) if _may_exceed(lines) else ()),
        *_in_all(chunks),
    ):
        span = Span(path, first_line + number, column)
        found.append(problem.at(span, **words))
    return found


_Found = tuple[int, int, Problem, dict[str, object]]


def _in_lines(lines: list[str]) -> Iterator[_Found]:
    for number, line in enumerate(lines):
        # A row that is too long shows twice among every hundredth sign.
        rows = len(line) > RUN and _ROW.search(line[:: RUN // 2])
        if rows and (run := _PUNCTUATION_RUN.search(line)):
            yield number, run.start() + 1, RUN_LONG, {"sign": run[1], "limit": RUN}
        if line.count("|") >= COLUMNS and _is_wide(lines[number : number + 2]):
            yield number, 0, TABLE_WIDE, {"limit": COLUMNS}
        if line[:1] in _NESTERS and not blocks.is_rule(line) and _depth(line) > NESTING:
            yield number, 0, NESTING_DEEP, {"limit": NESTING}


_NESTERS = frozenset(" >*+-0123456789")


def _depth(line: str) -> int:
    front = _FRONT.match(line)
    return len(_LEVEL.findall(front[0])) if front else 0


def _is_wide(two: list[str]) -> bool:
    """Whether a table with too many columns starts here, be it in a list or a quotation."""
    bare = [line.lstrip(" >") for line in two]
    return blocks.is_table(bare, 0) and bare[0].strip("| ").count("|") >= COLUMNS


def _may_exceed(lines: list[str]) -> bool:
    """Whether a unit can be too long at all: far quicker to say than which one."""
    text = "\n".join(lines).encode()
    signs = len(text) - len(text.translate(None, _SIGN_BYTES))
    return signs > SIGNS or max(map(len, text.split(b"\n\n"))) >= PARAGRAPH_BYTES


def _in_units(lines: list[str]) -> Iterator[_Found]:
    """What is read at one go: a paragraph, a list item, a row of a table."""
    start = size = signs = 0
    told = False
    for number, line in enumerate(lines):
        if not line or blocks.starts_item(line) or line.lstrip()[:1] == "|":
            start, size, signs, told = number + (not line), 0, 0, False
        size += len(line.encode()) + 1
        signs += len(_SIGN.findall(line))
        if not told and size > PARAGRAPH_BYTES:
            told = True
            yield start, 0, PARAGRAPH_LONG, {"limit": PARAGRAPH_BYTES // 1024}
        elif not told and signs > SIGNS:
            told = True
            yield start, 0, SIGNS_MANY, {"limit": SIGNS}


def _in_all(chunks: tuple[Chunk, ...]) -> Iterator[_Found]:
    counts = {"note": 0, "heading": 0, "": 0}
    for chunk in chunks:
        kind = chunk.kind if chunk.kind in counts else ""
        counts[kind] += 1
        problem, limit = _COUNTED[kind]
        if counts[kind] == limit + 1:
            yield chunk.start, 0, problem, {"limit": limit}
        if chunk.kind in ("list", "table", "quotation") and len(chunk.lines) > CONTAINED:
            yield chunk.start, 0, CONTAINED_MANY, {"limit": CONTAINED}
