"""HTTP for one machine and one browser: who is answered, and with what headers.

Law: the answer to a request is looked up by its whole path, among what is known to be there;
no other path is ever joined to a folder. Other machines cannot reach the port, and other sites
in the same browser are told apart by `Host` (against DNS rebinding), `Origin` and
`Sec-Fetch-Site`. Memory stays bounded: one request a connection, so many connections at once,
each with a head of so many bytes.
"""

from __future__ import annotations

import io
import os
import re
import socket
import threading
from contextlib import suppress
from dataclasses import dataclass
from http import HTTPStatus
from http.client import LineTooLong
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any, BinaryIO, Protocol
from urllib.parse import quote, unquote

from aigaq.desk import overlay

if TYPE_CHECKING:
    from collections.abc import Iterator
    from io import BufferedIOBase

LOOPBACK = "127.0.0.1"
_NAMES = ("localhost", LOOPBACK, "[::1]")
_TYPES = {
    "atom": "application/atom+xml; charset=utf-8",
    "avif": "image/avif",
    "bib": "text/plain; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "flac": "audio/flac",
    "html": "text/html; charset=utf-8",
    "jpg": "image/jpeg",
    "js": "text/javascript; charset=utf-8",
    "json": "application/json",
    "jsonl": "application/jsonl",
    "m4a": "audio/mp4",
    "mp3": "audio/mpeg",
    "mp4": "video/mp4",
    "ogg": "audio/ogg",
    "opus": "audio/ogg",
    "png": "image/png",
    "ris": "text/plain; charset=utf-8",
    "svg": "image/svg+xml",
    "txt": "text/plain; charset=utf-8",
    "vtt": "text/vtt; charset=utf-8",
    "wav": "audio/wav",
    "webm": "video/webm",
    "webp": "image/webp",
    "woff2": "font/woff2",
    "xml": "application/xml; charset=utf-8",
}
_MOST = 64  # connections at once: a browser opens six, and one more for each window
_LONGEST = 1 << 16  # bytes of a request, head and all
_PIECE = 1 << 18  # bytes that are sent at once
_ANY_TYPE = "application/octet-stream"
_RANGE = re.compile(r"bytes=([0-9]{0,15})-([0-9]{0,15})")
_ALWAYS = (
    ("Cache-Control", "no-store"),
    ("X-Content-Type-Options", "nosniff"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Content-Security-Policy", "frame-ancestors 'none'"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=()"),
    ("Referrer-Policy", "no-referrer"),
)


@dataclass(frozen=True, slots=True)
class Answer:
    """What is sent back. `to` is a path of the site, where the status is a redirection.

    `file` stands in the place of `body`: parts of it can be asked for, and it is closed then.
    """

    status: HTTPStatus
    body: bytes = b""
    type: str = "text/html; charset=utf-8"
    to: str = ""
    file: BinaryIO | None = None


class Shown(Protocol):
    """What there is to be served."""

    def answer(self, path: str) -> Answer:
        """To a request for `path`: decoded, relative to the site, `index.html` spelled out."""
        ...

    def versions(self) -> Iterator[str]:
        """The version that is shown now, then each later one; empty texts in idle times."""
        ...


class Server(ThreadingHTTPServer):
    """Listens from the moment it is made. `OSError` where the port cannot be had."""

    daemon_threads = True
    request_queue_size = _MOST

    def __init__(self, port: int, shown: Shown) -> None:
        self._asking: dict[Any, None] = {}  # who has not yet said what they want, oldest first
        self._answered = 0
        self._counting = threading.Lock()
        super().__init__((LOOPBACK, port), _Requests)
        self.shown = shown

    @property
    def address(self) -> str:
        """Where a browser finds the site."""
        return f"http://{LOOPBACK}:{self.server_port}/"

    @property
    def hosts(self) -> frozenset[str]:
        """What `Host` may say. Browsers leave out port 80."""
        bare = _NAMES if self.server_port == 80 else ()
        return frozenset((*(f"{name}:{self.server_port}" for name in _NAMES), *bare))

    def process_request(self, request: Any, client_address: Any) -> None:
        """Where too many are here, the one goes that has been asking longest, else the new."""
        with self._counting:
            is_full = len(self._asking) + self._answered >= _MOST
            slowest = next(iter(self._asking), None) if is_full else None
            is_taken = not is_full or slowest is not None
            if is_taken:
                self._asking[request] = None
        if slowest is not None:
            self.heard(slowest)
            with suppress(OSError):
                slowest.shutdown(socket.SHUT_RDWR)
        if is_taken:
            super().process_request(request, client_address)
        else:
            self.shutdown_request(request)

    def heard(self, request: Any) -> None:
        """Notes that a request is complete, or will never be: it makes no more room."""
        with self._counting:
            if request in self._asking:
                del self._asking[request]
                self._answered += 1

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        try:
            super().process_request_thread(request, client_address)
        finally:
            self.heard(request)
            with self._counting:
                self._answered -= 1

    def handle_error(
        self, request: socket.socket | tuple[bytes, socket.socket], peer: object
    ) -> None:
        """A browser that goes away in the middle of an answer is no news."""


class _Head:
    """What a browser says, up to a number of bytes."""

    def __init__(self, stream: BufferedIOBase) -> None:
        self._stream = stream
        self._left = _LONGEST

    def readline(self, limit: int) -> bytes:
        line = self._stream.readline(min(limit, self._left + 1))
        self._left -= len(line)
        if self._left < 0:
            raise LineTooLong("request")  # which http.server answers, or ends the connection
        return line

    def close(self) -> None:
        self._stream.close()


