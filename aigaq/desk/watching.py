"""When the sources of a site differ from what was last read, whatever a file system reports.

Law: an event is only a reason to look again. What counts is the look: names, sizes, times and,
where these differ, the bytes. So a file that is saved unchanged, merely read, or reported ten
times for one change does nothing, or one thing. Files that were reported are looked at first,
for to look at twenty thousand takes longer than to show a page.
"""

from __future__ import annotations

import hashlib
import os
import stat
import threading
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

from aigaq.output import targets
from aigaq.source import disk

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from watchdog.observers.api import BaseObserver, ObservedWatch

QUIET = 0.05  # seconds without an event, after which a change counts as complete
LONGEST = 1.0  # seconds after which we look even if events go on
POLL = 2.0  # seconds between two looks where the system reports nothing

# A file that was changed this shortly before it was read may have been changed again within
# the same tick of the file system's clock; git calls such an entry racy.
_TICK = 100_000_000  # nanoseconds
_MERELY_READ = frozenset({"opened", "closed_no_write"})
_NAMED = 100  # paths that are looked at first; of more, all are looked at


@dataclass(frozen=True, slots=True)
class _Seen:
    """A file as it was when we looked. `digest` is empty for what is too large to be read."""

    mode: int
    size: int
    changed: int
    digest: str
    settled: bool

    @property
    def essence(self) -> tuple[int, str | tuple[int, int]]:
        """What differs if and only if the file differs, as well as we can know."""
        return self.mode, self.digest or (self.size, self.changed)

    def is_still(self, state: os.stat_result) -> bool:
        now = (state.st_mode, state.st_size, state.st_mtime_ns)
        return self.settled and now == (self.mode, self.size, self.changed)


class Tree:
    """The files that a site may be made from, as they were at the last look."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._seen: dict[str, _Seen] = {}
        self.look()

    def look(self) -> frozenset[str]:
        """Look again; the paths of what differs from the last time."""
        now = time.time_ns()
        before = self._seen
        self._seen = {path: self._one(path, state, now) for path, state in _files(self._root)}
        gone = before.keys() - self._seen.keys()
        return frozenset(gone | {p for p in self._seen if self._differs(p, before.get(p))})

    def look_at(self, paths: Iterable[str]) -> frozenset[str]:
        """Look again at these alone, as far as they are files that were there before."""
        now = time.time_ns()
        differing = set()
        for path in paths:
            before = self._seen.get(path)
            if before is None:
                continue
            with suppress(OSError):
                state = os.stat(path, follow_symlinks=False)  # noqa: PTH116 - as scandir gave it
                self._seen[path] = self._one(path, state, now)
                if self._differs(path, before):
                    differing.add(path)
        return frozenset(differing)

    def _differs(self, path: str, before: _Seen | None) -> bool:
        return before is None or before.essence != self._seen[path].essence

    def _one(self, path: str, state: os.stat_result, now: int) -> _Seen:
        before = self._seen.get(path)
        if before and before.is_still(state):
            return before
        settled = now - state.st_mtime_ns > _TICK
        digest = _digest(path, state)
        return _Seen(state.st_mode, state.st_size, state.st_mtime_ns, digest, settled)


def _files(root: Path) -> Iterator[tuple[str, os.stat_result]]:
    """Every file and link in the site's folder that may matter; nothing is followed."""
    folders = [str(root / name) for name in _folders(root)]
    yield from _entries(str(root), [])
    while folders:
        yield from _entries(folders.pop(), folders)


def _entries(folder: str, folders: list[str]) -> Iterator[tuple[str, os.stat_result]]:
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.startswith("."):
                continue
            with suppress(OSError):
                if entry.is_dir(follow_symlinks=False):
                    folders.append(entry.path)
                else:
                    yield entry.path, entry.stat(follow_symlinks=False)


