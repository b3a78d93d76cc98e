"""Where a copy is: what can be listed and opened there, whoever carries it."""

from __future__ import annotations

import errno
import os
import stat
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO, Protocol, runtime_checkable

from aigaq.output import refusal
from aigaq.words.diagnostics import Problem, Span

if TYPE_CHECKING:
    from pathlib import Path

UNREACHABLE = Problem(
    "A071",
    "this copy cannot be read: {reason}",
    "Check the name and whether it is connected, and try again; or take another copy.",
)

# A link is not opened, and a pipe does not wait; not every system has these.
_FLAGS = sum(getattr(os, name, 0) for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_BINARY"))


class MissingError(Exception):
    """The copy has no such file."""


@dataclass(frozen=True, slots=True)
class Listing:
    """Every name of a copy but those of folders: `strange` are no plain files, with what."""

    files: frozenset[str]
    strange: tuple[tuple[str, str], ...] = ()


class Source(Protocol):
    """A copy of a site. Whatever it is, no byte of it is believed before it is checked."""

    @property
    def name(self) -> str:
        """The place, as the person who asked wrote it."""

    def listing(self) -> Listing | None:
        """What is there; None where a place cannot be asked for it, as a web server.

        Raises `NotPossibleNow` where it is not reached.
        """

    def open(self, path: str) -> BinaryIO:
        """The bytes of a safe path, not buffered; may be called from several threads.

        Raises `MissingError` where there is no plain file, `NotPossibleNow` where the place is
        not reached.
        """


@runtime_checkable
class Making(Protocol):
    """A source that makes the files of a release, and only of one that it may trust."""

    def trusts(self, raw: bytes) -> None:
        """That this RELEASE was judged to be signed by enough."""


@dataclass(frozen=True, slots=True)
class Folder:
    """A copy on a disk. Links are seen, and never followed."""

    place: Path

    @property
    def name(self) -> str:
        return str(self.place)

    def listing(self) -> Listing | None:
        try:
            return _listing(os.fspath(self.place))
        except OSError as error:
            where = str(error.filename or self.name).rstrip("/")
            raise unreachable(where, error) from error

    def open(self, path: str) -> BinaryIO:
        try:
            number = os.open(f"{self.place}/{path}", os.O_RDONLY | _FLAGS)
        except (FileNotFoundError, NotADirectoryError):
            raise MissingError(path) from None
        except OSError as error:
            if error.errno == errno.ELOOP:
                raise MissingError(path) from None
            raise unreachable(path, error) from error
        if not stat.S_ISREG(os.fstat(number).st_mode):
            os.close(number)
            raise MissingError(path)
        return os.fdopen(number, "rb", buffering=0)


def read(source: Source, path: str, limit: int) -> bytes:
    """A file that is read whole; one that is larger than `limit` bytes is cut behind that.

    Raises what `open` does.
    """
    try:
        with source.open(path) as file:
            return upto(file, limit + 1)
    except OSError as error:
        raise unreachable(path, error) from error


def upto(file: BinaryIO, limit: int) -> bytes:
    """What is left of a file, but no more than `limit` bytes."""
    parts = []
    while limit and (part := file.read(min(limit, 1 << 20))):
        parts.append(part)
        limit -= len(part)
    return b"".join(parts)


def small(source: Source, path: str, limit: int) -> bytes | None:
    """As `read`, or None where there is no such file."""
    try:
        return read(source, path, limit)
    except MissingError:
        return None


def unreachable(where: str, error: OSError) -> refusal.NotPossibleNow:
    """The refusal for a place that does not answer."""
    reason = error.strerror or type(error).__name__
    return refusal.NotPossibleNow(UNREACHABLE.at(Span(shown(where)), reason=reason))


def shown(path: str) -> str:
    """A name that a stranger chose, without what a terminal would obey."""
    plain = "".join(c if c.isprintable() else f"\\x{ord(c):02x}" for c in path[:300])
    return plain.encode("utf-8", "backslashreplace").decode()


def _listing(root: str) -> Listing:
    files: set[str] = set()
    strange: list[tuple[str, str]] = []
    waiting = [""]
    while waiting:
        above = waiting.pop()
        with os.scandir(f"{root}/{above}") as entries:
            for entry in entries:
                path = above + entry.name
                if entry.is_symlink():
                    strange.append((path, "link"))
                elif entry.is_dir(follow_symlinks=False):
                    waiting.append(f"{path}/")
                elif entry.is_file(follow_symlinks=False):
                    files.add(path)
                else:
                    strange.append((path, "special file"))
    return Listing(frozenset(files), tuple(sorted(strange)))
