"""The sitemap: every page with all its languages, and nothing without an address."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

import pytest

from aigaq.pages import sitemap

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from aigaq.archive.public import PublicArchive

NS = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "x": "http://www.w3.org/1999/xhtml",
}
SITE = "https://archive.example.org/"


@pytest.fixture
def pages(
    archive: PublicArchive, pages_of: Callable[..., Mapping[str, Any]]
) -> tuple[Any, ...]:
    return tuple(pages_of(archive).values())


def urls(data: bytes) -> dict[str, dict[str, str]]:
    """Address → its alternates by language."""
    return {
        url.findtext("s:loc", "", NS): {
            link.get("hreflang", ""): link.get("href", "") for link in url.findall("x:link", NS)
        }
        for url in ElementTree.fromstring(data).findall("s:url", NS)
    }


def files(archive: PublicArchive, pages: tuple[Any, ...], **options: Any) -> dict[str, bytes]:
    return {a.path: a.data for a in sitemap.artifacts(archive.site, pages, **options)}


def test_a_page_is_named_with_its_languages(
    archive: PublicArchive, pages: tuple[Any, ...]
) -> None:
    found = urls(files(archive, pages)["sitemap.xml"])

    assert found[f"{SITE}en/people/p-bb22.html"] == {
        "en": f"{SITE}en/people/p-bb22.html",
        "kk": f"{SITE}kk/people/p-bb22.html",
        "ug": f"{SITE}ug/people/p-bb22.html",
        "x-default": f"{SITE}en/people/p-bb22.html",
    }


def test_languages_name_each_other(archive: PublicArchive, pages: tuple[Any, ...]) -> None:
    found = urls(files(archive, pages)["sitemap.xml"])

    one_sided = [
        (address, other)
        for address, alternates in found.items()
        for other in alternates.values()
        if address not in found[other].values()
    ]
    assert one_sided == []


def test_error_pages_and_redirects_are_left_out(
    archive: PublicArchive, pages: tuple[Any, ...]
) -> None:
    found = urls(files(archive, pages)["sitemap.xml"])

    assert f"{SITE}404.html" not in found
    assert f"{SITE}en/people/p-zz99.html" not in found


def test_without_an_address_there_is_no_sitemap(
    archive: PublicArchive, pages: tuple[Any, ...]
) -> None:
    nowhere = dataclasses.replace(archive, site=dataclasses.replace(archive.site, address=""))

    assert list(files(nowhere, pages)) == ["robots.txt"]


def test_robots_are_told_where_the_sitemap_is(
    archive: PublicArchive, pages: tuple[Any, ...]
) -> None:
    assert f"Sitemap: {SITE}sitemap.xml".encode() in files(archive, pages)["robots.txt"]


def test_a_long_sitemap_is_split_and_loses_nothing(
    archive: PublicArchive, pages: tuple[Any, ...]
) -> None:
    whole = urls(files(archive, pages)["sitemap.xml"])
    split = files(archive, pages, size=5)
    index = ElementTree.fromstring(split.pop("sitemap.xml"))
    named = [
        loc.text.removeprefix(SITE) for loc in index.findall("s:sitemap/s:loc", NS) if loc.text
    ]

    del split["robots.txt"]
    assert named == list(split)
    assert {k: v for data in split.values() for k, v in urls(data).items()} == whole
    assert len(split) > 5
    assert max(len(urls(data)) for data in split.values()) < len(whole) / 2


def test_a_new_page_changes_few_files_of_a_long_sitemap(
    archive: PublicArchive, pages: tuple[Any, ...]
) -> None:
    more = [
        dataclasses.replace(page, path=page.path.replace("t-1111", "t-new"))
        for page in pages
        if page.path.endswith("testimonies/t-1111.html")
    ]

    before = files(archive, pages, size=5)
    after = files(archive, (*pages, *more), size=5)

    assert len(more) > 1
    others = {
        path for path in before.keys() | after.keys() if before.get(path) != after.get(path)
    }
    assert len(others - {"sitemap.xml"}) <= 3
