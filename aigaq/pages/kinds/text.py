"""The page of one text: a testimony or another, its claims, its origin and its languages.

Inputs hold the body of the version that is shown and of no other, so that a translation that
changes leaves the pages of the other languages as they are.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from aigaq.pages import (
    addresses,
    attested,
    bodies,
    citations,
    claims,
    corrections,
    data_scope,
    differences,
    editions,
    jsonld,
    moments,
    objects,
    provenance,
    recordings,
    sequences,
    terms,
    told,
)
from aigaq.pages.context import NO_PHRASE, Link, Phrase
from aigaq.pages.page import Page
from aigaq.words.fragments import Fragment

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from aigaq.archive.public import Correction, Subject, Text, Version
    from aigaq.pages.bodies import Body
    from aigaq.pages.citations import Citation
    from aigaq.pages.claims import ClaimView, Source
    from aigaq.pages.context import Context
    from aigaq.pages.corrections import Entry
    from aigaq.pages.differences import Elsewhere
    from aigaq.pages.editions import LanguageVersion
    from aigaq.pages.index import Index
    from aigaq.pages.moments import Moment
    from aigaq.pages.objects import ObjectView
    from aigaq.pages.provenance import Provenance
    from aigaq.pages.recordings import RecordingView

TEMPLATE = "testimony.html"


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """The text, of whose versions only that in the language `shown` has its body."""

    text: Text
    shown: str
    differing: tuple[tuple[str, tuple[str, ...]], ...] = ()  # of `differences.elsewhere`
    corrections: tuple[Correction, ...] = ()
    terms: tuple[terms.Use, ...] = ()
    matching: tuple[str, ...] = ()  # of `recordings.matching`
    parallels: tuple[tuple[str, str], ...] = ()  # of `editions.parallels`
    left_out: int = 0  # paragraphs of the original that are not in the version shown
    places: tuple[sequences.Place, ...] = ()


@dataclass(frozen=True, slots=True)
class SubjectView:
    """Whom the text is about: `who` is the `relation` of `of`, `as_told` as the teller says."""

    who: Link
    relation: str
    of: Link | None
    as_told: Phrase


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What `testimony.html` sees."""

    title: Phrase
    title_is_quote: bool
    title_by_editor: bool
    kind: str
    extent: str
    extent_key: str
    own_words: bool
    version: LanguageVersion
    without_body: bool  # rights are unclear: facts and a link only
    narrators: tuple[Link, ...]
    interviewers: tuple[Link, ...]
    interpreters: tuple[Link, ...]
    interview_date: Moment | None
    interview_place: Link | None
    then_called: tuple[tuple[Link, Phrase], ...]  # places, and their names when it was told
    interview_language: str
    conditions: Phrase
    published: Moment | None
    corrections: tuple[Entry, ...]
    content_notes: tuple[str, ...]
    summary: Phrase
    about: tuple[SubjectView, ...]
    mentions: tuple[Link, ...]
    topics: tuple[Link, ...]
    tags: tuple[Phrase, ...]
    series: tuple[sequences.View, ...]
    body: Body
    other_claims: tuple[ClaimView, ...]  # of no paragraph that is shown
    asked: tuple[ClaimView, ...]
    differing: tuple[Elsewhere, ...]
    objects: tuple[ObjectView, ...]
    recordings: tuple[RecordingView, ...]
    provenance: Provenance
    citation: Citation
    versions: tuple[LanguageVersion, ...]
    jsonld: Mapping[str, Any]  # empty where the text may not be downloaded


# --- planning ---


def plan(index: Index) -> tuple[Page, ...]:
    texts = index.archive.texts.values()
    return tuple(page for text in texts for page in pages_of(text, index))


def pages_of(text: Text, index: Index) -> Iterable[Page]:
    spoken = [lang for lang in index.languages if _has_page(text, lang, index)]
    paths = tuple((lang, addresses.of_record("text", text.id, lang)) for lang in spoken)
    shown = {lang: text.shown_in(lang).lang for lang in spoken}
    told = editions.of(text.versions, paths)
    tags = sorted(set(shown.values()))
    contents = {tag: index.contents(partial(_inputs, index, text, tag)) for tag in tags}
    for lang, path in paths:
        yield Page(
            path=path,
            kind="text",
            lang=lang,
            contents=contents[shown[lang]],
            alternates=paths,
            editions=told,
        )


def _has_page(text: Text, lang: str, index: Index) -> bool:
    shows_all = index.archive.site.untranslated == "show-original"
    return shows_all or text.version(lang) is not None


def _inputs(index: Index, text: Text, shown: str) -> Inputs:
    versions = tuple(v if v.lang == shown else _named(v) for v in text.versions)
    own = dataclasses.replace(text, versions=versions)
    return Inputs(
        text=own,
        shown=shown,
        differing=index.elsewhere.get(text.id, ()),
        corrections=index.back.corrections_of.get(text.id, ()),
        terms=terms.used(own.shown_in(shown), index.archive.glossary),
        matching=recordings.matching(text),
        parallels=editions.parallels(text, index.languages),
        left_out=_left_out(text, own.shown_in(shown)),
        places=sequences.places(index, text.id),
    )


