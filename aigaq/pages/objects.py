"""Things that stand for somebody, and pictures, as templates show them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from aigaq.pages import evidence, told
from aigaq.pages.context import Link, Phrase

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aigaq.archive.public import Object, Picture, Size
    from aigaq.pages.claims import Source
    from aigaq.pages.context import Context
    from aigaq.pages.evidence import Telling


@dataclass(frozen=True, slots=True)
class PictureView:
    """A picture; `alt` is never empty where anything is known of what it shows.

    `path` is its largest file, `usual` that for browsers which cannot choose one of `sizes`.
    """

    path: str
    usual: str
    sizes: tuple[Size, ...]
    width: int
    height: int
    alt: Phrase
    caption: Phrase
    credit: Phrase


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectView:
    """A thing: what it is, whose, who keeps it, and where that is told."""

    id: str
    what: Phrase
    of: Link | None
    kept_by: Link | None
    telling: Telling
    at: str  # the address of the paragraph
    photo: PictureView | None


def of(thing: Object, context: Context, known: Mapping[str, Source]) -> ObjectView:
    """A thing; `known` holds the sources by the text's id."""
    what = context.pick(thing.what)
    told_in = known[thing.text]
    return ObjectView(
        id=thing.id,
        what=what,
        of=context.link(thing.of) if thing.of else None,
        kept_by=told.who(thing.kept_by, context, told_in),
        telling=evidence.telling_of(thing, context, told_in),
        at=thing.at,
        photo=picture(thing.photo, context, instead=what) if thing.photo else None,
    )


def picture(photo: Picture, context: Context, *, instead: Phrase) -> PictureView:
    """A picture for this reader; `instead` are words for one that has none of its own."""
    return PictureView(
        path=photo.path,
        usual=photo.usual.path,
        sizes=photo.sizes,
        width=photo.width,
        height=photo.height,
        alt=context.pick(photo.alt) or instead,
        caption=context.pick(photo.caption),
        credit=context.pick(photo.credit),
    )
