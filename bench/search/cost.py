"""What a command costs; and our index as a command, so that it can be measured like the engine.

python -m bench.search.cost SLIM --out DIR [--cache DIR] [--jobs 4]
"""

from __future__ import annotations

import argparse
import contextlib
import os
import subprocess
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from aigaq.output import search
from aigaq.pages.page import Artifact

ROOT = Path(__file__).resolve().parents[2]
PAGE = os.sysconf("SC_PAGE_SIZE")


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds that passed, seconds of processors, megabytes at the most.

    Memory is the largest sum of what all processes hold at one moment, looked at every fiftieth
    of a second. (What the system tells at the end has the size of whoever started them in it.)
    """

    wall: float
    cpu: float
    memory: float


def of(command: Iterable[str]) -> Cost:
    """Of the command and all that it starts; it must succeed."""
    started, highest = time.perf_counter(), 0.0
    process = subprocess.Popen([*command], cwd=ROOT, stdout=subprocess.DEVNULL)  # noqa: S603
    while True:
        pid, status, used = os.wait4(process.pid, os.WNOHANG)
        if pid:
            break
        highest = max(highest, _held(process.pid))
        time.sleep(0.02)
    wall = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"failed: {' '.join(command)}")
    return Cost(wall, used.ru_utime + used.ru_stime, highest)


def _held(root: int) -> float:
    """Megabytes that a process and its descendants hold now."""
    parents, pages = {}, {}
    for place in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            stat = (place / "stat").read_text().rpartition(")")[2].split()
            parents[int(place.name)], pages[int(place.name)] = int(stat[1]), int(stat[21])
    mine, fresh = set(), {root}
    while fresh:
        mine |= fresh
        fresh = {child for child, parent in parents.items() if parent in fresh}
    return sum(pages.get(pid, 0) for pid in mine) * PAGE / 2**20


def spread(folder: Path, files: Iterable[Artifact]) -> None:
    for file in files:
        place = folder / file.path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(file.data)


def main() -> None:
    asked = argparse.ArgumentParser(description="Index slim pages as a build does.")
    asked.add_argument("slim", type=Path)
    asked.add_argument("--out", type=Path, required=True)
    asked.add_argument("--cache", type=Path)
    asked.add_argument("--jobs", type=int, default=1)
    said = asked.parse_args()
    slim: dict[str, tuple[Artifact, ...]] = {}
    for place in sorted(said.slim.iterdir()):
        files = sorted(place.rglob("*.html"))
        slim[place.name] = tuple(
            Artifact(path.relative_to(said.slim).as_posix(), path.read_bytes())
            for path in files
        )
    made, problems = search.bundles(slim, cache_dir=said.cache, jobs=said.jobs)
    if problems:
        raise SystemExit("\n".join(map(str, problems)))
    spread(said.out, made)


if __name__ == "__main__":
    main()
