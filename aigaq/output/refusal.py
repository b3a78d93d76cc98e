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

# EFBIG: a limit on file sizes; EDQUOT: a user's quota. To an editor all are "no more room".
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


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
    return NotPossibleNow(CANNOT_WRITE.at(span, reason=error.strerror or type(error).__name__))


def is_full(error: OSError) -> bool:
    """Whether there was no room left."""
    return error.errno in _FULL
