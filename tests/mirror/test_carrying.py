"""A release on its way out and in again, by the commands alone: pack, sign, commit, pack."""

from __future__ import annotations

import shutil
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from aigaq.mirror import payload, torrent_file
from aigaq.mirror.carriage import metainfo, swarm

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

Ran = tuple[int, str]


def commit(root: Path) -> None:
    who = ["-c", "user.name=Placeholder", "-c", "user.email=p@example.org"]
    for arguments in (["add", "-A"], ["commit", "-qm", "Work"]):
        subprocess.run(["git", "-C", root, *who, *arguments], check=True)


@pytest.fixture
def archive(
    site: Any, keys: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Any]:
    """Two texts that mirrors may have, in a repository, which is where we are."""
    site.config(mirrors=True, address="https://archive.example.org/")
    site.testimony("t-1").testimony("t-2").write(
        ".gitignore", ".cache/\npublic/\n*.zim\n*.tar\n"
    )
    site.write("releases/allowed_signers", keys.listed("one"))
    for suffix in ("", ".pub"):
        shutil.copy(f"{keys.path('one')}{suffix}", tmp_path / f"key{suffix}")
    shutil.copy(site.root / "releases/allowed_signers", tmp_path / "pinned")
    subprocess.run(["git", "-C", site.root, "init", "-q"], check=True)
    commit(site.root)
    monkeypatch.chdir(site.root)
    return site


@pytest.fixture
def released(archive: Any, run: Any, tmp_path: Path) -> Any:
    """With a release that is signed and committed."""
    assert run("pack")[0] == 0
    assert run("sign", "--key", tmp_path / "key")[0] == 0
    commit(archive.root)
    return archive


@pytest.mark.parametrize("option", ["--torrent", "--tar", "--zim"])
def test_what_nobody_has_signed_is_not_carried_out(archive: Any, run: Any, option: str) -> None:
    status, said = run("pack", option)

    assert (status, "A090" in said) == (4, True)
    assert "commit releases/, and run the same command again" in said
    assert not archive.public.exists()


def test_without_libtorrent_or_zimwriterfs_nothing_is_built(
    released: Any, run: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.rmtree(released.public)
    found = shutil.which
    monkeypatch.setattr(shutil, "which", lambda name: None if "zim" in name else found(name))
    monkeypatch.setitem(sys.modules, "libtorrent", None)

    for option, code in (("--torrent", "A092"), ("--zim", "A094")):
        status, said = run("pack", option)
        assert (status, code in said) == (4, True)
    assert not released.public.exists()


def test_the_second_pack_makes_the_same_release_with_its_signatures_and_a_torrent(
    released: Any, run: Any
) -> None:
    before = (released.public / "RELEASE").read_bytes()

    status, said = run("pack", "--torrent")

    assert status == 0, said
    assert "public/site.torrent, to be published with it." in said
    assert (released.public / "RELEASE").read_bytes() == before
    data = (released.public / "site.torrent").read_bytes()
    assert data == torrent_file.made(payload.of(released.public))
    known = metainfo.read(data, "it")
    assert {"RELEASE", "RELEASE.sig", "SHA256SUMS", "LEDGER", "index.html"} <= {*known.index}
    assert not any(path.startswith("source.git/") for path in known.index)


def test_a_tar_is_told_with_a_line_for_sha256sum(
    released: Any, run: Any, tmp_path: Path
) -> None:
    status, said = run("pack", "--tar")

    assert status == 0, said
    line = next(one for one in said.splitlines() if one.endswith(".tar"))
    check = ["sha256sum", "--strict", "-c", "-"]
    subprocess.run(check, input=line, text=True, check=True, capture_output=True)
    subprocess.run(["tar", "-xf", "archive.example.org-1.tar", "-C", tmp_path], check=True)
    copy = tmp_path / "archive.example.org-1"
    assert run("verify", copy, "--signers", tmp_path / "pinned")[0] == 0


def test_a_zim_is_told_to_be_no_copy_that_can_be_verified(
    released: Any, run: Any, lacking: Any
) -> None:
    if not shutil.which("zimwriterfs"):
        lacking("there is no zimwriterfs: install zim-tools")

    status, said = run("pack", "--zim")

    assert status == 0, said
    assert "archive.example.org-1.zim, for Kiwix." in said
    assert "No two ZIM files of a release are alike" in said
    check = ["zimcheck", "--all", "archive.example.org-1.zim"]
    assert "Pass" in subprocess.run(check, check=True, capture_output=True, text=True).stdout


def test_a_mirror_joins_by_the_torrent_alone_when_the_origin_is_gone(
    released: Any, run: Any, tmp_path: Path
) -> None:
    """Two mirrors are left, one of which flips what it gives out."""
    assert run("pack", "--torrent")[0] == 0
    lt, torrent = torrent_file.library(), tmp_path / "site.torrent"
    made = lt.bdecode((released.public / "site.torrent").read_bytes())
    torrent.write_bytes(lt.bencode({**made, b"url-list": []}))  # nothing public is asked
    for name in ("honest", "hostile"):
        shutil.copytree(released.public, tmp_path / name)
    shutil.rmtree(released.public)
    pinned = ("--signers", tmp_path / "pinned")
    honest = _seeded(torrent, tmp_path / "honest", seeding=True)
    hostile = _seeded(torrent, tmp_path / "hostile", seeding=False)
    for path in (tmp_path / "hostile").rglob("*.html"):
        path.write_bytes(bytes(byte ^ 1 for byte in path.read_bytes()))
    peers = [f"127.0.0.1:{one.port}" for one in (hostile, honest)]

    joined = run(
        *("follow", torrent, tmp_path / "fourth", *pinned),
        *("--peer", peers[0], "--peer", peers[1]),
    )

    for one in (honest, hostile):
        one.leave()
    assert joined[0] == 0, joined[1]
    assert _files(tmp_path / "fourth") == _files(tmp_path / "honest") - {"site.torrent"}
    assert run("verify", tmp_path / "fourth", *pinned)[0] == 0


def _seeded(torrent: Path, folder: Path, *, seeding: bool) -> swarm.Swarm:
    known = metainfo.read(torrent.read_bytes(), "it")
    session = swarm.Swarm(
        known.parameters, folder, swarm.Reach(listen="127.0.0.1:0"), seeding=seeding
    )
    while not (session.port and session.handle.status().is_seeding):
        session.wait()
    return session


def _files(folder: Path) -> set[str]:
    every = (path for path in folder.rglob("*") if path.is_file())
    names = {path.relative_to(folder).as_posix() for path in every}
    return {name for name in names if not name.startswith("source.git/")}
