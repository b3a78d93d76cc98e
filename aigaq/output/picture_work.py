"""What a worker does with a picture; it loads the decoders and nothing else of the program."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from aigaq.source.pictures import Cleaned, PictureProblem
    from aigaq.source.schema.records import Box


@dataclass(frozen=True, slots=True)
class Job:
    """All that a published picture depends on, but for the program."""

    data: bytes
    redact: tuple[Box, ...]
    widths: tuple[int, ...]


def cleaned(job: Job) -> tuple[Cleaned, ...] | PictureProblem:
    """The picture in all its sizes, or why there is none."""
    from aigaq.source import pictures  # noqa: PLC0415 - heavy, and only workers need it

    return pictures.clean(job.data, redact=job.redact, widths=job.widths)
