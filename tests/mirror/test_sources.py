from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from aigaq.mirror import sources
from aigaq.output import refusal

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "copy/en").mkdir(parents=True)
    (tmp_path / "copy/en/a.html").write_bytes(b"words")
    (tmp_path / "secret").write_bytes(b"secret")
    return tmp_path / "copy"


def test_a_folder_lists_its_files_with_their_paths(folder: Path) -> None:
    assert sources.Folder(folder).listing() == sources.Listing(frozenset({"en/a.html"}))


def test_links_and_pipes_are_told_and_not_followed(folder: Path) -> None:
    (folder / "out").symlink_to(folder.parent)
    (folder / "secret").symlink_to(folder.parent / "secret")
    os.mkfifo(folder / "pipe")

    listing = sources.Folder(folder).listing()

    assert listing is not None
    strange = (("out", "link"), ("pipe", "special file"), ("secret", "link"))
    assert (listing.files, listing.strange) == ({"en/a.html"}, strange)


@pytest.mark.parametrize("what", ["nothing", "link", "folder", "pipe", "en/a.html/b"])
def test_only_a_plain_file_is_opened(folder: Path, what: str) -> None:
    (folder / "link").symlink_to(folder.parent / "secret")
    (folder / "folder").mkdir()
    os.mkfifo(folder / "pipe")

    with pytest.raises(sources.MissingError):
        sources.Folder(folder).open(what)


def test_a_place_that_is_not_there_is_not_reached(tmp_path: Path) -> None:
    with pytest.raises(refusal.NotPossibleNow) as refused:
        sources.Folder(tmp_path / "usb").listing()

    assert refused.value.exit_status == 3
    assert [problem.code for problem in refused.value.diagnostics] == ["A071"]


@pytest.mark.parametrize(("limit", "wanted"), [(5, b"words"), (4, b"words"), (2, b"wor")])
def test_no_more_is_read_than_is_asked_for_and_one_byte(
    folder: Path, limit: int, wanted: bytes
) -> None:
    assert sources.read(sources.Folder(folder), "en/a.html", limit) == wanted


def test_the_name_of_a_file_cannot_command_a_terminal() -> None:
    assert sources.shown("a\x1b[2J\n\udcff.html") == "a\\x1b[2J\\x0a\\xdcff.html"
    assert len(sources.shown("x" * 9999)) == 300
