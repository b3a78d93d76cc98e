"""A copy in a module of an rsync daemon, and addresses that only look like one."""

from __future__ import annotations

import hashlib
import os
import random
import shutil
import socket
import threading
import time
from typing import TYPE_CHECKING, Any

import pytest

from aigaq.mirror import carriage, hashing, sources
from aigaq.mirror.carriage import rsync
from aigaq.output import refusal

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

BIG = random.Random(9).randbytes(2_000_000)


@pytest.fixture(autouse=True)
def _needs_rsync(lacking: Callable[[str], Any]) -> None:
    if not shutil.which("rsync"):
        lacking("there is no rsync: install it")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    (folder / "kk/тіл").mkdir(parents=True)
    (folder / "index.html").write_bytes(b"<p>Home</p>")
    (folder / "kk/тіл/a b'#; $(x).html").write_bytes("ә".encode() * 99)
    (folder / "film.webm").write_bytes(BIG)
    return folder


def brought(into: Path) -> dict[str, bytes]:
    files = (path for path in into.rglob("*") if path.is_file() or path.is_symlink())
    return {path.relative_to(into).as_posix(): path.read_bytes() for path in files}


def test_just_the_files_that_are_asked_for_come(
    site: Path, tmp_path: Path, servers: Any
) -> None:
    paths = ["index.html", "kk/тіл/a b'#; $(x).html", "not/there.html"]
    with servers.rsync(site) as url:
        rsync.Rsync(url).bring(paths, tmp_path / "into")

    assert brought(tmp_path / "into") == {p: (site / p).read_bytes() for p in paths[:2]}


def test_one_file_can_be_opened(site: Path, servers: Any) -> None:
    with servers.rsync(site) as url:
        copy = rsync.Rsync(f"{url}/kk")
        assert sources.small(copy, "тіл/a b'#; $(x).html", 999) == "ә".encode() * 99
        assert sources.small(copy, "index.html", 999) is None


def test_many_files_are_hashed_of_few_connections(site: Path, servers: Any) -> None:
    paths = ["index.html", "not/there.html", "film.webm"]
    with servers.rsync(site) as url:
        made = dict(hashing.digests(rsync.Rsync(url), paths))

    assert made == {
        path: hashlib.sha256((site / path).read_bytes()).hexdigest() for path in paths[::2]
    } | {"not/there.html": ""}


def test_a_changed_file_of_the_same_size_and_date_comes_too(
    site: Path, tmp_path: Path, servers: Any
) -> None:
    into = tmp_path / "into"
    with servers.rsync(site) as url:
        for text in (b"<p>Home</p>", b"<p>Hope</p>"):
            (site / "index.html").write_bytes(text)
            os.utime(site / "index.html", (0, 0))
            rsync.Rsync(url).bring(["index.html"], into)
            assert brought(into) == {"index.html": text}


def test_of_a_file_that_is_here_in_part_only_the_differences_come(
    site: Path, tmp_path: Path, servers: Any
) -> None:
    older = tmp_path / "older"
    older.mkdir()
    (older / "film.webm").write_bytes(BIG[:1_000_000] + b"other" + BIG[1_000_005:])
    os.utime(older / "film.webm", (0, 0))
    os.utime(site / "film.webm", (0, 0))
    with servers.rsync(site) as url:
        copy = rsync.Rsync(url)
        copy.spare(older)
        copy.bring(["film.webm", "index.html"], tmp_path / "into")

    assert brought(tmp_path / "into") == {
        p: (site / p).read_bytes() for p in ("film.webm", "index.html")
    }
    assert 0 < copy.received < 50_000


def test_links_and_folders_are_not_taken_for_files(
    site: Path, tmp_path: Path, servers: Any
) -> None:
    (site / "passwd").symlink_to("/etc/passwd")
    (site / "up").symlink_to("/etc")
    with servers.rsync(site) as url:
        rsync.Rsync(url).bring(["passwd", "up/passwd", "kk"], tmp_path / "into")

    assert not (tmp_path / "into/passwd").is_symlink()
    assert brought(tmp_path / "into") == {}


def test_a_file_that_is_too_large_does_not_come(
    site: Path, tmp_path: Path, servers: Any
) -> None:
    with servers.rsync(site) as url:
        copy = rsync.Rsync(url, limits=carriage.Limits(largest=1_000_000))
        copy.bring(["index.html", "film.webm"], tmp_path / "into")

    assert set(brought(tmp_path / "into")) == {"index.html"}


def test_a_module_that_is_not_there_is_told(site: Path, tmp_path: Path, servers: Any) -> None:
    with (
        servers.rsync(site) as url,
        pytest.raises(refusal.NotPossibleNow, match="Unknown module 'other'"),
    ):
        rsync.Rsync(url.replace("/site", "/other")).bring(["index.html"], tmp_path / "into")


def test_a_module_that_asks_for_a_password_does_not_ask_a_person(
    site: Path, tmp_path: Path, servers: Any
) -> None:
    secrets = tmp_path / "secrets"
    secrets.write_text("who:secret\n")
    secrets.chmod(0o600)
    with (
        servers.rsync(site, f"auth users = who\nsecrets file = {secrets}") as url,
        pytest.raises(refusal.NotPossibleNow, match="A071"),
    ):
        rsync.Rsync(url).bring(["index.html"], tmp_path / "into")


