"""All places on maps and as a tree: each under the one that encloses it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from aigaq.pages import addresses, maps, trees
from aigaq.pages.context import Phrase

if TYPE_CHECKING:
    from aigaq.archive.public import Place
    from aigaq.pages.context import Context, Link
    from aigaq.pages.index import Index
    from aigaq.pages.maps import Map, Spot
    from aigaq.pages.page import Page
    from aigaq.pages.trees import Branch, Twig

TEMPLATE = "places.html"


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """Every place: what encloses it, its type, how many texts name it; those with a point."""

    places: tuple[Twig, ...]
    located: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class SpotView:
    """A place on a map, by its number there, with latitude and longitude."""

    number: int
    place: Link
    type: str
    at: tuple[str, str]
    precision: str


@dataclass(frozen=True, slots=True)
class MapView:
    """A picture, and in words what is on it; `first` is the number of the first place."""

    path: str
    width: int
    height: int
    first: int
    spots: tuple[SpotView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What `places.html` sees."""

    title: Phrase
    tree: tuple[Branch, ...]
    maps: tuple[MapView, ...]
    elsewhere: int  # places without a point


def plan(index: Index) -> tuple[Page, ...]:
    inputs = partial(
        Inputs,
        places=tuple(
            trees.Twig(p.id, p.within, p.type, len(index.back.mentions.get(p.id, ())))
            for p in index.archive.places.values()
        ),
        located=tuple(p for p in index.archive.places.values() if p.at),
    )
    return index.in_every_language(
        "places", lambda lang: addresses.of_list("place", lang), inputs
    )


def view(page: Page, context: Context) -> View:
    inputs: Inputs = page.inputs
    return View(
        title=Phrase(str(context.texts.say("Places"))),
        tree=trees.of(inputs.places, context),
        maps=tuple(_map(one, inputs, context) for one in maps.of(inputs.located)),
        elsewhere=len(inputs.places) - len(inputs.located),
    )


def _map(one: Map, inputs: Inputs, context: Context) -> MapView:
    known = {place.id: place for place in inputs.located}
    spots = tuple(_spot(spot, known[spot.place], context) for spot in one.spots)
    return MapView(one.path, one.width, one.height, one.spots[0].number, spots)


def _spot(spot: Spot, place: Place, context: Context) -> SpotView:
    label = context.texts.label
    return SpotView(
        spot.number,
        context.link(place.id),
        label("place_type", place.type),
        maps.coordinates(place),
        label("precision", place.precision) if place.precision else "",
    )
