"""A copy that many carry together: fetched from peers and web servers, piece by piece."""

from __future__ import annotations

import shutil
import tempfile
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from aigaq.mirror import carriage, manifest, sources, torrent_file
from aigaq.mirror.carriage import metainfo, parts, swarm
from aigaq.output import aside, refusal

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from aigaq.mirror.carriage import Limits
    from aigaq.mirror.carriage.metainfo import Metainfo

_SIGNED = 1 << 16  # bytes of RELEASE, and of a signature: more than either may have
_OPENED = 1 << 28  # bytes of a file that is opened, and not brought: the largest manifest
_FLUSH = 60.0  # seconds in which the disk must take what has come
_ANEW = 3  # times that nobody answered until we begin anew: an honest peer may be banned, too
_LINGER = 10  # tenths of a second in which peers hear that we are whole


class Torrent:
    """A `.torrent` by path or address, or a magnet link.

    Only the pieces of what is asked for are fetched, into a folder apart: libtorrent writes
    files before it knows their bytes. Trackers, DHT and other peers' peers are left alone
    unless `reach` says otherwise. Peers and web seeds learn the address of this computer.
    """

    def __init__(
        self,
        place: str,
        *,
        limits: Limits = carriage.LIMITS,
        reach: swarm.Reach = swarm.QUIET,
    ) -> None:
        torrent_file.library()
        self.name = sources.shown(place)
        self._place, self._limits, self._reach = place, limits, reach
        self._ends = time.monotonic() + limits.whole
        self._lock = threading.RLock()
        self._known: Metainfo | None = None
        self._swarm: swarm.Swarm | None = None
        self._opened: set[str] = set()
        self._received = 0  # bytes of sessions that have ended, and of the torrent itself
        self._used: Path | None = None
        self._apart = tempfile.TemporaryDirectory(prefix="aigaq-torrent-")
        self._at = Path(self._apart.name, "files")

    @property
    def received(self) -> int:
        """Bytes since it was made: the torrent, and all that peers and web seeds have sent."""
        return self._received + (self._swarm.sent_to_us if self._swarm else 0)

    def listing(self) -> sources.Listing | None:
        return sources.Listing(frozenset(self._torrent().index))

    def open(self, path: str) -> BinaryIO:
        with self._lock:
            known = self._torrent()
            if path not in known.index:
                raise sources.MissingError(path)
            largest = _SIGNED if path.startswith(manifest.STATEMENT) else _OPENED
            self._fetch((path,), min(self._limits.largest, largest), self._opened.add)
            with refusal.disk_errors(self._at):
                return (self._at / path).open("rb", buffering=0)

    def bring(self, paths: Sequence[str], into: Path) -> None:
        """Also of a run that was broken off, what had come of this torrent is used."""
        with self._lock:
            known = self._torrent()
            wanted = [path for path in paths if path in known.index]
            self._move(into / parts.FOLDER / f"torrent-{known.digest}")
            self._fetch(wanted, self._limits.largest, lambda path: self._copy(path, into))
            self._used = self._at

    def close(self) -> None:
        with self._lock:
            self._leave(linger=True)
            self._apart.cleanup()
            if self._used:  # of what was broken off, the next run makes use
                shutil.rmtree(self._used, ignore_errors=True)
                with suppress(OSError):
                    self._used.parent.rmdir()

    def _torrent(self) -> Metainfo:
        with self._lock:
            if self._known is None:
                self._known = self._asked()
            return self._known

    def _asked(self) -> Metainfo:
        if self._place.lower().startswith("magnet:"):
            at = Path(self._apart.name, "magnet")
            patience = swarm.Patience(self._limits, self._ends)
            return metainfo.of_magnet(self._place, self.name, at, self._reach, patience)
        data = metainfo.of_place(self._place, self.name, self._limits)
        self._received += len(data)
        return metainfo.read(data, self.name)

    def _move(self, at: Path) -> None:
        """What is fetched from now on lies in another folder, with what was fetched before."""
        if at == self._at:
            return
        self._leave(linger=False)
        with refusal.disk_errors(at):
            at.mkdir(parents=True, exist_ok=True)
            for path in self._opened:
                (at / path).parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(self._at / path, at / path)
        self._at = at

    def _leave(self, *, linger: bool) -> None:
        if self._swarm is None:
            return
        left = _LINGER if linger and self._swarm.handle.status().is_seeding else 0
        for _ in range(left):
            self._swarm.wait()
        self._received += self._swarm.sent_to_us
        self._swarm.leave()
        self._swarm = None

    def _joined(self) -> swarm.Swarm:
        if self._swarm is None:
            self._swarm = swarm.Swarm(self._torrent().parameters, self._at, self._reach)
        return self._swarm

    def _fetch(self, wanted: Sequence[str], largest: int, whole: Callable[[str], None]) -> None:
        """Fetches files and tells of each that is whole.

        Raises `NotPossibleNow` where one is too large, or nothing comes any more.
        """
        known = self._torrent()
        for path in wanted:
            if known.sizes[path] > largest:
                raise swarm.failed(self.name, f"{sources.shown(path)} is too large in it")
        session = self._joined()
        waiting = self._empty(known, wanted, whole)
        session.want(waiting, known)
        patience, anew = swarm.Patience(self._limits, self._ends), 2
        while waiting:
            session.watch(self._at)
            done = session.whole(waiting, known)
            if done and not session.flushed(_FLUSH):
                raise swarm.failed(self.name, "the disk does not take what has come")
            for path in done:
                whole(path)
            waiting = [path for path in waiting if path not in done]
            asked = patience.at(session.received, self.name, counts=not session.is_checking)
            if asked and asked % _ANEW == 0 and anew:
                anew -= 1
                self._leave(linger=False)
                session = self._joined()
            if asked:
                session.want(waiting, known)

    def _empty(
        self, known: Metainfo, wanted: Sequence[str], whole: Callable[[str], None]
    ) -> list[str]:
        """Those that have bytes; the others are made here, for no piece has them."""
        for path in wanted:
            if known.sizes[path] == 0:
                place = self._at / path
                with refusal.disk_errors(place):
                    place.parent.mkdir(parents=True, exist_ok=True)
                    place.touch()
                whole(path)
        return [path for path in wanted if known.sizes[path]]

    def _copy(self, path: str, into: Path) -> None:
        """A copy, not a link: libtorrent may write into its own file again."""
        place = into / path
        with refusal.disk_errors(into):
            place.parent.mkdir(parents=True, exist_ok=True)
            with aside.replacing(place, lasting=False) as fresh:
                shutil.copyfile(self._at / path, fresh)