class _Requests(BaseHTTPRequestHandler):
    server: Server
    server_version, sys_version = "aigaq", ""
    timeout = 30  # seconds for a browser to say what it wants

    def setup(self) -> None:
        super().setup()
        self.rfile = _Head(self.rfile)  # type: ignore[assignment]

    def parse_request(self) -> bool:
        """Without a version there are no headers in the answer, so there is no answer."""
        is_one = super().parse_request()
        self.server.heard(self.request)
        return is_one and self.request_version != "HTTP/0.9"

    def do_GET(self) -> None:
        if not self._is_welcome():
            return
        path = target(self.path)
        if path == overlay.EVENTS:
            self._events()
        else:
            self._send(self.server.shown.answer(path))

    do_HEAD = do_GET  # noqa: N815 - the name that http.server looks for

    def _refuse(self) -> None:
        if self._has_known_host():
            self._fail(HTTPStatus.METHOD_NOT_ALLOWED, ("Allow", "GET, HEAD"))

    do_POST = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = do_TRACE = do_CONNECT = _refuse  # noqa: N815

    def _is_welcome(self) -> bool:
        return self._has_known_host() and self._is_from_here()

    def _has_known_host(self) -> bool:
        named = self.headers.get_all("Host", [])
        if len(named) == 1 and named[0].strip().lower() in self.server.hosts:
            return True
        self._fail(HTTPStatus.MISDIRECTED_REQUEST)
        return False

    def _is_from_here(self) -> bool:
        """Whether no other site asks: it may link here, and take nothing."""
        said = self.headers
        ours = {f"http://{host}" for host in self.server.hosts}
        own = all(origin.lower() in ours for origin in said.get_all("Origin", []))
        site = ", ".join(said.get_all("Sec-Fetch-Site", ["none"]))
        followed = site != "same-site" and said.get("Sec-Fetch-Mode") == "navigate"
        if own and (site in {"none", "same-origin"} or (followed and not self._is_stream())):
            return True
        self._fail(HTTPStatus.FORBIDDEN)
        return False

    def _is_stream(self) -> bool:
        return target(self.path) == overlay.EVENTS

    def _send(self, answer: Answer) -> None:
        with answer.file or io.BytesIO(answer.body) as stream:
            size = stream.seek(0, os.SEEK_END)
            is_file = answer.file is not None and answer.status is HTTPStatus.OK
            wanted = self._part(size) if is_file else None
            if wanted is not None and not wanted:
                more = ("Content-Range", f"bytes */{size}")
                self._fail(HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE, more)
                return
            sent = range(size) if wanted is None else wanted
            self.send_response(answer.status if wanted is None else HTTPStatus.PARTIAL_CONTENT)
            self.send_header("Content-Type", answer.type)
            self.send_header("Content-Length", str(len(sent)))
            if is_file:
                self.send_header("Accept-Ranges", "bytes")
            if wanted is not None:
                told = f"bytes {wanted.start}-{wanted.stop - 1}/{size}"
                self.send_header("Content-Range", told)
            if answer.to:
                self.send_header("Location", f"/{quote(answer.to)}")
            self.end_headers()
            if self.command != "HEAD":
                self._write(stream, sent)

    def _part(self, size: int) -> range | None:
        """What of the file is asked for. `If-Range` names a version, and none was ever told."""
        asked = self.headers.get_all("Range", [])
        if self.command != "GET" or len(asked) != 1 or "If-Range" in self.headers:
            return None
        return part(asked[0], size)

    def _write(self, stream: io.BytesIO | BinaryIO, sent: range) -> None:
        stream.seek(sent.start)
        left = len(sent)
        while left and (piece := stream.read(min(_PIECE, left))):
            self.wfile.write(piece)
            left -= len(piece)

    def _events(self) -> None:
        """A server-sent event for each version (HTML Living Standard, 9.2)."""
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream; charset=utf-8")
        self.end_headers()
        if self.command == "HEAD":
            return
        for version in self.server.shown.versions():
            line = f"event: version\ndata: {version}\n\n" if version else ": still here\n\n"
            self.wfile.write(line.encode())

    def _fail(self, status: HTTPStatus, *more: tuple[str, str]) -> None:
        self.send_response(status)
        for name, value in more:
            self.send_header(name, value)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def end_headers(self) -> None:
        """Whatever is answered, and by whomever, these go with it."""
        for name, value in _ALWAYS:
            self.send_header(name, value)
        super().end_headers()

    def log_message(self, *_: object) -> None:
        """Nothing of what is read is written down."""


def target(requested: str) -> str:
    """The path that a request names: decoded once, a folder's `index.html` spelled out.

    Empty where it is no path at all: no file has that name.
    """
    path = requested.partition("?")[0]
    if not path.startswith("/"):
        return ""
    try:
        path = unquote(path[1:], errors="strict")
    except UnicodeDecodeError:
        return ""
    return f"{path}index.html" if path == "" or path.endswith("/") else path


def part(asked: str, size: int) -> range | None:
    """The bytes that a `Range` asks for (RFC 9110, 14.1.2); empty where there are none such.

    None for the whole file: also where several parts are asked for, or nothing sensible.
    """
    found = _RANGE.fullmatch(asked.strip())
    if found is None or not any(found.groups()):
        return None
    first, last = found.groups()
    if not first:
        return range(max(0, size - int(last)), size)
    if last and int(last) < int(first):
        return None
    return range(int(first), min(size, int(last or size) + 1))


def type_of(path: str) -> str:
    """The media type of a file, by the end of its name."""
    return _TYPES.get(path.rpartition(".")[2], _ANY_TYPE)
