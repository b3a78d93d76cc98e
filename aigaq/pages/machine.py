"""Everything made from the archive that is no page: data, feeds, maps, captions, names.

It is made in parts, so that several processes can share the work.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from aigaq.pages import (
    citations,
    data,
    facet_choices,
    feeds,
    flyers,
    maps,
    name_index,
    recordings,
    sitemap,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from aigaq.pages.index import Index
    from aigaq.pages.page import Artifact, Page
    from aigaq.pages.texts import Texts


def artifacts(
    index: Index,
    pages: Iterable[Page],
    texts_by_lang: Mapping[str, Texts],
    outline: str = "",
) -> tuple[Artifact, ...]:
    """Sorted by path; `pages` are all that were planned, `outline` is the theme's land."""
    every = parts(index, pages, texts_by_lang, outline)
    return tuple(sorted((a for part in every for a in part()), key=lambda a: a.path))


def parts(
    index: Index,
    pages: Iterable[Page],
    texts_by_lang: Mapping[str, Texts],
    outline: str = "",
) -> tuple[Callable[[], Iterable[Artifact]], ...]:
    """What makes them, each some; those that take longest come first."""
    planned = tuple(pages)
    places = index.archive.places
    return (
        partial(data.artifacts, index),
        partial(feeds.artifacts, index, texts_by_lang),
        partial(flyers.artifacts, index.archive.site, planned),
        partial(citations.artifacts, index, texts_by_lang),
        partial(facet_choices.artifacts, index, texts_by_lang),
        partial(sitemap.artifacts, index.archive.site, planned),
        partial(name_index.artifacts, index.archive),
        partial(recordings.captions, index.archive),
        lambda: maps.pictures(maps.of(places.values()), outline),
    )
