"""The release folder while it is filled: what equals the old site is linked, not written."""

from __future__ import annotations

import ctypes
import hashlib
import os
import stat
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aigaq.output import refusal

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

Trace = tuple[int, int, int, int]  # inode, bytes, time of the last change in ns, mode
Stamp = tuple[int, int, int, int]  # inode, bytes, times in ns: of the words, of anything

_FILE_MODE = 0o644  # readable by any web server, whatever the umask of who builds
_FOLDER_MODE = 0o755
_libc = ctypes.CDLL(None, use_errno=True)


class TornError(RuntimeError):
    """What is on disk is not what was written: the program's fault. Nothing was published."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A file of the new folder, and whether it is another than in the old one."""

    path: str
    trace: Trace
    is_new: bool


def for_all(place: Path, mode: int = _FILE_MODE) -> None:
    """Lets everybody read what we have made, whatever the umask.

    A stick as cameras and telephones know it (exFAT) has no such thing, and refuses.
    """
    with suppress(PermissionError):
        place.chmod(mode)


class Placer:
    """Puts files into the folder `new`, or finds them in `old`, in any process."""

    def __init__(self, new: str, old: str) -> None:
        self._new = new
        self._old = old
        self._made: set[str] = set()

    def placed(self, path: str, data: bytes) -> Placed:
        """`data` at `path`; what equals the file of the old folder is not written."""
        found = self._there(path)
        if found and found.st_size == len(data) and self.old(path) == data:
            return Placed(path, _trace(found), is_new=False)
        return Placed(path, self.write(path, data), is_new=True)

    def kept(self, path: str, known: bytes, stamp: Stamp | None = None) -> Placed | None:
        """The file of the old folder, if its bytes still have this digest.

        They have while it has the `stamp` that it had with them: then it is not read.
        """
        found = self._there(path)
        if found and (_stamp(found) == stamp or digest(self.old(path)) == known):
            return Placed(path, _trace(found), is_new=False)
        return None

    def _there(self, path: str) -> os.stat_result | None:
        """The state of a file of the old folder, if it is one that a build may keep."""
        try:
            status = os.lstat(f"{self._old}/{path}")
        except OSError:
            return None
        return status if status.st_mode == stat.S_IFREG | _FILE_MODE else None

    def old(self, path: str) -> bytes:
        """The bytes of a file of the old folder."""
        return _bytes(f"{self._old}/{path}")

    def link(self, path: str) -> Trace | None:
        """Makes the old file the new one, too; the trace of another where that cannot be."""
        self._make_folder(path.rpartition("/")[0])
        old = f"{self._old}/{path}"
        try:
            os.link(old, f"{self._new}/{path}", follow_symlinks=False)
        except OSError as error:
            if refusal.is_full(error):
                raise
            # A file system without hard links, or a file that has too many.
            return self.write(path, _bytes(old))
        return None

    def write(self, path: str, data: bytes) -> Trace:
        self._make_folder(path.rpartition("/")[0])
        file = f"{self._new}/{path}"
        number = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _FILE_MODE)
        with os.fdopen(number, "wb") as stream:
            os.fchmod(number, _FILE_MODE)  # open obeys the umask
            stream.write(data)
        return _trace(os.lstat(file))

    def _make_folder(self, folder: str) -> None:
        if not folder or folder in self._made:
            return
        self._make_folder(folder.rpartition("/")[0])
        with suppress(FileExistsError):  # another process may have made it
            os.mkdir(f"{self._new}/{folder}")  # noqa: PTH102 - strings, for speed
            os.chmod(f"{self._new}/{folder}", _FOLDER_MODE)  # noqa: PTH101 - mkdir obeys the umask
        self._made.add(folder)


