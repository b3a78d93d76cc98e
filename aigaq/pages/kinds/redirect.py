"""The page of an id that was decided to be another person's: it leads to that person's page."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from aigaq.pages import addresses

if TYPE_CHECKING:
    from aigaq.pages.context import Context, Link, Phrase
    from aigaq.pages.index import Index
    from aigaq.pages.page import Page

TEMPLATE = "redirect.html"


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """The id of the person who is meant."""

    target: str


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What `redirect.html` sees."""

    title: Phrase
    target: Link


def plan(index: Index) -> tuple[Page, ...]:
    """One page in each language for each id, unless the person meant is not public."""
    pages: list[Page] = []
    for old, target in index.archive.redirects.items():
        if target in index.archive.people:
            pages += index.in_every_language(
                "redirect",
                lambda lang, i=old: addresses.of_record("person", i, lang),  # type: ignore[misc]
                partial(Inputs, target=target),
            )
    return tuple(pages)


def view(page: Page, context: Context) -> View:
    target = context.link(page.inputs.target)
    return View(title=target.phrase, target=target)
