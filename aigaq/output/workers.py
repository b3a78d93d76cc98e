"""A pure function applied to hostile texts in processes that are killed, not asked.

Measured on two cores with the real conversion: the first text is ready after 0.23 s with
`forkserver` and 0.33 s with `spawn` (each starts a Python and imports the converter); of every
later call, and after every killed process, 0.05 s with the first and again 0.33 s with the
second. So forkserver, where there is one. A text takes 1 to 4 ms, so that fifty keep a process
busy for longer than a second one needs to start: one process for each fifty, up to `jobs`.
Small tasks are sent several at once and answered one by one: a message costs 0.1 ms, and the
first task without an answer is still the one that its process is at.

A crew that is hired before anything private is read begins with copies of this process (5 ms
each), where it is Linux and there are no threads. They keep nothing open but their pipe. A copy
is never the last to speak of a text but where that took too long: what fails in one is tried
again in a process of the server, so that the verdict is the same on every machine.
"""

from __future__ import annotations

import selectors
import signal
import time
from collections import deque
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from aigaq.output import confined, refusal
from aigaq.words.diagnostics import Problem, Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from multiprocessing.context import BaseContext

    from aigaq.output.confined import Process
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
    with crew(function, jobs=jobs, limits=limits, preload=preload, each=each) as hired:
        return list(hired.results(tasks))


@contextmanager
def crew(
    function: Callable[[A], R],
    *,
    jobs: int,
    limits: Limits = LIMITS,
    preload: str = "",
    each: int = _EACH,
    copies: int = 0,
) -> Iterator[Crew[A, R]]:
    """Who does what `convert_all` does, for tasks that are not all known at first.

    It begins with so many `copies` of this process, if it can be copied, which must not hold
    yet what a text is not to see.
    """
    hired = Crew(function, limits, confined.context(function.__module__, preload), jobs, each)
    try:
        for _ in range(copies if confined.can_be_copied() else 0):
            hired.hire(confined.Process.copied(function, limits))
        yield hired
    finally:
        hired.end()


class Crew(Generic[A, R]):
    """The processes of one call; each is answerable for the task that it is at."""

    def __init__(
        self,
        function: Callable[[A], R],
        limits: Limits,
        context: BaseContext,
        jobs: int,
        each: int,
    ) -> None:
        self._start = partial(confined.Process.started, context, function, limits)
        self._limits = limits
        self._jobs = jobs
        self._each = each
        self._tasks: list[Task[A]] = []
        self._begun: dict[Task[A], int] = {}  # what nobody has asked for yet
        self._open: deque[int] = deque()
        self._alone: set[int] = set()  # to be sent by themselves
        self._results: dict[int, R | Diagnostic] = {}
        self._workers: list[Process] = []
        self._ears = selectors.DefaultSelector()

    def begin(self, task: Task[A]) -> None:
        """Has a task done for which somebody will ask, perhaps; and waits for nobody."""
        self._begun[task] = self._added(task)
        self._share()
        self._listen(0.0)

    def results(self, tasks: Sequence[Task[A]]) -> Iterator[R | Diagnostic]:
        """What `convert_all` returns, one after the other, as soon as it is there."""
        asked = [self._begun.pop(t, None) if self._begun else None for t in tasks]
        numbers = [
            self._added(task) if number is None else number
            for task, number in zip(tasks, asked, strict=True)
        ]
        self._share()
        for number in numbers:
            self._listen(0.0)  # whoever has nothing to do shall not wait for who asks
            while number not in self._results:
                self._listen()
            yield self._results.pop(number)

    def hire(self, worker: Process) -> None:
        self._workers.append(worker)
        self._ears.register(worker.pipe, selectors.EVENT_READ, worker)

    def end(self) -> None:
        self._ears.close()
        for worker in self._workers:
            worker.kill()
        self._workers = []

    def _added(self, task: Task[A]) -> int:
        self._tasks.append(task)
        self._open.append(len(self._tasks) - 1)
        return len(self._tasks) - 1

    def _share(self) -> None:
        """Among so many as the tasks are worth; who has answered all is given some."""
        enough = min(self._jobs, max(1, len(self._open) // self._each))
        while self._open and len(self._workers) < enough:
            self.hire(self._start())
        for worker in self._workers:
            if worker.ready and not worker.at:
                self._next(worker)

    def _listen(self, most: float = float("inf")) -> None:
        for worker, spoke in self._called(most):
            self._hear(worker, spoke=spoke)

    def _called(self, most: float) -> Iterator[tuple[Process, bool]]:
        """Those that have something to say, and those whose time is over."""
        ends = min((worker.ends for worker in self._workers), default=0.0)
        wait = min(most, max(0.0, ends - time.monotonic()))
        spoke = [key.data for key, _ in self._ears.select(wait)]
        yield from ((worker, True) for worker in spoke)
        now = time.monotonic()
        late = [worker for worker in self._workers if worker.ends <= now]
        yield from ((worker, False) for worker in late if worker not in spoke)

    def _hear(self, worker: Process, *, spoke: bool) -> None:
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

    def _next(self, worker: Process) -> None:
        numbers = list(self._some())
        if numbers:
            arguments = [self._tasks[number].argument for number in numbers]
            worker.send(numbers, arguments, self._limits)
        else:
            worker.ends = float("inf")

    def _some(self) -> Iterator[int]:
        """The next tasks for a process: fewer towards the end, so that all end together."""
        size = min(self._each // 3, len(self._open) // (2 * len(self._workers)))
        for place in range(max(1, size)):
            if not self._open or (place and self._open[0] in self._alone):
                return
            number = self._open.popleft()
            yield number
            if number in self._alone:
                return

    def _fired(self, worker: Process, kind: str, value: Any) -> None:
        """Ends a process that failed at its task, and puts a fresh one in its place."""
        self._ears.unregister(worker.pipe)
        code = worker.kill()
        self._workers.remove(worker)
        if worker.at:
            self._judged(worker, kind, value, code)
        elif worker.is_copy or worker.ready:
            pass  # it had nothing to do: one from the server takes its place
        elif code == -signal.SIGKILL:  # by us, or a kernel without memory
            raise refusal.no_room("a process does not start")
        else:
            raise RuntimeError(f"the converter's process does not start (exit code {code})")
        if self._open:
            self.hire(self._start())

    def _judged(self, worker: Process, kind: str, value: Any, code: int | None) -> None:
        """What the first task without an answer has come to; the others are open again."""
        guilty = worker.at.popleft()
        self._open.extendleft(reversed(worker.at))
        verdict = self._verdict(guilty, kind, value, code)
        failed = kind == "failed" and not worker.is_copy
        if verdict.problem is TOO_LONG or failed or worker.fresh:
            self._results[guilty] = verdict
        else:
            # It may be what other texts left behind: only a fresh process's word counts.
            self._open.appendleft(guilty)
            self._alone.add(guilty)

    def _verdict(self, number: int, kind: str, value: Any, code: int | None) -> Diagnostic:
        span = Span(self._tasks[number].path)
        if kind == "late" or (kind == "gone" and code == -signal.SIGPROF):
            return TOO_LONG.at(span, seconds=f"{self._limits.deadline:g}")
        if kind == "memory":
            return TOO_MUCH_MEMORY.at(span, megabytes=self._limits.memory // MEGABYTE)
        if kind == "failed":
            return FAILED.at(span, error=value[0], place=value[1])
        return ENDED.at(span)
