"""What editors wrote in their own words into the records of a text, to be looked up."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_PLAIN = ("said", "with_", "with_whom", "done_by", "court", "because", "kept_by")
_MANY = ("chain", "to")
_LOCALISED = ("words", "value", "as_told")


def of(told: Iterable[object]) -> set[str]:
    """The words of claims, interventions, objects and those whom a text is about.

    As written and as published alike. Ids among them harm nobody: no phrase is one.
    """
    found = set()
    for one in told:
        found |= {getattr(one, key, "") for key in _PLAIN}
        found |= {step for key in _MANY for step in _each(one, key)}
        found |= {words for key in _LOCALISED for _, words in getattr(one, key, ())}
    return found - {""}


def _each(one: object, key: str) -> tuple[str, ...]:
    """The words under a key that holds several; places (`to:` of a journey) are ids."""
    value = getattr(one, key, ())
    return value if isinstance(value, tuple) else ()
