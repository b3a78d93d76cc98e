from __future__ import annotations

import ctypes
import mmap
import re
import sys
from pathlib import Path
from typing import Any

import pytest

from aigaq.output import large_pages

LARGE = 2 << 20
MAPS = """\
559d63a00000-559d63a03000 r--p 00000000 fd:00 131078     /usr/bin/python3
559d64600000-559d66a01000 rw-p 00000000 00:00 0          [heap]
7f2a00100000-7f2a00300000 rw-p 00000000 00:00 0
7f2a10100000-7f2a10900000 rw-p 00000000 00:00 0
7f2a20000000-7f2a20400000 rw-s 00000000 00:01 7          /dev/zero (deleted)
7f2a30000000-7f2a30400000 rw-p 00001000 fd:00 131079     /usr/lib/libc.so.6
7f2a40000000-7f2a40400000 r--p 00000000 00:00 0
7ffd10000000-7ffd10400000 rw-p 00000000 00:00 0          [stack]
"""


@pytest.fixture
def advised(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, int, int]]:
    """What the system was told: address, bytes, advice."""
    told: list[tuple[int, int, int]] = []

    class Library:
        def madvise(self, start: Any, size: Any, advice: int) -> int:
            told.append((start.value, size.value, advice))
            return -1  # it may say no, as those before Linux 6.1 do

    monkeypatch.setattr(ctypes, "CDLL", lambda _: Library())
    return told


def told_of(monkeypatch: pytest.MonkeyPatch, maps: str) -> None:
    monkeypatch.setattr(Path, "read_text", lambda *_: maps)


def test_whole_large_pages_of_what_belongs_to_no_file_are_brought_together(
    advised: list[tuple[int, int, int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    told_of(monkeypatch, MAPS)
    monkeypatch.setattr(large_pages, "_LEAST", 0)

    large_pages.gather()

    assert advised == [
        (0x559D64600000, 18 * LARGE, 25),
        (0x7F2A10200000, 3 * LARGE, 25),
    ]


def test_a_small_process_is_left_as_it_is(
    advised: list[tuple[int, int, int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    told_of(monkeypatch, MAPS)

    large_pages.gather()

    assert advised == []


def test_where_nothing_tells_of_memory_nothing_is_done(
    advised: list[tuple[int, int, int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(*_: object) -> str:
        raise FileNotFoundError

    monkeypatch.setattr(Path, "read_text", missing)
    large_pages.gather()

    assert advised == []


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has such pages")
def test_what_a_process_holds_stays_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether this system can do it or not."""
    held = mmap.mmap(-1, 8 * LARGE, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
    words = bytes(range(256)) * 4096
    for number in range(16):
        held.seek(number * len(words))
        held.write(words)
    monkeypatch.setattr(large_pages, "_LEAST", 0)

    large_pages.gather()

    held.seek(0)
    assert held.read(16 * len(words)) == words * 16


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells of memory so")
def test_the_memory_of_this_process_is_recognised() -> None:
    areas = list(large_pages._areas(Path("/proc/self/maps").read_text("utf-8")))
    held = re.search(r"^RssAnon:\s+(\d+) kB$", Path("/proc/self/status").read_text(), re.M)

    assert held
    assert all(start % LARGE == size % LARGE == 0 for start, size in areas)
    assert sum(size for _, size in areas) > int(held[1]) * 1024 / 4
