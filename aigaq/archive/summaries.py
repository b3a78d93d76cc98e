"""The files of people and groups: what stands there is told in a text; no child is named."""

from __future__ import annotations

import datetime
from collections import defaultdict
from typing import TYPE_CHECKING

from aigaq.archive import backlinks, visibility
from aigaq.words.diagnostics import Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from aigaq.archive.public import Claim, Person, Place, PublicArchive
    from aigaq.archive.visible import Seen
    from aigaq.words.diagnostics import Diagnostic
    from aigaq.words.edtf import EdtfDate

A_CHILD = Problem(
    "P020",
    "a person who is named here may be younger than 18",
    "Children are not named: make a group of it with `minors: true`, and take the name out. If"
    " the person is older, write the year of birth more exactly.",
    Severity.WARNING,
)
NO_CLAIM = Problem(
    "P021",
    'no text tells what is said here under "{key}"',
    "Add a claim to the text that tells it: {claim}. If no text does, take the line out.",
    Severity.WARNING,
)
NO_STATUS = Problem(
    "P023",
    "the role of this person is missing, and none of the claims about them has a status",
    "Add status: to a claim, or a claim such as what: disappeared to the text that tells it."
    " Without it they are not on the wall, and their page does not say what became of them.",
    Severity.WARNING,
)
NEVER_NAMED = Problem(
    "P024",
    "no text that is shown names {who}, and readers get a page that tells nothing",
    "Name the id in the text that tells of them: in a claim, or under about: or mentions:. If"
    " that text is a draft or hidden, write protect: restricted here too; if there is none,"
    " delete this file.",
    Severity.WARNING,
)

_OF_AGE = 18  # years
CLAIMS = {
    "born": "what: born, with the date in when:",
    "from": "what: lived-in, or born, with the place in where:",
    "ethnicity": "what: ethnicity, with the words in value:",
    "work": "what: worked-as, with the words in value:",
}
_WORK = frozenset({"worked-as", "appointed", "retired", "studied"})


def problems(seen: Seen, archive: PublicArchive) -> Iterator[Diagnostic]:
    """Warnings at the lines of the files of people and groups."""
    about: dict[str, list[Claim]] = defaultdict(list)
    for text in archive.texts.values():
        for claim in text.claims:
            about[claim.about].append(claim)
    today = _today(archive)
    for person in archive.people.values():
        if person.protect == "open":
            located, claims = seen.archive.people[person.id], about[person.id]
            births = [person.born, *(c.when for c in claims if c.what == "born")]
            if any(_may_be_a_child(day, today) for day in births):
                yield A_CHILD.at(located.span_of("born"))
            if "missing" in person.role and claims and not any(map(_has_status, claims)):
                yield NO_STATUS.at(located.span_of("role"))
            for key in _untold(person, claims, archive.places):
                yield NO_CLAIM.at(located.span_of(key), key=key, claim=CLAIMS[key])
    yield from _never_named(seen, archive)


def _today(archive: PublicArchive) -> datetime.date:
    """The build date; where none is known, the last day on which a text was told, if any."""
    if archive.built != visibility.NO_DATE:
        return archive.built
    told = [t.interview.date for t in archive.texts.values() if t.interview]
    told += [t.original.published for t in archive.texts.values() if t.original]
    days = [day.latest or day.known_end for day in told if day]
    return max((day for day in days if day), default=datetime.date.max)


def _has_status(claim: Claim) -> bool:
    return bool(claim.status) or claim.what in {"disappeared", "died"}


def _never_named(seen: Seen, archive: PublicArchive) -> Iterator[Diagnostic]:
    """Open people, and groups of nobody, whom neither a text nor a relative's file names."""
    named = {*backlinks.of(archive).mentions}
    for person in archive.people.values():
        named |= {tie.person for tie in person.family}
        named |= {person.id} if person.family else set()
    for person in archive.people.values():
        if person.protect == "open" and person.id not in named:
            yield NEVER_NAMED.at(
                seen.archive.people[person.id].span_of("names"), who="this person"
            )
    for group in archive.groups.values():
        if not group.of and group.id not in named:
            yield NEVER_NAMED.at(
                seen.archive.groups[group.id].span_of("group"), who="these people"
            )


def _may_be_a_child(born: EdtfDate | None, today: datetime.date) -> bool:
    latest = born and (born.latest or born.earliest)
    if not latest:
        return False
    return (today.year - latest.year, (today.month, today.day)) < (
        _OF_AGE,
        (latest.month, latest.day),
    )


def _untold(
    person: Person, claims: Sequence[Claim], places: Mapping[str, Place]
) -> Iterator[str]:
    told = {claim.what for claim in claims}
    if person.born and not any(_tells(claim, person.born) for claim in claims):
        yield "born"
    if person.place and not any(_names(c, person.place, places) for c in claims):
        yield "from"
    if person.ethnicity and "ethnicity" not in told:
        yield "ethnicity"
    if person.work and not told & _WORK:
        yield "work"


def _tells(claim: Claim, born: EdtfDate) -> bool:
    return claim.what == "born" and claim.when is not None and claim.when.may_overlap(born)


def _names(claim: Claim, place: str, places: Mapping[str, Place]) -> bool:
    """Whether it names the place, or one within it."""
    ways = {claim.where, claim.origin, claim.destination} - {""}
    known: set[str] = set()
    while ways - known:
        known |= ways
        ways = {places[here].within for here in ways if here in places} - {""}
    return place in known
