from __future__ import annotations

import datetime
import os
import subprocess

import pytest

from aigaq import pipeline
from aigaq.output import builddate


@pytest.fixture
def repository(tmp_path):
    def git(*arguments, **environment):
        who = ["-c", "user.name=Placeholder", "-c", "user.email=a@example.org"]
        command = ["git", "-C", str(tmp_path), *who, *arguments]
        subprocess.run(command, check=True, capture_output=True, env=os.environ | environment)

    git("init", "-q")
    git("config", "commit.gpgsign", "false")
    return git


def test_the_date_is_that_of_the_committer_in_utc(repository, tmp_path):
    dates = {
        "GIT_COMMITTER_DATE": "2026-11-22T23:30:00 -0800",
        "GIT_AUTHOR_DATE": "2020-01-01T00:00:00 +0000",
    }
    repository("commit", "-q", "--allow-empty", "-m", "First", **dates)
    assert builddate.of_commit(tmp_path) == datetime.date(2026, 11, 23)


def test_a_repository_that_shows_signatures_has_the_same_date(repository, tmp_path):
    dates = {"GIT_COMMITTER_DATE": "2026-11-22T12:00:00 +0000"}
    repository("commit", "-q", "--allow-empty", "-m", "First", **dates)
    repository("config", "log.showSignature", "true")
    assert builddate.of_commit(tmp_path) == datetime.date(2026, 11, 22)


def test_the_hook_of_another_repository_has_the_date_of_this_one(
    repository, tmp_path, monkeypatch
):
    repository("commit", "-q", "--allow-empty", "-m", "First",
               GIT_COMMITTER_DATE="2026-11-22T12:00:00 +0000")  # fmt: skip
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "nowhere"))
    monkeypatch.setenv("GIT_WORK_TREE", str(tmp_path / "nowhere"))
    assert builddate.of_commit(tmp_path) == datetime.date(2026, 11, 22)


def test_a_commit_that_stands_in_for_head_has_no_say(repository, tmp_path):
    for day in ("21", "22"):
        when = {"GIT_COMMITTER_DATE": f"2026-11-{day}T12:00:00 +0000"}
        repository("commit", "-q", "--allow-empty", "-m", day, **when)
    repository("replace", "HEAD", "HEAD~1")
    assert builddate.of_commit(tmp_path) == datetime.date(2026, 11, 22)


def test_a_repository_without_commits_has_no_date(repository, tmp_path):
    assert builddate.of_commit(tmp_path) is None


def test_a_folder_outside_git_has_no_date(tmp_path):
    assert builddate.of_commit(tmp_path) is None


def test_without_git_there_is_no_date(repository, tmp_path, monkeypatch):
    repository("commit", "-q", "--allow-empty", "-m", "First")
    monkeypatch.setenv("PATH", str(tmp_path / "nowhere"))
    assert builddate.of_commit(tmp_path) is None


def test_an_earlier_day_than_that_of_the_site_is_refused_before_a_page_is_made(site):
    """By which time a large site would have taken minutes."""
    site.testimony("t-1", added="2026-11-22")
    options = pipeline.Options(jobs=1, search=False)
    told = []

    def build():
        told.clear()
        return pipeline.build(site.root, site.public, options=options, step=told.append)

    assert build().status == 0
    assert any(line.startswith("rendered") for line in told)
    site.testimony("t-1", added="2026-11-21")

    report = build()

    assert (report.status, [one.code for one in report.problems]) == (3, ["X022"])
    assert told[-1] == "publishing"
