"""One build at a time for one site's folder; the lock dies with the process that holds it."""

from __future__ import annotations

import fcntl
import json
import os
import time
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from aigaq.output import cache, refusal
from aigaq.words.diagnostics import Problem, Span

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

HELD = Problem(
    "X040",
    "another build of this site is running (process {pid}, since {since})",
    "Wait until it has ended, or stop it, and try again.",
)

_NAME = "lock"
_STEP = 0.05  # seconds between two attempts


@contextmanager
def held(site_root: Path, *, wait: float = 10.0) -> Iterator[None]:
    """Holds the site's lock inside the block; waits up to `wait` seconds for another build.

    Raises `NotPossibleNow`, which names the holder, when the time is over. There are no stale
    locks: the kernel lets go of a `flock(2)` whenever the holder ends, by kill -9 too.
    """
    with refusal.disk_errors(site_root):
        path = cache.folder(site_root) / _NAME
        number = _acquired(path, time.monotonic() + wait)
    try:
        with refusal.disk_errors(site_root):
            _sign(number)
        yield
    finally:
        os.close(number)


def _acquired(path: Path, deadline: float) -> int:
    while True:
        number = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o644)
        if _try(number) and _is_still_at(number, path):
            return number
        os.close(number)
        if time.monotonic() >= deadline:
            raise refusal.NotPossibleNow(HELD.at(Span(f".cache/{_NAME}"), **_holder(path)))
        time.sleep(_STEP)


def _try(number: int) -> bool:
    try:
        fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _is_still_at(number: int, path: Path) -> bool:
    """Whether nobody removed the file meanwhile: a lock on a removed file locks nobody out."""
    try:
        return os.path.samestat(os.fstat(number), path.stat())
    except FileNotFoundError:
        return False


def _sign(number: int) -> None:
    now = datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%S UTC")
    os.ftruncate(number, 0)
    os.pwrite(number, json.dumps({"pid": os.getpid(), "since": now}).encode(), 0)


def _holder(path: Path) -> dict[str, str]:
    """Who holds the lock, as far as can be read: it may be writing its name just now."""
    try:
        signed = json.loads(path.read_bytes())
        return {"pid": str(signed["pid"]), "since": str(signed["since"])}
    except (OSError, ValueError, KeyError, TypeError):
        return {"pid": "?", "since": "?"}
