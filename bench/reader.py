"""What pages weigh and how soon they stand there, by a real load and by Lighthouse.

    python -m bench.reader --work DIR [--runs 5] [--peer]

`--work` keeps the built demonstration archive, Lighthouse (npm brings it) and, with `--peer`,
Material for MkDocs (from PyPI), which renders the words of our longest text for comparison.
Weights are bytes as they cross the line, from a server here that packs with gzip; Lighthouse
uses its mobile settings, and each figure is the median of the runs. Needs the `test` extra,
Chromium, and npm. A machine that does other things makes the times longer, never the weights.
"""

from __future__ import annotations

import argparse
import contextlib
import functools
import gzip
import http.server
import io
import json
import os
import re
import shutil
import statistics
import subprocess
import threading
import urllib.parse
import venv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html.parser import HTMLParser
from http import HTTPStatus
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from bench.search.site import DEMONSTRATION, ROOT, Site

LIGHTHOUSE = "lighthouse@12.8.2"
PEER = "mkdocs-material==9.8.1"
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync")
PACKED = {".html", ".css", ".js", ".json", ".svg", ".xml"}
VOID = frozenset({"br", "col", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})
SCORES = ("performance", "accessibility", "best-practices", "seo")
TIMES = ("largest-contentful-paint", "cumulative-layout-shift", "total-blocking-time")
HEAD = (
    *("Page", "besides the words, KB", "style", "scripts", "font", "whole", "requests"),
    *("Lighthouse", "largest paint", "shift", "blocked", "machine"),
)
TOLD = frozenset({"block", "excerpt", "said", "md-content"})  # classes of what was told


@dataclass(frozen=True, slots=True, kw_only=True)
class Weight:
    """Bytes of a first view, packed: of each part but pictures.

    `bare` is the document again, without its told words.
    """

    html: int
    bare: int
    style: int
    script: int
    font: int
    requests: int

    @property
    def whole(self) -> int:
        return self.html + self.style + self.script + self.font

    @property
    def besides(self) -> int:
        """Without what the reader came for."""
        return self.whole - self.html + self.bare


class _Packing(http.server.SimpleHTTPRequestHandler):
    """Sends what may be packed as gzip does by default."""

    def send_head(self) -> Any:
        place = Path(self.translate_path(self.path))
        if place.is_dir() and self.path.endswith("/"):
            place /= "index.html"
        if place.suffix not in PACKED or not place.is_file():
            return super().send_head()
        data = gzip.compress(place.read_bytes(), 6, mtime=0)
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", self.guess_type(place))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        return io.BytesIO(data)

    def log_message(self, *arguments: object) -> None:
        pass


