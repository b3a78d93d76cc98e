"""What a source file is made of before anyone asks what it means: texts with their places."""

from __future__ import annotations

from dataclasses import dataclass

from aigaq.words.diagnostics import Span


@dataclass(frozen=True, slots=True)
class Source:
    """A file as it was read: its path from the site's folder, and its SHA-256 in hex."""

    path: str
    text: str
    digest: str


# Never changed, but not frozen, as `Span`.
@dataclass(slots=True, unsafe_hash=True)
class Scalar:
    """A YAML scalar: always text. `quoted` tells `""` from nothing."""

    text: str
    span: Span
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Sequence:
    """A YAML list."""

    items: tuple[Node, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Mapping:
    """A YAML mapping, in the order of the file; keys are unique.

    `comment` is where the first comment of the file stands, told by the outermost mapping.
    """

    entries: tuple[tuple[Scalar, Node], ...]
    span: Span
    comment: Span | None = None


Node = Scalar | Sequence | Mapping


@dataclass(frozen=True, slots=True)
class Document:
    """A file with front matter; line 1 of `body` is line `body_line` of the file."""

    path: str
    header: Mapping
    body: str
    body_line: int
