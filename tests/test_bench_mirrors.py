"""The figures on mirrors are of what they say: copies that verify, bytes that came."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

import pytest

from bench.mirrors import made, servers, swarm, update

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def signed(tmp_path: Path) -> made.Archive:
    return made.archive(tmp_path / "keys")


def test_each_route_brings_all_of_it_first_and_less_of_it_after_an_edit(tmp_path: Path) -> None:
    rows = update.made_up(60, tmp_path)

    assert [row.route for row in rows] == [*update.ROUTES]
    for row in rows:
        assert row.first >= row.size > 0
        assert 1000 < row.second < row.first
    assert "| torrent | 60 |" in "\n".join(update.lines(rows))


@pytest.fixture
def stage(signed: made.Archive, tmp_path: Path) -> Any:
    """An origin of forty pages, its torrent, and an empty place for mirrors."""
    made.release(tmp_path / "site", signed, 40)
    (tmp_path / "at").mkdir()
    return tmp_path / "site", servers.torrent(tmp_path / "site"), tmp_path / "at"


def test_mirrors_are_whole_and_verify_though_the_origin_dies_and_one_lies(
    stage: Any, signed: made.Archive
) -> None:
    with ExitStack() as stack:
        said = swarm.churned(3, *stage, stack)

    assert "the origin died after" in said
    assert swarm._verified(stage[2], signed) == 3


def test_what_heals_is_counted_by_the_bytes_of_the_files(stage: Any) -> None:
    with ExitStack() as stack:
        said = swarm.healed(0.02, *stage, stack)

    assert said.startswith("96 of 96 files, where 96 were whole somewhere"), said
