"""A map of the places: an SVG picture without tiles, scripts and words, and what is on it.

Equirectangular, cropped to the places; those far from one another have maps of their own. Every
circle is as large as the place is uncertain; numbers lead to the list below the map.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from typing import TYPE_CHECKING

from aigaq.pages.page import Artifact

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from aigaq.archive.public import Place

XY = tuple[float, float]

WIDTH, FEW = 640, 2  # pixels; of few places a map is half as wide
WIDEST = 2  # times its height; it is never higher than wide
APART = 25  # degrees of longitude between two maps
_MARGIN, _LEAST = 3.0, 14.0  # degrees around the places, and that a map has at least
# How far around its point a place may be, in degrees of latitude.
_SPREAD = {
    "country": 5, "region": 2.5, "prefecture": 1, "county": 0.4, "natural-feature": 0.4,
}  # fmt: skip
_ELSE = 0.1
_MARKER = 11
_APART = 2 * _MARKER + 1  # pixels from one marker to the next, at least
_RING = re.compile(r"M([-\d. ]+?)l([-\d. ]+?)z")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_GREY, _RED, _MARK = "#8a8f94", "#c0503c", "#8a2d1f"  # seen on light and on dark paper


@dataclass(frozen=True, slots=True)
class Spot:
    """A place on a map: its number there, and its point and marker in the map's pixels."""

    place: str
    number: int
    point: XY
    radius: float
    marker: XY


@dataclass(frozen=True, slots=True)
class Map:
    """A picture to be; `box` is west, south, east, north in degrees."""

    path: str
    box: tuple[float, float, float, float]
    width: int
    height: int
    spots: tuple[Spot, ...]


def of(places: Iterable[Place]) -> tuple[Map, ...]:
    """The maps of all places that have a point, the fullest first; numbered through."""
    located = sorted(
        (place.at[1], -place.at[0], place.id, place) for place in places if place.at
    )
    groups: list[list[Place]] = []
    for n, (east, _, _, place) in enumerate(located):
        if not n or east - located[n - 1][0] > APART:
            groups.append([])
        groups[-1].append(place)
    made: list[Map] = []
    for n, group in enumerate(sorted(groups, key=len, reverse=True), 1):
        first = 1 + sum(len(one.spots) for one in made)
        made.append(_map(f"assets/map-{n}.svg", group, first))
    return tuple(made)


def _map(path: str, places: Sequence[Place], first: int) -> Map:
    points = [place.at for place in places if place.at]
    box = _box(points)
    west, south, east, north = box
    width = WIDTH if len(places) > FEW else WIDTH // 2
    scale = width / (east - west)
    upright = scale / math.cos(math.radians((south + north) / 2))
    height = round((north - south) * upright)
    pixels = [((e - west) * scale, (north - n) * upright) for n, e in points]
    markers = _markers(tuple(pixels), width, height)
    spots = (
        Spot(place.id, first + n, pixels[n], _spread(place) * upright, markers[n])
        for n, place in enumerate(places)
    )
    return Map(path, box, width, height, tuple(spots))


def _box(points: Sequence[XY]) -> tuple[float, float, float, float]:
    """The degrees around the points, in a shape that fits a page."""
    norths, easts = zip(*points, strict=True)
    middle = (min(norths) + max(norths)) / 2
    narrow = math.cos(math.radians(middle))
    wide = max(max(easts) - min(easts) + 2 * _MARGIN, _LEAST)
    high = max(max(norths) - min(norths) + 2 * _MARGIN, wide * narrow / WIDEST)
    wide = max(wide, high / narrow)
    centre = (min(easts) + max(easts)) / 2
    south, north = max(middle - high / 2, -89.0), min(middle + high / 2, 89.0)
    return centre - wide / 2, south, centre + wide / 2, north


def _spread(place: Place) -> float:
    return _SPREAD.get(place.precision or place.type, _ELSE)


@lru_cache(maxsize=16)  # the page of places asks in each language, and then the picture
def _markers(points: tuple[XY, ...], width: int, height: int) -> tuple[XY, ...]:
    """Where the numbers stand: at their points, or near them where others are in the way."""
    placed: list[XY] = []
    cells: dict[tuple[int, int], list[XY]] = defaultdict(list)  # so few have to be compared
    for x, y in points:
        free = (
            spot
            for spot in _around(x, y)
            if _MARKER <= spot[0] <= width - _MARKER
            and _MARKER <= spot[1] <= height - _MARKER
            and all(math.dist(spot, other) > _APART for other in _beside(spot, cells))
        )
        placed.append(next(free, (x, y)))
        cells[_cell(placed[-1])].append(placed[-1])
    return tuple(placed)


def _cell(spot: XY) -> tuple[int, int]:
    return math.floor(spot[0] / _APART), math.floor(spot[1] / _APART)


def _beside(spot: XY, cells: Mapping[tuple[int, int], Sequence[XY]]) -> Iterator[XY]:
    """All that can be within `_APART` pixels of a spot."""
    column, row = _cell(spot)
    for at in product((column - 1, column, column + 1), (row - 1, row, row + 1)):
        yield from cells.get(at, ())


