"""Everything that is made from the archive and is no page: feeds, the sitemap, maps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aigaq.pages import feeds, maps, sitemap

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
    made = (
        *feeds.artifacts(index, texts_by_lang),
        *sitemap.artifacts(index.archive.site, pages),
        *maps.pictures(maps.of(index.archive.places.values()), outline),
    )
    return tuple(sorted(made, key=lambda artifact: artifact.path))
