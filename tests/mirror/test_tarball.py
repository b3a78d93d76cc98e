"""A release as a tar file: reproducible, and a copy again when GNU tar unpacks it."""

from __future__ import annotations

import hashlib
import os
import subprocess
import tarfile
from typing import TYPE_CHECKING, Any

import pytest

from aigaq.mirror import payload, tarball
from aigaq.output import refusal

if TYPE_CHECKING:
    from pathlib import Path

LONG = "en/" + "nested/" * 20 + "а" * 60 + ".html"


def write(copy: Any) -> tuple[Path, str]:
    return tarball.write(payload.of(copy.folder))


@pytest.fixture
def site(copy: Any) -> Any:
    files = {LONG: b"long", "kk/тіл/a b.html": b"text", "empty": b"", "big": b"x" * 3_000_000}
    return copy.next(files)


def test_gnu_tar_unpacks_it_into_a_copy_that_verifies(
    site: Any, new_copy: Any, tmp_path: Path
) -> None:
    place, _ = write(site)
    (tmp_path / "out").mkdir()

    subprocess.run(["tar", "-xf", place], check=True, cwd=tmp_path / "out")

    other = new_copy("unused")
    other.folder = tmp_path / "out/archive.example.org-2"
    assert other.told() == (0, [])
    own = {".aigaq-site", "SHA256SUMS.parts"}
    assert other.paths() == [path for path in site.paths() if path not in own]


def test_the_same_release_is_the_same_tar_wherever_it_lies_and_whoever_makes_it(
    site: Any, new_copy: Any
) -> None:
    first, digest = write(site)
    other = new_copy("a-folder-with-another-name")
    for path in reversed(site.paths()):
        other.write(path, site.read(path))
        os.utime(other.folder / path, (1, 1))
        (other.folder / path).chmod(0o600)
    old = os.umask(0o077)
    try:
        first.rename(first.with_suffix(".first"))
        second, again = write(other)
    finally:
        os.umask(old)

    assert second.read_bytes() == first.with_suffix(".first").read_bytes()
    assert again == digest == hashlib.sha256(second.read_bytes()).hexdigest()
    assert second.stat().st_mode & 0o777 == 0o644


def test_nothing_in_it_tells_of_a_computer(site: Any) -> None:
    with tarfile.open(write(site)[0]) as tar:
        members = tar.getmembers()

    assert {(m.uid, m.gid, m.uname, m.gname) for m in members} == {(0, 0, "", "")}
    assert {m.mtime for m in members} == {1795392000}  # midnight in UTC of the release's date
    assert {m.mode for m in members if m.isfile()} == {0o644}
    assert {m.mode for m in members if m.isdir()} == {0o755}
    assert all(m.isfile() or m.isdir() for m in members)
    names = [m.name for m in members]
    assert all(name.startswith("archive.example.org-2") for name in names)
    assert len(names) == len({*names})


def test_a_file_that_is_gone_leaves_no_half_of_a_tar(site: Any) -> None:
    before = {path.name for path in site.folder.parent.iterdir()}
    (site.folder / "index.html").unlink()

    with pytest.raises(refusal.Refused) as refused:
        write(site)

    assert str(refused.value).startswith("index.html: error A091")
    assert {path.name for path in site.folder.parent.iterdir()} == before
