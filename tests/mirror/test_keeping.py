"""A mirror that carries the sources, too, and nothing that was not signed with them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from aigaq.mirror import git, keeping, manifest, rebuilding, statement
from aigaq.mirror.export import history

if TYPE_CHECKING:
    from collections.abc import Callable

WHEN = 1_760_000_000
SOURCES = {
    "site.yaml": b"title: A\n",
    "content/t-1.md": b"Words.\n",
    "content/t-2.md": b"More.\n",
}


class Origin:
    """Copies of releases, each with its repository, as editors publish them."""

    def __init__(self, copy: Any) -> None:
        self.copy, self.store = copy, git.begun(copy.folder.parent / "home/source.git")

    def release(self, files: dict[str, bytes], ledger: str, **fields: Any) -> statement.Release:
        make = (
            self.copy.release if not (self.copy.folder / "RELEASE").exists() else self.copy.next
        )
        make({}, ledger=ledger, source=rebuilding.digest(files), **fields)
        release, _ = statement.read(self.copy.read(manifest.STATEMENT))
        assert release is not None
        history.commit(self.store, files, seq=release.seq, when=WHEN + release.seq)
        history.seal(self.store, self.copy.folder)
        history.publish(self.store, self.copy.folder)
        return release


@pytest.fixture
def origin(copy: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Origin:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    for path in copy.paths():
        (copy.folder / path).unlink()
    copy.write("index.html", b"Home")
    return Origin(copy)


@pytest.fixture
def mirror(origin: Origin, tmp_path: Path) -> Callable[[statement.Release], list[str]]:
    """Has the files of the release, as `follow` leaves them, and keeps its sources."""
    folder = tmp_path / "mirror"

    def run(release: statement.Release, *places: object) -> list[str]:
        folder.mkdir(exist_ok=True)
        for path in origin.copy.folder.iterdir():
            if path.is_file():
                (folder / path.name).write_bytes(path.read_bytes())
        found = keeping.keep([*map(str, places or (origin.copy.folder,))], folder, release)
        return [problem.code for problem in found]

    return run


def told(place: Path, *arguments: str) -> str:
    return git.run(place, *arguments).decode().strip()


def test_it_has_the_same_commits_as_the_origin(
    origin: Origin, mirror: Any, tmp_path: Path
) -> None:
    assert mirror(origin.release(SOURCES, "")) == []
    assert mirror(origin.release(SOURCES | {"content/t-1.md": b"New.\n"}, "")) == []

    kept = tmp_path / "mirror/source.git"
    for branch in ("main", "release"):
        assert told(kept, "rev-parse", branch) == told(origin.store, "rev-parse", branch)
    assert told(kept, "rev-list", "--count", "main") == "2"


def test_where_nothing_is_new_nothing_is_touched(
    origin: Origin, mirror: Any, tmp_path: Path
) -> None:
    release = origin.release(SOURCES, "")
    mirror(release)
    before = {p: p.stat().st_mtime_ns for p in (tmp_path / "mirror/source.git").rglob("*")}

    assert mirror(release, "/nowhere") == []

    assert {
        p: p.stat().st_mtime_ns for p in (tmp_path / "mirror/source.git").rglob("*")
    } == before


def test_what_nobody_signed_is_not_passed_on(
    origin: Origin, mirror: Any, tmp_path: Path
) -> None:
    """Neither other sources, nor what else lies in a repository, nor an invented past."""
    release = origin.release(SOURCES, "")
    theirs = git.begun(tmp_path / "theirs/source.git")
    history.commit(theirs, SOURCES | {"smuggled.txt": b"Smuggled"}, seq=1, when=WHEN)
    history.commit(theirs, SOURCES, seq=1, when=WHEN + 1)
    history.seal(theirs, origin.copy.folder)
    told(theirs, "update-ref", "refs/heads/more", "main~1")
    other = git.begun(tmp_path / "other/source.git")
    history.commit(other, SOURCES | {"content/t-1.md": b"Lies"}, seq=1, when=WHEN)
    history.seal(other, origin.copy.folder)

    assert mirror(release, tmp_path / "other", tmp_path / "theirs") == []

    kept = tmp_path / "mirror/source.git"
    names = told(kept, "cat-file", "--batch-all-objects", "--batch-check=%(objectname)")
    everything = b"".join(git.read(kept, names.split()))
    assert b"Words." in everything
    assert b"Smuggled" not in everything
    assert b"Lies" not in everything
    assert told(kept, "rev-list", "--count", "main") == "1"


@pytest.mark.parametrize(
    ("files", "ledger"),
    [
        ({"content/t-2.md": b"Less.\n"}, "t-9 1\nt-9 withdrawn 2 2026-11-23\n"),
        ({"content/t-2.md": None}, "t-9 1\n"),
    ],
)
def test_its_history_ends_where_something_was_taken_back(
    origin: Origin, mirror: Any, tmp_path: Path, files: dict[str, Any], ledger: str
) -> None:
    mirror(origin.release(SOURCES, "t-9 1\n"))
    new = {path: data for path, data in (SOURCES | files).items() if data is not None}

    assert mirror(origin.release(new, ledger)) == []

    kept = tmp_path / "mirror/source.git"
    assert told(kept, "rev-list", "--count", "main") == "1"
    names = told(kept, "cat-file", "--batch-all-objects", "--batch-check=%(objectname)")
    assert b"More." not in b"".join(git.read(kept, names.split()))


def test_where_nobody_has_them_it_is_said(origin: Origin, mirror: Any, tmp_path: Path) -> None:
    release = origin.release(SOURCES, "")

    assert mirror(release, tmp_path / "nowhere", "host::module") == ["A068"]
    assert not (tmp_path / "mirror/source.git").exists()


def test_what_was_withdrawn_does_not_wait_here_for_sources_that_nobody_has(
    origin: Origin, mirror: Any, tmp_path: Path
) -> None:
    mirror(origin.release(SOURCES, "t-9 1\n"))
    kept = tmp_path / ".mirror.aigaq-source/source.git"
    same = origin.release(SOURCES, "t-9 1\n")
    assert mirror(same, tmp_path / "nowhere") == ["A068"]
    assert kept.exists()

    new = origin.release(SOURCES, "t-9 1\nt-9 withdrawn 3 2026-11-23\n")
    assert mirror(new, tmp_path / "nowhere") == ["A068"]
    assert not kept.exists()
