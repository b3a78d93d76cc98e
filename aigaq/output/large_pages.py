"""The memory of a process in pages of 2 MB instead of 4 kB, where the system can do that.

A process that begins as a copy of one with a large archive pays twice: each 4 kB that it
touches is copied with a fault of its own (17 to 40 µs), because Python counts references inside
of objects, and what lies about in so many small pages is slow to be found. All copied at once
costs less than the faults. See docs/performance.md.
"""

from __future__ import annotations

import ctypes
import re
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_COLLAPSE = 25  # MADV_COLLAPSE of madvise(2), since Linux 6.1; elsewhere it says no
_SIZE = 2 << 20  # bytes of a large page, on x86-64 and most others
_LEAST = 512 << 20  # bytes of a process from which on it is worth its time
_OWN = re.compile(r"^([0-9a-f]+)-([0-9a-f]+) rw-p \S+ 00:00 0 *(?:\[heap\])?$", re.MULTILINE)


def gather() -> None:
    """Brings what this process holds into large pages, if it is much; else does nothing."""
    try:
        areas = list(_areas(Path("/proc/self/maps").read_text("utf-8")))
    except OSError:  # no Linux
        return
    if sum(size for _, size in areas) < _LEAST:
        return
    advise = ctypes.CDLL(None).madvise
    for start, size in areas:  # a system that will not leaves them as they are
        advise(ctypes.c_void_p(start), ctypes.c_size_t(size), _COLLAPSE)


def _areas(maps: str) -> Iterator[tuple[int, int]]:
    """Start and size of each run of whole large pages that belong to no file."""
    for match in _OWN.finditer(maps):
        start, end = -(-int(match[1], 16) // _SIZE) * _SIZE, int(match[2], 16) // _SIZE * _SIZE
        if start < end:
            yield start, end - start
