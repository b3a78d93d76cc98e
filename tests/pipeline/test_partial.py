"""A check of what git calls changed; test_mistakes.py holds it to each slip."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from aigaq import cli
from aigaq.pipeline import partial

if TYPE_CHECKING:
    from collections.abc import Callable


def git(root: Path, *arguments: str) -> None:
    own = ("-c", "user.name=Placeholder", "-c", "user.email=placeholder@example.org")
    command = ["git", "-C", str(root), *own, *arguments]
    subprocess.run(command, check=True, capture_output=True)


@pytest.fixture
def root(site: Any) -> Path:
    """A committed site with one error, in a file that stays as it is."""
    site.person("p-1").person("p-2", not_same_as="p-nobody").place("pl-1")
    site.testimony("t-1", told_by="p-1").testimony("t-2", told_by="p-1")
    git(site.root, "init", "-q")
    git(site.root, "add", "-A")
    git(site.root, "commit", "-qm", "one")
    return Path(site.root)


@pytest.fixture
def check(root: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str]]:
    def run(*args: str) -> tuple[int, str]:
        status: Any = 0
        try:
            cli.main(["check", "--root", str(root), *args])
        except SystemExit as left:
            status = left.code
        printed = capsys.readouterr()
        return int(status), printed.out

    return run


def test_what_is_wrong_with_other_files_is_not_told(check: Any) -> None:
    assert check("--changed") == (cli.Exit.GOOD, "0 errors, 0 warnings in 0 files.\n")


def test_a_new_file_is_changed(root: Path, check: Any) -> None:
    (root / "content/people/p-3.yaml").write_text("names: New\nprotect: opn\n", "utf-8")

    status, printed = check("--changed")

    assert status == cli.Exit.CONTENT
    assert "content/people/p-3.yaml:2:10: error S003" in printed
    assert "1 error, 0 warnings in 1 file." in printed


def test_what_differs_from_a_branch_is_changed(root: Path, check: Any) -> None:
    git(root, "branch", "before")
    (root / "content/people/p-3.yaml").write_text("names: New\nprotect: opn\n", "utf-8")
    git(root, "add", "-A")
    git(root, "commit", "-qm", "two")

    assert check("--changed")[0] == cli.Exit.GOOD
    assert check("--changed", "before")[0] == cli.Exit.CONTENT


def test_where_a_file_was_deleted_everything_is_checked(root: Path, check: Any) -> None:
    (root / "content/people/p-1.yaml").unlink()

    status, printed = check("--changed")

    assert status == cli.Exit.CONTENT
    assert "content/testimonies/t-1.en.md" in printed


def test_an_unknown_branch_is_a_wrong_use(check: Any) -> None:
    assert check("--changed", "--output=x")[0] == cli.Exit.USAGE
    assert check("--changed", "nowhere")[0] == cli.Exit.USAGE


def test_without_git_it_is_not_possible_now(site: Any, check: Any, tmp_path: Path) -> None:
    alone = site.root.rename(tmp_path / "alone")
    (alone / ".git").rename(tmp_path / "git")

    status, printed = check("--root", str(alone), "--changed")

    assert (status, "X115" in printed) == (cli.Exit.NOT_NOW, True)


def test_only_what_a_changed_text_needs_is_read(root: Path) -> None:
    changed = "content/testimonies/t-1.en.md"

    read, _, _, left = partial.sources(root, {changed})

    assert {source.path for source in read} >= {changed, "content/people/p-1.yaml", "site.yaml"}
    assert {"content/people/p-2.yaml", "content/testimonies/t-2.en.md"} <= set(left)


def test_who_tells_of_a_changed_person_is_read(root: Path) -> None:
    read, _, _, _ = partial.sources(root, {"content/people/p-1.yaml"})
    paths = {source.path for source in read}
    assert paths >= {"content/testimonies/t-1.en.md", "content/testimonies/t-2.en.md"}
