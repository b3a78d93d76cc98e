"""The search page: a form, ways to browse that need no script, and where the bundles stand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from aigaq.pages import addresses, slim_page
from aigaq.pages.context import Link, Phrase
from aigaq.words import languages

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aigaq.pages.context import Context
    from aigaq.pages.index import Index
    from aigaq.pages.page import Page

TEMPLATE = "search.html"


@dataclass(frozen=True, slots=True)
class Inputs:
    """Nothing but the site's own settings, which every page has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What `search.html` sees. `bundles` are for the script, the page's own language first."""

    title: Phrase
    path: str
    browse: tuple[Link, ...]
    bundles: tuple[Mapping[str, str], ...]
    between_names: str
    title_language: str


def plan(index: Index) -> tuple[Page, ...]:
    return index.in_every_language("search", lambda lang: f"{lang}/search.html", Inputs())


def view(page: Page, context: Context) -> View:
    others = (tag for tag in context.site.languages if tag != page.lang)
    return View(
        title=Phrase(str(context.texts.say("Search"))),
        path=page.path,
        browse=_browse(context),
        bundles=tuple(_bundle(tag) for tag in (page.lang, *others)),
        between_names=slim_page.BETWEEN_NAMES,
        title_language=slim_page.TITLE_LANGUAGE,
    )


def _browse(context: Context) -> tuple[Link, ...]:
    """Lists that lead to everything without a search."""
    say, lang = context.texts.say, context.lang
    lists = (
        (say("People from A to Z"), addresses.of_list("person", lang)),
        (say("Testimonies"), addresses.of_list("text", lang)),
        (say("Places"), addresses.of_list("place", lang)),
        (say("Topics"), addresses.of_list("topic", lang)),
        (say("Years"), f"{lang}/timeline/index.html"),
    )
    return tuple(Link(Phrase(str(words)), path) for words, path in lists)


def _bundle(tag: str) -> Mapping[str, str]:
    """The index of one language; `folder` is an output path that ends in `/`."""
    return {
        "tag": tag,
        "autonym": languages.of(tag).autonym,
        "dir": languages.direction(tag),
        "folder": f"search/{tag}/",
    }
