"""What the leak check costs: MB/s and seconds per 1,000 pages, by how many names are protected.

    python -m bench.leaks --output public                      # the folder of a finished site
    python -m bench.leaks --output public --names 10 --rounds 3

The names looked for are made of given names and surnames that the site has, in pairs that it
has not: nothing is easier to mistake for them than its own people. Times are those of one
processor; `again` is the check of a build that changed nothing (`.cache`).
"""

from __future__ import annotations

import argparse
import json
import random
import tempfile
import time
from pathlib import Path

from aigaq.archive.protected import Protected, Value
from aigaq.output import leaks
from aigaq.pages.page import Artifact

COUNTS = (1, 10, 100, 1000)


def main() -> None:
    options = _options()
    files = [
        Artifact(path.relative_to(options.output).as_posix(), path.read_bytes())
        for path in sorted(options.output.rglob("*"))
        if path.is_file()
    ]
    pages = sum(file.path.endswith(".html") for file in files)
    size = sum(len(file.data) for file in files)
    print(f"{len(files):,} files, {pages:,} pages, {size / 1e6:.1f} MB")
    print("names     list       check     MB/s   s per 1,000 pages    again   found")
    public = _names(options.output)
    for count in options.names or COUNTS:
        rounds = [_measured(files, public, count) for _ in range(options.rounds)]
        made, checked, again, found = min(rounds, key=lambda one: one[1])
        print(
            f"{count:5,} {made:7.2f} s {checked:9.2f} s {size / 1e6 / checked:8.1f}"
            f" {checked / pages * 1000:16.2f} {again:10.2f} s {found:6,}"
        )


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "--output", type=Path, required=True, help="the folder of a finished site"
    )
    parser.add_argument("--names", type=int, nargs="*", help="how many, instead of 1 to 1,000")
    parser.add_argument("--rounds", type=int, default=1, help="the fastest is told")
    return parser.parse_args()


def _names(output: Path) -> list[str]:
    """Names of two words of the site's people, from its open data."""
    found: set[str] = set()
    for path in sorted((output / "data").rglob("p-*.json")):
        for name in json.loads(path.read_text("utf-8")).get("names", ()):
            if "described" not in name["kinds"] and len(name["text"].split()) == 2:
                found.add(name["text"])
    return sorted(found)


def _measured(
    files: list[Artifact], public: list[str], count: int
) -> tuple[float, float, float, int]:
    """Seconds for the list, the check and the check again; and how much was found."""
    start = time.process_time()
    watch = leaks.watchlist(Protected(_values(public, count), tuple(public)))
    made = time.process_time()
    with tempfile.TemporaryDirectory() as folder:
        found = leaks.problems(files, watch, cache_dir=Path(folder))
        checked = time.process_time()
        leaks.problems(files, watch, cache_dir=Path(folder))
        again = time.process_time()
    return made - start, checked - made, again - checked, len(found)


def _values(public: list[str], count: int) -> tuple[Value, ...]:
    chance = random.Random(count)  # the same each time
    given, family = zip(*(name.split() for name in public), strict=True)
    made: set[str] = set()
    while len(made) < count:
        made.add(f"{chance.choice(given)} {chance.choice(family)}")
        made.difference_update(public)
    return tuple(
        Value(f"p-{n:04}", "names.text", one, "name") for n, one in enumerate(sorted(made))
    )


if __name__ == "__main__":
    main()
