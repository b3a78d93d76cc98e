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
NEWLINE = "\n"
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
    place: str = ""  # of the problem that comes next, where no mark says it
    problems: list[tuple[str, str, str]] = field(default_factory=list)  # place, code, remedy
    fault: str = ""

    def applied(self, text: str) -> str:
        """The file with the slip in it, its mark included; `text` is the file as it was."""
        new = "\n".join(self.new)
        if not self.old:
            return new + "\n" if new else ""
        old = "\n".join(self.old)
        assert text.count(old) == 1, f"{self.name}: {old!r} stands {text.count(old)} times"
        return text.replace(old, new)

    def told(self, marked: str) -> list[tuple[str, str, str]]:
        """Place, code and a part of the remedy of all that must be told."""
        return [
            (self._written_out(place) or self._marked(marked), code, remedy)
            for place, code, remedy in self.problems
        ]

    def _written_out(self, place: str) -> str:
        return f"{self.path}:{place}" if place[:1].isdigit() else place

    def _marked(self, text: str) -> str:
        """`path:line:column` of the mark, without what it does not name."""
        mark = re.search(f"[{MARKS}]", text)
        if not mark:
            return self.path
        before = _unmarked(text[: mark.start()])
        line = f"{self.path}:{before.count(NEWLINE) + 1}"
        return f"{line}:{len(before) - before.rfind(NEWLINE)}" if mark[0] == "▸" else line


def _unmarked(text: str) -> str:
    return re.sub(f"[{MARKS}]", "", text)


def parsed(path: Path) -> Iterator[Mistake]:
    for entry in re.split(r"^# ", path.read_text("utf-8"), flags=re.M)[1:]:
        name, *lines = entry.rstrip("\n").split("\n")
        mistake = Mistake(name=name)
        for line in filter(None, lines):
            sign, rest = line[0], line[2:]
            if sign == "!":
                code, _, remedy = rest.partition(" ")
                mistake.problems.append((mistake.place, code, remedy))
                mistake.place = ""
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


def make(root: Path, mistake: Mistake) -> list[tuple[str, str, str]]:
    """Makes the mistake in the site; returns what must be told of it."""
    file = root / mistake.path
    file.parent.mkdir(parents=True, exist_ok=True)
    marked = mistake.applied(file.read_text("utf-8") if file.exists() else "")
    file.write_text(_unmarked(marked), "utf-8")
    return mistake.told(marked)


def assert_told(printed: str, wanted: list[tuple[str, str, str]]) -> None:
    """Just what is wanted was told, in order, each with its part of a remedy."""
    found = told(printed)
    assert [(place, code) for place, code, _ in found] == [one[:2] for one in wanted]
    for (_, _, remedy), (_, _, part) in zip(found, wanted, strict=True):
        assert part in remedy


def of_each(mistakes: dict[str, Mistake]) -> pytest.MarkDecorator:
    def marks(one: Mistake) -> tuple[pytest.MarkDecorator, ...]:
        return (pytest.mark.xfail(strict=True, reason=one.fault),) if one.fault else ()

    rows = [pytest.param(one, id=name, marks=marks(one)) for name, one in mistakes.items()]
    return pytest.mark.parametrize("mistake", rows)


def test_the_site_that_is_spoilt_has_no_problem(build: Any) -> None:
    assert build() == (cli.Exit.GOOD, "")


@of_each(MISTAKES)
def test_a_mistake_is_told_at_its_place_and_nothing_is_written(
    mistake: Mistake, root: Path, build: Any
) -> None:
    before = snapshot(root / "public")
    wanted = make(root, mistake)

    status, printed = build()

    assert_told(printed, wanted)
    assert status == cli.Exit.CONTENT
    assert snapshot(root / "public") == before
