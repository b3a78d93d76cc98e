"""The sitemap (sitemaps.org 0.9) of all pages with their translations, and `robots.txt`.

Both exist only as far as the site knows its own address.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from aigaq.pages import xml
from aigaq.pages.page import Artifact

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from aigaq.archive.public import Site
    from aigaq.pages.page import Page
    from aigaq.pages.xml import Xml

# The protocol allows 50,000 addresses and 50 MB; in seven languages one takes over 1 KB.
LIMIT = 25_000
_NAMESPACES = {
    "xmlns": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "xmlns:xhtml": "http://www.w3.org/1999/xhtml",
}
# Not for search engines: an error page, an address that leads elsewhere, a form, a sheet of
# paper that says again what a page says.
_LEFT_OUT = frozenset({"missing", "redirect", "search", "flyer", "tombstone"})


def artifacts(site: Site, pages: Iterable[Page], *, limit: int = LIMIT) -> tuple[Artifact, ...]:
    """`robots.txt`, and `sitemap.xml` (with `sitemap-1.xml` … where it would be too long)."""
    if not site.address:
        return (Artifact("robots.txt", b"User-agent: *\nAllow: /\n"),)
    listed = sorted(
        (p for p in pages if p.kind not in _LEFT_OUT and not p.canonical),
        key=lambda page: page.path,
    )
    chunks = [listed[start : start + limit] for start in range(0, len(listed), limit)]
    robots = f"User-agent: *\nAllow: /\n\nSitemap: {site.address}sitemap.xml\n"
    return (Artifact("robots.txt", robots.encode()), *_files(site, chunks))


def _files(site: Site, chunks: Sequence[Sequence[Page]]) -> tuple[Artifact, ...]:
    if len(chunks) < 2:
        return (_file(site, "sitemap.xml", chunks[0] if chunks else ()),)
    names = [f"sitemap-{number}.xml" for number in range(1, len(chunks) + 1)]
    parts = [xml.element("sitemap", xml.element("loc", site.address + name)) for name in names]
    root = xml.element("sitemapindex", *parts, attributes={"xmlns": _NAMESPACES["xmlns"]})
    files = (_file(site, name, chunk) for name, chunk in zip(names, chunks, strict=True))
    return (Artifact("sitemap.xml", xml.document(root)), *files)


def _file(site: Site, name: str, pages: Sequence[Page]) -> Artifact:
    entries = (_entry(site, page) for page in pages)
    return Artifact(name, xml.document(xml.element("urlset", *entries, attributes=_NAMESPACES)))


def _entry(site: Site, page: Page) -> Xml:
    """A page with all its languages, itself included, as the other pages name them too."""
    return xml.element(
        "url",
        xml.element("loc", site.address + page.path),
        *(_alternate(lang, site.address + path) for lang, path in _alternates(site, page)),
    )


def _alternates(site: Site, page: Page) -> Iterable[tuple[str, str]]:
    if len(page.alternates) < 2:
        return ()
    first = dict(page.alternates).get(site.languages[0], page.alternates[0][1])
    return (*page.alternates, ("x-default", first))


def _alternate(lang: str, address: str) -> Xml:
    attributes = {"rel": "alternate", "hreflang": lang, "href": address}
    return xml.element("xhtml:link", attributes=attributes)
