"""What docs/publishing.md tells to copy: real servers send it, and nothing is unpinned."""

from __future__ import annotations

import http.client
import os
import re
import shutil
import socket
import subprocess
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Ask = Callable[[str], http.client.HTTPResponse]

ROOT = Path(__file__).resolve().parents[1]
DOC = (ROOT / "docs/publishing.md").read_text("utf-8")
LONG = "max-age=31536000, s-maxage=300, immutable"
SHORT = "max-age=300"
EVERYWHERE = {
    "Content-Security-Policy": "frame-ancestors 'none'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
PICTURE = "/media/0123456789abcdef.webp"
FILES = ("index.html", "404.html", "en/a.html", "search/en/pagefind.js", PICTURE[1:])

NGINX = """
{user}
daemon off;
pid {folder}/pid;
error_log {folder}/log;
events {{}}
http {{
  client_body_temp_path {folder}/1; proxy_temp_path {folder}/2; fastcgi_temp_path {folder}/3;
  uwsgi_temp_path {folder}/4; scgi_temp_path {folder}/5;
  include /etc/nginx/mime.types;
  {snippet}
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
DocumentRoot {folder}/site
<Directory {folder}/site>
  AllowOverride All
  Require all granted
</Directory>
"""
MODULES = ("mpm_event", "authz_core", "mime", "dir", "headers")


def snippet(language: str) -> str:
    """The one block of the page in this language that sets headers."""
    found = [
        block
        for block in re.findall(rf"^```{language}\n(.*?)^```", DOC, re.M | re.S)
        if "nosniff" in block
    ]
    assert len(found) == 1
    return found[0]


@pytest.fixture
def folder() -> Iterator[Path]:
    """A site's folder `site` in a place that the servers' own user may enter."""
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        place.chmod(0o755)
        for path in FILES:
            file = place / "site" / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(path)
        yield place


@pytest.fixture
def port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@pytest.fixture
def nginx(folder: Path, port: int, lacking: Callable[[str], Any]) -> Iterator[Ask]:
    text = snippet("nginx")
    for placeholder, real in (
        ("listen 80;", f"listen 127.0.0.1:{port};"),
        ("/srv/archive;", f"{folder}/site;"),
    ):
        assert text.count(placeholder) == 1
        text = text.replace(placeholder, real)
    user = "user root;" if os.geteuid() == 0 else ""
    config = NGINX.format(user=user, folder=folder, snippet=text)
    (folder / "nginx.conf").write_text(config)
    command = [program("nginx", lacking), "-p", str(folder), "-c", f"{folder}/nginx.conf"]
    command += ["-e", f"{folder}/log"]
    yield from served(command, "-t", port)


@pytest.fixture
def apache(folder: Path, port: int, lacking: Callable[[str], Any]) -> Iterator[Ask]:
    server = program("apache2", lacking)
    modules = "\n".join(
        f"LoadModule {name}_module /usr/lib/apache2/modules/mod_{name}.so" for name in MODULES
    )
    (folder / "types").write_text("text/html html\nimage/webp webp\n")
    config = APACHE.format(folder=folder, port=port, modules=modules)
    (folder / "apache.conf").write_text(f"{config}TypesConfig {folder}/types\n")
    (folder / "site/.htaccess").write_text(snippet("apache"))
    command = [server, "-f", f"{folder}/apache.conf", "-D", "FOREGROUND"]
    yield from served(command, "-t", port)


def program(name: str, lacking: Callable[[str], Any]) -> str:
    path = f"{os.environ['PATH']}:/usr/sbin"
    return shutil.which(name, path=path) or lacking(f"there is no {name}: run `make tools`")


def served(command: list[str], check: str, port: int) -> Iterator[Ask]:
    """The server's own check of its settings, then the server, until the test has ended."""
    subprocess.run([*command, check], check=True, capture_output=True)
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as server:
        try:
            yield lambda path: _asked(port, path)
        finally:
            server.terminate()
            server.wait(20)


def _asked(port: int, path: str) -> http.client.HTTPResponse:
    """The answer, as soon as the server has begun to answer."""
    for _ in range(200):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            answer.read()
        except ConnectionRefusedError:
            time.sleep(0.05)
            continue
        finally:
            connection.close()
        return answer
    raise AssertionError("no server has begun to answer")


@pytest.mark.parametrize("name", ["nginx", "apache"])
def test_a_server_sends_what_the_page_says(name: str, request: pytest.FixtureRequest) -> None:
    ask: Ask = request.getfixturevalue(name)
    told = {path: ask(path) for path in ("/", "/en/a.html", "/not/there", PICTURE)}

    assert [answer.status for answer in told.values()] == [200, 200, 404, 200]
    for answer in told.values():
        assert {k: answer.headers[k] for k in EVERYWHERE} == EVERYWHERE
        assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"
        assert [
            v for k, v in answer.getheaders() if k.title() == "Content-Security-Policy"
        ] == [EVERYWHERE["Content-Security-Policy"]]
    assert told["/"].headers["Cache-Control"] == SHORT
    assert told["/en/a.html"].headers["Cache-Control"] == SHORT
    assert told["/not/there"].headers["Cache-Control"] in (None, SHORT)
    assert told[PICTURE].headers["Cache-Control"] == LONG
    assert told[PICTURE].headers["Content-Type"] == "image/webp"


@pytest.mark.parametrize("name", ["nginx", "apache"])
def test_what_has_no_digest_for_a_name_is_not_kept_for_long(
    name: str, folder: Path, request: pytest.FixtureRequest
) -> None:
    others = (
        "assets/site.css",
        "search/en/0123.pf_index",
        "en/media/index.html",
        "media/a.webp",
    )
    for path in others:
        (folder / "site" / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / "site" / path).write_text(path)
    ask: Ask = request.getfixturevalue(name)

    assert {path: ask(f"/{path}").headers["Cache-Control"] for path in others} == dict.fromkeys(
        others, SHORT
    )


def test_the_file_of_headers_says_the_same() -> None:
    told: dict[str, dict[str, str]] = {}
    for line in snippet("text").splitlines():
        if line.startswith("/"):
            told[line] = {}
        else:
            name, _, value = line.strip().partition(": ")
            told[list(told)[-1]][name] = value

    assert told == {"/*": EVERYWHERE, "/media/*": {"Cache-Control": LONG}}


def test_every_action_is_named_by_the_digest_of_a_commit() -> None:
    used = re.findall(r"uses: (.*)", DOC)
    assert len(used) >= 4
    assert [u for u in used if not re.fullmatch(r"[\w/-]+@[0-9a-f]{40} # v[\d.]+", u)] == []


def test_every_recipe_installs_by_digest_and_nothing_besides() -> None:
    lines = re.findall(r"(?:run:|-) (python -m pip .*)", DOC)
    assert len(lines) == 4
    assert set(lines) == {
        "python -m pip install --require-hashes -r requirements.txt",
        "python -m pip install --no-deps --no-build-isolation .",
    }