def _folders(root: Path) -> dict[str, tuple[int, int]]:
    """The folders that a site may be made from, by name, each with what identifies it."""
    found = {}
    with suppress(OSError), os.scandir(root) as entries:
        for entry in entries:
            is_folder = entry.is_dir(follow_symlinks=False)
            if is_folder and not entry.name.startswith(".") and not _is_release(entry.path):
                state = entry.stat(follow_symlinks=False)
                found[entry.name] = (state.st_dev, state.st_ino)
    return found


def _is_release(folder: str) -> bool:
    return os.path.lexists(os.path.join(folder, targets.MARKER))  # noqa: PTH118 - from scandir


def _digest(path: str, state: os.stat_result) -> str:
    try:
        if stat.S_ISLNK(state.st_mode):
            return os.readlink(path)  # noqa: PTH115 - a path from scandir
        if not stat.S_ISREG(state.st_mode) or state.st_size > disk.MAX_TEXT:
            return ""
        with open(path, "rb") as file:  # noqa: PTH123 - a path from scandir
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


class _Alarm(FileSystemEventHandler):
    """Wakes whoever waits, at any event but those that our own reading makes."""

    def __init__(self, awake: threading.Event) -> None:
        self._awake = awake
        self._named: set[str] = set()

    def on_any_event(self, event: FileSystemEvent) -> None:
        if event.event_type not in _MERELY_READ:
            if len(self._named) < _NAMED:
                self._named |= {os.fsdecode(event.src_path), os.fsdecode(event.dest_path)}
            self._awake.set()

    def named(self) -> set[str]:
        named, self._named = self._named, set()
        return named


class _Ears:
    """What the system reports of a site's folders, as far as it reports anything."""

    def __init__(self, root: Path, awake: threading.Event) -> None:
        self._root = root
        self._alarm = _Alarm(awake)
        self._observer: BaseObserver = Observer()
        self._heard: dict[str, tuple[tuple[int, int], ObservedWatch]] = {}
        self.deaf = False  # from then on, we look from time to time
        try:
            self._observer.schedule(self._alarm, str(root))
            self.prick()
            self._observer.start()
        except OSError:  # no more watches are to be had
            self.deaf = True

    def named(self) -> set[str]:
        """The paths that were reported since the last time."""
        return self._alarm.named()

    def prick(self) -> None:
        """Listen to folders that came, or came again, since the last time."""
        now = _folders(self._root)
        for name, (identity, watch) in tuple(self._heard.items()):
            if now.get(name) != identity:
                del self._heard[name]
                with suppress(KeyError, OSError):
                    self._observer.unschedule(watch)
        for name in now.keys() - self._heard.keys():
            try:
                place = str(self._root / name)
                watch = self._observer.schedule(self._alarm, place, recursive=True)
                self._heard[name] = now[name], watch
            except FileNotFoundError:
                continue  # gone already; the next look finds that out
            except OSError:
                self.deaf = True

    def close(self) -> None:
        if self._observer.is_alive():
            self._observer.stop()
            self._observer.join()


@contextmanager
def watched(
    root: Path, tree: Tree, changed: Callable[[frozenset[str]], None]
) -> Iterator[None]:
    """Inside the block, `changed` is called in a thread of its own whenever `tree` differs.

    It is given the paths that differ. `tree` may be older than the block: what happened in
    between counts. Calls never overlap.
    """
    awake, over = threading.Event(), threading.Event()
    ears = _Ears(root, awake)

    def attend() -> None:
        while not over.is_set():
            for look in (partial(tree.look_at, ears.named()), tree.look):
                if differing := look():
                    changed(differing)
            awake.wait(POLL if ears.deaf else None)
            _settle(awake)
            ears.prick()

    thread = threading.Thread(target=attend, name="aigaq-watch", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        awake.set()
        thread.join()
        ears.close()


def _settle(awake: threading.Event) -> None:
    """Wait until the events of one change are over."""
    deadline = time.monotonic() + LONGEST
    while awake.is_set() and time.monotonic() < deadline:
        awake.clear()
        awake.wait(QUIET)
