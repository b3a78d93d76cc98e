"""One process that applies a function to hostile texts, and is killed whenever it must be.

It belongs to a crew of `workers`, which knows what it is at. It starts from Python's fork
server, and so holds nothing of this process; or it begins as a copy of it, see there.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import resource
import signal
import sys
import time
from collections import deque
from contextlib import contextmanager, suppress
from multiprocessing import resource_tracker
from pathlib import Path
from typing import TYPE_CHECKING, Any

import aigaq
from aigaq.output import refusal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from multiprocessing.connection import Connection
    from multiprocessing.context import BaseContext
    from multiprocessing.process import BaseProcess

    from aigaq.output.workers import Limits

_FILES, _THREADS = Path("/proc/self/fd"), Path("/proc/self/task")
_WALL = 10  # a text may take this many times its deadline by the clock, on a busy machine


class Process:
    """One process, and the numbers of the tasks that it was sent and has not answered.

    It answers in their order, so the first is the one that it is at.
    """

    def __init__(
        self, context: BaseContext, serve: Callable[..., None], *told: object, is_copy: bool
    ) -> None:
        self.pipe, theirs = context.Pipe()
        self.process: BaseProcess = context.Process(  # type: ignore[attr-defined]
            target=serve, args=(theirs, *told), daemon=True
        )
        try:
            self.process.start()
        except OSError as error:
            raise refusal.no_room(refusal.reason(error)) from error
        except EOFError as error:  # the process that starts the others has ended
            raise refusal.no_room("no process can be started") from error
        theirs.close()
        self.at: deque[int] = deque()
        self.ends = time.monotonic() + 60.0
        self.is_copy = is_copy
        self.fresh = not is_copy  # nothing but the one task at hand was ever in its memory
        self.ready = False

    @classmethod
    def started(
        cls, context: BaseContext, function: Callable[[Any], Any], limits: Limits
    ) -> Process:
        """One that knows nothing but the function."""
        resource_tracker.ensure_running()  # its start would end the blocking
        with _deaf_to_ctrl_c(), _of_this_program():
            return cls(context, _serve, function, limits, is_copy=False)

    @classmethod
    def copied(cls, function: Callable[[Any], Any], limits: Limits) -> Process:
        """A copy of this process."""
        with _deaf_to_ctrl_c():
            context = multiprocessing.get_context("fork")
            return cls(context, _serve_in_copy, function, limits, is_copy=True)

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


def can_be_copied() -> bool:
    """Elsewhere the system's libraries do not bear it, and locks of threads stay shut."""
    with suppress(OSError):  # where /proc is not mounted nothing tells of threads
        return sys.platform == "linux" and len([*_THREADS.iterdir()]) == 1
    return False


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
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def context(*modules: str) -> BaseContext:
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    # With "__main__" the program's own door is opened once, too, and not by each process.
    context.set_forkserver_preload(["__main__", *filter(None, modules)])
    return context


def _serve_in_copy(pipe: Connection, function: Callable[[Any], Any], limits: Limits) -> None:
    """Without what the parent has open: its lock would outlive it, and pipes would not end."""
    with suppress(OSError):  # else one from the server takes its place
        # Not up to the limit: that may be a thousand million, or have been higher before.
        for number in [int(path.name) for path in _FILES.iterdir()]:
            if number > 2 and number != pipe.fileno():
                with suppress(OSError):  # that of the list itself is closed already
                    os.close(number)
        _serve(pipe, function, limits)


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
        gc.enable()  # a copy may begin where it is put off
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
