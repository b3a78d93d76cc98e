"""Digests of many files at once: hashing lets other threads of Python work meanwhile."""

from __future__ import annotations

import hashlib
import os
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from aigaq.mirror import sources

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

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
    with ThreadPoolExecutor(threads or os.cpu_count()) as pool:
        for batch in pool.map(lambda some: [(p, _digest(source, p)) for p in some], batches):
            yield from batch


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
