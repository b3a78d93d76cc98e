"""A pure function applied to hostile texts in processes that are killed, not asked.

Measured on two cores with the real conversion: the first text is ready after 0.23 s with
`forkserver` and 0.33 s with `spawn` (each starts a Python and imports the converter); of every
later call, and after every killed process, 0.05 s with the first and again 0.33 s with the
second. So forkserver, where there is one. A text takes 10 to 40 ms, so that ten keep a process
busy for longer than a second one needs to start: one process for each ten, up to `jobs`.
"""

from __future__ import annotations

import multiprocessing
import os
import resource
import signal
import time
from collections import deque
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing import connection, resource_tracker
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from aigaq.words.diagnostics import Problem, Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from multiprocessing.connection import Connection
    from multiprocessing.context import BaseContext
    from multiprocessing.process import BaseProcess

    from aigaq.words.diagnostics import Diagnostic

TOO_LONG = Problem(
    "X050",
    "this text takes too long to convert ({seconds} s)",
    "Look for long runs of the same sign, such as brackets, stars or underscores.",
)
TOO_MUCH_MEMORY = Problem(
    "X051",
    "this text needs too much memory to convert ({megabytes} MB)",
    "Look for very long tables, lists or runs of the same sign; split the text if it is long.",
)
ENDED = Problem(
    "X052",
    "this text made the converter stop",
    "Look for unusual signs or long runs of the same sign. Please report it: it is our fault.",
)
FAILED = Problem(
    "X053",
    "this text could not be converted ({error} in {place})",
    "Please report it with this line: it is a fault of aigaq. Nothing is wrong with the text.",
)

MEGABYTE = 1024 * 1024
_EACH = 10  # texts that keep a process busy for longer than it takes to start it
_WALL = 10  # a text may take this many times its deadline by the clock, on a busy machine

A = TypeVar("A")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Task(Generic[A]):
    """The argument of one call, and the file that a problem with it belongs to."""

    path: str
    argument: A


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """`deadline` in seconds of processor time, `memory` in bytes of address space, per text."""

    deadline: float = 2.0
    memory: int = 512 * MEGABYTE


LIMITS = Limits()


