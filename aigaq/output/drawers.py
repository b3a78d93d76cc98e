"""As `output.cache`, for many small entries: they lie one behind the other in 256 files.

To open thirty thousand files that nobody read for a while takes seconds, to read as many bytes
from few of them a tenth of one.

Law: as of `output.cache`. What a drawer says of its entries only tells where to look; the seal
of each decides. So two processes may fill the same drawer: at worst an entry is not there.
"""

from __future__ import annotations

import os
import re
import secrets
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, NamedTuple

from aigaq.output import cache

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping
    from pathlib import Path

_KEY = re.compile(r"[0-9a-f]{64}")
_LABEL = re.compile(rb"([0-9a-f]{64}) ([0-9]{1,12})\n")
_NAME = re.compile(r"[0-9a-f]{2}")  # what the keys in a drawer begin with
_APPEND = os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC


class _Place(NamedTuple):
    """Where an entry lies: its label, its sealed bytes, and their end."""

    label: int
    start: int
    end: int


class Drawers:
    """Entries in the files of one folder, which is nobody else's; keys are of 64 hex digits."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._known: dict[str, dict[str, _Place]] = {}

    def __contains__(self, key: str) -> bool:
        """Whether there seems to be such an entry: its seal is not looked at."""
        return key in self._places(_drawer(key))

    def get(self, key: str) -> bytes | None:
        """What was put under `key`, or `None`; never anything else."""
        name = _drawer(key)
        place = self._places(name).get(key)
        if place is None:
            return None
        try:
            with open(self._folder / name, "rb", buffering=0) as file:  # noqa: PTH123 - quicker
                file.seek(place.start)
                return cache.unsealed(key, file.read(place.end - place.start))
        except OSError:
            return None

    def put(self, entries: Mapping[str, bytes]) -> None:
        """Keeps the data, if the disk will: a cache that cannot be written is not an error."""
        drawers: dict[str, list[str]] = {}
        for key in entries:
            drawers.setdefault(_drawer(key), []).append(key)
        for name, keys in drawers.items():
            sealed = [(key, cache.sealed(key, entries[key])) for key in keys]
            data = b"".join(b"%b %d\n%b" % (k.encode(), len(one), one) for k, one in sealed)
            with suppress(OSError), self._opened(name) as (drawer, before):
                if os.write(drawer, data) < len(data):
                    os.ftruncate(drawer, before)  # the disk is full
                elif name in self._known:
                    self._known[name].update(_told(data, before))

    def prune(self, keep: Container[str]) -> None:
        """Removes all but the entries with these keys: words cut from a text go here too."""
        if self._folder.is_symlink():  # what it leads to is not ours
            return
        with suppress(OSError):
            for path in sorted(self._folder.iterdir()):
                with suppress(OSError):
                    self._prune(path, keep)

    def _prune(self, path: Path, keep: Container[str]) -> None:
        if path.is_symlink() or not path.is_file() or not _NAME.fullmatch(path.name):
            cache.remove(path)  # of an older aigaq, or left by one that was ended
            return
        stay = {key: place for key, place in self._places(path.name).items() if key in keep}
        if path.stat().st_size == sum(place.end - place.label for place in stay.values()):
            return
        del self._known[path.name]
        data = path.read_bytes() if stay else b""
        path.unlink()  # first: what was withdrawn goes, also where the disk is full
        if stay:  # each only if its seal is right: a wrong length may hold other words
            whole = (data[o.label : o.end] for k, o in stay.items() if _is_whole(k, o, data))
            fresh = path.with_name(f".new-{secrets.token_hex(8)}")
            fresh.write_bytes(b"".join(whole))
            fresh.replace(path)

    def _places(self, name: str) -> dict[str, _Place]:
        """The entries of a drawer, as far as it tells of them; of equal keys the last."""
        if name not in self._known:
            try:
                data = (self._folder / name).read_bytes()
            except OSError:
                data = b""
            self._known[name] = dict(_told(data))
        return self._known[name]

    @contextmanager
    def _opened(self, name: str) -> Iterator[tuple[int, int]]:
        """A drawer to be written at its end, and where that is."""
        path = self._folder / name
        if path.is_symlink() or path.is_dir() or self._folder.is_symlink():
            cache.remove(self._folder if self._folder.is_symlink() else path)
        try:
            drawer = os.open(path, _APPEND, 0o666)
        except FileNotFoundError:
            self._folder.mkdir(parents=True, exist_ok=True)
            drawer = os.open(path, _APPEND, 0o666)
        try:
            yield drawer, os.fstat(drawer).st_size
        finally:
            os.close(drawer)


def _told(data: bytes, before: int = 0) -> Iterator[tuple[str, _Place]]:
    """The entries in a piece of a drawer that begins after so many bytes."""
    at = 0
    while label := _LABEL.match(data, at):
        end = label.end() + int(label[2])
        yield label[1].decode(), _Place(before + at, before + label.end(), before + end)
        at = end


def _is_whole(key: str, place: _Place, data: bytes) -> bool:
    return cache.unsealed(key, data[place.start : place.end]) is not None


def _drawer(key: str) -> str:
    if not _KEY.fullmatch(key):
        raise ValueError("a key is a hex digest of 64 digits")
    return key[:2]
