"""Digests of many files at once: hashing lets other threads of Python work meanwhile."""

from __future__ import annotations

import hashlib
import os
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, cast

from aigaq.mirror import sources

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from aigaq.mirror.carriage import Carrier
    from aigaq.mirror.sources import Source

_PIECE = 256 * 1024  # bytes
_BATCH = 200  # files: to hand over each by itself costs more than to hash a small one


def digests(
    source: Source, paths: Sequence[str], *, threads: int | None = None
) -> Iterator[tuple[str, str]]:
    """The digest of each path, in their order; an empty text where the file is not there.

    Raises `NotPossibleNow` where the source does not answer.
    """
    batches = [paths[n : n + _BATCH] for n in range(0, len(paths), _BATCH)]
    pool = ThreadPoolExecutor(threads or getattr(source, "threads", None) or os.cpu_count())
    try:
        for batch in pool.map(lambda some: _of_batch(source, some), batches):
            yield from batch
    finally:
        pool.shutdown(cancel_futures=True)  # a source that has failed is not asked for the rest


def _of_batch(source: Source, paths: Sequence[str]) -> list[tuple[str, str]]:
    """A place that is slow to open single files is asked for all of them at once."""
    if not getattr(source, "together", False):
        return [(path, _digest(source, path)) for path in paths]
    with tempfile.TemporaryDirectory(prefix="aigaq-") as place:
        cast("Carrier", source).bring(paths, Path(place))
        folder = sources.Folder(Path(place))
        return [(path, _digest(folder, path)) for path in paths]


def _digest(source: Source, path: str) -> str:
    made = hashlib.sha256()
    try:
        with source.open(path) as file:
            while piece := file.read(_PIECE):
                made.update(piece)
    except sources.MissingError:
        return ""
    except OSError as error:
        raise sources.unreachable(path, error) from error
    return made.hexdigest()