def convert_all(
    function: Callable[[A], R],
    tasks: Sequence[Task[A]],
    *,
    jobs: int,
    limits: Limits = LIMITS,
    preload: str = "",
    each: int = _EACH,
) -> list[R | Diagnostic]:
    """`function` of every task's argument, in the order of the tasks, or why there is none.

    `function` is a pure function that can be named in another process (a module's own); its
    results must not be diagnostics. `preload` names a module that it needs, to be imported once
    and not by each process; `each` tasks are worth a process of their own. The deadline is
    processor time, so that a busy machine does not make a text slow; waiting is ended too,
    after ten times the deadline.
    """
    if not tasks:
        return []
    count = max(1, min(jobs, len(tasks) // each))
    crew = _Crew(function, tasks, limits, _context(function.__module__, preload))
    try:
        return crew.run(count)
    finally:
        crew.end()


class _Worker:
    """One process, and the number of the task that it is at."""

    def __init__(
        self, context: BaseContext, function: Callable[[Any], Any], limits: Limits
    ) -> None:
        self.pipe, theirs = context.Pipe()
        self.process: BaseProcess = context.Process(  # type: ignore[attr-defined]
            target=_serve, args=(theirs, function, limits), daemon=True
        )
        with _deaf_to_ctrl_c():
            self.process.start()
        theirs.close()
        self.at: int | None = None
        self.ends = time.monotonic() + 60.0
        self.answered = 0
        self.ready = False

    def send(self, number: int, argument: object, limits: Limits) -> None:
        self.at = number
        self.ends = time.monotonic() + limits.deadline * _WALL
        with suppress(OSError):  # it has died: the pipe will tell
            self.pipe.send(argument)

    def kill(self) -> int | None:
        self.process.kill()
        self.process.join()
        code = self.process.exitcode
        self.process.close()
        self.pipe.close()
        return code


@contextmanager
def _deaf_to_ctrl_c() -> Iterator[None]:
    """Processes begin, and stay, with what is blocked here: Ctrl-C reaches the whole group."""
    resource_tracker.ensure_running()  # its start would end the blocking
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


class _Crew(Generic[A, R]):
    """The processes of one call; each has one task at a time, which it is answerable for."""

    def __init__(
        self,
        function: Callable[[A], R],
        tasks: Sequence[Task[A]],
        limits: Limits,
        context: BaseContext,
    ) -> None:
        self._context = context
        self._function = function
        self._tasks = tasks
        self._limits = limits
        self._open = deque(range(len(tasks)))
        self._results: dict[int, R | Diagnostic] = {}
        self._workers: list[_Worker] = []

    def run(self, count: int) -> list[R | Diagnostic]:
        self._workers = [self._hired() for _ in range(count)]
        while len(self._results) < len(self._tasks):
            for worker in self._called():
                self._hear(worker)
        return [self._results[number] for number in range(len(self._tasks))]

    def end(self) -> None:
        for worker in self._workers:
            worker.kill()
        self._workers = []

    def _hired(self) -> _Worker:
        return _Worker(self._context, self._function, self._limits)

    def _called(self) -> Iterator[_Worker]:
        """Those that have something to say, or whose time is over."""
        wait = max(0.0, min(worker.ends for worker in self._workers) - time.monotonic())
        spoke = set(connection.wait([worker.pipe for worker in self._workers], wait))
        now = time.monotonic()
        for worker in list(self._workers):
            if worker.pipe in spoke or worker.ends <= now:
                yield worker

    def _hear(self, worker: _Worker) -> None:
        kind: str
        value: Any
        try:
            kind, value = worker.pipe.recv() if worker.pipe.poll() else ("late", None)
        except (EOFError, OSError):
            kind, value = "gone", None
        if kind == "ready":
            worker.ready = True
        elif kind == "result" and worker.at is not None:
            self._results[worker.at] = value
            worker.answered += 1
        else:
            self._fired(worker, kind, value)
            return
        self._next(worker)

    def _next(self, worker: _Worker) -> None:
        if self._open:
            number = self._open.popleft()
            worker.send(number, self._tasks[number].argument, self._limits)
        else:
            worker.at = None
            worker.ends = float("inf")

    def _fired(self, worker: _Worker, kind: str, value: Any) -> None:
        """Ends a process that failed at its task, and puts a fresh one in its place."""
        code = worker.kill()
        self._workers.remove(worker)
        if not worker.ready or worker.at is None:
            raise RuntimeError(f"the converter's process does not start (exit code {code})")
        verdict = self._verdict(worker.at, kind, value, code)
        late = verdict.problem is TOO_LONG
        if late or kind == "failed" or not worker.answered:
            self._results[worker.at] = verdict
        else:
            # It may be what earlier texts left behind: only a fresh process's word counts.
            self._open.appendleft(worker.at)
        if self._open:
            self._workers.append(self._hired())

    def _verdict(self, number: int, kind: str, value: Any, code: int | None) -> Diagnostic:
        span = Span(self._tasks[number].path)
        if kind == "late" or (kind == "gone" and code == -signal.SIGPROF):
            return TOO_LONG.at(span, seconds=f"{self._limits.deadline:g}")
        if kind == "memory":
            return TOO_MUCH_MEMORY.at(span, megabytes=self._limits.memory // MEGABYTE)
        if kind == "failed":
            return FAILED.at(span, error=value[0], place=value[1])
        return ENDED.at(span)


def _context(*modules: str) -> BaseContext:
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    # With "__main__" the program's own door is opened once, too, and not by each process.
    context.set_forkserver_preload(["__main__", *filter(None, modules)])
    return context


def _serve(pipe: Connection, function: Callable[[Any], Any], limits: Limits) -> None:
    """The life of one process: told to stop by nobody but the kernel and the closed pipe."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's business
    signal.signal(signal.SIGPROF, signal.SIG_DFL)  # what the timer sends: death
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a core file would hold the text
    with suppress(ValueError, OSError):  # not every system limits the address space
        resource.setrlimit(resource.RLIMIT_AS, (limits.memory, limits.memory))
    with suppress(EOFError, OSError, MemoryError):
        pipe.send(("ready", None))
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # a library's last words may hold the text
        while True:
            pipe.send(_answer(function, pipe.recv(), limits.deadline))


def _answer(function: Callable[[Any], Any], argument: Any, deadline: float) -> tuple[str, Any]:
    signal.setitimer(signal.ITIMER_PROF, deadline)
    try:
        return "result", function(argument)
    except MemoryError:
        return "memory", None
    except Exception as error:  # whatever it is, the others go on
        return "failed", (type(error).__name__, _place(error))
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def _place(error: Exception) -> str:
    """Module and line: never the message, which may hold words of the text."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if trace is None:
        return "?"
    return f"{trace.tb_frame.f_globals.get('__name__', '?')}:{trace.tb_lineno}"
