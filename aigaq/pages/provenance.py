"""Where a text comes from: recorded, published, translated, here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from aigaq.archive.public import NOTHING
from aigaq.pages import moments
from aigaq.pages.context import Link, Phrase

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from aigaq.archive.public import Credit, Original, ProvenanceStep, Text, Version
    from aigaq.pages.context import Context
    from aigaq.pages.moments import Moment
    from aigaq.words.edtf import EdtfDate


_SPELLINGS = frozenset({"misspelling", "press-spelling"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of the way, in order.

    `key` is `recorded`, `published` (a copy that we did not use; `role` says which), `used`,
    `translated` or `here`; the template has the words for the keys.
    """

    key: str
    role: str = ""
    who: tuple[Link, ...] = ()
    written_as: tuple[Phrase, ...] = ()  # other forms of the name, in the copy that we used
    when: Moment | None = None
    undated: bool = False  # the copy that we used has lost its date; `when` was concluded
    place: Link | None = None
    language: str = ""  # own name of the language of a translation
    abridged: bool = False
    machine: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditView:
    """Who did what for the text."""

    role: str
    who: Link
    written_as: tuple[Phrase, ...]
    when: Moment | None
    source_language: str
    abridged: bool
    reviewed_by: tuple[Link, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """Where a text comes from, its credits and its rights."""

    steps: tuple[Step, ...]
    credits: tuple[CreditView, ...]
    source: Phrase
    published_basis: Phrase
    url: str
    url_as_printed: str
    archived: tuple[str, ...]
    rights: str
    rights_text: Phrase


def of(text: Text, context: Context) -> Provenance:
    """The way of a text; `text` needs its versions, not their bodies."""
    original = text.original
    rights = original.rights if original else ""
    return Provenance(
        steps=tuple(_steps(text, context)),
        credits=tuple(_credits(text, context)),
        source=context.pick(text.source),
        published_basis=context.pick(original.published_basis if original else NOTHING),
        url=_web(original.url) if original else "",
        url_as_printed=original.url_as_printed if original else "",
        archived=tuple(filter(None, map(_web, original.archived))) if original else (),
        rights=context.texts.label("rights", rights) if rights else "",
        rights_text=context.pick(original.rights_text if original else NOTHING),
    )


def _web(address: str) -> str:
    """An address that may be a link, else nothing; readers follow what is linked."""
    return address if address.startswith(("https://", "http://")) else ""


def _steps(text: Text, context: Context) -> Iterable[Step]:
    interview = text.interview
    if interview:
        yield Step(
            key="recorded",
            who=context.links(interview.by),
            when=moments.of(interview.date, context),
            place=context.link(interview.place) if interview.place else None,
        )
    if text.original:
        yield from _copies(text.original, context, text)
    for version in text.versions:
        if version.translation:
            yield _translated(version, context)
    yield Step(key="here")


def _copies(original: Original, context: Context, text: Text) -> Iterable[Step]:
    """The chain, oldest first as written, with the copy that we used where its date puts it."""
    used = Step(
        key="used",
        who=_outlet(original.outlet, context, text.lang, is_record=original.is_record),
        written_as=_written_as(original.outlet, context, text),
        when=moments.of(original.published, context),
        undated=_is_undated(original.published),
    )
    steps = [
        Step(
            key="published",
            role=context.texts.label("chain_role", step.role),
            who=_outlet(step.outlet, context, text.lang, is_record=step.is_record),
            written_as=_written_as(step.outlet, context, text),
            when=moments.of(step.date, context),
        )
        for step in original.chain
    ]
    later = [_came_later(step, original) for step in original.chain]
    place = later.index(True) if True in later else len(steps)
    return [*steps[:place], used, *steps[place:]]


def _came_later(step: ProvenanceStep, original: Original) -> bool:
    """By its date; one without a date where no other came first, and it repeats a copy."""
    day = original.published
    if step.date or not day:
        return bool(day and step.date and day.sort_key() < step.date.sort_key())
    roles = {one.role for one in original.chain}
    return step.role != "first-publication" and "first-publication" not in roles


def _is_undated(date: EdtfDate | None) -> bool:
    """Whether a copy must have come without its date: none is known, or an estimate."""
    return (
        date is None
        or date.known_end is None
        or date.approximate
        or date.uncertain
        or date.kind == "one-of"
    )


def _outlet(outlet: str, context: Context, lang: str, *, is_record: bool) -> tuple[Link, ...]:
    if not outlet:
        return ()
    return (context.link(outlet) if is_record else Link(context.phrase(outlet, lang)),)


def _written_as(who: str, context: Context, text: Text) -> tuple[Phrase, ...]:
    """How this text spells somebody's name, where that is not how this reader is shown it."""
    label = context.labels.get(who)
    if label is None or label.protect != "open":
        return ()
    forms = (
        context.phrase(name.text, name.lang)
        for name in label.names
        if name.source == text.id and _SPELLINGS & {*name.kinds}
    )
    shown = context.link(who).phrase.text
    return tuple(form for form in forms if form.text != shown)


def _translated(version: Version, context: Context) -> Step:
    made = version.translation
    assert made is not None
    return Step(
        key="translated",
        who=tuple(map(context.link_or_words, made.by)),
        when=moments.of(made.date, context),
        language=version.lang,
        abridged=made.abridged,
        machine=made.machine,
    )


def _credits(text: Text, context: Context) -> Iterator[CreditView]:
    """Who did what; how the copy spells a name is told once, where it stands first."""
    told: set[str] = set()
    for credit in text.credits:
        forms = () if credit.who in told else _written_as(credit.who, context, text)
        told.add(credit.who)
        yield _credit(credit, context, text, forms)


def _credit(
    credit: Credit, context: Context, text: Text, forms: tuple[Phrase, ...]
) -> CreditView:
    return CreditView(
        role=context.texts.label("credit_role", credit.role),
        who=context.link(credit.who)
        if credit.is_record
        else Link(context.phrase(credit.who, text.lang)),
        written_as=forms,
        when=moments.of(credit.date, context),
        source_language=credit.source_language,
        abridged=credit.abridged,
        reviewed_by=tuple(map(context.link_or_words, credit.reviewed_by)),
    )
