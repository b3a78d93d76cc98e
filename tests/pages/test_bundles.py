"""The bundles of a language: how many, where, and which page is in which."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from aigaq.pages import bundles
from aigaq.pages.page import Artifact


def pages(count: int) -> list[Artifact]:
    return [Artifact(f"kk/testimonies/t-{number}.html", b"") for number in range(count)]


def of_page(count: int) -> dict[str, str]:
    split = bundles.split("kk", pages(count))
    return {page.path: folder for folder, some in split for page in some}


@pytest.mark.parametrize(
    ("count", "expected"), [(1, 1), (5000, 1), (5001, 2), (10_000, 2), (10_001, 4), (40_000, 8)]
)
def test_the_number_of_pages_alone_decides_on_the_number_of_bundles(
    count: int, expected: int
) -> None:
    folders = bundles.folders("kk", count)

    assert len({*folders}) == expected
    assert all(folder.startswith("search/kk/") and folder.endswith("/") for folder in folders)


def test_no_folder_is_the_beginning_of_another() -> None:
    folders = bundles.folders("kk", 100_000)

    assert [(a, b) for a in folders for b in folders if a != b and b.startswith(a)] == []


def test_parts_are_about_as_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bundles, "LARGEST", 500)

    sizes = [len(some) for _, some in bundles.split("kk", pages(2000))]

    assert len(sizes) == 4
    assert max(sizes) < 600


def test_a_page_more_moves_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bundles, "LARGEST", 100)

    assert of_page(301).items() < of_page(302).items()


def test_a_language_that_grows_has_each_part_cut_in_two(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(bundles, "LARGEST", 100)

    before, after = of_page(200), of_page(201)

    pairs = {(before[path], after[path]) for path in before}
    assert len(pairs) == len({new for _, new in pairs}) == 4


@pytest.mark.parametrize("largest", [1000, 12])
def test_the_search_page_names_the_folders_that_are_there(
    largest: int, site: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bundles, "LARGEST", largest)
    site.config(languages=["en", "kk"]).topics({"id": "prison", "label": "Prison"})
    for number in range(12):
        site.testimony(f"t-{number}", topics=["prison"]).person(f"p-{number}")
    site.place("pl-1").organisation("org-1").series("s-1").group("g-1").page("about")
    site.translation("t-1", "kk").build(search=True)

    data = re.search(r'id="search-data"[^>]*>(.*?)</script>', site.read("kk/search.html"), re.S)
    assert data is not None
    named = {folder for one in json.loads(data[1])["bundles"] for folder in one["folders"]}

    entry = "pagefind-entry.json"
    there = {path.removesuffix(entry) for path in site.files() if path.endswith(entry)}
    assert named == there
    assert len(there) == (2 if largest == 1000 else 6)
