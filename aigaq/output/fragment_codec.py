"""A converted text and its problems ↔ bytes: exact, and doubt is a `ValueError`.

A line of JSON says all but the words. They stand behind it with a character between them that
is in none: a paragraph without markup once, for its HTML follows, others as words and HTML. So
they are copied and not read sign by sign: a third of the time of JSON throughout.

Values are written by the shape of their dataclasses. So a changed contract must change the key
of whatever keeps these bytes, too.
"""

from __future__ import annotations

import functools
import itertools
import json
from dataclasses import fields
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from aigaq.source.markup import inline
from aigaq.words.diagnostics import Diagnostic, Problem, Severity, Span
from aigaq.words.fragments import (
    Block,
    BlockKind,
    Container,
    ContainerKind,
    Fragment,
    Gloss,
    Reference,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pydantic import TypeAdapter

Converted = tuple[Fragment, tuple[Diagnostic, ...]]
_Box = tuple[ContainerKind, int, str, str, str]
_Block = tuple[bool, _Box | None, BlockKind, int, str, str, str, int, str]
_Words = tuple[tuple[str, str], ...]
_Head = tuple[
    str,  # what stands between the pieces
    tuple[_Block, ...],
    tuple[tuple[str, str, str, int, int], ...],  # references
    tuple[tuple[str, int], ...],  # pictures
    tuple[tuple[str, str, int], ...],  # glosses
    tuple[tuple[str, int, int, str, str, str, Severity, _Words], ...],  # problems
]


def _names(shape: type[Any], inside: str = "") -> tuple[str, ...]:
    return tuple(inside + one.name for one in fields(shape))


_NAMES = {shape: _names(shape) for shape in (Container, Reference, Gloss)}
_CONTAINER, _REFERENCE, _GLOSS = (attrgetter(*names) for names in _NAMES.values())
_DIAGNOSTIC = attrgetter(*_names(Span, "span."), *_names(Problem, "problem."), "words")
_BLOCK = attrgetter("kind", "line", "address", "digest", "speaker", "level", "anchor")


def encode(converted: Converted) -> bytes:
    """The bytes of a converted text; the same value gives the same bytes."""
    fragment, found = converted
    pieces = [
        fragment.footnotes
    ]  # and of each block its words and, unless it follows, its HTML
    rows = []
    for block in fragment.blocks:
        bare = block.html.count("<") == 2
        plain = bare and block.html == inline.simple("p", block.text)
        pieces += (block.text,) if plain else (block.text, block.html)
        box = block.container and _CONTAINER(block.container)
        rows.append((plain, box, *_BLOCK(block)))
    joined = "".join(pieces)
    between = next(sign for sign in map(chr, itertools.count()) if sign not in joined)
    head = (
        between,
        rows,
        [_REFERENCE(one) for one in fragment.references],
        fragment.pictures,
        [_GLOSS(one) for one in fragment.glosses],
        [_DIAGNOSTIC(one) for one in found],
    )
    line = json.dumps(head, ensure_ascii=False, separators=(",", ":"))
    return "\n".join((line, between.join(pieces))).encode()


def decode(data: bytes, *, path: str | None = None, lines: int = 0) -> Converted:
    """What was encoded; `ValueError` for anything that `encode` cannot have written.

    With `path` and `lines` it is told of that file, in which it stands so many lines lower.
    """
    head, _, rest = data.partition(b"\n")
    between, rows, references, pictures, glosses, found = _adapter().validate_json(
        head, strict=True
    )
    words = rest.decode().split(between)
    if len(words) != 1 + 2 * len(rows) - sum([row[0] for row in rows]):
        raise ValueError("the pieces are not those of the blocks")
    pieces = iter(words)
    footnotes = next(pieces)
    fragment = Fragment(
        blocks=tuple([_block(row, pieces, lines) for row in rows]),
        references=_lower(Reference, references, lines),
        pictures=tuple([(name, line + lines) for name, line in pictures]),
        glosses=_lower(Gloss, glosses, lines),
        footnotes=footnotes,
    )
    return fragment, tuple([_diagnostic(row, path, lines) for row in found])


def _block(row: tuple[Any, ...], pieces: Iterator[str], lines: int) -> Block:
    plain, box, kind, line, address, digest, speaker, level, anchor = row
    text = next(pieces)
    return Block(
        kind=kind,
        html=inline.simple("p", text) if plain else next(pieces),
        text=text,
        line=line + lines,
        address=address,
        digest=digest,
        speaker=speaker,
        container=box and Container(**dict(zip(_NAMES[Container], box, strict=True))),
        level=level,
        anchor=anchor,
    )


def _lower(shape: type[Any], rows: Sequence[tuple[Any, ...]], lines: int) -> tuple[Any, ...]:
    made = (dict(zip(_NAMES[shape], row, strict=True)) for row in rows)
    return tuple([shape(**values | {"line": values["line"] + lines}) for values in made])


def _diagnostic(row: tuple[Any, ...], path: str | None, lines: int) -> Diagnostic:
    where, line, column, *problem, words = row
    if lines:  # a word named `line` is another line of the same file
        words = tuple(
            (name, str(int(word) + lines) if name == "line" and word.isdecimal() else word)
            for name, word in words
        )
    span = Span(where if path is None else path, line + lines, column)
    return Diagnostic(span, Problem(*problem), words)


@functools.cache
def _adapter() -> TypeAdapter[_Head]:
    from pydantic import TypeAdapter  # noqa: PLC0415 - takes a while, and workers need it not

    return TypeAdapter(_Head)
