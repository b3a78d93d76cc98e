"""Digests of pages before they are rendered: of all that a page is made of, and nothing else.

Law: two pages with the same fingerprint have the same bytes. The other way round is not
promised: that a page is made again though nothing changed costs time alone.
"""

from __future__ import annotations

import dataclasses
import functools
import hashlib
import marshal
import operator
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

_SIZE = 16  # bytes; 2^64 pages until two of them are likely to share one
_LEAVES = frozenset({str, int, float, bool, type(None)})
_FORM = 2  # of marshal: the last in which how a text is held in memory leaves no trace


class Fingerprints:
    """Fingerprints of frozen dataclasses, such as `Page`s, whose fields may be others.

    `basis` stands for what is not said in them: program, templates, interface texts, settings,
    and Python's version, for what marshal writes is told of one version alone.
    A value is looked at once, however many others hold it, so it must not change.
    """

    def __init__(self, basis: bytes = b"") -> None:
        self._basis = basis
        self._known: dict[int, tuple[object, bytes]] = {}  # with the value, so that it lives

    def of(self, value: object) -> bytes:
        return hashlib.blake2b(self._basis + self._digest(value), digest_size=_SIZE).digest()

    def _digest(self, value: object) -> bytes:
        known = self._known.get(id(value))
        if known is not None:
            return known[1]
        kind: type = type(value)
        said = _said((kind.__qualname__, self._all_plain(_parts(kind)(value))))
        made = hashlib.blake2b(said, digest_size=_SIZE).digest()
        self._known[id(value)] = value, made
        return made

    def _plain(self, value: Any) -> Any:
        """What `_said` tells from every other value, in a moment and in any process alike.

        Bytes stand for what marshal does not know: ten for a date, `_SIZE` for a dataclass. No
        value that comes here is a list, so a list is a set.
        """
        kind = type(value)
        if kind in _LEAVES:
            return value
        if kind is tuple:
            return self._all_plain(value)
        if kind is date:
            return value.isoformat().encode()
        if kind is frozenset:
            return sorted(_said(self._plain(item)) for item in value)
        if isinstance(value, Mapping):  # in their order, which a view may show
            return {self._plain(key): self._plain(item) for key, item in value.items()}
        return self._digest(value)

    def _all_plain(self, values: tuple[Any, ...]) -> tuple[Any, ...]:
        # Most are leaves: a call for each would take half as long again.
        return tuple([v if type(v) in _LEAVES else self._plain(v) for v in values])


def _said(value: Any) -> bytes:
    """The bytes of a plain value: half the time of `repr`, with texts that are not ASCII."""
    return marshal.dumps(value, _FORM)


@functools.cache
def _parts(kind: type) -> Callable[[Any], tuple[Any, ...]]:
    """All fields of a dataclass; `TypeError` for what is none, which must not go unnoticed."""
    names = [field.name for field in dataclasses.fields(kind)]
    if len(names) > 1:
        return operator.attrgetter(*names)
    return lambda value: tuple(getattr(value, name) for name in names)
