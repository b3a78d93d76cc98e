"""What a tired volunteer gets wrong, through the real command: told at its place, with a way out.

`tests/mistakes/good` is a small site without a problem; each entry of `tests/mistakes/*.txt` is
one slip in it. Its lines begin with a sign:

    # what was done
    @ the file in which it was done
    - what stood there (once)
    + what was written instead; without "-" the file is new
    ? where the message is, if no sign in "+" says so: a path, LINE:COLUMN, or both
    ! the code, and a part of the remedy
    ~ why the program does not tell it well yet

In "+" ▸ marks the line and the column that the message names, ▹ the line alone.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from aigaq import cli

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

HERE = Path(__file__).parent
FOLDER = HERE / "mistakes"
GOOD = FOLDER / "good"
BUILD = HERE.parent / "build.py"
MARKS = "▸▹"
ARGUMENTS = ("-q", "--no-search", "--jobs", "1", "--date", "2026-11-22")
TEXT = "content/testimonies/t-1.en.md"

_TOLD = re.compile(
    r"(?P<path>[^:\n]+)(?::(?P<line>\d+))?(?::(?P<column>\d+))?: (?P<severity>error|warning)"
    r" (?P<code>[A-Z]\d{3}): (?P<message>.+)\n    (?P<remedy>.+)\n"
)


@dataclass(kw_only=True)
class Mistake:
    """One slip, and what must be told of it."""

    name: str
    path: str = ""
    old: list[str] = field(default_factory=list)
    new: list[str] = field(default_factory=list)
    place: str = ""
    code: str = ""
    remedy: str = ""
    fault: str = ""

    def applied(self, text: str) -> str:
        """The file with the slip in it, its mark included; `text` is the file as it was."""
        new = "\n".join(self.new)
        if not self.old:
            return new + "\n" if new else ""
        old = "\n".join(self.old)
        assert text.count(old) == 1, f"{self.name}: {old!r} stands {text.count(old)} times"
        return text.replace(old, new)

    def told_at(self, marked: str) -> str:
        """`path:line:column` of the message, without what it does not name."""
        if self.place:
            return self.place if "/" in self.place else f"{self.path}:{self.place}"
        mark = re.search(f"[{MARKS}]", marked)
        if not mark:
            return self.path
        before = re.sub(f"[{MARKS}]", "", marked[: mark.start()])
        line = f"{self.path}:{before.count(chr(10)) + 1}"
        return f"{line}:{len(before) - before.rfind(chr(10))}" if mark[0] == "▸" else line


def parsed(path: Path) -> Iterator[Mistake]:
    for entry in re.split(r"^# ", path.read_text("utf-8"), flags=re.M)[1:]:
        name, *lines = entry.rstrip("\n").split("\n")
        mistake = Mistake(name=name)
        for line in filter(None, lines):
            sign, rest = line[0], line[2:]
            if sign == "!":
                mistake.code, _, mistake.remedy = rest.partition(" ")
            elif sign in "-+":
                (mistake.old if sign == "-" else mistake.new).append(rest)
            else:
                setattr(mistake, {"@": "path", "?": "place", "~": "fault"}[sign], rest)
        yield mistake


MISTAKES = {
    f"{path.stem}: {mistake.name}": mistake
    for path in sorted(FOLDER.glob("*.txt"))
    for mistake in parsed(path)
}


def told(printed: str) -> list[tuple[str, str, str]]:
    """Place, code and remedy of every problem; all that was printed must be problems."""
    assert _TOLD.sub("", printed) == "", printed
    found = []
    for one in _TOLD.finditer(printed):
        place = ":".join(filter(None, (one["path"], one["line"], one["column"])))
        found.append((place, one["code"], one["remedy"]))
    return found


def snapshot(folder: Path) -> dict[str, tuple[int, int, int, bytes]]:
    """Inode, time of the last change, mode and bytes of every file: a site that was not touched."""
    return {
        path.relative_to(folder).as_posix(): (
            (state := path.stat()).st_ino,
            state.st_mtime_ns,
            state.st_mode,
            path.read_bytes(),
        )
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The good site, built."""
    root = tmp_path_factory.mktemp("good") / "site"
    shutil.copytree(GOOD, root)
    cli.main(["build", *ARGUMENTS, "--root", str(root)])
    return root


@pytest.fixture
def root(built: Path, tmp_path: Path) -> Path:
    """A copy of the good and built site, to be spoilt."""
    return Path(shutil.copytree(built, tmp_path / "site"))


@pytest.fixture
def build(root: Path, capfd: pytest.CaptureFixture[str]) -> Callable[[], tuple[int, str]]:
    """`aigaq build` in this process: exit status, and all that it printed."""

    def run() -> tuple[int, str]:
        status: Any = 0
        try:
            cli.main(["build", *ARGUMENTS, "--root", str(root)])
        except SystemExit as left:
            status = left.code
        printed = capfd.readouterr()
        return int(status), printed.out + printed.err

    return run


def make(root: Path, mistake: Mistake) -> str:
    """Makes the mistake in the site; returns the place that must be told."""
    file = root / mistake.path
    file.parent.mkdir(parents=True, exist_ok=True)
    marked = mistake.applied(file.read_text("utf-8") if file.exists() else "")
    file.write_text(re.sub(f"[{MARKS}]", "", marked), "utf-8")
    return mistake.told_at(marked)


def of_each(mistakes: dict[str, Mistake]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize(
        "mistake",
        [
            pytest.param(
                one,
                id=name,
                marks=pytest.mark.xfail(strict=True, reason=one.fault) if one.fault else (),
            )
            for name, one in mistakes.items()
        ],
    )


def test_the_site_that_is_spoilt_has_no_problem(root: Path, build: Any) -> None:
    assert build() == (cli.Exit.GOOD, "")


@of_each(MISTAKES)
def test_a_mistake_is_told_at_its_place_and_nothing_is_written(
    mistake: Mistake, root: Path, build: Any
) -> None:
    before = snapshot(root / "public")
    place = make(root, mistake)

    status, printed = build()

    assert [(where, code) for where, code, _ in told(printed)] == [(place, mistake.code)]
    assert mistake.remedy in printed
    assert status == cli.Exit.CONTENT
    assert snapshot(root / "public") == before
