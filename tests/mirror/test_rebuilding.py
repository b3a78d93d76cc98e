"""A release that is made again: by its editors, and by strangers who have its sources only."""

from __future__ import annotations

import dataclasses
import datetime
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from aigaq import cli
from aigaq.mirror import git, manifest, rebuilding, statement
from aigaq.mirror.export import history
from aigaq.output import refusal
from aigaq.words.diagnostics import Problem, Span

if TYPE_CHECKING:
    from collections.abc import Callable

PROJECT = Path(__file__).resolve().parents[2]
Ran = tuple[int, str]
TODAY = datetime.datetime.now(datetime.UTC).replace(microsecond=0)


class Editors:
    """An archive in a repository of its editors, who pack and sign releases in `public/`."""

    def __init__(self, site: Any, keys: Any, run: Callable[..., Ran]) -> None:
        self.site, self.run, self.keys = site, run, keys
        self.public = site.root / "public"
        self.pinned = site.root.parent / "pinned"
        self.pinned.write_bytes(keys.listed("one"))
        for name in ("one", "one.pub"):
            shutil.copy(keys.folder / name, site.root.parent / name)
        site.config(mirrors=True, address="https://archive.example.org/")
        site.write(".gitignore", ".cache/\npublic/\n")
        site.write("releases/allowed_signers", keys.listed("one"))
        self._days = 0
        self.git("init", "-q")

    def git(self, *arguments: str) -> str:
        day = str(int((TODAY + datetime.timedelta(seconds=self._days)).timestamp()))
        who = ("-c", "user.name=Editor One", "-c", "user.email=one@editors.example")
        own = {
            **os.environ,
            "GIT_AUTHOR_DATE": f"{day} +0600",
            "GIT_COMMITTER_DATE": f"{day} +0600",
        }
        command = ["git", "-C", str(self.site.root), *who, *arguments]
        return subprocess.run(
            command, check=True, capture_output=True, text=True, env=own
        ).stdout

    def commit(self) -> None:
        self._days += 1
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", "Work of Editor One")

    def pack(self, *options: str) -> Ran:
        self.commit()
        return self.run("pack", self.public, "--root", self.site.root, "-q", *options)

    def release(self, *options: str) -> None:
        """Packs and signs, and notes it."""
        status, said = self.pack("--source", *options)
        assert status == 0, said
        key = self.site.root.parent / "one"
        status, said = self.run("sign", self.public, "--root", self.site.root, "--key", key)
        assert status == 0, said
        self.commit()

    def verify(self, where: object, *options: object) -> Ran:
        return self.run("verify", where, "--signers", self.pinned, *options)


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Callable[..., Ran]:
    def ran(*arguments: object) -> Ran:
        status: Any = 0
        try:
            cli.main(["mirror", *map(str, arguments)])
        except SystemExit as left:
            status = left.code
        said = capsys.readouterr()
        return int(status or 0), said.out + said.err

    return ran


@pytest.fixture
def editors(site: Any, keys: Any, run: Any) -> Editors:
    made = Editors(site, keys, run)
    site.person("p-open", "Placeholder Open").person("p-rose", "Rose", protect="pseudonym")
    site.testimony("t-1", body="They took [her](person:p-open).\n", about="p-open")
    site.testimony("t-2", body="A neighbour saw it.\n", told_by="p-rose")
    return made


def objects(repository: Path) -> bytes:
    """All that a repository holds, unpacked."""
    names = git.run(
        repository, "cat-file", "--batch-all-objects", "--batch-check=%(objectname)"
    )
    return b"\n".join(git.read(repository, names.decode().split()))


def test_strangers_make_the_same_release_of_its_own_sources(editors: Editors) -> None:
    editors.release()

    status, said = editors.verify(editors.public, "--rebuild")

    assert status == 0, said
    assert "A build of the sources that were signed gives every file of the release." in said
    everything = objects(editors.public / "source.git")
    for private in (b"Editor One", b"editors.example", b"Work of", b"c-t-1", b"2024-03-09"):
        assert private not in everything
    assert b"They took [her](person:p-open)." in everything


def test_a_next_release_goes_on_and_every_server_can_give_it_away(
    editors: Editors, servers: Any, tmp_path: Path
) -> None:
    editors.release()
    editors.site.testimony("t-3", body="Later she wrote.\n")
    editors.release()

    with servers.python(editors.public) as server:
        cloned = tmp_path / "cloned"
        address = f"{server.url.rstrip('/')}/source.git"
        subprocess.run(["git", "clone", "-q", address, cloned], check=True)
        log = subprocess.run(
            ["git", "-C", cloned, "log", "--format=%s %an"], check=True, capture_output=True
        )
        status, said = editors.verify(server.url, "--rebuild")

    assert log.stdout.decode().splitlines() == ["Release 2 aigaq", "Release 1 aigaq"]
    assert (status, "gives every file" in said) == (0, True), said


