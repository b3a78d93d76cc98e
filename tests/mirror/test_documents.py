"""What docs/mirrors says works as it stands, with the system's own tools."""

from __future__ import annotations

import datetime
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

PROJECT = Path(__file__).resolve().parents[2]
DOCS = PROJECT / "docs/mirrors"


def commands(page: str, heading: str) -> list[str]:
    """The blocks of a section, as a reader copies them."""
    text = (DOCS / page).read_text("utf-8")
    section = text.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    return re.findall(r"^```sh\n(.*?)^```$", section, re.DOTALL | re.MULTILINE)


@pytest.fixture
def home(tmp_path: Path, keys: Any) -> Path:
    """A home with a pinned list, the program, and a name for commits."""
    home = tmp_path / "home"
    (home / "pinned").mkdir(parents=True)
    (home / "pinned/allowed_signers").write_bytes(
        keys.listed("one", "two", "three").replace(b"one@", b"editor@")
    )
    (home / "bin").mkdir()
    program = f'#!/bin/sh\nexec "{sys.executable}" "{PROJECT / "build.py"}" -q "$@"\n'
    (home / "bin/aigaq").write_text(program)
    (home / "bin/aigaq").chmod(0o755)
    who = "[user]\nname = Placeholder\nemail = p@example.org\n"
    (home / ".gitconfig").write_text(f"{who}[init]\ndefaultBranch = main\n")
    return home


@pytest.fixture
def run(home: Path) -> Callable[..., tuple[int, str]]:
    """Runs a block in a shell; status and words."""

    def ran(block: str, folder: Path, **more: str) -> tuple[int, str]:
        own = {"PATH": f"{home}/bin:{os.environ['PATH']}", "HOME": str(home), "LC_ALL": "C"}
        done = subprocess.run(
            ["sh", "-c", block],
            cwd=folder,
            env=own | more,
            capture_output=True,
            text=True,
            check=False,
        )
        return done.returncode, done.stdout + done.stderr

    return ran


@pytest.fixture
def by_hand(copy: Any, run: Any) -> Callable[[], list[str]]:
    """What is wrong with a copy by the seven steps, read as the page says."""
    steps = commands("verify.md", "By hand")[:7]

    def looked() -> list[str]:
        said = [run(step, copy.folder) for step in steps]
        files = re.search(r"files: (\d+)\n(\d+)\n", said[5][1])
        good = (
            said[0] == (0, "editor@example.org\n"),
            said[1][1].startswith('Good "site-release" signature for editor@example.org '),
            said[2] == (0, "SHA256SUMS: OK\nLEDGER: OK\n"),
            said[3] == (0, ""),
            said[4] == (0, ""),
            files is not None and files[1] == files[2],
            said[6] == (0, "seq: 1\nnext-by: 2027-02-21\n"),
        )
        return [f"step {number}" for number, is_good in enumerate(good, 1) if not is_good]

    return looked


def test_a_good_copy_passes_every_step_by_hand(by_hand: Any) -> None:
    assert by_hand() == []


def test_what_no_copy_needs_is_not_counted_by_hand(copy: Any, by_hand: Any) -> None:
    copy.write("site.torrent", b"d4:infoe").write("source.git/HEAD", b"ref: refs/heads/main\n")

    assert by_hand() == []


def _replace(copy: Any) -> None:
    elsewhere = shutil.move(copy.folder / "index.html", copy.folder.with_name("elsewhere"))
    (copy.folder / "index.html").symlink_to(elsewhere)


@pytest.mark.parametrize(
    ("alter", "step"),
    [
        (lambda copy: copy.write("index.html", b"others"), "step 4"),
        (lambda copy: (copy.folder / "index.html").unlink(), "step 4"),
        (lambda copy: copy.write("en/new.html", b"new"), "step 6"),
        (lambda copy: copy.write("RELEASE.sig.html", b"new"), "step 6"),
        (lambda copy: os.mkfifo(copy.folder / "pipe"), "step 5"),
        (_replace, "step 5"),
        (lambda copy: copy.write("LEDGER", b""), "step 3"),
        (lambda copy: copy.write("SHA256SUMS", b""), "step 3"),
        (lambda copy: copy.write("RELEASE", b"seq: 1\n"), "step 2"),
        (lambda copy: copy.signed("stranger"), "step 1"),
        (lambda copy: copy.signed("one", namespace="git"), "step 2"),
        (lambda copy: copy.next({"new.html": b"new"}), "step 7"),
    ],
)
def test_each_alteration_is_found_by_hand(
    copy: Any, by_hand: Any, alter: Any, step: str
) -> None:
    alter(copy)

    assert step in by_hand()


