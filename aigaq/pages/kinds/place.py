"""The page of one place: its names, where it lies, what is reported to have happened there."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from aigaq.pages import addresses, attested, briefs, claims, corrections, maps, timelines, trees
from aigaq.pages.context import Link, Phrase

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aigaq.archive.public import Claim, Correction, Place
    from aigaq.pages.attested import AttestedName
    from aigaq.pages.briefs import Brief, Card
    from aigaq.pages.claims import Source
    from aigaq.pages.context import Context
    from aigaq.pages.index import Index
    from aigaq.pages.page import Page
    from aigaq.pages.timelines import Timeline
    from aigaq.pages.trees import Branch, Twig

TEMPLATE = "place.html"


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """The place, those around and within it, and what names it."""

    place: Place
    around: tuple[str, ...]  # ids of the places that enclose it, nearest first
    within: tuple[Twig, ...]  # all below it, however deep
    people: tuple[str, ...]
    texts: tuple[Brief, ...]
    claims: tuple[Claim, ...]
    sources: tuple[Source, ...]
    corrections: tuple[Correction, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What `place.html` sees. `at` is latitude and longitude, as exact as may be told."""

    title: Phrase
    type: str
    corrections: tuple[corrections.Entry, ...]
    words: Phrase
    names: tuple[AttestedName, ...]
    around: tuple[Link, ...]
    at: tuple[str, str] | None
    precision: str
    within: tuple[Branch, ...]
    people: tuple[Link, ...]
    timeline: Timeline
    texts: tuple[Card, ...]


def plan(index: Index) -> tuple[Page, ...]:
    pages: list[Page] = []
    for place in index.archive.places.values():
        pages += index.in_every_language(
            "place",
            partial(addresses.of_record, "place", place.id),
            partial(_inputs, index, place),
        )
    return tuple(pages)


def _inputs(index: Index, place: Place) -> Inputs:
    back = index.back
    happened = back.claims_at.get(place.id, ())
    return Inputs(
        place=place,
        around=_around(index, place),
        within=tuple(_within(index, place.id)),
        people=back.people_from.get(place.id, ()),
        texts=briefs.of_texts(index, (m.text for m in back.mentions.get(place.id, ()))),
        claims=happened,
        sources=claims.sources(index, happened),
        corrections=back.corrections_of.get(place.id, ()),
    )


def _around(index: Index, place: Place) -> tuple[str, ...]:
    """The enclosing places that are public, nearest first; a circle ends where it closes."""
    found: list[str] = []
    above = place.within
    while above in index.archive.places and above not in (place.id, *found):
        found.append(above)
        above = index.archive.places[above].within
    return tuple(found)


def _within(index: Index, place: str) -> Iterator[Twig]:
    """All that lies within a place, however deep; a circle ends where it closes."""
    below, seen = [place], {place}
    for above in below:
        for i in index.back.places_in.get(above, ()):
            if i not in seen:
                seen.add(i)
                below.append(i)
                count = len(index.back.mentions.get(i, ()))
                yield trees.Twig(i, above, index.archive.places[i].type, count)


def view(page: Page, context: Context) -> View:
    inputs: Inputs = page.inputs
    place = inputs.place
    known = {source.id: source for source in inputs.sources}
    shown = claims.views(inputs.claims, context, known)
    label = context.texts.label
    return View(
        title=context.name(place.names),
        type=label("place_type", place.type),
        corrections=corrections.views(inputs.corrections, context),
        words=context.pick(place.words),
        names=attested.of(place.names, context),
        around=context.links(inputs.around),
        at=maps.coordinates(place) if place.at else None,
        precision=label("precision", place.precision) if place.precision else "",
        within=trees.of(inputs.within, context),
        people=context.links(inputs.people),
        timeline=timelines.of(inputs.claims, shown),
        texts=briefs.cards(inputs.texts, context),
    )
