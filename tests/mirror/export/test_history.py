"""The repository of exported sources: plain files, small updates, history where it may be."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING, Any

import pytest

from aigaq.mirror import git, manifest
from aigaq.mirror.export import history

if TYPE_CHECKING:
    from pathlib import Path

WHEN = 1_760_000_000


def told(place: Path, *arguments: str) -> str:
    return git.run(place, *arguments).decode().strip()


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return git.begun(tmp_path / "home/source.git")


@pytest.fixture
def release(tmp_path: Path) -> Path:
    folder = tmp_path / "release"
    folder.mkdir()
    for name in ("RELEASE", "RELEASE.sig", "allowed_signers"):
        (folder / name).write_text(f"{name} 1\n")
    (folder / "LEDGER").write_text("t-1 1\nt-2 1\np-1 2\nt-2 hidden 17 2026-11-23\n")
    return folder


def test_a_release_is_one_commit_of_nobody(place: Path) -> None:
    history.commit(place, {"a/b.txt": b"one"}, seq=7, when=WHEN)

    assert told(place, "log", "--format=%an %ae %cn %s%b %ct", "main") == (
        f"aigaq nobody@archive.invalid aigaq Release 7 {WHEN}"
    )
    assert git.files(place, "main") == {"a/b.txt": b"one"}


def test_the_next_release_follows_it_and_brings_only_what_changed(place: Path) -> None:
    files = {f"{n % 8}/{n}.txt": b"%d" % n for n in range(400)}
    history.commit(place, files, seq=1, when=WHEN)
    before = {*place.rglob("*")}

    changed = {path: data for path, data in files.items() if path != "7/7.txt"}
    history.commit(place, changed | {"0/0.txt": b"new"}, seq=2, when=WHEN + 1)

    assert git.files(place, "main") == changed | {"0/0.txt": b"new"}
    assert told(place, "rev-list", "--count", "main") == "2"
    new = [p for p in {*place.rglob("*")} - before if p.is_file()]
    assert len(new) == 5  # a commit, a text, three folders
    assert all(path.parent.parent.name == "objects" for path in new)


def test_the_same_release_once_more_changes_nothing(place: Path) -> None:
    history.commit(place, {"a.txt": b"one"}, seq=1, when=WHEN)
    before = told(place, "rev-parse", "main")

    history.commit(place, {"a.txt": b"one"}, seq=1, when=WHEN)

    assert told(place, "rev-parse", "main") == before


def test_the_same_history_has_the_same_commits_anywhere(tmp_path: Path) -> None:
    made = []
    for name in ("one", "other"):
        place = git.begun(tmp_path / name)
        history.commit(place, {"a.txt": b"one", "b/c.txt": b"two"}, seq=1, when=WHEN)
        history.commit(place, {"a.txt": b"1"}, seq=2, when=WHEN + 9)
        made.append(told(place, "rev-parse", "main"))

    assert made[0] == made[1]


def test_what_signs_it_stands_on_a_branch_of_its_own(place: Path, release: Path) -> None:
    history.commit(place, {"a.txt": b"one"}, seq=1, when=WHEN)

    history.seal(place, release)
    (release / "RELEASE.sig.2").write_text("another\n")
    history.seal(place, release)

    held = git.files(place, "release")
    assert held["RELEASE"] == b"RELEASE 1\n"
    assert held["RELEASE.sig.2"] == b"another\n"
    assert history.joined(held) == (release / "LEDGER").read_bytes()
    assert told(place, "rev-parse", "release^") == told(place, "rev-parse", "main")
    assert history.goes_on(place, b"RELEASE 1\n")
    assert not history.goes_on(place, b"RELEASE 2\n")
    assert not history.goes_on(place, b"")
    history.commit(place, {"a.txt": b"never released"}, seq=2, when=WHEN)
    assert not history.goes_on(place, b"RELEASE 1\n")


def test_a_release_follows_the_one_before_it_however_often_it_is_signed(
    place: Path, release: Path
) -> None:
    history.commit(place, {"a.txt": b"one"}, seq=1, when=WHEN)
    history.seal(place, release)
    first = told(place, "rev-parse", "release")
    history.commit(place, {"a.txt": b"two"}, seq=2, when=WHEN)

    for signature in ("one", "two"):
        (release / "RELEASE.sig").write_text(signature)
        history.seal(place, release)

    parents = told(place, "rev-parse", "release^1", "release^2").split()
    assert parents == [told(place, "rev-parse", "main"), first]
    assert told(place, "rev-list", "--count", "release") == "4"


def test_whoever_signs_and_wherever_the_next_release_follows_the_published_one(
    place: Path, release: Path, tmp_path: Path
) -> None:
    history.commit(place, {"a.txt": b"one"}, seq=1, when=WHEN)
    (release / "RELEASE.sig").write_text("of the one who packed")
    history.seal(place, release)
    published = tmp_path / "published"
    shutil.copytree(place, published)
    (release / "RELEASE.sig.2").write_text("of another")
    history.seal(published, release)

    signed = {p.name: p.read_bytes() for p in release.glob("RELEASE.sig*")}
    history.countersign(place, signed)
    assert told(place, "rev-parse", "release") == told(published, "rev-parse", "release")

    history.commit(place, {"a.txt": b"two"}, seq=2, when=WHEN)
    history.seal(place, release)
    assert told(place, "rev-parse", "release^2") == told(published, "rev-parse", "release")


def test_what_is_new_lies_in_one_file_unless_it_is_large(
    place: Path, release: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    history.commit(place, {"a.txt": b"one"}, seq=1, when=WHEN)
    history.seal(place, release)
    assert not (place / history.BUNDLE).exists()  # everything is new

    history.commit(place, {"a.txt": b"two"}, seq=2, when=WHEN)
    (release / "RELEASE").write_text("RELEASE 2\n")
    history.seal(place, release)
    assert (place / history.BUNDLE).read_bytes().startswith(b"# v2 git bundle\n-")

    monkeypatch.setattr(history, "LARGEST", 100)
    history.commit(place, {"a.txt": b"three"}, seq=3, when=WHEN)
    history.seal(place, release)
    assert not (place / history.BUNDLE).exists()


def test_a_ledger_comes_in_parts_that_do_not_change() -> None:
    lines = [f"t-{n} {n // 3 + 1}\n" for n in range(900)]
    lines.append("t-5 withdrawn 301 2026-11-23\n")
    before, after = ("".join(some).encode() for some in (lines[:-4], lines))

    parts = history.parts(after)

    assert history.joined(parts) == after
    changed = {p for p, d in parts.items() if history.parts(before).get(p) != d}
    assert len(changed) == 2


def test_what_is_published_is_what_a_manifest_leaves_aside(place: Path, release: Path) -> None:
    history.commit(place, {f"{n}.txt": b"%d" % n for n in range(50)}, seq=1, when=WHEN)
    history.seal(place, release)
    (place / "hooks").mkdir()
    (place / "hooks/post-update").write_text("#!/bin/sh\n")
    (place / "description").write_text("secret")

    history.publish(place, release)

    found = [p.relative_to(release).as_posix() for p in release.rglob("*") if p.is_file()]
    assert all(manifest.is_detached(path) or "/" not in path for path in found)
    assert not any("hooks" in path or "description" in path for path in found)
    cloned = release.with_name("cloned")
    subprocess.run(["git", "clone", "-q", release / "source.git", cloned], check=True)
    assert len([*cloned.glob("*.txt")]) == 50


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        ({"t.md": b"new", "p.yaml": b"names: [b]\nprotect: open\n"}, False),
        ({"t.md": b"old", "p.yaml": b"names: [a]\nprotect: pseudonym\n"}, True),
        ({"p.yaml": b"names: [a]\nprotect: open\n"}, True),
        ({"t.md": b"old", "p.yaml": b"names: [a]\nprotect: open\n", "n.md": b"n"}, False),
    ],
)
def test_it_is_seen_that_something_was_taken_back(
    place: Path, after: dict[str, bytes], expected: bool
) -> None:
    before = {"t.md": b"old", "p.yaml": b"names: [a]\nprotect: open\n"}
    history.commit(place, before, seq=1, when=WHEN)

    assert history.taken_back(place, after) is expected


def test_every_object_is_there_to_be_looked_through(place: Path, release: Path) -> None:
    history.commit(place, {"a/b.txt": b"one"}, seq=1, when=WHEN)
    history.commit(place, {"a/b.txt": b"two"}, seq=2, when=WHEN)
    history.seal(place, release)

    data = b"".join(artifact.data for artifact in history.objects(place))

    for expected in (b"one", b"two", b"b.txt", b"Release 1", b"RELEASE.sig 1"):
        assert expected in data


def test_the_history_of_a_site_lies_in_the_git_of_its_editors(site: Any) -> None:
    assert history.home(site.root) is None
    subprocess.run(["git", "-C", site.root.parent, "init", "-q"], check=True)

    home = history.home(site.root)

    assert home is not None
    assert home.is_relative_to(site.root.parent / ".git/aigaq")
    assert home.name == "source.git"


def test_what_a_kill_left_does_not_keep_a_release_from_being_sealed(
    place: Path, release: Path
) -> None:
    history.commit(place, {"a.txt": b"one"}, seq=1, when=WHEN)
    history.seal(place, release)
    history.commit(place, {"a.txt": b"two"}, seq=2, when=WHEN)
    (place / f"{history.BUNDLE}.lock").touch()

    history.seal(place, release)

    assert (place / history.BUNDLE).is_file()
