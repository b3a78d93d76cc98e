"""A body cut into what is translated and what stays, and put together again.

Law: a body that is cut and put together with its own words is the same but for white space.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from aigaq.source.markup import blocks

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

_FRAME = frozenset({"fence", "rule", "target"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A block of a body. `line` counts from 0; `words` are without the `label` of a turn.

    `is_frame` is what every language has alike: the lines around a passage, rules, addresses.
    `is_loose`: an empty line follows.
    """

    line: int
    kind: str
    words: str
    label: str = ""
    is_loose: bool = True

    @property
    def is_frame(self) -> bool:
        return self.kind in _FRAME


def of(body: str, labels: Iterable[str]) -> tuple[Piece, ...]:
    """All pieces in their order; `labels` are those that turns may begin with."""
    raw = blocks.raw_lines(body)
    chunks = list(blocks.cut(blocks.normal_lines(raw)))
    ends = [*(chunk.start for chunk in chunks[1:]), len(raw)][: len(chunks)]
    known = tuple(labels)
    return tuple(
        _piece(chunk, raw[chunk.start : end], known)
        for chunk, end in zip(chunks, ends, strict=True)
    )


def _piece(chunk: blocks.Chunk, lines: Sequence[str], labels: Sequence[str]) -> Piece:
    typed = "\n".join(lines).rstrip()
    label = next((one for one in labels if typed.startswith(f"{one}: ")), "")
    return Piece(
        line=chunk.start,
        kind=chunk.kind,
        words=typed.removeprefix(f"{label}:").lstrip(" ") if label else typed,
        label=label,
        is_loose=not lines[-1].strip(),
    )


def joined(pieces: Iterable[Piece], words: Callable[[Piece], str]) -> str:
    """A body in which `words` stand for those of each piece; without any it is left out."""
    kept: list[tuple[str, Piece]] = []
    for piece in pieces:
        said = piece.words if piece.is_frame else words(piece)
        if not said.strip():
            continue
        if _ends(piece) and kept and _begins(kept[-1][1]):
            kept.pop()  # a passage of which nothing is left
            continue
        kept.append((said, piece))
    text = "".join(f"{said}\n\n" if piece.is_loose else f"{said}\n" for said, piece in kept)
    return f"{text.rstrip()}\n"


def _begins(piece: Piece) -> bool:
    return piece.kind == "fence" and bool(piece.words.strip(": "))


def _ends(piece: Piece) -> bool:
    return piece.kind == "fence" and not piece.words.strip(": ")
