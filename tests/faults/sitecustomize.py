"""Faults on demand, in every Python that a test starts with this folder in PYTHONPATH.

`FAULT_KILL_AT=N` kills the command's whole process group right before the N-th change that it
makes on disk, `FAULT_KILL_AFTER=SECONDS` so long after that one began. `FAULT_COUNT=FILE` notes
there how many changes there were. `FAULT_CLOCK=SECONDS` is what the clock says, whoever asks.
`FAULT_FILES=N` lets the command have N files open; with `FAULT_PROCESSES=N` the N-th process
that multiprocessing starts is refused. With `FAULT_PARTS=N` pages are shared out N by N, so
that a small site, too, is made by several processes.
"""

from __future__ import annotations

import _posixsubprocess
import atexit
import datetime
import errno
import os
import resource
import signal
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_CHANGES = ("os.", "shutil.", "tempfile.", "fcntl.flock", "subprocess.Popen", "ctypes.dlsym")
_LOOKS = ("os.listdir", "os.scandir", "os.walk", "os.fwalk", "os.getxattr", "os.listxattr")
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT


class _Fault:
    """Counts what changes the disk, and kills at one of them."""

    def __init__(self) -> None:
        self.at = int(os.environ.get("FAULT_KILL_AT", "0"))
        self.after = float(os.environ.get("FAULT_KILL_AFTER", "0"))
        self.number = 0

    def watch(self, event: str, arguments: tuple[object, ...]) -> None:
        if event == "open":
            flags = arguments[2]
            if not isinstance(flags, int) or not flags & _WRITES:
                return
        elif not event.startswith(_CHANGES) or event in _LOOKS:
            return
        self.number += 1
        if self.number == self.at:
            self.strike()

    def strike(self) -> None:
        if self.after:
            if os.fork():
                return
            time.sleep(self.after)
        os.killpg(os.getpgrp(), signal.SIGKILL)

    def told(self, file: str) -> None:
        number = self.number
        Path(file).write_text(str(number))


def _no_process(at: int) -> None:
    """Multiprocessing starts its servers by the one, and copies of the command by the other."""
    number = 0

    def refusing(real: Callable[..., int]) -> Callable[..., int]:
        def start(*arguments: object) -> int:
            nonlocal number
            number += sys._getframe(1).f_globals["__name__"].startswith("multiprocessing.")
            if number == at:
                raise BlockingIOError(errno.EAGAIN, os.strerror(errno.EAGAIN))
            return real(*arguments)

        return start

    _posixsubprocess.fork_exec = refusing(_posixsubprocess.fork_exec)
    os.fork = refusing(os.fork)


def _small_parts(at_once: int) -> None:
    """From the moment at which it is there; to import it now would take another program's."""

    def watch(_event: str, _arguments: tuple[object, ...]) -> None:
        rendering = sys.modules.get("aigaq.output.rendering")
        if getattr(rendering, "AT_ONCE", at_once) != at_once:
            rendering.AT_ONCE = at_once

    sys.addaudithook(watch)


def _fake_clock(now: float) -> None:
    """Replaces every way in which Python code learns what time it is."""
    real = {name: getattr(time, name) for name in ("localtime", "gmtime", "strftime")}
    began = time.monotonic()

    def clock() -> float:
        return now + time.monotonic() - began

    time.time = clock
    time.time_ns = lambda: int(clock() * 1e9)
    time.localtime = lambda when=None: real["localtime"](clock() if when is None else when)
    time.gmtime = lambda when=None: real["gmtime"](clock() if when is None else when)
    time.strftime = lambda form, when=None: real["strftime"](form, when or time.localtime())
    time.ctime = lambda when=None: time.asctime(time.localtime(when))

    class Dates(type):
        def __instancecheck__(cls, one: object) -> bool:
            return isinstance(one, cls.__mro__[1])

        def __subclasscheck__(cls, one: type) -> bool:
            return issubclass(one, cls.__mro__[1])

    class Date(datetime.date, metaclass=Dates):
        @classmethod
        def today(cls) -> datetime.date:
            return cls.fromtimestamp(clock())

    class DateTime(datetime.datetime, metaclass=Dates):
        @classmethod
        def now(cls, tz: datetime.tzinfo | None = None) -> datetime.datetime:
            return cls.fromtimestamp(clock(), tz)

        today = now

        @classmethod
        def utcnow(cls) -> datetime.datetime:
            return cls.fromtimestamp(clock(), datetime.UTC).replace(tzinfo=None)

    datetime.date, datetime.datetime = Date, DateTime


if "FAULT_CLOCK" in os.environ:
    _fake_clock(float(os.environ["FAULT_CLOCK"]))
# The processes that the command starts are counted as nobody's.
if any(argument.endswith("build.py") for argument in sys.orig_argv):
    _fault = _Fault()
    sys.addaudithook(_fault.watch)
    if "FAULT_FILES" in os.environ:
        most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
        resource.setrlimit(resource.RLIMIT_NOFILE, (int(os.environ["FAULT_FILES"]), most))
    if "FAULT_PARTS" in os.environ:
        _small_parts(int(os.environ["FAULT_PARTS"]))
    if "FAULT_PROCESSES" in os.environ:
        _no_process(int(os.environ["FAULT_PROCESSES"]))
    if "FAULT_COUNT" in os.environ:
        atexit.register(_fault.told, os.environ["FAULT_COUNT"])
