"""A copy on a web server: honest, slow, endless, dying, or sending us away."""

from __future__ import annotations

import contextlib
import hashlib
import random
import signal
import socket
import sys
import threading
import time
from typing import TYPE_CHECKING, Any

import pytest

from aigaq.mirror import carriage, onion, sources
from aigaq.mirror.carriage import web
from aigaq.output import refusal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

BIG = random.Random(9).randbytes(3_000_000)
IMPATIENT = carriage.Limits(largest=4_000_000, stall=0.4, slowest=1e6, whole=20)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    (folder / "kk/тіл").mkdir(parents=True)
    (folder / "index.html").write_bytes(b"<p>Home</p>" * 50)
    (folder / "kk/тіл/a b%41#?.html").write_bytes("ә".encode() * 99)
    (folder / "empty").write_bytes(b"")
    (folder / "film.webm").write_bytes(BIG)
    return folder


@pytest.fixture
def into(tmp_path: Path) -> Path:
    return tmp_path / "into"


@pytest.fixture
def new_web() -> Iterator[Callable[..., web.Web]]:
    """A carrier for an address, which is closed after the test."""
    with contextlib.ExitStack() as stack:

        def made(url: str, limits: carriage.Limits = carriage.LIMITS) -> web.Web:
            copy = web.Web(url, limits=limits)
            stack.callback(copy.close)
            return copy

        yield made


def brought(into: Path) -> dict[str, bytes]:
    files = (path for path in into.rglob("*") if path.is_file())
    named = {path.relative_to(into).as_posix(): path.read_bytes() for path in files}
    return {name: data for name, data in named.items() if not name.startswith(".")}


def failure(call: Callable[[], object]) -> str:
    with pytest.raises(refusal.NotPossibleNow) as refused:
        call()
    return str(refused.value)


@pytest.mark.parametrize("kind", ["nginx", "python"])
def test_files_come_as_they_are_from_any_server(
    site: Path, into: Path, servers: Any, new_web: Any, kind: str
) -> None:
    paths = ["index.html", "kk/тіл/a b%41#?.html", "empty", "film.webm", "not/there.html"]
    with contextlib.ExitStack() as stack:
        server = stack.enter_context(getattr(servers, kind)(site))
        copy = new_web(server if kind == "nginx" else server.url)
        copy.bring(paths, into)

    assert brought(into) == {path: (site / path).read_bytes() for path in paths[:-1]}


def test_a_server_below_a_path_is_asked_below_it(
    site: Path, servers: Any, new_web: Any
) -> None:
    with servers.python(site.parent) as server:
        copy = new_web(f"{server.url}site")
        assert sources.read(copy, "index.html", 1000) == b"<p>Home</p>" * 50
        with pytest.raises(sources.MissingError):
            copy.open("site/index.html")


def test_a_server_is_told_nothing_of_who_asks(
    site: Path, into: Path, servers: Any, new_web: Any
) -> None:
    def cookie(handler: Any) -> bool:
        handler.answer(b"x", Set_Cookie="a=b")
        return True

    with (
        servers.python(site, cookie) as server,
        contextlib.nullcontext(new_web(server.url)) as copy,
    ):
        copy.bring(["index.html", "empty", "film.webm"], into)

    told = [headers for _, headers in server.asked]
    assert {frozenset(headers) for headers in told} == {
        frozenset({"Host", "User-Agent", "Accept", "Accept-Encoding"})
    }
    assert {(h["User-Agent"], h["Accept-Encoding"]) for h in told} == {("aigaq", "identity")}


def test_a_server_is_reached_by_the_new_internet_protocol(
    site: Path, servers: Any, new_web: Any, lacking: Callable[[str], Any]
) -> None:
    port = servers.free_port()
    try:
        socket.create_server(("::1", port), family=socket.AF_INET6).close()
    except OSError:
        lacking("this computer has no IPv6")
    away = "location = /moved { return 302 /index.html; }"
    with servers.nginx(site, f"listen [::1]:{port}; {away}"):
        copy = new_web(f"http://[::1]:{port}/")
        assert sources.small(copy, "moved", 9999) == b"<p>Home</p>" * 50


def test_one_connection_carries_many_files(site: Path, servers: Any, new_web: Any) -> None:
    ports = set()

    def note(handler: Any) -> bool:
        ports.add(handler.client_address[1])
        return False

    with (
        servers.python(site, note) as server,
        contextlib.nullcontext(new_web(server.url)) as copy,
    ):
        for _ in range(20):
            assert sources.small(copy, "index.html", 9999) == b"<p>Home</p>" * 50

    assert len(ports) == 1


def test_a_connection_that_the_server_closed_meanwhile_is_opened_again(
    site: Path, servers: Any, new_web: Any
) -> None:
    with (
        servers.nginx(site, "keepalive_timeout 50ms;") as url,
        contextlib.nullcontext(new_web(url)) as copy,
    ):
        for _ in range(3):
            assert sources.small(copy, "index.html", 9999)
            time.sleep(0.1)


