"""The site behind a gateway, and from a stick by `mirror serve`: every link and the search."""

from __future__ import annotations

import functools
import http.server
import re
import shutil
import threading
import urllib.error
import urllib.request
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any, ClassVar
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest

from aigaq.desk import copies
from aigaq.mirror import manifest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

sync_api = pytest.importorskip("playwright.sync_api")

CID = "bafybeigdyrzt5sfp7udm7hu76uh7y26nf3efuylqabf3oclgtqy55fbzdi"
PREFIXES = (f"/ipfs/{CID}/", "/ipns/archive.example.org/", "/a/folder/of/another/site/")


class Gateway(http.server.SimpleHTTPRequestHandler):
    """Answers below its prefixes as gateways do, and has a page of its own for the rest."""

    strayed: ClassVar[list[str]] = []

    def translate_path(self, path: str) -> str:
        for prefix in PREFIXES:
            if path.startswith(prefix):
                return super().translate_path(f"/{path.removeprefix(prefix)}")
        self.strayed.append(path)
        return super().translate_path("/nowhere/at/all")

    def list_directory(self, path: Any) -> None:
        self.send_error(404)

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "public, max-age=29030400, immutable")
        self.send_header("Access-Control-Allow-Origin", "*")
        self.send_header("X-Ipfs-Path", self.path)
        super().end_headers()

    def log_message(self, *_: Any) -> None:
        """Says nothing."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, site_builder: Any) -> Path:
    """A site in two languages with a search, and with what has pages and links."""
    site = site_builder(tmp_path_factory.mktemp("gateway") / "site")
    site.config(
        languages=["en", "kk"],
        address="https://archive.example.org/",
        mirrors=True,
        menu=["home", "testimonies", "people", "timeline", "places", "topics", "search"],
    )
    site.topics({"id": "prison", "label": {"en": "Prison", "kk": "Түрме"}})
    site.place("pl-1", "Placeholder Town").person("p-narrator", "Placeholder Name")
    site.testimony("t-1", body="They took her in Wednesbury.\n", topics=["prison"])
    site.testimony("t-2", about=["p-narrator"])
    site.translation("t-1", "kk", body="Оны алып кетті.\n")
    report = site.build(search=True)
    assert report.status == 0, report.problems
    public: Path = site.public
    return public


@pytest.fixture(scope="module")
def gateway(folder: Path) -> Iterator[str]:
    handler = functools.partial(Gateway, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


class Links(HTMLParser):
    """Whatever a page names."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        said = dict(attributes)
        if tag == "link" and said.get("rel") in {"canonical", "alternate"}:
            return  # names for machines: where the archive itself stands
        for name in ("href", "src"):
            self.found += [value for value in [said.get(name)] if value]


def crawled(*starts: str) -> tuple[set[str], list[str]]:
    """Every address of the server that can be reached from `starts`; what is lost."""
    seen, lost, waiting = {*starts}, [], [*starts]
    home = urlsplit(starts[0])
    while waiting:
        address = waiting.pop()
        try:
            with urllib.request.urlopen(address, timeout=20) as answer:
                data, kind = answer.read(), answer.headers["Content-Type"]
        except urllib.error.HTTPError as error:
            lost.append(f"{address}: {error.code}")
            continue
        if kind.startswith("text/html"):
            page = Links()
            page.feed(data.decode())
            for link in page.found:
                target = urldefrag(urljoin(address, link)).url.partition("?")[0]
                if urlsplit(target).netloc == home.netloc and target not in seen:
                    seen.add(target)
                    waiting.append(target)
    return seen, lost


@pytest.mark.parametrize("prefix", PREFIXES)
def test_every_link_stays_below_the_gateways_prefix_and_leads_somewhere(
    gateway: str, folder: Path, prefix: str
) -> None:
    Gateway.strayed.clear()

    pages = sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*.html"))

    seen, lost = crawled(*(gateway + prefix + page for page in pages if page != "404.html"))

    assert (lost, Gateway.strayed) == ([], [])
    assert [one for one in seen if not one.startswith(gateway + prefix)] == []


@pytest.mark.parametrize("prefix", PREFIXES)
def test_every_text_is_reached_from_the_bare_address_of_the_gateway(
    gateway: str, prefix: str
) -> None:
    seen, _ = crawled(gateway + prefix)

    reached = {one.removeprefix(gateway + prefix) for one in seen}
    texts = {f"{lang}/testimonies/{t}.html" for lang in ("en", "kk") for t in ("t-1", "t-2")}
    assert texts | {"kk/search.html", "en/verify.html"} <= reached


@pytest.mark.parametrize("prefix", PREFIXES)
def test_the_search_finds_and_leads_below_the_prefix(
    gateway: str, prefix: str, watched: Callable[..., Any]
) -> None:
    home = gateway + prefix
    watching = watched(home)
    page = watching.open(f"{home}en/search.html#q=Wednesbury")

    link = page.locator("#results > li > h2 > a").first
    sync_api.expect(link).to_be_visible(timeout=20_000)
    link.click()
    page.wait_for_url(re.compile(re.escape(f"{home}en/testimonies/t-1.html")))

    assert "Wednesbury" in page.locator("main").inner_text()
    assert watching.complaints == []


def test_a_gateway_that_is_given_the_folder_without_its_slash_leads_there(gateway: str) -> None:
    with urllib.request.urlopen(f"{gateway}/ipfs/{CID}/en", timeout=20) as answer:
        assert answer.url == f"{gateway}/ipfs/{CID}/en/"


def test_a_copy_on_a_stick_is_searched_by_mirror_serve(
    folder: Path, tmp_path: Path, watched: Callable[..., Any]
) -> None:
    stick = shutil.copytree(folder, tmp_path / "stick")
    files = [p for p in stick.rglob("*") if p.is_file() and p.name != ".aigaq-site"]
    digests = {p.relative_to(stick).as_posix(): manifest.digest(p.read_bytes()) for p in files}
    (stick / manifest.NAME).write_text(manifest.text(digests))

    with copies.started(copies.Copy(stick), 0) as home:
        watching = watched(home)
        page = watching.open(f"{home}kk/search.html?q=Wednesbury")
        page.get_by_role("checkbox").first.check()
        link = page.locator("#results > li > h2 > a").first
        sync_api.expect(link).to_be_visible(timeout=20_000)
        link.click()
        page.wait_for_url(re.compile(re.escape(f"{home}en/testimonies/t-1.html")))

    assert watching.complaints == []
