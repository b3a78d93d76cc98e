"""Who was decided to be one person, who is somebody else, and of whom nobody knows yet.

Nothing here merges by itself: two people are one only where `identities.yaml` says so.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from aigaq.archive import public
from aigaq.words.diagnostics import Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from aigaq.archive.private import Archive
    from aigaq.archive.visibility import Visibility
    from aigaq.archive.visible import Seen
    from aigaq.words.diagnostics import Diagnostic

LOST = Problem(
    "P012",
    "this person was decided to be {first}, and {key}: of this file is shown nowhere",
    "Of two who are one the file of the first counts, with the names and the family of both."
    " Move {key}: to {path}; if the two files differ, decide which says it as the texts do.",
    Severity.WARNING,
)
# Names, family and decisions of both are kept; the rest is the first one's.
_OF_THE_FIRST = (
    "born",
    "ethnicity",
    "from_",
    "photo",
    "role",
    "sex",
    "sort",
    "summary",
    "work",
)


def joined(archive: Archive, visible: Visibility) -> dict[str, str]:
    """People decided to be one: each leads to the one who stays, where all are open.

    Of a pair the first stays; a pair that is one already changes nothing, so a circle of
    decisions ends where it began.
    """
    same: dict[str, str] = {}
    for identity in archive.records.identities:
        pair = identity.record.pair
        open_ = (i in visible.people and archive.people[i].record.protect.is_open for i in pair)
        if identity.record.decided == "same" and all(open_):
            first, second = (_end(same, i) for i in pair)
            if first != second:
                same[second] = first
    return {person: _end(same, person) for person in sorted(same)}


def _end(same: Mapping[str, str], person: str) -> str:
    while person in same:
        person = same[person]
    return person


def lost(seen: Seen) -> Iterator[Diagnostic]:
    """Facts of those who became another, which that other's file does not have."""
    for second, first in seen.same.items():
        here, there = seen.archive.people[second], seen.archive.people[first]
        for field in _OF_THE_FIRST:
            value = getattr(here.record, field)
            if value and value != getattr(there.record, field):
                key = field.removesuffix("_")
                yield LOST.at(here.span_of(key), first=first, key=key, path=there.path)


def decisions(seen: Seen) -> Mapping[str, tuple[public.Identity, ...]]:
    """What was decided about each open person and others, on the side of both.

    Nothing is said of protected people: that somebody might be taken for them tells of them.
    """
    found: dict[str, dict[str, public.Identity]] = defaultdict(dict)
    for identity in seen.archive.records.identities:
        if (decided := identity.record.decided) != "same":
            for one, other in _both_ways(seen, identity.record.pair):
                found[one][other] = public.Identity(
                    other=other,
                    decided="open" if decided == "open" else "different",
                    by=identity.record.by,
                    why=identity.record.why,
                )
    for person in seen.archive.people.values():
        for somebody in person.record.not_same_as:
            for one, other in _both_ways(seen, (person.id, somebody)):
                found[one].setdefault(other, public.Identity(other=other, decided="different"))
    return {
        person: tuple(others[i] for i in sorted(others)) for person, others in found.items()
    }


def _both_ways(seen: Seen, pair: tuple[str, str]) -> Iterable[tuple[str, str]]:
    if not seen.may_relate(*pair):
        return ()
    one, other = map(seen.id, pair)
    return (one, other), (other, one)


def unlike(seen: Seen) -> Mapping[str, tuple[str, ...]]:
    """The organisations that each is not to be taken for, on the side of both."""
    found: dict[str, set[str]] = defaultdict(set)
    for org in seen.archive.organisations.values():
        for somebody in org.record.not_same_as:
            for one, other in _both_ways(seen, (org.id, somebody)):
                found[one].add(other)
    return {org: tuple(sorted(others)) for org, others in found.items()}
