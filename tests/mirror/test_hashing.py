from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pytest

from aigaq.mirror import hashing, sources

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("threads", [1, 2, 7])
def test_each_file_gets_its_digest_in_the_order_asked_for(tmp_path: Path, threads: int) -> None:
    paths = [f"{number}.html" for number in range(450, 0, -1)]
    for path in paths:
        (tmp_path / path).write_bytes(path.encode() * 300)

    made = list(hashing.digests(sources.Folder(tmp_path), paths, threads=threads))

    wanted = [(path, hashlib.sha256(path.encode() * 300).hexdigest()) for path in paths]
    assert made == wanted


def test_a_large_file_is_hashed_whole(tmp_path: Path) -> None:
    (tmp_path / "film.webm").write_bytes(b"x" * 1_000_001)

    made = dict(hashing.digests(sources.Folder(tmp_path), ["film.webm"]))

    assert made == {"film.webm": hashlib.sha256(b"x" * 1_000_001).hexdigest()}


def test_what_is_not_there_has_no_digest(tmp_path: Path) -> None:
    assert list(hashing.digests(sources.Folder(tmp_path), ["a"])) == [("a", "")]
