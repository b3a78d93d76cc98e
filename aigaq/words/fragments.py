"""The body of a text after conversion: blocks of safe HTML with addresses, and what they name.

A fragment depends on the body alone, so it can be kept by the body's digest. Record links stay
placeholders, exactly `<a href="person:p-bb22">…</a>` with no other attribute (kinds: `person`,
`place`, `org`, `group`, `topic`, `testimony`, the last also with `#p4`); a page puts the
relative address in.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

BlockKind = Literal[
    "paragraph", "turn", "quotation", "list", "table", "code", "picture", "heading", "rule"
]
ContainerKind = Literal["", "scene", "note", "hard"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Container:
    """A `:::` block around others: a scene, an editor's note, a passage with a content note."""

    kind: ContainerKind
    number: int  # counts from 1 through the text, so that neighbours can be told apart
    by: str = ""  # note: as written after `by=`
    source: str = ""  # note: an http(s) address
    content_note: str = ""  # hard: a key of the content notes


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One top-level block.

    `address` is `p1 … pn` in reading order; headings and rules have none. `text` is the plain
    text with single spaces (non-verbal marks, insertions and glosses included). `digest` is the
    first 16 hex digits of the SHA-256 of that text without white space and punctuation, after
    NFC and case folding: it survives typography and white space, not words. `html` is sanitised
    and complete: it may stand in a page as it is, but for the record links. A heading's `html`
    is its inner HTML and `anchor` its id.
    """

    kind: BlockKind
    html: str
    text: str
    line: int
    address: str = ""
    digest: str = ""
    speaker: str = ""  # turn: the label as written in the body
    container: Container | None = None
    level: int = 0  # heading: 2 … 6
    anchor: str = ""  # heading: `h-1`, `h-2` …


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A link from a body to a record, with the place of the link in the file."""

    kind: str
    target: str
    anchor: str = ""
    line: int = 0
    column: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Gloss:
    """An explanation given in double round brackets, with the word or words before it."""

    term: str
    text: str
    line: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Fragment:
    """A converted body. `footnotes` is the HTML of the notes, empty where there are none."""

    blocks: tuple[Block, ...] = ()
    references: tuple[Reference, ...] = ()
    pictures: tuple[tuple[str, int], ...] = ()  # (path below content/media, line)
    glosses: tuple[Gloss, ...] = ()
    footnotes: str = ""
