"""A copy on a disk or a stick, from which files are taken by copying."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, BinaryIO

from aigaq.mirror import carriage, sources
from aigaq.output import aside, refusal
from aigaq.words.diagnostics import Span

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


class Disk(sources.Folder):
    """A folder; links in it are never followed."""

    def bring(self, paths: Sequence[str], into: Path) -> None:
        for path in paths:
            with suppress(sources.MissingError):
                self._copy(path, into)

    def _copy(self, path: str, into: Path) -> None:
        place = into / path
        with self.open(path) as file, refusal.disk_errors(into):
            place.parent.mkdir(parents=True, exist_ok=True)
            with aside.replacing(place, lasting=False) as fresh, fresh.open("wb") as out:
                while data := _read(file, path):
                    out.write(data)
                    if out.tell() > carriage.LIMITS.largest:  # a few bytes can look like this
                        raise _too_large(path)

    def close(self) -> None:
        """Nothing is open between two calls."""


def _too_large(path: str) -> refusal.NotPossibleNow:
    reason = "it is larger than any file may be"
    return refusal.NotPossibleNow(
        sources.UNREACHABLE.at(Span(sources.shown(path)), reason=reason)
    )


def _read(file: BinaryIO, path: str) -> bytes:
    try:
        return file.read(1 << 20)
    except OSError as error:
        raise sources.unreachable(path, error) from error
