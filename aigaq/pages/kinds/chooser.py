"""The door of the site: each language in its own name; no script and no redirect decides."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from aigaq.pages.context import Phrase
from aigaq.pages.labels import Labels
from aigaq.pages.page import Contents, Page
from aigaq.words import languages

if TYPE_CHECKING:
    from aigaq.pages.context import Context
    from aigaq.pages.index import Index

TEMPLATE = "chooser.html"


@dataclass(frozen=True, slots=True)
class Inputs:
    """Nothing but the site's own settings, which every page has."""


@dataclass(frozen=True, slots=True)
class Door:
    """One language: its own name, the site's title in it (or empty), and the way in."""

    tag: str
    dir: str
    autonym: str
    site_title: str
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What `chooser.html` sees."""

    title: Phrase
    doors: tuple[Door, ...]


def plan(index: Index) -> tuple[Page, ...]:
    first = index.languages[0]
    return (
        Page(
            path="index.html", kind="chooser", lang=first, contents=Contents(Inputs(), Labels())
        ),
    )


def view(page: Page, context: Context) -> View:
    del page
    return View(
        title=context.pick(context.site.title),
        doors=tuple(
            Door(
                tag=tag,
                dir=languages.direction(tag),
                autonym=languages.of(tag).autonym,
                site_title=context.site.title.get(tag),
                path=f"{tag}/index.html",
            )
            for tag in context.site.languages
        ),
    )