def _named(version: Version) -> Version:
    """A version without its words."""
    made = version.translation
    told = dataclasses.replace(made, pairs=()) if made else None
    return dataclasses.replace(version, body=Fragment(), summary="", translation=told)


def _left_out(text: Text, version: Version) -> int:
    made = version.translation
    if made is None or made.abridged or not made.pairs:
        return 0
    there = {block.address for block in text.original_version.body.blocks if block.address}
    return len(there - {pair.there for pair in made.pairs})


# --- view ---


def view(page: Page, context: Context) -> View:
    inputs: Inputs = page.inputs
    text, version = inputs.text, inputs.text.shown_in(inputs.shown)
    interview, original, own_words = text.interview, text.original, text.voice == "own"
    known = {text.id: _source(text)}
    recorded = recordings.views(text, inputs.matching, context, shown=version.lang)
    body, loose, asked = _told(inputs, version, context, known, recorded)
    return View(
        title=context.phrase(version.title, version.lang),
        title_is_quote=text.title_is_quote and own_words,
        title_by_editor=text.title_by_editor,
        kind=context.texts.label("text_kind", text.kind),
        extent=context.texts.label("extent", text.extent),
        extent_key=text.extent,
        own_words=own_words,
        version=_language(inputs, version, context),
        without_body=original is not None and original.rights == "unclear",
        narrators=context.links(n.person for n in text.told_by),
        interviewers=context.links(interview.by) if interview else (),
        interpreters=context.links(interview.interpreter) if interview else (),
        interview_date=moments.of(interview.date, context) if interview else None,
        interview_place=_place(interview.place, context) if interview else None,
        then_called=attested.then_called(text.date, context),
        interview_language=interview.language if interview else "",
        conditions=context.pick(interview.conditions) if interview else NO_PHRASE,
        published=moments.of(original.published, context) if original else None,
        corrections=corrections.views(inputs.corrections, context),
        content_notes=tuple(context.texts.label("content_note", n) for n in text.content_notes),
        summary=context.phrase(version.summary, version.lang),
        about=tuple(_subject(one, context, known[text.id]) for one in text.about),
        mentions=context.links(text.mentions),
        topics=context.links(text.topics),
        tags=tuple(told.words(tag, context, known[text.id]) for tag in text.tags),
        series=sequences.views(inputs.places, context),
        body=body,
        other_claims=loose,
        asked=asked,
        differing=differences.of_text(inputs.differing, context),
        objects=tuple(objects.of(thing, context, known) for thing in text.objects),
        recordings=recorded,
        provenance=provenance.of(text, context),
        citation=citations.of_text(text, version, context),
        versions=tuple(_language(inputs, v, context) for v in text.versions),
        jsonld=jsonld.of_text(text, context) if data_scope.allows(text) else {},
    )


def _language(inputs: Inputs, version: Version, context: Context) -> LanguageVersion:
    is_shown = version.lang == inputs.shown
    return editions.view(
        version,
        context,
        path="" if is_shown else editions.path_of(inputs.text.id, version, context),
        beside=dict(inputs.parallels).get(version.lang, ""),
        left_out=inputs.left_out if is_shown else 0,
    )


def _source(text: Text) -> Source:
    """The text as the source of all that stands on its page."""
    source = claims.source(text, (*text.claims, *text.asked))
    return dataclasses.replace(source, phrases=text.phrases)


def _told(
    inputs: Inputs,
    version: Version,
    context: Context,
    known: Mapping[str, Source],
    recorded: Iterable[RecordingView],
) -> tuple[Body, tuple[ClaimView, ...], tuple[ClaimView, ...]]:
    """The body with each claim at its paragraph, the claims without one, and what was asked."""
    text = inputs.text
    shown = {block.address for block in version.body.blocks if block.address}
    beside: dict[str, tuple[ClaimView, ...]] = {}
    for address in dict.fromkeys(claim.at for claim in text.claims if claim.at in shown):
        here: Iterable[claims.Entry] = (c for c in text.claims if c.at == address)
        beside[address] = claims.views(here, context, known)
    loose = claims.views(
        claims.sort(c for c in text.claims if c.at not in shown), context, known
    )
    asked = claims.views(claims.sort(text.asked), context, known)
    body = bodies.of(
        version,
        context,
        own_words=text.voice == "own",
        claims=beside,
        terms=terms.views(inputs.terms, version.lang, context),
        moments=recordings.by_paragraph(recorded),
    )
    return body, loose, asked


def _place(place: str, context: Context) -> Link | None:
    return context.link(place) if place else None


def _subject(subject: Subject, context: Context, told_in: Source) -> SubjectView:
    return SubjectView(
        context.link(subject.id),
        context.texts.label("relation", subject.relation) if subject.relation else "",
        context.link(subject.of) if subject.of else None,
        told.localised(subject.as_told, context, told_in),
    )
