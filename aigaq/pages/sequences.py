"""A series read as one piece: which text comes before and after another in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from aigaq.pages.context import Context, Link
    from aigaq.pages.index import Index


@dataclass(frozen=True, slots=True)
class Place:
    """Where a text stands in a series, by ids; an end of the series has nothing beyond it."""

    series: str
    number: int
    count: int
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class View:
    """The same for a reader."""

    series: Link
    number: int
    count: int
    before: Link | None
    after: Link | None


def places(index: Index, text: str) -> tuple[Place, ...]:
    """In each series that holds the text, in the order of the archive's series."""
    return tuple(
        _place(series.id, series.texts, text)
        for series in index.archive.series.values()
        if text in series.texts
    )


def _place(series: str, texts: tuple[str, ...], text: str) -> Place:
    at = texts.index(text)
    around = ("", *texts, "")
    return Place(series, at + 1, len(texts), around[at], around[at + 2])


def views(found: tuple[Place, ...], context: Context) -> tuple[View, ...]:
    return tuple(
        View(
            context.link(one.series),
            one.number,
            one.count,
            context.link(one.before) if one.before else None,
            context.link(one.after) if one.after else None,
        )
        for one in found
    )
