"""Where accounts of one person cannot all be told as one: no side is taken, none is left out.

An account is what one speaker says in one text. A refinement is no difference: Xinjiang lies in
China, a younger brother is a brother, May 2017 is in 2017. Silence is none either, and what may
have been another event is not compared. Computed from public records alone.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import partial
from itertools import combinations
from operator import attrgetter
from typing import TYPE_CHECKING

from aigaq.archive import events, kin, spans
from aigaq.words import vocabularies

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from aigaq.archive.events import World
    from aigaq.archive.public import Claim, PublicArchive

# What accounts may differ in, and in which value they then do.
_VALUES: Mapping[str, Callable[[Claim], object]] = {
    "date": attrgetter("when.notation"),
    "place": attrgetter("where"),
    "length": attrgetter("years", "lasted"),
    "reason": attrgetter("reason"),
    "purpose": attrgetter("because"),
    "kinship": attrgetter("about", "other", "relation"),
    "status": attrgetter("status"),
    "contact": attrgetter("contact"),
    "how-known": attrgetter("known_by"),
}
ASPECTS = (*_VALUES,)

# What may come again: compared between texts alone, where each account tells it once.
_AGAIN = frozenset(
    {"detained", "released", "returned", "emigrated", "married", "retired", "passport-taken"}
)
_BRIEF = frozenset({"attacked", "questioned", "searched", "tried"})  # compared by place alone
_HEARD = frozenset({"disappeared", "last-contact", "contact"})
_YEAR, _TWO_MONTHS = 366, 62  # days within which dates that overlap mean one event

_TAKEN_FIRST = frozenset({"", "unknown", "missing", "police-custody"})
_LASTING = frozenset(vocabularies.STATUS_GROUPS["died"])  # who came free may be taken again
# Statuses that may be said of one person at one time.
_TOGETHER = (
    frozenset({"released", "released-watched", "left-country", "cannot-leave"}),
    frozenset({"house-arrest", "cannot-leave", "released-watched"}),
    frozenset({"police-custody", "awaiting-trial"}),
    frozenset({"forced-labour", "camp"}),
    frozenset({"forced-labour", "prison"}),
    frozenset({"died-in-custody", "died-after-release"}),
)
_VAGUE_REASONS = frozenset({"", "none-given", "not-known", "other"})
_OFFICIAL = frozenset(
    {"from-official-spoken", "official-document", "official-message", "court-paper"}
)


@dataclass(frozen=True, slots=True)
class Difference:
    """Claims about one person that differ in one aspect, in the order of text and number.

    `what` is the event. A claim with the number 0 stands for the head of a text, which says who
    is what to whom. `perhaps_one` are two people of whom it is open whether they are one.
    """

    aspect: str
    what: str
    claims: tuple[Claim, ...]
    perhaps_one: tuple[str, ...] = ()

    @property
    def accounts(self) -> int:
        """How many accounts take part; those that agree stand on one of the `sides`."""
        return len({events.account(claim) for claim in self.claims})

    @property
    def sides(self) -> tuple[tuple[Claim, ...], ...]:
        """The claims by what they say, of each account on a side one claim."""
        found: dict[object, dict[object, Claim]] = defaultdict(dict)
        for claim in self.claims:
            found[_VALUES[self.aspect](claim)].setdefault(events.account(claim), claim)
        return tuple(tuple(side.values()) for side in found.values())


def of_archive(archive: PublicArchive) -> Mapping[str, tuple[Difference, ...]]:
    """The differences about every open person of whom there are any, by id."""
    world = events.World(archive)
    about: dict[str, list[Claim]] = defaultdict(list)
    for text in archive.texts.values():
        for claim in text.claims:
            about[claim.about].append(claim)
    ties = kin.differences(archive)
    found = {}
    for person in archive.people.values():
        if person.protect == "open":
            here = [*_of(about[person.id], world), *_of_kin(ties.get(person.id, ()))]
            here.sort(key=lambda one: ASPECTS.index(one.aspect))
            found[person.id] = tuple(here)
    return {person: here for person, here in sorted(found.items()) if here}


def _of_kin(found: Iterable[kin.Apart]) -> Iterator[Difference]:
    for apart in found:
        yield Difference("kinship", "family-member", _ordered(apart.claims), apart.perhaps_one)


def _of(claims: Iterable[Claim], world: World) -> Iterator[Difference]:
    told: dict[str, list[Claim]] = defaultdict(list)
    for claim in _ordered(claims):
        told[claim.what].append(claim)
    every = [claim for group in told.values() for claim in group]
    for what in sorted(told):
        yield from _of_event(what, told[what], every, world)
    yield from _differing("reason", "reason", told["reason"], _reasons(told["reason"]))
    for key in ("status", "contact"):
        differ = partial(_at_odds, key=key, world=world)
        yield from _differing(key, "held", _latest(every, key), differ)
    yield from _of_knowing(every, world)


def _of_event(
    what: str, group: Sequence[Claim], every: Sequence[Claim], world: World
) -> Iterator[Difference]:
    """Date, place and length of one event that each account tells once."""
    sole = _sole(group)
    if what in events.ONCE or (what in _AGAIN and len(sole) == len(group)):
        yield from _differing("date", what, sole, lambda a, b: _dates(a, b, every, world))
    if what in events.ONCE | _AGAIN | _BRIEF:
        yield from _differing("place", what, sole, lambda a, b: _places(a, b, world))
    if what in {"sentenced", "detained", "held", *_HEARD}:
        told = _sole(c for c in group if c.lasted) if what in _HEARD else sole
        yield from _differing("length", what, told, lambda a, b: _lengths(a, b, world))
    if what in events.JOURNEYS:
        meant = [claim for claim in group if claim.because]
        yield from _differing(
            "purpose", what, meant, lambda a, b: _purposes(a, b, group, world)
        )


def _differing(
    aspect: str, what: str, claims: Iterable[Claim], differ: Callable[[Claim, Claim], bool]
) -> Iterator[Difference]:
    """One difference of all claims that differ from at least one other account's."""
    found = {
        claim
        for pair in combinations(claims, 2)
        if events.account(pair[0]) != events.account(pair[1]) and differ(*pair)
        for claim in pair
    }
    if found:
        yield Difference(aspect, what, _ordered(found))


