from __future__ import annotations

import subprocess
from typing import Any

import pytest

from aigaq.output import repository


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

    assert repository.carried_cache(site.root) == ()


def test_where_there_is_no_repository_git_says_nothing(tmp_path: Any) -> None:
    assert repository.asked(tmp_path, "ls-files") is None
