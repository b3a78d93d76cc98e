"""The sitemap (sitemaps.org 0.9) of all pages with their translations, and `robots.txt`.

Both exist only as far as the site knows its own address.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from aigaq.pages import division, xml
from aigaq.pages.page import Artifact

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from aigaq.archive.public import Site
    from aigaq.pages.page import Page
    from aigaq.pages.xml import Xml

    Alternates = tuple[tuple[str, str], ...]  # languages and paths

# Pages in all their languages. The protocol allows 50,000 addresses and 50 MB in a file; in
# seven languages 200 pages are 1.5 MB, and all that a new text changes.
PART = 200
_NAMESPACES = {
    "xmlns": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "xmlns:xhtml": "http://www.w3.org/1999/xhtml",
}
# Not for search engines: an error page, an address that leads elsewhere, a form, a sheet of
# paper that says again what a page says.
_LEFT_OUT = frozenset({"missing", "redirect", "search", "flyer", "tombstone"})


def artifacts(site: Site, pages: Iterable[Page], *, size: int = PART) -> Iterator[Artifact]:
    """`robots.txt`, and `sitemap.xml` (with `sitemap-1.xml` … where it would be too long)."""
    if not site.address:
        yield Artifact("robots.txt", b"User-agent: *\nAllow: /\n")
        return
    robots = f"User-agent: *\nAllow: /\n\nSitemap: {site.address}sitemap.xml\n"
    yield Artifact("robots.txt", robots.encode())
    listed: dict[str, list[Page]] = defaultdict(list)
    for page in sorted(pages, key=lambda page: page.path):
        if page.kind not in _LEFT_OUT and not page.canonical:
            listed[page.path.partition("/")[2]].append(page)  # in all languages
    if len(listed) < 2 * size:
        yield _file(
            site, "sitemap.xml", [page for several in listed.values() for page in several]
        )
        return
    names = []
    for number, paths in division.parts(listed, size):
        names.append(f"sitemap-{number + 1}.xml")
        yield _file(site, names[-1], [page for path in paths for page in listed[path]])
    parts = [xml.element("sitemap", xml.element("loc", site.address + name)) for name in names]
    root = xml.element("sitemapindex", *parts, attributes={"xmlns": _NAMESPACES["xmlns"]})
    yield Artifact("sitemap.xml", xml.document(root))


def _file(site: Site, name: str, pages: Sequence[Page]) -> Artifact:
    """Each page with all its languages, itself included, as the other pages name them too."""
    known: dict[Alternates, tuple[Xml, ...]] = {}  # written once for all of them
    entries = []
    for page in pages:
        if page.alternates not in known:
            others = _alternates(site, page.alternates)
            known[page.alternates] = tuple(_alternate(*one) for one in others)
        place = xml.element("loc", site.address + page.path)
        entries.append(xml.element("url", place, *known[page.alternates]))
    return Artifact(name, xml.document(xml.element("urlset", *entries, attributes=_NAMESPACES)))


def _alternates(site: Site, alternates: Alternates) -> Iterator[tuple[str, str]]:
    """Languages, each with its address."""
    if len(alternates) > 1:
        first = dict(alternates).get(site.languages[0], alternates[0][1])
        for lang, path in (*alternates, ("x-default", first)):
            yield lang, site.address + path


def _alternate(lang: str, address: str) -> Xml:
    attributes = {"rel": "alternate", "hreflang": lang, "href": address}
    return xml.element("xhtml:link", attributes=attributes)