def _ordered(claims: Iterable[Claim]) -> tuple[Claim, ...]:
    return tuple(sorted(claims, key=lambda c: (c.text, c.number, c.about, c.other)))


def _sole(claims: Iterable[Claim]) -> tuple[Claim, ...]:
    """The claims of those accounts that tell only one."""
    found: dict[tuple[str, str, str], list[Claim]] = defaultdict(list)
    for claim in claims:
        found[events.account(claim)].append(claim)
    return tuple(told[0] for told in found.values() if len(told) == 1)


def _dates(one: Claim, other: Claim, every: Sequence[Claim], world: World) -> bool:
    if not spans.apart(one.when, other.when) or not events.is_one(one, other, world):
        return False
    if one.what in events.ONCE:
        return True
    first, last = sorted((one, other), key=lambda c: c.when.sort_key() if c.when else ())
    return (
        not world.apart(one.where, other.where)
        and (first.status == last.status or last.status in _TAKEN_FIRST or not first.status)
        and not _came_free_between(first, last, every)
    )


def _came_free_between(first: Claim, last: Claim, every: Iterable[Claim]) -> bool:
    freed = (c for c in every if c.what in {"released", "returned"} and c.what != first.what)
    return any(
        not spans.is_before(c.when, first.when) and not spans.is_before(last.when, c.when)
        for c in freed
    )


def _places(one: Claim, other: Claim, world: World) -> bool:
    """Places apart, of what can only be one event."""
    if not world.apart(one.where, other.where) or not events.is_one(one, other, world):
        return False
    if one.what in events.ONCE:
        return not spans.apart(one.when, other.when)
    return spans.coincide(
        one.when, other.when, days=_TWO_MONTHS if one.what in _BRIEF else _YEAR
    )


def _lengths(one: Claim, other: Claim, world: World) -> bool:
    if one.what == "sentenced":
        years = [float(c.years) for c in (one, other) if c.years not in {"", "unknown"}]
        return len(years) == 2 and years[0] != years[1]
    return (
        spans.lengths_apart(one.lasted, other.lasted)
        and (one.status, one.contact) == (other.status, other.contact)
        and (one.what not in _HEARD or _with(one) == _with(other))
        and events.is_one(one, other, world)
        and spans.coincide(one.when, other.when, days=_YEAR)
        and not _goes_on(min(one, other, key=_length), world)
    )


def _length(claim: Claim) -> float:
    return spans.length(claim.lasted)[0] if claim.lasted else 0.0


def _goes_on(claim: Claim, world: World) -> bool:
    """Whether a length may count only up to the telling: it may have grown since."""
    told = world.told[claim.text]
    if claim.lasted is None or claim.when is None or claim.when.kind == "interval":
        return False
    if told is None or told.earliest is None or claim.when.latest is None:
        return True
    days = (told.earliest - claim.when.latest).days
    return spans.length(claim.lasted)[1] >= days


def _with(claim: Claim) -> str:
    return claim.with_whom or claim.by


