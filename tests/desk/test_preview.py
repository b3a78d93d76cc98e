"""The preview over real HTTP, on a free port."""

from __future__ import annotations

import contextlib
import html
import http.client
import os
import re
import shutil
import socket
import time
from typing import TYPE_CHECKING, Any

import pytest

from aigaq.desk import preview

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PAGE = "/en/testimonies/t-1.html"
LATEST = 20.0  # seconds that a slow machine may take to notice an edit


def silence(_: str) -> None:
    pass


class Browser:
    """Asks the preview as a browser would; `Host` is right unless a test says else."""

    def __init__(self, address: str) -> None:
        self.port = int(address.rstrip("/").rpartition(":")[2])

    def ask(self, path: str, method: str = "GET", **headers: str) -> http.client.HTTPResponse:
        """The response, read to its end; its body is in `.text`."""
        with contextlib.closing(http.client.HTTPConnection("127.0.0.1", self.port, 10)) as line:
            line.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
            wanted = {"Host": f"127.0.0.1:{self.port}"} | {
                name.replace("_", "-"): value for name, value in headers.items()
            }
            for name, value in wanted.items():
                line.putheader(name, value)
            line.endheaders()
            response = line.getresponse()
            response.text = response.read().decode("utf-8", "replace")
            return response

    def status(self, path: str, method: str = "GET", **headers: str) -> int:
        return self.ask(path, method, **headers).status

    def version(self) -> int:
        """How often the sources were read."""
        return int(re.search(r'data-version="[0-9a-f]+-(\d+)"', self.ask(PAGE).text)[1])

    @contextlib.contextmanager
    def listening(self) -> Iterator[Iterator[str]]:
        """The versions that the stream of events tells, as they come."""
        with socket.create_connection(("127.0.0.1", self.port), LATEST) as line:
            line.sendall(
                b"GET /.preview/events HTTP/1.1\r\nSec-Fetch-Site: same-origin\r\n"
                b"Host: 127.0.0.1:%d\r\n\r\n" % self.port
            )
            with line.makefile("rb") as stream:
                yield (row[6:].decode().strip() for row in stream if row.startswith(b"data: "))


def until(versions: Iterator[str], holds: Callable[[], object]) -> None:
    """Wait for the version in which `holds` is true: of an edit of several files, some may
    be read before the others are written. Fails after `LATEST` seconds without a version.
    """
    while not holds():
        next(versions)


@contextlib.contextmanager
def served(site: Any) -> Iterator[Browser]:
    with preview.started(site.root, port=0, say=silence) as address:
        yield Browser(address)


@pytest.fixture
def browser(site: Any) -> Iterator[Browser]:
    """A preview of one testimony of one's own, to be edited."""
    site.testimony("t-1", body="They took her in August.\n")
    with served(site) as one:
        yield one


