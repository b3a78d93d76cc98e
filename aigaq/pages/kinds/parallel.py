"""A translation beside its original, paragraph by paragraph: a page of its own.

So the page on which a text is read stays light, and nobody needs a script to see both. It says
again what that page says, so it is neither searched nor indexed, and its numbers lead there.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from aigaq.pages import addresses, bodies, editions, rows
from aigaq.pages.page import Page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aigaq.archive.public import Narrator, Text, Version
    from aigaq.pages.bodies import Body
    from aigaq.pages.context import Context, Phrase
    from aigaq.pages.editions import LanguageVersion
    from aigaq.pages.index import Index
    from aigaq.pages.page import Edition
    from aigaq.pages.rows import Passage

TEMPLATE = "parallel.html"


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """A translation and the original, with what their page must say of the text."""

    text: str
    kind: str
    voice: str
    title_is_quote: bool
    content_notes: tuple[str, ...]
    told_by: tuple[Narrator, ...]
    version: Version
    original: Version


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One of the two: what is known of it, the language of its words, and its footnotes.

    `read` is the page on which it is read alone; empty where there is none.
    """

    version: LanguageVersion
    read: str
    lang: str
    dir: str
    footnotes: str


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What `parallel.html` sees: `here` is the translation, `there` the original."""

    title: Phrase
    original_title: Phrase
    title_is_quote: bool
    kind: str
    own_words: bool
    content_notes: tuple[str, ...]
    here: Side
    there: Side
    passages: tuple[Passage, ...]


def plan(index: Index) -> tuple[Page, ...]:
    texts = index.archive.texts.values()
    return tuple(page for text in texts for page in pages_of(text, index))


def pages_of(text: Text, index: Index) -> Iterator[Page]:
    beside = editions.parallels(text, index.languages)
    told = _editions(text, beside, index.languages)
    for lang, path in beside:
        version = text.version(lang)
        assert version is not None
        yield Page(
            path=path,
            kind="parallel",
            lang=lang,
            contents=index.contents(partial(_inputs, text, version)),
            editions=told,
            canonical=addresses.of_record("text", text.id, lang),
        )


def _editions(
    text: Text, beside: tuple[tuple[str, str], ...], spoken: tuple[str, ...]
) -> tuple[Edition, ...]:
    """Every version in the order of the site: the original where it is read alone."""
    paths = dict(beside)
    if text.lang in spoken:
        paths[text.lang] = addresses.of_record("text", text.id, text.lang)
    return editions.of(text.versions, [(tag, paths[tag]) for tag in spoken if tag in paths])


def _inputs(text: Text, version: Version) -> Inputs:
    return Inputs(
        text=text.id,
        kind=text.kind,
        voice=text.voice,
        title_is_quote=text.title_is_quote,
        content_notes=text.content_notes,
        told_by=text.told_by,
        version=version,
        original=text.original_version,
    )


def view(page: Page, context: Context) -> View:
    inputs: Inputs = page.inputs
    version, original = inputs.version, inputs.original
    assert version.translation is not None
    own_words = inputs.voice == "own"
    here = bodies.of(version, context, own_words=own_words)
    there = _apart(bodies.of(original, context, own_words=own_words))
    return View(
        title=context.phrase(version.title, version.lang),
        original_title=context.phrase(original.title, original.lang),
        title_is_quote=inputs.title_is_quote and own_words,
        kind=context.texts.label("text_kind", inputs.kind),
        own_words=own_words,
        content_notes=tuple(
            context.texts.label("content_note", note) for note in inputs.content_notes
        ),
        here=_side(version, here, inputs.text, context),
        there=_side(original, there, inputs.text, context),
        passages=rows.of(here, there, version.translation.pairs),
    )


def _apart(body: Body) -> Body:
    """The second body of the page: its notes, and what calls them, have ids of their own."""
    stretches = tuple(
        replace(s, blocks=tuple(replace(b, html=rows.apart(b.html)) for b in s.blocks))
        for s in body.stretches
    )
    return replace(body, stretches=stretches, footnotes=rows.apart(body.footnotes))


def _side(version: Version, body: Body, text: str, context: Context) -> Side:
    return Side(
        version=editions.view(version, context),
        read=editions.path_of(text, version, context),
        lang=body.lang,
        dir=body.dir,
        footnotes=body.footnotes,
    )
