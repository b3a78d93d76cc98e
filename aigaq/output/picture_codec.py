"""Finished pictures as bytes: what a worker sends back, and what the cache keeps.

This is the module that workers import: it loads the decoders and nothing else of the program.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from aigaq.source.pictures import PictureProblem
    from aigaq.source.schema.records import Box


@dataclass(frozen=True, slots=True)
class Job:
    """All that a published picture depends on, but for the program."""

    data: bytes
    redact: tuple[Box, ...]
    widths: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Size:
    """One size of a finished picture, in pixels, and its WebP."""

    width: int
    height: int
    data: bytes


def cleaned(job: Job) -> bytes | PictureProblem:
    """Runs in a worker: all sizes of a picture, for `decoded`."""
    from aigaq.source import pictures  # noqa: PLC0415 - heavy, and only workers need it

    made = pictures.clean(job.data, redact=job.redact, widths=job.widths)
    if isinstance(made, pictures.PictureProblem):
        return made
    head = [[one.width, one.height, len(one.data)] for one in made]
    return json.dumps(head).encode() + b"\n" + b"".join(one.data for one in made)


def decoded(data: bytes) -> tuple[Size, ...]:
    """What `cleaned` wrote; that not a byte is missing, the cache's checksum has told."""
    head, _, rest = data.partition(b"\n")
    sizes, at = [], 0
    for width, height, length in json.loads(head):
        sizes.append(Size(width, height, rest[at : at + length]))
        at += length
    return tuple(sizes)