@pytest.fixture(scope="module")
def standing(site_builder: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """A preview that several tests share, and that nobody edits."""
    site = site_builder(tmp_path_factory.mktemp("standing") / "site")
    site.config(address="https://archive.example.org/").testimony("t-1")
    site.write("content/media/secret.pdf", "canary").write("private.yaml", "canary")
    site.testimony("t-draft", draft=True, title="A draft")
    with served(site) as one:
        yield one


# What is served


def test_a_page_is_rendered_when_it_is_asked_for(standing: Browser) -> None:
    response = standing.ask(PAGE)

    assert response.status == 200
    assert response.getheader("Content-Type") == "text/html; charset=utf-8"
    assert "They took her in August." in response.text


def test_a_draft_is_shown_to_its_editor(standing: Browser) -> None:
    assert "A draft" in standing.ask("/en/testimonies/t-draft.html").text


@pytest.mark.parametrize(
    ("path", "type_"),
    [
        ("/", "text/html; charset=utf-8"),
        ("/en/", "text/html; charset=utf-8"),
        ("/en/index.html?lang=en", "text/html; charset=utf-8"),
        ("/assets/site.css", "text/css; charset=utf-8"),
        ("/assets/search.js", "text/javascript; charset=utf-8"),
        ("/assets/icon.svg", "image/svg+xml"),
        ("/robots.txt", "text/plain; charset=utf-8"),
        ("/en/feed.xml", "application/xml; charset=utf-8"),
        ("/.preview/reload.js", "text/javascript; charset=utf-8"),
        ("/.preview/banner.css", "text/css; charset=utf-8"),
        ("/.preview/problems.html", "text/html; charset=utf-8"),
    ],
)
def test_every_kind_of_file_has_its_type(standing: Browser, path: str, type_: str) -> None:
    response = standing.ask(path)

    assert (response.status, response.getheader("Content-Type")) == (200, type_)


def test_the_search_index_is_made_when_it_is_asked_for(standing: Browser) -> None:
    assert '"page_count"' in standing.ask("/search/en/pagefind-entry.json").text


def test_a_folder_without_its_slash_leads_to_the_folder(standing: Browser) -> None:
    response = standing.ask("/en/people")

    assert (response.status, response.getheader("Location")) == (302, "/en/people/")


def test_a_file_that_is_not_there_is_answered_with_the_sites_own_page(
    standing: Browser,
) -> None:
    response = standing.ask("/en/nothing.html")

    assert response.status == 404
    assert "archive.example.org" in response.text


def test_a_head_request_has_headers_and_no_body(standing: Browser) -> None:
    response = standing.ask(PAGE, "HEAD")

    assert response.status == 200
    assert int(response.getheader("Content-Length")) > 0
    assert response.text == ""


@pytest.mark.parametrize("path", ["/", PAGE, "/en/nothing.html", "/.preview/problems.html"])
def test_every_page_says_that_it_is_not_public(standing: Browser, path: str) -> None:
    text = standing.ask(path).text

    assert "Preview, not public." in text
    assert '<script src="/.preview/reload.js"></script>' in text


@pytest.mark.parametrize("path", ["/", PAGE, "/en/nothing.html"])
def test_every_page_allows_the_script_that_reloads_it(standing: Browser, path: str) -> None:
    policy = re.search('Content-Security-Policy" content="([^"]*)', standing.ask(path).text)[1]

    allowed = {part.split()[0]: part.split()[1:] for part in policy.split(";")}
    assert all("'self'" in allowed[name] for name in ("script-src", "connect-src", "style-src"))
    assert allowed["default-src"] == ["'none'"]


@pytest.mark.parametrize("path", ["/assets/site.css", "/robots.txt", "/en/feed.xml"])
def test_only_pages_get_a_banner(standing: Browser, path: str) -> None:
    assert "aigaq-preview" not in standing.ask(path).text


# Who is answered


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost", "LOCALHOST", "[::1]"])
def test_this_computers_own_names_are_answered(standing: Browser, name: str) -> None:
    assert standing.status(PAGE, Host=f"{name}:{standing.port}") == 200


@pytest.mark.parametrize(
    "host",
    [
        "archive.example.org",
        "archive.example.org:{port}",
        "127.0.0.1",
        "127.0.0.1:1",
        "127.0.0.1.example.org:{port}",
        "localhost.example.org:{port}",
        "localhost:{port}@example.org",
        "localhost:{port}, example.org",
        "0.0.0.0:{port}",
        "127.0.0.2:{port}",
        "2130706433:{port}",
        "",
    ],
)
def test_any_other_host_is_misdirected(standing: Browser, host: str) -> None:
    response = standing.ask(PAGE, Host=host.format(port=standing.port))

    assert (response.status, response.text) == (421, "")


@pytest.mark.parametrize("hosts", [b"", b"Host: 127.0.0.1:%d\r\nHost: example.org\r\n"])
def test_no_host_and_two_hosts_are_misdirected(standing: Browser, hosts: bytes) -> None:
    head = hosts % standing.port if hosts else hosts
    with socket.create_connection(("127.0.0.1", standing.port), 10) as line:
        line.sendall(b"GET / HTTP/1.1\r\n" + head + b"\r\n")

        assert line.recv(100).split()[1] == b"421"


@pytest.mark.parametrize(
    "method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT"]
)
def test_a_method_that_changes_or_explores_is_refused(standing: Browser, method: str) -> None:
    response = standing.ask(PAGE, method)

    assert (response.status, response.getheader("Allow")) == (405, "GET, HEAD")


