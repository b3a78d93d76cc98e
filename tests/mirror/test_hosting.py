"""What docs/mirrors tells to copy for servers and timers: tried on the real programs."""

from __future__ import annotations

import configparser
import http.client
import os
import re
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Ask = Callable[..., http.client.HTTPResponse]

DOCS = Path(__file__).resolve().parents[2] / "docs"
ONION = f"{'a' * 56}.onion"
LONG = "max-age=31536000, s-maxage=300, immutable"
SHORT = "max-age=300"
EVERYWHERE = {
    "Content-Security-Policy": "frame-ancestors 'none'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
PICTURE = "media/0123456789abcdef.webp"
APACHE = """
<VirtualHost 127.0.0.1:{{port}}>
{snippet}
</VirtualHost>
"""


def block(page: str, language: str, number: int = 0) -> str:
    """A block of a page, as somebody copies it."""
    return blocks(page, language)[number]


def blocks(page: str, language: str) -> list[str]:
    text = (DOCS / "mirrors" / page).read_text("utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```", text, re.M | re.S)


def with_(text: str, **instead: str) -> str:
    """A block with what is different here; every placeholder must be there."""
    for name, real in instead.items():
        placeholder = {"site": "/srv/mirror/site", "listen": "listen 80;", "onion": "ONION"}
        place = placeholder.get(name, name)
        assert place in text
        text = text.replace(place, real)
    return text


@pytest.fixture
def place(copy: Any) -> Iterator[Path]:
    """A copy, in a folder that the servers' own users may enter."""
    copy.release({"404.html": b"Nothing", "en/index.html": b"Start", PICTURE: b"RIFF"})
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        shutil.copytree(copy.folder, folder / "site")
        (folder / "site/.site.staging").write_text("half of a release")
        yield folder


@pytest.fixture
def nginx(place: Path, web_servers: Any, lacking: Any) -> Callable[[str], Any]:
    """A real nginx with a snippet in its `http` block; `{port}` there is its port."""
    return lambda snippet: web_servers.nginx(place, snippet, lacking)


@pytest.fixture
def apache(place: Path, web_servers: Any, lacking: Any) -> Callable[[str], Any]:
    def of(snippet: str) -> Any:
        return web_servers.apache(place, APACHE.format(snippet=snippet), lacking)

    return of


@pytest.fixture(params=["nginx", "apache", "onion"])
def ask(request: pytest.FixtureRequest, place: Path) -> Iterator[Ask]:
    """Each of the three servers that the pages tell to set up, by its own name."""
    if request.param == "apache":
        snippet = with_(block("become.md", "apache"), site=f"{place}/site")
    elif request.param == "nginx":
        listen = {"site": f"{place}/site", "listen": "listen 127.0.0.1:{port};"}
        snippet = with_(block("become.md", "nginx"), **listen)
    else:
        at = {"127.0.0.1:8081": "127.0.0.1:{port}", "site": f"{place}/site", "onion": ONION}
        snippet = with_(block("onion.md", "nginx"), **at)
    server = request.getfixturevalue("apache" if request.param == "apache" else "nginx")
    host = ONION if request.param == "onion" else "mirror.example.net"
    with server(snippet) as asked:
        yield lambda path, **headers: asked(path, host, **headers)


def test_a_copy_is_served_with_the_headers_of_the_recipes(ask: Ask) -> None:
    told = {path: ask(path) for path in ("/", "/en/", "/not/there.html", f"/{PICTURE}")}

    assert [answer.status for answer in told.values()] == [200, 200, 404, 200]
    for answer in told.values():
        assert {name: answer.headers[name] for name in EVERYWHERE} == EVERYWHERE
        assert answer.headers["Strict-Transport-Security"] is None
    assert told["/"].headers["Cache-Control"] == SHORT
    assert told[f"/{PICTURE}"].headers["Cache-Control"] == LONG


def test_files_have_their_types(ask: Ask) -> None:
    wanted = {
        "/": "text/html",
        "/assets/site.css": "text/css",
        f"/{PICTURE}": "image/webp",
        "/RELEASE": "text/plain",
        "/RELEASE.sig.2": "text/plain",
        "/SHA256SUMS": "text/plain",
        "/LEDGER": "text/plain",
    }

    told = {path: ask(path).headers["Content-Type"].partition(";")[0] for path in wanted}

    assert told == wanted


def test_no_folder_is_listed_and_what_begins_with_a_dot_is_not_there(ask: Ask) -> None:
    for path in ("/en/testimonies/", "/media/", "/assets/"):
        assert ask(path).status in (403, 404)
    for path in ("/.aigaq-site", "/.site.staging"):
        assert ask(path).status in (403, 404)


def test_a_folder_without_its_slash_leads_to_itself(ask: Ask) -> None:
    answer = ask("/en")

    # nginx behind tor knows no address of the reader's, so it may name none.
    assert answer.status == 301
    assert re.fullmatch(r"(?:http://mirror\.example\.net:\d+)?/en/", answer.headers["Location"])


@pytest.mark.parametrize("ask", ["nginx", "onion"], indirect=True)
def test_pages_are_packed_for_slow_lines_and_not_for_who_checks(ask: Ask, place: Path) -> None:
    for path in ("index.html", "assets/site.css", "SHA256SUMS"):
        (place / "site" / path).write_text("words " * 1000)

        assert (
            ask(f"/{path}", **{"Accept-Encoding": "gzip"}).headers["Content-Encoding"] == "gzip"
        ), path
        assert ask(f"/{path}").headers["Content-Encoding"] is None


def test_nobody_writes_down_who_reads(ask: Ask, place: Path) -> None:
    for path in ("/", "/not/there.html", "/en/testimonies/", "/%00", "/../../etc/passwd"):
        ask(path)

    written = [p for p in place.rglob("*") if p.is_file() and "site" not in p.parts]
    assert [p.name for p in written if b"127.0.0.1 " in p.read_bytes()] == []
    assert [p.name for p in written if b"not/there" in p.read_bytes()] == []


def test_the_onion_services_port_answers_to_its_name_alone(place: Path, nginx: Any) -> None:
    at = {"127.0.0.1:8081": "127.0.0.1:{port}", "site": f"{place}/site", "onion": ONION}

    with nginx(with_(block("onion.md", "nginx"), **at)) as asked:
        assert asked("/", ONION).status == 200
        for other in ("127.0.0.1", "mirror.example.net", "archive.example.org"):
            assert asked("/", other).status == 404


def test_the_public_site_tells_tor_browser_of_the_onion_service_beside_it(
    place: Path, nginx: Any, servers: Any
) -> None:
    site, listen = f"{place}/site", "listen 127.0.0.1:{port};"
    public = with_(block("become.md", "nginx"), site=site, listen=listen)
    line = with_(block("onion.md", "nginx", 1), onion=ONION)
    after = "    server_tokens off;\n"
    assert public.count(after) == 1
    hidden = {"127.0.0.1:8081": f"127.0.0.1:{servers.free_port()}", "site": site}
    onion = with_(block("onion.md", "nginx"), onion=ONION, **hidden)

    with nginx(public.replace(after, after + line) + onion) as ask:
        answer = ask("/en/?a=b")

    assert answer.headers["Onion-Location"] == f"http://{ONION}/en/?a=b"
    assert answer.headers["Content-Security-Policy"] == "frame-ancestors 'none'"
    assert answer.headers["Cache-Control"] == SHORT


# --- tor, without any network ---


def test_the_settings_of_the_onion_service_are_good(
    tmp_path: Path, web_servers: Any, lacking: Any
) -> None:
    tor = web_servers.program("tor", lacking)
    text = with_(block("onion.md", "torrc"), **{"/var/lib/tor": f"{tmp_path}/tor"})
    (tmp_path / "tor").mkdir(mode=0o700)
    (tmp_path / "torrc").write_text(f"DataDirectory {tmp_path}/tor\n{text}")
    command = [
        tor,
        "--verify-config",
        "-f",
        f"{tmp_path}/torrc",
        "--defaults-torrc",
        "/dev/null",
    ]

    done = subprocess.run(command, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout
    assert "Configuration was valid" in done.stdout


def test_the_name_can_be_made_without_any_network(
    tmp_path: Path, web_servers: Any, lacking: Any
) -> None:
    web_servers.program("tor", lacking)
    [line] = [b for b in blocks("onion.md", "sh") if "DisableNetwork" in b]
    own = {**os.environ, "PATH": f"{os.environ['PATH']}:/usr/sbin"}
    command = ["sh", "-c", f"exec {line.strip()} --ignore-missing-torrc -f none"]
    with subprocess.Popen(command, cwd=tmp_path, env=own, stdout=subprocess.DEVNULL) as tor:
        try:
            name = tmp_path / "tor/archive/hostname"
            until = time.monotonic() + 30
            while not name.is_file() or not name.read_text():
                assert tor.poll() is None, "tor has ended"
                assert time.monotonic() < until, "there is no name"
                time.sleep(0.05)
        finally:
            tor.send_signal(signal.SIGINT)
            tor.wait(30)

    assert re.fullmatch(r"[a-z2-7]{56}\.onion\n", name.read_text())


# --- timers ---


@pytest.fixture
def units(tmp_path: Path) -> Path:
    """The two files of the page, with a program where they say that it is."""
    service, timer = block("become.md", "ini"), block("become.md", "ini", 1)
    aigaq = tmp_path / "archive/.venv/bin/aigaq"
    aigaq.parent.mkdir(parents=True)
    aigaq.write_text("#!/bin/sh\n")
    aigaq.chmod(0o755)
    (tmp_path / "mirror.service").write_text(with_(service, **{"/srv/mirror": str(tmp_path)}))
    (tmp_path / "mirror.timer").write_text(timer)
    return tmp_path


# What systemd.exec(5), systemd.service(5), systemd.timer(5) and systemd.unit(5) know of.
SETTINGS = {
    "Unit": "Description Wants After",
    "Service": "Type User WorkingDirectory ExecStart TimeoutStartSec Nice UMask NoNewPrivileges"
    " ProtectSystem ProtectHome ReadWritePaths PrivateTmp PrivateDevices CapabilityBoundingSet"
    " RestrictAddressFamilies",
    "Timer": "OnCalendar RandomizedDelaySec Persistent",
    "Install": "WantedBy",
}


def test_the_units_hold_settings_that_there_are(units: Path) -> None:
    wanted = {
        "mirror.service": ["Unit", "Service"],
        "mirror.timer": ["Unit", "Timer", "Install"],
    }
    for name, sections in wanted.items():
        unit = configparser.ConfigParser(interpolation=None)
        unit.optionxform = str  # type: ignore[assignment, method-assign]
        unit.read(units / name)
        assert unit.sections() == sections
        for section in unit.sections():
            assert set(unit[section]) <= set(SETTINGS[section].split()), name


@pytest.fixture
def analyze(units: Path) -> Callable[[], tuple[int, str]]:
    """What systemd itself says of the two, where it is."""
    if not shutil.which("systemd-analyze"):
        pytest.skip("there is no systemd here, which no test needs")
    files = [str(units / "mirror.service"), str(units / "mirror.timer")]

    def said() -> tuple[int, str]:
        command = ["systemd-analyze", "verify", *files]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        return done.returncode, done.stdout + done.stderr

    return said


def test_systemd_understands_the_timer_and_the_service(analyze: Any) -> None:
    assert analyze() == (0, "")


def test_a_misspelt_setting_would_be_noticed(units: Path, analyze: Any) -> None:
    file = units / "mirror.service"
    file.write_text(file.read_text().replace("ProtectSystem", "ProtectSytem"))

    assert "ProtectSytem" in analyze()[1]


def test_timer_cron_and_the_first_command_call_the_same() -> None:
    first = blocks("become.md", "sh")[0].splitlines()[2]
    wanted = first.removeprefix("archive/.venv/bin/aigaq ")
    service = re.search(
        r"^ExecStart=/srv/mirror/archive/.venv/bin/aigaq -q (.*)$",
        block("become.md", "ini"),
        re.M,
    )
    cron = re.fullmatch(
        r"17 \*/6 \* \* \* cd /srv/mirror && archive/.venv/bin/aigaq -q (.*)\n",
        block("become.md", "cron"),
    )

    assert service is not None
    assert cron is not None
    assert {service[1], cron[1]} == {wanted}
