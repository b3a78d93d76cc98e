"""Footnotes of a text that is divided: each goes where it is called.

Law: none is lost; one that two parts call stands in both, one that none calls stays.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_NOTE = re.compile(r"\[\^([^\[\]\n]{1,100})\]:")
_CALL = re.compile(r"\[\^([^\[\]\n]{1,100})\](?!:)")
_FURTHER = "    "  # what a further paragraph of a note begins with


def where_called(parts: Sequence[Sequence[str]]) -> list[list[str]]:
    """The paragraphs of each part, with the footnotes that it calls at its end."""
    made: list[list[str]] = []
    notes: list[tuple[str, list[str], int]] = []
    for n, part in enumerate(parts):
        words, of_part = _parted(part)
        made.append(words)
        notes += [(name, note, n) for name, note in of_part]
    calls: dict[str, list[int]] = {}
    for n, part in enumerate(made):
        for name in dict.fromkeys(_CALL.findall("\n\n".join(part))):
            calls.setdefault(name, []).append(n)
    for name, words, home in notes:
        for n in calls.get(name, (home,)):
            made[n] += words
    return made


def _parted(chunks: Sequence[str]) -> tuple[list[str], list[tuple[str, list[str]]]]:
    """The paragraphs without the footnotes among them, and these with their names."""
    words: list[str] = []
    notes: list[tuple[str, list[str]]] = []
    is_in_note = False
    for chunk in chunks:
        if is_in_note and chunk.startswith(_FURTHER):
            notes[-1][1].append(chunk)
            continue
        is_in_note = _NOTE.match(chunk) is not None
        if not is_in_note:
            words.append(chunk)
            continue
        for line in chunk.split("\n"):
            if note := _NOTE.match(line):
                notes.append((note[1], [line]))
            else:
                notes[-1][1][-1] += f"\n{line}"
    return words, notes
