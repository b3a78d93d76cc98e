"""A copy on any web server, also one that knows nothing but files; it is told nothing of us."""

from __future__ import annotations

import io
import queue
import socket
import ssl
import threading
import time
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import suppress
from http import client
from typing import TYPE_CHECKING, Any, BinaryIO, cast
from urllib import parse

from aigaq.mirror import carriage, onion, sources
from aigaq.mirror.carriage import parts, wire
from aigaq.output import refusal
from aigaq.words.diagnostics import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from aigaq.mirror.carriage import Limits
    from aigaq.mirror.sources import Listing

THREADS = 4  # connections to one server
_PORTS = {"http": 80, "https": 443}
_REDIRECTS = 5
_SMALL = 1 << 16  # bytes of an answer that nobody wants, which are read to keep the connection
# Some stores answer 403 for what is not there; 451 is a file that a court took away.
_GONE = frozenset({403, 404, 410, 451})
_ELSEWHERE = frozenset({301, 302, 303, 307, 308})
_WHY = (  # the first that fits
    (TimeoutError, "it does not answer, or too slowly"),
    (socket.gaierror, "no such name is known"),
    (client.IncompleteRead, "it stopped in the middle of a file"),
    (client.RemoteDisconnected, "it hung up without an answer"),
    (client.HTTPException, "it does not answer as a web server should"),
)
_HEADERS = {"User-Agent": "aigaq", "Accept": "*/*", "Accept-Encoding": "identity"}


class Web:
    """A copy below an address. Redirects are followed only within its origin."""

    threads = THREADS

    def __init__(self, place: str, *, limits: Limits = carriage.LIMITS) -> None:
        self.name = sources.shown(place)
        try:
            address = parse.urlsplit(place)
            port = address.port or _PORTS[address.scheme]
            (address.hostname or "").encode("idna")  # as whoever asks for its address does
        except (ValueError, KeyError):
            raise carriage.not_a_place(place) from None
        extra = address.username or address.password or address.query or address.fragment
        if not address.hostname or extra or not place.isprintable():
            raise carriage.not_a_place(place)
        self._origin = (address.scheme, address.hostname, port)
        self._base = parse.quote(f"{address.path.rstrip('/')}/", safe="/%:@!$&'()*+,;=~")
        self._limits, self._ends = limits, time.monotonic() + limits.whole
        self._mine = threading.local()
        self._lines: list[wire.Line] = []
        self._pool = ThreadPoolExecutor(THREADS)

    def listing(self) -> Listing | None:
        """A web server is not asked what it has: no two tell it in the same way."""
        return None

    def open(self, path: str) -> BinaryIO:
        return cast("BinaryIO", self._answer(path, {}))

    def part(self, path: str, start: int, end: int | None = None) -> tuple[bool, BinaryIO]:
        """A part by Range, if the server knows that and sends the one that was asked for."""
        last = "" if end is None else end - 1
        answer = self._answer(path, {"Range": f"bytes={start}-{last}"})
        if answer.status != client.PARTIAL_CONTENT:
            return False, cast("BinaryIO", answer)
        if parts.begins(answer.headers) != start:
            answer.close()
            return False, self.open(path)
        return True, cast("BinaryIO", answer)

    def close(self) -> None:
        self._pool.shutdown()
        for line in self._lines:
            line.close()

    @property
    def received(self) -> int:
        return sum(line.meter.total for line in self._lines)

    def bring(self, paths: Sequence[str], into: Path) -> None:
        waiting: queue.SimpleQueue[str] = queue.SimpleQueue()
        for path in paths:
            waiting.put(path)
        stop = threading.Event()

        def work() -> None:
            with suppress(queue.Empty):
                while not stop.is_set():
                    self._fetch(waiting.get_nowait(), into)

        running = [self._pool.submit(_or_stop, work, stop) for _ in range(THREADS)]
        try:
            wait(running)
        except KeyboardInterrupt:
            stop.set()
            for line in self._lines:
                line.cut()
            raise
        for one in running:
            one.result()

    def _fetch(self, path: str, into: Path) -> None:
        """A large file goes on where it was left, if the server still has the same."""
        part = parts.Part(into, f"{self.name}\n{path}")
        try:
            answer = self._answer(path, part.wanted())
            rest = answer.status == client.PARTIAL_CONTENT
            if rest and not part.goes_on(answer.headers):
                answer.close()
                answer, rest = self._answer(path, {}), False
        except sources.MissingError:
            part.drop()
            return
        with answer:
            part.fill(answer, answer.headers, rest=rest)
        part.settle(into / path)

    def _answer(self, path: str, headers: Mapping[str, str]) -> _Answer:
        """A file from its beginning; or from where `headers` say, if its status is 206."""
        target = self._base + parse.quote(path, safe="/~")
        for _ in range(_REDIRECTS + 1):
            line, found = self._asked(target, {**_HEADERS, **headers}, path)
            if found.status == client.OK or (
                headers and found.status == client.PARTIAL_CONTENT
            ):
                return _Answer(self, line, found, path, self._limits.largest)
            self._finish(line, found)
            if found.status in _GONE:
                raise sources.MissingError(path)
            if found.status == client.REQUESTED_RANGE_NOT_SATISFIABLE and headers:
                return self._answer(path, {})
            if found.status not in _ELSEWHERE:
                raise self.failed(path, f"it answers {found.status}")
            target = self._next(target, found.headers.get("Location", ""), path)
        raise self.failed(path, "it sends us round in circles")

    def _asked(
        self, target: str, headers: Mapping[str, str], path: str
    ) -> tuple[wire.Line, client.HTTPResponse]:
        """Asks once more where the server has closed a connection that it had kept open."""
        if onion.needs_tor(self._origin[1]):
            raise self.failed(path, onion.NEEDS_TOR)
        line = self._line()
        kept = line.sock is not None
        try:
            line.meter.begin()
            line.request("GET", target, headers=dict(headers))
            return line, line.getresponse()
        except (client.HTTPException, OSError) as error:
            line.close()
            if kept and isinstance(error, ConnectionError):
                return self._asked(target, headers, path)
            raise self.failed(path, why(error)) from error

    def _line(self) -> wire.Line:
        line: wire.Line | None = getattr(self._mine, "line", None)
        if line is None:
            line = self._mine.line = wire.line(*self._origin, self._limits, self._ends)
            self._lines.append(line)
        return line

    @staticmethod
    def _finish(line: client.HTTPConnection, found: client.HTTPResponse) -> None:
        try:
            found.read(_SMALL)
        except (client.HTTPException, OSError):
            line.close()
        if not found.isclosed():
            line.close()
            found.close()

    def _next(self, target: str, location: str, path: str) -> str:
        scheme, host, port = self._origin
        here = f"{scheme}://[{host}]:{port}" if ":" in host else f"{scheme}://{host}:{port}"
        try:
            there = parse.urlsplit(parse.urljoin(here + target, location))
            other = (there.scheme, there.hostname, there.port or _PORTS[there.scheme])
        except (ValueError, KeyError):
            other = ("", None, 0)
        if other != self._origin:
            where = sources.shown(location)
            raise self.failed(path, f"it sends us to another place, {where}")
        asked = there.path + (f"?{there.query}" if there.query else "")
        return parse.quote(asked, safe="/%:@!$&'()*+,;=~?")

    def failed(self, path: str, reason: str) -> refusal.NotPossibleNow:
        where = f"{self.name.rstrip('/')}/{sources.shown(path)}"
        return refusal.NotPossibleNow(sources.UNREACHABLE.at(Span(where), reason=reason))


