"""What texts say about people, and what was asked for them, as readers are shown it.

Every claim keeps its evidence beside it: who says it, how they know, when they said it and in
which paragraph. Nothing here weighs one claim against another.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from aigaq.archive import free_words
from aigaq.archive.public import Asked, Claim
from aigaq.pages import briefs, evidence, moments, statuses, told
from aigaq.pages.context import NO_PHRASE, Link, Phrase

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from aigaq.archive.public import Object, Text, Version
    from aigaq.pages.context import Context
    from aigaq.pages.evidence import Evidence
    from aigaq.pages.index import Index
    from aigaq.pages.moments import Amount, Moment
    from aigaq.words.edtf import EdtfDate
    from aigaq.words.fragments import Block
    from aigaq.words.localised import Localised

Entry = Claim | Asked

SHORT = 280  # code points of an excerpt: enough to recognise the place, not to replace the text


@dataclass(frozen=True, slots=True)
class Rendering:
    """A passage in a translation; `how` it was made is a key of `briefs.made_how`."""

    lang: str
    words: str
    how: str
    source: str  # the language that it was translated from


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """The beginning of a paragraph that a claim points at, in the words of the original.

    `shown_in` are the languages whose version has a block of this address. `renderings` are
    those of translations that have as many paragraphs as the original: of others nobody knows
    whether the paragraph is the same.
    """

    address: str
    words: str
    container: str = ""
    content_note: str = ""
    shown_in: tuple[str, ...] = ()
    renderings: tuple[Rendering, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """What a page that shows claims must know of the text in which they stand.

    `told` is when it was said: the day of the interview, else of the publication (`told_how`).
    `asked` numbers what was asked by its place in the text, so that anchors are the same on
    every page.
    """

    id: str
    lang: str
    voice: str
    told: EdtfDate | None = None
    told_how: str = ""  # interview | publication
    passages: tuple[Passage, ...] = ()
    phrases: tuple[tuple[str, Localised], ...] = ()  # of the words that the entries use
    asked: tuple[tuple[Asked, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Detail:
    """A labelled part of a claim; the template has the label of each `key`."""

    key: str
    values: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class SentenceView:
    """A sentence as told: its years (None: not known), and parts of `(status, years)`."""

    years: Amount | None
    parts: tuple[tuple[str, Amount | None], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimView:
    """One claim, or one thing asked (`kind` `asked`), in labelled parts. `id` is its anchor."""

    id: str
    kind: str
    key: str
    what: str
    about: tuple[Link, ...]
    when: Moment | None
    said: Phrase
    lasted: Amount | None
    sentence: SentenceView | None
    details: tuple[Detail, ...]
    words: Phrase
    evidence: Evidence


# --- planning: what of the texts goes into a page's inputs ---


def sources(index: Index, entries: Iterable[Entry | Object]) -> tuple[Source, ...]:
    """The sources of `entries`, sorted by the text's id; put them into the page's inputs."""
    wanted: dict[str, set[Entry | Object]] = {}
    for entry in entries:
        wanted.setdefault(entry.text, set()).add(entry)
    return tuple(source(index.archive.texts[i], wanted[i]) for i in sorted(wanted))


def source(text: Text, entries: Collection[Entry | Object]) -> Source:
    """A text as the source of some of its `entries`, with the paragraphs that they point at."""
    told, how = _told(text)
    addresses = {entry.at for entry in entries if entry.at}
    used = free_words.of(entries)
    return Source(
        id=text.id,
        lang=text.lang,
        voice=text.voice,
        told=told,
        told_how=how,
        passages=tuple(
            _passage(block, text)
            for block in text.original_version.body.blocks
            if block.address in addresses
        ),
        phrases=tuple(pair for pair in text.phrases if pair[0] in used),
        asked=tuple((one, n) for n, one in enumerate(text.asked, 1) if one in entries),
    )


def _passage(block: Block, text: Text) -> Passage:
    return Passage(
        address=block.address,
        words=shortened(block.text),
        container=block.container.kind if block.container else "",
        content_note=block.container.content_note if block.container else "",
        shown_in=tuple(
            v.lang
            for v in text.versions
            if any(one.address == block.address for one in v.body.blocks)
        ),
        renderings=tuple(_renderings(block.address, text)),
    )


def _renderings(address: str, text: Text) -> Iterator[Rendering]:
    addresses = _addresses(text.original_version)
    for version in text.versions:
        made = version.translation
        if made and _addresses(version) == addresses:
            words = next(b.text for b in version.body.blocks if b.address == address)
            how = briefs.made_how(made.status, by_machine=made.machine)
            yield Rendering(version.lang, shortened(words), how, made.source)


def _addresses(version: Version) -> tuple[str, ...]:
    return tuple(block.address for block in version.body.blocks if block.address)


def _told(text: Text) -> tuple[EdtfDate | None, str]:
    told = statuses.told_on(text)
    by_interview = text.interview is not None and text.interview.date is not None
    return told, ("interview" if by_interview else "publication") if told else ""


def shortened(words: str, limit: int = SHORT) -> str:
    """The beginning of `words`, cut between words where the language has gaps between them."""
    if len(words) <= limit:
        return words
    start = words[:limit]
    before, gap, _ = start.rpartition(" ")
    return f"{before if gap and len(before) > limit // 2 else start}…"


def sort(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Each once, by date, undated last; among equals by text and number, so never by chance."""
    return tuple(sorted(dict.fromkeys(entries), key=_order))


