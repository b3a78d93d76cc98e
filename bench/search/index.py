"""What the index costs those who publish, beside one run of the engine; and those who read.

    python -m bench.search.index [--testimonies 1000 10000] [--rounds 3] [--work DIR]

Without `--testimonies` it is the demonstration archive. `--work` keeps the synthetic archives
for the next run. The single run is one of the engine over all pages as they are published; ours
and it take turns, and each figure is the median. Needs the `test` extra, Chromium, and 9 GB of
memory for 10,000 testimonies.
"""

from __future__ import annotations

import argparse
import contextlib
import functools
import gzip
import http.server
import itertools
import re
import shutil
import statistics
import sys
import tempfile
import threading
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from aigaq.output import pagefind, search
from aigaq.pages import bundles
from aigaq.pages.page import Artifact
from aigaq.pages.slim_page import Fed
from bench import cost
from bench.search.cost import spread
from bench.search.site import DEMONSTRATION, Site

PARTS = (1, 2, 4, 8)
OURS = (sys.executable, "-m", "bench.search.cost")

Slim = Mapping[str, tuple[Fed, ...]]
Row = tuple[str, str, str, str]  # what, ours, beside, ours as a share of that


def rows(site: Site, rounds: int) -> Iterator[Row]:
    engine = pagefind.executable(extended=False)
    if engine is None:
        raise SystemExit(search.MISSING.message)
    here = site.work / "index"
    shutil.rmtree(here, ignore_errors=True)
    fed, out = here / "slim", here / "out"
    spread(fed, itertools.chain.from_iterable(site.slim.values()))
    ways = {
        "ours": (*OURS, str(fed), "--out", str(out)),
        "two at once": (*OURS, str(fed), "--out", str(out), "--jobs", "4"),
        "single": (
            str(engine),
            "--site",
            str(site.public),
            "--output-path",
            str(out),
            "--silent",
        ),
    }
    costs = _in_turn(ways, out, rounds)
    single = costs.pop("single")
    for way, ours in costs.items():
        yield from _beside(f"index, {way}", ours, single)
    for what, ours in _edits(site.slim, fed, out):
        yield from _beside(f"index again, {what}", ours, single)
    yield from _readers(_largest(site.slim), site.slim, here)
    shutil.rmtree(here)


def _beside(what: str, ours: cost.Cost, single: cost.Cost) -> Iterator[Row]:
    for unit in ("wall", "cpu", "memory"):
        a, b = getattr(ours, unit), getattr(single, unit)
        sign = "MB" if unit == "memory" else "s"
        yield (f"{what}: {unit}", f"{a:.1f} {sign}", f"{b:.1f} {sign}", f"{a / b:.2f}")


def _in_turn(
    ways: Mapping[str, tuple[str, ...]], out: Path, rounds: int
) -> dict[str, cost.Cost]:
    found: dict[str, list[cost.Cost]] = {way: [] for way in ways}
    for _, (way, command) in itertools.product(range(rounds), ways.items()):
        shutil.rmtree(out, ignore_errors=True)
        found[way].append(cost.of(command))
    return {
        way: cost.Cost(
            *(statistics.median(getattr(c, u) for c in costs) for u in cost.Cost.__slots__)
        )
        for way, costs in found.items()
    }


def _edits(slim: Slim, fed: Path, out: Path) -> Iterator[tuple[str, cost.Cost]]:
    """A word more in one text, with everything else in the cache."""
    cache = out.with_name("cache")
    command = (*OURS, str(fed), "--out", str(out), "--cache", str(cache))
    cost.of(command)
    yield "nothing changed", cost.of(command)
    texts = {
        lang: [p for p in pages if "/testimonies/t" in p.path] for lang, pages in slim.items()
    }
    by_size = sorted((lang for lang in texts if texts[lang]), key=lambda lang: len(slim[lang]))
    for lang in dict.fromkeys((by_size[-1], by_size[0])):
        page = texts[lang][0]
        (fed / page.path).write_bytes(page.data.replace(b"</body>", b"<p>one more</p></body>"))
        yield f"in {lang}", cost.of(command)


def _largest(slim: Slim) -> str:
    return max(slim, key=lambda lang: (len(slim[lang]), lang))


