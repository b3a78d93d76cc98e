"""Words in other forms than the text has: what the search page finds of them, and its price.

    python bench/search/fulltext.py [--root SITE] [--only bytes]

Each line of `inflected.json` is a query and the form that texts have; every page with that form
should be found. Beside the search page stands Pagefind alone: an index of the same pages
without our help, asked for the query as it is. Prices are those of the first search in a fresh
browser and of a second word, over HTTP with gzip, at 400 kbit/s and 400 ms.
"""

from __future__ import annotations

import argparse
import functools
import gzip
import http.server
import itertools
import json
import re
import shutil
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from aigaq import pipeline
from aigaq.output import search
from aigaq.pages import slim
from aigaq.pages.page import Artifact

HERE = Path(__file__).resolve().parent
SPEED, DELAY = 400_000 / 8, 400  # bytes a second, ms
FORMS = re.compile(rb'<meta data-pagefind-meta="forms\[content\]"[^>]*>\n')
TAGS = re.compile(r"<[^>]*>")
WORD = re.compile(r"\w+")
PLAIN = "plain"  # folder of the index without our help
OURS = """async ([query]) => {
  const data = JSON.parse(document.getElementById('search-data').textContent);
  const src = '../assets/search-engine.js';
  if (!window.aigaqEngine) await new Promise((onload) => document.head.append(
    Object.assign(document.createElement('script'), {src, onload})));
  const {found} = await aigaqEngine.find(data.bundles[0], query, [], data);
  return found.map(one => one.path);
}"""
ALONE = """async ([query, folder]) => {
  const path = new URL(folder, location.href).pathname;
  const pagefind = await import(path + 'pagefind.js');
  const engine = pagefind.createInstance({basePath: path, noWorker: true});
  const {results} = await engine.search(query);
  const pages = await Promise.all(results.map(one => one.data()));
  return pages.map(one => one.raw_url.replace(/^\\/[^/]*\\//, ''));
}"""


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--root", type=Path, default=HERE.parents[1])
    options.add_argument("--only", choices=("recall", "bytes"), default="")
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        pages = site(given.root, Path(folder))
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        with served(Path(folder)) as address:
            if given.only != "bytes":
                recall(browser, address, pages)
            if given.only != "recall":
                prices(browser, address, pages)
        browser.close()


# --- the site ---


def site(root: Path, folder: Path) -> Mapping[str, Mapping[str, str]]:
    """Search pages and indexes, without what they lead to; the pages' texts by language."""
    options = pipeline.Options(jobs=2)
    prepared, problems, _ = pipeline.prepare(root, options=options, step=lambda _: None)
    assert prepared is not None, problems
    fed = slim.pages(prepared.index, prepared.press.texts)
    bare = {
        lang: tuple(Artifact(page.path, FORMS.sub(b"", page.data)) for page in pages)
        for lang, pages in fed.items()
    }
    ours, _ = search.bundles(fed, cache_dir=None)
    alone, _ = search.bundles(bare, cache_dir=None)
    pages = [prepared.artifact(f"{lang}/search.html")[0] for lang in fed]
    plain = (Artifact(one.path.replace("search/", f"{PLAIN}/", 1), one.data) for one in alone)
    for file in (*pages, *prepared.machine_files(), *ours, *plain):
        assert file is not None
        place = folder / file.path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(file.data)
    return {
        lang: {page.path.partition("/")[2]: words_of(page.data.decode()) for page in some}
        for lang, some in fed.items()
    }


def words_of(page: str) -> str:
    return TAGS.sub(" ", page.partition("<body")[2].partition(">")[2]).lower()


