"""All figures of the search, part after part: `python -m bench.search`."""

from __future__ import annotations

import importlib
import sys

PARTS = ("names", "page", "fulltext", "index")

if __name__ == "__main__":
    for part in PARTS:
        print(f"\n# {part}\n", flush=True)
        sys.argv = [part]
        importlib.import_module(f"bench.search.{part}").main()