def test_a_server_that_says_nothing_is_left(tmp_path: Path) -> None:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        one.listen()
        copy = rsync.Rsync(
            f"rsync://127.0.0.1:{one.getsockname()[1]}/site", limits=carriage.Limits(stall=0.4)
        )
        began = time.monotonic()
        with pytest.raises(refusal.NotPossibleNow, match="A071"):
            copy.bring(["index.html"], tmp_path / "into")

    assert time.monotonic() - began < 3


def test_a_server_that_drips_is_left(site: Path, tmp_path: Path, servers: Any) -> None:
    with servers.rsync(site) as url, slowly(int(url.split(":")[2].partition("/")[0])) as port:
        limits = carriage.Limits(stall=1, slowest=1e6)
        began = time.monotonic()
        with pytest.raises(refusal.NotPossibleNow, match="too slowly"):
            rsync.Rsync(f"rsync://127.0.0.1:{port}/site", limits=limits).bring(
                ["film.webm"], tmp_path / "into"
            )

    assert time.monotonic() - began < 6


class slowly:  # noqa: N801 - reads as what it does
    """A way to a server on which 20 kB pass in a second."""

    def __init__(self, port: int) -> None:
        self._there = port
        self._at = socket.create_server(("127.0.0.1", 0))

    def __enter__(self) -> int:
        threading.Thread(target=self._serve, daemon=True).start()
        return int(self._at.getsockname()[1])

    def __exit__(self, *_: object) -> None:
        self._at.close()

    def _serve(self) -> None:
        here, _ = self._at.accept()
        with here, socket.create_connection(("127.0.0.1", self._there)) as there:
            back = threading.Thread(target=self._pass, args=(there, here, 0.05), daemon=True)
            back.start()
            self._pass(here, there, 0)
            back.join()

    @staticmethod
    def _pass(one: socket.socket, other: socket.socket, pause: float) -> None:
        try:
            while data := one.recv(1000):
                other.sendall(data)
                time.sleep(pause)
            other.shutdown(socket.SHUT_WR)
        except OSError:
            pass


@pytest.mark.parametrize(
    "place",
    [
        "rsync://-e/x",
        "-e sh::x",
        "--rsh=touch x::y",
        "rsync://host/",
        "rsync://host",
        "host::",
        "rsync://user@host/x",
        "user:pw@host::x",
        "rsync://host/x y",
        "rsync://host/$(x)",
        "rsync://host/`x`",
        "rsync://host/x*",
        "host:folder",
        "user@host:/folder",
        "rsync://host/x\n--rsh=sh",
        "rsync://host/x/../y",
        "host::x/./../y",
    ],
)
def test_what_is_no_module_of_a_daemon_is_refused(place: str) -> None:
    with pytest.raises(refusal.Refused, match="A072"):
        rsync.Rsync(place)


def test_nothing_of_the_surroundings_names_another_program(
    site: Path, tmp_path: Path, servers: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    trap = tmp_path / "trap"
    for name in ("RSYNC_RSH", "RSYNC_CONNECT_PROG"):
        monkeypatch.setenv(name, f"touch {trap}")
    with servers.rsync(site) as url:
        rsync.Rsync(url).bring(["index.html"], tmp_path / "into")

    assert (tmp_path / "into/index.html").is_file()
    assert not trap.exists()


def test_without_rsync_it_is_said_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(refusal.Refused, match="apt install rsync") as refused:
        rsync.Rsync("rsync://127.0.0.1/site").bring(["index.html"], tmp_path / "into")
    assert refused.value.exit_status == 4


def test_the_name_of_an_onion_service_is_not_given_to_rsync(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))  # it would be said that there is none
    with pytest.raises(refusal.NotPossibleNow, match="torsocks"):
        rsync.Rsync(f"rsync://{'a' * 56}.onion/x").bring(("index.html",), tmp_path / "into")


def test_a_server_that_sends_more_than_a_file_may_have_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In its place a program that writes without end, for rsync's own server is honest."""
    program = tmp_path / "bin/rsync"
    program.parent.mkdir()
    into = tmp_path / "into"
    endless = f'while :; do head -c 1000000 /dev/zero >> "{into}/.page.html.x"; done'
    program.write_text(f"#!/bin/sh\n{endless}\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}:/usr/bin:/bin")
    limits = carriage.Limits(largest=3_000_000, stall=1, slowest=1.0, whole=60)

    begun = time.monotonic()
    with pytest.raises(refusal.NotPossibleNow, match="A071"):
        rsync.Rsync("rsync://127.0.0.1/x", limits=limits).bring(("page.html",), into)
    assert time.monotonic() - begun < 20


def test_what_was_too_large_before_does_not_stop_what_comes_later(
    site: Path, tmp_path: Path, servers: Any
) -> None:
    partial = tmp_path / "into/.aigaq-partial/film.webm"
    partial.parent.mkdir(parents=True)
    partial.write_bytes(BIG)
    (site / "other.webm").write_bytes(BIG[:900_000])
    with servers.rsync(site, "use chroot = no") as url:
        limits = carriage.Limits(largest=1_000_000, stall=0.4)
        with slowly(int(url.split(":")[2].partition("/")[0])) as port:
            rsync.Rsync(f"rsync://127.0.0.1:{port}/site", limits=limits).bring(
                ["index.html"], tmp_path / "into"
            )

    assert brought(tmp_path / "into") == {"index.html": b"<p>Home</p>"}
