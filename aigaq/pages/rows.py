"""Two bodies of one text as rows: what stands for each other, side by side in reading order."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from aigaq.pages.bodies import BlockView, Body, Stretch
    from aigaq.words.stamps import Pair

# The own tags of a body that have an id, or lead to one.
_TAG = re.compile(r"<(?:a|li|sup) [^>]*>")
_ID = re.compile(r'((?: id="| href="#)u-)')


@dataclass(frozen=True, slots=True)
class Row:
    """A block and the one of the original that it stands for; None where there is none."""

    here: BlockView | None
    there: BlockView | None


@dataclass(frozen=True, slots=True)
class Passage:
    """Neighbouring rows that stand in one container; `container` is without blocks."""

    container: Stretch
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class _Placed:
    """A block with the stretch in which it stands."""

    block: BlockView
    stretch: Stretch


def of(here: Body, there: Body, pairs: Iterable[Pair]) -> tuple[Passage, ...]:
    """All blocks of both, each once. A container is that of either: what is hard stays so."""
    partner = {pair.here: pair.there for pair in pairs if pair.there}
    own, other = _placed(here), _placed(there)
    return tuple(_passages(_rows(own, other, partner)))


def apart(html: str) -> str:
    """The HTML of the second body on a page, its ids no longer those of the first."""
    return _TAG.sub(lambda tag: _ID.sub(r"\1o-", tag[0]), html)


def _placed(body: Body) -> tuple[_Placed, ...]:
    return tuple(_Placed(block, s) for s in body.stretches for block in s.blocks)


_Both = tuple[_Placed | None, _Placed | None]


def _rows(
    own: Sequence[_Placed], other: Sequence[_Placed], partner: dict[str, str]
) -> Iterator[_Both]:
    """In the order of the translation; what only the original has stands where it has it.

    Headings and rules have no address: within what lies between two pairs they go in order.
    """
    places = {one.block.address: n for n, one in enumerate(other) if one.block.address}
    awaited = {places[address] for address in partner.values() if address in places}
    at = 0
    for one in own:
        place = places.get(partner.get(one.block.address, ""))
        if place is None and not one.block.address:
            place = _next_of_kind(one.block.kind, other, at, awaited)
        if place is None:
            yield one, None
            continue
        yield from _alone(other, range(at, place), awaited)
        yield one, other[place]
        at = max(at, place + 1)
    yield from _alone(other, range(at, len(other)), awaited)


def _next_of_kind(
    kind: str, other: Sequence[_Placed], at: int, awaited: set[int]
) -> int | None:
    for place in range(at, len(other)):
        if place in awaited:
            return None
        if other[place].block.kind == kind:
            return place
    return None


def _alone(
    other: Sequence[_Placed], places: Iterable[int], awaited: set[int]
) -> Iterator[_Both]:
    return ((None, other[place]) for place in places if place not in awaited)


def _passages(rows: Iterable[_Both]) -> Iterator[Passage]:
    held: list[_Both] = []
    for row in rows:
        if held and not _continues(held, row):
            yield _passage(held)
            held = []
        held.append(row)
    if held:
        yield _passage(held)


def _passage(rows: Sequence[_Both]) -> Passage:
    blocks = (Row(*(one.block if one else None for one in row)) for row in rows)
    return Passage(replace(_container(rows[0]), blocks=()), tuple(blocks))


def _container(row: _Both) -> Stretch:
    """That of a hard passage before any other, of the translation before the original's."""
    found = [one.stretch for one in row if one]
    return next((s for s in found if s.kind == "hard"), max(found, key=lambda s: bool(s.kind)))


def _continues(held: Sequence[_Both], row: _Both) -> bool:
    """Whether a row stands in the container of those before it, as far as either side knows."""
    before, now = _container(held[-1]), _container(row)
    if (before.kind, before.content_note) != (now.kind, now.content_note):
        return False
    return not now.kind or all(_same(side, held, row) for side in (0, 1))


def _same(side: int, held: Sequence[_Both], row: _Both) -> bool:
    last, now = next((r[side] for r in reversed(held) if r[side]), None), row[side]
    return last is None or now is None or last.stretch is now.stretch
