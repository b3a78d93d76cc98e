"""What is said when in a recording: stretches of time with their words, and WebVTT of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_LINE = 84  # letters that a caption holds: two lines of 42, as is usual
_SENTENCE = re.compile(r"(?<=[.!?…؟])\s+|(?<=[。！？])")


@dataclass(frozen=True, slots=True)
class Cue:
    """Words from `start` to `end`, in milliseconds of the recording.

    `paragraph` is the address of the text's paragraph that they belong to, empty for none.
    """

    start: int
    end: int
    text: str
    paragraph: str = ""


def clock(milliseconds: int) -> str:
    """A time as people read it: `0:42`, `1:02:03`."""
    minutes, seconds = divmod(milliseconds // 1000, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


def webvtt(cues: Iterable[Cue]) -> str:
    """A WebVTT file (https://www.w3.org/TR/webvtt1/), each cue named after its paragraph."""
    blocks = ["WEBVTT"]
    named: dict[str, int] = {}
    for cue in cues:
        count = named[cue.paragraph] = named.get(cue.paragraph, 0) + 1
        name = cue.paragraph and f"{cue.paragraph}{f'-{count}' if count > 1 else ''}\n"
        text = cue.text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        blocks.append(f"{name}{_stamp(cue.start)} --> {_stamp(cue.end)}\n{text}")
    return "\n\n".join(blocks) + "\n"


def spans(cues: Iterable[Cue]) -> dict[str, tuple[int, int]]:
    """From when to when each paragraph is heard, in the order of the recording."""
    found: dict[str, tuple[int, int]] = {}
    for cue in cues:
        if cue.paragraph:
            start, end = found.get(cue.paragraph, (cue.start, cue.end))
            found[cue.paragraph] = (min(start, cue.start), max(end, cue.end))
    return found


def spread(text: str, span: tuple[int, int], paragraph: str) -> Iterator[Cue]:
    """The words of a paragraph as cues over the time in which it is heard.

    Nobody has timed these words: each piece gets time by its length.
    """
    pieces = [piece for sentence in _SENTENCE.split(text) for piece in _pieces(sentence)]
    start, end = span
    ends = accumulate((len(piece) for piece in pieces), initial=0)
    whole = sum(map(len, pieces))
    times = [start + (end - start) * reached // whole for reached in ends] if whole else []
    for piece, (since, until) in zip(pieces, pairwise(times), strict=True):
        yield Cue(since, until, piece, paragraph)


def _pieces(sentence: str) -> Iterator[str]:
    """A sentence in captions, cut between words where there are any."""
    while len(sentence) > _LINE:
        at = sentence.rfind(" ", 1, _LINE + 1)
        at = at if at > 0 else _LINE
        yield sentence[:at].strip()
        sentence = sentence[at:].strip()
    if sentence:
        yield sentence


def _stamp(milliseconds: int) -> str:
    seconds, rest = divmod(milliseconds, 1000)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}.{rest:03}"
