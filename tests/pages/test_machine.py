"""Everything for machines, in one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from aigaq.pages import machine, texts
from aigaq.pages.index import Index

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from aigaq.archive.public import PublicArchive


def test_feeds_sitemap_and_robots_come_sorted_and_each_once(
    archive: PublicArchive, pages_of: Callable[..., Mapping[str, Any]]
) -> None:
    spoken = {lang: texts.of(lang, "") for lang in archive.site.languages}

    paths = [
        a.path for a in machine.artifacts(Index(archive), pages_of(archive).values(), spoken)
    ]

    assert paths == sorted(set(paths))
    assert {"en/feed.xml", "sitemap.xml", "robots.txt"} <= set(paths)


def test_no_file_for_machines_stands_where_a_page_stands(
    archive: PublicArchive, pages_of: Callable[..., Mapping[str, Any]]
) -> None:
    spoken = {lang: texts.of(lang, "") for lang in archive.site.languages}
    pages = pages_of(archive)

    made = machine.artifacts(Index(archive), pages.values(), spoken)

    assert {a.path for a in made}.isdisjoint(pages)