class NewFolder:
    """A folder `path` that becomes the site, beside the site `old` that is there (or not).

    A file that equals the old one is the old one, by a hard link: it costs no room and keeps
    its date. The price: who edits a published file in place edits it in both folders while both
    exist. Nothing is laid out on disk before a first difference, so to find none costs little.
    """

    def __init__(self, path: Path, *, old: Path) -> None:
        self.path = path
        self.old = old
        self.placer = Placer(os.fspath(path), os.fspath(old))
        self._in_old, self._folders_in_old = _walked(os.fspath(old))
        self._here: dict[str, Trace] = {}
        self._waiting: list[str] = []  # kept and not yet linked
        self.written: list[str] = []
        self.kept: list[str] = []

    def place(self, path: str, data: bytes) -> None:
        """Puts one file in; `path` has been checked by a `Register`."""
        with refusal.disk_errors(self.old):
            self.take(self.placer.placed(path, data))

    def take(self, placed: Placed) -> None:
        """Counts a file in that this or another process has put in."""
        self._here[placed.path] = placed.trace
        if placed.is_new:
            self.written.append(placed.path)
        else:
            self.kept.append(placed.path)
            self._waiting.append(placed.path)

    def settle(self) -> None:
        """Ends the filling. Raises `TornError` unless the folder holds what was put in."""
        if not self.differs:
            return
        with refusal.disk_errors(self.old):
            for path in self._waiting:
                self._here[path] = self.placer.link(path) or self._here[path]
            self._waiting = []
            files, _ = _walked(os.fspath(self.path))
        on_disk = {path: _trace(status) for path, status in files.items()}
        if on_disk != self._here:
            other = sorted({path for path, _ in on_disk.items() ^ self._here.items()})
            raise TornError(f"somebody else changed the new folder: {other[:5]}")

    @property
    def traces(self) -> Mapping[str, Trace]:
        """Of all files that were put in, by path."""
        return self._here

    @property
    def removed(self) -> list[str]:
        """The files of the old site that the new one does not have."""
        return [path for path in self._in_old if path not in self._here]

    @property
    def differs(self) -> bool:
        """Whether the new folder is another than the old, in any byte or name."""
        if self.written or self._in_old.keys() - self._here.keys():
            return True
        return self._folders != self._folders_in_old

    @property
    def _folders(self) -> set[str]:
        return {above for path in self._here for above in _above(path)}

    def flush(self) -> None:
        """Makes all files and names last through a power cut."""
        with refusal.disk_errors(self.old):
            if not sync_file_system(self.path):
                for path in (*self._here, *self._folders, "."):
                    flush(self.path / path)


def _walked(root: str) -> tuple[dict[str, os.stat_result], set[str]]:
    """All files below `root` (links as what they are) and all folders; no link is followed."""
    files: dict[str, os.stat_result] = {}
    folders: set[str] = set()
    waiting = [""] if os.path.isdir(root) else []  # noqa: PTH112 - strings, for speed
    while waiting:
        above = waiting.pop()
        with os.scandir(f"{root}/{above}") as entries:
            for entry in entries:
                path = above + entry.name
                if entry.is_dir(follow_symlinks=False):
                    folders.add(path)
                    waiting.append(f"{path}/")
                else:
                    files[path] = entry.stat(follow_symlinks=False)
    return files, folders


def _trace(status: os.stat_result) -> Trace:
    """By what a file is known again without reading it."""
    return status.st_ino, status.st_size, status.st_mtime_ns, status.st_mode


def _stamp(status: os.stat_result) -> Stamp:
    """By what a file is known not to have been touched.

    The last of these no program can set back, as some do with the one before it.
    """
    return status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns


def stamps(root: Path, put_in: Mapping[str, Trace]) -> dict[str, Stamp]:
    """Of all files below `root` that are as they were `put_in`, by path."""
    files, _ = _walked(os.fspath(root))
    return {
        path: _stamp(status)
        for path, status in files.items()
        if put_in.get(path) == _trace(status)
    }


def _above(path: str) -> list[str]:
    parts = path.split("/")
    return ["/".join(parts[:n]) for n in range(1, len(parts))]


def digest(data: bytes) -> bytes:
    """By which the bytes of a file are known again: 20 µs for a page."""
    return hashlib.blake2b(data, digest_size=16).digest()


def _bytes(file: str) -> bytes:
    with open(file, "rb", buffering=0) as stream:  # noqa: PTH123 - strings, for speed
        return stream.read()


def sync_file_system(folder: Path) -> bool:
    """Makes all that was written last through a power cut; `False` where there is no such call.

    One `syncfs(2)`: with 2,000 files 150 ms, where one `fsync` each takes 440 ms.
    """
    call = getattr(_libc, "syncfs", None)
    if call is None:
        return False
    number = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        if call(number) != 0:
            problem = ctypes.get_errno()
            raise OSError(problem, os.strerror(problem), str(folder))
    finally:
        os.close(number)
    return True


def flush(path: Path) -> None:
    """Makes a file, or the names in a folder, last through a power cut."""
    number = os.open(path, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
