"""Who is what to whom, where accounts differ in it; a closer word is no other word."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from aigaq.archive.public import Claim
from aigaq.words import vocabularies

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from aigaq.archive.public import PublicArchive, Text

_STEP = frozenset({"adoptive-parent", "step-parent", "guardian"})
_STEP_CHILD = frozenset({"adopted-child", "step-child", "ward"})
_GENERAL: Mapping[str, frozenset[str]] = {
    "spouse": frozenset({"wife", "husband", "fiance"}),
    "parent": frozenset({"mother", "father"}) | _STEP,
    "mother": frozenset({"mother"}) | _STEP,
    "father": frozenset({"father"}) | _STEP,
    "child": frozenset({"daughter", "son"}) | _STEP_CHILD,
    "daughter": frozenset({"daughter"}) | _STEP_CHILD,
    "son": frozenset({"son"}) | _STEP_CHILD,
    "sibling": frozenset(
        {"elder-sister", "younger-sister", "elder-brother", "younger-brother", "step-sibling"}
    ),
    "sister": frozenset({"elder-sister", "younger-sister", "step-sibling"}),
    "brother": frozenset({"elder-brother", "younger-brother", "step-sibling"}),
    "grandparent": frozenset({"grandmother", "grandfather"}),
    "aunt": frozenset({"maternal-aunt", "paternal-aunt"}),
    "uncle": frozenset({"maternal-uncle", "paternal-uncle"}),
    "wife": frozenset({"wife", "fiance"}),
    "husband": frozenset({"husband", "fiance"}),
}
# What somebody may be besides any kinship.
_BESIDES = frozenset(
    {"relative", "neighbour", "friend", "colleague", "teacher", "student", "cell-mate"}
    | {"lawyer", "client", "advocate", "other", ""}
)


@dataclass(frozen=True, slots=True)
class Apart:
    """Claims on one tie that differ; `perhaps_one` are two who may be one person."""

    claims: tuple[Claim, ...]
    perhaps_one: tuple[str, ...] = ()


def differences(archive: PublicArchive) -> Mapping[str, tuple[Apart, ...]]:
    """Of every open person the ties in which accounts differ."""
    may_be = _open(archive)
    told: dict[frozenset[str], list[Claim]] = defaultdict(list)
    for claim in _told(archive):
        told[frozenset(may_be.get(i, i) for i in (claim.about, claim.other))].append(claim)
    found: dict[str, list[Apart]] = defaultdict(list)
    for group in told.values():
        differing = _differing(group, archive)
        if differing:
            people = {i for claim in differing for i in (claim.about, claim.other)}
            doubtful = tuple(sorted(i for i in people if _has_twin(i, people, may_be)))
            for person in people:
                found[person].append(Apart(differing, doubtful))
    return {person: tuple(here) for person, here in found.items()}


def closest(relations: Iterable[str]) -> str:
    """The word that is also said by all the others; empty where they do not go together."""
    words = set(relations)
    exact = words - {w for w in words if words & (_GENERAL.get(w, frozenset()) - {w})}
    return exact.pop() if len(exact) == 1 else ""


def _open(archive: PublicArchive) -> Mapping[str, str]:
    """Of people of whom it is open whether they are one, the one who stands for all."""
    found: dict[str, str] = {}
    for person in archive.people.values():  # in the order of the ids, so the first stands
        for identity in person.identities:
            if identity.decided == "open":
                first = found.setdefault(person.id, person.id)
                found.setdefault(identity.other, first)
    return found


def _has_twin(person: str, people: Iterable[str], may_be: Mapping[str, str]) -> bool:
    same = may_be.get(person, person)
    return any(i != person and may_be.get(i, i) == same for i in people)


def _told(archive: PublicArchive) -> Iterator[Claim]:
    """Ties between open people, as claims; those of a text's head have the number 0."""
    is_open = {i for i, person in archive.people.items() if person.protect == "open"}
    for text in archive.texts.values():
        for claim in (*text.claims, *_of_head(text)):
            if claim.what == "family-member" and {claim.about, claim.other} <= is_open:
                yield claim


def _of_head(text: Text) -> Iterator[Claim]:
    speakers = [narrator.person for narrator in text.told_by]
    authors = [c for c in text.credits if c.role == "author"] if not speakers else []
    by = speakers[0] if len(speakers) == 1 else ""
    words = ""
    if len(authors) == 1:
        by, words = ("", authors[0].who)[:: 1 if not authors[0].is_record else -1]
    for subject in text.about:
        if subject.of and subject.relation:
            yield Claim(
                text=text.id,
                number=0,
                about=subject.of,
                what="family-member",
                by=by,
                by_words=words,
                other=subject.id,
                relation=subject.relation,
            )


def _differing(claims: Iterable[Claim], archive: PublicArchive) -> tuple[Claim, ...]:
    found = (
        claim
        for pair in combinations(claims, 2)
        if _voice(pair[0]) != _voice(pair[1]) and _cannot_both_be(*pair, archive)
        for claim in pair
    )
    return tuple(dict.fromkeys(found))  # no set: the order must not depend on chance


def _voice(claim: Claim) -> tuple[str, str, str]:
    return claim.text, claim.by, claim.by_words


def _cannot_both_be(one: Claim, other: Claim, archive: PublicArchive) -> bool:
    """Whether two words for one tie exclude each other, seen from the side of `one`."""
    relation = other.relation
    if one.about == other.other or one.other == other.about:
        relation = vocabularies.inverse(relation, archive.people[other.about].sex)
    if {one.relation, relation} & _BESIDES:
        return False
    return not _meanings(one.relation) & _meanings(relation)


def _meanings(relation: str) -> frozenset[str]:
    return _GENERAL.get(relation, frozenset({relation}))
