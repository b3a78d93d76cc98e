from __future__ import annotations

import math
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aigaq.archive.public import Name, Place
from aigaq.pages import maps

LAND = (Path(__file__).parents[2] / "theme/map/land.svg").read_text("utf-8")
PLACES = "en/places/index.html"
ALLOWED = {"svg", "path", "circle", "text"}


def place(i: str, at: tuple[float, float] | None, **more: Any) -> Place:
    values = {"type": "city"} | more
    return Place(id=i, names=(Name(text=i, lang="en"),), at=at, **values)


def svg_of(*places: Place, outline: str = LAND) -> str:
    [one] = maps.pictures(maps.of(places), outline)
    return one.data.decode("utf-8")


def circles(svg: str) -> list[str]:
    return re.findall(r'<circle [^>]*r="([\d.]+)"[^>]*fill-opacity', svg)


def test_a_map_has_every_place_with_a_point_and_no_other() -> None:
    [one] = maps.of([place("pl-1", (44.0, 81.3)), place("pl-2", None), place("pl-3", (43, 76))])

    assert [(spot.number, spot.place) for spot in one.spots] == [(1, "pl-3"), (2, "pl-1")]


def test_places_far_from_one_another_have_maps_of_their_own_and_one_count() -> None:
    near = [place(f"pl-{n}", (43, 76 + n)) for n in range(3)]

    made = maps.of([place("pl-far", (55, -1)), *near])

    assert [(one.path, [spot.number for spot in one.spots]) for one in made] == [
        ("assets/map-1.svg", [1, 2, 3]),
        ("assets/map-2.svg", [4]),
    ]


def test_without_a_point_there_is_no_map(archive: Any, html_of: Any, changed: Any) -> None:
    bare = changed(archive, places={"pl-county-x": {"at": None}})

    assert maps.pictures(maps.of(bare.places.values()), LAND) == ()
    assert "<img" not in html_of(bare, PLACES)


def test_a_place_known_less_exactly_has_a_larger_circle() -> None:
    sizes = [
        float(circles(svg_of(place("pl-1", (44, 81), precision=precision)))[0])
        for precision in ("exact", "county", "prefecture", "region", "country")
    ]

    assert sizes == sorted(set(sizes))


def test_a_place_without_precision_is_as_large_as_its_type() -> None:
    county, city = (svg_of(place("pl-1", (44, 81), type=t)) for t in ("county", "city"))

    assert float(circles(county)[0]) > float(circles(city)[0])


def test_every_place_stands_in_the_picture_at_its_point() -> None:
    [one] = maps.of([place("pl-1", (40, 80)), place("pl-2", (50, 100))])
    west, south, east, north = one.box
    x, y = one.spots[0].point

    assert x == pytest.approx((80 - west) / (east - west) * one.width)
    assert y == pytest.approx((north - 40) / (north - south) * one.height, abs=1)
    assert all(0 <= spot.point[0] <= one.width for spot in one.spots)


def test_numbers_do_not_cover_one_another() -> None:
    [one] = maps.of([place(f"pl-{n}", (43 + n / 10, 87)) for n in range(9)])
    pairs = [(a.marker, b.marker) for a in one.spots for b in one.spots if a is not b]

    assert all(max(abs(a[0] - b[0]), abs(a[1] - b[1])) > 14 for a, b in pairs)


def test_the_picture_is_plain_xml_that_names_nothing_and_loads_nothing() -> None:
    svg = svg_of(place("pl-secret", (44, 81)), place("pl-2", (43, 76)))
    root = ElementTree.fromstring(svg)

    assert {element.tag.rpartition("}")[2] for element in root.iter()} == ALLOWED
    assert not re.search(r"style=|href|url\(|<script|on\w+=|pl-secret", svg)


def test_the_same_places_give_the_same_bytes_in_any_order() -> None:
    found = [place("pl-1", (44, 81)), place("pl-2", (44, 81)), place("pl-3", (43, 76))]

    assert svg_of(*found) == svg_of(*reversed(found))


def test_the_land_is_cut_at_the_edges_of_the_map() -> None:
    [one] = maps.of([place("pl-1", (55, -1))])
    land = svg_of(place("pl-1", (55, -1))).split("\n")[1]
    numbers = [float(n) for n in re.findall(r"\d+\.\d", land.partition(' d="')[2])]

    assert numbers
    assert min(numbers) >= 0
    assert max(numbers) <= max(one.width, one.height)


def test_a_theme_without_an_outline_still_has_a_map() -> None:
    assert 'fill-opacity=".3" d=""' in svg_of(place("pl-1", (44, 81)), outline="")


def test_the_outline_is_small_and_is_read_as_a_whole() -> None:
    assert len(LAND) < 40_000
    assert len(list(maps._rings(LAND))) == LAND.count("z") > 100


def test_the_list_says_all_that_is_on_the_map(archive: Any, html_of: Any) -> None:
    page = html_of(archive, PLACES)

    assert 'src="../../assets/map-1.svg"' in page
    assert 'alt="Map with 1 place; it is listed below."' in page
    [listed] = re.findall(r'<ol class="spots" start="1">(.*?)</ol>', page, re.DOTALL)
    assert listed.count("<li>") == 1
    assert "County X" in listed
    assert "44" in listed
    assert "5 places have no coordinates" in page


def test_the_smallest_number_is_no_minus_zero() -> None:
    assert (maps._fixed(-0.04), maps._fixed(-10.04)) == ("0.0", "-10.0")


@given(st.lists(st.tuples(st.floats(0, 200), st.floats(0, 100)), max_size=30))
def test_a_marker_keeps_away_from_all_others_wherever_it_finds_room(points: list[Any]) -> None:
    markers = maps._markers(tuple(points), 200, 100)

    for n, (spot, point) in enumerate(zip(markers, points, strict=True)):
        others = [math.dist(spot, other) for other in markers[:n]]
        assert spot == point or all(distance > maps._APART for distance in others)
