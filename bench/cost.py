"""What a command costs, with all that it starts: time, processors, and memory at the most."""

from __future__ import annotations

import contextlib
import ctypes
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGE = os.sysconf("SC_PAGE_SIZE")
TICK = os.sysconf("SC_CLK_TCK")
OFTEN, SELDOM = 0.02, 0.2  # seconds between two looks at memory: a cheap one, an exact one
SHARE = 50  # of the time an exact look may take one of so many parts, if that is longer
PR_SET_CHILD_SUBREAPER = 36  # <linux/prctl.h>


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds that passed, seconds of processors, megabytes at the most.

    Memory is the largest sum of what all processes hold at one moment, where what several share
    counts once. (What the system tells at the end has the size of whoever started them in it.)
    `other` are seconds of processors that went to anything else meanwhile.
    """

    wall: float
    cpu: float
    memory: float
    other: float = 0.0

    def and_then(self, later: Cost) -> Cost:
        """Of two commands, one after the other."""
        return Cost(
            self.wall + later.wall,
            self.cpu + later.cpu,
            max(self.memory, later.memory),
            self.other + later.other,
        )


def of(command: Iterable[str], cwd: Path = ROOT) -> Cost:
    """Of the command and all that it starts; it must succeed, and what it says is not shown."""
    command, before, highest = [*command], _busy(), _Highest()
    keep = [sys.executable, "-IS", __file__, *command]
    with (
        tempfile.TemporaryFile("w+") as said,
        subprocess.Popen(keep, cwd=cwd, stdout=subprocess.PIPE, stderr=said) as keeper,  # noqa: S603
    ):
        while keeper.poll() is None:
            highest.look(keeper.pid)
            time.sleep(OFTEN)
        assert keeper.stdout
        told = json.loads(keeper.stdout.read() or "{}")
        if keeper.returncode:
            said.seek(0)
            raise SystemExit(f"{said.read()[-2000:]}\nfailed: {' '.join(command)}")
    return Cost(
        told["wall"], told["cpu"], highest.found, max(0, _busy() - before - told["cpu"])
    )


class _Highest:
    """Megabytes of all descendants of a process at the most."""

    def __init__(self) -> None:
        self.found = 0.0
        self._next = 0.0

    def look(self, root: int) -> None:
        """The exact figure takes long, so it is asked for only where it may be higher.

        Of processes of gigabytes it takes a tenth of a second, from what is measured.
        """
        pids, began = [*_descendants(root)], time.monotonic()
        if began >= self._next and sum(map(_resident, pids)) > self.found:
            self.found = max(self.found, sum(map(_proportional, pids)))
            ended = time.monotonic()
            self._next = ended + max(SELDOM, SHARE * (ended - began)) * (self.found > 0)


def _descendants(pid: int) -> Iterator[int]:
    with contextlib.suppress(OSError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            for child in map(int, (task / "children").read_text().split()):
                yield child
                yield from _descendants(child)


def _resident(pid: int) -> float:
    with contextlib.suppress(OSError, IndexError):
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * PAGE / 2**20
    return 0


def _proportional(pid: int) -> float:
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) / 2**10
    return 0


def _busy() -> float:
    """Seconds that all processors have worked."""
    worked = [int(ticks) for ticks in Path("/proc/stat").read_text().split()[1:9]]
    return (sum(worked) - worked[3] - worked[4]) / TICK  # without idling and waiting for a disk


def _keep(command: list[str]) -> int:
    """Runs it and tells its cost; processes that their parents left behind come to us."""
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    started, wall, code = time.perf_counter(), 0.0, 1
    aside = (os.POSIX_SPAWN_DUP2, 2, 1)  # our own output is the cost
    first = os.posix_spawnp(command[0], command, os.environ, file_actions=[aside])
    with contextlib.suppress(ChildProcessError):
        while True:
            pid, status, _ = os.wait4(-1, 0)
            if pid == first:
                wall, code = time.perf_counter() - started, os.waitstatus_to_exitcode(status)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    json.dump({"wall": wall, "cpu": used.ru_utime + used.ru_stime}, sys.stdout)
    return code


if __name__ == "__main__":
    raise SystemExit(_keep(sys.argv[1:]))