def test_an_unknown_method_is_refused(standing: Browser) -> None:
    assert standing.status(PAGE, "BREW") == 501


@pytest.mark.parametrize(
    "origin", ["https://example.org", "http://localhost:1", "null", "file://"]
)
def test_another_sites_script_gets_nothing(standing: Browser, origin: str) -> None:
    assert standing.status(PAGE, Origin=origin) == 403
    assert standing.status("/.preview/events", Origin=origin) == 403


@pytest.mark.parametrize("site", ["cross-site", "same-site", "strange"])
def test_another_sites_element_gets_nothing(standing: Browser, site: str) -> None:
    assert standing.status("/assets/icon.svg", Sec_Fetch_Site=site) == 403


def test_a_link_from_another_site_may_be_followed(standing: Browser) -> None:
    headers = {"Sec_Fetch_Site": "cross-site", "Sec_Fetch_Mode": "navigate"}

    assert standing.status(PAGE, **headers) == 200
    assert standing.status("/.preview/events", **headers) == 403


@pytest.mark.parametrize("path", [PAGE, "/assets/site.css", "/en/nothing.html"])
def test_nothing_is_kept_framed_or_taken(standing: Browser, path: str) -> None:
    response = standing.ask(path)

    assert response.getheader("Cache-Control") == "no-store"
    assert response.getheader("Cross-Origin-Resource-Policy") == "same-origin"
    assert response.getheader("X-Content-Type-Options") == "nosniff"
    assert response.getheader("Content-Security-Policy") == "frame-ancestors 'none'"


def test_a_refusal_is_not_kept_either(standing: Browser) -> None:
    assert standing.ask(PAGE, "BREW").getheader("Cache-Control") == "no-store"
    assert standing.ask(PAGE, Host="example.org").getheader("Cache-Control") == "no-store"


def test_only_this_computer_can_connect(standing: Browser) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as line:
        # The whole of 127/8 is this computer, and the preview listens on one address of it.
        assert line.connect_ex(("127.0.0.2", standing.port)) != 0


# Nothing but the site

_UP = [
    "../",
    "..%2f",
    "%2e%2e/",
    "%2e%2e%2f",
    "..\\",
    "..%5c",
    "....//",
    ".../",
    "..;/",
    "..%c0%af",
]
OUTSIDE = [
    *(f"/{up}private.yaml" for up in _UP),
    *(f"/en/{up}{up}private.yaml" for up in _UP),
    *(f"/{up * 12}etc/passwd" for up in _UP),
    "/private.yaml",
    "/site.yaml",
    "/content/media/secret.pdf",
    "/content/testimonies/t-1.en.md",
    "/.cache/",
    "/.cache/lock",
    "/.git/config",
    "//etc/passwd",
    "//example.org/en/index.html",
    "/%2fetc/passwd",
    "/%252e%252e/private.yaml",
    "/en/%00index.html",
    "/en/index.html%00.css",
    "/en/index.html/",
    "/./en/index.html",
    "/en//index.html",
    "/en/people/../index.html",
    "/EN/index.html",
    "/%ff%fe",
    "http://example.org/en/index.html",
    "file:///etc/passwd",
    "*",
    "/.preview/",
    "/.preview/../en/index.html",
    "/search/../en/index.html",
    "/search/xx/pagefind-entry.json",
    "/search/en/../../private.yaml",
    "/" + "a" * 5000,
]


