"""Git with what strangers made: nothing in it runs, nothing but plain files is read."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

import pytest

from aigaq.mirror import git
from aigaq.output import refusal

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture
def worked(tmp_path: Path) -> Callable[..., Path]:
    """A repository of strangers, with files of one commit."""

    def made(**files: str) -> Path:
        root = tmp_path / "theirs"
        root.mkdir()
        for name, text in files.items():
            (root / name).write_text(text)
        _git(root, "init", "-q", "-b", "main")
        _git(root, "add", "-A")
        _git(root, "commit", "-q", "-m", "All", "--allow-empty")
        return root

    return made


def _git(root: Path, *arguments: str) -> str:
    who = ("-c", "user.name=Placeholder", "-c", "user.email=p@example.org")
    command = ["git", "-C", str(root), *who, *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def test_files_are_read_as_they_were_committed(worked: Callable[..., Path]) -> None:
    root = worked(a="one\r\n", b="$Id$")
    (root / ".gitattributes").write_text("* text=auto ident export-subst\n")
    _git(root, "add", "-A")
    _git(root, "commit", "-qm", "Attributes")

    files = git.files(root / ".git", "main")

    assert (files["a"], files["b"]) == (b"one\r\n", b"$Id$")


def test_hooks_filters_and_settings_of_strangers_are_not_run(
    worked: Callable[..., Path], tmp_path: Path
) -> None:
    root = worked(a="one")
    trap = tmp_path / "ran"
    hook = root / ".git/hooks/post-checkout"
    hook.write_text(f"#!/bin/sh\ntouch {trap}\n")
    hook.chmod(0o755)
    for name in (
        "core.fsmonitor",
        "core.sshCommand",
        "uploadpack.packObjectsHook",
        "core.pager",
    ):
        _git(root, "config", name, f"touch {trap}")

    place = git.copied(root / ".git", tmp_path / "mine")

    assert git.files(place, "main") == {"a": b"one"}
    assert (place / "config").read_bytes() == git.CONFIG
    assert not (place / "hooks").exists()
    assert not trap.exists()


def test_a_repository_is_fetched_with_its_branches(
    worked: Callable[..., Path], tmp_path: Path
) -> None:
    root = worked(a="one")

    place = git.fetched(str(root), tmp_path / "mine")

    assert git.files(place, "main") == {"a": b"one"}
    assert git.commit(place, "refs/heads/main") == _git(root, "rev-parse", "main")
    assert git.commit(place, "refs/heads/other") == ""


@pytest.mark.parametrize("address", ["ext::touch ran", "--upload-pack=touch ran", "fd::3", "x"])
def test_an_address_starts_no_program(
    address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    with pytest.raises(refusal.NotPossibleNow) as refused:
        git.fetched(address, tmp_path / "mine")

    assert [one.code for one in refused.value.diagnostics] == ["A081"]
    assert not (tmp_path / "ran").exists()


def test_links_submodules_and_bad_names_are_refused(worked: Callable[..., Path]) -> None:
    root = worked(a="one")
    commit = _git(root, "rev-parse", "HEAD")
    blob = _git(root, "rev-parse", "HEAD:a")
    entries = {"120000": (blob, "link"), "160000": (commit, "module"), "100644": (blob, "a:b")}
    for mode, (digest, name) in entries.items():
        _git(root, "read-tree", "HEAD")
        _git(root, "update-index", "--add", "--cacheinfo", f"{mode},{digest},{name}")
        tree = _git(root, "write-tree")
        made = _git(root, "commit-tree", "-m", "Bad", tree)

        with pytest.raises(refusal.Refused) as refused:
            git.files(root / ".git", made)

        assert [one.code for one in refused.value.diagnostics] == ["A082"]


def test_what_takes_too_long_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = git.begun(tmp_path / "mine")
    slow = tmp_path / "bin/git"
    slow.parent.mkdir()
    slow.write_text("#!/bin/sh\nsleep 60\n")
    slow.chmod(0o755)
    monkeypatch.setenv("PATH", f"{slow.parent}:/usr/bin:/bin")

    with pytest.raises(refusal.NotPossibleNow) as refused:
        git.run(place, "fetch", whole=0.5)

    assert "it takes too long" in str(refused.value)


def test_without_git_it_is_said_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(refusal.Refused) as refused:
        git.run(tmp_path, "version")

    assert [one.code for one in refused.value.diagnostics] == ["A080"]


def test_a_changed_object_of_a_copy_is_found(
    worked: Callable[..., Path], tmp_path: Path
) -> None:
    root = worked(a="one")
    blob = _git(root, "rev-parse", "HEAD:a")
    path = root / ".git/objects" / blob[:2] / blob[2:]
    path.chmod(0o644)
    path.write_bytes(b"x" + path.read_bytes())

    with pytest.raises(refusal.NotPossibleNow):
        git.copied(root / ".git", tmp_path / "mine")


def test_few_folders_that_name_millions_of_files_are_not_listed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(git, "LISTED", 1 << 20)
    place = git.begun(tmp_path / "mine")
    entry = git.run(place, "hash-object", "-w", "--stdin", said=[b"one"]).decode().strip()
    kind = "100644 blob"
    for _ in range(7):
        lines = [f"{kind} {entry}\t{n:02}\n".encode() for n in range(32)]
        entry, kind = git.run(place, "mktree", said=lines).decode().strip(), "040000 tree"
    who = {"GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a", "GIT_COMMITTER_NAME": "a"}
    command = ["git", f"--git-dir={place}", "commit-tree", "-m", "All", entry]
    env = {**os.environ, **who, "GIT_COMMITTER_EMAIL": "a"}
    made = subprocess.run(command, check=True, capture_output=True, text=True, env=env)

    with pytest.raises(refusal.NotPossibleNow, match="too large"):
        git.tree(place, made.stdout.strip())


def test_files_that_are_large_together_are_not_read(worked: Callable[..., Path]) -> None:
    root = worked(a="1" * 600, b="2" * 600)
    assert len(git.files(root / ".git", "main", 1200)) == 2
    with pytest.raises(refusal.Refused, match="A082"):
        git.files(root / ".git", "main", 1199)


def test_the_name_of_an_onion_service_is_not_given_to_git(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))  # it would be said that there is none
    for scheme in ("git+http", "http", "git"):
        with pytest.raises(refusal.NotPossibleNow, match="torsocks"):
            git.fetched(f"{scheme}://{'a' * 56}.onion/source.git", tmp_path / "mine")


def test_what_is_no_bundle_leads_to_no_other_repository(
    worked: Callable[..., Path], tmp_path: Path
) -> None:
    private = worked(a="secret") / ".git"
    place = git.begun(tmp_path / "mine")

    with pytest.raises(refusal.NotPossibleNow):
        git.unbundled(f"gitdir: {private}\n".encode(), place)

    assert git.refs(place) == b""


def test_of_a_history_that_began_anew_nothing_older_stays(
    worked: Callable[..., Path], tmp_path: Path
) -> None:
    root = worked(a="withdrawn")
    blob = _git(root, "rev-parse", "main:a")
    place = git.fetched(str(root), tmp_path / "mine")
    _git(root, "checkout", "-q", "--orphan", "anew")
    (root / "a").write_text("what is left")
    _git(root, "commit", "-qam", "Anew")
    _git(root, "branch", "-M", "main")

    git.fetched(str(root), place)

    assert git.files(place, "main") == {"a": b"what is left"}
    with pytest.raises(refusal.NotPossibleNow, match="missing"):
        next(git.read(place, [blob]))


def test_a_release_that_is_signed_once_more_comes_without_all_the_rest(
    worked: Callable[..., Path], tmp_path: Path
) -> None:
    root = worked(a="words")
    _git(root, "checkout", "-qb", "release")
    _git(root, "commit", "-q", "--allow-empty", "-m", "Signed")
    place = git.fetched(str(root), tmp_path / "mine")
    (place / "here-before").touch()
    _git(root, "commit", "-q", "--allow-empty", "--amend", "-m", "Signed by two")

    git.fetched(str(root), place)

    assert git.commit(place, "release") == _git(root, "rev-parse", "release")
    assert (place / "here-before").exists()


@pytest.mark.parametrize("name", ["main", "main~1"])
def test_what_was_fetched_and_is_damaged_is_fetched_anew(
    worked: Callable[..., Path], tmp_path: Path, name: str
) -> None:
    root = worked(a="one")
    _git(root, "commit", "-q", "--allow-empty", "-m", "Second")
    place = git.fetched(str(root), tmp_path / "mine")
    digest = git.commit(place, name)
    for pack in (place / "objects/pack").glob("*.pack"):
        aside = pack.rename(place / "pack")
        git.run(place, "unpack-objects", "-q", said=[aside.read_bytes()])
    damaged = place / "objects" / digest[:2] / digest[2:]
    damaged.unlink()
    damaged.touch()  # as a power cut leaves it

    git.fetched(str(root), place)

    git.run(place, "fsck", "--strict")


def test_what_was_fetched_stays_while_the_place_is_not_reached(
    worked: Callable[..., Path], tmp_path: Path
) -> None:
    root = worked(a="one")
    place = git.fetched(str(root), tmp_path / "mine")

    with pytest.raises(refusal.NotPossibleNow, match="A081"):
        git.fetched(str(root.with_name("gone")), place)

    assert git.files(place, "main") == {"a": b"one"}
