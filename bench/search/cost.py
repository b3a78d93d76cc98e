"""Our index as a command, so that it can be measured like the engine.

python -m bench.search.cost SLIM --out DIR [--cache DIR] [--jobs 4]
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from pathlib import Path

from aigaq.output import search
from aigaq.pages import slim_page
from aigaq.pages.page import Artifact


def spread(folder: Path, files: Iterable[Artifact | slim_page.Fed]) -> None:
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
    slim: dict[str, tuple[slim_page.Fed, ...]] = {}
    for place in sorted(said.slim.iterdir()):
        files = sorted(place.rglob("*.html"))
        slim[place.name] = tuple(
            slim_page.of_file(path.relative_to(said.slim).as_posix(), path.read_bytes())
            for path in files
        )
    made, problems = search.bundles(slim, cache_dir=said.cache, jobs=said.jobs)
    if problems:
        raise SystemExit("\n".join(map(str, problems)))
    spread(said.out, made)


if __name__ == "__main__":
    main()
