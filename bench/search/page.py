"""How well the whole search page finds names: typed in Chromium, over HTTP, index and all.

    python -m bench.search.page

Every name of `tests/words/name_pairs.txt` is a person beside those of the demonstration
archive, with one of its spellings, and then with another; every other spelling is typed into
the English search page. The name index alone, with far more people, is in `names`.
Needs the `test` extra and Chromium.
"""

from __future__ import annotations

import shutil
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import yaml
from playwright.sync_api import Page, sync_playwright

from bench.search import fulltext, names
from bench.search.site import ROOT

TURNS = 2  # spellings of each name that are declared, one after the other
SHOWN = """() => [...document.querySelectorAll('#results > li')].map(
  one => one.querySelector('a').getAttribute('href').replace(/.*\\/|\\.html.*/g, ''))"""
MARK = "not yet"


def main() -> None:
    """Prints the table."""
    known, scores = names.clusters(), defaultdict[str, names.Score](names.Score)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        for turn in range(TURNS):
            targets = {f"p-{n:04x}": c[turn] for n, c in enumerate(known) if turn < len(c)}
            with tempfile.TemporaryDirectory() as folder:
                fulltext.site(_with_people(Path(folder, "site"), targets), Path(folder, "out"))
                with fulltext.served(Path(folder, "out")) as address:
                    page = browser.new_page()
                    page.goto(f"{address}en/search.html")
                    for target, query in _queries(targets, known):
                        kind = f"{names.script(query)} to {names.script(targets[target])}"
                        scores[kind].add({"ids": found(page, query)}, target, {target})
                    page.close()
        browser.close()
    print("| typed and declared | queries | recall@1 | recall@5 | others shown with a hit |")
    print("|---|---|---|---|---|")
    for kind, score in sorted(scores.items()):
        print(f"| {kind} | {score} |")


def found(page: Page, query: str) -> Sequence[str]:
    """The records and texts that the page shows for a query, in its order."""
    page.evaluate("mark => document.getElementById('count').textContent = mark", MARK)
    searching: str = page.evaluate(
        "() => JSON.parse(document.getElementById('search-data').textContent).words.searching"
    )
    page.locator("#q").fill(query)
    page.keyboard.press("Enter")
    page.wait_for_function(
        "waiting => !waiting.includes(document.getElementById('count').textContent)",
        arg=[MARK, searching],
        timeout=60_000,
    )
    shown: Any = page.evaluate(SHOWN)
    return list(shown)


def _queries(
    targets: dict[str, str], known: Sequence[names.Cluster]
) -> Iterator[tuple[str, str]]:
    for target, declared in targets.items():
        for query in known[int(target[2:], 16)]:
            if query != declared:
                yield target, query


def _with_people(root: Path, people: dict[str, str]) -> Path:
    """The demonstration archive with more people, in a folder of its own."""
    for name in ("content", "theme", "templates"):
        shutil.copytree(ROOT / name, root / name)
    shutil.copy(ROOT / "site.yaml", root)
    for person, text in people.items():
        record = {"names": [{"text": text, "lang": "en"}], "protect": "open"}
        place = root / "content" / "people" / f"{person}.yaml"
        place.write_text(yaml.safe_dump(record, allow_unicode=True), "utf-8")
    return root


if __name__ == "__main__":
    main()
