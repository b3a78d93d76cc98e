"""`aigaq mirror serve`: a copy on a stick, in the browser of whoever carries it."""

from __future__ import annotations

import datetime
import http.client
import os
import re
import subprocess
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from aigaq.desk import copies, serving
from aigaq.output import refusal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Ask = Callable[..., Any]

PROJECT = Path(__file__).resolve().parents[2]


def asked(port: int, path: str, method: str = "GET", **headers: str) -> Any:
    """The answer, read to its end: its bytes are in `.body`."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    line.request(method, path, headers={k.replace("_", "-"): v for k, v in headers.items()})
    found: Any = line.getresponse()
    found.body = found.read()
    line.close()
    return found


@pytest.fixture
def ask(copy: Any) -> Iterator[Ask]:
    """Asks the copy, with a film, a page for what is missing, and things that do not belong."""
    copy.release(
        {
            "404.html": b"<p>Nothing</p>",
            "en/index.html": b"<p>Start</p>",
            "media/film.webm": bytes(range(256)) * 4096,
            "search/en/pagefind.js": b"export {}",
        }
    )
    copy.write("autorun.inf", b"[autorun]").write("source.git/HEAD", b"ref: refs/heads/main\n")
    (copy.folder / "en/link.html").symlink_to("/etc/passwd")
    (copy.folder / "all").symlink_to("/")
    with copies.started(copies.Copy(copy.folder), 0) as address:
        port = int(address.rstrip("/").rpartition(":")[2])
        yield lambda path, *more, **headers: asked(port, path, *more, **headers)


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", "text/html; charset=utf-8"),
        ("/en/", "text/html; charset=utf-8"),
        ("/assets/site.css", "text/css; charset=utf-8"),
        ("/search/en/pagefind.js", "text/javascript; charset=utf-8"),
        ("/media/film.webm", "video/webm"),
        ("/RELEASE", "text/plain; charset=utf-8"),
        ("/RELEASE.sig.2", "text/plain; charset=utf-8"),
        ("/SHA256SUMS", "text/plain; charset=utf-8"),
        ("/source.git/HEAD", "application/octet-stream"),
    ],
)
def test_what_belongs_to_a_copy_is_served_with_its_type(ask: Ask, path: str, kind: str) -> None:
    found = ask(path)

    assert (found.status, found.headers["Content-Type"]) == (200, kind)


@pytest.mark.parametrize(
    "path",
    [
        "/autorun.inf",
        "/.aigaq-site",
        "/en/link.html",
        "/all/etc/passwd",
        "/../copy/index.html",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/en/testimonies/",
        "//etc/passwd",
        "/en/testimonies/t-9.html",
    ],
)
def test_nothing_else_is_there_and_no_folder_is_listed(ask: Ask, path: str) -> None:
    found = ask(path)

    assert (found.status, found.body) == (404, b"<p>Nothing</p>")


def test_a_folder_without_its_slash_leads_to_the_folder(ask: Ask) -> None:
    found = ask("/en")

    assert (found.status, found.headers["Location"]) == (302, "/en/")


def test_the_headers_are_those_of_the_hosting_recipes(ask: Ask) -> None:
    told = (PROJECT / "docs/publishing.md").read_text("utf-8")
    wanted = dict(re.findall(r'Header always set ([\w-]+) "([^"]*)"', told))
    del wanted["Strict-Transport-Security"]  # a browser obeys it over HTTPS only

    for path in ("/", "/nowhere"):
        sent = ask(path).headers
        assert {name: sent.get(name) for name in wanted} == wanted


def test_a_file_that_is_gone_since_the_start_is_no_fault(ask: Ask, copy: Any) -> None:
    (copy.folder / "assets/site.css").unlink()
    (copy.folder / "assets/site.css").symlink_to("/etc/passwd")

    assert ask("/assets/site.css").status == 404


# --- parts of a file: what a player needs to go to another place ---


@pytest.mark.parametrize(
    ("wanted", "part"),
    [
        ("bytes=0-9", (0, 10)),
        ("bytes=1000-", (1000, 1 << 20)),
        ("bytes=-16", ((1 << 20) - 16, 1 << 20)),
        ("bytes=5-99999999", (5, 1 << 20)),
        ("bytes=-99999999", (0, 1 << 20)),
    ],
)
def test_a_part_of_a_film_can_be_asked_for(
    ask: Ask, copy: Any, wanted: str, part: tuple[int, int]
) -> None:
    found = ask("/media/film.webm", Range=wanted)

    first, end = part
    assert found.status == 206
    assert found.headers["Content-Range"] == f"bytes {first}-{end - 1}/{1 << 20}"
    assert found.body == copy.read("media/film.webm")[first:end]


@pytest.mark.parametrize("wanted", ["bytes=9-5", "bytes=-", "lines=0-1", "bytes=0-1,4-5", "x"])
def test_what_is_no_part_is_the_whole(ask: Ask, wanted: str) -> None:
    found = ask("/media/film.webm", Range=wanted)

    assert (found.status, len(found.body)) == (200, 1 << 20)


def test_a_part_that_is_asked_for_with_a_condition_is_the_whole(ask: Ask) -> None:
    assert ask("/media/film.webm", Range="bytes=0-9", If_Range='"1"').status == 200
    assert ask("/media/film.webm", "HEAD", Range="bytes=0-9").status == 200


@pytest.mark.parametrize("wanted", [f"bytes={1 << 20}-", "bytes=-0"])
def test_a_part_behind_the_end_is_told_so(ask: Ask, wanted: str) -> None:
    found = ask("/media/film.webm", Range=wanted)

    assert (found.status, found.headers["Content-Range"]) == (416, f"bytes */{1 << 20}")


def test_a_part_of_nothing_is_nothing() -> None:
    assert serving.part("bytes=0-", 0) == range(0)


# --- the command ---


def test_a_folder_that_is_no_copy_is_refused(tmp_path: Path) -> None:
    with pytest.raises(refusal.Refused, match="A110"):
        copies.Copy(tmp_path)


def test_a_broken_manifest_is_refused(copy: Any) -> None:
    copy.write("SHA256SUMS", b"../../etc/passwd\n")

    with pytest.raises(refusal.Refused, match="A031"):
        copies.Copy(copy.folder)


class Started:
    """`aigaq mirror serve` in a process of its own, until it has said where, or has ended."""

    def __init__(self, *arguments: object) -> None:
        command = [sys.executable, str(PROJECT / "build.py"), "mirror", "serve"]
        self.process = subprocess.Popen(
            [*command, *map(str, arguments), "--port", "0"],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
        )
        self.said = ""
        self.port = 0
        guard = threading.Timer(60, self.process.kill)
        guard.start()
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.said += line
            found = re.search(r"http://127\.0\.0\.1:(\d+)/", line)
            if found:
                self.port = int(found[1])
                break
        guard.cancel()

    def end(self) -> int:
        if self.port:
            self.process.terminate()
        self.process.communicate(timeout=20)
        return self.process.returncode


@pytest.fixture
def start(copy: Any) -> Iterator[Callable[..., Started]]:
    started: list[Started] = []

    def begin(*options: object) -> Started:
        started.append(Started(copy.folder, *options))
        return started[-1]

    yield begin
    for one in started:
        one.end()


@pytest.fixture
def pinned(copy: Any, tmp_path: Path) -> Path:
    (tmp_path / "mine").mkdir()
    place = tmp_path / "mine/allowed_signers"
    place.write_bytes(copy.pinned)
    return place


def dated(copy: Any, days: int) -> None:
    """The copy, with a promise of the next release so many days from now."""
    day = datetime.datetime.now(datetime.UTC).date() + datetime.timedelta(days=days)
    copy.release({}, date=day - datetime.timedelta(days=90), next_by=day)


def test_without_a_list_of_signers_it_is_said_that_nobody_has_checked(start: Any) -> None:
    served = start()

    assert "A118: nobody has checked this copy" in served.said
    assert asked(served.port, "/").status == 200


def test_with_a_list_of_signers_the_copy_is_checked_first(
    copy: Any, start: Any, pinned: Path
) -> None:
    dated(copy, 80)

    served = start("--signers", pinned, "--threshold", "2")

    assert "A118" not in served.said
    assert "Checked: release 1 of https://archive.example.org/" in served.said
    assert asked(served.port, "/").status == 200
    assert pinned.with_name("allowed_signers.seen").is_file()


def test_a_copy_that_was_altered_is_not_served(copy: Any, start: Any, pinned: Path) -> None:
    dated(copy, 80)
    copy.write("en/testimonies/t-1.html", b"others")

    served = start("--signers", pinned)

    assert (served.end(), served.port) == (1, 0)
    assert "A033" in served.said


def test_a_stale_copy_is_served_with_a_word_for_there_may_be_no_newer(
    copy: Any, start: Any, pinned: Path
) -> None:
    dated(copy, -1)

    served = start("--signers", pinned)

    assert "A020" in served.said
    assert asked(served.port, "/").status == 200


def test_a_copy_that_is_older_than_one_that_was_seen_is_not_served(
    copy: Any, start: Any, pinned: Path
) -> None:
    dated(copy, 80)
    raw = copy.read("RELEASE")
    newer = "site: https://archive.example.org/\nseq: 2\nrelease: {0}\nledger: 0 {0}\n"
    empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    pinned.with_name("allowed_signers.seen").write_text(newer.format(empty))

    served = start("--signers", pinned)

    assert (served.end(), served.port, copy.read("RELEASE") == raw) == (2, 0, True)
    assert "A021" in served.said


def test_a_port_that_is_taken_is_a_plain_sentence(copy: Any, ask: Ask) -> None:
    with copies.started(copies.Copy(copy.folder), 0) as address:
        port = int(address.rstrip("/").rpartition(":")[2])
        [problem] = copies.run(copy.folder, port=port, browser=False, say=lambda _: None)

    assert (problem.code, "Traceback" in str(problem)) == ("A111", False)
