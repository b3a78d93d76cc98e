"""Words that readers may not know; there is no such page where there are none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from aigaq.pages import articles
from aigaq.pages.context import Phrase
from aigaq.words import alphabet

if TYPE_CHECKING:
    from aigaq.archive.public import ContentPage, GlossaryEntry
    from aigaq.pages.articles import Article
    from aigaq.pages.bodies import Body
    from aigaq.pages.context import Context
    from aigaq.pages.index import Index
    from aigaq.pages.page import Page

TEMPLATE = "glossary.html"


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """All entries, and what editors wrote before them."""

    entries: tuple[GlossaryEntry, ...]
    page: ContentPage | None


@dataclass(frozen=True, slots=True)
class Entry:
    """A word with its meaning, under its anchor."""

    anchor: str
    term: Phrase
    meaning: Phrase


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What `glossary.html` sees."""

    title: Phrase
    article: Article | None
    body: Body | None
    entries: tuple[Entry, ...]


def plan(index: Index) -> tuple[Page, ...]:
    entries, page = index.archive.glossary, index.archive.pages.get("glossary")
    if not entries and page is None:
        return ()
    inputs = Inputs(entries=entries, page=page)
    return index.in_every_language("glossary", lambda lang: f"{lang}/glossary.html", inputs)


def view(page: Page, context: Context) -> View:
    inputs: Inputs = page.inputs
    article = articles.of(inputs.page, context) if inputs.page else None
    entries = [
        Entry(entry.id, context.pick(entry.term), context.pick(entry.meaning))
        for entry in inputs.entries
    ]
    return View(
        title=article.title if article else Phrase(str(context.texts.say("Glossary"))),
        article=article,
        body=article.body if article else None,
        entries=tuple(
            sorted(entries, key=lambda e: (alphabet.sort_key(e.term.text), e.anchor))
        ),
    )
