"""Who makes the pages and the search: this process, others beside it, or other machines.

Measured on two cores: processes that begin as copies of this one need nothing sent to them, and
are at work after 20 ms. Where there is no such copy, the job is sent to each once.
"""

from __future__ import annotations

import ctypes
import gc
import itertools
import multiprocessing
import os
import signal
import sys
import threading
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from functools import partial
from multiprocessing import connection
from multiprocessing.reduction import ForkingPickler
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from aigaq.output import refusal, rendering

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from multiprocessing.connection import Connection

    from aigaq.output.rendering import Job, Made

T = TypeVar("T")


class Crew(Protocol):
    """Makes all pages of a job, in their order."""

    def at_work(self, job: Job) -> AbstractContextManager[Iterator[Made]]:
        """Whoever has time meanwhile may do other things inside of the block."""
        ...


class Alone:
    """The process that is here, one page after the other."""

    @contextmanager
    def at_work(self, job: Job) -> Iterator[Iterator[Made]]:
        with _collecting_what_is_new():
            yield (rendering.part(job, first) for first in job.parts)


@dataclass(frozen=True, slots=True)
class Processes:
    """So many processes beside this one."""

    count: int

    @contextmanager
    def at_work(self, job: Job) -> Iterator[Iterator[Made]]:
        """Raises `NotPossibleNow` where a process was ended by the system."""
        context = multiprocessing.get_context("fork" if _can_copy() else "spawn")
        here: Iterator[Made] = iter(())
        if not _can_copy():  # what cannot be sent is made here
            here = map(partial(rendering.part, replace(job)), job.other_parts)
            job = replace(job, others=())
        with _collecting_what_is_new():
            try:
                with ProcessPoolExecutor(self.count, context, _begin, (job,)) as processes:
                    try:
                        yield itertools.chain(here, processes.map(_part, job.parts))
                    finally:  # whoever leaves early, by Ctrl-C too, waits for no other pages
                        processes.shutdown(cancel_futures=True)
            except BrokenProcessPool as error:
                raise refusal.no_room("a process was ended from outside") from error


def of(jobs: int, pages: int) -> Crew:
    """Who makes so many pages with so many processes at most."""
    count = min(jobs, pages // rendering.AT_ONCE)
    return Processes(count) if count > 1 else Alone()


@contextmanager
def beside(work: Callable[[], T], *, jobs: int) -> Iterator[Callable[[], T]]:
    """Begins `work` in a copy of this process; what is yielded waits for its result, once.

    With one job, or where there is no such copy, it is done when it is asked for. Whoever
    leaves early ends it. Raises `NotPossibleNow` where the system ended the copy.
    """
    if jobs < 2 or not _can_copy():
        yield work
        return
    context = multiprocessing.get_context("fork")
    here, there = context.Pipe(duplex=False)
    copy = context.Process(target=_work, args=(work, there), daemon=True)
    _give_back()
    gc.freeze()  # what is shared is left alone, by both
    try:
        with here:
            with there:
                copy.start()
            yield partial(_result, here)
    finally:
        gc.unfreeze()
        if copy.pid:
            copy.kill()
            copy.join()


def _result(here: Connection) -> Any:
    try:
        fault, result = here.recv()
    except (EOFError, OSError) as error:  # before the first byte, or after it
        raise refusal.no_room("a process was ended from outside") from error
    if fault:
        raise fault
    return result


@contextmanager
def _collecting_what_is_new() -> Iterator[None]:
    """Looks for cycles, if that was put off, but in what comes from now on.

    To go through what is there already took a fifth of the time; even once, before, 0.3 s at
    1,000 testimonies, for some hundred objects.
    """
    _give_back()
    was_on = gc.isenabled()
    gc.freeze()
    gc.enable()
    try:
        yield
    finally:
        if not was_on:
            gc.disable()
        gc.unfreeze()


def _give_back() -> None:
    """Hands memory that is free to the system: once records were read, a quarter of all.

    The C library keeps what lies between things that live, in each copy of the process anew.
    """
    if trim := getattr(ctypes.CDLL(None), "malloc_trim", None) if _can_copy() else None:
        trim(0)  # 10 ms


def _can_copy() -> bool:
    """Elsewhere than on Linux the system's own libraries do not bear it."""
    return sys.platform == "linux"


# --- in one of the processes ---

_job: Job


def _begin(job: Job) -> None:
    global _job  # noqa: PLW0603 - there is no other way from an executor's initializer
    _job = job
    _belong_to_parent()


def _work(work: Callable[[], T], there: Connection) -> None:
    _belong_to_parent()
    gc.enable()
    told: tuple[Exception | None, T | None]
    try:
        told = None, work()
    except Exception as fault:  # it is the parent's to handle
        told = _as_sent(fault), None
    there.send(told)


def _as_sent(fault: Exception) -> Exception:
    """Itself, or its name where it would not arrive as what it is."""
    try:
        ForkingPickler.loads(ForkingPickler.dumps(fault))
    except Exception:  # whatever its own methods raise
        return RuntimeError(f"{type(fault).__qualname__} in a copy of this process")
    return fault


def _belong_to_parent() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's business
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """A build that is killed must not go on by half, nor hold its locks."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)


def _part(first: int) -> Made:
    return rendering.part(_job, first)
