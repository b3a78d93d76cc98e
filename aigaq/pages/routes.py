"""Every page of the site, known before any is rendered; two pages on one path are an error.

To add a kind of page: a module in `kinds` with `TEMPLATE`, `plan` and `view`, its template, one
line in `KINDS` below, and a line in docs/theme.md.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from aigaq.pages import kinds
from aigaq.words.diagnostics import Problem, Span

if TYPE_CHECKING:
    from collections.abc import Iterable

    from aigaq.pages.index import Index
    from aigaq.pages.page import Page
    from aigaq.words.diagnostics import Diagnostic

COLLISION = Problem(
    "R001",
    "two pages would stand at {path}: one of kind {first}, one of kind {second}",
    "Rename the content page, or remove it: its address belongs to a page that the site makes.",
)


def plan(index: Index) -> tuple[tuple[Page, ...], list[Diagnostic]]:
    """All pages, sorted by path."""
    pages = [page for module in kinds.KINDS.values() for page in module.plan(index)]
    return tuple(sorted(pages, key=lambda page: page.path)), _collisions(pages)


def in_groups(pages: Iterable[Page]) -> list[Page]:
    """Pages in the order in which they are made: all languages of one stand side by side.

    They share records, and many of their lines, so that whoever has made one knows the others.
    """
    return sorted(pages, key=lambda page: (page.path.partition("/")[2], page.path))


def _collisions(pages: Iterable[Page]) -> list[Diagnostic]:
    """Paths that are one file on some file system: compared after NFC and case folding.

    A page of content collides in every language alike and is told once.
    """
    taken: dict[str, Page] = {}
    found: dict[Span, Diagnostic] = {}
    for page in pages:
        key = unicodedata.normalize("NFC", unicodedata.normalize("NFC", page.path).casefold())
        other = taken.setdefault(key, page)
        if other is not page:
            words = {"path": page.path, "first": other.kind, "second": page.kind}
            span = _span(other, page)
            found.setdefault(span, COLLISION.at(span, **words))
    return list(found.values())


def _span(first: Page, second: Page) -> Span:
    """The file of the page of content among them: it is the one that can be renamed."""
    written = second if second.kind == "content_page" else first
    if written.kind != "content_page":
        return Span("content")
    page = written.inputs.page
    return Span(f"content/pages/{page.slug}.{page.versions[0].lang}.md")