@pytest.mark.parametrize("path", OUTSIDE)
def test_no_path_leads_to_anything_but_a_file_of_the_site(standing: Browser, path: str) -> None:
    response = standing.ask(path)

    assert response.status == 404
    assert "canary" not in response.text
    assert "root:" not in response.text


# While one writes


def test_an_edit_is_told_and_shown(site: Any, browser: Browser) -> None:
    with browser.listening() as versions:
        first = next(versions)

        site.testimony("t-1", body="They took her in September.\n")

        assert next(versions) != first
    assert "in September" in browser.ask(PAGE).text


def test_a_new_file_has_a_page(site: Any, browser: Browser) -> None:
    with browser.listening() as versions:
        next(versions)

        site.person("p-new", name="Placeholder New")

        next(versions)
    assert "Placeholder New" in browser.ask("/en/people/p-new.html").text


def test_a_file_that_is_gone_has_none(site: Any, browser: Browser) -> None:
    with browser.listening() as versions:
        next(versions)
        site.testimony("t-2")
        until(versions, lambda: browser.status("/en/testimonies/t-2.html") == 200)

        site.remove("content/testimonies/t-2.en.md")

        until(versions, lambda: browser.status("/en/testimonies/t-2.html") == 404)
    assert browser.status("/en/testimonies/t-2.html") == 404


def test_a_style_sheet_of_ones_own_is_shown(site: Any, browser: Browser) -> None:
    with browser.listening() as versions:
        next(versions)

        site.write("theme/css/own.css", "p { margin: 0 }")

        next(versions)
    assert browser.ask("/assets/own.css").text == "p { margin: 0 }"


def test_a_file_that_is_saved_unchanged_does_nothing(site: Any, browser: Browser) -> None:
    before = browser.version()
    os.utime(site.root / "site.yaml")
    site.write(
        "content/testimonies/t-1.en.md",
        (site.root / "content/testimonies/t-1.en.md").read_bytes(),
    )
    time.sleep(0.5)  # far longer than a change is given to be complete

    with browser.listening() as versions:
        next(versions)
        site.testimony("t-1", body="Other words.\n")
        next(versions)

    assert browser.version() == before + 1


def test_a_window_that_missed_an_edit_is_told_when_it_asks_again(
    site: Any, browser: Browser
) -> None:
    with browser.listening() as versions:
        first = next(versions)
        site.testimony("t-1", body="Other words.\n")
        next(versions)

    with browser.listening() as versions:
        assert next(versions) != first


def test_two_windows_are_both_told(site: Any, browser: Browser) -> None:
    with browser.listening() as one, browser.listening() as other:
        assert next(one) == next(other)

        site.testimony("t-1", body="Other words.\n")

        assert next(one) == next(other)


def test_an_error_leaves_the_last_good_page_with_the_error_over_it(
    site: Any, browser: Browser
) -> None:
    with browser.listening() as versions:
        next(versions)

        site.testimony("t-1", body="Never shown.\n", told_by="p-nobody")

        until(versions, lambda: "content/testimonies/t-1.en.md:3" in browser.ask(PAGE).text)
    response = browser.ask(PAGE)
    assert response.status == 200
    assert "They took her in August." in response.text
    assert "Never shown." not in response.text
    assert 'data-state="error"' in response.text
    assert re.search(
        r"content/testimonies/t-1\.en\.md:3:\d+</code>: .*p-nobody.*</pre>\w+",
        response.text,
        re.DOTALL,
    )


def test_a_mended_error_is_gone_by_itself(site: Any, browser: Browser) -> None:
    with browser.listening() as versions:
        next(versions)
        site.testimony("t-1", told_by="p-nobody")
        until(versions, lambda: 'data-state="error"' in browser.ask(PAGE).text)

        site.testimony("t-1", body="Mended.\n")

        until(versions, lambda: 'data-state="good"' in browser.ask(PAGE).text)
    text = browser.ask(PAGE).text
    assert "Mended." in text
    assert 'data-state="good"' in text


