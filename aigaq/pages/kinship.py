"""Who is what to whom: ties as files and texts tell them, and as seen from the other side.

A tie is kept in the words in which it was told. The other side is derived, and only where
nothing was told: it fills a gap and never stands against an account.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from itertools import chain
from typing import TYPE_CHECKING

from aigaq.archive.public import NOTHING
from aigaq.words import vocabularies

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from aigaq.archive.public import PublicArchive, Text
    from aigaq.words.localised import Localised


@dataclass(frozen=True, slots=True)
class Telling:
    """The kin term as told, and where: `text` is empty for the person's own file.

    `at` is the address of a paragraph, which the versions in the languages `shown_in` have;
    `phrases` are the words in other languages, as translations of the text give them.
    """

    words: Localised = NOTHING
    text: str = ""
    at: str = ""
    shown_in: tuple[str, ...] = ()
    phrases: tuple[tuple[str, Localised], ...] = ()


@dataclass(frozen=True, slots=True)
class Tie:
    """`other` is the `relation` of the one whose tie this is, as each of `told` says.

    `derived` ties were told from the other side.
    """

    other: str
    relation: str
    told: tuple[Telling, ...] = ()
    derived: bool = False


def ties(archive: PublicArchive) -> Mapping[str, tuple[Tie, ...]]:
    """The ties of every person and group, in the order of the relations, then by id."""
    told: dict[str, dict[tuple[str, str], list[Telling]]] = defaultdict(dict)
    back: dict[str, dict[tuple[str, str], list[Telling]]] = defaultdict(dict)
    for one, other, relation, telling in _told(archive):
        told[one].setdefault((other, relation), []).append(telling)
        sex = archive.people[one].sex if one in archive.people else ""
        seen = vocabularies.inverse(relation, sex)
        if seen and one in archive.people:
            without_words = replace(telling, words=NOTHING, phrases=())
            back[other].setdefault((one, seen), []).append(without_words)
    known = sorted({*told, *back} & {*archive.people, *archive.groups})
    return {one: _merged(told[one], back[one]) for one in known}


def _told(archive: PublicArchive) -> Iterator[tuple[str, str, str, Telling]]:
    """`(one, other, relation, telling)`: `other` is the `relation` of `one`."""
    for person in archive.people.values():
        for tie in person.family:
            yield person.id, tie.person, tie.relation, Telling(tie.as_told)
    for text in archive.texts.values():
        for subject in text.about:
            if subject.of and subject.relation:
                own = {words for _, words in subject.as_told}
                phrases = tuple(pair for pair in text.phrases if pair[0] in own)
                telling = _telling(text, _first_named(text, subject.id))
                telling = replace(telling, words=subject.as_told, phrases=phrases)
                yield subject.of, subject.id, subject.relation, telling
        for claim in text.claims:
            if claim.what == "family-member" and claim.other:
                yield claim.about, claim.other, claim.relation, _telling(text, claim.at)


def _first_named(text: Text, record: str) -> str:
    """The first paragraph that links to somebody, else that of the first claim about them."""
    blocks = text.original_version.body.blocks
    linked = (b.address for b in blocks if b.address and f':{record}"' in b.html)
    claimed = (claim.at for claim in text.claims if claim.about == record and claim.at)
    return next(chain(linked, claimed), "")


def _telling(text: Text, at: str) -> Telling:
    shown_in = tuple(
        version.lang
        for version in text.versions
        if any(block.address == at for block in version.body.blocks)
    )
    return Telling(NOTHING, text.id, at, shown_in if at else ())


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