class _Bare(HTMLParser):
    """Passes on everything but the text inside of what was told."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.kept: list[str] = []
        self._open: list[bool] = []  # of each element: whether it belongs to what was told

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.kept.append(self.get_starttag_text() or "")
        if tag not in VOID:
            classes = (dict(attributes).get("class") or "").split()
            self._open.append(self._inside or not TOLD.isdisjoint(classes))

    def handle_endtag(self, tag: str) -> None:
        self.kept.append(f"</{tag}>")
        self._open.pop()

    def handle_data(self, data: str) -> None:
        if not self._inside:
            self.kept.append(data)

    def handle_entityref(self, name: str) -> None:
        self.handle_data(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.handle_data(f"&#{name};")

    def handle_decl(self, decl: str) -> None:
        self.kept.append(f"<!{decl}>")

    @property
    def _inside(self) -> bool:
        return bool(self._open) and self._open[-1]


def bare_of(html: str) -> str:
    """The page without its told words: every element stays, only their text goes."""
    reader = _Bare()
    reader.feed(html)
    reader.close()
    return "".join(reader.kept)


def packed(text: str) -> int:
    """Bytes, as a server packs it by default."""
    return len(gzip.compress(text.encode(), 6, mtime=0))


@contextlib.contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of the folder, with a slash at its end."""
    handler = functools.partial(_Packing, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def weight(browser: Browser, address: str) -> Weight:
    """Of one page, loaded by a reader who was never here. Icons are pictures."""
    context = browser.new_context()
    page = context.new_page()
    answers: list[tuple[str, int]] = []

    def note(request: Any) -> None:
        answers.append((request.resource_type, request.sizes()["responseBodySize"]))

    page.on("requestfinished", note)
    answer = page.goto(address, wait_until="networkidle")
    bare = packed(bare_of(answer.text()))
    context.close()
    of = {kind: sum(size for k, size in answers if k == kind) for kind, _ in answers}
    return Weight(
        html=of.get("document", 0),
        bare=bare,
        style=of.get("stylesheet", 0),
        script=of.get("script", 0) + of.get("fetch", 0),
        font=of.get("font", 0),
        requests=len(answers),
    )


def brought(work: Path) -> Path:
    """Lighthouse's program; npm brings it if it is not there."""
    program = work / "node_modules/lighthouse/cli/index.js"
    if not program.is_file():
        command = ("npm", "install", "--no-save", "--ignore-scripts", "--no-audit", "--no-fund")
        _run([*command, "--prefix", str(work), LIGHTHOUSE])
    return program


def audited(program: Path, address: str, runs: int) -> Mapping[str, float]:
    """The medians of the scores, of 100, of the times, in milliseconds, and of `machine`.

    That is Lighthouse's own measure of how fast the machine was; below 1,000 blocked times and
    the score for performance tell more of the machine than of the page.
    """
    chromium = shutil.which("chromium") or ""
    flags = " ".join(("--headless=new", *FLAGS))
    command = ["node", str(program), address, "--output=json", "--quiet"]
    found: dict[str, list[float]] = {key: [] for key in (*SCORES, *TIMES, "machine")}
    for _ in range(runs):
        told = _run([*command, f"--chrome-flags={flags}"], CHROME_PATH=chromium)
        report = json.loads(told)
        for key in SCORES:
            found[key].append(100 * report["categories"][key]["score"])
        for key in TIMES:
            found[key].append(report["audits"][key]["numericValue"])
        found["machine"].append(report["environment"]["benchmarkIndex"])
    return {key: statistics.median(values) for key, values in found.items()}


def pages(public: Path) -> dict[str, str]:
    """What is measured, by what the table calls it."""
    texts = sorted(public.glob("en/testimonies/t-*.html"), key=lambda p: p.stat().st_size)
    people = sorted(public.glob("ug/people/p-????.html"), key=lambda p: p.stat().st_size)
    return {
        "home, English": "en/index.html",
        "longest testimony, English": texts[-1].relative_to(public).as_posix(),
        "longest person, Uyghur": people[-1].relative_to(public).as_posix(),
        "person of middle length, Uyghur": people[len(people) // 2]
        .relative_to(public)
        .as_posix(),
        "the missing, Chinese": "zh-Hans/wall.html",
        "search before a word, English": "en/search.html",
    }


def peer(work: Path, text: str) -> Path:
    """The site that Material for MkDocs makes of one text, with the system's fonts."""
    home, python = work / "peer", work / "peer/venv/bin/python"
    if not python.is_file():
        venv.create(home / "venv", with_pip=True)
        _run([str(python), "-m", "pip", "install", "-qq", PEER])
    (source,) = (ROOT / "content/testimonies").rglob(f"{text}.en.md")
    body = re.sub(r"\A---\n.*?\n---\n", "", source.read_text("utf-8"), flags=re.DOTALL)
    (home / "docs").mkdir(exist_ok=True)
    (home / "docs/index.md").write_text(f"# {text}\n\n{body}", "utf-8")
    config = {"site_name": "Peer", "theme": {"name": "material", "font": False}}
    (home / "mkdocs.yml").write_text(json.dumps(config))
    command = [str(python), "-m", "mkdocs", "build", "-q", "-f", str(home / "mkdocs.yml")]
    _run(command, NO_MKDOCS_2_WARNING="1")
    return home / "site"


def _run(command: list[str], **environment: str) -> str:
    done = subprocess.run(  # noqa: S603
        command, env=os.environ | environment, stdout=subprocess.PIPE, text=True, check=True
    )
    return done.stdout


def row(name: str, size: Weight, audit: Mapping[str, float]) -> str:
    """Of the table; `besides` stands only where there are told words."""
    shown = (size.besides, size.style, size.script, size.font, size.whole)
    paint, shift, blocked = (audit[key] for key in TIMES)
    cells = (
        name,
        *(f"{one / 1024:.1f}" for one in shown),
        size.requests,
        "/".join(f"{audit[key]:.0f}" for key in SCORES),
        f"{paint / 1000:.1f} s",
        f"{shift:.2g}",
        f"{blocked:.0f} ms",
        f"{audit['machine']:.0f}",
    )
    return f"| {' | '.join(map(str, cells))} |"


def main() -> None:
    """Prints the table."""
    asked = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    asked.add_argument("--work", type=Path, required=True)
    asked.add_argument("--runs", type=int, default=5)
    asked.add_argument("--peer", action="store_true")
    said = asked.parse_args()
    work = said.work.resolve()
    work.mkdir(parents=True, exist_ok=True)
    public = Site(work, DEMONSTRATION).public
    todo = {name: (public, path) for name, path in pages(public).items()}
    if said.peer:
        text = Path(todo["longest testimony, English"][1]).stem
        todo["its words, Material for MkDocs"] = (peer(work, text), "index.html")
    program = brought(work)
    print(f"| {' | '.join(HEAD)} |\n|---{'|--:' * (len(HEAD) - 1)}|")
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=shutil.which("chromium"), args=[*FLAGS])
        for name, (folder, path) in todo.items():
            with served(folder) as home:
                address = urllib.parse.urljoin(home, path)
                size = weight(browser, address)
                print(row(name, size, audited(program, address, said.runs)), flush=True)
        browser.close()


if __name__ == "__main__":
    main()