def test_a_page_that_only_the_newest_errors_would_have_is_not_there(
    site: Any, browser: Browser
) -> None:
    with browser.listening() as versions:
        next(versions)

        site.testimony("t-1", told_by="p-nobody")
        until(versions, lambda: "content/testimonies/t-1.en.md:3" in browser.ask(PAGE).text)
        before = browser.version()

        site.person("p-9")

        until(versions, lambda: browser.version() > before)
    assert browser.status("/en/people/p-9.html") == 404


def test_a_site_that_begins_with_errors_says_so_and_then_appears(site: Any) -> None:
    site.testimony("t-1", told_by="p-nobody")
    with served(site) as browser:
        first = browser.ask(PAGE)
        assert first.status == 503
        assert "content/testimonies/t-1.en.md:3" in first.text

        with browser.listening() as versions:
            next(versions)
            site.testimony("t-1")
            until(versions, lambda: browser.status(PAGE) == 200)

        assert browser.status(PAGE) == 200


@pytest.mark.parametrize(
    ("template", "status"), [("{% if %}", 200), ("{{ page.title.no.such.thing }}", 500)]
)
def test_a_broken_template_is_named(
    template: str, status: int, site: Any, browser: Browser
) -> None:
    """One that cannot be read above the last good state, one that fails instead of its page."""
    with browser.listening() as versions:
        next(versions)

        site.write("templates/testimony.html", template)

        next(versions)
    response = browser.ask(PAGE)
    assert response.status == status
    assert ("They took her in August." in response.text) == (status == 200)
    assert "templates/testimony.html:1" in response.text
    assert "/.preview/reload.js" in response.text


def test_a_file_of_the_look_that_is_no_text_is_no_fault_of_the_program(
    site: Any, browser: Browser
) -> None:
    with browser.listening() as versions:
        next(versions)

        site.write("theme/locales/en.po", b"\xff\xfe")

        next(versions)
    response = browser.ask(PAGE)
    assert response.status == 200
    assert "theme/locales/en.po</code>: this file of the look" in response.text


def test_many_errors_stand_on_a_page_of_their_own(site: Any, browser: Browser) -> None:
    with browser.listening() as versions:
        next(versions)

        for number in range(25):
            site.testimony(f"t-{number}", told_by="p-nobody")

        until(versions, lambda: "t-24.en.md" in browser.ask("/.preview/problems.html").text)
    rows = browser.ask("/.preview/problems.html").text.count("<li>")
    assert rows > 25
    assert f"{rows - 20} more</a>" in browser.ask(PAGE).text


def test_words_of_a_problem_are_not_read_as_html(site: Any, browser: Browser) -> None:
    with browser.listening() as versions:
        next(versions)

        site.testimony("t-1", kind="<script>alert(1)</script>")

        next(versions)
    text = browser.ask(PAGE).text
    assert "&lt;script&gt;alert" in text
    assert "<script>alert" not in text


def test_an_error_shows_the_line_that_it_is_at(site: Any, browser: Browser) -> None:
    with browser.listening() as versions:
        next(versions)

        site.testimony("t-1", kind="testimonny")

        next(versions)
    excerpt = re.search(r"<pre>(.*?)</pre>", browser.ask(PAGE).text, re.DOTALL)
    assert excerpt
    line, mark = html.unescape(excerpt[1]).split("\n")
    assert "testimonny" in line
    assert line.index("testimonny") - mark.index("^") in {0, 1}  # with or without the quote


# The editor's desk


@pytest.mark.parametrize("path", ["/_desk/", "/_desk", "/_desk/index.html"])
def test_the_desk_says_what_waits(standing: Browser, path: str) -> None:
    response = standing.ask(path)

    assert response.status == 200
    assert "<h1>The editor&#x27;s desk</h1>" in response.text
    assert "t-draft" in response.text


