"""Two folders change places; a crash on the way is put right by the next run."""

from __future__ import annotations

import ctypes
import errno
import fcntl
import os
import re
import secrets
import shutil
from contextlib import suppress
from typing import TYPE_CHECKING

from aigaq.output import folder, targets
from aigaq.output.refusal import NotPossibleNow
from aigaq.words.diagnostics import Problem, Span

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

BEING_WRITTEN = Problem(
    "X020",
    "another build is writing this site at this moment",
    "Wait until it has ended and build again.",
)

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2
_libc = ctypes.CDLL(None, use_errno=True)


class Beside:
    """The new folder beside `target`, locked for as long as it is being written.

    The lock is on the folder itself: it dies with the process, so a left-over of a crash is
    known from the work of a living build without any clock or process id. Until it is published
    only its owner can read it: what has not passed the leak check must not be served by chance.
    """

    def __init__(self, target: Path) -> None:
        self.target = target
        self.path = _named(target, "new")
        self.path.mkdir(mode=0o700)
        self._lock = _locked(self.path, target)

    def publish(self) -> bool:
        """Puts the new folder in the target's place; `True` if nothing is left of the old."""
        return published(self.path, self.target)

    def discard(self) -> None:
        """Ends the work: what still lies beside the target goes."""
        _gone(self.path)
        os.close(self._lock)


def published(new: Path, target: Path) -> bool:
    """Puts the folder `new` in the target's place; `True` if nothing is left of the old."""
    folder.for_all(new, 0o755)
    if not target.exists():
        new.rename(target)
        left = None
    elif exchange(new, target):
        left = new
    else:
        left = two_renames(new, target)
    # The site is in place: a parent that cannot be opened is no reason to say otherwise.
    with suppress(OSError):
        folder.flush(target.parent)
    return left is None or _gone(left)


def exchange(new: Path, old: Path) -> bool:
    """Swaps two folders in one step (`renameat2(2)`); `False` where there is no such step."""
    call = getattr(_libc, "renameat2", None)
    if call is None:
        return False
    if call(_AT_FDCWD, os.fsencode(new), _AT_FDCWD, os.fsencode(old), _RENAME_EXCHANGE) == 0:
        return True
    number = ctypes.get_errno()
    if number in (errno.ENOSYS, errno.EINVAL, errno.EOPNOTSUPP):
        return False
    raise OSError(number, os.strerror(number), str(old))


def two_renames(new: Path, target: Path) -> Path:
    """Swaps two folders where there is no single step; returns the place of the old one.

    After a crash between the two, `recover` brings the old site back.
    """
    old = _named(target, "old")
    target.rename(old)
    try:
        new.rename(target)
    except OSError:
        old.rename(target)
        raise
    return old


def recover(target: Path) -> None:
    """Puts right what a crash left beside `target`: the old site comes back, left-overs go.

    Raises `NotPossibleNow` when another build is at work on the same target.
    """
    if not target.exists():
        old = [path for path in _left_overs(target, "old") if targets.is_ours(path)]
        if old:
            max(old, key=lambda path: path.stat().st_mtime_ns).rename(target)
    for path in (*_left_overs(target, "old"), *_left_overs(target, "new")):
        lock = _locked(path, target)
        _gone(path)
        os.close(lock)


def _named(target: Path, what: str) -> Path:
    return target.with_name(f".{target.name}.aigaq-{what}-{secrets.token_hex(6)}")


def _left_overs(target: Path, what: str) -> Iterator[Path]:
    name = re.compile(re.escape(f".{target.name}.aigaq-{what}-") + "[0-9a-f]{12}")
    if not target.parent.is_dir():
        return
    for path in sorted(target.parent.iterdir()):
        if name.fullmatch(path.name) and path.is_dir() and not path.is_symlink():
            yield path


def _locked(place: Path, target: Path) -> int:
    number = os.open(place, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(number)
        raise NotPossibleNow(BEING_WRITTEN.at(Span(str(target)))) from None
    return number


def _gone(place: Path) -> bool:
    shutil.rmtree(place, ignore_errors=True)
    return not place.exists()
