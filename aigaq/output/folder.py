"""The release folder while it is filled: what equals the old site is linked, not written."""

from __future__ import annotations

import ctypes
import os
import stat
from typing import TYPE_CHECKING

from aigaq.output import refusal

if TYPE_CHECKING:
    from pathlib import Path

_FILE_MODE = 0o644  # readable by any web server, whatever the umask of who builds
_FOLDER_MODE = 0o755
_libc = ctypes.CDLL(None, use_errno=True)


class TornError(RuntimeError):
    """What is on disk is not what was written: the program's fault. Nothing was published."""


class NewFolder:
    """A folder `path` that becomes the site, beside the site `old` that is there (or not).

    A file that equals the old one is the old one, by a hard link: it costs no room and keeps
    its date. The price: who edits a published file in place edits it in both folders while both
    exist. Nothing is laid out on disk before a first difference, so to find none costs little.
    """

    def __init__(self, path: Path, *, old: Path) -> None:
        self.path = path
        self.old = old
        self._in_old, self._folders_in_old = _walked(os.fspath(old))
        self._here: dict[str, tuple[int, ...]] = {}
        self._made: set[str] = set()
        self._waiting: list[str] | None = []  # kept and not yet linked; None: all is laid out
        self.written: list[str] = []
        self.kept: list[str] = []

    def place(self, path: str, data: bytes) -> None:
        """Puts one file in; `path` has been checked by a `Register`."""
        with refusal.disk_errors(self.old):
            if self._equals_old(path, data):
                self._keep(path)
            else:
                self._lay_out()
                self._write(path, data)
                self.written.append(path)

    def settle(self) -> None:
        """Ends the filling. Raises `TornError` unless the folder holds what was put in."""
        with refusal.disk_errors(self.old):
            if self.differs:
                self._lay_out()
            if self._waiting is not None:
                return
            files, _ = _walked(os.fspath(self.path))
        on_disk = {path: _trace(status) for path, status in files.items()}
        if on_disk != self._here:
            other = sorted({path for path, _ in on_disk.items() ^ self._here.items()})
            raise TornError(f"somebody else changed the new folder: {other[:5]}")

    @property
    def removed(self) -> list[str]:
        """The files of the old site that the new one does not have."""
        return [path for path in self._in_old if path not in self._here]

    @property
    def differs(self) -> bool:
        """Whether the new folder is another than the old, in any byte or name."""
        if self.written or self._in_old.keys() - self._here.keys():
            return True
        return {above for path in self._here for above in _above(path)} != self._folders_in_old

    def flush(self) -> None:
        """Makes all files and names last through a power cut."""
        with refusal.disk_errors(self.old):
            if not _sync_file_system(self.path):
                for path in (*self._here, *self._made, "."):
                    flush(self.path / path)

    def _equals_old(self, path: str, data: bytes) -> bool:
        status = self._in_old.get(path)
        if status is None or status.st_mode != stat.S_IFREG | _FILE_MODE:
            return False
        return status.st_size == len(data) and _bytes(f"{self.old}/{path}") == data

    def _lay_out(self) -> None:
        """Puts all that was kept so far on disk, and from now on each file at once."""
        waiting, self._waiting = self._waiting, None
        for path in waiting or ():
            self._link(path)

    def _keep(self, path: str) -> None:
        self._here[path] = _trace(self._in_old[path])
        self.kept.append(path)
        if self._waiting is None:
            self._link(path)
        else:
            self._waiting.append(path)

    def _link(self, path: str) -> None:
        self._make_folder(path.rpartition("/")[0])
        old = f"{self.old}/{path}"
        try:
            os.link(old, f"{self.path}/{path}", follow_symlinks=False)
        except OSError as error:
            if refusal.is_full(error):
                raise
            # A file system without hard links, or a file that has too many.
            self._write(path, _bytes(old))

    def _write(self, path: str, data: bytes) -> None:
        self._make_folder(path.rpartition("/")[0])
        file = f"{self.path}/{path}"
        number = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _FILE_MODE)
        with os.fdopen(number, "wb") as stream:
            os.fchmod(number, _FILE_MODE)  # open obeys the umask
            stream.write(data)
        self._here[path] = _trace(os.lstat(file))

    def _make_folder(self, folder: str) -> None:
        if folder and folder not in self._made:
            self._make_folder(folder.rpartition("/")[0])
            (self.path / folder).mkdir()
            (self.path / folder).chmod(_FOLDER_MODE)  # mkdir obeys the umask
            self._made.add(folder)


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


def _trace(status: os.stat_result) -> tuple[int, ...]:
    """By what a file is known again without reading it."""
    return status.st_ino, status.st_size, status.st_mtime_ns, status.st_mode


def _above(path: str) -> list[str]:
    parts = path.split("/")
    return ["/".join(parts[:n]) for n in range(1, len(parts))]


def _bytes(file: str) -> bytes:
    with open(file, "rb", buffering=0) as stream:  # noqa: PTH123 - strings, for speed
        return stream.read()


def _sync_file_system(folder: Path) -> bool:
    """One `syncfs(2)` for all: with 2,000 files 150 ms, where one `fsync` each takes 440 ms."""
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
