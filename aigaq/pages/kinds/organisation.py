"""The page of an organisation: names and lineage, its texts, what it was asked and answered."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from aigaq.pages import addresses, attested, briefs, claims, corrections, moments
from aigaq.pages.context import Link, Phrase

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from aigaq.archive.backlinks import Deed
    from aigaq.archive.public import Asked, Correction, Membership, Organisation
    from aigaq.pages.attested import AttestedName
    from aigaq.pages.briefs import Brief, Card
    from aigaq.pages.claims import ClaimView, Source
    from aigaq.pages.context import Context
    from aigaq.pages.index import Index
    from aigaq.pages.moments import Moment
    from aigaq.pages.page import Page

TEMPLATE = "organisation.html"


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """The organisation, those that came after it or are part of it, and what names it."""

    organisation: Organisation
    successors: tuple[str, ...]
    parts: tuple[Membership, ...]  # `org` is the part
    texts: tuple[Brief, ...]
    asked_of: tuple[Asked, ...]  # what others asked of it
    asked_by: tuple[Asked, ...]  # what it asked of others
    deeds: tuple[Deed, ...]
    sources: tuple[Source, ...]
    corrections: tuple[Correction, ...]


@dataclass(frozen=True, slots=True)
class Belonging:
    """Another organisation that this one belonged to, or the other way round, and when."""

    organisation: Link
    since: Moment | None
    until: Moment | None


@dataclass(frozen=True, slots=True)
class DeedGroup:
    """What it did (`done_by`), judged (`court`), whom it met (`with`), what it said (`by`)."""

    role: str
    claims: tuple[ClaimView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What `organisation.html` sees."""

    title: Phrase
    type: str
    corrections: tuple[corrections.Entry, ...]
    words: Phrase
    names: tuple[AttestedName, ...]
    predecessors: tuple[Link, ...]
    successors: tuple[Link, ...]
    part_of: tuple[Belonging, ...]
    parts: tuple[Belonging, ...]
    not_same_as: tuple[Link, ...]
    asked_of: tuple[ClaimView, ...]
    asked_by: tuple[ClaimView, ...]
    deeds: tuple[DeedGroup, ...]
    texts: tuple[Card, ...]


def plan(index: Index) -> tuple[Page, ...]:
    pages: list[Page] = []
    lineage = _lineage(index)
    for organisation in index.archive.organisations.values():
        pages += index.in_every_language(
            "organisation",
            partial(addresses.of_record, "organisation", organisation.id),
            partial(_inputs, index, organisation, lineage),
        )
    return tuple(pages)


@dataclass(frozen=True, slots=True)
class _Lineage:
    """The ways back from an organisation to those that came after it or are part of it."""

    successors: Mapping[str, tuple[str, ...]]
    parts: Mapping[str, tuple[Membership, ...]]


def _lineage(index: Index) -> _Lineage:
    successors: dict[str, tuple[str, ...]] = {}
    parts: dict[str, tuple[Membership, ...]] = {}
    for one in index.archive.organisations.values():
        for older in one.predecessor:
            successors[older] = (*successors.get(older, ()), one.id)
        for whole in one.part_of:
            part = replace(whole, org=one.id)
            parts[whole.org] = (*parts.get(whole.org, ()), part)
    return _Lineage(successors, parts)


def _inputs(index: Index, organisation: Organisation, lineage: _Lineage) -> Inputs:
    back, own = index.back, organisation.id
    asked_of = back.asked_to.get(own, ())
    asked_by = tuple(a for a in back.asked_by.get(own, ()) if own not in a.to)
    deeds = tuple(d for d in back.deeds.get(own, ()) if not _is_journalism(d, organisation))
    return Inputs(
        organisation=organisation,
        successors=lineage.successors.get(own, ()),
        parts=lineage.parts.get(own, ()),
        texts=briefs.of_texts(index, (m.text for m in back.mentions.get(own, ()))),
        asked_of=asked_of,
        asked_by=asked_by,
        deeds=deeds,
        sources=claims.sources(index, (*asked_of, *asked_by, *(d.claim for d in deeds))),
        corrections=back.corrections_of.get(own, ()),
    )


def _is_journalism(deed: Deed, organisation: Organisation) -> bool:
    """What an outlet reports stands with its texts, which the page lists; it is no deed."""
    return deed.role == "by" and organisation.type == "outlet"


def view(page: Page, context: Context) -> View:
    inputs: Inputs = page.inputs
    one = inputs.organisation
    known = {source.id: source for source in inputs.sources}
    entries = (*claims.sort(inputs.asked_of), *claims.sort(inputs.asked_by))
    shown = claims.views(entries, context, known)  # at once, so that no two share an anchor
    return View(
        title=context.name(one.names),
        type=context.texts.label("organisation_type", one.type),
        corrections=corrections.views(inputs.corrections, context),
        words=context.pick(one.words),
        names=attested.of(one.names, context),
        predecessors=context.links(one.predecessor),
        successors=context.links(inputs.successors),
        part_of=tuple(_belonging(m, context) for m in one.part_of),
        parts=tuple(_belonging(m, context) for m in inputs.parts),
        not_same_as=context.links(one.not_same_as),
        asked_of=shown[: len(inputs.asked_of)],
        asked_by=shown[len(inputs.asked_of) :],
        deeds=tuple(_deeds(inputs.deeds, context, known)),
        texts=briefs.cards(inputs.texts, context),
    )


def _deeds(
    deeds: tuple[Deed, ...], context: Context, known: Mapping[str, Source]
) -> Iterator[DeedGroup]:
    for role in ("done_by", "court", "with", "by"):
        found = claims.sort(deed.claim for deed in deeds if deed.role == role)
        if found:
            yield DeedGroup(role, claims.views(found, context, known))


def _belonging(membership: Membership, context: Context) -> Belonging:
    return Belonging(
        context.link(membership.org),
        moments.of(membership.since, context),
        moments.of(membership.until, context),
    )
