"""All figures of docs/mirrors/figures.md, on loopback: minutes, and as much disk as ten copies.

    python -m bench.mirrors [--only update built swarm] [--pages 1000] [--mirrors 6]

Needs libtorrent, nginx, rsync and ssh-keygen. Nothing outside of this machine is contacted.
"""

from __future__ import annotations

import argparse
import os
import platform
import tempfile
import time
from pathlib import Path

from bench.mirrors import built, swarm, update

PARTS = ("update", "built", "swarm")


def main() -> None:
    """Prints the tables of the parts, and what they were measured on."""
    asked = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    asked.add_argument("--only", nargs="+", choices=PARTS, default=PARTS)
    asked.add_argument("--routes", nargs="+", default=update.ROUTES)
    asked.add_argument("--testimonies", type=int, default=60)
    asked.add_argument("--pages", type=int, nargs="+", default=[1000])
    asked.add_argument("--mirrors", type=int, default=6)
    said = asked.parse_args()
    started = time.perf_counter()
    if "update" in said.only:
        rows: list[update.Row] = []
        for pages in said.pages:
            with tempfile.TemporaryDirectory() as scratch:
                rows += update.made_up(pages, Path(scratch), said.routes)
        print("\n# One testimony is edited\n")
        print("\n".join(update.lines(rows)), flush=True)
    if "built" in said.only:
        with tempfile.TemporaryDirectory() as scratch:
            rows = built.measured(said.testimonies, Path(scratch))
        print(
            f"\n# One of {said.testimonies} testimonies is edited, in a site that was built\n"
        )
        print("\n".join(update.lines(rows)), flush=True)
    if "swarm" in said.only:
        print("\n# A swarm\n")
        for line in swarm.scenes(said.mirrors, said.pages[0]):
            print(line, flush=True)
    machine = f"{os.cpu_count()} processors, load {os.getloadavg()[1]:.1f}"
    took = time.perf_counter() - started
    print(f"\n{machine}, Python {platform.python_version()}, {took:.0f} s.")


if __name__ == "__main__":
    main()
