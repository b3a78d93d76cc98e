"""What the shell says when it will not, or cannot now, write: problems, never a traceback."""

from __future__ import annotations

import errno
from contextlib import contextmanager
from typing import TYPE_CHECKING

from aigaq.words.diagnostics import Problem, Span

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from aigaq.words.diagnostics import Diagnostic

DISK_FULL = Problem(
    "X001",
    "the disk is full: the new site could not be written; the old one is unchanged",
    "Free some space (the old and the new site need room side by side) and build again.",
)
CANNOT_WRITE = Problem(
    "X002",
    "this cannot be written: {reason}; the old site is unchanged",
    "Check that the folder exists, that it is yours, and that the disk may be written to.",
)

CROWDED = Problem(
    "X005",
    "this computer has no room for it at the moment ({reason}); nothing was published",
    "Close other programs, or wait until they are done, and run the command again. With "
    "`--jobs 1` a build needs the fewest processes.",
)

# EFBIG: a limit on file sizes; EDQUOT: a user's quota. To an editor all are "no more room".
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_CROWDED = frozenset({errno.EAGAIN, errno.ENOMEM, errno.EMFILE, errno.ENFILE})


class Refused(Exception):  # noqa: N818 - a refusal is an answer, not an error of the program
    """Nothing was published; `diagnostics` say why. The exit status is that of wrong usage."""

    exit_status = 4

    def __init__(self, *diagnostics: Diagnostic) -> None:
        super().__init__("\n".join(map(str, diagnostics)))
        self.diagnostics = diagnostics


class NotPossibleNow(Refused):
    """Nothing was published, but the same command may succeed later."""

    exit_status = 3


@contextmanager
def disk_errors(path: Path) -> Iterator[None]:
    """Turns what the disk refuses inside the block into `NotPossibleNow` at `path`."""
    try:
        yield
    except OSError as error:
        raise not_possible(path, error) from error


def not_possible(path: Path, error: OSError) -> NotPossibleNow:
    """The refusal for an error of the disk."""
    span = Span(str(path))
    if is_full(error):
        return NotPossibleNow(DISK_FULL.at(span))
    if is_crowded(error):
        return no_room(reason(error))
    return NotPossibleNow(CANNOT_WRITE.at(span, reason=reason(error)))


def is_full(error: OSError) -> bool:
    """Whether there was no room left."""
    return error.errno in _FULL


def is_crowded(error: Exception) -> bool:
    """Whether there was no memory, process or open file left for the program."""
    return isinstance(error, MemoryError) or (
        isinstance(error, OSError) and error.errno in _CROWDED
    )


def no_room(reason: str) -> NotPossibleNow:
    """The refusal where the system does not give what every program needs."""
    return NotPossibleNow(CROWDED.at(Span("aigaq"), reason=reason))


def reason(error: Exception) -> str:
    """What the system says of an error; never the names of files."""
    said = error.strerror if isinstance(error, OSError) else None
    return said or ("out of memory" if isinstance(error, MemoryError) else type(error).__name__)
