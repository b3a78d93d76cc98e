"""A site is made of the public archive alone: with the sources out of reach it is the same."""

from __future__ import annotations

import datetime
import os
import runpy
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from aigaq import pipeline

if TYPE_CHECKING:
    from collections.abc import Callable

PROGRAM = Path(__file__).parent / "isolated.py"
ISOLATED = runpy.run_path(str(PROGRAM))
TODAY = datetime.date(2026, 11, 22)


@pytest.fixture(scope="module")
def archive_of() -> Callable[[Path], bytes]:
    """The bytes of the public archive of the site in a folder."""

    def made(root: Path) -> bytes:
        options = pipeline.Options(jobs=1, date=TODAY)
        prepared, problems, _ = pipeline.prepare(root, options=options, step=lambda _: None)
        assert prepared, problems
        return bytes(ISOLATED["encoded"](prepared.archive))

    return made


def files(folder: Path, *, search: bool) -> dict[str, bytes]:
    """What is made of the public archive: all but pictures, recordings and our marker."""
    found = {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
    left = ("media/", ".", *(() if search else ("search/",)))
    return {path: data for path, data in found.items() if not path.startswith(left)}


def namespaces(data: Path, out: Path) -> list[str]:
    """A command line in which nothing is there but the program, `data` and `out`."""
    system = [
        f"/{name}" for name in ("usr", "bin", "lib", "lib64") if Path(f"/{name}").exists()
    ]
    bare = ["bwrap", "--unshare-all", "--clearenv", "--proc", "/proc", "--dev", "/dev"]
    for folder in (*system, *ISOLATED["own_folders"](), sys.prefix, sys.base_prefix, str(data)):
        bare += ["--ro-bind", folder, folder]
    bare += ["--tmpfs", "/tmp"] if not out.is_relative_to("/tmp") else []
    return [*bare, "--bind", str(out), str(out), "--chdir", "/", sys.executable]


def has_bubblewrap() -> bool:
    if shutil.which("bwrap") is None:
        return False
    tried = subprocess.run(
        ["bwrap", "--unshare-all", "--ro-bind", "/", "/", "true"],
        capture_output=True,
        check=False,
    )
    return tried.returncode == 0


def made_alone(archive: bytes, folder: Path, *, walls: str, search: bool = False) -> Path:
    """The site that is made of the bytes of an archive, behind walls of one kind."""
    data, out = folder / "archive.json", folder / "out"
    data.write_bytes(archive)
    out.mkdir()
    start = namespaces(data, out) if walls == "bubblewrap" else [sys.executable]
    options = (["--search"] if search else []) + (["--watched"] if walls == "hook" else [])
    ran = subprocess.run(
        [*start, "-B", str(PROGRAM), str(data), str(out), *options],
        cwd=folder,
        env={"PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        check=False,
        timeout=900,
    )
    assert (ran.returncode, ran.stderr) == (0, "")
    return out


@pytest.fixture(params=["hook", "bubblewrap"])
def walls(request: pytest.FixtureRequest) -> str:
    """What keeps a process from the sources."""
    if request.param == "bubblewrap" and not has_bubblewrap():
        pytest.skip("there is no bubblewrap here, or it may not make namespaces")
    return str(request.param)


def test_the_example_is_the_same_without_its_sources(
    example: Path, archive_of: Any, tmp_path: Path, walls: str
) -> None:
    alone = made_alone(archive_of(example), tmp_path, walls=walls)

    assert files(alone, search=False) == files(example / "public", search=False)


@pytest.mark.nightly
def test_the_demonstration_is_the_same_without_its_sources(
    demonstration: Path, archive_of: Any, tmp_path: Path, walls: str
) -> None:
    search = walls == "bubblewrap"  # the hook sees no other program, so it lets none run
    alone = made_alone(archive_of(demonstration), tmp_path, walls=walls, search=search)

    ours, theirs = (files(one, search=search) for one in (alone, demonstration / "public"))
    assert [path for path in ours | theirs if ours.get(path) != theirs.get(path)] == []


def test_behind_the_walls_the_sources_are_out_of_reach(
    example: Path, archive_of: Any, tmp_path: Path, walls: str
) -> None:
    """Else the other tests would show nothing."""
    spy = "import sys; open(sys.argv[-1]).read()"
    source = example / "site.yaml"
    if walls == "bubblewrap":
        archive, out = tmp_path / "archive.json", tmp_path / "out"
        archive.write_bytes(b"")
        out.mkdir()
        command = [*namespaces(archive, out), "-c", spy, str(source)]
        told = "FileNotFoundError"
    else:
        watch = f"import runpy; x = runpy.run_path({str(PROGRAM)!r}); x['watch'](('/usr',))\n"
        command = [sys.executable, "-c", watch + spy, str(source)]
        told = "PermissionError: open outside"
    ran = subprocess.run(command, capture_output=True, text=True, check=False)

    assert ran.returncode == 1
    assert told in ran.stderr


def test_nothing_private_can_be_carried_over(example: Path) -> None:
    options = pipeline.Options(jobs=1, date=TODAY)
    linked = pipeline.linked(example, options=options, step=lambda _: None)

    with pytest.raises(TypeError, match=r"aigaq\.archive\.private"):
        ISOLATED["encoded"](linked.archive)
