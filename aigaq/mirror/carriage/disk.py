"""A copy on a disk or a stick, from which files are taken by copying."""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING, BinaryIO

from aigaq.mirror import sources
from aigaq.output import refusal

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_ARRIVING = ".aigaq-arriving"


class Disk(sources.Folder):
    """A folder; links in it are never followed."""

    def bring(self, paths: Sequence[str], into: Path) -> None:
        for path in paths:
            with suppress(sources.MissingError):
                self._copy(path, into)

    def _copy(self, path: str, into: Path) -> None:
        fresh, place = into / _ARRIVING, into / path
        with self.open(path) as file, refusal.disk_errors(into):
            place.parent.mkdir(parents=True, exist_ok=True)
            with fresh.open("wb") as out:
                while data := _read(file, path):
                    out.write(data)
            os.replace(fresh, place)  # noqa: PTH105 - says that the target may exist

    def close(self) -> None:
        """Nothing is open between two calls."""


def _read(file: BinaryIO, path: str) -> bytes:
    try:
        return file.read(1 << 20)
    except OSError as error:
        raise sources.unreachable(path, error) from error
