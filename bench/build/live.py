"""From saving a file to the page that tells it: our preview, and Hugo's server."""

from __future__ import annotations

import contextlib
import http.client
import os
import re
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from bench.build import sites
from bench.build.sites import Sites

PATIENCE = 600.0  # seconds until a server is ready, or a change is shown
REST = 1.5  # seconds between two edits, in which both come to rest
POLL = 0.003  # seconds between two questions, where no event tells


def ours(site: Sites, edits: int) -> list[float]:
    """Seconds from saving to the whole page, asked for when told to reload, as a browser is."""
    address = _free_address()
    command = [*sites.AIGAQ, "--root", str(site.ours), "serve", "--port", address[1]]
    lang = site.languages[0]
    name, (file, _) = site.files_of(lang)
    with _running(command, "The preview is at"), _events(address) as told:
        path = f"/{lang}/testimonies/{name}.html"
        return _times(file, edits, lambda: _page(address, path), lambda: next(told))


def hugo(site: Sites, edits: int) -> list[float]:
    """The same; the page is asked for again and again, which costs Hugo next to nothing."""
    address = _free_address()
    where = ["--bind", address[0], "--port", address[1]]
    command = [site.peers.hugo, "server", "--source", str(site.theirs), *where]
    lang = site.languages[0]
    name, (_, file) = site.files_of(lang)
    with _running(command, "Web Server is available"):
        path = f"/{lang.lower()}/testimonies/{name}.html"
        return _times(file, edits, lambda: _page(address, path), lambda: time.sleep(POLL))


def _times(
    file: Path, edits: int, page: Callable[[], bytes], wait: Callable[[], object]
) -> list[float]:
    before, times = file.read_bytes(), []
    page()  # somebody looks at it: Hugo makes such pages first
    try:
        for number in range(edits):
            time.sleep(REST)
            words = f"Edit {number}, {time.time_ns()}"
            started = time.perf_counter()
            sites.edit(file, words)
            wait()
            while words.encode() not in page():
                if time.perf_counter() - started > PATIENCE:
                    raise SystemExit(f"{file} was changed, and no page told it")
                wait()
            times.append(time.perf_counter() - started)
    finally:
        file.write_bytes(before)
    return times


@contextlib.contextmanager
def _running(command: Sequence[str], ready: str) -> Iterator[None]:
    """While the block runs, so does a server, which has said that it is ready."""
    with tempfile.TemporaryFile("w+b") as said:
        process = subprocess.Popen(  # noqa: S603
            command, stdout=said, stderr=subprocess.STDOUT, start_new_session=True
        )
        try:
            _await(process, lambda: os.pread(said.fileno(), 1 << 20, 0).decode(), ready)
            yield
        finally:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait()


def _await(process: subprocess.Popen[bytes], said: Callable[[], str], ready: str) -> None:
    until = time.monotonic() + PATIENCE
    while not re.search(ready, said()):
        if process.poll() is not None or time.monotonic() > until:
            raise SystemExit(f"the server did not start:\n{said()}")
        time.sleep(0.05)


def _free_address() -> tuple[str, str]:
    with socket.create_server(("127.0.0.1", 0)) as one:
        host, port = one.getsockname()
    return host, str(port)


def _page(address: tuple[str, str], path: str) -> bytes:
    asked = http.client.HTTPConnection(address[0], int(address[1]), timeout=PATIENCE)
    with contextlib.closing(asked):
        asked.request("GET", path)
        answer = asked.getresponse()
        try:
            data = answer.read()
        except http.client.IncompleteRead:  # Hugo's may be written while it is being read
            return b""
    if answer.status != http.HTTPStatus.OK:
        raise SystemExit(f"{path}: {answer.status}")
    return data


@contextlib.contextmanager
def _events(address: tuple[str, str]) -> Iterator[Iterator[str]]:
    """The versions that our preview shows from now on, as it tells them."""
    asked = http.client.HTTPConnection(address[0], int(address[1]), timeout=PATIENCE)
    with contextlib.closing(asked):
        asked.request("GET", "/.preview/events")
        lines = iter(asked.getresponse().readline, b"")
        told = (line.decode() for line in lines if line.startswith(b"data:"))
        next(told)  # the one that is shown already
        yield told
