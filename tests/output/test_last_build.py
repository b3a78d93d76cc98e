from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from aigaq.output import cache, last_build
from aigaq.words.diagnostics import Problem, Severity, Span

ODD = Problem("Q001", "this {what} is odd", "Look at {what}.", Severity.WARNING)
WARNING = ODD.at(Span("content/a.md", 3, 2), what="brace { and }")
YEAR_AGO = time.time() - 31_000_000


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A site and its output, written a while ago by the clock that the program asks."""
    for name in ("site.yaml", "content/a.md", "templates/base.html", "public/index.html"):
        file = tmp_path / "site" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(name)
    (tmp_path / "site/public/.aigaq-site").write_text("made by aigaq\n")
    now = time.time_ns
    monkeypatch.setattr(last_build.time, "time_ns", lambda: now() + 60 * 10**9)
    return tmp_path / "site"


def last(root: Path, *options: object) -> last_build.LastBuild:
    return last_build.LastBuild(root, root / "public", options)


def test_what_was_noted_is_told_again(root: Path) -> None:
    last(root, "2026-11-22").keep([WARNING], 7)

    told = last(root, "2026-11-22").told()

    assert told is not None
    ((problem,), pages) = told
    assert pages == 7
    assert str(problem) == str(WARNING)
    assert (problem.span, problem.code, problem.is_error) == (WARNING.span, "Q001", False)


def test_nothing_is_told_of_a_site_never_built(root: Path) -> None:
    assert last(root).told() is None


def _same_bytes_again(file: Path) -> None:
    data, status = file.read_bytes(), file.stat()
    file.unlink()
    (file.parent / ".takes-its-place").write_bytes(b"")
    file.write_bytes(data)
    os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))


def _other_words_set_back(file: Path) -> None:
    """In place, as long as before, and with the time that the file had."""
    status = file.stat()
    file.write_bytes(file.read_bytes().swapcase())
    os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))


CHANGES: dict[str, Callable[[Path], object]] = {
    "set back": lambda root: _other_words_set_back(root / "content/a.md"),
    "a page set back": lambda root: _other_words_set_back(root / "public/index.html"),
    "a text": lambda root: (root / "content/a.md").write_text("other words"),
    "a text of the same length": lambda root: (root / "content/a.md").write_text(
        "content/b.md"
    ),
    "another file in its place": lambda root: _same_bytes_again(root / "content/a.md"),
    "a new text": lambda root: (root / "content/b.md").write_text(""),
    "a text removed": lambda root: (root / "content/a.md").unlink(),
    "a text renamed": lambda root: (root / "content/a.md").rename(root / "content/c.md"),
    "a link for a text": lambda root: (
        (root / "content/a.md").rename(root / ".kept"),
        (root / "content/a.md").symlink_to("../.kept"),
    ),
    "settings": lambda root: (root / "site.yaml").write_text("other"),
    "a template": lambda root: (root / "templates/base.html").write_text("other"),
    "a first theme": lambda root: (
        (root / "look").mkdir(),
        (root / "look/site.css").write_text("a"),
    ),
    "a page by somebody else": lambda root: (root / "public/index.html").write_text("other"),
    "a page gone": lambda root: (root / "public/index.html").unlink(),
    "a page more": lambda root: (root / "public/more.html").write_text("more"),
    "rights of a page": lambda root: (root / "public/index.html").chmod(0o600),
}


@pytest.mark.parametrize("change", CHANGES)
def test_after_any_change_the_site_is_built(root: Path, change: str) -> None:
    last(root).keep([], 7)

    CHANGES[change](root)

    assert last(root).told() is None


def test_other_options_are_another_build(root: Path) -> None:
    last(root, "2026-11-22").keep([], 7)

    assert last(root, "2026-11-23").told() is None


def test_another_place_is_another_site(root: Path) -> None:
    last(root).keep([], 7)

    assert last_build.LastBuild(root, root / "elsewhere", ()).told() is None


def test_what_is_not_read_does_not_count(root: Path) -> None:
    last(root).keep([], 7)

    (root / ".git").mkdir()
    (root / ".git/index").write_text("changed by git status")
    other = root / "public-2"
    other.mkdir()
    (other / ".aigaq-site").write_text("made by aigaq\n")

    assert last(root).told() == ((), 7)


def test_a_change_while_the_site_is_built_is_seen_by_the_next_build(root: Path) -> None:
    build = last(root)
    (root / "content/a.md").write_text("written after it was read")
    build.keep([], 7)

    assert last(root).told() is None


def test_a_build_right_after_an_edit_is_not_noted(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file could be changed again, and its time would be the same."""
    edited = (root / "content/a.md").stat().st_mtime_ns
    with monkeypatch.context() as patch:
        patch.setattr(last_build.time, "time_ns", lambda: edited + 1000)
        last(root).keep([], 7)

    assert last(root).told() is None


def test_the_program_counts(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    last(root).keep([], 7)

    versions: Any = last_build._versions()
    monkeypatch.setattr(last_build, "_versions", lambda: [*versions[:-1], "another"])

    assert last(root).told() is None


def test_what_was_noted_of_other_sources_is_dropped_before_these_are_read(root: Path) -> None:
    """What is read of these may stay in the cache; whoever takes it out again builds."""
    last(root).keep((), 1)
    last_build.LastBuild(root, None, ()).keep((), 2)
    last_build.doubt(root)
    assert last(root).told()

    (root / "content/b.md").write_text("new")
    last_build.doubt(root)
    (root / "content/b.md").unlink()

    assert last(root).told() is None
    assert last_build.LastBuild(root, None, ()).told() is None


def test_what_is_no_note_is_dropped(root: Path) -> None:
    store = cache.Cache(root / ".cache/last")
    store.put("a" * 64, b"[]")

    last_build.doubt(root)

    assert store.all_keys() == ()


def test_where_the_sources_are_not_known_nothing_that_was_noted_stays(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    last(root).keep((), 1)
    with monkeypatch.context() as young:
        young.setattr(last_build.time, "time_ns", lambda: 0)
        last_build.doubt(root)

    assert last(root).told() is None


def test_a_check_asks_for_the_sources_alone(root: Path) -> None:
    last_build.LastBuild(root, None, ()).keep([WARNING], 7)

    (root / "public/index.html").write_text("other")
    assert last_build.LastBuild(root, None, ()).told() is not None
    assert last(root).told() is None

    (root / "content/a.md").write_text("other")
    assert last_build.LastBuild(root, None, ()).told() is None


def test_a_folder_that_cannot_be_read_is_a_doubt(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The build itself tells what is wrong with it."""
    last(root).keep([], 7)

    def shut(_: str) -> None:
        raise PermissionError

    monkeypatch.setattr(last_build.os, "scandir", shut)

    assert last(root).told() is None
    last(root).keep([], 8)
    monkeypatch.undo()
    assert last(root).told() != ((), 8)
