"""Chromium for the tests of a module, without anything that it would do by itself."""

from __future__ import annotations

import functools
import http.server
import re
import shutil
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from playwright.sync_api import Browser, BrowserContext, Page

PREFIX = "/a/b/"
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(scope="module")
def launch(lacking: Callable[[str], Any]) -> Iterator[Callable[..., Browser]]:
    """Starts a Chromium, with more switches if the test gives some."""
    sync_api = pytest.importorskip("playwright.sync_api")
    path = shutil.which("chromium") or lacking("there is no Chromium here")
    with sync_api.sync_playwright() as playwright:

        def start(*switches: str) -> Any:
            return playwright.chromium.launch(executable_path=path, args=[*QUIET, *switches])

        yield start


@pytest.fixture(scope="module")
def browser(launch: Callable[..., Browser]) -> Iterator[Browser]:
    opened = launch()
    yield opened
    opened.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """Makes contexts, such as `context(viewport=NARROW)`, that end with the test."""
    made: list[BrowserContext] = []

    def make(**options: Any) -> BrowserContext:
        made.append(browser.new_context(**options))
        return made[-1]

    yield make
    for one in made:
        one.close()


class UnderPrefix(http.server.SimpleHTTPRequestHandler):
    """A web server that knows the site under `PREFIX` and nothing else."""

    def translate_path(self, path: str) -> str:
        inside = path.startswith(PREFIX)
        return super().translate_path(f"/{path.removeprefix(PREFIX)}" if inside else "/nowhere")

    def log_message(self, *arguments: Any) -> None:
        pass


@pytest.fixture(scope="module")
def serve() -> Iterator[Callable[[Path], str]]:
    """Serves a folder until the module ends; its address ends with a slash."""
    servers = []

    def start(folder: Path) -> str:
        handler = functools.partial(UnderPrefix, directory=str(folder))
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        threading.Thread(target=server.serve_forever).start()
        servers.append(server)
        return f"http://127.0.0.1:{server.server_port}{PREFIX}"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="module")
def address(demonstration: Path, serve: Callable[[Path], str]) -> str:
    """Where the demonstration is served."""
    return serve(demonstration / "public")


class Sample(NamedTuple):
    """A page, by its site's folder and its path in `public`."""

    kind: str
    root: Path
    path: str


@pytest.fixture(scope="module")
def samples(
    demonstration: Path, example: Path, kinds_of_pages: Callable[[Path], Mapping[str, str]]
) -> Callable[[str], list[Sample]]:
    """Few pages of both sites that together have every element with every class, by language.

    Every kind of page is among them but `redirect`, on which no browser rests. English has
    the pages of no language.
    """

    @functools.cache
    def of(lang: str) -> list[Sample]:
        pages = {
            Sample(kind, root, path): (root / "public" / path).read_text("utf-8")
            for root in (demonstration, example)
            for path, kind in kinds_of_pages(root).items()
            if kind != "redirect"
            and (path.startswith(f"{lang}/") or ("/" not in path and lang == "en"))
        }
        return _few(pages)

    return of


def _few(pages: Mapping[Sample, str]) -> list[Sample]:
    """Greedily those with most that is new for their length."""
    has = {sample: {("kind", sample.kind)} | _shapes(text) for sample, text in pages.items()}
    wanted, chosen = set[tuple[str, str]]().union(*has.values()), []
    while wanted:
        best = max(has, key=lambda one: (len(has[one] & wanted) / len(pages[one]), one.path))
        wanted -= has[best]
        chosen.append(best)
    for one in sorted(chosen, key=lambda one: -len(pages[one])):
        others = [has[other] for other in chosen if other != one]
        if has[one] <= set().union(*others):
            chosen.remove(one)
    return chosen


def _shapes(html: str) -> set[tuple[str, str]]:
    found = re.findall(r'<([a-z]\w*)(?:[^>]*?\bclass="([^"]*)")?', html)
    return {(tag, name) for tag, names in found for name in names.split() or [""]}


@pytest.fixture(scope="module")
def longest(
    demonstration: Path, kinds_of_pages: Callable[[Path], Mapping[str, str]]
) -> Callable[[str], dict[str, str]]:
    """The longest page of each kind, which has most of what it can have: path and kind."""

    def of(lang: str) -> dict[str, str]:
        kinds, site = kinds_of_pages(demonstration), demonstration / "public"
        found = [path for path in kinds if path.startswith(f"{lang}/")]
        by_size = sorted(found, key=lambda path: (site / path).stat().st_size)
        return {path: kind for kind, path in {kinds[path]: path for path in by_size}.items()}

    return of


class Watched:
    """A page, and all that went wrong in it: words on the console, requests that failed.

    The console also has what the Content Security Policy forbade.
    """

    def __init__(self, page: Page, home: str) -> None:
        self.page = page
        self.home = home
        self.complaints: list[str] = []
        page.on("console", lambda message: self.complain("said", message.text))
        page.on("pageerror", lambda error: self.complain("raised", str(error)))
        page.on("requestfailed", self.failed)
        page.on("request", self.request)
        page.on("response", self.response)

    def complain(self, what: str, words: str) -> None:
        self.complaints.append(f"{self.page.url}: {what} {words}")

    def failed(self, request: Any) -> None:
        if request.failure != "net::ERR_ABORTED":  # an icon, when the next page is opened
            self.complain(f"{request.failure} for", request.url)

    def request(self, request: Any) -> None:
        if not request.url.startswith(self.home):
            self.complain("asked for", request.url)

    def response(self, response: Any) -> None:
        if response.status >= 400:
            self.complain(f"got {response.status} for", response.url)

    def open(self, address: str) -> Page:
        self.page.goto(address)
        return self.page


@pytest.fixture
def watched(context: Callable[..., BrowserContext]) -> Callable[..., Watched]:
    """A new page that is watched; `home` is how all that it may ask for begins."""

    def opened(home: str, **options: Any) -> Watched:
        return Watched(context(**options).new_page(), home)

    return opened
