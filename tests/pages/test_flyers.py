"""QR codes: one for each flyer, the same on every machine, nothing in them that runs."""

from __future__ import annotations

import re
from typing import Any
from xml.etree import ElementTree

import pytest
import segno

from aigaq.pages import flyers

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(name="codes")
def _codes(archive: Any, changed: Any, pages_of: Any) -> dict[str, bytes]:
    scope = {"scope": archive.texts["t-1111"].scope | {"print"}}
    printed = changed(archive, texts=dict.fromkeys(archive.texts, scope))
    made = flyers.artifacts(printed.site, pages_of(printed).values())
    return {one.path: one.data for one in made}


def modules(svg: bytes) -> list[list[int]]:
    """The code as rows of 0 and 1, read from the strokes of its second path."""
    root = ElementTree.fromstring(svg)
    size = int(root.get("viewBox", "").split()[2])
    rows = [[0] * size for _ in range(size)]
    x = y = 0.0
    for letter, numbers in re.findall(
        r"([Mmhv])([^Mmhv]*)", root.findall(f"{SVG}path")[1].get("d", "")
    ):
        values = [float(n) for n in re.findall(r"-?\d*\.?\d+", numbers)]
        if letter == "h":
            for step in range(int(values[0])):
                rows[int(y)][int(x) + step] = 1
            x += values[0]
        elif letter == "M":
            x, y = values
        else:
            x, y = x + values[0], y + values[1]
    return rows


def test_a_code_is_that_of_the_person_s_page_in_the_language_of_the_flyer(
    codes: dict[str, bytes],
) -> None:
    assert codes
    for path, svg in codes.items():
        page = path.replace("-flyer.svg", ".html")
        wanted = segno.make(f"https://archive.example.org/{page}", error="m", micro=False)
        quiet = [list(row) for row in wanted.matrix_iter(border=4)]
        assert modules(svg) == quiet, path


def test_a_code_is_a_picture_and_no_more(codes: dict[str, bytes]) -> None:
    for svg in codes.values():
        root = ElementTree.fromstring(svg)
        assert {node.tag for node in root.iter()} == {f"{SVG}svg", f"{SVG}path"}
        known = {"viewBox", "d", "fill", "stroke"}
        assert all(set(node.keys()) <= known for node in root.iter())
