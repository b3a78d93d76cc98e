"""Places and organisations that may be one under two ids: what speaks for it, and against.

Whole names are compared: "Example County" and "Example Prefecture" share a word and are two. A
person and an organisation may also be one record too many; a person and a place never are, and
a building has the name of the office in it.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from aigaq.archive import declared, identities, neighbours, references
from aigaq.archive.identities import Candidate, Decision, Found, Reason
from aigaq.words import names, vocabularies

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from aigaq.archive.neighbours import Pair
    from aigaq.archive.private import Archive
    from aigaq.source.schema import records
    from aigaq.source.schema.validate import Located
    from aigaq.words.diagnostics import Span

_NEVER = (frozenset({"person"}), frozenset({"person", "place"}))  # people: see `identities`
_SHOWN = 3  # texts
_FAR = 1.0  # degrees of latitude or longitude


def found(archive: Archive) -> Found:
    """Every pair that was decided or should be, and what was not compared."""
    shown = {
        one.id: one
        for kind in (archive.places, archive.organisations, archive.people)
        for one in kind.values()
        if one.record.protect.is_open
    }
    near, crowds = neighbours.pairs(_traits(archive, shown))
    decided, texts = _decisions(archive), _texts(archive)
    made = []
    for pair in near | decided.keys():
        if set(pair) <= shown.keys() and _comparable(archive, pair, shown):
            reasons = tuple(_reasons(archive, pair, shown, texts))
            if pair in decided or identities.is_candidate(reasons):
                one, other = ((_title(shown[i]), shown[i].span_of("names")) for i in pair)
                made.append(Candidate(pair, (one, other), reasons, decided.get(pair)))
    return Found(identities.ordered(made), crowds)


def _decisions(archive: Archive) -> dict[Pair, Decision]:
    """Of `identities.yaml`, and `not_same_as` of organisations."""
    decided = {
        identities.pair_of(org.id, other): Decision(
            "different", "not_same_as", org.span_of("not_same_as", n)
        )
        for org in archive.organisations.values()
        for n, other in enumerate(org.record.not_same_as)
    }
    return decided | {
        pair: one
        for pair, one in identities.decisions(archive).items()
        if not set(pair) & archive.people.keys()
    }


def _comparable(archive: Archive, pair: Pair, shown: Mapping[str, Located[Any]]) -> bool:
    kinds = frozenset(archive.kinds[one] for one in pair)
    facility = any(
        getattr(shown[one].record, "type", "") in vocabularies.PLACE_FACILITIES for one in pair
    )
    return kinds not in _NEVER and not (facility and len(kinds) > 1)


def _traits(
    archive: Archive, shown: Mapping[str, Located[Any]]
) -> dict[str, neighbours.Traits]:
    """Whole names: one that is shared makes two comparable, a word of it does not.

    Of people only those whose name some place or organisation has.
    """
    wholes = {one.id: frozenset(_wholes(one)) for one in shown.values()}
    offices = {key for one, keys in wholes.items() if one not in archive.people for key in keys}
    return {
        one: neighbours.Traits(tuple(frozenset({key}) for key in sorted(keys & offices)))
        for one, keys in wholes.items()
        if keys & offices
    }


def _wholes(located: Located[Any]) -> Iterator[neighbours.Key]:
    for name in located.record.names:
        if _is_name(name):
            yield "whole", names.skeleton(name.text)


def _is_name(name: records.Name) -> bool:
    return "described" not in name.kind and bool(names.folded(name.text))


def _title(located: Located[Any]) -> str:
    text: str = located.record.names[0].text
    return text


def _texts(archive: Archive) -> Mapping[str, Mapping[str, Span]]:
    """In which texts each record is named, and where."""
    texts: dict[str, dict[str, Span]] = defaultdict(dict)
    for text in archive.texts.values():
        for named in references.of_text(text.written.record):
            span = text.written.located.span_of(*named.steps)
            texts[named.target].setdefault(text.id, span)
    return texts


# --- what speaks for and against ---


def _reasons(
    archive: Archive,
    pair: Pair,
    shown: Mapping[str, Located[Any]],
    texts: Mapping[str, Mapping[str, Span]],
) -> Iterator[Reason]:
    one, other = (shown[i] for i in pair)
    yield from _of_names(one, other)
    if pair[0] in archive.places and pair[1] in archive.places:
        yield from _of_places(archive, one, other)
    elif pair[0] in archive.organisations and pair[1] in archive.organisations:
        yield from _of_organisations(one, other)
    both = sorted(texts.get(pair[0], {}).keys() & texts.get(pair[1], {}).keys())
    if both:
        words = ", ".join(both[:_SHOWN]) + (" …" if len(both) > _SHOWN else "")
        spans = tuple(texts[i][both[0]] for i in pair)
        yield Reason(f"{len(both)} texts name both: {words}", -min(len(both), 2), spans)


def _of_names(one: Located[Any], other: Located[Any]) -> Iterator[Reason]:
    """The best that two whole names have in common."""
    best: Reason | None = None
    for n, name in enumerate(one.record.names):
        for m, second in enumerate(other.record.names):
            weight, how = _likeness(name, second)
            if weight > (best.weight if best else 0):
                spans = one.span_of("names", n, "text"), other.span_of("names", m, "text")
                best = Reason(f'{how}: "{name.text}", "{second.text}"', weight, spans)
    if best:
        yield best


def _likeness(one: records.Name, other: records.Name) -> tuple[int, str]:
    if not (_is_name(one) and _is_name(other)):
        return 0, ""
    words, others = (names.folded(name.text).split() for name in (one, other))
    if words == others:
        return 3, "the same name"
    near = len(words) == len(others) and all(
        a == b or (_is_long(a, b) and names.alike(a, b, with_endings=False))
        for a, b in zip(words, others, strict=True)
    )
    return (identities.STRONG, "the same name in another spelling") if near else (0, "")


def _is_long(*words: str) -> bool:
    """Whether words are long enough to be spellings of one: AP and AFP are not."""
    return all(declared.keys(word) for word in words)


def _of_places(
    archive: Archive, one: Located[records.Place], other: Located[records.Place]
) -> Iterator[Reason]:
    around = one.record.in_, other.record.in_
    spans = one.span_of("in"), other.span_of("in")
    if one.id in _within(archive, other.id) or other.id in _within(archive, one.id):
        yield Reason("one lies in the other", -4, spans)
    elif all(around) and around[0] == around[1]:
        yield Reason(f"both lie in {around[0]}", 1, spans)
    elif all(around) and not set(around) & {
        *_within(archive, around[0]),
        *_within(archive, around[1]),
    }:
        yield Reason(f"they lie in {around[0]} and {around[1]}", -2, spans)
    if one.record.at and other.record.at:
        apart = max(abs(a - b) for a, b in zip(one.record.at, other.record.at, strict=True))
        if apart > _FAR:
            spans = one.span_of("at"), other.span_of("at")
            yield Reason("they lie far apart", -4, spans)


def _within(archive: Archive, place: str) -> tuple[str, ...]:
    """The places around a place, the nearest first."""
    found_: list[str] = []
    while place in archive.places:
        place = archive.places[place].record.in_
        if not place or place in found_:
            break
        found_.append(place)
    return tuple(found_)


def _of_organisations(
    one: Located[records.Organisation], other: Located[records.Organisation]
) -> Iterator[Reason]:
    for first, second in ((one, other), (other, one)):
        if second.id in first.record.predecessor:
            yield Reason("one came after the other", -4, (first.span_of("predecessor"),))
        if second.id in {part.org for part in first.record.part_of}:
            yield Reason("one is a part of the other", -4, (first.span_of("part_of"),))
    if one.record.type and other.record.type and one.record.type != other.record.type:
        spans = one.span_of("type"), other.span_of("type")
        yield Reason("they are of different types", -1, spans)