def test_a_large_file_goes_on_where_it_was_left(
    site: Path, into: Path, servers: Any, new_web: Any
) -> None:
    half = int(len(BIG) * 0.7)
    tag = hashlib.md5(BIG).hexdigest()
    asked = []

    def dies_in_the_middle(handler: Any) -> bool:
        wanted = handler.headers.get("Range", "")
        asked.append((wanted, handler.headers.get("If-Range")))
        start = int(wanted.removeprefix("bytes=").rstrip("-") or 0)
        status = b"206 Partial Content" if start else b"200 OK"
        place = f"Content-Range: bytes {start}-{len(BIG) - 1}/{len(BIG)}\r\n" if start else ""
        head = f'\r\nETag: "{tag}"\r\n{place}Content-Length: {len(BIG) - start}\r\n\r\n'
        handler.raw(b"HTTP/1.1 ", status, head.encode(), BIG[start : None if start else half])
        return True

    with servers.python(site, dies_in_the_middle) as server:
        first = failure(lambda: new_web(server.url).bring(["film.webm"], into))
        assert brought(into) == {}
        new_web(server.url).bring(["film.webm"], into)

    assert "stopped in the middle" in first
    assert asked == [("", None), (f"bytes={half}-", f'"{tag}"')]
    assert brought(into) == {"film.webm": BIG}


def test_a_large_file_that_is_another_by_now_is_fetched_anew(
    site: Path, into: Path, servers: Any, new_web: Any
) -> None:
    with servers.nginx(site, "location /film.webm { limit_rate 1m; }") as url:
        hasty = carriage.Limits(whole=0.6)
        failure(lambda: new_web(url, limits=hasty).bring(["film.webm"], into))
        (site / "film.webm").write_bytes(BIG[::-1])
    with servers.nginx(site) as url_after:
        copy = new_web(url_after)
        copy.name = sources.shown(url)  # the same server, as far as parts go
        copy.bring(["film.webm"], into)

    assert brought(into) == {"film.webm": BIG[::-1]}


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        (b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\nhalf", "stopped in the middle"),
        (
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n",
            "stopped in the middle",
        ),
        (b"", "hung up without an answer"),
        (b"\x00\x01\x02 SSH-2.0\r\n", "does not answer as a web server"),
        (b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 5000, "does not answer as a web server"),
        (b"HTTP/1.1 200 OK\r\nX: " + b"y" * 99999, "does not answer as a web server"),
        (b"HTTP/1.1 503 No\r\nContent-Length: 0\r\n\r\n", "it answers 503"),
        (b"HTTP/1.1 206 Part\r\nContent-Length: 4\r\n\r\nhalf", "it answers 206"),
        (
            b"HTTP/1.1 200 OK\r\nContent-Encoding: \x1b[2Jgzip\r\n\r\nx",
            "another form, \\x1b[2jgzip",
        ),
    ],
)
def test_a_server_that_does_not_send_the_file_is_told_so(
    site: Path, into: Path, servers: Any, new_web: Any, said: bytes, reason: str
) -> None:
    def misbehave(handler: Any) -> bool:
        handler.raw(said)
        return True

    with servers.python(site, misbehave) as server:
        copy = new_web(server.url)
        assert reason in failure(lambda: sources.read(copy, "index.html", 9999))
        assert reason in failure(lambda: copy.bring(["index.html"], into))
    assert brought(into) == {}


