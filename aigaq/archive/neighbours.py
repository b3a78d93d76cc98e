"""Which records are worth comparing: those that share something rare, or several common things.

In a large archive hundreds bear each common name, and comparing all of them would take hours
and tell nothing. What is left out for that is counted, so that nobody takes it for compared.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

RARE = 25  # records: one thing that more of them share makes none a neighbour
CROWD = 60  # records: nor do several things together that more of them share
_TOGETHER = 3  # so many things at most

Pair = tuple[str, str]
Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Traits:
    """What one record may share. The several keys of a word are one thing, not several."""

    words: tuple[frozenset[Key], ...]
    others: frozenset[Key] = frozenset()

    @property
    def keys(self) -> frozenset[Key]:
        return self.others.union(*self.words)

    def tells(self, keys: Iterable[Key]) -> bool:
        """Whether keys are as many things: no two of them are of one word."""
        return not any(
            one in word and other in word
            for one, other in combinations(keys, 2)
            for word in self.words
        )


@dataclass(frozen=True, slots=True)
class Crowd:
    """`size` records that share `keys`; for that alone they were not compared. One of them."""

    keys: tuple[Key, ...]
    size: int
    example: str


def pairs(traits: Mapping[str, Traits]) -> tuple[frozenset[Pair], tuple[Crowd, ...]]:
    """The pairs to compare, each in the order of its ids, and what too many share."""
    found: set[Pair] = set()
    crowds: dict[tuple[Key, ...], list[str]] = {(): sorted(traits)}
    left: list[Crowd] = []
    for number in range(1, _TOGETHER + 1):
        most = RARE if number == 1 else CROWD
        sharing = _sharing(traits, crowds)
        crowds = {keys: those for keys, those in sharing.items() if len(those) > most}
        for keys in sharing.keys() - crowds.keys():
            found.update(combinations(sharing[keys], 2))
        left += [Crowd(keys, len(those), those[0]) for keys, those in crowds.items()]
    return frozenset(found), tuple(sorted(left, key=lambda one: (-one.size, one.keys)))


def _sharing(
    traits: Mapping[str, Traits], crowds: Mapping[tuple[Key, ...], list[str]]
) -> dict[tuple[Key, ...], list[str]]:
    """Who of each crowd shares one thing more; the first step is everybody's every thing."""
    common = {key for keys in crowds for key in keys}
    sharing: dict[tuple[Key, ...], list[str]] = defaultdict(list)
    for keys, those in crowds.items():
        for one in those:
            for more in _more(traits[one], keys, common):
                sharing[more].append(one)
    return {keys: those for keys, those in sharing.items() if len(those) > 1}


def _more(traits: Traits, keys: tuple[Key, ...], common: set[Key]) -> Iterator[tuple[Key, ...]]:
    """`keys` and one that comes after them, of another word; what is rare has been compared."""
    last = keys[-1:] or ((),)
    for key in traits.keys:
        if key > last[0] and (key in common or not keys) and traits.tells((*keys, key)):
            yield (*keys, key)
