"""The page of one person, put together from what texts say; no account is preferred to another.

Of a protected person the page has the name that stands for them, the note and their texts.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from aigaq.archive.public import Claim
from aigaq.pages import (
    addresses,
    attested,
    briefs,
    claims,
    jsonld,
    kinship,
    moments,
    objects,
    statuses,
    timelines,
)
from aigaq.pages.context import Link, Phrase
from aigaq.words import vocabularies

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from aigaq.archive.public import Group, Object, Person
    from aigaq.pages.attested import AttestedName
    from aigaq.pages.briefs import Brief, Card
    from aigaq.pages.claims import ClaimView, Entry, Source
    from aigaq.pages.context import Context
    from aigaq.pages.index import Index
    from aigaq.pages.kinship import Tie
    from aigaq.pages.moments import Amount, Moment
    from aigaq.pages.objects import ObjectView, PictureView
    from aigaq.pages.page import Page
    from aigaq.pages.timelines import Timeline

TEMPLATE = "person.html"

# How a text names somebody, in the order of the page.
ROLES = ("told", "about", "interviewed", "credited", "named")


@dataclass(frozen=True, slots=True)
class Counted:
    """A group that stands on this person's page, and what is said about it."""

    group: Group
    claims: tuple[Entry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """The person, and what names them. A protected person has only `person` and `texts`.

    `entries` are the claims about them, what was asked for them and by them, and what happened
    to others because they spoke for them.
    """

    person: Person
    texts: tuple[tuple[str, Brief], ...]  # role, text
    entries: tuple[Entry, ...] = ()
    sources: tuple[Source, ...] = ()
    ties: tuple[Tie, ...] = ()
    objects: tuple[Object, ...] = ()
    groups: tuple[Counted, ...] = ()


@dataclass(frozen=True, slots=True)
class StatusView:
    """The latest status as told: `group` is a key of `vocabularies.STATUS_GROUPS`."""

    status: str
    group: str
    claim: ClaimView


@dataclass(frozen=True, slots=True)
class TieView:
    """Somebody who is the `relation` of this person, in whose words, told where."""

    other: Link
    relation: str
    as_told: tuple[Phrase, ...]
    texts: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class GroupView:
    """People who are counted, not named; `id` is the anchor under which they stand."""

    id: str
    label: Phrase
    count: Amount | None
    minors: bool
    claims: tuple[ClaimView, ...]


@dataclass(frozen=True, slots=True)
class TextGroup:
    """The texts in which the person has one role, a key of `ROLES`."""

    role: str
    texts: tuple[Card, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What `person.html` sees."""

    title: Phrase
    protect: str
    note: Phrase
    names: tuple[AttestedName, ...]
    status: StatusView | None
    photo: PictureView | None
    summary: Phrase
    roles: tuple[str, ...]
    born: Moment | None
    place: Link | None
    ethnicity: Phrase
    work: tuple[Phrase, ...]
    family: tuple[TieView, ...]
    claims: tuple[ClaimView, ...]
    asked: tuple[ClaimView, ...]
    timeline: Timeline
    objects: tuple[ObjectView, ...]
    groups: tuple[GroupView, ...]
    texts: tuple[TextGroup, ...]
    not_same_as: tuple[Link, ...]
    jsonld: Mapping[str, Any]


# --- planning ---


def plan(index: Index) -> tuple[Page, ...]:
    ties = kinship.ties(index.archive)
    pages: list[Page] = []
    for person in index.archive.people.values():
        inputs = _inputs(index, person, ties.get(person.id, ()))
        pages += index.in_every_language(
            "person",
            lambda lang, i=person.id: addresses.of_record("person", i, lang),  # type: ignore[misc]
            inputs,
        )
    return tuple(pages)


def _inputs(index: Index, person: Person, ties: tuple[Tie, ...]) -> Inputs:
    mentions = index.back.mentions.get(person.id, ())
    texts = tuple((m.role, briefs.of_text(index.archive.texts[m.text])) for m in mentions)
    if person.protect != "open":
        return Inputs(person=person, texts=texts)
    groups = tuple(_counted(index, i) for i in index.back.groups_of.get(person.id, ()))
    entries = claims.sort(_entries(index, person.id))
    said = (*entries, *(entry for group in groups for entry in group.claims))
    return Inputs(
        person=person,
        texts=texts,
        entries=entries,
        sources=claims.sources(index, said),
        ties=ties,
        objects=index.back.objects_of.get(person.id, ()),
        groups=groups,
    )


def _counted(index: Index, group: str) -> Counted:
    said = index.back.claims_about.get(group, ())
    asked = index.back.asked_about.get(group, ())
    return Counted(index.archive.groups[group], claims.sort((*said, *asked)))


def _entries(index: Index, person: str) -> Iterable[Entry]:
    back = index.back
    asked = back.asked_about.get(person, ())
    own = (a for a in back.asked_by.get(person, ()) if person not in a.about)
    return (*back.claims_about.get(person, ()), *asked, *own, *_reprisals(index, person))


def _reprisals(index: Index, person: str) -> Iterable[Entry]:
    """What happened to those who asked for them because they spoke, in texts about them."""
    about = {m.text for m in index.back.mentions.get(person, ()) if m.role == "about"}
    asked = index.back.asked_about.get(person, ())
    askers = {asker for one in asked for asker in one.by} - {person}
    return (
        claim
        for asker in sorted(askers)
        for claim in index.back.claims_about.get(asker, ())
        if claim.because == "spoke" and claim.text in about
    )


# --- view ---


def view(page: Page, context: Context) -> View:
    inputs: Inputs = page.inputs
    person = inputs.person
    known = {source.id: source for source in inputs.sources}
    shown = claims.views(inputs.entries, context, known)
    pairs = tuple(zip(inputs.entries, shown, strict=True))
    title = context.name(person.names)
    return View(
        title=title,
        protect=person.protect,
        note=context.pick(person.note),
        names=attested.of(person.names, context),
        status=_status(inputs, pairs, context),
        photo=objects.picture(person.photo, context, instead=title) if person.photo else None,
        summary=context.pick(person.summary),
        roles=tuple(context.texts.label("role", role) for role in person.role),
        born=moments.of(person.born, context),
        place=context.link(person.place) if person.place else None,
        ethnicity=context.pick(person.ethnicity),
        work=tuple(context.pick(work) for work in person.work),
        family=tuple(_tie(tie, context) for tie in inputs.ties),
        claims=tuple(v for e, v in pairs if _is_said_of(e, person.id)),
        asked=tuple(v for e, v in pairs if not _is_said_of(e, person.id)),
        timeline=timelines.of(inputs.entries, shown, person=person.id),
        objects=tuple(objects.of(thing, context) for thing in inputs.objects),
        groups=tuple(_group(group, context, known) for group in inputs.groups),
        texts=tuple(_texts(inputs.texts, context)),
        not_same_as=context.links(person.not_same_as),
        jsonld=jsonld.of_person(person, context),
    )


def _is_said_of(entry: Entry, person: str) -> bool:
    return isinstance(entry, Claim) and entry.about == person


def _status(
    inputs: Inputs, pairs: Iterable[tuple[Entry, ClaimView]], context: Context
) -> StatusView | None:
    about = [(e, v) for e, v in pairs if isinstance(e, Claim) and e.about == inputs.person.id]
    told = {source.id: source.told for source in inputs.sources}
    latest = statuses.latest((claim for claim, _ in about), told)
    if latest is None:
        return None
    return StatusView(
        context.texts.label("status", latest.status),
        next(g for g, keys in vocabularies.STATUS_GROUPS.items() if latest.status in keys),
        dict(about)[latest],
    )


def _tie(tie: Tie, context: Context) -> TieView:
    return TieView(
        context.link(tie.other),
        context.texts.label("relation", tie.relation),
        tuple(dict.fromkeys(context.pick(words) for words, _ in tie.told if words)),
        context.links(dict.fromkeys(text for _, text in tie.told if text)),
    )


def _group(counted: Counted, context: Context, known: Mapping[str, Source]) -> GroupView:
    group = counted.group
    return GroupView(
        group.id,
        context.pick(group.label),
        moments.count(group.count),
        group.minors,
        claims.views(counted.claims, context, known),
    )


def _texts(texts: Iterable[tuple[str, Brief]], context: Context) -> Iterable[TextGroup]:
    given = tuple(texts)
    for role in ROLES:
        found = briefs.cards((brief for one, brief in given if one == role), context)
        if found:
            yield TextGroup(role, found)