def test_one_page_is_checked_by_hand(copy: Any, run: Any) -> None:
    [block] = commands("verify.md", "By hand")[7:]

    assert run(block, copy.folder) == (0, "en/testimonies/t-1.html: OK\n")
    copy.write("en/testimonies/t-1.html", b"others")
    assert run(block, copy.folder)[0] == 1


def test_the_page_for_readers_has_the_same_commands() -> None:
    html = (PROJECT / "templates/verify.html").read_text("utf-8")
    found = re.findall(r"<(?:li|p dir=\"ltr\")><code>(.*?)</code>", html)
    shown = "\n".join(found).replace("&lt;", "<").replace("NAME", "editor@example.org")
    shown = shown.replace("{{ page.example }}", "en/testimonies/t-1.html")
    told = [*commands("verify.md", "By hand"), *commands("verify.md", "With the program")]
    lines = {line for block in told for line in block.splitlines()}
    only_there = {"grep '^files: ' RELEASE", "grep -E '^(seq|next-by): ' RELEASE"}
    assert {*shown.splitlines()} == lines - only_there


def test_the_fingerprints_of_a_list_are_shown(copy: Any, run: Any) -> None:
    [block] = commands("verify.md", "The list of signers")

    status, said = run(block, copy.folder)

    assert (status, said.count("SHA256:")) == (0, 3)


def test_the_program_is_called_as_the_page_says(copy: Any, run: Any, home: Path) -> None:

    today = datetime.datetime.now(datetime.UTC).date()
    copy.release({}, date=today, next_by=today + datetime.timedelta(days=90))
    [block] = commands("verify.md", "With the program")

    assert run(block, copy.folder) == (0, "")
    assert (home / "pinned/allowed_signers.seen").exists()


@pytest.fixture
def signers(home: Path, run: Any, tmp_path: Path) -> Callable[[str], dict[str, str]]:
    """Homes of three editors, each with a key made as the page says, without a passphrase."""
    [make] = commands("keys.md", "Making a key")

    def of(name: str) -> dict[str, str]:
        own = tmp_path / name
        if not own.exists():
            shutil.copytree(home, own)
            (own / "keys").mkdir()
            made = make.replace("ssh-keygen", "ssh-keygen -q -N ''", 1)
            assert run(made, own, HOME=str(own))[0] == 0
        return {"HOME": str(own), "PATH": f"{own}/bin:{os.environ['PATH']}"}

    return of


def _listed(homes: list[dict[str, str]]) -> str:
    keys = [Path(h["HOME"], "keys/site-release.pub").read_text().split() for h in homes]
    return "".join(
        f'e{n}@example.org namespaces="site-release",valid-before="20990101" {k[0]} {k[1]}\n'
        for n, k in enumerate(keys)
    )


def test_the_ceremony_the_next_signature_and_the_drill_work_as_the_page_says(
    site: Any, run: Any, signers: Any, tmp_path: Path
) -> None:
    homes = [signers(name) for name in ("a", "b", "c")]
    site.config(mirrors=True, address="https://archive.example.org/").testimony("t-1")
    site.write(".gitignore", ".cache/\npublic/\n")
    site.write("releases/allowed_signers", _listed(homes))
    pinned = tmp_path / "list"
    pinned.write_text(_listed(homes))
    first, second = commands("keys.md", "Each release")
    verify = f"aigaq mirror verify public --signers {pinned} --threshold 2"
    begin = "git init -q && git add -A && git commit -qm All"
    assert run(begin, site.root, **homes[0])[0] == 0

    for block, home in ((first, homes[0]), (second, homes[1])):
        for line in block.splitlines():
            status, said = run(line, site.root, **home)
            assert status == 0, (line, said)
    assert run(verify, site.root) == (0, "")

    site.write("releases/allowed_signers", _listed(homes[:2]))  # the third has lost the key
    assert run("git commit -qam 'A list of two'", site.root, **homes[0])[0] == 0
    for block, home in ((first, homes[0]), (second, homes[1])):
        for line in block.splitlines():
            status, said = run(line, site.root, **home)
            assert status == 0, (line, said)
    status, said = run(verify, site.root)
    assert (status, "A013" in said) == (0, True)

    revoked = Path(homes[1]["HOME"], "keys/site-release.pub")
    status, said = run(f"{verify} --revoked {revoked}", site.root)
    assert (status, "A007" in said) == (1, True)
    assert run(f"{verify} --pin", site.root)[0] == 0
    assert pinned.read_text() == _listed(homes[:2])
