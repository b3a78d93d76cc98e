"""What was put right in public, newest first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from aigaq.pages import articles, moments
from aigaq.pages.context import Link, Phrase

if TYPE_CHECKING:
    from aigaq.archive.public import ContentPage, Correction
    from aigaq.pages.articles import Article
    from aigaq.pages.bodies import Body
    from aigaq.pages.context import Context
    from aigaq.pages.index import Index
    from aigaq.pages.moments import Moment
    from aigaq.pages.page import Page

TEMPLATE = "corrections.html"


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """All corrections, and what editors wrote before them."""

    corrections: tuple[Correction, ...]
    page: ContentPage | None


@dataclass(frozen=True, slots=True)
class Entry:
    """One correction; `record` is None where it is of the archive as a whole."""

    date: Moment | None
    record: Link | None
    what: Phrase


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What `corrections.html` sees."""

    title: Phrase
    article: Article | None
    body: Body | None
    entries: tuple[Entry, ...]


def plan(index: Index) -> tuple[Page, ...]:
    inputs = Inputs(
        corrections=index.archive.corrections, page=index.archive.pages.get("corrections")
    )
    return index.in_every_language(
        "corrections", lambda lang: f"{lang}/corrections.html", inputs
    )


def view(page: Page, context: Context) -> View:
    inputs: Inputs = page.inputs
    article = articles.of(inputs.page, context) if inputs.page else None
    newest = sorted(inputs.corrections, key=lambda c: c.date.sort_key(), reverse=True)
    return View(
        title=article.title if article else Phrase(str(context.texts.say("Corrections"))),
        article=article,
        body=article.body if article else None,
        entries=tuple(
            Entry(
                moments.of(one.date, context),
                context.link(one.record) if context.knows(one.record) else None,
                context.pick(one.what),
            )
            for one in newest
        ),
    )
