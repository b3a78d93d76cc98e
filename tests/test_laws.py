"""The laws of a build, on whole sites through the real command: same bytes, nothing in vain.

What a stage promises is tested beside it; here a site is built as its editors build it, and all
of its files are compared, the search index included.
"""

from __future__ import annotations

import datetime
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from aigaq import cli, pipeline
from aigaq.pages import press

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

PROJECT = Path(__file__).resolve().parents[1]
DATE = "2026-11-22"
TODAY = datetime.date.fromisoformat(DATE)
PAGE = "en/testimonies/t-1.html"


@pytest.fixture
def build(capfd: pytest.CaptureFixture[str]) -> Callable[..., str]:
    """`aigaq build` in this process, which must go well; what it printed."""

    def run(root: Path, *args: object, search: bool = False) -> str:
        options = [*args, "--root", root, "--date", DATE, "--jobs", 1]
        left: Any = 0
        try:
            cli.main(["build", *map(str, options), *([] if search else ["--no-search"])])
        except SystemExit as stop:
            left = stop.code
        printed = capfd.readouterr()
        assert left == 0, printed.out + printed.err
        return printed.out

    return run


# A second build


def test_a_second_build_touches_nothing(site: Any, whole: Any, build: Any) -> None:
    whole.told(site)
    build(site.root, search=True)
    before = whole.traces(site.public)

    printed = build(site.root, search=True)

    assert "nothing has changed" in printed
    assert whole.traces(site.public) == before


def test_without_its_cache_a_build_touches_nothing(site: Any, whole: Any, build: Any) -> None:
    whole.told(site)
    build(site.root, search=True)
    before = whole.traces(site.public)
    shutil.rmtree(site.root / ".cache")

    build(site.root, search=True)

    assert whole.traces(site.public) == before


def test_an_edit_rewrites_only_what_shows_it(site: Any, whole: Any, build: Any) -> None:
    whole.told(site)
    build(site.root)
    before = whole.traces(site.public)
    site.page("about", body="Other words.\n")

    build(site.root)

    after = whole.traces(site.public)
    rewritten = {p for p in before if before[p] != after[p] and (site.public / p).is_file()}
    # Links are counted in a file's status, so only inode and time of change are compared.
    rewritten = {p for p in rewritten if before[p][:2] != after[p][:2]}
    shown = ("about.html", "index.html")  # the home page begins with its words
    assert rewritten == {f"{lang}/{name}" for lang in whole.LANGUAGES for name in shown}


# Where the site goes


def test_what_was_removed_vanishes(site: Any, whole: Any, build: Any) -> None:
    whole.told(site)
    build(site.root, search=True)
    site.remove("content/testimonies/t-2.ug.md").remove("content/consent/c-t-2.yaml")

    build(site.root, search=True)

    assert [path for path in site.files() if "t-2" in path] == []
    assert [
        path for path, (_, data) in whole.files(site.public).items() if b"t-2" in data
    ] == []
    assert list((site.public / "search/ug/fragment").iterdir()) != []


def test_a_site_can_go_elsewhere(
    site: Any, whole: Any, build: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole.told(site)
    build(site.root)
    monkeypatch.chdir(tmp_path)

    build(site.root, "--output", "else where/site")

    assert whole.differences(site.public, tmp_path / "else where/site") == []


def test_a_site_can_be_moved_and_built_on(
    site: Any, whole: Any, build: Any, tmp_path: Path
) -> None:
    whole.told(site)
    build(site.root, search=True)
    moved = site.root.rename(tmp_path / "Көшкен мұрағат")
    before = {path: trace[:2] for path, trace in whole.traces(moved / "public").items()}

    build(moved, search=True)

    assert {path: trace[:2] for path, trace in whole.traces(moved / "public").items()} == before


def test_a_site_without_templates_has_those_of_the_package(
    site: Any, whole: Any, build: Any
) -> None:
    whole.told(site)

    build(site.root)

    assert not (site.root / "templates").exists()
    assert "They took" in site.read(PAGE)
    assert (site.public / "assets/site.css").stat().st_size > 1000


# From a wheel


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the package as `pip install` leaves it, without what it depends on."""
    folder = tmp_path_factory.mktemp("wheel")
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "-q"]
    said = ""
    for source in (["--no-index", "--no-build-isolation"], []):  # offline, else as make does
        wheel = [*pip, "wheel", str(PROJECT), "--no-deps", *source, "-w", str(folder)]
        made = subprocess.run(wheel, capture_output=True, check=False, timeout=300, text=True)
        if made.returncode == 0:
            break
        said = made.stderr.strip().rpartition("\n")[2]
    else:
        pytest.skip(f"pip cannot build a wheel here: {said}")
    (built_wheel,) = folder.glob("*.whl")
    options = ["--no-deps", "--no-index", "--target", str(folder / "lib")]
    subprocess.run([*pip, "install", *options, str(built_wheel)], check=True)
    return folder / "lib"


def test_the_installed_package_builds_the_same_site(
    site: Any, whole: Any, build: Any, installed: Path, tmp_path: Path
) -> None:
    whole.told(site)
    build(site.root)
    program = "from aigaq import cli, __file__; print(__file__); cli.main()"
    options = ["--root", str(site.root), "--output", str(tmp_path / "out"), "--no-search"]

    ran = subprocess.run(
        [sys.executable, "-c", program, "-q", *options, "--date", DATE],
        cwd=tmp_path,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(installed)},
        capture_output=True,
        check=False,
        text=True,
        timeout=600,
    )

    assert (ran.returncode, ran.stderr) == (0, "")
    assert Path(ran.stdout.strip()).is_relative_to(installed)
    assert whole.differences(site.public, tmp_path / "out") == []


def pages_of(prepared: Any, order: Iterable[str]) -> dict[str, bytes]:
    """All pages, made in this order by one press, which keeps what they share."""
    site, theme = prepared.archive.site, prepared.theme
    made = press.of(site, templates=theme.templates, catalogues=theme.catalogues)
    return {path: press.artifact(made, prepared.pages[path])[0].data for path in order}


def order_changes(root: Path) -> list[str]:
    """The pages that are others when the last is made first."""
    options = pipeline.Options(jobs=1, date=TODAY)
    prepared, problems, _ = pipeline.prepare(root, options=options, step=lambda _: None)
    assert prepared, problems
    one, other = (pages_of(prepared, way) for way in (prepared.pages, [*prepared.pages][::-1]))
    return [path for path in one if one[path] != other[path]]


def test_the_order_in_which_pages_are_made_changes_none_of_them(
    site: Any, whole: Any, example: Path
) -> None:
    """Pages share what they show alike; which process makes which pages is chance."""
    assert order_changes(example) == []
    assert order_changes(whole.told(site).root) == []


@pytest.mark.nightly
def test_nor_does_it_change_the_demonstration(demonstration: Path) -> None:
    assert order_changes(demonstration) == []
