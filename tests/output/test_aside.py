"""A file is seen old or new, whoever looks and whatever happens."""

from __future__ import annotations

import stat
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest

from aigaq.output import aside

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "t-1.en.md"
    made.write_bytes(b"old")
    return made


def names(path: Path) -> list[str]:
    return sorted(one.name for one in path.parent.iterdir())


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_file_takes_the_place_of_another_and_leaves_nothing(path: Path) -> None:
    aside.replace(path, b"new")
    assert (path.read_bytes(), names(path)) == (b"new", ["t-1.en.md"])


def test_until_it_is_whole_the_old_one_stands(path: Path) -> None:
    with aside.replacing(path) as fresh:
        fresh.write_bytes(b"ne")
        assert path.read_bytes() == b"old"
    assert path.read_bytes() == b"ne"


def test_after_an_error_the_old_one_stands_alone(path: Path) -> None:
    def fail() -> None:
        with aside.replacing(path) as fresh:
            fresh.write_bytes(b"ne")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert (path.read_bytes(), names(path)) == (b"old", ["t-1.en.md"])


def test_what_a_kill_left_is_no_hindrance_and_a_link_there_is_not_followed(path: Path) -> None:
    with aside.replacing(path) as fresh:
        left = fresh
    other = path.with_name("other")
    other.write_bytes(b"other")
    left.symlink_to(other)

    aside.replace(path, b"new")

    assert (path.read_bytes(), other.read_bytes()) == (b"new", b"other")
    assert names(path) == ["other", "t-1.en.md"]


def test_who_could_read_it_still_can_and_nobody_else(path: Path) -> None:
    path.chmod(0o640)
    aside.replace(path, b"new")
    assert mode(path) == 0o640


@pytest.mark.parametrize("old", [0o600, 0o400, 0o000])
def test_what_is_for_nobody_else_is_so_while_it_is_written(path: Path, old: int) -> None:
    path.chmod(old)
    with aside.replacing(path) as fresh:
        fresh.write_bytes(b"new")
        assert mode(fresh) == 0o600
    assert mode(path) == old


def test_of_two_who_write_at_once_one_is_there_whole_and_nothing_else(path: Path) -> None:
    first, second = aside.replacing(path), aside.replacing(path)
    one = first.__enter__()
    with one.open("wb") as file:
        file.write(b"first, ")
        two = second.__enter__()
        two.write_bytes(b"sec")
        file.write(b"whole")
    with suppress(OSError):
        first.__exit__(None, None, None)
    assert path.read_bytes() in {b"old", b"first, whole"}
    with two.open("ab") as file:
        file.write(b"ond")
    second.__exit__(None, None, None)
    assert (path.read_bytes(), names(path)) == (b"second", ["t-1.en.md"])


def test_it_can_be_for_all(path: Path) -> None:
    path.chmod(0o600)
    aside.replace(path, b"new", for_all=True)
    assert mode(path) == 0o644


def test_a_name_may_be_as_long_as_names_may_be(tmp_path: Path) -> None:
    path = tmp_path / ("x" * 255)
    aside.replace(path, b"new")
    assert path.read_bytes() == b"new"


def test_a_folder_in_its_place_is_an_error_and_stays(tmp_path: Path) -> None:
    (tmp_path / "t").mkdir()
    with pytest.raises(OSError, match="irectory"):
        aside.replace(tmp_path / "t", b"new")
    assert names(tmp_path / "t") == ["t"]
