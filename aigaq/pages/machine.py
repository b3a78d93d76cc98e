"""Everything made from the archive that is no page: data, feeds, maps, captions, names."""

from __future__ import annotations

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
    from collections.abc import Iterable, Mapping

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
    planned = tuple(pages)
    made = (
        *citations.artifacts(index, texts_by_lang),
        *data.artifacts(index),
        *facet_choices.artifacts(index, texts_by_lang),
        *feeds.artifacts(index, texts_by_lang),
        *flyers.artifacts(index.archive.site, planned),
        *sitemap.artifacts(index.archive.site, planned),
        *name_index.artifacts(index.archive),
        *recordings.captions(index.archive),
        *maps.pictures(maps.of(index.archive.places.values()), outline),
    )
    return tuple(sorted(made, key=lambda artifact: artifact.path))