def test_a_mirror_follows_by_git_and_gets_the_same_files(
    editors: Editors, servers: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    editors.release()
    mirror = tmp_path / "mirror"
    received: list[int] = []

    def count(handler: Any) -> bool:
        path = editors.public / handler.path.partition("?")[0].lstrip("/")
        received.append(path.stat().st_size if path.is_file() else 0)
        return False

    with servers.python(editors.public, count) as server:
        follow = (f"git+{server.url}source.git", mirror, "--signers", editors.pinned)
        status, said = editors.run("follow", *follow)
        assert status == 0, said
        received.clear()
        editors.site.testimony("t-2", body="Two neighbours saw it.\n", told_by="p-rose")
        editors.release()
        status, said = editors.run("follow", *follow)

    assert status == 0, said
    assert "Two neighbours" in (mirror / "en/testimonies/t-2.html").read_text()
    names = [
        line.partition("  ")[2] for line in (mirror / "SHA256SUMS").read_text().splitlines()
    ]
    assert names
    for name in ("SHA256SUMS", "RELEASE", "LEDGER", "RELEASE.sig", *names):
        assert (mirror / name).read_bytes() == (editors.public / name).read_bytes()
    assert sum(received) < 4000
    assert not (mirror / "source.git").exists()


def test_a_mirror_that_keeps_the_sources_gives_them_to_others(
    editors: Editors, servers: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The origin is gone: one has only a mirror's folder, another only its repository."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    editors.release()
    first, second = tmp_path / "first", tmp_path / "second"
    trusted = ("--signers", editors.pinned)
    with servers.python(editors.public) as server:
        status, said = editors.run("follow", server.url, first, *trusted, "--sources")
    assert status == 0, said

    with servers.python(first) as server:
        source = f"git+{server.url}source.git"
        status, said = editors.run("follow", source, second, *trusted, "--sources")
    assert status == 0, said

    for mirror in (first, second):
        status, said = editors.verify(mirror, "--rebuild")
        assert (status, "gives every file" in said) == (0, True), said
    assert editors.run("follow", first, second, *trusted, "--sources") == (0, "")


def test_the_commit_of_the_editors_gives_it_too(editors: Editors) -> None:
    editors.release()
    shutil.rmtree(editors.public / "source.git")

    status, said = editors.verify(editors.public, "--rebuild")
    assert (status, "A087" in said) == (3, True), said
    status, said = editors.verify(editors.public, "--rebuild", "--source", editors.site.root)
    assert status == 0, said


def test_what_was_hidden_is_in_no_object_of_the_next_release(editors: Editors) -> None:
    editors.release()
    editors.site.testimony("t-2", body="", protect="restricted", told_by="p-rose")

    status, said = editors.pack("--source")

    assert (status, "A089" in said) == (0, True), said
    assert b"neighbour" not in objects(editors.public / "source.git")
    assert git.run(editors.public / "source.git", "rev-list", "--count", "main") == b"1\n"


def test_a_name_that_is_protected_now_is_in_no_object(editors: Editors) -> None:
    editors.release()
    editors.site.person("p-open", "Rue", protect="pseudonym")
    editors.site.testimony("t-1", body="They took her.\n", about="p-open")

    status, said = editors.pack("--source")

    assert (status, "A089" in said) == (0, True), said
    assert b"Placeholder Open" not in objects(editors.public / "source.git")


def test_an_archive_may_forget(editors: Editors) -> None:
    editors.release()
    editors.site.testimony("t-2", body="Somebody saw it.\n", told_by="p-rose")

    status, said = editors.pack("--source", "--forget")

    assert (status, "as you asked" in said) == (0, True), said
    assert b"neighbour" not in objects(editors.public / "source.git")


def test_a_withdrawal_leaves_no_object_in_the_git_of_the_editors(editors: Editors) -> None:
    editors.release()
    home = history.home(editors.site.root)
    assert home is not None
    assert b"neighbour" in objects(home)

    cli.main(["withdraw", "t-2", "--root", str(editors.site.root)])

    assert not home.exists()


def test_the_steps_by_hand_give_the_same_files(editors: Editors, tmp_path: Path) -> None:
    """As docs/mirrors/reproduce.md tells them."""
    editors.release()
    shutil.copytree(editors.public, tmp_path / "hand/site")
    page = (PROJECT / "docs/mirrors/reproduce.md").read_text("utf-8")
    (block,) = re.findall(
        r"```sh\n(.*?)```", page.partition("## By hand")[2].partition("## ")[0], re.S
    )
    address = "https://archive.example.org/source.git"
    assert address in block
    program = f"{sys.executable} {PROJECT / 'build.py'} build"

    steps = block.replace(address, "site/source.git").replace("aigaq build", program)
    done = subprocess.run(
        ["sh", "-e", "-c", steps],
        cwd=tmp_path / "hand",
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stdout) == (0, ""), done.stderr
    (tmp_path / "hand/rebuilt/404.html").write_text("other")
    check = block.splitlines()[-1].partition("&& ")[2]
    done = subprocess.run(
        ["sh", "-e", "-c", check],
        cwd=tmp_path / "hand/rebuilt",
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, "404.html: FAILED" in done.stdout) == (1, True)


def test_the_same_release_is_packed_again_with_its_sources(editors: Editors) -> None:
    editors.release()
    before = git.run(editors.public / "source.git", "rev-parse", "main", "release")
    shutil.rmtree(editors.public)

    status, said = editors.run("pack", editors.public, "--root", editors.site.root, "-q")

    assert status == 0, said
    assert git.run(editors.public / "source.git", "rev-parse", "main", "release") == before
    assert editors.verify(editors.public, "--rebuild")[0] == 0


def test_sources_are_not_added_to_what_was_signed_without(editors: Editors) -> None:
    assert editors.pack()[0] == 0

    status, said = editors.pack("--source")

    assert (status, "A069" in said) == (1, True), said


def test_other_sources_than_the_signed_ones_are_not_built(
    editors: Editors, tmp_path: Path
) -> None:
    """A template is a program: nobody's may run who did not sign."""
    editors.release()
    trap = tmp_path / "ran"
    work = tmp_path / "work"
    subprocess.run(["git", "clone", "-q", editors.public / "source.git", work], check=True)
    (work / "templates").mkdir()
    (work / "templates/home.html").write_text(
        "{{ cycler.__init__.__globals__.os.system('touch " + str(trap) + "') }}"
    )
    store = editors.public / "source.git"
    signed = git.run(store, "rev-parse", "release^{tree}").decode().strip()
    git_ = ["git", "-C", str(work), "-c", "user.name=X", "-c", "user.email=x@example.org"]
    subprocess.run([*git_, "add", "-A"], check=True)
    subprocess.run([*git_, "commit", "-qm", "Release 1"], check=True)
    subprocess.run([*git_, "push", "-q", "origin", "HEAD:main"], check=True)
    head = git.run(store, "rev-parse", "main").decode().strip()
    subprocess.run([*git_, "fetch", "-q", "origin", "release"], check=True)
    made = subprocess.run(
        [*git_, "commit-tree", signed, "-p", head, "-m", "Release 1"],
        check=True, capture_output=True, text=True,
    ).stdout.strip()  # fmt: skip
    subprocess.run(
        [*git_, "push", "-q", "-f", "origin", f"{made}:refs/heads/release"], check=True
    )
    for left in ("hooks", "description", "info/exclude"):
        path = store / left
        shutil.rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink(
            missing_ok=True
        )

    status, said = editors.verify(editors.public, "--rebuild", "--source", store)

    assert (status, "these are not those that were signed" in said) == (1, True), said
    assert not trap.exists()


def test_a_build_that_becomes_other_bytes_names_the_files(tmp_path: Path) -> None:
    release = statement.Release(
        site="https://archive.example.org/", seq=1, date=TODAY.date(), commit="0" * 40,
        engine="aigaq 0", files=2, previous="-", next_by=TODAY.date(), manifest="0" * 64,
        ledger="0" * 64,
    )  # fmt: skip
    place = _editors_commit(tmp_path)
    commit = git.commit(place / ".git", "main")
    release = dataclasses.replace(release, commit=commit)

    def build(_: Path, target: Path, __: datetime.date) -> list[Any]:
        for name in ("same", "other", "more"):
            (target / name).parent.mkdir(exist_ok=True)
            (target / name).write_text(name)
        return []

    digests = {"same": _digest("same"), "other": _digest("else"), "gone": _digest("gone")}
    found = rebuilding.rebuilt(release, digests, str(place), build)

    assert [f"{one.code} {one.span.path}" for one in found] == [
        *("A085 RELEASE", "A086 gone", "A086 more", "A086 other"),
    ]


def test_sources_with_mistakes_are_refused(tmp_path: Path) -> None:
    wrong = Problem("Z001", "wrong", "Mend it.").at(Span("site.yaml"))

    with (
        pytest.raises(refusal.Refused) as refused,
        rebuilding.built({"a": b"a"}, tmp_path, TODAY.date(), lambda *_: [wrong]),
    ):
        pass

    assert [one.code for one in refused.value.diagnostics] == ["A088"]


def _editors_commit(tmp_path: Path) -> Path:
    root = tmp_path / "theirs"
    root.mkdir()
    (root / "site.yaml").write_text("title: A\n")
    who = ["git", "-C", str(root), "-c", "user.name=X", "-c", "user.email=x@example.org"]
    for command in (["init", "-q", "-b", "main"], ["add", "-A"], ["commit", "-qm", "All"]):
        subprocess.run([*who, *command], check=True)
    return root


def _digest(text: str) -> str:
    return manifest.digest(text.encode())
