"""Every page of the site, known before any is rendered; two pages on one path are an error.

To add a kind of page: a module in `kinds` with `TEMPLATE`, `plan` and `view`, its template, one
line in `KINDS` below, and a line in docs/themes.md.
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


def _collisions(pages: Iterable[Page]) -> list[Diagnostic]:
    """Paths that are one file on some file system: compared after NFC and case folding."""
    taken: dict[str, Page] = {}
    found = []
    for page in pages:
        key = unicodedata.normalize("NFC", unicodedata.normalize("NFC", page.path).casefold())
        other = taken.setdefault(key, page)
        if other is not page:
            words = {"path": page.path, "first": other.kind, "second": page.kind}
            found.append(COLLISION.at(_span(other, page), **words))
    return found


def _span(*pages: Page) -> Span:
    """The file of the content page among them: it is the one that can be renamed."""
    written = [page.path for page in pages if page.kind == "content_page"]
    lang, _, name = (written or ["content/"])[0].partition("/")
    return Span(f"content/pages/{name.removesuffix('.html')}.{lang}.md" if written else lang)
