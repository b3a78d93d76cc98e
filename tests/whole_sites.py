"""A small site of every kind of record, built as its editors build it, and compared whole."""

from __future__ import annotations

import contextlib
import io
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from aigaq import cli

PROJECT = Path(__file__).resolve().parents[1]
BUILD = PROJECT / "build.py"
FAULTS = PROJECT / "tests/faults"
PYTHON = sys.executable
DATE = "2026-11-22"
LANGUAGES = ("en", "kk", "ug", "zh-Hans")


def told(site: Any) -> Any:
    """A small site of every kind of record, in four languages."""
    return (
        site.config(languages=LANGUAGES, address="https://archive.example.org/")
        .topics({"id": "prison", "label": {"en": "Prison", "kk": "Түрме"}})
        .place("pl-land", "Land", type="country")
        .place("pl-town", "Town", type="county", in_="pl-land")
        .organisation("org-paper", "Placeholder Paper", type="outlet")
        .series("s-1")
        .person("p-mother", "Placeholder Mother", from_="pl-town")
        .person("p-rose", "Rose", protect="pseudonym")
        .group("g-1", of="p-mother")
        .testimony(
            "t-1",
            body="They took [her](person:p-mother).\n\nNobody knew.[^1]\n\n[^1]: Why.\n",
            topics=["prison"],
            series=["s-1"],
            about=[{"person": "p-mother", "relation": "mother"}],
            interview={"date": "2024-03-09", "place": "pl-town"},
            claims=[
                {
                    "about": "p-mother",
                    "what": "detained",
                    "status": "camp",
                    "when": "2017-08",
                    "at": "p2",
                },
                {"about": "p-mother", "what": "lived-in", "where": "pl-town"},
            ],
        )
        .translation("t-1", "kk", "Оны тамызда алып кетті.\n\nЕшкім білмеді.\n")
        .testimony("t-2", "ug", body="ئۇ تۈرمىگە قامالدى.\n", told_by="p-rose")
        .testimony("t-3", "zh-Hans", body="他们把她送进看守所。\n")
        .page("about")
    )


def small(site: Any) -> Any:
    """What is needed to see whether a site is whole, in two languages and few pages."""
    return (
        site.config(languages=("en", "kk"), address="https://archive.example.org/")
        .person("p-mother", "Placeholder Mother")
        .person("p-rose", "Rose", protect="pseudonym")
        .place("pl-town", "Town", type="county")
        .testimony(
            "t-1",
            body="They took [her](person:p-mother).\n",
            about="p-mother",
            claims=[
                {
                    "about": "p-mother",
                    "what": "detained",
                    "status": "camp",
                    "when": "2017-08",
                    "at": "p1",
                },
            ],
        )
        .translation("t-1", "kk", "Оны алып кетті.\n")
        .testimony("t-2", "kk", body="Ешкім білмеді.\n", told_by="p-rose")
        .page("about")
    )


def files(folder: Path) -> dict[str, tuple[int, bytes]]:
    """Mode and bytes of every file, hidden ones too: what a mirror would carry."""
    return {
        path.relative_to(folder).as_posix(): (path.stat().st_mode, path.read_bytes())
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def traces(folder: Path) -> dict[str, tuple[int, int, int]]:
    """What tells that a file was written anew, even with the same bytes; folders too."""
    return {
        path.relative_to(folder).as_posix(): (
            (state := path.lstat()).st_ino,
            state.st_mtime_ns,
            state.st_ctime_ns,
        )
        for path in (folder, *sorted(folder.rglob("*")))
    }


def sources(root: Path, to: Path) -> Path:
    """A copy of what people wrote, from which a build is a clean one."""
    ignored = shutil.ignore_patterns("public", ".cache", ".git")
    return Path(shutil.copytree(root, to, symlinks=True, ignore=ignored))


def differences(one: Path, other: Path) -> list[str]:
    """The paths of files that are not the same in both folders."""
    here, there = files(one), files(other)
    return sorted(path for path in {*here, *there} if here.get(path) != there.get(path))


def built(root: Path, *options: object, search: bool = False, date: str = DATE) -> int:
    """Builds quietly in this process; the exit status."""
    told = ["--root", str(root), "--date", date, "--jobs", "1", "-q", *map(str, options)]
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        try:
            cli.main(["build", *told, *([] if search else ["--no-search"])])
        except SystemExit as left:
            return int(left.code or 0)
    return 0


def started(
    root: Path, *arguments: object, python: str = PYTHON, **environment: str
) -> subprocess.Popen[str]:
    """`python build.py …` with an environment and a process group of its own.

    `UMASK` and `CWD` are what they say. With `FAULT_…` the faults of `tests/faults` are in it.
    """
    own = {"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/")} | environment
    umask, cwd = int(own.pop("UMASK", "022"), 8), own.pop("CWD", None)
    if any(name.startswith("FAULT_") for name in own):
        own["PYTHONDONTWRITEBYTECODE"] = "1"  # so that each run changes the disk as often
        own["PYTHONPATH"] = os.pathsep.join(filter(None, [str(FAULTS), own.get("PYTHONPATH")]))
    return subprocess.Popen(
        [python, str(BUILD), *map(str, arguments), "-q", "--root", str(root)],
        env=own, umask=umask, cwd=cwd, start_new_session=True, text=True,
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip


def ran(root: Path, *arguments: object, **environment: str) -> tuple[int, str, str]:
    """The exit status of the command, and what it printed, both ways."""
    with started(root, *arguments, **environment) as process:
        out, err = process.communicate(timeout=900)
    return process.returncode, out, err


def process(root: Path, *arguments: object, **environment: str) -> None:
    """The command, which must go well and say nothing."""
    assert ran(root, *arguments, **environment) == (0, "", "")
