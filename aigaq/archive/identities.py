"""Who may be one person under two ids: what speaks for it, and what against; people decide.

Only open people are compared. Nothing here joins anybody: `sameness` does, where it is decided.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from aigaq.archive import neighbours, references
from aigaq.words import names, vocabularies
from aigaq.words.diagnostics import Problem, Span
from aigaq.words.edtf import EdtfDate

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from aigaq.archive.neighbours import Crowd, Pair
    from aigaq.archive.private import Archive, Text
    from aigaq.source.schema import records
    from aigaq.words.diagnostics import Diagnostic

ONLY_PEOPLE = Problem(
    "L016",
    "{id} is {kind}, and only two people are joined by a decision",
    "Move what is right into one of the two files, put its id wherever the other stands, and"
    " delete that file. If they are two, write decided: different.",
)

# Weights: two are a candidate if a name or a tie alone is STRONG, and the sum is above zero.
STRONG = 2


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that speaks for (`weight` above zero) or against; where it is written."""

    words: str
    weight: int
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Decision:
    """What `identities.yaml` says about a pair: `same`, `different` or `open`; by whom."""

    decided: str
    by: str
    span: Span


@dataclass(frozen=True, slots=True)
class Candidate:
    """Two who may be one. `people` are the names and the files of both, as in `pair`."""

    pair: Pair
    people: tuple[tuple[str, Span], tuple[str, Span]]
    reasons: tuple[Reason, ...]
    decision: Decision | None

    @property
    def weight(self) -> int:
        return sum(reason.weight for reason in self.reasons)


@dataclass(frozen=True, slots=True)
class Found:
    """The candidates, what is not decided first; and those who share too common a name."""

    candidates: tuple[Candidate, ...]
    crowds: tuple[Crowd, ...] = ()


@dataclass(frozen=True, slots=True)
class _Told:
    """What is told of one person: to whom they are what, and in which texts they stand."""

    ties: dict[tuple[str, str], Span]  # (person, relation to that person)
    texts: dict[str, Span]
    events: dict[tuple[str, str, EdtfDate], Span]  # what, where, when


def found(archive: Archive) -> Found:
    """Every pair of people that was decided or should be, and who was not compared."""
    decided = {
        pair: one
        for pair, one in decisions(archive).items()
        if set(pair) & archive.people.keys()
    }
    told = _told(archive)
    near, crowds = neighbours.pairs(_traits(archive, told))
    made = []
    for pair in near | decided.keys():
        is_open = all(_is_open(archive, person) for person in pair)
        reasons = _reasons(archive, pair, told, is_decided=pair in decided) if is_open else ()
        if pair in decided or is_candidate(reasons):
            people = _people(archive, pair)
            made.append(Candidate(pair, people, reasons, decided.get(pair)))
    return Found(ordered(made), crowds)


def decisions(archive: Archive) -> dict[Pair, Decision]:
    """What `identities.yaml` decides, of whatever kind the two records are."""
    return {
        pair_of(*one.record.pair): Decision(
            one.record.decided, one.record.by.best(("en",))[1], one.span_of("pair")
        )
        for one in archive.records.identities
    }


def pair_of(one: str, other: str) -> Pair:
    return (one, other) if one < other else (other, one)


def is_candidate(reasons: Iterable[Reason]) -> bool:
    """Whether a name or a tie alone is strong, and no more speaks against than for it."""
    weights = [reason.weight for reason in reasons]
    return any(weight >= STRONG for weight in weights) and sum(weights) > 0


def ordered(candidates: Iterable[Candidate]) -> tuple[Candidate, ...]:
    """What is not decided first, and of that the most likely."""
    return tuple(sorted(candidates, key=lambda c: (c.decision is not None, -c.weight, c.pair)))


