"""The workflows of docs/ci: safe for forks, pinned, and their lines run here as they stand."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[1]
CI = ROOT / "docs/ci"
FILES = {path.stem: path.read_text("utf-8") for path in sorted(CI.glob("*.yml"))}
CHECKS = [name for name in FILES if name.endswith("-check")]
SITES = [name for name in FILES if name.endswith("-site")]
INSTALLED = (  # what the test does in their place is done already
    "python -m pip install --require-hashes -r requirements.txt",
    "python -m pip install --no-deps --no-build-isolation .",
)


def read(name: str) -> Any:
    return yaml.load(FILES[name], yaml.BaseLoader)


def steps(name: str) -> Iterator[Any]:
    for job in read(name)["jobs"].values():
        yield from job["steps"]


@pytest.mark.parametrize("name", CHECKS)
def test_what_a_fork_proposes_is_checked_without_a_right_or_a_secret(name: str) -> None:
    text = FILES[name]
    assert set(read(name)["on"]) == {"pull_request"}
    assert read(name)["permissions"] == {"contents": "read"}
    assert not re.search(r"secrets|pull_request_target|permissions: .*write", text)


@pytest.mark.parametrize("name", [*CHECKS, *SITES])
def test_an_action_is_named_by_a_digest_and_leaves_no_key_behind(name: str) -> None:
    used = [step["uses"] for step in steps(name) if "uses" in step]
    assert used
    for action in used:
        assert re.search(r"@([0-9a-f]{40}|DIGEST)$", action), action
    for step in steps(name):
        if "actions/checkout" in step.get("uses", ""):
            assert step["with"]["persist-credentials"] == "false"


def test_a_digest_that_has_to_be_looked_up_is_told_of() -> None:
    assert [name for name, text in FILES.items() if "@DIGEST" in text] == ["forgejo-site"]
    assert "Where `DIGEST` stands" in (CI / "README.md").read_text("utf-8")


@pytest.mark.parametrize("name", SITES)
def test_what_builds_may_not_publish_and_what_publishes_runs_nothing_of_ours(name: str) -> None:
    jobs = read(name)["jobs"]
    assert read(name)["on"] == {"push": {"branches": ["main"]}}
    assert "permissions" not in jobs["build"]
    assert "secrets" not in str(jobs["build"])
    published = str(jobs["publish"])
    assert "aigaq" not in published
    assert "pip" not in published
    assert "checkout" not in published


def test_the_job_that_publishes_on_gitlab_only_hands_over() -> None:
    job = read("gitlab-ci")["pages"]
    assert job["needs"] == ["build"]
    assert job["script"] == ["test -f public/index.html"]
    assert "extends" not in job


def lines() -> dict[str, list[str]]:
    """The shell lines of every job, in their order."""
    made = {}
    for name in (*CHECKS, *SITES):
        for job, told in read(name)["jobs"].items():
            made[f"{name} {job}"] = [
                step["run"]
                for step in told["steps"]
                if "run" in step and "failure()" not in step.get("if", "")
            ]
    for job in ("check", "reproduce", "build"):
        gitlab = read("gitlab-ci")
        made[f"gitlab {job}"] = [*gitlab[".program"]["before_script"], *gitlab[job]["script"]]
    made["gitlab pages"] = ["aigaq build", *read("gitlab-ci")["pages"]["script"]]
    made.pop("forgejo-site publish")
    once = {tuple(run): name for name, run in made.items() if run}
    return {name: list(run) for run, name in once.items()}


def ran(line: str, site: Path, programs: Path) -> None:
    path = f"{programs}:{os.environ['PATH']}"
    own = {k: v for k, v in os.environ.items() if not k.startswith("GIT_")} | {"PATH": path}
    done = subprocess.run(
        ["sh", "-ec", line], cwd=site, env=own, capture_output=True, check=False
    )
    assert done.returncode == 0, (line, done.stdout, done.stderr)


@pytest.fixture
def programs(tmp_path: Path) -> Path:
    folder = tmp_path / "bin"
    folder.mkdir()
    (folder / "aigaq").write_text(f'#!/bin/sh\nexec {sys.executable} {ROOT}/build.py "$@"\n')
    (folder / "aigaq").chmod(0o755)
    return folder


@pytest.fixture
def archive(tmp_path: Path, programs: Path) -> Path:
    """An archive as a workflow checks it out."""
    site = Path(shutil.copytree(ROOT / "tests/mistakes/good", tmp_path / "site"))
    who = "-c user.name=Placeholder -c user.email=placeholder@example.org"
    ran(f"git init -q && git add -A && git {who} commit -qm one", site, programs)
    return site


@pytest.mark.parametrize("job", lines())
def test_the_lines_of_a_job_run_as_they_stand(job: str, archive: Path, programs: Path) -> None:
    wanted = [line for line in lines()[job] if line not in INSTALLED]
    assert wanted
    for line in wanted:
        ran(line, archive, programs)


def test_the_second_job_on_forgejo_replaces_the_branch(archive: Path, programs: Path) -> None:
    told = read("forgejo-site")["jobs"]["publish"]["steps"]
    host = archive.parent / "host.git"
    ran(f"git init -q --bare {host} && aigaq build --no-search", archive, programs)

    for _ in range(2):
        for step in told:
            if "run" in step:
                ran(f"ARCHIVE={host}; TOKEN=t; {step['run']}", archive, programs)
        shutil.rmtree(archive / "public/.git")

    ran(f'test "$(git -C {host} rev-list --count pages)" = 1', archive, programs)
    ran(f"git -C {host} cat-file -e pages:index.html", archive, programs)


def test_the_hooks_run_the_command_with_options_that_it_has(
    archive: Path, programs: Path, tmp_path: Path
) -> None:
    hooks = yaml.load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"), yaml.BaseLoader)
    (tmp_path / "names.txt").write_text("Placeholder Secret\n")
    more = {"aigaq-check": "", "aigaq-names": " --names ../names.txt"}

    assert {hook["id"] for hook in hooks} == more.keys()
    for hook in hooks:
        assert hook["pass_filenames"] == "false"
        ran(hook["entry"] + more[hook["id"]], archive, programs)
