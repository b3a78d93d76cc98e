"""All figures of the search, part after part.

    python -m bench.search [--only names page precision fulltext index] [--large]

By itself it takes the demonstration archive, and up to 10,000 made-up people: ten minutes of
two free processors. `--large` adds 100,000 people, and indexes of 1,000 and 10,000 testimonies:
an hour and 9 GB. Needs the `test` extra and Chromium; one part that fails stops the run.
"""

from __future__ import annotations

import argparse
import importlib
import sys
import time

PARTS = {
    "names": ("--people", "10000"),
    "page": (),
    "precision": (),
    "fulltext": (),
    "index": ("--rounds", "1"),
}
LARGE = {
    "names": ("--people", "100000"),
    "index": ("--rounds", "1", "--testimonies", "0", "1000", "10000"),
}


def main() -> None:
    """Prints the tables of the parts, and how long each took."""
    asked = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    asked.add_argument("--only", nargs="+", choices=PARTS, default=list(PARTS))
    asked.add_argument("--large", action="store_true")
    said = asked.parse_args()
    for part in said.only:
        started = time.perf_counter()
        print(f"\n# {part}\n", flush=True)
        sys.argv = [part, *(LARGE.get(part, PARTS[part]) if said.large else PARTS[part])]
        importlib.import_module(f"bench.search.{part}").main()
        print(f"\n{part}: {time.perf_counter() - started:.0f} s", flush=True)


if __name__ == "__main__":
    main()