def problems(archive: Archive) -> Iterator[Diagnostic]:
    """Decisions to join what is not joined: places and organisations."""
    words = {"place": "a place", "organisation": "an organisation"}
    for one in archive.records.identities:
        for n, record in enumerate(one.record.pair):
            kind = archive.kinds.get(record, "")
            if one.record.decided == "same" and kind in words:
                yield ONLY_PEOPLE.at(one.span_of("pair", n), id=record, kind=words[kind])
                break


# --- what is known ---


def _is_open(archive: Archive, person: str) -> bool:
    return person in archive.people and archive.people[person].record.protect.is_open


def _people(archive: Archive, pair: Pair) -> tuple[tuple[str, Span], tuple[str, Span]]:
    """Names and files; of protected people the file alone."""
    one, other = (
        (
            archive.people[i].record.names[0].text if _is_open(archive, i) else "",
            archive.people[i].span_of("names") if i in archive.people else Span(""),
        )
        for i in pair
    )
    return one, other


def _names(person: records.Person) -> Iterator[tuple[int, str, frozenset[str]]]:
    """`(position, text, words)` of all that is a name; a description is none."""
    for n, name in enumerate(person.names):
        if "described" not in name.kind:
            yield n, name.text, _words(name.text)


@lru_cache(maxsize=65536)
def _words(name: str) -> frozenset[str]:
    return frozenset(names.folded(name).split())


def _told(archive: Archive) -> Mapping[str, _Told]:
    told: dict[str, _Told] = defaultdict(lambda: _Told({}, {}, {}))
    for person in archive.people.values():
        for n, tie in enumerate(person.record.family):
            span = person.span_of("family", n)
            told[tie.person].ties.setdefault((person.id, tie.is_), span)
    for text in archive.texts.values():
        _told_in(text, told)
    return told


def _told_in(text: Text, told: Mapping[str, _Told]) -> None:
    record, located = text.written.record, text.written.located
    for named in references.of_text(record):
        if "person" in named.kinds and named.steps[0] != "consent":
            told[named.target].texts.setdefault(text.id, located.span_of(*named.steps))
    sole = record.told_by[0].person if len(record.told_by) == 1 else ""
    for n, about in enumerate(record.about):
        if about.relation and (about.of or sole):
            key = (about.of or sole, about.relation)
            told[about.person].ties.setdefault(key, located.span_of("about", n))
    for n, claim in enumerate(record.claims):
        span = located.span_of("claims", n)
        if claim.what == "family-member":
            told[claim.other].ties.setdefault((claim.about, claim.relation), span)
        if claim.where and isinstance(claim.when, EdtfDate):
            told[claim.about].events.setdefault((claim.what, claim.where, claim.when), span)


def _traits(archive: Archive, told: Mapping[str, _Told]) -> dict[str, neighbours.Traits]:
    """What open people may share: only those who share something rare are compared."""
    traits = {}
    for person in archive.people.values():
        if not person.record.protect.is_open:
            continue
        words = {word for _, _, words in _names(person.record) for word in words}
        ties = told[person.id].ties if person.id in told else ()
        others: set[neighbours.Key] = {("tie", other, _generation(is_)) for other, is_ in ties}
        if person.record.from_:
            others.add(("from", person.record.from_))
        traits[person.id] = neighbours.Traits(
            tuple(sorted({of_word(word) for word in words}, key=sorted)), frozenset(others)
        )
    return traits


def of_word(word: str) -> frozenset[neighbours.Key]:
    """What two spellings of a word share, in whatever script; sharing one is not enough."""
    return frozenset(("name", key) for key in names.keys(word))


def _generation(relation: str) -> str:
    rows = vocabularies.GENERATIONS.items()
    return next((row for row, relations in rows if relation in relations), relation)


# --- what speaks for and against ---


def _reasons(
    archive: Archive,
    pair: Pair,
    told: Mapping[str, _Told],
    *,
    is_decided: bool,
) -> tuple[Reason, ...]:
    """All reasons where there can be a candidate: most pairs have no strong one."""
    mine, theirs = (told.get(i, _Told({}, {}, {})) for i in pair)
    first = (*_of_names(archive, pair), *_of_ties(mine, theirs))
    if not is_decided and all(reason.weight < STRONG for reason in first):
        return ()
    return (*first, *_of_facts(archive, pair, mine, theirs), *_of_both(pair, mine, theirs))


