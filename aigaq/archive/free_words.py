"""What editors wrote in their own words into the records of a text, to be looked up."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

from aigaq.words.localised import Localised

if TYPE_CHECKING:
    from collections.abc import Iterable

_PLAIN = ("said", "with_", "with_whom", "done_by", "court", "because", "kept_by")
_MANY = ("chain", "to")
_LOCALISED = ("words", "value", "as_told")


def of(told: Iterable[object]) -> set[str]:
    """The words of claims, interventions, objects and those whom a text is about.

    As written and as published alike. Ids among them harm nobody: no phrase is one.
    """
    found = set[str]()
    for one in told:
        kind: type = type(one)
        for key in _keys(kind):
            value: Any = getattr(one, key)
            if isinstance(value, str):
                # Places (`to:` of a journey) are ids.
                found |= {value} if key in _PLAIN else set()
            elif isinstance(value, Localised):
                found |= {words for _, words in value}
            elif value:
                found |= set(value)
    return found - {""}


@functools.cache
def _keys(kind: type) -> tuple[str, ...]:
    """The keys that a type has; asking each record for keys that it lacks is slow."""
    known = getattr(kind, "model_fields", None) or getattr(kind, "__dataclass_fields__", {})
    return tuple(key for key in (*_PLAIN, *_MANY, *_LOCALISED) if key in known)
