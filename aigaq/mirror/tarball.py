"""A release as one tar file that unpacks anywhere, the same bytes from every maker."""

from __future__ import annotations

import datetime
import hashlib
import os
import tarfile
from typing import TYPE_CHECKING, Any, BinaryIO

from aigaq.mirror import sources
from aigaq.mirror.payload import NOT_WHOLE
from aigaq.output import aside, refusal
from aigaq.words.diagnostics import Span

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from aigaq.mirror.payload import Payload


def write(payload: Payload) -> tuple[Path, str]:
    """Makes `SITE-SEQ.tar` beside the folder; gives its place and its SHA-256.

    Times are the release's day, modes and owners fixed, names in the order of the release and
    written as PAX does. Raises `Refused`.
    """
    place = payload.beside("tar")
    with (
        refusal.disk_errors(place),
        aside.replacing(place, for_all=True) as fresh,
        fresh.open("wb") as out,
    ):
        counted = _Hashed(out)
        _fill(counted, payload)
    return place, counted.made.hexdigest()


class _Hashed:
    """A file that is written once, from its beginning to its end."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out
        self.made = hashlib.sha256()

    def write(self, data: bytes) -> int:
        self.made.update(data)
        return self._out.write(data)


def _fill(out: Any, payload: Payload) -> None:
    day = datetime.datetime.combine(payload.release.date, datetime.time(), datetime.UTC)
    source = sources.Folder(payload.folder)
    top = f"{payload.name}-{payload.release.seq}"
    with tarfile.open(fileobj=out, mode="w|", format=tarfile.PAX_FORMAT) as tar:
        for path, is_folder in _members(payload.paths):
            one = tarfile.TarInfo(f"{top}/{path}".rstrip("/"))
            one.mtime = int(day.timestamp())
            one.type, one.mode = tarfile.REGTYPE, 0o644
            if is_folder:
                one.type, one.mode = tarfile.DIRTYPE, 0o755
                tar.addfile(one)
                continue
            try:
                with source.open(path) as file:
                    one.size = os.fstat(file.fileno()).st_size
                    tar.addfile(one, file)
            except sources.MissingError:
                raise refusal.Refused(NOT_WHOLE.at(Span(path))) from None


def _members(paths: tuple[str, ...]) -> Iterator[tuple[str, bool]]:
    """Every path, and before the first in each folder that folder."""
    made = {""}
    yield "", True
    for path in paths:
        parts = path.split("/")
        for depth in range(1, len(parts)):
            folder = "/".join(parts[:depth])
            if folder not in made:
                made.add(folder)
                yield folder, True
        yield path, False
