"""The line of a file that a problem is at, with a mark under the very place, for a terminal.

Places are counted in the cells that a terminal gives to letters: none to an accent that joins
another, two to a Chinese one. Where letters run from right to left, terminals disagree on where
they stand; there the word is shown again by itself.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from rich.cells import cell_len

from aigaq.desk import mending
from aigaq.source import disk

if TYPE_CHECKING:
    from pathlib import Path

    from aigaq.words.diagnostics import Diagnostic

_WIDTH = 72  # cells
_RIGHT_TO_LEFT = frozenset({"R", "AL"})


def of(root: Path, one: Diagnostic) -> list[str]:
    """The line with its number, and the mark; nothing of a record that is not open."""
    path, number = one.span.path, one.span.line
    if not number or not path.startswith(("content/", "site.yaml")):
        return []
    source, _ = disk.read(root, path)
    lines = tuple(source.text.split("\n")) if source else ()
    if number > len(lines) or not mending.is_open(path, lines):
        return []
    line, mark = marked(lines[number - 1], one.span.column)
    gutter = " " * len(str(number))
    return [f"  {number} │ {line}", *([f"  {gutter} │ {mark}"] if mark else [])]


def marked(line: str, column: int) -> tuple[str, str]:
    """A piece of a line that fits a terminal, and what stands under it; columns from 1."""
    at = max(column - 1, 0)
    start = _start(line, at)
    shown = ("…" if start else "") + _fitting(_visible(line[start:]))
    if not column:
        return shown, ""
    if any(unicodedata.bidirectional(letter) in _RIGHT_TO_LEFT for letter in line[: at + 1]):
        word = re.match(r"\S*", line[at:])
        return shown, f"^ {_visible(word.group())}" if word and word.group() else ""
    before = ("…" if start else "") + _visible(line[start:at])
    return shown, " " * cell_len(before) + "^"


def _start(line: str, at: int) -> int:
    """Where the shown piece begins: a long line is cut before the place."""
    if cell_len(line[: at + 1]) < _WIDTH:
        return 0
    start = at
    while start and cell_len(line[start:at]) < _WIDTH // 2:
        start -= 1
    return start


def _visible(text: str) -> str:
    """What has no shape of its own gets one; a tab is one sign."""
    return "".join(
        letter
        if letter.isprintable()
        else ("→" if letter == "\t" else "\N{REPLACEMENT CHARACTER}")
        for letter in text
    )


def _fitting(text: str) -> str:
    if cell_len(text) <= _WIDTH:
        return text
    while cell_len(text) >= _WIDTH:
        text = text[: min(len(text) - 1, _WIDTH)]
    return f"{text}…"
