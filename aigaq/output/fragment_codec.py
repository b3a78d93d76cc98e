"""A converted text and its problems ↔ JSON bytes: exact, and doubt is a `ValueError`.

Values are written by the shape of their dataclass: fields in order, without names. So a changed
contract must change the key of whatever keeps these bytes, too.
"""

from __future__ import annotations

import dataclasses
import enum
import functools
import json
import types
import typing
from collections.abc import Callable
from typing import Any, Literal

from aigaq.words.diagnostics import Diagnostic
from aigaq.words.fragments import Fragment

Reader = Callable[[Any, int], Any]  # plain JSON, by how much lines move
_Converted = tuple[Fragment, tuple[Diagnostic, ...]]


def encode(fragment: Fragment, diagnostics: tuple[Diagnostic, ...]) -> bytes:
    """The bytes of a converted text; the same value gives the same bytes."""
    plain = _plain((fragment, diagnostics))
    return json.dumps(plain, ensure_ascii=True, separators=(",", ":")).encode("ascii")


def decode(data: bytes, *, moved: int = 0) -> tuple[Fragment, tuple[Diagnostic, ...]]:
    """What was encoded, with all fields named `line` but those that are 0 greater by `moved`.

    (To move lines while reading takes half the time of doing it to frozen values afterwards.)
    Raises `ValueError` for anything that `encode` cannot have written.
    """
    try:
        value: tuple[Fragment, tuple[Diagnostic, ...]]
        value = _reader(_Converted)(json.loads(data), moved)
    except (ValueError, TypeError, RecursionError) as error:
        raise ValueError("not a converted text") from error
    return value


def _plain(value: object) -> object:
    if dataclasses.is_dataclass(value):
        return [_plain(getattr(value, field.name)) for field in dataclasses.fields(value)]
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value


@functools.cache
def _reader(shape: Any) -> Reader:
    """The function that turns plain JSON into a value of `shape`, refusing all else."""
    origin = typing.get_origin(shape)
    if origin is tuple:
        return _tuple_reader(typing.get_args(shape))
    if origin is Literal:
        return _one_of(frozenset(typing.get_args(shape)))
    if origin in (types.UnionType, typing.Union):
        return _optional_reader(typing.get_args(shape))
    if dataclasses.is_dataclass(shape):
        return _dataclass_reader(shape)
    if isinstance(shape, type) and issubclass(shape, enum.Enum):
        return lambda plain, _moved: shape(plain)
    return _exactly(shape)


def _dataclass_reader(shape: Any) -> Reader:
    hints = typing.get_type_hints(shape)
    names = tuple(field.name for field in dataclasses.fields(shape))
    readers = tuple(_line if name == "line" else _reader(hints[name]) for name in names)
    known = tuple(zip(names, readers, strict=True))

    def read(plain: Any, moved: int) -> Any:
        if type(plain) is not list or len(plain) != len(known):
            raise ValueError(shape.__name__)
        fields = zip(known, plain, strict=True)
        return shape(**{name: reader(item, moved) for (name, reader), item in fields})

    return read


def _tuple_reader(shapes: tuple[Any, ...]) -> Reader:
    many = len(shapes) == 2 and shapes[1] is Ellipsis
    readers = tuple(_reader(shape) for shape in shapes if shape is not Ellipsis)

    def read(plain: Any, moved: int) -> Any:
        if type(plain) is not list or not (many or len(plain) == len(readers)):
            raise ValueError("tuple")
        if many:
            return tuple([readers[0](item, moved) for item in plain])
        return tuple([reader(item, moved) for reader, item in zip(readers, plain, strict=True)])

    return read


def _optional_reader(shapes: tuple[Any, ...]) -> Reader:
    (shape,) = (shape for shape in shapes if shape is not types.NoneType)
    reader = _reader(shape)
    return lambda plain, moved: None if plain is None else reader(plain, moved)


def _one_of(words: frozenset[Any]) -> Reader:
    def read(plain: Any, _moved: int) -> Any:
        if plain not in words:
            raise ValueError("word")
        return plain

    return read


def _exactly(shape: type) -> Reader:
    if shape not in (str, int, bool):
        raise NotImplementedError(f"{shape} has no plain form")

    def read(plain: Any, _moved: int) -> Any:
        if type(plain) is not shape:
            raise ValueError(shape.__name__)
        return plain

    return read


def _line(plain: Any, moved: int) -> int:
    if type(plain) is not int:
        raise ValueError("line")
    return plain + moved if plain else 0  # 0 is no line but the whole file
