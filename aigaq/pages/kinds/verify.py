"""How to check a copy: for readers and for those who carry copies, to be read or printed.

Law: it never says that the copy on which it stands is good, for no page can know that.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from aigaq.pages.context import Phrase
from aigaq.pages.labels import Labels
from aigaq.pages.page import Contents, Page
from aigaq.pages.texts import noted

if TYPE_CHECKING:
    from aigaq.pages.context import Context
    from aigaq.pages.index import Index

TEMPLATE = "verify.html"
TITLE = noted("How to check this copy")
NAME = "verify.html"


@dataclass(frozen=True, slots=True)
class Inputs:
    """Nothing but the site's own settings, which every page has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What `verify.html` sees."""

    title: Phrase
    example: str  # the path of a page


def plan(index: Index) -> tuple[Page, ...]:
    """In each language, and at the root under the name that every copy has it by."""
    if not index.archive.site.mirrors:
        return ()
    pages = index.in_every_language("verify", lambda lang: f"{lang}/{NAME}", Inputs)
    first = pages[0]
    door = Page(
        path="VERIFY.html",
        kind="verify",
        lang=first.lang,
        contents=Contents(Inputs(), Labels()),
        alternates=first.alternates,
        canonical=first.path,
    )
    return (*pages, door)


def view(page: Page, context: Context) -> View:
    return View(
        title=Phrase(str(context.texts.say(TITLE))),
        example=f"{page.lang}/index.html",
    )
