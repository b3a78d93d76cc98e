"""`site.torrent`, and that others than us can use it."""

from __future__ import annotations

import contextlib
import shutil
import socket
import subprocess
import sys
import time
import types
from typing import TYPE_CHECKING, Any

import pytest

from aigaq.mirror import manifest, payload, seeding, torrent_file
from aigaq.mirror.carriage import swarm
from aigaq.output import refusal

if TYPE_CHECKING:
    from pathlib import Path

HEADS = ["RELEASE", "RELEASE.sig", "RELEASE.sig.2", "LEDGER", "SHA256SUMS"]
MIRRORS = b"""# those who carry copies
https://one.example.net/copy/ KZ 2026-11
http://two.example.net/sites/archive.example.org/ DE 2026-11
http://abcdefghijklmnopqrstuvwxyz234567abcdefghijklmnopqrstuvwx.onion/ - 2026-11
rsync://three.example.net/archive CA 2026-11
"""


def read(data: bytes) -> Any:
    return torrent_file.library().bdecode(data)


def made(copy: Any) -> bytes:
    return torrent_file.made(payload.of(copy.folder))


def test_it_holds_all_that_a_copy_is_judged_by_first_and_then_all_files(copy: Any) -> None:
    copy.write("source.git/HEAD", b"ref: refs/heads/main\n").write("site.torrent", b"old")

    info = read(made(copy))[b"info"]

    assert info[b"name"] == b"archive.example.org"
    names = [b"/".join(one[b"path"]).decode() for one in info[b"files"]]
    assert names == [*HEADS, *manifest.read(copy.read("SHA256SUMS"))[0]]


def test_it_is_of_version_1_only_without_trackers_and_without_who_made_it_and_when(
    copy: Any,
) -> None:
    torrent = read(made(copy))

    assert sorted(torrent) == [b"creation date", b"info", b"url-list"]
    assert sorted(torrent[b"info"]) == [b"files", b"name", b"piece length", b"pieces"]
    assert torrent[b"creation date"] == 1795392000  # midnight in UTC of the release's date
    assert torrent[b"info"][b"piece length"] == 1 << 14


def test_the_same_release_has_the_same_torrent_wherever_it_lies(
    copy: Any, new_copy: Any
) -> None:
    other = new_copy("elsewhere")
    for path in reversed(copy.paths()):
        other.write(path, copy.read(path))

    assert made(other) == made(copy)


def test_another_signature_makes_another_torrent(copy: Any) -> None:
    before = made(copy)

    assert made(copy.signed("one", "two", "three")) != before


def test_the_archive_and_its_web_mirrors_are_seeds(copy: Any) -> None:
    """BEP 19 adds `archive.example.org/PATH` to each; an onion service is no web server."""
    copy.next({"MIRRORS": MIRRORS})

    assert torrent_file.web_seeds(payload.of(copy.folder)) == (
        "https://archive.example.org/",
        "https://one.example.net/copy/",
        "http://two.example.net/sites/",
    )


@pytest.mark.parametrize(
    ("size", "length"),
    [(0, 14), (1 << 29, 14), ((1 << 29) + 1, 15), (1 << 35, 15), (1 << 40, 20)],
)
def test_pieces_are_small_for_as_long_as_they_are_not_too_many(size: int, length: int) -> None:
    assert torrent_file.piece_length(size) == 1 << length


def test_a_file_that_is_gone_is_named(copy: Any) -> None:
    (copy.folder / "index.html").unlink()

    with pytest.raises(refusal.Refused) as refused:
        made(copy)

    assert str(refused.value).startswith("index.html: error A091")


@pytest.mark.parametrize("found", [None, types.ModuleType("libtorrent")])
def test_without_libtorrent_or_with_an_old_one_it_is_said_what_to_install(
    copy: Any, monkeypatch: pytest.MonkeyPatch, found: Any
) -> None:
    monkeypatch.setitem(sys.modules, "libtorrent", found)

    with pytest.raises(refusal.Refused) as refused:
        made(copy)

    assert refused.value.exit_status == 4
    assert "A092" in str(refused.value)
    assert "python -m pip install 'libtorrent>=2.1'" in str(refused.value)


