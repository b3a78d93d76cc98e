"""The real nginx and Apache with settings that a page tells to copy; one answer at a time."""

from __future__ import annotations

import contextlib
import http.client
import os
import shutil
import socket
import subprocess
import time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    Ask = Callable[..., http.client.HTTPResponse]

NGINX = """
{user}
daemon off;
master_process off;
pid {folder}/pid;
error_log {folder}/log;
events {{}}
http {{
  client_body_temp_path {folder}/1; proxy_temp_path {folder}/2; fastcgi_temp_path {folder}/3;
  uwsgi_temp_path {folder}/4; scgi_temp_path {folder}/5;
  include /etc/nginx/mime.types;
  default_type application/octet-stream;
  {settings}
}}
"""
APACHE = """
ServerRoot {folder}
ServerName localhost
Listen 127.0.0.1:{port}
PidFile {folder}/pid
ErrorLog {folder}/log
User #65534
Group #65534
{modules}
TypesConfig {folder}/types
{settings}
"""
MODULES = ("mpm_event", "authz_core", "mime", "dir", "headers", "autoindex")
TYPES = "text/html html\ntext/css css\nimage/webp webp\n"
BEGINS = 200  # times that a server which begins is asked


def nginx(folder: Path, settings: str, lacking: Callable[[str], Any]) -> Any:
    """With these settings in its `http` block, in which `{port}` is its port."""
    server, port = program("nginx", lacking), _free_port()
    text = NGINX.format(
        user="user root;" if os.geteuid() == 0 else "",
        folder=folder,
        settings=settings.replace("{port}", str(port)),
    )
    (folder / "nginx.conf").write_text(text)
    command = [server, "-p", str(folder), "-c", f"{folder}/nginx.conf", "-e", f"{folder}/log"]
    return _running(command, port)


def apache(folder: Path, settings: str, lacking: Callable[[str], Any]) -> Any:
    """With these settings at the end of its own, in which `{port}` is its port."""
    server, port = program("apache2", lacking), _free_port()
    place = "/usr/lib/apache2/modules"
    text = APACHE.format(
        folder=folder,
        port=port,
        modules="\n".join(f"LoadModule {n}_module {place}/mod_{n}.so" for n in MODULES),
        settings=settings.replace("{port}", str(port)),
    )
    (folder / "apache.conf").write_text(text)
    (folder / "types").write_text(TYPES)
    return _running([server, "-f", f"{folder}/apache.conf", "-D", "FOREGROUND"], port)


def program(name: str, lacking: Callable[[str], Any]) -> str:
    """Where it is, also of those that only administrators have in their path."""
    path = f"{os.environ['PATH']}:/usr/sbin"
    return shutil.which(name, path=path) or lacking(f"there is no {name}: run `make tools`")


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextlib.contextmanager
def _running(command: list[str], port: int) -> Iterator[Ask]:
    """The server's own check of its settings, then the server; how to ask it."""
    subprocess.run([*command, "-t"], check=True, capture_output=True)

    def ask(path: str, host: str = "127.0.0.1", **headers: str) -> http.client.HTTPResponse:
        for _ in range(BEGINS):
            line = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
            try:
                line.request("GET", path, headers={"Host": host, **headers})
                answer = line.getresponse()
                answer.read()
            except ConnectionRefusedError:
                time.sleep(0.05)
                continue
            finally:
                line.close()
            return answer
        raise AssertionError("no server has begun to answer")

    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as server:
        try:
            yield ask
        finally:
            _end(server)


def _end(server: subprocess.Popen[bytes]) -> None:
    """A signal that comes just before nginx waits for the next event is not seen till then."""
    for _ in range(20):
        server.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            server.wait(1)
            return
    server.kill()
    raise AssertionError("the server did not end")
