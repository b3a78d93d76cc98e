"""Servers on loopback that mirrors follow, each for as long as it is needed."""

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

from aigaq.mirror import payload, torrent_file
from aigaq.mirror.carriage import metainfo, swarm

if TYPE_CHECKING:
    from collections.abc import Iterator


class _Sent:
    """What web servers of this process have sent: the files, not what they are wrapped in."""

    bytes = 0


sent = _Sent()


class _Quiet(http.server.SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = 1 << 16  # headers and file in one packet, as servers do

    def copyfile(self, source: Any, outputfile: Any) -> None:
        sent.bytes += os.fstat(source.fileno()).st_size
        super().copyfile(source, outputfile)

    def log_message(self, *_: Any) -> None:
        """Says nothing."""


@contextlib.contextmanager
def web(folder: Path, port: int = 0) -> Iterator[str]:
    """The address of a server that knows nothing but files, at any free port if it is 0."""
    handler = functools.partial(_Quiet, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", port), handler) as server:
        server.daemon_threads, server.block_on_close = True, False
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}/"
        finally:
            server.shutdown()


@contextlib.contextmanager
def nginx(folder: Path) -> Iterator[str]:
    """The address of an nginx, which sends parts of files, too."""
    port = free_port()
    with tempfile.TemporaryDirectory() as place:
        who = "user root; " if os.geteuid() == 0 else ""
        own = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        paths = " ".join(f"{name}_temp_path {place}/{name};" for name in own)
        Path(place, "conf").write_text(
            f"{who}daemon off; master_process off; events {{}}"
            f" pid {place}/pid; error_log {place}/log;"
            f" http {{ access_log off; {paths}"
            f" server {{ listen 127.0.0.1:{port}; root {folder}; }} }}"
        )
        command = [shutil.which("nginx") or "/usr/sbin/nginx", "-c", f"{place}/conf"]
        with subprocess.Popen([*command, "-e", f"{place}/log"]) as running:  # noqa: S603
            try:
                until(lambda: _answers(port), 10)
                yield f"http://127.0.0.1:{port}/"
            finally:
                running.kill()  # it does not see every other signal


def free_port() -> int:
    """A port that nobody had a moment ago."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextlib.contextmanager
def rsync(folder: Path) -> Iterator[str]:
    """The address of a module of an rsync daemon."""
    port = free_port()
    with tempfile.TemporaryDirectory() as place:
        who = "uid = root\ngid = root\n" if os.geteuid() == 0 else ""
        said = f"{who}use chroot = no\nlog file = {place}/log\n[site]\npath = {folder}\n"
        Path(place, "conf").write_text(said)
        command = ["rsync", "--daemon", "--no-detach", f"--config={place}/conf"]
        with subprocess.Popen([*command, f"--port={port}", "--address=127.0.0.1"]) as running:  # noqa: S603
            until(lambda: _answers(port), 10)
            try:
                yield f"rsync://127.0.0.1:{port}/site"
            finally:
                running.terminate()


def _answers(port: int) -> bool:
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port)):
        return True
    return False


def torrent(folder: Path) -> bytes:
    """The torrent of a release, without web seeds: nothing public is asked."""
    lt = torrent_file.library()
    made = lt.bdecode(torrent_file.made(payload.of(folder)))
    return bytes(lt.bencode({**made, b"url-list": []}))


def peer(torrent: bytes, folder: Path, *others: swarm.Swarm, whole: bool) -> swarm.Swarm:
    """A session on loopback: a seeder if it is `whole`, else one that wants what it lacks."""
    known = metainfo.read(torrent, "made up")
    folder.mkdir(parents=True, exist_ok=True)
    peers = tuple(("127.0.0.1", other.port) for other in others)
    reach = swarm.Reach(listen="127.0.0.1:0", peers=peers)
    session = swarm.Swarm(known.parameters, folder, reach, seeding=whole)
    until(lambda: session.port and not session.is_checking, 30)
    if not whole:
        session.want(known.index, known)
    return session


def until(true: Any, seconds: float) -> None:
    """Waits; raises `TimeoutError` if it takes longer."""
    ends = time.monotonic() + seconds
    while not true():
        if time.monotonic() > ends:
            raise TimeoutError
        time.sleep(0.02)
