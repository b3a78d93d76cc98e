"""The page of one person, put together from what texts say; no account is preferred to another.

Of a protected person the page has the name that stands for them, the note and their texts.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from aigaq.archive.public import Claim
from aigaq.pages import (
    addresses,
    attested,
    briefs,
    citations,
    claims,
    contacts,
    corrections,
    differences,
    facts,
    family,
    flyers,
    groups,
    identities,
    jsonld,
    moments,
    objects,
    silences,
    status_lines,
    statuses,
    timelines,
)
from aigaq.words import vocabularies

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from aigaq.archive.accounts import Difference
    from aigaq.archive.public import Correction, Object, Person
    from aigaq.pages.attested import AttestedName
    from aigaq.pages.briefs import Brief, Card
    from aigaq.pages.citations import Citation
    from aigaq.pages.claims import ClaimView, Entry, Source
    from aigaq.pages.contacts import Heard
    from aigaq.pages.context import Context, Link, Phrase
    from aigaq.pages.differences import Differences
    from aigaq.pages.family import FamilyView
    from aigaq.pages.groups import Counted, GroupView
    from aigaq.pages.identities import IdentityView
    from aigaq.pages.index import Index
    from aigaq.pages.kinship import Tie
    from aigaq.pages.moments import Moment
    from aigaq.pages.objects import ObjectView, PictureView
    from aigaq.pages.page import Page
    from aigaq.pages.silences import Silence
    from aigaq.pages.status_lines import Reported, StatusView
    from aigaq.pages.timelines import Event, Timeline

TEMPLATE = "person.html"

# How a text names somebody, in the order of the page.
ROLES = ("told", "about", "interviewed", "credited", "named")
_HELD = ("taken", "held-by-others")


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """The person, and what names them. A protected person has only `person` and `texts`.

    `entries` are the claims about them, what was asked for them and by them, and what happened
    to others because they spoke for them. `data` is what of the person may be downloaded.
    """

    person: Person
    texts: tuple[tuple[str, Brief], ...]  # role, text
    entries: tuple[Entry, ...] = ()
    sources: tuple[Source, ...] = ()
    ties: tuple[Tie, ...] = ()
    objects: tuple[Object, ...] = ()
    groups: tuple[Counted, ...] = ()
    differences: tuple[Difference, ...] = ()
    reported: Reported | None = None
    contacts: tuple[tuple[str, Claim], ...] = ()  # the last ones, of those who are not back
    silences: tuple[Silence, ...] = ()
    corrections: tuple[Correction, ...] = ()
    has_flyer: bool = False
    data: Person | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """What has no date, of one kind: a key of `vocabularies.CLAIM_GROUPS`, or `asked`."""

    key: str
    events: tuple[Event, ...]


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
    corrections: tuple[corrections.Entry, ...]
    names: tuple[AttestedName, ...]
    status: StatusView | None
    heard: tuple[Heard, ...]
    photo: PictureView | None
    summary: Phrase
    roles: tuple[str, ...]
    born: Moment | None
    place: Link | None
    ethnicity: Phrase
    work: tuple[Phrase, ...]
    behind: Mapping[
        str, tuple[Link, ...]
    ]  # the passages that tell born, place, ethnicity, work
    family: FamilyView | None
    differences: Differences
    timeline: Timeline
    undated: tuple[Section, ...]
    objects: tuple[ObjectView, ...]
    groups: tuple[GroupView, ...]
    texts: tuple[TextGroup, ...]
    may_be: tuple[IdentityView, ...]
    not_same_as: tuple[IdentityView, ...]
    citation: Citation
    flyer: str  # its path; empty where there is none
    jsonld: Mapping[str, Any]  # empty where nothing of the person may be downloaded


# --- planning ---


def plan(index: Index) -> tuple[Page, ...]:
    pages: list[Page] = []
    for person in index.archive.people.values():
        pages += index.in_every_language(
            "person",
            partial(addresses.of_record, "person", person.id),
            partial(_inputs, index, person),
        )
    return tuple(pages)


def _inputs(index: Index, person: Person) -> Inputs:
    mentions = index.back.mentions.get(person.id, ())
    texts = tuple((m.role, index.briefs[m.text]) for m in mentions)
    data = index.open_data.archive.people.get(person.id)
    if person.protect != "open":
        return Inputs(person=person, texts=texts, data=data)
    entries = claims.sort(_entries(index, person.id))
    counted = tuple(
        groups.without(groups.counted(index, i), entries)
        for i in index.back.groups_of.get(person.id, ())
    )
    said = (*entries, *(entry for group in counted for entry in group.claims))
    differing = index.differences.get(person.id, ())
    things = index.back.objects_of.get(person.id, ())
    reported = index.reported[person.id]
    return Inputs(
        person=person,
        texts=texts,
        entries=entries,
        sources=claims.sources(index, (*said, *differences.entries(differing), *things)),
        ties=index.ties.get(person.id, ()),
        objects=things,
        groups=counted,
        differences=differing,
        reported=reported,
        contacts=_contacts(person.id, entries, reported),
        silences=_silences(index, person.id, entries, reported),
        corrections=index.back.corrections_of.get(person.id, ()),
        has_flyer=flyers.has_one(index, reported),
        data=data,
    )


def _contacts(
    person: str, entries: tuple[Entry, ...], reported: Reported | None
) -> tuple[tuple[str, Claim], ...]:
    is_sought = reported is None or reported.standing.group in {*_HELD, "not-known"}
    return contacts.last(entries, person) if is_sought else ()


def _silences(
    index: Index, person: str, entries: tuple[Entry, ...], reported: Reported | None
) -> tuple[Silence, ...]:
    told = {entry.text: statuses.told_on(index.archive.texts[entry.text]) for entry in entries}
    is_held = reported is not None and reported.standing.group in _HELD
    return silences.of(entries, person, told, index.archive.built if is_held else None)


def _entries(index: Index, person: str) -> Iterable[Entry]:
    back = index.back
    asked = back.asked_about.get(person, ())
    own = (a for a in back.asked_by.get(person, ()) if person not in a.about)
    return (*back.claims_about.get(person, ()), *asked, *own, *_reprisals(index, person))


def _reprisals(index: Index, person: str) -> Iterable[Entry]:
    """What happened to those who asked for them because they spoke, in texts about them."""
    about = {m.text for m in index.back.mentions.get(person, ()) if m.role == "about"}
    asked = index.back.asked_about.get(person, ())
    own = {person, *index.back.groups_of.get(person, ())}  # their claims stand there already
    askers = {asker for one in asked for asker in one.by} - own
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
    own = tuple(entry for entry in inputs.entries if _is_said_of(entry, person.id))
    orders = differences.impossible(own, known)
    return View(
        title=title,
        protect=person.protect,
        note=context.pick(person.note),
        corrections=corrections.views(inputs.corrections, context),
        names=attested.of(person.names, context),
        status=status_lines.view(inputs.reported, context, known),
        heard=contacts.views(inputs.contacts, context, known),
        photo=objects.picture(person.photo, context, instead=title) if person.photo else None,
        summary=context.pick(person.summary),
        roles=tuple(context.texts.label("role", role) for role in person.role),
        born=moments.of(person.born, context),
        place=context.link(person.place) if person.place else None,
        ethnicity=context.pick(person.ethnicity),
        work=tuple(context.pick(work) for work in person.work),
        behind=facts.behind(person, pairs),
        family=family.view(person, inputs.ties, (c.group.id for c in inputs.groups), context),
        differences=_differences(inputs, own, orders, context, known),
        timeline=timelines.of(
            inputs.entries,
            shown,
            person=person.id,
            silences=((one, silences.view(one, context)) for one in inputs.silences),
            impossible={claim for _, found in orders for claim in found},
        ),
        undated=tuple(_undated(pairs, person.id)),
        objects=tuple(objects.of(thing, context, known) for thing in inputs.objects),
        groups=tuple(groups.view(group, context, known) for group in inputs.groups),
        texts=tuple(_texts(inputs.texts, context)),
        may_be=identities.views(person.identities, "open", context),
        not_same_as=identities.views(person.identities, "different", context),
        citation=citations.of_person(person, context),
        flyer=flyers.path_of(person.id, page.lang) if inputs.has_flyer else "",
        jsonld=jsonld.of_person(inputs.data, context) if inputs.data else {},
    )


def _differences(
    inputs: Inputs,
    own: tuple[Entry, ...],
    orders: tuple[differences.Found, ...],
    context: Context,
    known: Mapping[str, Source],
) -> Differences:
    counted = (one.group for one in inputs.groups)
    return differences.of(inputs.differences, own, counted, context, known, orders=orders)


def _is_said_of(entry: Entry, person: str) -> bool:
    return isinstance(entry, Claim) and entry.about == person


def _undated(pairs: Iterable[tuple[Entry, ClaimView]], person: str) -> Iterable[Section]:
    """What has no date, in the order of the groups; so nothing stands here and on the line."""
    found: dict[str, list[Event]] = {key: [] for key in (*vocabularies.CLAIM_GROUPS, "asked")}
    for entry, shown in pairs:
        if not timelines.is_dated(entry):
            found[_group(entry, person)].append(timelines.event(entry, shown, person))
    return (Section(key, tuple(events)) for key, events in found.items() if events)


def _group(entry: Entry, person: str) -> str:
    if not isinstance(entry, Claim) or entry.about != person:
        return "asked"
    return next(g for g, whats in vocabularies.CLAIM_GROUPS.items() if entry.what in whats)


def _texts(texts: Iterable[tuple[str, Brief]], context: Context) -> Iterable[TextGroup]:
    given = tuple(texts)
    for role in ROLES:
        found = briefs.cards((brief for one, brief in given if one == role), context)
        if found:
            yield TextGroup(role, found)
