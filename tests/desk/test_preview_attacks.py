"""The preview under attack, as a process of its own: by bytes on its port, and by how many."""

from __future__ import annotations

import contextlib
import re
import signal
import socket
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

PAGE = b"/en/testimonies/t-1.html"
WORDS = b"They took her in August."
SECRET = b"canary"


@dataclass(frozen=True)
class Preview:
    """A running `aigaq serve`."""

    port: int
    process: int

    def connected(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), 30)

    def said(self, request: bytes) -> bytes:
        """All that comes back; `PORT` in the request is the port."""
        with self.connected() as line, contextlib.suppress(ConnectionError):
            with contextlib.suppress(ConnectionError):
                line.sendall(request.replace(b"PORT", b"%d" % self.port))
            found = b""
            with contextlib.suppress(ConnectionError):
                while data := line.recv(1 << 16):
                    found += data
        return found

    def status(self, request: bytes) -> int:
        """Of the first answer; 0 where there is none."""
        found = re.match(rb"HTTP/1\.\d (\d{3})", self.said(request))
        return int(found[1]) if found else 0

    def ask(
        self, *headers: bytes, path: bytes = PAGE, host: bytes = b"127.0.0.1:PORT"
    ) -> bytes:
        return self.said(request(*headers, path=path, host=host))

    def memory(self) -> int:
        """Megabytes that the process ever had."""
        told = Path(f"/proc/{self.process}/status").read_text()
        return int(re.search(r"VmHWM:\s+(\d+) kB", told)[1]) // 1024


def request(
    *headers: bytes, path: bytes = PAGE, host: bytes = b"127.0.0.1:PORT", method: bytes = b"GET"
) -> bytes:
    lines = [method + b" " + path + b" HTTP/1.1", b"Host: " + host, *headers]
    return b"\r\n".join(lines) + b"\r\n\r\n"


