"""What was put right in public, newest first."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from aigaq.pages import articles, corrections
from aigaq.pages.context import Phrase

if TYPE_CHECKING:
    from aigaq.archive.public import ContentPage, Correction
    from aigaq.pages.articles import Article
    from aigaq.pages.bodies import Body
    from aigaq.pages.context import Context
    from aigaq.pages.corrections import Entry
    from aigaq.pages.index import Index
    from aigaq.pages.page import Page

TEMPLATE = "corrections.html"


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """All corrections, and what editors wrote before them."""

    corrections: tuple[Correction, ...]
    page: ContentPage | None


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What `corrections.html` sees."""

    title: Phrase
    article: Article | None
    body: Body | None
    entries: tuple[Entry, ...]


def plan(index: Index) -> tuple[Page, ...]:
    inputs = partial(
        Inputs,
        corrections=index.archive.corrections,
        page=index.archive.pages.get("corrections"),
    )
    return index.in_every_language(
        "corrections", lambda lang: f"{lang}/corrections.html", inputs
    )


def view(page: Page, context: Context) -> View:
    inputs: Inputs = page.inputs
    article = articles.of(inputs.page, context) if inputs.page else None
    return View(
        title=article.title if article else Phrase(str(context.texts.say("Corrections"))),
        article=article,
        body=article.body if article else None,
        entries=corrections.views(inputs.corrections, context),
    )
