from __future__ import annotations

import contextlib
import os
import threading
import time
from typing import TYPE_CHECKING

import pytest

from aigaq.desk import watching
from aigaq.output import targets

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

LATEST = 20.0  # seconds that a slow machine may take


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A folder with a text that was written some time ago."""
    folder = tmp_path / "site"
    (folder / "content/people").mkdir(parents=True)
    (folder / "site.yaml").write_text("title: Placeholder")
    text = folder / "content/people/p-1.yaml"
    text.write_text("protect: open")
    os.utime(text, (1e9, 1e9))
    return folder


def write(root: Path, path: str, text: str) -> None:
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_text(text)


def save_beside_and_rename(root: Path) -> None:
    write(root, "content/people/p-1.yaml.new", "protect: restricted")
    (root / "content/people/p-1.yaml.new").replace(root / "content/people/p-1.yaml")


def same_size_and_time(root: Path) -> None:
    text = root / "content/people/p-1.yaml"
    state = text.stat()
    text.write_text("protect: oven")
    os.utime(text, ns=(state.st_atime_ns, state.st_mtime_ns + 1))


CHANGES: dict[str, Callable[[Path], object]] = {
    "other words": lambda root: write(root, "content/people/p-1.yaml", "protect: initials"),
    "other words of the same length": same_size_and_time,
    "a new file": lambda root: write(root, "content/people/p-2.yaml", ""),
    "a new folder with a file": lambda root: write(root, "content/new/folder/p-2.yaml", ""),
    "a new theme": lambda root: write(root, "theme/css/own.css", ""),
    "other settings": lambda root: write(root, "site.yaml", "title: Other"),
    "a file that is gone": lambda root: (root / "content/people/p-1.yaml").unlink(),
    "another name": lambda root: (root / "site.yaml").rename(root / "other.yaml"),
    "another folder": lambda root: (root / "content/people").rename(root / "content/group"),
    "a save beside and a rename": save_beside_and_rename,
    "a link": lambda root: (root / "content/people/p-2.yaml").symlink_to("p-1.yaml"),
    "a file that may not be read": lambda root: (root / "site.yaml").chmod(0o000),
}

NO_CHANGES: dict[str, Callable[[Path], object]] = {
    "nothing": lambda _: None,
    "another time": lambda root: os.utime(root / "content/people/p-1.yaml"),
    "the same words again": lambda root: write(root, "site.yaml", "title: Placeholder"),
    "a hidden file": lambda root: write(root, "content/.p-1.yaml.swp", ""),
    "the cache": lambda root: write(root, ".cache/lock", ""),
    "git": lambda root: write(root, ".git/index", ""),
    "an empty folder": lambda root: (root / "content/empty").mkdir(),
    "being read": lambda root: (root / "content/people/p-1.yaml").read_text(),
}


def build_into(root: Path) -> None:
    write(root, "public/index.html", "<p>")
    write(root, f"public/{targets.MARKER}", "made by aigaq")


# One look


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_whatever_may_change_the_site_is_seen(
    root: Path, change: Callable[[Path], object]
) -> None:
    tree = watching.Tree(root)

    change(root)

    assert tree.look()


@pytest.mark.parametrize("change", NO_CHANGES.values(), ids=NO_CHANGES)
def test_whatever_cannot_change_the_site_is_not(
    root: Path, change: Callable[[Path], object]
) -> None:
    tree = watching.Tree(root)

    change(root)

    assert not tree.look()


def test_a_change_is_seen_once(root: Path) -> None:
    tree = watching.Tree(root)
    write(root, "site.yaml", "title: Other")

    assert [tree.look(), tree.look()] == [{str(root / "site.yaml")}, set()]


def test_a_change_in_the_same_tick_of_the_clock_is_seen(root: Path) -> None:
    write(root, "site.yaml", "title: One")
    state = (root / "site.yaml").stat()
    tree = watching.Tree(root)

    write(root, "site.yaml", "title: Two")
    os.utime(root / "site.yaml", ns=(state.st_atime_ns, state.st_mtime_ns))

    assert tree.look()


def test_a_built_site_is_not_a_source(root: Path) -> None:
    tree = watching.Tree(root)

    build_into(root)

    assert not tree.look()


def test_a_link_to_a_folder_is_not_followed(root: Path, tmp_path: Path) -> None:
    write(tmp_path, "outside/p-9.yaml", "")
    (root / "content/link").symlink_to(tmp_path / "outside")
    tree = watching.Tree(root)

    write(tmp_path, "outside/p-8.yaml", "")

    assert not tree.look()


# Over time


class Calls:
    """Counts, and waits for, calls from another thread."""

    def __init__(self) -> None:
        self.count = 0
        self._more = threading.Condition()

    def __call__(self, _: frozenset[str]) -> None:
        with self._more:
            self.count += 1
            self._more.notify_all()

    def wait_for(self, count: int) -> bool:
        with self._more:
            return self._more.wait_for(lambda: self.count >= count, LATEST)


@contextlib.contextmanager
def watched(root: Path) -> Iterator[Calls]:
    calls = Calls()
    with watching.watched(root, watching.Tree(root), calls):
        time.sleep(0.2)  # the first look is over, so that what follows is a change of its own
        yield calls


def test_what_the_system_reports_is_told_before_all_is_looked_at(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told_before: list[int] = []
    look = watching.Tree.look

    def looked(tree: watching.Tree) -> frozenset[str]:
        told_before.append(calls.count)
        return look(tree)

    with watched(root) as calls:
        monkeypatch.setattr(watching.Tree, "look", looked)

        write(root, "content/people/p-1.yaml", "protect: initials")

        assert calls.wait_for(1)
    assert told_before[0] == 1


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_change_is_reported(root: Path, change: Callable[[Path], object]) -> None:
    with watched(root) as calls:
        change(root)

        assert calls.wait_for(1)


@pytest.mark.parametrize("change", NO_CHANGES.values(), ids=NO_CHANGES)
def test_what_is_no_change_is_not_reported(
    root: Path, change: Callable[[Path], object]
) -> None:
    with watched(root) as calls:
        change(root)
        time.sleep(0.4)

    assert calls.count == 0


def test_a_change_before_the_watching_began_is_reported(root: Path) -> None:
    tree, calls = watching.Tree(root), Calls()
    write(root, "site.yaml", "title: Other")

    with watching.watched(root, tree, calls):
        assert calls.wait_for(1)


def test_five_hundred_files_are_few_changes(root: Path) -> None:
    with watched(root) as calls:
        for number in range(500):
            write(root, f"content/people/p-{number}.yaml", "protect: open")
        calls.wait_for(1)
        time.sleep(0.5)

    assert 1 <= calls.count <= 5


def test_a_change_is_reported_while_others_never_end(root: Path) -> None:
    over = threading.Event()

    def restless() -> None:
        while not over.wait(0.02):
            os.utime(root / "site.yaml")

    with watched(root) as calls:
        thread = threading.Thread(target=restless)
        thread.start()
        write(root, "content/people/p-1.yaml", "protect: restricted")
        reported = calls.wait_for(1)
        over.set()
        thread.join()

    assert reported


def test_a_folder_that_goes_and_comes_again_is_still_watched(
    root: Path, tmp_path: Path
) -> None:
    with watched(root) as calls:
        (root / "content").rename(tmp_path / "away")
        assert calls.wait_for(1)
        write(root, "content/people/p-1.yaml", "protect: open")
        assert calls.wait_for(2)
        time.sleep(0.3)

        write(root, "content/people/p-1.yaml", "protect: initials")

        assert calls.wait_for(3)


def test_where_the_system_reports_nothing_we_look_from_time_to_time(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watching, "POLL", 0.1)
    monkeypatch.setattr(watching, "Observer", Deaf)
    with watched(root) as calls:
        write(root, "site.yaml", "title: Other")

        assert calls.wait_for(1)


class Deaf:
    """An observer on a system whose watches are used up (`inotify` limits are per user)."""

    def schedule(self, *_: object, **__: object) -> None:
        raise OSError(28, "inotify watch limit reached")

    def is_alive(self) -> bool:
        return False