@pytest.fixture(scope="module")
def preview(
    whole: Any, site_builder: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Preview]:
    site = site_builder(tmp_path_factory.mktemp("attacked") / "site")
    site.testimony("t-1").write("private.yaml", SECRET).write("content/media/a.pdf", SECRET)
    command = [whole.PYTHON, str(whole.BUILD), "serve", "--port", "0", "--root", str(site.root)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        said = (re.search(r"http://127\.0\.0\.1:(\d+)/", line) for line in process.stderr)
        yield Preview(int(next(filter(None, said))[1]), process.pid)
        process.send_signal(signal.SIGINT)
        process.stderr.read()
    assert process.returncode == 0


@pytest.fixture(autouse=True)
def lives(preview: Preview) -> Iterator[None]:
    """Whatever was tried, an editor is answered afterwards."""
    yield
    assert WORDS in preview.ask()


HOSTS = [
    *(b"localhost.:PORT", b"127.1:PORT", b"0x7f.1:PORT", b"017700000001:PORT", b"0:PORT"),
    *(b"[::ffff:127.0.0.1]:PORT", b"[0:0:0:0:0:0:0:1]:PORT", b"[::]:PORT", b"::1:PORT"),
    *(b"127.0.0.1.nip.example:PORT", b"a@127.0.0.1:PORT", b"127.0.0.1:PORT@example.org"),
    *(b"127.0.0.1:PORT#", b"127.0.0.1:PORT/", b"127.0.0.1:PORT\\", b"http://127.0.0.1:PORT"),
    *(b"127.0.0.1:0PORT", b"127.0.0.1:+PORT", b"127.0.0.1: PORT", b"127.0.0.1:PORT\0"),
    *(b"127.0.0.1:PORT\x0bexample.org", b"127.0.0.1:PORT, 127.0.0.1:PORT", b"\xff:PORT"),
    *(b"127.0.0.1:PORT\r\n example.org", b"example.org\r\n 127.0.0.1:PORT", b"LOCALHOST"),
    *("١٢٧.0.0.1:PORT".encode(), "ｌocalhost:PORT".encode(), "localhoſt:PORT".encode()),
]


@pytest.mark.parametrize("host", HOSTS)
def test_a_name_that_only_looks_like_ours_is_misdirected(preview: Preview, host: bytes) -> None:
    assert preview.status(request(host=host)) in {400, 421}
    assert WORDS not in preview.ask(host=host)


TRAVERSALS = [
    once + b"private.yaml"
    for up in (b"../", b"..%2f", b"%2e%2e%2f", b"%252e%252e%252f", b"..%255c", b"%c0%ae%c0%ae/",
               b"..%00/", b".%0a./", b"..%u2215", b"..%ef%bc%8f", b"..\\", b"..%09/",
               b"%5c..%5c")
    for once in (b"/" + up, b"/en/" + up * 2, b"/assets/" + up * 9, b"//" + up,
                 b"/" + up * 2000)
] + [
    *(b"/private.yaml", b"/private.yaml%00.html", b"/en/index.html%00", b"/en/index.html%2500"),
    *(b"/en/%2e%2e/%2e%2e/content/media/a.pdf", b"/content/media/a.pdf", b"/media/a.pdf"),
    *(b"http://127.0.0.1:PORT/private.yaml", b"https://example.org/", b"file:///etc/passwd"),
    *(b"/en/index.html;private.yaml", b"/?../private.yaml/..", b"*", b"\\private.yaml"),
    *(b"/%", b"/%zz", b"/%e2%28%a1", b"/\xff\xfe", b"/en/testimonies/t-1.html%20", b"/\0"),
]  # fmt: skip


@pytest.mark.parametrize("path", TRAVERSALS, ids=lambda path: repr(path[:40]))
def test_no_way_of_writing_a_path_leads_out(preview: Preview, path: bytes) -> None:
    answer = preview.ask(path=path)

    assert SECRET not in answer
    assert b"root:" not in answer
    assert not answer.startswith(b"HTTP/1.0 200") or path == b"/?../private.yaml/.."
    assert not re.search(rb"(?i)^Location: (?!/[^/])", answer, re.MULTILINE)


# What follows a request in the same connection must not be taken for one of its own.
SECOND = b"GET /en/index.html HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\n\r\n"
SMUGGLED = {
    "pipelined": request() + SECOND,
    "kept alive": request(b"Connection: keep-alive") + SECOND,
    "a body": request(b"Content-Length: 40") + SECOND,
    "no length": request(b"Content-Length: -1") + SECOND,
    "two lengths": request(b"Content-Length: 0", b"Content-Length: 40") + SECOND,
    "length and chunks": request(b"Content-Length: 4", b"Transfer-Encoding: chunked")
    + b"0\r\n\r\n"
    + SECOND,
    "hidden chunks": request(b"Transfer-Encoding: \x0bchunked") + b"0\r\n\r\n" + SECOND,
    "an upgrade": request(b"Upgrade: h2c", b"HTTP2-Settings: AAA", b"Connection: Upgrade")
    + SECOND,
    "bare line feeds": request().replace(b"\r\n", b"\n") + SECOND.replace(b"\r\n", b"\n"),
    "expects": request(b"Expect: 100-continue", b"Content-Length: 9") + SECOND,
}


@pytest.mark.parametrize("name", SMUGGLED)
def test_a_connection_has_one_answer(preview: Preview, name: str) -> None:
    assert preview.said(SMUGGLED[name]).count(b"HTTP/1.0 ") <= 1


MALFORMED = {
    "no version": b"GET " + PAGE + b"\r\nHost: 127.0.0.1:PORT\r\n\r\n",
    "an old version": b"GET " + PAGE + b" HTTP/0.9\r\nHost: 127.0.0.1:PORT\r\n\r\n",
    "a new version": b"GET " + PAGE + b" HTTP/2.0\r\nHost: 127.0.0.1:PORT\r\n\r\n",
    "the preface of HTTP/2": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    "TLS": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(500) + b"\r\n\r\n",
    "a space before the colon": request().replace(b"Host:", b"Host :"),
    "four words": request(path=b"/a b"),
    "NUL in the line": request(path=PAGE + b"\0"),
    "a header without a name": request(b": x").replace(b"Host:", b"X:"),
    "nothing": b"\r\n\r\n",
}


@pytest.mark.parametrize("name", MALFORMED)
def test_what_is_no_request_is_not_answered_with_a_page(preview: Preview, name: str) -> None:
    assert WORDS not in preview.said(MALFORMED[name])


@pytest.mark.parametrize(
    "headers",
    [
        (b"Origin: null",),
        (b"Origin: http://127.0.0.1:PORT", b"Origin: https://example.org"),
        (b"Origin: https://example.org", b"Origin: http://127.0.0.1:PORT"),
        (b"Origin: http://127.0.0.1:PORT.example.org",),
        (b"Origin: http://127.0.0.1",),
        (b"Origin: https://127.0.0.1:PORT",),
        (b"Origin: ",),
        (b"Sec-Fetch-Site: none", b"Sec-Fetch-Site: cross-site"),
        (b"Upgrade: websocket", b"Connection: Upgrade", b"Origin: https://example.org"),
    ],
)
def test_another_origin_in_any_guise_gets_nothing(
    preview: Preview, headers: tuple[bytes, ...]
) -> None:
    assert preview.status(request(*headers)) == 403
    assert preview.status(request(*headers, path=b"/.preview/events")) == 403


@pytest.mark.parametrize(
    "header",
    [
        *(b"X-HTTP-Method-Override: DELETE", b"X-Method-Override: PUT", b"X-HTTP-Method: POST"),
        *(b"Range: bytes=0-1", b"Range: bytes=0-0,1-1,2-2", b"Range: bytes=-999999999"),
        *(b"X-Original-URL: /private.yaml", b"X-Rewrite-URL: /private.yaml", b"If-Range: x"),
        *(b"X-Forwarded-Host: example.org", b"X-Forwarded-For: 10.0.0.1", b"Via: 1.1 x"),
        *(
            b"Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: AAAA",
            b"Cookie: a=b",
        ),
        *(b"If-None-Match: *", b"Accept: application/x-php", b"Accept-Encoding: gzip;q=1"),
    ],
)
def test_a_header_that_asks_for_something_else_changes_nothing(
    preview: Preview, header: bytes
) -> None:
    def essence(answer: bytes) -> bytes:
        return re.sub(rb"(?m)^Date: .*$", b"", answer)

    assert essence(preview.ask(header)) == essence(preview.ask())


def test_a_version_six_address_of_this_computer_is_not_listened_at(preview: Preview) -> None:
    with socket.socket(socket.AF_INET6, socket.SOCK_STREAM) as line:
        assert line.connect_ex(("::1", preview.port)) != 0


@pytest.mark.parametrize(
    "flood",
    [
        request(path=b"/" + b"a" * 70_000),
        request(b"X: " + b"a" * 70_000),
        request(*(b"X-%d: y" % n for n in range(5000))),
        request(*[b"X: " + b"a" * 9_000] * 90),
        request(b"X: " + b"\r\n a" * 30_000),
        b"GET " + b"\0" * 1_000_000,
        b"a" * 10_000_000,
    ],
    ids=["path", "header", "headers", "large headers", "folds", "zeros", "no end"],
)
def test_a_head_too_large_is_refused(preview: Preview, flood: bytes) -> None:
    assert preview.status(flood) in {0, 400, 414, 431}


def test_slow_askers_make_room(preview: Preview) -> None:
    """A connection each, a byte now and then: the editor's own request is answered at once."""
    with contextlib.ExitStack() as open_lines:
        slow = [open_lines.enter_context(preview.connected()) for _ in range(300)]
        for line in slow:
            with contextlib.suppress(OSError):
                line.sendall(b"GET /en/ HT")
        began = time.monotonic()

        assert WORDS in preview.ask()
        assert time.monotonic() - began < 20
        with contextlib.suppress(OSError):
            assert slow[0].recv(1) == b""


def test_readers_that_never_read_do_not_stop_others(preview: Preview) -> None:
    asset = request(path=b"/assets/search.js").replace(b"PORT", b"%d" % preview.port)
    with contextlib.ExitStack() as open_lines:
        for _ in range(20):
            open_lines.enter_context(preview.connected()).sendall(asset)

        assert WORDS in preview.ask()


def test_memory_stays_bounded(preview: Preview, size: Any) -> None:
    preview.ask()
    before = preview.memory()
    large = request(*[b"X: " + b"a" * 60_000] * 90).removesuffix(b"\r\n\r\n")
    with contextlib.ExitStack() as open_lines:
        for _ in range(size(150, 3000)):
            line = open_lines.enter_context(preview.connected())
            line.settimeout(1)
            with contextlib.suppress(OSError):
                line.sendall(large)

        assert WORDS in preview.ask()
    assert preview.memory() - before < 100
