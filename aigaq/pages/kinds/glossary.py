"""Words that readers may not know, and those that texts explain; no page where there are none.

A word that a text explains by itself (`((…))`) stands here with the paragraph that does so.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from aigaq.pages import articles
from aigaq.pages.context import Link, Phrase
from aigaq.words import alphabet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aigaq.archive.public import ContentPage, GlossaryEntry, Version
    from aigaq.pages.articles import Article
    from aigaq.pages.bodies import Body
    from aigaq.pages.context import Context
    from aigaq.pages.index import Index
    from aigaq.pages.page import Page

TEMPLATE = "glossary.html"


@dataclass(frozen=True, slots=True)
class Explained:
    """A word that a text explains itself, and where."""

    word: str
    meaning: str
    text: str
    at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """All entries, and what editors wrote before them."""

    entries: tuple[GlossaryEntry, ...]
    glosses: tuple[tuple[str, Explained], ...]  # by language
    page: ContentPage | None


@dataclass(frozen=True, slots=True)
class Entry:
    """A word with its meaning, under its anchor."""

    anchor: str
    term: Phrase
    meaning: Phrase


@dataclass(frozen=True, slots=True)
class Gloss:
    """A word with what a text says that it means; `text` leads to the paragraph."""

    word: str
    meaning: str
    text: Link


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What `glossary.html` sees."""

    title: Phrase
    article: Article | None
    body: Body | None
    entries: tuple[Entry, ...]
    glosses: tuple[Gloss, ...]


def plan(index: Index) -> tuple[Page, ...]:
    entries, page = index.archive.glossary, index.archive.pages.get("glossary")
    glosses = tuple(
        (version.lang, explained)
        for text in index.archive.texts.values()
        for version in text.versions
        for explained in _explained(text.id, version)
    )
    if not entries and not glosses and page is None:
        return ()
    inputs = partial(Inputs, entries=entries, glosses=glosses, page=page)
    return index.in_every_language("glossary", lambda lang: f"{lang}/glossary.html", inputs)


def _explained(text: str, version: Version) -> Iterator[Explained]:
    blocks = [block for block in version.body.blocks if block.address]
    for gloss in version.body.glosses:
        before = [block.address for block in blocks if block.line <= gloss.line]
        if gloss.term and before:
            yield Explained(gloss.term, gloss.text, text, before[-1])


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
        glosses=tuple(
            Gloss(one.word, one.meaning, context.link(one.text, one.at))
            for lang, one in sorted(inputs.glosses, key=_by_word)
            if lang == context.lang
        ),
    )


def _by_word(pair: tuple[str, Explained]) -> tuple[object, ...]:
    _, one = pair
    return (alphabet.sort_key(one.word), one.text, one.at, one.meaning)
