"""A body cut into its top-level blocks, each knowing the line where it starts.

Python-Markdown does not say where in a file a block stood, so the cutting is done here, by
line, and only what is inside a block is left to it. The rules are its own but for three,
each of which would make words vanish or change silently: a heading needs a space after `#`
(hash tags), a numbered item at most three digits (a paragraph may start with a year), and a
link definition an address (`[Name]: Yes` is speech).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ChunkKind = Literal[
    "paragraph",
    "quotation",
    "list",
    "table",
    "code",
    "heading",
    "rule",
    "note",
    "target",
    "fence",
]

TAB = 4
FENCE = re.compile(r" {0,3}:{3,}(?!:)(.*)\Z")
_HEADING = re.compile(r" {0,3}(#{1,6}) +(?=[^# ])")
_RULE = re.compile(r" {0,3}(?>(?:-+ {0,2}){3,}|(?:_+ {0,2}){3,}|(?:\*+ {0,2}){3,}) *\Z")
_ITEM = re.compile(r" {0,3}(?:[*+-]|\d{1,3}\.) +\S")
_QUOTE = re.compile(r" {0,3}>")
_NOTE = re.compile(r" {0,3}\[\^([^\]]*)\]: *")
_TARGET = re.compile(
    r" {0,3}\[(?!\^)([^\[\]]+)\]: *<?([A-Za-z][A-Za-z0-9+.-]*:[^\s>]+)>?"
    r"(?: +(?:\"([^\"]*)\"|'([^']*)'|\(([^()]*)\)))? *\Z"
)
_UNDERLINE = re.compile(r"(?:=+|-+) *\Z")
_SEPARATOR = re.compile(r" {0,3}[|: -]*-[|: -]*\Z")
_INTERRUPTS = (FENCE, _HEADING, _RULE, _NOTE, _TARGET)
_INTERRUPTING = frozenset(":#-_*[")  # what each of them starts with


@dataclass(frozen=True, slots=True)
class Chunk:
    """A top-level block as it was typed. `start` counts lines of the body from 0.

    `lines` are without what was read already: the marks of a heading, the label of a note.
    What was taken away stood at the front of a line, so columns are counted from its end.
    """

    kind: ChunkKind
    start: int
    lines: tuple[str, ...]
    level: int = 0  # heading
    label: str = ""  # note and target: the name; fence: what follows the colons
    address: str = ""  # target
    title: str = ""  # target


def raw_lines(body: str) -> list[str]:
    """The lines of a body as they were typed, whichever line ends it has."""
    return body.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def normal_lines(raw: list[str]) -> list[str]:
    """Blank lines empty, tabs at the front as columns of four, other tabs as one space."""
    lines = []
    for typed in raw:
        line = typed
        if "\t" in typed:
            rest = typed.lstrip(" \t")
            front = typed[: len(typed) - len(rest)].expandtabs(TAB)
            line = front + rest.replace("\t", " ")
        lines.append(line if line.strip() else "")
    return lines


def cut(lines: list[str]) -> Iterator[Chunk]:
    """The blocks of a body in the order of the file."""
    at = 0
    while at < len(lines):
        if not lines[at]:
            at += 1
            continue
        # What starts with a letter is none of the others: most lines, and no pattern asked.
        chunk, at = (_prose if lines[at][0].isalpha() else _next)(lines, at)
        yield chunk


def _next(lines: list[str], at: int) -> tuple[Chunk, int]:
    line = lines[at]
    if line.startswith(" " * TAB):
        end = _indented_end(lines, at)
        return Chunk("code", at, tuple(lines[at:end])), end
    single = _one_line(line, at)
    if single:
        return single, at + 1
    if note := _NOTE.match(line):
        end = _loose_end(lines, at, items=False)
        first = line[note.end() :]
        rest = (one[TAB:] if one.startswith(" " * TAB) else one for one in lines[at + 1 : end])
        return Chunk("note", at, (first, *rest), label=note[1]), end
    if _ITEM.match(line):
        end = _loose_end(lines, at, items=True)
        return Chunk("list", at, tuple(lines[at:end])), end
    if _QUOTE.match(line):
        end = _run_end(lines, at, _interrupts)
        return Chunk("quotation", at, tuple(lines[at:end])), end
    return _prose(lines, at)


def _one_line(line: str, at: int) -> Chunk | None:
    if fence := FENCE.match(line):
        return Chunk("fence", at, (line,), label=fence[1].strip())
    if _RULE.match(line):
        return Chunk("rule", at, (line,))
    if heading := _HEADING.match(line):
        return Chunk("heading", at, (line[heading.end() :],), level=len(heading[1]))
    if target := _TARGET.match(line):
        title = target[3] or target[4] or target[5] or ""
        return Chunk("target", at, (line,), label=target[1], address=target[2], title=title)
    return None


def _prose(lines: list[str], at: int) -> tuple[Chunk, int]:
    following = lines[at + 1] if at + 1 < len(lines) else ""
    if _UNDERLINE.match(following):
        level = 1 if following[0] == "=" else 2
        return Chunk("heading", at, (lines[at].lstrip(),), level=level), at + 2
    if is_table(lines, at):
        end = _run_end(lines, at + 1, _interrupts)
        return Chunk("table", at, tuple(lines[at:end])), end
    end = _run_end(lines, at, _interrupts_prose)
    return Chunk("paragraph", at, tuple(lines[at:end])), end


def is_table(lines: list[str], at: int) -> bool:
    """Whether the line at `at` looks like a table's header: the line below it is its border."""
    below = lines[at + 1] if at + 1 < len(lines) else ""
    return "|" in lines[at] and "|" in below and bool(_SEPARATOR.match(below))


def is_rule(line: str) -> bool:
    """Whether a line is a horizontal rule, however many marks it has."""
    return bool(_RULE.match(line))


def starts_item(line: str) -> bool:
    """Whether a list item starts at this line, at whatever depth."""
    return bool(_ITEM.match(line.lstrip()))


def _interrupts(line: str) -> bool:
    starts = line.lstrip(" ")[0] in _INTERRUPTING
    return starts and any(pattern.match(line) for pattern in _INTERRUPTS)


def _interrupts_prose(line: str) -> bool:
    return bool(_QUOTE.match(line)) or _interrupts(line)


def _run_end(lines: list[str], at: int, stops: Callable[[str], bool]) -> int:
    end = at + 1
    while end < len(lines) and lines[end] and not stops(lines[end]):
        end += 1
    return end


def _indented_end(lines: list[str], at: int) -> int:
    end = last = at + 1
    while end < len(lines) and (not lines[end] or lines[end].startswith(" " * TAB)):
        end += 1
        last = end if lines[end - 1] else last
    return last


def _loose_end(lines: list[str], at: int, *, items: bool) -> int:
    """Where a block ends that goes on after a blank line when indented, or at the next item."""
    end = _run_end(lines, at, _interrupts)
    while end < len(lines) and not lines[end]:
        after = end
        while after < len(lines) and not lines[after]:
            after += 1
        if after == len(lines) or not _goes_on(lines[after], items=items):
            break
        end = _run_end(lines, after, _interrupts)
    return end


def _goes_on(line: str, *, items: bool) -> bool:
    indented = line.startswith(" " * TAB)
    return indented or (items and bool(_ITEM.match(line)) and not _interrupts(line))
