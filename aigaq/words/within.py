"""Every text within a value, however deep: what labels and the list of the protected ask for.

Whole archives are walked, page after page: a loop without recursion, and what a type holds is
asked once for each type. A tenth of the time of walking by generators and `isinstance`.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Mapping
from operator import attrgetter
from typing import Any, TypeVar

from aigaq.words.edtf import EdtfDate
from aigaq.words.fragments import Fragment
from aigaq.words.localised import Localised
from aigaq.words.stamps import Pair

T = TypeVar("T")
Parts = Callable[[Any], Iterable[Any]]


def _named(body: Fragment) -> tuple[Any, ...]:
    return body.references, *(one.container for one in body.blocks if one.container)


# What holds ids, of that which holds much else; words in several languages never are one.
IDS: Mapping[type, Parts | None] = {Fragment: _named, Pair: None, Localised: None}


class Walk(dict[type, Parts | None]):
    """What to look into, by type; `None` for a type that holds no text.

    `opened` are types that are not simply all of their fields.
    """

    def __init__(self, opened: Mapping[type, Parts | None] | None = None) -> None:
        # A date holds a notation, and days: nothing that names anybody.
        super().__init__({EdtfDate: None, str: None, **(opened or {})})

    def __missing__(self, kind: type) -> Parts | None:
        self[kind] = found = _parts(kind)
        return found

    def texts(self, value: Any) -> set[str]:
        """Every text in `value`, which is made of frozen dataclasses, tuples and mappings."""
        return self.every(str, value)

    def every(self, wanted: type[T], value: Any) -> set[T]:
        """The same of any type of value that can be hashed."""
        found: set[T] = set()
        left = [value]
        while left:
            one = left.pop()
            kind = type(one)
            if kind is wanted:
                found.add(one)
            elif kind is tuple:
                left += one
            elif (parts := self[kind]) is not None:
                left += parts(one)
        return found


def _parts(kind: type) -> Parts | None:
    if issubclass(kind, str):
        return lambda text: (str(text),)
    if issubclass(kind, tuple | frozenset):
        return tuple
    if issubclass(kind, Mapping):
        return lambda mapping: (*mapping, *mapping.values())
    if not dataclasses.is_dataclass(kind):
        return None
    names = [one.name for one in dataclasses.fields(kind)]
    if len(names) < 2:
        return lambda value: [getattr(value, name) for name in names]
    return attrgetter(*names)