class Packing(http.server.SimpleHTTPRequestHandler):
    """A web server as they are found: text is packed, what is packed already is not."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        if not path.is_file():
            self.send_error(404)
            return
        data = path.read_bytes()
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        if path.suffix in {".html", ".js", ".css", ".json", ".svg"}:
            data = gzip.compress(data)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *arguments: Any) -> None:
        pass


@contextmanager
def served(folder: Path) -> Iterator[str]:
    handler = functools.partial(Packing, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/"
        server.shutdown()


# --- recall ---


def recall(browser: Browser, address: str, pages: Mapping[str, Mapping[str, str]]) -> None:
    queries = json.loads((HERE / "inflected.json").read_text("utf-8"))
    print(
        "| language | queries | recall | pages | without a form | Pagefind alone | its pages"
        " | without a form | where it has 0 |"
    )
    print("|---|--:|--:|--:|--:|--:|--:|--:|--:|")
    for lang, lines in queries.items():
        wanted = [(q, having(form, pages[lang])) for q, form in map(str.split, lines)]
        known = [(query, pages) for query, pages in wanted if pages]
        asked = [line for line, (_, pages) in zip(lines, wanted, strict=True) if pages]
        page = browser.new_page()
        page.goto(f"{address}{lang}/search.html")
        rows, shares = [], []
        for asking in (OURS, ALONE):
            arguments = f"../{PLAIN}/{lang}/"
            found = [page.evaluate(asking, [query, arguments]) for query, _ in known]
            share = [len(p & set(f)) / len(p) for f, (_, p) in zip(found, known, strict=True)]
            rows += [f"{mean(share):.2f}", f"{mean(list(map(len, found))):.1f}"]
            rows.append(f"{strange(found, asked, pages[lang]):.2f}")
            shares.append(share)
        lost = [mine for mine, alone in zip(*shares, strict=True) if not alone]
        print(
            f"| {lang} | {len(known)} | {' | '.join(rows)} | {mean(lost):.2f} of {len(lost)} |"
        )
        missed = [q for (q, _), share in zip(known, shares[0], strict=True) if share < 1]
        if missed:
            print(f"  not all pages: {', '.join(missed)}")
        if len(known) < len(wanted):
            print(f"  in no text: {', '.join(q for q, pages in wanted if not pages)}")
        page.close()


def strange(
    found: Iterable[Sequence[str]], lines: Iterable[str], texts: Mapping[str, str]
) -> float:
    """The share of results without a word that begins as the query or the form does.

    As far as both begin alike, from three letters to half of the query: a rough measure, which
    takes `балкон` for a form of `бала`.
    """
    wrong = every = 0
    for paths, line in zip(found, lines, strict=True):
        query, form = line.lower().split()
        if re.search("[\u4e00-\u9fff]", query):
            continue
        pairs = zip(query, form, strict=False)
        alike = sum(1 for _ in itertools.takewhile(lambda two: two[0] == two[1], pairs))
        size = max(3, min(alike, len(query) // 2))
        begins = (query[:size], form[:size])
        every += len(paths)
        wrong += sum(not _begins(texts.get(path, ""), begins) for path in paths)
    return wrong / every if every else 0.0


def _begins(text: str, beginnings: tuple[str, ...]) -> bool:
    return any(word.startswith(beginnings) for word in WORD.findall(text))


def mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0


def having(form: str, pages: Mapping[str, str]) -> set[str]:
    """The pages that have a form as a word; Chinese anywhere, with its spaces."""
    if re.search("[\u4e00-\u9fff]", form):
        return {path for path, text in pages.items() if form in text.replace(" ", "")}
    return {path for path, text in pages.items() if form.lower() in WORD.findall(text)}


# --- prices ---


def prices(browser: Browser, address: str, pages: Mapping[str, Mapping[str, str]]) -> None:
    heads = (
        "page KB",
        "of it scripts",
        "first search KB",
        "of it names",
        "s",
        "second KB",
        "s",
    )
    print(f"\n| language | pages | {' | '.join(heads)} |")
    print("|---|--:|--:|--:|--:|--:|--:|--:|--:|")
    for lang, texts in pages.items():
        first, second = usual(texts.values())
        page = browser.new_context().new_page()
        came = fetched_slowly(page)
        page.goto(f"{address}{lang}/search.html", wait_until="networkidle")
        before = list(came)
        row = [
            sum(kb for _, kb in before),
            sum(kb for url, kb in before if url.endswith(".js")),
        ]
        for word in (first, second):
            came.clear()
            seconds = searched(page, word)
            row.append(sum(kb for _, kb in came))
            if word is first:
                row.append(sum(kb for url, kb in came if "/names" in url))
            row.append(seconds)
        shown = " | ".join(f"{value:.1f}" for value in row)
        print(f"| {lang} | {len(texts)} | {shown} | <!-- {first}, {second} -->")
        page.context.close()


def fetched_slowly(page: Any) -> list[tuple[str, float]]:
    """Makes the network slow; each file that came since, with its kilobytes, as they come."""
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    slow = {"offline": False, "latency": DELAY, "uploadThroughput": SPEED}
    session.send("Network.emulateNetworkConditions", {**slow, "downloadThroughput": SPEED})
    came: list[tuple[str, float]] = []
    urls: dict[str, str] = {}

    def asked(event: Any) -> None:
        urls[event["requestId"]] = event["request"]["url"]

    def loaded(event: Any) -> None:
        came.append((urls[event["requestId"]], event["encodedDataLength"] / 1000))

    session.on("Network.requestWillBeSent", asked)
    session.on("Network.loadingFinished", loaded)
    return came


def searched(page: Any, word: str) -> float:
    """Seconds from Enter until the first result is there; then waits until all is quiet."""
    page.locator("#q").fill(word)
    page.evaluate("() => count.textContent = ''")
    start = time.monotonic()
    page.keyboard.press("Enter")
    page.wait_for_function(
        "q => location.hash.includes(encodeURIComponent(q)) && /\\d/.test(count.textContent)"
        " && document.querySelector('#results li')",
        arg=word,
        timeout=90_000,
    )
    seconds = time.monotonic() - start
    page.wait_for_load_state("networkidle")
    return seconds


def usual(texts: Iterable[str]) -> tuple[str, str]:
    """Two words of about one page in twenty, from two places of the alphabet."""
    spread: Counter[str] = Counter()
    amount = 0
    for amount, text in enumerate(texts, 1):  # noqa: B007
        spread.update({w for w in WORD.findall(text) if len(w) > 4 or not w.isascii()})
    near = sorted(spread, key=lambda w: (abs(spread[w] - amount / 20), w))[:40]
    return min(near), max(near)


if __name__ == "__main__":
    main()
