"""WebVTT → what is said when, or every line of it that is wrong.

Only what editors need is read: cues, their times and words, and notes, which are dropped. The
line above a cue's times may name a paragraph of the text (`p3`); the cues after it go on with
that paragraph until another one is named. Voices and markup are taken out of the words, so that
a name in a tag reaches nobody. (https://www.w3.org/TR/webvtt1/)
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aigaq.source import characters
from aigaq.words.cues import Cue
from aigaq.words.diagnostics import Problem, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aigaq.source.document import Source
    from aigaq.words.diagnostics import Diagnostic

NOT_WEBVTT = Problem(
    "G040",
    "the first line is not WEBVTT",
    "Write WEBVTT alone on the first line and leave the second one empty. Other captions (.srt)"
    " are saved as WebVTT by most programs that write them.",
)
NOT_TIMES = Problem(
    "G041",
    "these are no times of a cue: {line}",
    "Write when its words begin and when they end, with a full stop before the thousandths:"
    " 00:01:02.500 --> 00:01:05.000. An empty line stands before each cue and none in it.",
)
NO_WORDS = Problem(
    "G042",
    "nothing is said in this cue",
    "Write the words in the line below the times, or delete the cue.",
)
OUT_OF_ORDER = Problem(
    "G043",
    "this cue ends before it begins, or begins before the one above it",
    "Correct the times; cues stand in the order in which they are heard.",
)
NOT_READ = Problem(
    "G044",
    "{kind} is not read here: captions have no styles and no places on the screen",
    "Delete it, to the next empty line.",
)

NOT_CLOSED = Problem(
    "G045",
    "a < in this cue begins what stands in <…>, and no > ends it",
    "Write the > behind it. A < that is to be read as such is written &lt; in captions.",
)

_TIME = r"(?:([0-9]{2,4}):)?([0-5][0-9]):([0-5][0-9])\.([0-9]{3})"
_TIMES = re.compile(rf"{_TIME}[ \t]+-->[ \t]+{_TIME}(?:[ \t]+.*)?")
_PARAGRAPH = re.compile(r"(p[1-9][0-9]*)(?:-[0-9]+)?")


@dataclass(frozen=True, slots=True)
class Transcript:
    """A WebVTT file: its cues, and the line of the first that names each paragraph."""

    path: str
    cues: tuple[Cue, ...] = ()
    lines: tuple[tuple[str, int], ...] = ()


def read(source: Source) -> tuple[Transcript, list[Diagnostic]]:
    """What can be read of a file, and what is wrong with the rest."""
    lines = source.text.split("\n")
    if not re.match(r"WEBVTT(?:[ \t]|$)", lines[0]):
        return Transcript(source.path), [NOT_WEBVTT.at(Span(source.path, 1))]
    cues: list[Cue] = []
    named: dict[str, int] = {}
    found: list[Diagnostic] = []
    paragraph = ""
    for first, block in _blocks(lines):
        if block[0].startswith(("NOTE", "WEBVTT")):
            continue
        if block[0].split(" ")[0].rstrip() in {"STYLE", "REGION"}:
            found.append(NOT_READ.at(Span(source.path, first), kind=block[0].split(" ")[0]))
            continue
        name = block.pop(0) if "-->" not in block[0] else ""
        line = first + bool(name and block)
        if match := _PARAGRAPH.fullmatch(name.strip()):
            paragraph = match[1]
            named.setdefault(paragraph, first)
        cue = _cue(block, paragraph, Span(source.path, line), cues)
        if isinstance(cue, Cue):
            cues.append(cue)
        else:
            found.append(cue)
    return Transcript(source.path, tuple(cues), tuple(named.items())), found


def _blocks(lines: list[str]) -> Iterator[tuple[int, list[str]]]:
    """What empty lines set apart, and the number of its first line."""
    block: list[str] = []
    for number, line in enumerate([*lines, ""], 1):
        if line.strip():
            block.append(line)
        elif block:
            yield number - len(block), block
            block = []


def _cue(block: list[str], paragraph: str, span: Span, before: list[Cue]) -> Cue | Diagnostic:
    times = _TIMES.fullmatch(block[0].strip()) if block else None
    if times is None or any("-->" in line for line in block[1:]):
        return NOT_TIMES.at(span, line=_short(block[0] if block else ""))
    start, end = _milliseconds(times.groups()[:4]), _milliseconds(times.groups()[4:])
    words = _untagged(" ".join(block[1:]))
    if words is None:
        return NOT_CLOSED.at(span)
    text = " ".join(html.unescape(words).split())
    if not text:
        return NO_WORDS.at(span)
    # The file does not say its language: what any of ours needs may stand there.
    if found := characters.body(text, path=span.path, first_line=span.line, language="ug"):
        return found[0]
    if end <= start or (before and start < before[-1].start):
        return OUT_OF_ORDER.at(span)
    return Cue(start, end, text, paragraph)


def _untagged(words: str) -> str | None:
    """Without tags; none where one has no end, so that a name in it would be read as words."""
    kept, *tagged = words.split("<")
    for part in tagged:
        _, end, rest = part.partition(">")
        if not end:
            return None
        kept += rest
    return kept


def _milliseconds(parts: tuple[str | None, ...]) -> int:
    hours, minutes, seconds, rest = (int(part or 0) for part in parts)
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + rest


def _short(line: str) -> str:
    return line if len(line) <= 40 else f"{line[:40]}…"
