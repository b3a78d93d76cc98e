"""A stick that a stranger gave us: it may hold anything."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from aigaq.mirror import carriage
from aigaq.mirror.carriage import disk
from aigaq.output import refusal

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def stick(tmp_path: Path) -> disk.Disk:
    (tmp_path / "stick/en").mkdir(parents=True)
    (tmp_path / "stick/en/a.html").write_bytes(b"words")
    return disk.Disk(tmp_path / "stick")


def brought(into: Path) -> dict[str, bytes]:
    files = (path for path in into.rglob("*") if path.is_file())
    return {path.relative_to(into).as_posix(): path.read_bytes() for path in files}


def test_files_come_and_what_is_no_file_does_not(stick: disk.Disk, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_bytes(b"of this computer")
    (stick.place / "link.html").symlink_to(secret)
    os.mkfifo(stick.place / "pipe.html")

    stick.bring(["en/a.html", "link.html", "pipe.html", "en", "not/there"], tmp_path / "into")

    assert brought(tmp_path / "into") == {"en/a.html": b"words"}


def test_a_file_with_a_name_as_long_as_names_may_be_comes(
    stick: disk.Disk, tmp_path: Path
) -> None:
    (stick.place / ("x" * 255)).write_bytes(b"long")
    stick.bring(["x" * 255], tmp_path / "into")
    assert brought(tmp_path / "into") == {"x" * 255: b"long"}


def test_a_file_of_holes_does_not_fill_our_disk(
    stick: disk.Disk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(carriage, "LIMITS", carriage.Limits(largest=3 << 20))
    os.truncate(stick.place / "en/a.html", 1 << 40)

    with pytest.raises(refusal.NotPossibleNow, match="larger than any file"):
        stick.bring(["en/a.html"], tmp_path / "into")

    assert brought(tmp_path / "into") == {}
