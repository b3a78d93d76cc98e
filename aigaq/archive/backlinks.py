"""Who is named where: the way back from a public record to everything that names it.

Computed from public records alone, after `publish`: what was hidden is not counted here either.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from aigaq.archive.public import Asked, Claim, Correction, Object, PublicArchive, Text


K = TypeVar("K")
V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class Mention:
    """That a text names a record, and how: told, about, interviewed, credited or named."""

    text: str
    role: str


@dataclass(frozen=True, slots=True)
class Deed:
    """That an organisation acts in a claim: did, judged, met (`with`) or says it (`by`)."""

    role: str  # done_by | court | with | by
    claim: Claim


@dataclass(frozen=True, slots=True, kw_only=True)
class Backlinks:
    """For each id what names it; every tuple in the order of the texts, oldest first."""

    order: tuple[str, ...]  # ids of all texts by date, then id
    mentions: Mapping[str, tuple[Mention, ...]]  # any record → texts that name it
    claims_about: Mapping[str, tuple[Claim, ...]]  # person or group
    claims_at: Mapping[str, tuple[Claim, ...]]  # place
    deeds: Mapping[str, tuple[Deed, ...]]  # organisation → claims in which it acts
    asked_about: Mapping[str, tuple[Asked, ...]]  # person or group
    asked_by: Mapping[str, tuple[Asked, ...]]
    asked_to: Mapping[str, tuple[Asked, ...]]  # organisation
    objects_of: Mapping[str, tuple[Object, ...]]  # whose it is, and who keeps it
    by_topic: Mapping[str, tuple[str, ...]]  # topic → texts
    groups_of: Mapping[str, tuple[str, ...]]  # person → groups
    places_in: Mapping[str, tuple[str, ...]]  # place → places directly within
    people_from: Mapping[str, tuple[str, ...]]  # place → people
    corrections_of: Mapping[str, tuple[Correction, ...]]  # any record


def of(archive: PublicArchive) -> Backlinks:
    """Every way back in the archive."""
    order = tuple(t.id for t in sorted(archive.texts.values(), key=_by_date))
    texts = [archive.texts[i] for i in order]
    claims = [claim for text in texts for claim in text.claims]
    asked = [one for text in texts for one in text.asked]
    things = [thing for text in texts for thing in text.objects]
    return Backlinks(
        order=order,
        mentions=_mentions(texts),
        claims_about=_grouped((c.about, c) for c in claims),
        claims_at=_grouped((p, c) for c in claims for p in dict.fromkeys(_places(c))),
        deeds=_grouped(
            (i, Deed(role, c))
            for c in claims
            for i, role in _actors(c).items()
            if i in archive.organisations
        ),
        asked_about=_grouped((i, a) for a in asked for i in a.about),
        asked_by=_grouped((i, a) for a in asked for i in a.by),
        asked_to=_grouped((i, a) for a in asked for i in a.to if i in archive.organisations),
        objects_of=_grouped((i, o) for o in things for i in dict.fromkeys((o.of, o.kept_by))),
        by_topic=_grouped((topic, text.id) for text in texts for topic in text.topics),
        groups_of=_grouped((g.of, g.id) for g in archive.groups.values()),
        places_in=_grouped((p.within, p.id) for p in archive.places.values()),
        people_from=_grouped((p.place, p.id) for p in archive.people.values()),
        corrections_of=_grouped((c.record, c) for c in archive.corrections),
    )


def _grouped(pairs: Iterable[tuple[K, V]]) -> dict[K, tuple[V, ...]]:
    found: dict[K, list[V]] = defaultdict(list)
    for key, value in pairs:
        if key:
            found[key].append(value)
    return {key: tuple(values) for key, values in found.items()}


def _places(claim: Claim) -> tuple[str, str, str]:
    return claim.where, claim.origin, claim.destination


def _actors(claim: Claim) -> dict[str, str]:
    """Who acts in a claim, each in the first role that fits: done by it before said by it."""
    roles = {
        "done_by": claim.done_by, "court": claim.court, "with": claim.with_whom, "by": claim.by,
    }  # fmt: skip
    return {who: role for role, who in reversed(roles.items())}


def _by_date(text: Text) -> tuple[object, ...]:
    """Dated texts first, by date; among equals by id, so that nothing depends on chance."""
    return (text.date is None, text.date.sort_key() if text.date else (), text.id)


def _mentions(texts: Iterable[Text]) -> dict[str, tuple[Mention, ...]]:
    """One mention a text and record: the first role that fits."""
    found: dict[str, dict[str, Mention]] = defaultdict(dict)
    for text in texts:
        for role, ids in _named_in(text):
            for record in ids:
                if record:
                    found[record].setdefault(text.id, Mention(text.id, role))
    return {record: tuple(by_text.values()) for record, by_text in found.items()}


def _named_in(text: Text) -> Iterable[tuple[str, Iterable[str]]]:
    yield "told", (n.person for n in text.told_by)
    yield "about", (s.id for s in text.about)
    if text.interview:
        yield "interviewed", (*text.interview.by, *text.interview.interpreter)
        yield "named", (text.interview.place,)
    yield "credited", (c.who for c in text.credits if c.is_record)
    if text.original:
        yield "credited", (text.original.outlet if text.original.is_record else "",)
        yield "credited", (s.outlet for s in text.original.chain if s.is_record)
    yield "named", text.mentions
    for claim in text.claims:
        yield "named", (claim.about, claim.other, claim.where, claim.origin, claim.destination)
        yield "named", (claim.done_by, claim.with_whom, claim.court, claim.by, *claim.chain)
    for asked in text.asked:
        yield "named", (*asked.by, *asked.to, *asked.about)
    for thing in text.objects:
        yield "named", (thing.of, thing.kept_by)
    for version in text.versions:
        yield "named", (r.target for r in version.body.references)
