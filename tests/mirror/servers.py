"""Servers on loopback that carry copies: honest ones, and some that are not."""

from __future__ import annotations

import contextlib
import functools
import http.server
import os
import shutil
import socket
import subprocess
import tempfile
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_PATIENCE = 10  # seconds until a server must be there


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


class Handler(http.server.SimpleHTTPRequestHandler):
    """Python's own file server, which knows no ranges; it notes what it is asked."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self.server.asked.append((self.path, dict(self.headers)))  # type: ignore[attr-defined]
        misbehave = self.server.misbehave  # type: ignore[attr-defined]
        if misbehave is None or not misbehave(self):
            super().do_GET()

    def raw(self, *pieces: bytes, pause: float = 0.0) -> None:
        """Sends what no honest server would, and hangs up."""
        self.close_connection = True
        for piece in pieces:
            self.wfile.write(piece)
            self.wfile.flush()
            time.sleep(pause)

    def answer(self, data: bytes, status: int = 200, **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: Any) -> None:
        """Says nothing."""


class Server:
    """A server of a folder, with what it was asked."""

    def __init__(self, url: str, asked: list[tuple[str, dict[str, str]]]) -> None:
        self.url, self.asked = url, asked

    @property
    def paths(self) -> list[str]:
        return [path for path, _ in self.asked]


class _Threads(http.server.ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def handle_error(self, *_: Any) -> None:
        """That a client hangs up is what some tests are about."""


@contextlib.contextmanager
def python(
    folder: Path, misbehave: Callable[[Handler], bool] | None = None
) -> Iterator[Server]:
    """`misbehave` may answer a request itself, and says whether it did."""
    handler = functools.partial(Handler, directory=str(folder))
    with _Threads(("127.0.0.1", 0), handler) as server:
        server.asked, server.misbehave = [], misbehave  # type: ignore[attr-defined]
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        try:
            port = server.server_address[1]
            yield Server(f"http://127.0.0.1:{port}/", server.asked)  # type: ignore[attr-defined]
        finally:
            server.shutdown()


@contextlib.contextmanager
def nginx(folder: Path, extra: str = "") -> Iterator[str]:
    """The address of a real nginx; `extra` goes into its `server` block."""
    port = free_port()
    user = "user root;" if os.geteuid() == 0 else ""
    with tempfile.TemporaryDirectory() as place:
        config = f"""
            {user} daemon off; master_process off; pid {place}/pid; error_log {place}/error;
            events {{}}
            http {{
                access_log off; default_type application/octet-stream; gzip on; gzip_types *;
                client_body_temp_path {place}/a; proxy_temp_path {place}/b;
                fastcgi_temp_path {place}/c; uwsgi_temp_path {place}/d;
                scgi_temp_path {place}/e;
                server {{ listen 127.0.0.1:{port}; root {folder}; {extra} }}
            }}"""
        Path(place, "conf").write_text(config)
        with _running(
            ["nginx", "-p", place, "-c", f"{place}/conf", "-e", f"{place}/error"], port
        ):
            yield f"http://127.0.0.1:{port}/"


@contextlib.contextmanager
def rsync(folder: Path, extra: str = "") -> Iterator[str]:
    """The address of a module of a real rsync daemon."""
    port = free_port()
    with tempfile.TemporaryDirectory() as place:
        who = "uid = root\ngid = root\n" if os.geteuid() == 0 else ""
        config = (
            f"{who}use chroot = no\nlog file = {place}/log\n[site]\npath = {folder}\n{extra}\n"
        )
        Path(place, "conf").write_text(config)
        command = ["rsync", "--daemon", "--no-detach", f"--config={place}/conf"]
        command += [f"--port={port}", "--address=127.0.0.1"]
        with _running(command, port):
            yield f"rsync://127.0.0.1:{port}/site"


@contextlib.contextmanager
def _running(command: list[str], port: int) -> Iterator[None]:
    server = subprocess.Popen(
        [shutil.which(command[0]) or f"/usr/sbin/{command[0]}", *command[1:]],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        until = time.monotonic() + _PATIENCE
        while True:
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port)):
                break
            assert server.poll() is None, f"{command[0]} ended"
            assert time.monotonic() < until, f"{command[0]} does not listen"
            time.sleep(0.02)
        yield
    finally:
        _end(server)


def _end(server: subprocess.Popen[bytes]) -> None:
    """A signal that comes just before nginx waits for the next event is not seen till then."""
    for _ in range(_PATIENCE):
        server.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            server.wait(1)
            return
    server.kill()
    server.wait()
    raise AssertionError("the server did not end")


def certificate(folder: Path) -> None:
    """A key and a certificate that nobody has vouched for."""
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=x"]
    command += ["-keyout", f"{folder}/key", "-out", f"{folder}/cert"]
    subprocess.run(command, check=True, capture_output=True)