class _Answer(io.RawIOBase):
    """The bytes of a file; that it ends too early, or never, is an error and no end."""

    def __init__(
        self,
        web: Web,
        line: client.HTTPConnection,
        found: client.HTTPResponse,
        path: str,
        largest: int,
    ) -> None:
        self._web, self._line, self._found, self._path = web, line, found, path
        self._left = largest
        self.status, self.headers = found.status, found.headers
        packed = found.headers.get("Content-Encoding", "identity").strip().lower()
        if packed not in {"identity", ""}:
            self.close()
            raise web.failed(path, f"it sends it in another form, {sources.shown(packed)}")

    def readable(self) -> bool:
        return True

    def readinto(self, into: Any) -> int:
        try:
            count = self._found.readinto(into)
        except (client.HTTPException, OSError) as error:
            raise self._web.failed(self._path, why(error)) from error
        if not count and self._found.length:
            raise self._web.failed(self._path, "it stopped in the middle of a file")
        self._left -= count
        if self._left < 0:
            raise self._web.failed(self._path, "it sends more than any file may have")
        return count

    def close(self) -> None:
        if not self.closed and not self._found.isclosed():
            self._line.close()  # the rest of the file would be in the way of the next
            self._found.close()
        super().close()


def _or_stop(work: Callable[[], None], stop: threading.Event) -> None:
    try:
        work()
    finally:
        stop.set()  # whether all is done or nothing can be: for the others, too


def why(error: Exception) -> str:
    """In words what went wrong with a connection."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"its certificate is not good: {sources.shown(error.verify_message)}"
    return next((words for kind, words in _WHY if isinstance(error, kind)), "") or (
        refusal.reason(error)
    )
