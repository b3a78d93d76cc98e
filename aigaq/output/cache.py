"""Bytes kept by key from one build to the next, in `.cache/` beside `site.yaml`.

Law: deleting the cache changes nothing but the time. An entry is there only if every byte of it
is as it was written, under its own key; any doubt means that it is not there. Never pickles.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import secrets
import shutil
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import aigaq

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator

FOLDER = ".cache"
_VERSION = b"aigaq-cache 1 "  # of an entry, and of what is `packed` in one
_HEAD = len(_VERSION) + 64 + 1
_KEY = re.compile(r"[0-9a-f]{32,128}")


class Cache:
    """Entries below one folder, as `ab/cdef…`; keys are lower-case hex digests."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._ready: set[Path] = set()  # folders that are ours: each is looked at once

    def get(self, key: str) -> bytes | None:
        """What was put under `key`, or `None`; never anything else."""
        try:
            with open(self._place(key), "rb", buffering=0) as file:  # noqa: PTH123 - half the time
                entry = file.read()
        except OSError:
            return None
        return unsealed(key, entry)

    def put(self, key: str, data: bytes) -> None:
        """Keeps `data`, if the disk will: a cache that cannot be written is not an error.

        A reader sees the whole entry or none; what a power cut tears, the checksum finds.
        """
        place = self._place(key)
        fresh = place.with_name(f".new-{secrets.token_hex(8)}")
        try:
            if place.parent not in self._ready:
                self._make(place.parent)
            fresh.write_bytes(sealed(key, data))
            _replace(fresh, place)
        except OSError:
            with suppress(OSError):
                fresh.unlink()

    def _make(self, folder: Path) -> None:
        if folder.is_symlink() or folder.is_file():  # the first leads elsewhere
            folder.unlink()
        folder.mkdir(parents=True, exist_ok=True)
        self._ready.add(folder)

    def all_keys(self) -> tuple[str, ...]:
        """Those of all entries, whether they may be believed or not."""
        found = (path.parent.name + path.name for path in self._folder.glob("??/*"))
        return tuple(sorted(filter(_KEY.fullmatch, found)))

    def prune(self, keep: Container[str]) -> None:
        """Removes all but the entries with these keys: words cut from a text go here too."""
        for folder in self._folder.glob("??"):
            if folder.is_symlink():  # what it leads to is not ours
                continue
            with suppress(OSError), os.scandir(folder) as entries:
                lost = [Path(one.path) for one in entries if folder.name + one.name not in keep]
                for path in lost:
                    with suppress(OSError):
                        remove(path)

    def _place(self, key: str) -> Path:
        if not _KEY.fullmatch(key):
            raise ValueError("a cache key is a hex digest")
        return self._folder / key[:2] / key[2:]


def _replace(fresh: Path, place: Path) -> None:
    try:
        fresh.replace(place)
    except IsADirectoryError:  # not ours, and in the way for ever
        remove(place)
        fresh.replace(place)


def remove(path: Path) -> None:
    """Whatever it is; where a link leads nothing is touched."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink()


def folder(site_root: Path) -> Path:
    """The `.cache` of a site, made where that is possible, with a note that keeps git away."""
    place = site_root / FOLDER
    note = place / ".gitignore"
    with suppress(OSError):
        place.mkdir(exist_ok=True)
        if not note.exists():
            note.write_bytes(b"*\n")
    return place


def program(*code: str, uses: Iterable[str]) -> str:
    """The digest of what makes entries: files and folders of our own code, and what it `uses`.

    As a part of the keys it replaces a version that somebody would have to count up by hand.
    """
    root = Path(aigaq.__file__).parent
    digest = hashlib.sha256("\n".join(uses).encode())
    for part in code:
        place = root / part
        for path in sorted(place.rglob("*.py")) if place.is_dir() else [place]:
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def packed(files: Iterable[tuple[object, bytes]]) -> bytes:
    """Several files as one entry, each with what JSON can say of it."""
    told = tuple(files)
    head = json.dumps([(said, len(data)) for said, data in told]).encode()
    return b"\n".join((head, b"".join(data for _, data in told)))


def unpacked(entry: bytes) -> Iterator[tuple[Any, bytes]]:
    """What was `packed`; that not a byte is missing, the checksum has told."""
    head, _, rest = entry.partition(b"\n")
    start = 0
    for said, size in json.loads(head):
        yield said, rest[start : start + size]
        start += size


def sealed(key: str, data: bytes) -> bytes:
    """`data` as it is kept: after a sum of it and its key."""
    return _head(key, data) + data


def unsealed(key: str, entry: bytes) -> bytes | None:
    """What was `sealed` under `key`; `None` if it is not that to the last bit."""
    data = entry[_HEAD:]
    return data if entry[:_HEAD] == _head(key, data) else None


def _head(key: str, data: bytes) -> bytes:
    # The key is part of the sum, so an entry under a wrong name is not believed either.
    digest = hashlib.sha256(os.fsencode(key) + b"\0" + data).hexdigest()
    return _VERSION + digest.encode() + b"\n"
