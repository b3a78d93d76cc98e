from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING, Any

import pytest

from aigaq.output import repository

if TYPE_CHECKING:
    from pathlib import Path


def git(root: Any, *arguments: str) -> None:
    who = ["-c", "user.name=Placeholder", "-c", "user.email=a@example.org"]
    subprocess.run(["git", "-C", str(root), *who, *arguments], check=True, capture_output=True)


@pytest.fixture
def committed(site: Any) -> Any:
    """A site that was built, with its cache in the repository against all advice."""
    assert site.testimony("t-1").build().status == 0
    git(site.root, "init", "-q")
    git(site.root, "add", "-A")
    git(site.root, "add", "-f", ".cache")
    git(site.root, "commit", "-qm", "All")
    return site


def test_a_cache_that_came_with_the_repository_stops_the_build(committed: Any) -> None:
    before = committed.read("en/testimonies/t-1.html")

    report = committed.testimony("t-1", body="Other words.\n").build()

    assert [(one.code, one.span.path) for one in report.problems] == [("X041", ".cache")]
    assert report.status == 1
    assert committed.read("en/testimonies/t-1.html") == before


def test_a_cache_that_was_taken_out_again_does_not(committed: Any) -> None:
    git(committed.root, "rm", "-rqf", ".cache")

    assert committed.build().problems == ()


def test_a_cache_of_ones_own_is_nobodys_business(site: Any) -> None:
    git(site.root, "init", "-q")
    site.testimony("t-1").build()

    assert repository.problems(site.root) == ()


def test_where_there_is_no_repository_git_says_nothing(tmp_path: Any) -> None:
    assert repository.asked(tmp_path, "ls-files") is None


@pytest.fixture
def nobody_known(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No settings of a user, who may have said that all folders are safe."""
    monkeypatch.setenv("HOME", str(tmp_path / "nobody"))
    monkeypatch.setenv("LANGUAGE", "ru")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a folder to somebody else")
def test_a_repository_of_another_user_is_told(site: Any, nobody_known: None) -> None:
    site.testimony("t-1")
    git(site.root, "init", "-q")
    git(site.root, "add", "-A")
    git(site.root, "commit", "-qm", "All")
    for path in (site.root, *site.root.rglob("*")):
        os.chown(path, 4242, 4242)

    report = site.build()

    assert report.status == 0
    assert [(one.code, one.span.path) for one in report.problems] == [("X042", ".git")]
    assert "another user" in report.problems[0].message
    assert f"safe.directory '{site.root}'" in report.problems[0].remedy


def test_a_repository_that_cannot_be_read_is_told(site: Any, nobody_known: None) -> None:
    site.testimony("t-1").write(".git", "gitdir: /nowhere\n")

    assert [one.code for one in site.build().problems] == ["X042"]


def test_where_there_is_no_git_only_a_repository_needs_one(
    site: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "/nowhere")

    assert repository.problems(site.root) == ()
    (site.root / ".git").mkdir()
    assert [one.code for one in repository.problems(site.root)] == ["X042"]


def test_a_repository_without_a_commit_is_no_problem(site: Any, nobody_known: None) -> None:
    git(site.root, "init", "-q")

    assert site.testimony("t-1").build().problems == ()


# --- what is committed ---


@pytest.fixture(params=[".", "folder/site"])
def work(tmp_path: Any, request: pytest.FixtureRequest) -> Any:
    """A folder of a repository, at its top or below, with a file that is committed."""
    root = tmp_path / request.param
    root.mkdir(parents=True, exist_ok=True)
    (tmp_path / "outside").write_text("one\n")
    (root / "a.txt").write_text("one\r\n")
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-qm", "All")
    return root


def test_a_committed_file_is_given_as_it_was_committed(work: Any) -> None:
    (work / "a.txt").write_text("two\n")

    assert repository.committed(work, "a.txt") == b"one\r\n"
    assert repository.committed(work, "b.txt") is None


def test_changed_new_and_deleted_files_are_uncommitted(work: Any) -> None:
    assert repository.uncommitted(work) == []
    (work / "new").mkdir()
    (work / "new/ä b.txt").write_text("new\n")
    (work / "a.txt").rename(work / "c.txt")

    assert sorted(repository.uncommitted(work) or ()) == ["a.txt", "c.txt", "new/ä b.txt"]


def test_what_changed_since_a_commit_is_told_of_the_folder_alone(work: Any) -> None:
    first = (repository.asked(work, "rev-parse", "HEAD") or "").strip()
    (work / "b.txt").write_text("new\n")
    git(work, "add", "-A")
    git(work, "commit", "-qm", "More")

    assert repository.changed(work, first) == ["b.txt"]
    assert repository.changed(work, "0" * 40) is None
    assert {"a.txt", "b.txt"} <= repository.tracked(work)


def test_without_a_repository_nothing_is_known(tmp_path: Any) -> None:
    assert repository.uncommitted(tmp_path) is None
    assert repository.changed(tmp_path, "HEAD") is None
    assert repository.committed(tmp_path, "a.txt") is None