def test_every_page_leads_to_the_desk(standing: Browser) -> None:
    assert 'href="/_desk/index.html"' in standing.ask(PAGE).text


def test_the_desk_changes_with_the_sources(site: Any, browser: Browser) -> None:
    assert "t-2.en.md" not in browser.ask("/_desk/").text
    with browser.listening() as versions:
        next(versions)

        site.testimony("t-2", draft=True)

        next(versions)
    assert "t-2.en.md" in browser.ask("/_desk/").text


def test_no_published_site_has_a_desk(site: Any) -> None:
    report = site.testimony("t-1").build(search=False)

    assert report.status == 0
    assert not [path for path in site.files() if "desk" in path]


# In a real browser


@pytest.fixture
def window() -> Iterator[Any]:
    """A page of a real Chromium."""
    sync_api = pytest.importorskip("playwright.sync_api")
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("there is no Chromium here")
    with sync_api.sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield started.new_page()
        started.close()


@pytest.mark.browser
@pytest.mark.parametrize("path", [PAGE, "/"])
def test_a_window_reloads_itself_after_an_edit(
    site: Any, browser: Browser, window: Any, path: str
) -> None:
    window.goto(f"http://127.0.0.1:{browser.port}{path}")
    banner = window.locator("#aigaq-preview")
    first = banner.get_attribute("data-version")

    site.config(title="Another Archive").testimony("t-1", body="Other words.\n")

    window.wait_for_function(
        "() => document.body.textContent.includes('Another Archive')", timeout=LATEST * 1000
    )
    assert banner.get_attribute("data-version") != first
    assert banner.is_visible()


@pytest.mark.browser
def test_a_window_shows_an_error_and_goes_on_when_it_is_mended(
    site: Any, browser: Browser, window: Any
) -> None:
    said: list[str] = []
    window.on("console", lambda message: said.append(message.text))
    window.goto(f"http://127.0.0.1:{browser.port}{PAGE}")

    site.testimony("t-1", told_by="p-nobody")
    window.wait_for_selector("#aigaq-preview[data-state=error]", timeout=LATEST * 1000)
    site.testimony("t-1", body="Mended.\n")
    window.wait_for_selector("#aigaq-preview[data-state=good]", timeout=LATEST * 1000)

    assert "Mended." in window.content()
    assert said == []


# What is left behind


def test_nothing_is_written_but_the_cache(site: Any) -> None:
    site.testimony("t-1").page("about")
    before = {path: (site.root / path).stat() for path in site.sources()}

    with served(site) as browser:
        for path in ("/", PAGE, "/en/feed.xml", "/search/en/pagefind-entry.json", "/x"):
            browser.ask(path)

    after = {path: (site.root / path).stat() for path in site.sources()}
    assert {path.name for path in site.root.iterdir()} == {"site.yaml", "content", ".cache"}
    assert {p: (s.st_mtime_ns, s.st_size, s.st_ino) for p, s in after.items()} == {
        p: (s.st_mtime_ns, s.st_size, s.st_ino) for p, s in before.items()
    }


def test_the_port_is_free_again_afterwards(site: Any) -> None:
    with served(site) as browser:
        port = browser.port

    with preview.started(site.root, port=port, say=silence) as address:
        assert address == f"http://127.0.0.1:{port}/"


def test_a_window_that_listens_does_not_keep_the_preview_alive(site: Any) -> None:
    began = time.monotonic()
    with contextlib.ExitStack() as open_windows:
        with served(site) as browser:
            versions = open_windows.enter_context(browser.listening())
            next(versions)

        assert list(versions) == []
    assert time.monotonic() - began < 10


def test_a_taken_port_is_a_plain_sentence(site: Any) -> None:
    with served(site) as browser:
        (problem,) = preview.run(site.root, port=browser.port, browser=False, say=silence)

    assert problem.problem is preview.NO_PORT
    assert str(browser.port) in problem.message
    assert "--port 0" in problem.remedy