def _purposes(one: Claim, other: Claim, every: Sequence[Claim], world: World) -> bool:
    """Other words for the purpose of one journey; words within the other's only say less.

    Free words are compared in the languages in which both are told or translated.
    """

    def may_be_one(a: Claim, b: Claim) -> bool:
        return events.is_one(a, b, world) and spans.coincide(a.when, b.when, days=_YEAR)

    told, said = world.purpose(one), world.purpose(other)
    pairs = [(told[lang], said[lang]) for lang in told.keys() & said.keys()]
    if not pairs or any(a in b or b in a for a, b in pairs):
        return False
    return all(
        [c for c in every if events.account(c) == events.account(a) and may_be_one(c, b)] == [a]
        for a, b in ((one, other), (other, one))
    )


def _reasons(claims: Sequence[Claim]) -> Callable[[Claim, Claim], bool]:
    """Accounts differ where they share no reason; who denies one differs from who names it."""
    given: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for claim in claims:
        given[events.account(claim)].add(claim.reason)

    def differ(one: Claim, other: Claim) -> bool:
        reasons = {one.reason, other.reason}
        if reasons & _VAGUE_REASONS or spans.apart(one.when, other.when):
            return False
        if "denied-by-family" in reasons:
            return len(reasons) == 2
        return not given[events.account(one)] & given[events.account(other)]

    return differ


def _latest(claims: Iterable[Claim], key: str) -> tuple[Claim, ...]:
    """Of each account the last word on a state; none where its own claims leave that open."""
    found: dict[tuple[str, str, str], list[Claim]] = defaultdict(list)
    for claim in claims:
        if getattr(claim, key):
            found[events.account(claim)].append(claim)
    made = []
    for told in found.values():
        now = [claim for claim in told if _is_current(claim)] or [
            claim
            for claim in told
            if all(c is claim or spans.is_before(c.when, claim.when) for c in told)
        ]
        if len({getattr(claim, key) for claim in now}) == 1:
            made.append(now[-1])
    return tuple(made)


def _is_current(claim: Claim) -> bool:
    """Whether it is said of the time of the telling: undated, or with no end."""
    return claim.when is None or claim.when.latest is None


def _at_odds(one: Claim, other: Claim, *, key: str, world: World) -> bool:
    """Whether two states are said of one time and cannot be true together."""
    if key == "contact":
        differ = one.contact != other.contact and _with(one) == _with(other)
    else:
        differ = _cannot_both_be(one.status, other.status)
    if not differ:
        return False
    if one.text == other.text and all(_is_current(c) or _lasts(c) for c in (one, other)):
        return True
    return spans.meet(*(_surely(c, world) for c in (one, other)))


def _cannot_both_be(one: str, other: str) -> bool:
    vague = {"", "unknown"}
    both = {one, other}
    if len(both) == 1 or both & vague or any(both <= group for group in _TOGETHER):
        return False
    return not ("missing" in both and both <= {*vocabularies.ON_THE_WALL})


def _lasts(claim: Claim) -> bool:
    return claim.status in _LASTING


def _surely(claim: Claim, world: World) -> spans.Stretch | None:
    """The days of which the claim is surely meant, or None."""
    told = world.told[claim.text]
    day = spans.exact(told)
    if claim.when is None:
        return day
    start = spans.start(claim.when)
    if start and day and (_lasts(claim) or claim.when.sense == "since"):
        return (start, day[0]) if start <= day[0] else None
    return spans.exact(claim.when)


def _of_knowing(claims: Sequence[Claim], world: World) -> Iterator[Difference]:
    """How one and the same message came: told once for two accounts, however much it held."""
    told: dict[tuple[str, ...], list[Claim]] = defaultdict(list)
    for claim in claims:
        if claim.known_by not in {"", "not-said"} and claim.what != "other":
            told[claim.what, claim.status, claim.reason, claim.years].append(claim)
    seen: set[frozenset[tuple[str, str, str]]] = set()
    for (what, *_), group in told.items():
        for found in _differing("how-known", what, group, lambda a, b: _ways(a, b, world)):
            voices = frozenset(map(events.account, found.claims))
            if voices not in seen:
                seen.add(voices)
                yield found


def _ways(one: Claim, other: Claim, world: World) -> bool:
    """Whether one person is told to have learned one thing in two ways, in two texts."""
    if one.known_by == other.known_by or one.text == other.text:
        return False
    if not (one.status or one.reason or one.years) or spans.apart(one.when, other.when):
        return False
    if one.by and one.by == other.by:
        return True
    both = {one.known_by, other.known_by} <= _OFFICIAL
    return both and bool(world.passed_by(one) & world.passed_by(other))
