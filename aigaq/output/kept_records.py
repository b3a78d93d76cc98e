"""Records as they were read, from one build to the next: the JSON of one is ten times as quick.

Law: what comes out is equal to what reading the file again would give. Only a file in which
nothing is wrong and which holds one record is kept, by the digest of its words, for one
site.yaml and one program; nothing is kept of its body but where that begins.
"""

from __future__ import annotations

import datetime
import hashlib
import importlib.metadata
import json
import sys
import zlib
from contextlib import suppress
from dataclasses import fields, is_dataclass
from functools import cache as remembered
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import pydantic_core

from aigaq.output import cache
from aigaq.source.records import Written
from aigaq.source.schema.dates import Protect
from aigaq.source.schema.measures import Count, Lasted, Paragraph
from aigaq.source.schema.reading import Model
from aigaq.source.schema.validate import Located
from aigaq.words import edtf
from aigaq.words.counted_dates import RelativeDate
from aigaq.words.edtf import EdtfDate
from aigaq.words.localised import Localised

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from aigaq.source.document import Source

_LIBRARIES = ("pydantic", "pydantic_core", "pyyaml")
_PLAIN = frozenset({str, int, float, bool, type(None)})
_DRAWERS = 16  # so that after an edit a sixteenth of what is kept is written again
_TUPLE, _DATE, _DAY, _WORDS = range(4)
_set = object.__setattr__


class KeptRecords:
    """What the site that is settled by `site` had in its files, and has now."""

    def __init__(self, cache_dir: Path, site: Source) -> None:
        made_of = f"{_program()} {site.digest}"
        self._keys = tuple(
            hashlib.sha256(f"{made_of} {number}".encode()).hexdigest()
            for number in range(_DRAWERS)
        )
        self._store = cache.Cache(cache_dir / "records")
        entries = (self._store.get(key) or b"[]\n" for key in self._keys)
        self._known = {
            tuple(told): data for one in entries for told, data in cache.unpacked(one)
        }
        self._now: dict[tuple[str, str], bytes] = {}

    def get(self, source: Source) -> tuple[str, object] | None:
        """The field of `Records` that a file belongs to, and the record in it, if known."""
        told = source.path, source.digest
        data = self._known.get(told)
        if data is None:
            return None
        self._now[told] = data
        name, record_id, outline, body, record = json.loads(data)
        located = Located(_decoded(record), source.path, record_id, outline)
        if body is None:
            return name, located
        lang, length, line = body
        start = len(source.text) - length
        return name, Written(located, lang, source.text[start:], line)

    def put(self, source: Source, name: str, value: object) -> None:
        """Notes what was read of a file in which nothing is wrong."""
        located = value.located if isinstance(value, Written) else value
        if not isinstance(located, Located):
            return
        body = None
        if isinstance(value, Written):
            if not source.text.endswith(value.body):
                return
            body = value.lang, len(value.body), value.body_line
        try:
            record = _encoded(located.record)
        except KeyError:  # of a shape that is not told here
            return
        told = name, located.id, located.outline, body, record
        with suppress(ValueError):  # what is no text: half of a surrogate pair
            self._now[source.path, source.digest] = pydantic_core.to_json(told)

    def keep(self) -> None:
        """Remembers the files of this build, and no others."""
        before, now = self._drawers(self._known), self._drawers(self._now)
        changed = {key for key in self._keys if before[key] != now[key]}
        # First: what was withdrawn goes, also where the disk is full.
        self._store.prune({*self._keys} - changed)
        for key in sorted(changed):
            if now[key]:
                files = ((told, self._now[told]) for told in sorted(now[key]))
                self._store.put(key, cache.packed(files))

    def _drawers(self, files: Iterable[tuple[str, str]]) -> Mapping[str, set[tuple[str, str]]]:
        """Which of the files are kept under each key."""
        drawers: dict[str, set[tuple[str, str]]] = {key: set() for key in self._keys}
        for path, digest in files:
            number = zlib.crc32(path.encode("utf-8", "surrogatepass")) % _DRAWERS
            drawers[self._keys[number]].add((path, digest))
        return drawers


# --- values ↔ JSON: what is no plain value is a list, first the number of its shape ---


def _shapes(above: type[Model]) -> list[type[Any]]:
    below = [kind for one in above.__subclasses__() for kind in _shapes(one)]
    return [above, *below]


_SHAPES: tuple[type[Any], ...] = tuple(
    sorted(
        {*_shapes(Model), Protect, Count, Lasted, Paragraph, RelativeDate},
        key=lambda kind: f"{kind.__module__} {kind.__qualname__}",
    )
)
_NUMBERS = {kind: number for number, kind in enumerate(_SHAPES, _WORDS + 1)}


def _encoded(value: Any) -> Any:
    kind = type(value)
    if kind in _PLAIN:
        return value
    if kind is tuple:
        return [_TUPLE, *map(_encoded, value)]
    if kind is EdtfDate:
        return [_DATE, value.notation]
    if kind is datetime.date:
        return [_DAY, value.toordinal()]
    if kind is Localised:
        return [_WORDS, *(word for pair in value.pairs for word in pair)]
    number, names = _NUMBERS[kind], _defaults(value.__class__)
    told = {n: one for n, usual in names.items() if (one := getattr(value, n)) != usual}
    own = [number, {name: _encoded(one) for name, one in told.items()}]
    return [*own, sorted(value.model_fields_set)] if isinstance(value, Model) else own


def _decoded(value: Any) -> Any:
    return _MAKERS[value[0]](value) if type(value) is list else value


def _tuple(value: list[Any]) -> tuple[Any, ...]:
    return tuple([_MAKERS[one[0]](one) if type(one) is list else one for one in value[1:]])


def _words(value: list[str]) -> Localised:
    return Localised(tuple(zip(value[1::2], value[2::2], strict=True)))


@lru_cache(maxsize=4096)  # dates are values, and the same ones stand in many records
def _date(notation: str) -> Any:
    return edtf.parse(notation)


def _maker(kind: Any) -> Callable[[list[Any]], Any]:
    def told(value: list[Any]) -> Any:
        return kind(**{name: _decoded(one) for name, one in value[1].items()})

    def made(value: list[Any]) -> Any:
        """As `model_construct`, in a third of its time."""
        _, filled, given = value
        one = kind.__new__(kind)
        values = {
            name: _MAKERS[part[0]](part) if type(part) is list else part
            for name, part in filled.items()
        }
        _set(one, "__dict__", _defaults(kind) | values)
        _set(one, "__pydantic_fields_set__", set(given))
        _set(one, "__pydantic_extra__", None)
        _set(one, "__pydantic_private__", None)
        return one

    return told if is_dataclass(kind) else made


@remembered
def _defaults(kind: Any) -> dict[str, Any]:
    """The fields of a shape, in their order, and what they are where nothing is told."""
    if is_dataclass(kind):
        return {one.name: one.default for one in fields(kind)}
    return {name: one.default for name, one in kind.model_fields.items()}


_MAKERS: list[Callable[[list[Any]], Any]] = [
    _tuple,
    lambda value: _date(value[1]),
    lambda value: datetime.date.fromordinal(value[1]),
    _words,
    *map(_maker, _SHAPES),
]


@remembered
def _program() -> str:
    versions = (f"{name} {importlib.metadata.version(name)}" for name in _LIBRARIES)
    return cache.program(
        *("words", "source", "output/kept_records.py"), uses=(sys.version, *versions)
    )