# --- what a reader loads ---


def _readers(lang: str, slim: Slim, here: Path) -> Iterator[Row]:
    """The bytes of a first search with ten results, by how many bundles the language has."""
    queries = _queries(slim[lang])
    first: Mapping[str, float] = {}
    for count in PARTS:
        folder = here / "readers"
        shutil.rmtree(folder, ignore_errors=True)
        bundles.LARGEST = -(-len(slim[lang]) // count)
        made, problems = search.bundles(slim, cache_dir=None, only=lang)
        if problems:
            raise SystemExit("\n".join(map(str, problems)))
        page = f'<!doctype html><html lang="{lang}">'
        spread(folder, [*made, Artifact("page.html", page.encode())])
        folders = bundles.folders(lang, len(slim[lang]))
        found = {kind: _loaded(folder, folders, asked) for kind, asked in queries.items()}
        first = first or found
        for kind, loaded in found.items():
            yield (
                f"first search in {lang}, {count} bundles, {kind}",
                f"{loaded:.0f} KB",
                f"{first[kind]:.0f} KB",
                f"{loaded / first[kind]:.2f}",
            )


def _queries(pages: Iterable[Fed]) -> dict[str, tuple[str, ...]]:
    """Words that many, some and few pages have."""
    counts: Counter[str] = Counter()
    for page in pages:
        words = re.findall(r"\w{4,}", re.sub(r"<[^>]*>", " ", page.data.decode().lower()))
        counts.update(sorted(set(words)))
    words = [word for word, _ in counts.most_common()]
    of = [words[len(words) // share] for share in (100, 20, 4)]
    return {"one word": tuple(of), "two words": (f"{of[0]} {of[1]}", f"{of[1]} {of[2]}")}


_SEARCH = """async ([folders, query]) => {
  const pagefind = await import(folders[0] + "pagefind.js");
  const engine = pagefind.createInstance({ basePath: folders[0], noWorker: true });
  await engine.search("");
  const { lang } = document.documentElement;
  const others = folders.slice(1).map((path) => engine.mergeIndex(path, { language: lang }));
  await Promise.all(others);
  const { results } = await engine.search(query);
  await Promise.all(results.slice(0, 10).map((one) => one.data()));
}"""


def _loaded(folder: Path, folders: Iterable[str], queries: Iterable[str]) -> float:
    """Kilobytes of a search on a fresh page, on an average; scripts as a server packs them."""
    with _served(folder) as address, sync_playwright() as play:
        browser = play.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        paths = [f"/{one}" for one in folders]
        asked = [_asked(browser.new_page(), address, paths, query) for query in queries]
        browser.close()
    files = (folder / path for loaded in asked for path in loaded)
    return sum(_packed(file) for file in files) / len(asked) / 1024


def _asked(page: Page, address: str, folders: list[str], query: str) -> list[str]:
    """What a search loads, as paths."""
    page.goto(f"{address}/page.html")
    loaded: list[str] = []
    page.on("response", lambda answer: loaded.append(answer.url))
    page.evaluate(_SEARCH, [folders, query])
    return [url.removeprefix(f"{address}/").partition("?")[0] for url in loaded]


def _packed(file: Path) -> int:
    data = file.read_bytes()
    return len(gzip.compress(data)) if file.suffix in {".js", ".json"} else len(data)


@contextlib.contextmanager
def _served(folder: Path) -> Iterator[str]:
    handler = functools.partial(_Silent, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


class _Silent(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *arguments: object) -> None:
        pass


def main() -> None:
    """Prints a table for each site."""
    asked = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    asked.add_argument("--testimonies", type=int, nargs="*", default=[DEMONSTRATION])
    asked.add_argument("--rounds", type=int, default=3)
    asked.add_argument("--work", type=Path)
    said = asked.parse_args()
    with tempfile.TemporaryDirectory(prefix="aigaq-bench-") as temporary:
        for testimonies in said.testimonies:
            site = Site((said.work or Path(temporary)).resolve(), testimonies)
            print(f"\n| {site.name} | ours | beside | ratio |\n|---|---|---|---|")
            for row in rows(site, said.rounds):
                print(f"| {' | '.join(row)} |", flush=True)


if __name__ == "__main__":
    main()
