"""A pure function applied to hostile texts in processes that are killed, not asked.

Measured on two cores with the real conversion: the first text is ready after 0.23 s with
`forkserver` and 0.33 s with `spawn` (each starts a Python and imports the converter); of every
later call, and after every killed process, 0.05 s with the first and again 0.33 s with the
second. So forkserver, where there is one. A text takes 1 to 4 ms, so that fifty keep a process
busy for longer than a second one needs to start: one process for each fifty, up to `jobs`.
Small tasks are sent several at once and answered one by one: a message costs 0.1 ms, and the
first task without an answer is still the one that its process is at.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import resource
import selectors
import signal
import time
from collections import deque
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing import resource_tracker
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import aigaq
from aigaq.output import refusal
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
_EACH = 50  # texts that keep a process busy for longer than it takes to start it
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
    and not by each process; `each` tasks are worth a process of their own, a third of them
    is sent at once. The deadline is processor time, so that a busy machine does not make a text
    slow; waiting is ended too, after ten times the deadline.
    """
    if not tasks:
        return []
    count = max(1, min(jobs, len(tasks) // each))
    crew = _Crew(function, tasks, limits, each // 3, _context(function.__module__, preload))
    try:
        return crew.run(count)
    finally:
        crew.end()


class _Worker:
    """One process, and the numbers of the tasks that it was sent and has not answered.

    It answers in their order, so the first is the one that it is at.
    """

    def __init__(
        self, context: BaseContext, function: Callable[[Any], Any], limits: Limits
    ) -> None:
        self.pipe, theirs = context.Pipe()
        self.process: BaseProcess = context.Process(  # type: ignore[attr-defined]
            target=_serve, args=(theirs, function, limits), daemon=True
        )
        try:
            with _deaf_to_ctrl_c(), _of_this_program():
                self.process.start()
        except OSError as error:
            raise refusal.no_room(refusal.reason(error)) from error
        except EOFError as error:  # the process that starts the others has ended
            raise refusal.no_room("no process can be started") from error
        theirs.close()
        self.at: deque[int] = deque()
        self.ends = time.monotonic() + 60.0
        self.fresh = True  # nothing but the one task at hand was ever in its memory
        self.ready = False

    def send(self, numbers: Sequence[int], arguments: list[Any], limits: Limits) -> None:
        """Only to one that has answered all: neither waits for the other to read."""
        self.at.extend(numbers)
        self.fresh = self.fresh and len(numbers) == 1
        self.begins(limits)
        with suppress(OSError):  # it has died: the pipe will tell
            self.pipe.send(arguments)

    def begins(self, limits: Limits) -> None:
        """It is at another task from now on."""
        self.ends = time.monotonic() + limits.deadline * _WALL

    def kill(self) -> int | None:
        self.process.kill()
        self.process.join()
        code = self.process.exitcode
        self.process.close()
        self.pipe.close()
        return code


@contextmanager
def _of_this_program() -> Iterator[None]:
    """The server that starts processes looks for modules by itself: else it may find another.

    Python (3.11 to 3.13) does not tell it where they are, so that a program that is run from
    its own folder had its texts converted by the one that is installed.
    """
    before = os.environ.get("PYTHONPATH")
    own = str(Path(aigaq.__file__).parents[1])
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, (own, before)))
    try:
        yield
    finally:
        if before is None:
            del os.environ["PYTHONPATH"]
        else:
            os.environ["PYTHONPATH"] = before


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
    """The processes of one call; each is answerable for the task that it is at."""

    def __init__(
        self,
        function: Callable[[A], R],
        tasks: Sequence[Task[A]],
        limits: Limits,
        ahead: int,
        context: BaseContext,
    ) -> None:
        self._context = context
        self._function = function
        self._tasks = tasks
        self._limits = limits
        self._ahead = ahead
        self._open = deque(range(len(tasks)))
        self._alone: set[int] = set()  # to be sent by themselves
        self._results: dict[int, R | Diagnostic] = {}
        self._workers: list[_Worker] = []
        self._ears = selectors.DefaultSelector()

    def run(self, count: int) -> list[R | Diagnostic]:
        for _ in range(count):
            self._hire()
        while len(self._results) < len(self._tasks):
            for worker, spoke in self._called():
                self._hear(worker, spoke=spoke)
        return [self._results[number] for number in range(len(self._tasks))]

    def end(self) -> None:
        self._ears.close()
        for worker in self._workers:
            worker.kill()
        self._workers = []

    def _hire(self) -> None:
        worker = _Worker(self._context, self._function, self._limits)
        self._workers.append(worker)
        self._ears.register(worker.pipe, selectors.EVENT_READ, worker)

    def _called(self) -> Iterator[tuple[_Worker, bool]]:
        """Those that have something to say, and those whose time is over."""
        wait = max(0.0, min(worker.ends for worker in self._workers) - time.monotonic())
        spoke = [key.data for key, _ in self._ears.select(wait)]
        yield from ((worker, True) for worker in spoke)
        now = time.monotonic()
        late = [worker for worker in self._workers if worker.ends <= now]
        yield from ((worker, False) for worker in late if worker not in spoke)

    def _hear(self, worker: _Worker, *, spoke: bool) -> None:
        kind: str
        value: Any
        try:
            kind, value = worker.pipe.recv() if spoke else ("late", None)
        except (EOFError, OSError):
            kind, value = "gone", None
        if kind == "ready":
            worker.ready = True
        elif kind == "result" and worker.at:
            self._results[worker.at.popleft()] = value
            worker.fresh = False
            worker.begins(self._limits)
        else:
            self._fired(worker, kind, value)
            return
        if not worker.at:
            self._next(worker)

    def _next(self, worker: _Worker) -> None:
        numbers = list(self._some())
        if numbers:
            arguments = [self._tasks[number].argument for number in numbers]
            worker.send(numbers, arguments, self._limits)
        else:
            worker.ends = float("inf")

    def _some(self) -> Iterator[int]:
        """The next tasks for a process: fewer towards the end, so that all end together."""
        size = min(self._ahead, len(self._open) // (2 * len(self._workers)))
        for place in range(max(1, size)):
            if not self._open or (place and self._open[0] in self._alone):
                return
            number = self._open.popleft()
            yield number
            if number in self._alone:
                return

    def _fired(self, worker: _Worker, kind: str, value: Any) -> None:
        """Ends a process that failed at its task, and puts a fresh one in its place."""
        self._ears.unregister(worker.pipe)
        code = worker.kill()
        self._workers.remove(worker)
        if not worker.ready and code == -signal.SIGKILL:  # by us, or by a kernel without memory
            raise refusal.no_room("a process does not start")
        if not worker.ready or not worker.at:
            raise RuntimeError(f"the converter's process does not start (exit code {code})")
        guilty = worker.at.popleft()
        self._open.extendleft(reversed(worker.at))
        verdict = self._verdict(guilty, kind, value, code)
        if verdict.problem is TOO_LONG or kind == "failed" or worker.fresh:
            self._results[guilty] = verdict
        else:
            # It may be what other texts left behind: only a fresh process's word counts.
            self._open.appendleft(guilty)
            self._alone.add(guilty)
        if self._open:
            self._hire()

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
        gc.freeze()  # what the modules are made of stays
        while True:
            for argument in pipe.recv():
                pipe.send(_answer(function, argument, limits.deadline))


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