class EndedError(Exception):
    """The other has what it wanted."""


class Aria2:
    """aria2 as Debian has it, which fetches by a torrent into a new folder."""

    def __init__(self, folder: Path, port: int) -> None:
        self.folder, self.port = folder, port

    def fetching(self, torrent: bytes) -> subprocess.Popen[bytes]:
        self.folder.mkdir()
        (self.folder / "it.torrent").write_bytes(torrent)
        command = ["aria2c", "--no-conf", "--quiet", "--seed-time=0", "--enable-dht=false"]
        command += ["--bt-enable-lpd=false", "--enable-peer-exchange=false", "--interface=lo"]
        command += ["--dir=got", "--stop=30", f"--listen-port={self.port}", "it.torrent"]
        return subprocess.Popen(command, cwd=self.folder)

    def fetched(self, torrent: bytes) -> Path:
        assert self.fetching(torrent).wait(40) == 0
        return self.got

    @property
    def got(self) -> Path:
        return self.folder / "got/archive.example.org"


@pytest.fixture
def aria2(tmp_path: Path, lacking: Any, servers: Any) -> Aria2:
    if not shutil.which("aria2c"):
        lacking("there is no aria2c: install aria2")
    return Aria2(tmp_path / "aria2", servers.free_port())


def _with_seeds(torrent: bytes, *urls: str) -> bytes:
    lt = torrent_file.library()
    return bytes(
        lt.bencode({**lt.bdecode(torrent), b"url-list": [url.encode() for url in urls]})
    )


def _same(copy: Any, folder: Path, new_copy: Any) -> bool:
    other = new_copy("unused")
    other.folder = folder
    own = {".aigaq-site", "SHA256SUMS.parts", "site.torrent"}
    mine = [path for path in copy.paths() if path not in own]
    return other.paths() == mine and all(other.read(p) == copy.read(p) for p in mine)


def test_aria2_opens_it_and_fetches_from_a_web_server(
    copy: Any, new_copy: Any, aria2: Aria2, servers: Any
) -> None:
    copy.next({"film.webm": bytes(range(256)) * 1000, "empty": b""})
    rule = f"location /archive.example.org/ {{ alias {copy.folder}/; }}"

    with servers.nginx(copy.folder, rule) as url:
        folder = aria2.fetched(_with_seeds(made(copy), url))

    assert _same(copy, folder, new_copy)


def test_a_server_that_has_the_folder_by_its_name_needs_no_rule(
    copy: Any, new_copy: Any, aria2: Aria2, servers: Any
) -> None:
    copy.folder = copy.folder.rename(copy.folder.with_name("archive.example.org"))

    with servers.python(copy.folder.parent) as server:
        folder = aria2.fetched(_with_seeds(made(copy), server.url))

    assert _same(copy, folder, new_copy)


def _until_it_listens(port: int) -> None:
    ends = time.monotonic() + 20
    while time.monotonic() < ends:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port)):
            return
        time.sleep(0.05)


def test_aria2_fetches_it_from_a_copy_that_is_seeded(
    copy: Any, new_copy: Any, aria2: Aria2
) -> None:
    reach = swarm.Reach(listen="127.0.0.1:0", peers=(("127.0.0.1", aria2.port),))
    running = aria2.fetching(_with_seeds(made(copy)))
    _until_it_listens(aria2.port)  # it is the seeder that connects

    def told(*_: int) -> None:
        if running.poll() is not None:
            raise EndedError

    with contextlib.suppress(EndedError):
        seeding.seed(payload.of(copy.folder), reach, copies=None, told=told)

    assert running.returncode == 0
    assert _same(copy, aria2.got, new_copy)
