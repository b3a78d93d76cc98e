"""Long lists cut into pages, each with the ways to its neighbours."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Pager:
    """Page `number` of a list, counted from 1; the paths are empty at its ends."""

    number: int
    previous: str = ""
    following: str = ""

    def __bool__(self) -> bool:
        return bool(self.previous or self.following)


def cut(items: Sequence[T], size: int) -> tuple[tuple[T, ...], ...]:
    """`items` in pages of `size`; at least one page, so that an empty list has its place."""
    starts = range(0, max(len(items), 1), size)
    return tuple(tuple(items[start : start + size]) for start in starts)


def cut_steadily(
    items: Sequence[T], size: int, name: Callable[[T], str]
) -> tuple[tuple[T, ...], ...]:
    """`items` in pages of about `size`, so that a new one seldom changes another page.

    Among the items that may be the last of a page, its end is the one whose name has the
    smallest digest. Where that is does not follow from what stands before, as it would if
    items were counted; a few pages on, the ends are the old ones again.
    """
    slack = size // 3
    start, parts = 0, []
    while len(items) - start > size + slack:
        ends = range(start + size - slack, start + size + slack + 1)
        end = min(ends, key=lambda end: hashlib.sha256(name(items[end - 1]).encode()).digest())
        parts.append(tuple(items[start:end]))
        start = end
    return (*parts, tuple(items[start:]))


def ways(number: int, *, is_last: bool, path: Callable[[int], str]) -> Pager:
    """The ways from page `number`; `path` makes the output path of any page of the list."""
    return Pager(
        number,
        previous=path(number - 1) if number > 1 else "",
        following="" if is_last else path(number + 1),
    )
