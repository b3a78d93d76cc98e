"""How to cite the archive: what editors wrote, else a short general text."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from aigaq.pages import articles
from aigaq.pages.context import Phrase

if TYPE_CHECKING:
    from aigaq.archive.public import ContentPage
    from aigaq.pages.articles import Article
    from aigaq.pages.bodies import Body
    from aigaq.pages.context import Context
    from aigaq.pages.index import Index
    from aigaq.pages.page import Page

TEMPLATE = "how_to_cite.html"


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """What editors wrote, if anything."""

    page: ContentPage | None


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What `how_to_cite.html` sees."""

    title: Phrase
    article: Article | None
    body: Body | None
    archive: Phrase
    address: str
    licence_text: str
    licence_data: str


def plan(index: Index) -> tuple[Page, ...]:
    inputs = partial(Inputs, page=index.archive.pages.get("how-to-cite"))
    return index.in_every_language(
        "how_to_cite", lambda lang: f"{lang}/how-to-cite.html", inputs
    )


def view(page: Page, context: Context) -> View:
    inputs: Inputs = page.inputs
    article = articles.of(inputs.page, context) if inputs.page else None
    site = context.site
    return View(
        title=article.title if article else Phrase(str(context.texts.say("How to cite"))),
        article=article,
        body=article.body if article else None,
        archive=context.pick(site.title),
        address=site.address,
        licence_text=site.licence_text,
        licence_data=site.licence_data,
    )