def _order(entry: Entry) -> tuple[object, ...]:
    dated = entry.when is not None and entry.when.known_end is not None
    day = entry.when.sort_key() if dated and entry.when else ()
    number = entry.number if isinstance(entry, Claim) else 0
    rest = (entry.how, entry.to, entry.at) if isinstance(entry, Asked) else ()
    return (not dated, day, entry.text, isinstance(entry, Asked), number, rest)


# --- views ---


def views(
    entries: Iterable[Entry], context: Context, known: Mapping[str, Source]
) -> tuple[ClaimView, ...]:
    """The views of `entries`, in their order; `known` holds the sources by the text's id."""
    return tuple(
        of_claim(entry, context, known[entry.text])
        if isinstance(entry, Claim)
        else of_asked(entry, context, known[entry.text])
        for entry in entries
    )


def of_claim(claim: Claim, context: Context, told_in: Source) -> ClaimView:
    """A claim in labelled parts; pages of people, places and years share it.

    The text's own page has another passage: it knows the version alone that it shows.
    """
    passage = next((p for p in told_in.passages if p.address == claim.at), None)
    return context.once(
        ("claim", claim.text, claim.number, passage),
        claim,
        lambda _: _view(claim, context, told_in),
    )


def _view(claim: Claim, context: Context, told_in: Source) -> ClaimView:
    return ClaimView(
        id=f"claim-{claim.text}-{claim.number}",
        kind="claim",
        key=claim.what,
        what=context.texts.say_in("what", "contact lost")
        if _is_lost(claim)
        else context.texts.label("what", claim.what),
        about=(context.link(claim.about),),
        when=moments.of(claim.when, context, claim.counted),
        said=told.words(claim.said, context, told_in),
        lasted=moments.duration(claim.lasted),
        sentence=_sentence(claim, context),
        details=_details(_claim_details(claim, context, told_in)),
        words=told.localised(claim.words, context, told_in),
        evidence=evidence.of(claim, context, told_in),
    )


def _is_lost(claim: Claim) -> bool:
    """Whether the end of all contact is told: nobody was heard from then."""
    return claim.what == "last-contact" and claim.contact == "none"


def of_asked(asked: Asked, context: Context, told_in: Source) -> ClaimView:
    """Something that was asked of an authority, in labelled parts."""
    number = dict(told_in.asked)[asked]
    return ClaimView(
        id=f"asked-{asked.text}-{number}",
        kind="asked",
        key=asked.how,
        what=context.texts.label("how", asked.how),
        about=context.links(asked.about),
        when=moments.of(asked.when, context, asked.counted),
        said=told.words(asked.said, context, told_in),
        lasted=None,
        sentence=None,
        details=_details(
            (
                ("asked_by", told.all_of(asked.by, context, told_in)),
                ("asked_of", told.all_of(asked.to, context, told_in)),
                (
                    "answer",
                    _labelled(context, "answer", asked.answer) if asked.answer else None,
                ),
            )
        ),
        words=told.localised(asked.words, context, told_in),
        evidence=evidence.of(asked, context, told_in),
    )


# The parts of a claim as they stand: key, field, and the closed list of which it is, if one.
_PARTS = (
    ("status", "status", "status"),
    ("contact", "contact", "contact"),
    ("with", "with_whom", ""),
    ("where", "where", ""),
    ("from", "origin", ""),
    ("to", "destination", ""),
    ("then_called", "when", ""),
    ("reason", "reason", "reason"),
    ("given_by", "given_by", "given_by"),
    ("done_by", "done_by", ""),
    ("court", "court", ""),
    ("because", "because", ""),
    ("relation", "relation", "relation"),
    ("other", "other", ""),
)


def _claim_details(
    claim: Claim, context: Context, told_in: Source
) -> Iterator[tuple[str, Link | tuple[Link, ...] | None]]:
    for key, field, closed in _PARTS:
        value = getattr(claim, field)
        if not value or _is_said(claim, key):
            continue
        if key == "then_called":
            yield key, told.then_called(claim, context)
        elif key == "because" and value == "spoke":
            yield "spoke", Link(NO_PHRASE)
        elif closed:
            yield key, _labelled(context, closed, value)
        else:
            yield key, told.who(value, context, told_in)
    if claim.value:
        yield "value", Link(told.localised(claim.value, context, told_in))


def _is_said(claim: Claim, key: str) -> bool:
    """Whether the name of the claim says a part of it already."""
    if key == "status":  # where to is not told
        return statuses.status(claim) == statuses.DETAINED
    return key == "contact" and _is_lost(claim)


def _details(found: Iterable[tuple[str, Link | tuple[Link, ...] | None]]) -> tuple[Detail, ...]:
    return tuple(
        Detail(key, value if isinstance(value, tuple) else (value,))
        for key, value in found
        if value
    )


def _labelled(context: Context, list_name: str, key: str) -> Link:
    return Link(Phrase(context.texts.label(list_name, key)))


def _sentence(claim: Claim, context: Context) -> SentenceView | None:
    if not claim.years:
        return None
    parts = (
        (context.texts.label("status", p.status), moments.years(p.years)) for p in claim.parts
    )
    return SentenceView(moments.years(claim.years), tuple(parts))
