"""Which paragraph of a translation stands for which of its source, and which has changed since.

A translation keeps a stamp for each of its paragraphs: the beginning of the digest that the
paragraph of the source had when it was translated. So a paragraph is found again where others
were put before it, and its change is seen where the words did change.

    3f9c77      the paragraph with the same number, which had this digest
    p4@3f9c77   the fourth paragraph, which had this digest
    p4          the fourth paragraph, with whatever words
    -           none: the translator's own
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from aigaq.words.fragments import Block, Fragment

NONE = "-"
LENGTH = 6  # hex digits that are written: one change in sixteen million is not seen
_SHORTEST = 4
_STAMP = re.compile(r"(p[1-9]\d{0,5})(?:@([0-9a-f]{4,16}))?|([0-9a-f]{4,16})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A paragraph of a translation (`here`) and that of the other body which it stands for.

    `there` is empty where there is none. `changed`: the words there are not those that were
    translated; with no `there`, they are gone.
    """

    here: str
    there: str = ""
    changed: bool = False


@dataclass(frozen=True, slots=True)
class _Stamp:
    number: int
    digest: str


def is_stamp(text: str) -> bool:
    return text == NONE or _STAMP.fullmatch(text) is not None


def align(here: Fragment, there: Fragment, stamps: Sequence[str]) -> tuple[Pair, ...]:
    """A pair for each paragraph here, in order; none where nobody knows what stands for what.

    Without stamps, or with as many as the translation does not have, the paragraphs go by
    their number if there are as many, or would be without the notes of the one and the other.
    """
    own, other = paragraphs(here), paragraphs(there)
    if not own or not other:
        return ()
    if len(stamps) != len(own):
        return _by_number(own, other)
    read = [_read(text, number) for number, text in enumerate(stamps, 1)]
    found = _found(read, other)
    return tuple(
        Pair(here=block.address, there=there, changed=changed)
        for block, (there, changed) in zip(own, found, strict=True)
    )


def through(first: Iterable[Pair], second: Iterable[Pair]) -> tuple[Pair, ...]:
    """The pairs of a translation of a translation with what the latter was made from."""
    known = {pair.here: pair for pair in second}
    if not known:
        return ()
    return tuple(
        replace(pair, there=next_.there, changed=pair.changed or next_.changed)
        if (next_ := known.get(pair.there))
        else pair
        for pair in first
    )


def written(here: Fragment, there: Fragment, stamps: Sequence[str]) -> tuple[str, ...]:
    """Stamps that say that every paragraph is up to date; none where `align` knows none."""
    digests = {block.address: block.digest[:LENGTH] for block in paragraphs(there)}
    return tuple(
        digests[pair.there]
        if pair.there == pair.here
        else f"{pair.there}@{digests[pair.there]}"
        if pair.there
        else NONE
        for pair in align(here, there, stamps)
    )


def paragraphs(body: Fragment) -> tuple[Block, ...]:
    """The blocks that have an address."""
    return tuple(block for block in body.blocks if block.address)


def _by_number(own: Sequence[Block], other: Sequence[Block]) -> tuple[Pair, ...]:
    mine, theirs = list(own), list(other)
    if len(mine) != len(theirs):
        mine, theirs = ([b for b in body if not _is_note(b)] for body in (own, other))
    if len(mine) != len(theirs) or not mine:
        return ()
    across = {a.address: b.address for a, b in zip(mine, theirs, strict=True)}
    return tuple(Pair(here=b.address, there=across.get(b.address, "")) for b in own)


def _is_note(block: Block) -> bool:
    return block.container is not None and block.container.kind == "note"


def _read(text: str, number: int) -> _Stamp | None:
    match = _STAMP.fullmatch(text)
    if not match:
        return None
    address, with_it, alone = match.groups()
    return _Stamp(int(address[1:]) if address else number, with_it or alone or "")


def _found(
    stamps: Sequence[_Stamp | None], other: Sequence[Block]
) -> Iterator[tuple[str, bool]]:
    """For each stamp the address of its paragraph now, and whether that has changed."""
    same = _the_same(stamps, other)
    taken = same | _the_changed(stamps, len(other), same)
    for place, stamp in enumerate(stamps):
        address = other[taken[place] - 1].address if place in taken else ""
        yield address, stamp is not None and place not in same


def _the_same(stamps: Sequence[_Stamp | None], other: Sequence[Block]) -> dict[int, int]:
    """Place of a stamp → number of the paragraph with its digest.

    Of equal paragraphs it is the one nearest to where it stood.
    """
    free: dict[str, list[int]] = {}
    for number, block in enumerate(other, 1):
        for key in (block.digest[:_SHORTEST], f"p{number}"):
            free.setdefault(key, []).append(number)
    found: dict[int, int] = {}
    gone: set[int] = set()
    shift = 0
    for place, stamp in enumerate(stamps):
        if stamp is None:
            continue
        key = stamp.digest[:_SHORTEST] or f"p{stamp.number}"
        fits = [
            number
            for number in free.get(key, ())
            if number not in gone and other[number - 1].digest.startswith(stamp.digest)
        ]
        if fits:
            expected = stamp.number + shift
            found[place] = min(fits, key=lambda number: abs(number - expected))
            shift = found[place] - stamp.number
            gone.add(found[place])
    return found


def _the_changed(
    stamps: Sequence[_Stamp | None], count: int, same: Mapping[int, int]
) -> dict[int, int]:
    """What has other words now stands as far from its neighbours as it did."""
    found: dict[int, int] = {}
    free = set(range(1, count + 1)) - set(same.values())
    for place, stamp in enumerate(stamps):
        if stamp is not None and place not in same:
            likely = (stamp.number + shift for shift in _shifts(stamps, same, place))
            number = next((number for number in likely if number in free), 0)
            if number:
                found[place] = number
                free.remove(number)
    return found


def _shifts(
    stamps: Sequence[_Stamp | None], same: Mapping[int, int], place: int
) -> Iterator[int]:
    """How far the unchanged paragraph before has moved, and the one after."""
    if not same:
        yield 0
    for way in (range(place - 1, -1, -1), range(place + 1, len(stamps))):
        near = next((other for other in way if other in same), None)
        stamp = stamps[near] if near is not None else None
        if near is not None and stamp is not None:
            yield same[near] - stamp.number
