"""Records that enclose one another, as a tree in the order of the reader's alphabet."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aigaq.words import alphabet

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from aigaq.pages.context import Context, Link


@dataclass(frozen=True, slots=True)
class Twig:
    """A record and the one above it (empty: none); `note` is a key of a closed list."""

    id: str
    above: str
    note: str = ""
    count: int = 0


@dataclass(frozen=True, slots=True)
class Branch:
    """A record's link with all that is below it; `count` is of the texts that name it."""

    link: Link
    note: str
    count: int
    below: tuple[Branch, ...]


def of(twigs: Iterable[Twig], context: Context) -> tuple[Branch, ...]:
    """The tree. Whatever hangs on nothing stands at the root; a circle loses its last link."""
    known = {twig.id: twig for twig in twigs}
    below: dict[str, list[Twig]] = defaultdict(list)
    for twig in known.values():
        below["" if _is_root(twig, known) else twig.above].append(twig)
    return _grown("", below, context)


def _grown(
    above: str, below: Mapping[str, Iterable[Twig]], context: Context
) -> tuple[Branch, ...]:
    branches = [
        Branch(context.link(twig.id), twig.note, twig.count, _grown(twig.id, below, context))
        for twig in below.get(above, ())
    ]
    return tuple(sorted(branches, key=_by_name))


def _by_name(branch: Branch) -> tuple[object, ...]:
    return alphabet.sort_key(branch.link.phrase.text), branch.link.path


def _is_root(twig: Twig, known: Mapping[str, Twig]) -> bool:
    """Whether it has nothing above it, or is the first by id of a circle."""
    if twig.above not in known:
        return True
    above, seen = twig.above, [twig.id]
    while above in known and above not in seen:
        seen.append(above)
        above = known[above].above
    return above == twig.id and twig.id == min(seen)