@pytest.mark.parametrize(
    "pieces",
    [
        pytest.param(
            (b"HTTP/1.1 200 OK\r\n", *[b"X-%d: y\r\n" % n for n in range(90)]), id="head"
        ),
        pytest.param(
            (b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n", *[b"x"] * 98), id="body"
        ),
        pytest.param((b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n",), id="silent"),
    ],
)
def test_a_server_that_drips_is_left_after_a_while(
    site: Path, servers: Any, new_web: Any, pieces: tuple[bytes, ...]
) -> None:
    def drip(handler: Any) -> bool:
        handler.raw(*pieces, pause=0.1)
        time.sleep(2)
        return True

    began = time.monotonic()
    with servers.python(site, drip) as server:
        copy = new_web(server.url, limits=IMPATIENT)
        assert "too slowly" in failure(lambda: sources.read(copy, "index.html", 9999))
    assert time.monotonic() - began < 2


def test_a_person_who_has_waited_enough_is_obeyed_at_once(
    site: Path, into: Path, servers: Any, new_web: Any
) -> None:
    def hangs(handler: Any) -> bool:
        handler.raw(b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n", pause=5)
        return True

    began = time.monotonic()
    with servers.python(site, hangs) as server:
        copy = new_web(server.url)
        main = threading.get_ident()
        ctrl_c = threading.Timer(0.3, signal.pthread_kill, (main, signal.SIGINT))
        ctrl_c.start()
        with pytest.raises(KeyboardInterrupt):
            copy.bring(["index.html", "empty", "film.webm"], into)
    assert time.monotonic() - began < 4


def test_all_that_a_server_does_has_an_end(site: Path, servers: Any, new_web: Any) -> None:
    limits = carriage.Limits(whole=0.3)
    with (
        servers.python(site) as server,
        contextlib.nullcontext(new_web(server.url, limits=limits)) as c,
    ):
        assert sources.small(c, "index.html", 9999)
        time.sleep(0.3)
        assert "too slowly" in failure(lambda: sources.small(c, "index.html", 9999))


def test_a_file_that_never_ends_is_not_taken_in(
    site: Path, into: Path, servers: Any, new_web: Any
) -> None:
    def flood(handler: Any) -> bool:
        handler.raw(b"HTTP/1.1 200 OK\r\n\r\n", *[bytes(100_000)] * 100)
        return True

    with servers.python(site, flood) as server:
        copy = new_web(server.url, limits=IMPATIENT)
        assert "more than any file" in failure(lambda: copy.bring(["index.html"], into))
    assert sum(p.stat().st_size for p in into.rglob("*") if p.is_file()) <= 5_000_000


def test_heads_that_never_end_are_not_read_for_ever(
    site: Path, servers: Any, new_web: Any
) -> None:
    def go_on(handler: Any) -> bool:
        handler.raw(*[b"HTTP/1.1 100 Continue\r\n\r\n" * 1000] * 400)
        return True

    with servers.python(site, go_on) as server:
        copy = new_web(server.url, limits=IMPATIENT)
        assert "as a web server should" in failure(lambda: copy.open("index.html"))


def test_redirects_are_followed_within_the_place_only(
    site: Path, servers: Any, new_web: Any
) -> None:
    places = {"/a": "/index.html", "/b": "index.html", "/round": "/round"}
    with servers.python(site) as other:
        places |= {"/other": f"{other.url}index.html", "/up": "//evil.example/x"}
        places |= {"/file": "file:///etc/passwd", "/bad": "http://[::1/"}

        def send_away(handler: Any) -> bool:
            if handler.path in places:
                handler.answer(b"away", 302, Location=places[handler.path])
            return handler.path in places

        with servers.python(site, send_away) as server:
            copy = new_web(server.url)
            for path in ("a", "b"):
                assert sources.small(copy, path, 9999) == b"<p>Home</p>" * 50
            assert "round in circles" in failure(lambda: copy.open("round"))
            for path in ("other", "up", "file", "bad"):
                assert "to another place" in failure(lambda path=path: copy.open(path))  # type: ignore[misc]
    assert other.asked == []


def test_a_server_that_is_not_there_is_told(servers: Any, new_web: Any) -> None:
    copy = new_web(f"http://127.0.0.1:{servers.free_port()}/")

    assert "Connection refused" in failure(lambda: copy.open("RELEASE"))


def test_a_certificate_that_nobody_vouches_for_is_refused(
    site: Path, tmp_path: Path, servers: Any, new_web: Any
) -> None:
    servers.certificate(tmp_path)
    tls = f"ssl_certificate {tmp_path}/cert; ssl_certificate_key {tmp_path}/key;"
    port = servers.free_port()
    with servers.nginx(site, f"listen 127.0.0.1:{port} ssl; {tls}"):
        copy = new_web(f"https://127.0.0.1:{port}/")
        assert "certificate is not good" in failure(lambda: copy.open("index.html"))


def test_a_file_of_the_copy_that_cannot_be_written_is_the_disks_fault(
    site: Path, into: Path, servers: Any, new_web: Any
) -> None:
    into.write_bytes(b"a file where a folder should be")
    with servers.python(site) as server, contextlib.nullcontext(new_web(server.url)) as copy:
        assert "X002" in failure(lambda: copy.bring(["index.html"], into))


@pytest.mark.parametrize(
    "place",
    [
        "http://",
        "https:///x",
        "http://who:secret@127.0.0.1/",
        "http://127.0.0.1/?q",
        "http://127.0.0.1/#x",
        "http://127.0.0.1:99999/",
        "http://[::1/",
        "http://127.0.0.1/\r\nX: y",
        "http://a..example/",
        f"http://{'a' * 64}.example/",
        f"http://{'ә' * 64}.example/",
    ],
)
def test_an_address_that_no_copy_has_is_refused(place: str) -> None:
    with pytest.raises(refusal.Refused, match="A072") as refused:
        web.Web(place)
    assert refused.value.exit_status == 4


def test_the_name_of_an_onion_service_is_asked_of_no_resolver(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    name = f"{'a' * 56}.onion"
    asked: list[str] = []

    def watch(event: str, said: tuple[Any, ...]) -> None:
        if event == "socket.getaddrinfo" and said[0] == name:
            asked.append(name)

    sys.addaudithook(watch)

    with pytest.raises(refusal.NotPossibleNow, match="torsocks"):
        web.Web(f"http://{name}/").open("RELEASE")

    assert asked == []
    monkeypatch.setenv("LD_PRELOAD", "/usr/lib/torsocks/libtorsocks.so")
    assert not onion.needs_tor(name)
