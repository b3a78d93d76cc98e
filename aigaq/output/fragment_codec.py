"""A converted text and its problems ↔ JSON bytes: exact, and doubt is a `ValueError`.

Values are written by the shape of their dataclasses. So a changed contract must change the key
of whatever keeps these bytes, too.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from aigaq.words.diagnostics import Diagnostic
from aigaq.words.fragments import Fragment

if TYPE_CHECKING:
    from pydantic import TypeAdapter

Converted = tuple[Fragment, tuple[Diagnostic, ...]]


def encode(converted: Converted) -> bytes:
    """The bytes of a converted text; the same value gives the same bytes."""
    return _adapter().dump_json(converted)


def decode(data: bytes) -> Converted:
    """What was encoded; `ValueError` for anything that `encode` cannot have written."""
    return _adapter().validate_json(data, strict=True)


@functools.cache
def _adapter() -> TypeAdapter[Converted]:
    from pydantic import TypeAdapter  # noqa: PLC0415 - takes a while, and workers need it not

    return TypeAdapter(Converted)
