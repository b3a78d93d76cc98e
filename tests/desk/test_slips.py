"""Names that slipped into files, what is staged, and history, through the real command."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING, Any

import pytest

from aigaq import cli

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

NAME = "Qalida Zhandosova"


@pytest.fixture
def check(
    site: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> Callable[..., tuple[int, str]]:
    """The exit status of `check --names`, and all that it prints."""
    names = tmp_path / "names.txt"
    names.write_text(f"{NAME} = p-h1d3\n")
    site.person("p-1", protect="restricted")

    def run(*options: str) -> tuple[int, str]:
        status: Any = 0
        try:
            cli.main(["-q", "--root", str(site.root), "check", "--names", str(names), *options])
        except SystemExit as left:
            status = left.code
        printed = capsys.readouterr()
        return int(status or 0), printed.out + printed.err

    return run


def git(site: Any, *arguments: str) -> None:
    who = ("-c", "user.name=Placeholder", "-c", "user.email=p@example.org")
    subprocess.run(
        ["git", "-C", str(site.root), *who, *arguments], check=True, capture_output=True
    )


def test_a_clean_site_is_good(check: Any) -> None:
    assert check() == (0, "")


def test_a_name_in_a_file_is_told_by_file_and_line(site: Any, check: Any) -> None:
    site.write("notes/todo.txt", "call the press\nask Қалида Жандосова\nwrite\n")
    status, told = check()
    assert status == 2
    assert "notes/todo.txt:2: error X114" in told
    assert "p-h1d3 (line 1)" in told
    assert "андосов" not in told


def test_a_name_in_a_file_s_name_is_told_without_it(site: Any, check: Any) -> None:
    site.write("notes/qalida-zhandosova.txt", "x\n")
    status, told = check()
    assert status == 2
    assert "notes/…: error X114" in told
    assert "zhandosova" not in told


def test_what_is_staged_is_looked_at_and_not_what_lies_about(site: Any, check: Any) -> None:
    git(site, "init", "-q")
    site.write("a.txt", "nothing\n").write("b.txt", f"{NAME}\n")
    git(site, "add", "a.txt")
    assert check("--staged")[0] == 0
    git(site, "add", "b.txt")
    site.write("b.txt", "taken out, too late\n")
    status, told = check("--staged")
    assert (status, "b.txt:1: error X114" in told) == (2, True)


def test_history_is_told_by_commit_and_file(site: Any, check: Any) -> None:
    git(site, "init", "-q")
    site.write("old/a.txt", f"{NAME}\n")
    git(site, "add", "old/a.txt")
    git(site, "commit", "-qm", "one")
    site.remove("old/a.txt")
    git(site, "commit", "-qam", f"forget {NAME}")
    assert check()[0] == 0
    status, told = check("--history")
    assert status == 2
    first, second = subprocess.run(
        ["git", "-C", str(site.root), "log", "--reverse", "--format=%H"],
        check=True, capture_output=True, text=True,
    ).stdout.split()  # fmt: skip
    assert f"{first[:12]}:old/a.txt" in told
    assert f"commit {second[:12]}" in told
    assert NAME not in told


def test_history_needs_git(check: Any) -> None:
    status, told = check("--history")
    assert (status, "X115" in told) == (3, True)


def test_staged_needs_a_list(site: Any, capsys: pytest.CaptureFixture[str]) -> None:
    site.person("p-1")
    with pytest.raises(SystemExit) as left:
        cli.main(["--root", str(site.root), "check", "--staged"])
    assert left.value.code == 4
    capsys.readouterr()
