"""Who is what to whom: ties as files and texts tell them, and as seen from the other side.

A tie is kept in the words in which it was told. The other side is derived, and only where
nothing was told: it fills a gap and never stands against an account.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aigaq.archive.public import NOTHING
from aigaq.words import vocabularies
from aigaq.words.localised import Localised

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from aigaq.archive.public import PublicArchive


Telling = tuple[Localised, str]


@dataclass(frozen=True, slots=True)
class Tie:
    """`other` is the `relation` of the one whose tie this is.

    `told` holds `(words, text)` of each telling: the kin term as told, and the id of the text
    (empty: the person's own file). `derived` ties were told from the other side.
    """

    other: str
    relation: str
    told: tuple[Telling, ...] = ()
    derived: bool = False


def ties(archive: PublicArchive) -> Mapping[str, tuple[Tie, ...]]:
    """The ties of every person, in the order of the relations, then by id."""
    told: dict[str, dict[tuple[str, str], list[Telling]]] = defaultdict(dict)
    back: dict[str, dict[tuple[str, str], list[Telling]]] = defaultdict(dict)
    for one, other, relation, words, text in _told(archive):
        told[one].setdefault((other, relation), []).append((words, text))
        sex = archive.people[one].sex if one in archive.people else ""
        seen = vocabularies.inverse(relation, sex)
        if seen and one in archive.people:
            back[other].setdefault((one, seen), []).append((NOTHING, text))
    people = sorted({*told, *back} & {*archive.people})
    return {one: _merged(told[one], back[one]) for one in people}


def _told(archive: PublicArchive) -> Iterator[tuple[str, str, str, Localised, str]]:
    """`(one, other, relation, words, text)`: `other` is the `relation` of `one`."""
    for person in archive.people.values():
        for tie in person.family:
            yield person.id, tie.person, tie.relation, tie.as_told, tie.text
    for text in archive.texts.values():
        for subject in text.about:
            if subject.of and subject.relation:
                yield subject.of, subject.id, subject.relation, subject.as_told, text.id
        for claim in text.claims:
            if claim.what == "family-member" and claim.other:
                yield claim.about, claim.other, claim.relation, NOTHING, text.id


def _merged(
    told: Mapping[tuple[str, str], list[Telling]],
    back: Mapping[tuple[str, str], list[Telling]],
) -> tuple[Tie, ...]:
    known = {other for other, _ in told}
    found = [Tie(*key, tuple(dict.fromkeys(words))) for key, words in told.items()]
    found += [
        Tie(*key, tuple(dict.fromkeys(words)), derived=True)
        for key, words in back.items()
        if key[0] not in known
    ]
    return tuple(sorted(found, key=lambda t: (_rank(t.relation), t.other)))


def _rank(relation: str) -> int:
    known = vocabularies.RELATIONS
    return known.index(relation) if relation in known else len(known)