def _of_facts(archive: Archive, pair: Pair, mine: _Told, theirs: _Told) -> Iterator[Reason]:
    one, other = (archive.people[i] for i in pair)
    spans = (one.span_of("sex"), other.span_of("sex"))
    if one.record.from_ and one.record.from_ == other.record.from_:
        where = (one.span_of("from"), other.span_of("from"))
        yield Reason(f"both are from {one.record.from_}", 1, where)
    for (what, place, when), span in sorted(mine.events.items(), key=lambda e: e[1]):
        for (same, there, then), second in sorted(theirs.events.items(), key=lambda e: e[1]):
            if (what, place) == (same, there) and when.may_overlap(then):
                yield Reason(f"{what} in {place}, perhaps at one time", 1, (span, second))
    if one.record.sex and other.record.sex and one.record.sex != other.record.sex:
        yield Reason("one is a woman, the other a man", -4, spans)
    born = one.record.born, other.record.born
    if born[0] and born[1] and not born[0].may_overlap(born[1]):
        spans = (one.span_of("born"), other.span_of("born"))
        yield Reason("they were born at different times", -4, spans)


def _of_names(archive: Archive, pair: Pair) -> Iterator[Reason]:
    """The best that two names have in common; two full names that share nothing, too."""
    one, other = (archive.people[i] for i in pair)
    best: tuple[int, str, tuple[Span, ...]] = (0, "", ())
    for n, text, words in _names(one.record):
        for m, second, others in _names(other.record):
            weight, how = _likeness(words, others)
            if weight > best[0]:
                spans = (one.span_of("names", n, "text"), other.span_of("names", m, "text"))
                best = (weight, f'{how}: "{text}", "{second}"', spans)
    if best[0]:
        yield Reason(best[1], best[0], best[2])


@lru_cache(maxsize=65536)
def _likeness(one: frozenset[str], other: frozenset[str]) -> tuple[int, str]:
    if not one or not other:
        return 0, ""
    if one == other:
        return 3, "the same name"
    if one <= other or other <= one:
        return STRONG, "one name is part of the other"
    # Of one word alone: `Kunbolat` may be the father of `Kunbolatuly`.
    with_endings = min(len(one), len(other)) > 1
    near = {(a, b) for a in one for b in other if _alike(a, b, with_endings)}
    if not near:
        return 0, ""
    if {a for a, _ in near} == one or {b for _, b in near} == other:
        return STRONG, "the same name in another spelling"
    return 1, "a word of the name is the same"


@lru_cache(maxsize=1 << 17)
def _alike(one: str, other: str, with_endings: bool) -> bool:  # noqa: FBT001 (a cache's key)
    return names.alike(one, other, with_endings=with_endings)


def _of_ties(mine: _Told, theirs: _Told) -> Iterator[Reason]:
    for (person, relation), span in sorted(mine.ties.items()):
        for (same, word), second in sorted(theirs.ties.items()):
            if person == same and _generation(relation) == _generation(word):
                weight = STRONG if relation == word else 1
                words = relation if relation == word else f"{relation}, {word}"
                yield Reason(
                    f"both are told to be close to {person}: {words}", weight, (span, second)
                )


def _of_both(pair: Pair, mine: _Told, theirs: _Told) -> Iterator[Reason]:
    """That a text tells them apart, or tells what one is to the other."""
    kin = [span for (person, _), span in theirs.ties.items() if person == pair[0]]
    kin += [span for (person, _), span in mine.ties.items() if person == pair[1]]
    if kin:
        yield Reason("one is told to be a relative of the other", -6, tuple(sorted(kin)))
    for text in sorted(mine.texts.keys() & theirs.texts.keys()):
        spans = (mine.texts[text], theirs.texts[text])
        yield Reason(f"{text} names both", -2, spans)
