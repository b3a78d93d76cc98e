"""Everything for machines that is not a page: feeds, the sitemap, `robots.txt`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aigaq.pages import feeds, sitemap

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from aigaq.pages.index import Index
    from aigaq.pages.page import Artifact, Page
    from aigaq.pages.texts import Texts


def artifacts(
    index: Index, pages: Iterable[Page], texts_by_lang: Mapping[str, Texts]
) -> tuple[Artifact, ...]:
    """Sorted by path; `pages` are all that were planned."""
    made = (
        *feeds.artifacts(index, texts_by_lang),
        *sitemap.artifacts(index.archive.site, pages),
    )
    return tuple(sorted(made, key=lambda artifact: artifact.path))
