"""A text in short: what lists, home and other pages may know of a text that they only name.

Without bodies and claims, so that a mended sentence in a testimony leaves every list as it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from aigaq.pages.context import Link, Phrase
from aigaq.words.localised import Localised

if TYPE_CHECKING:
    from collections.abc import Iterable

    from aigaq.archive.public import Text
    from aigaq.pages.context import Context
    from aigaq.pages.index import Index
    from aigaq.words.edtf import EdtfDate


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """A text without its words. `translations`: (language, from, status, by machine)."""

    id: str
    kind: str
    extent: str
    lang: str
    title_is_quote: bool
    date: EdtfDate | None
    told_by: tuple[str, ...]
    authors: tuple[str, ...]  # where nobody tells: ids or words
    summaries: Localised
    content_notes: tuple[str, ...]
    translations: tuple[tuple[str, str, str, bool], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A text in a list. `version` says what the reader will find; `source` is a language tag.

    `version` is `original`, `untranslated`, `draft`, `reviewed`, `machine` (not checked) or
    `machine-reviewed`.
    """

    title: Link
    quoted: bool
    kind: str
    extent: str  # empty where the text is whole
    narrators: tuple[Link, ...]
    date: str
    summary: Phrase
    version: str
    source: str
    other_languages: tuple[str, ...]  # tags, besides the version that is shown
    content_notes: tuple[str, ...]


def of_text(text: Text) -> Brief:
    return Brief(
        id=text.id,
        kind=text.kind,
        extent=text.extent,
        lang=text.lang,
        title_is_quote=text.title_is_quote,
        date=text.date,
        told_by=tuple(n.person for n in text.told_by),
        authors=tuple(c.who for c in text.credits if c.role == "author" and c.who != "unknown"),
        summaries=Localised.of({v.lang: v.summary for v in text.versions if v.summary}),
        content_notes=text.content_notes,
        translations=tuple(
            (v.lang, v.translation.source, v.translation.status, v.translation.machine)
            for v in text.versions
            if v.translation
        ),
    )


def of_texts(index: Index, ids: Iterable[str]) -> tuple[Brief, ...]:
    """The briefs of texts, in the order of `ids`."""
    return tuple(index.briefs[i] for i in ids)


def card(brief: Brief, context: Context) -> Card:
    """The text as the reader of this page sees it in a list."""
    return context.once(("card", brief.id), brief, lambda _: _card(brief, context))


def _card(brief: Brief, context: Context) -> Card:
    version, source = _version(brief, context.lang)
    tags = (brief.lang, *(lang for lang, *_ in brief.translations))
    shown = brief.lang if version in {"original", "untranslated"} else context.lang
    return Card(
        title=context.link(brief.id),
        quoted=brief.title_is_quote,
        kind=context.texts.label("text_kind", brief.kind),
        extent="" if brief.extent == "full" else context.texts.label("extent", brief.extent),
        narrators=tuple(context.link_or_words(w) for w in brief.told_by or brief.authors),
        date=context.date(brief.date),
        summary=context.pick(brief.summaries),
        version=version,
        source=source,
        other_languages=tuple(tag for tag in tags if tag != shown),
        content_notes=tuple(
            context.texts.label("content_note", n) for n in brief.content_notes
        ),
    )


def cards(briefs: Iterable[Brief], context: Context) -> tuple[Card, ...]:
    return tuple(card(brief, context) for brief in briefs)


def _version(brief: Brief, lang: str) -> tuple[str, str]:
    if lang == brief.lang:
        return "original", brief.lang
    found = next((t for t in brief.translations if t[0] == lang), None)
    if found is None:
        return "untranslated", brief.lang
    _, source, status, by_machine = found
    return made_how(status, by_machine=by_machine), source


def made_how(status: str, *, by_machine: bool) -> str:
    """A translation's key: `draft`, `reviewed`, `machine` (not checked), `machine-reviewed`."""
    if by_machine:
        return "machine-reviewed" if status == "reviewed" else "machine"
    return status