def _around(x: float, y: float) -> Iterator[XY]:
    yield x, y
    for step in range(1, 6):
        for turn in range(8):
            angle = math.pi * turn / 4
            reach = 2.2 * _MARKER * step
            yield x + reach * math.cos(angle), y + reach * math.sin(angle)


def coordinates(place: Place) -> tuple[str, str]:
    """Latitude and longitude as far as they may be told; `place` has a point."""
    assert place.at
    return f"{place.at[0]:g}", f"{place.at[1]:g}"


# --- drawing ---


def pictures(maps: Iterable[Map], outline: str) -> tuple[Artifact, ...]:
    """The finished maps; `outline` is the text of the theme's `map/land.svg`, or empty."""
    rings = tuple(_rings(outline))
    return tuple(Artifact(one.path, _svg(one, rings).encode()) for one in maps)


def _svg(one: Map, rings: Sequence[Sequence[XY]]) -> str:
    spots = sorted(one.spots, key=lambda spot: -spot.radius)
    size = f'width="{one.width}" height="{one.height}" viewBox="0 0 {one.width} {one.height}"'
    lines = (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size}>',
        f'<path fill="{_GREY}" fill-opacity=".3" d="{"".join(_land(one, rings))}"/>',
        f'<path fill="none" stroke="{_GREY}" stroke-opacity=".5" d="{"".join(_grid(one))}"/>',
        *(_circle(spot) for spot in spots),
        *(_marker(spot) for spot in one.spots),
        "</svg>\n",
    )
    return "\n".join(lines)


def _circle(spot: Spot) -> str:
    x, y, r = map(_fixed, (*spot.point, spot.radius))
    return (
        f'<circle cx="{x}" cy="{y}" r="{r}" fill="{_RED}" fill-opacity=".2" stroke="{_RED}"/>'
    )


def _marker(spot: Spot) -> str:
    (x, y), (mark_x, mark_y) = (map(_fixed, pair) for pair in (spot.point, spot.marker))
    below = _fixed(spot.marker[1] + 4.5)
    return (
        f'<path stroke="{_RED}" stroke-width="2" d="M{x} {y}L{mark_x} {mark_y}"/>'
        f'<circle cx="{mark_x}" cy="{mark_y}" r="{_MARKER}" fill="{_MARK}" stroke="#fff"/>'
        f'<text x="{mark_x}" y="{below}" text-anchor="middle" font-family="sans-serif"'
        f' font-size="13" font-weight="bold" fill="#fff">{spot.number}</text>'
    )


def _grid(one: Map) -> Iterator[str]:
    """A line every ten degrees, or every five on a small map."""
    west, south, east, north = one.box
    step = 10 if east - west > 30 else 5
    for degree in range(math.ceil(west / step) * step, math.floor(east) + 1, step):
        x = _fixed((degree - west) / (east - west) * one.width)
        yield f"M{x} 0V{one.height}"
    for degree in range(math.ceil(south / step) * step, math.floor(north) + 1, step):
        y = _fixed((north - degree) / (north - south) * one.height)
        yield f"M0 {y}H{one.width}"


def _land(one: Map, rings: Iterable[Sequence[XY]]) -> Iterator[str]:
    west, south, east, north = one.box
    for ring in rings:
        shown = _clipped(ring, one.box)
        if shown:
            pixels = [
                f"{_fixed((x - west) / (east - west) * one.width)}"
                f" {_fixed((north - y) / (north - south) * one.height)}"
                for x, y in shown
            ]
            yield f"M{'L'.join(pixels)}z"


def _clipped(ring: Sequence[XY], box: tuple[float, float, float, float]) -> list[XY]:
    """The part of a ring within a box (the algorithm of Sutherland and Hodgman)."""
    shown = list(ring)
    for edge, limit in enumerate(box):
        axis, sign = edge % 2, 1 if edge < 2 else -1
        before, shown = shown, []
        for n, point in enumerate(before):
            last = before[n - 1]
            is_in, was_in = (sign * (p[axis] - limit) >= 0 for p in (point, last))
            if is_in != was_in:
                part = (limit - last[axis]) / (point[axis] - last[axis])
                shown.append(
                    (
                        last[0] + part * (point[0] - last[0]),
                        last[1] + part * (point[1] - last[1]),
                    )
                )
            if is_in:
                shown.append(point)
    return shown


def _rings(outline: str) -> Iterator[list[XY]]:
    """The rings of an outline in degrees: `M x y l dx dy … z`, in tenths, south is down."""
    for start, steps in _RING.findall(outline):
        x, y = (float(number) for number in _NUMBER.findall(start))
        moves = [float(number) for number in _NUMBER.findall(steps)]
        ring = [(x / 10, -y / 10)]
        for dx, dy in zip(moves[::2], moves[1::2], strict=False):
            x, y = x + dx, y + dy
            ring.append((x / 10, -y / 10))
        yield ring


def _fixed(value: float) -> str:
    """One decimal, the same on every machine, and no minus before a zero."""
    return f"{value:.1f}".replace("-0.0", "0.0")
