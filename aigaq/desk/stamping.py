"""Stamps are written into the header of a translation; not a letter else of it is changed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from aigaq.output import aside
from aigaq.words.diagnostics import Problem, Span

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from aigaq.words.diagnostics import Diagnostic

BY_HAND = Problem(
    "N004",
    "the stamps cannot be written into this header",
    "Write `translation:` in lines of its own, one for each key, and run the command again.",
)
UNKNOWN_PAIRS = Problem(
    "N005",
    "nobody can tell which paragraph was translated from which",
    'Write of: with the number of each paragraph, such as of: "p1 p2 - p4", and run the'
    " command again.",
)

_OPEN = re.compile(r"translation:[ \t]*(?:#.*)?\r?\n?")
_CLOSED = re.compile(r"(translation:[ \t]*\{)(.*)(\}[ \t]*\r?\n?)")
_OWN = re.compile(r"""(?:(?<=^)|(?<=,))\s*of:\s*(?:"[^"]*"|'[^']*'|[^,]*)(?:,|$)""")


def write(
    root: Path, made: Mapping[str, tuple[str, ...]]
) -> tuple[list[str], list[Diagnostic]]:
    """Which files (their stamps by path below `root`) were changed, and why others were not."""
    changed, problems = [], []
    for path, stamps in made.items():
        if not stamps:
            problems.append(UNKNOWN_PAIRS.at(Span(path)))
            continue
        file = root / path
        before = file.read_bytes().decode("utf-8")
        after = stamped(before, stamps)
        if after is None:
            problems.append(BY_HAND.at(Span(path)))
        elif after != before:
            aside.replace(file, after.encode("utf-8"))
            changed.append(path)
    return changed, problems


def stamped(text: str, stamps: Sequence[str]) -> str | None:
    """The file's text with these stamps; None where its header is written in another way."""
    lines = text.splitlines(keepends=True)
    end = next((n for n, line in enumerate(lines) if n and line.rstrip() == "---"), 0)
    of = f'of: "{" ".join(stamps)}"'
    for number in range(end):
        if _OPEN.fullmatch(lines[number]):
            return _in_lines(lines, number + 1, end, of)
        if found := _CLOSED.fullmatch(lines[number]):
            inside = _OWN.sub("", found[2]).strip().rstrip(",")
            lines[number] = f"{found[1]}{inside}, {of}{found[3]}"
            return "".join(lines)
    return None


def _in_lines(lines: list[str], start: int, end: int, of: str) -> str | None:
    """`of:` takes the place of the one that stands there, or the last of the keys."""
    if start >= end or not _indent(lines[start]):
        return None
    indent = _indent(lines[start])
    last = start
    while last < end and (_indent(lines[last]) or not lines[last].strip()):
        last += 1
    keys = [n for n in range(start, last) if lines[n].strip() and _indent(lines[n]) == indent]
    here = next((n for n in keys if lines[n].strip().startswith("of:")), last)
    after = next((n for n in keys if n > here), last) if here < last else last
    newline = "\r\n" if lines[start].endswith("\r\n") else "\n"
    lines[here:after] = [f"{indent}{of}{newline}"]
    return "".join(lines)


def _indent(line: str) -> str:
    return line[: len(line) - len(line.lstrip(" "))] if line.strip() else ""
