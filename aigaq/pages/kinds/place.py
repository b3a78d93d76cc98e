"""The page of one place: its names, where it lies, what is reported to have happened there."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from aigaq.pages import addresses, attested, briefs, claims, timelines
from aigaq.pages.context import Link, Phrase

if TYPE_CHECKING:
    from aigaq.archive.public import Claim, Place
    from aigaq.pages.attested import AttestedName
    from aigaq.pages.briefs import Brief, Card
    from aigaq.pages.claims import Source
    from aigaq.pages.context import Context
    from aigaq.pages.index import Index
    from aigaq.pages.page import Page
    from aigaq.pages.timelines import Timeline

TEMPLATE = "place.html"


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """The place, those around and within it, and what names it."""

    place: Place
    around: tuple[str, ...]  # ids of the places that enclose it, nearest first
    within: tuple[str, ...]
    people: tuple[str, ...]
    texts: tuple[Brief, ...]
    claims: tuple[Claim, ...]
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What `place.html` sees. `at` is latitude and longitude, as exact as may be told."""

    title: Phrase
    type: str
    words: Phrase
    names: tuple[AttestedName, ...]
    around: tuple[Link, ...]
    at: tuple[str, str] | None
    precision: str
    within: tuple[Link, ...]
    people: tuple[Link, ...]
    timeline: Timeline
    texts: tuple[Card, ...]


def plan(index: Index) -> tuple[Page, ...]:
    pages: list[Page] = []
    for place in index.archive.places.values():
        pages += index.in_every_language(
            "place",
            partial(addresses.of_record, "place", place.id),
            _inputs(index, place),
        )
    return tuple(pages)


def _inputs(index: Index, place: Place) -> Inputs:
    back = index.back
    happened = back.claims_at.get(place.id, ())
    return Inputs(
        place=place,
        around=_around(index, place),
        within=back.places_in.get(place.id, ()),
        people=back.people_from.get(place.id, ()),
        texts=briefs.of_texts(index, (m.text for m in back.mentions.get(place.id, ()))),
        claims=happened,
        sources=claims.sources(index, happened),
    )


def _around(index: Index, place: Place) -> tuple[str, ...]:
    """The enclosing places that are public, nearest first; a circle ends where it closes."""
    found: list[str] = []
    above = place.within
    while above in index.archive.places and above not in (place.id, *found):
        found.append(above)
        above = index.archive.places[above].within
    return tuple(found)


def view(page: Page, context: Context) -> View:
    inputs: Inputs = page.inputs
    place = inputs.place
    known = {source.id: source for source in inputs.sources}
    shown = claims.views(inputs.claims, context, known)
    label = context.texts.label
    return View(
        title=context.name(place.names),
        type=label("place_type", place.type),
        words=context.pick(place.words),
        names=attested.of(place.names, context),
        around=context.links(inputs.around),
        at=(f"{place.at[0]:g}", f"{place.at[1]:g}") if place.at else None,
        precision=label("precision", place.precision) if place.precision else "",
        within=context.links(inputs.within),
        people=context.links(inputs.people),
        timeline=timelines.of(inputs.claims, shown),
        texts=briefs.cards(inputs.texts, context),
    )
