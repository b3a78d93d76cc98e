"""The drill of docs/editors/when-a-name-slipped.md, to the letter, on a made-up archive."""

from __future__ import annotations

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

PAGE = Path(__file__).resolve().parents[1] / "docs/editors/when-a-name-slipped.md"
LATIN, CYRILLIC = "Placeholder Name", "Плейсхолдер Есім"
SLIPPED = "content/testimonies/t-0000.en.md"


def block(start: str) -> str:
    """The commands of the page that begin so."""
    shown = re.findall(r"^```sh\n(.*?)^```", PAGE.read_text("utf-8"), re.M | re.S)
    (found,) = (text for text in shown if text.startswith(start))
    return str(found)


class Desk:
    """A folder in which commands of the page are run, with its places put in for its names."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.vault = folder / "vault"
        self.vault.mkdir(parents=True)
        (self.vault / "names.txt").write_text(f"{LATIN} = x-1\n{CYRILLIC} = x-1\n", "utf-8")
        self.address = folder / "archive"

    def status(self, commands: str, *, within: str = ".") -> int:
        """Of the first command that fails."""
        for name, place in (("/media/vault", self.vault), ("ADDRESS", self.address)):
            commands = commands.replace(name, str(place))
        # What a hook or a developer has set is not meant here.
        kept = {k: v for k, v in os.environ.items() if not k.startswith("GIT_")}
        kept |= {"PATH": f"{Path(sys.executable).parent}:{kept['PATH']}"}
        kept |= {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
        for role in ("AUTHOR", "COMMITTER"):
            kept |= {f"GIT_{role}_NAME": "Desk", f"GIT_{role}_EMAIL": "desk@example.org"}
        run = subprocess.run(
            ["sh", "-e"], input=commands.encode(), cwd=self.folder / within, env=kept,
            capture_output=True, check=False,
        )  # fmt: skip
        return run.returncode

    def run(self, commands: str, *, within: str = ".") -> None:
        assert self.status(commands, within=within) == 0, commands

    def looked(self, clone: str) -> list[int]:
        """The exit status of each command of the page that looks for the name in a clone."""
        lines = block("git fetch").splitlines()
        return [self.status(line, within=clone) for line in lines]

    def lists(self) -> None:
        """The two lists, as the page shows them."""
        shown = re.split(r"^cat /media/vault/(\S+)\n", block("cat "), flags=re.M)[1:]
        for name, text in zip(shown[::2], shown[1::2], strict=True):
            (self.vault / name).write_text(text, "utf-8")


@pytest.fixture
def desk(site: Any, tmp_path: Path, lacking: Callable[[str], Any]) -> Desk:
    """An archive in which nothing has slipped yet."""
    if not shutil.which("git-filter-repo"):
        lacking("there is no git-filter-repo: run `make tools`")
    site.person("p-narrator", name="Nar Rator").testimony("t-1")
    desk = Desk(tmp_path / "desk")
    shutil.copytree(site.root, desk.address)
    desk.run("git init -q -b main\ngit add -A\ngit commit -qm Start", within="archive")
    return desk


def hide(desk: Desk) -> None:
    """The name, in every place of git that keeps one, and taken out again where it is seen."""
    text = desk.folder / "hiding" / SLIPPED
    text.write_text(f"{LATIN.upper()} saw it, said Name Placeholder.\n", "utf-8")
    (desk.folder / "hiding/note.txt").write_text(f"ask {CYRILLIC}\n", "utf-8")
    desk.run(
        f"""
        git add -A; git commit -qm 'Add a text'
        git rm -q {SLIPPED}; echo ask > note.txt
        git -c user.name='{LATIN}' commit -qam 'Forget {LATIN}' \
          --author='{LATIN} <placeholder@example.org>'
        git tag -a v1 -m 'Thanks to {CYRILLIC}'
        git push -q origin a-branch v1 a-branch:a-branch-with-the-name
        git push -q origin a-branch:main a-branch~1:refs/pull/1/head
        """,
        within="hiding",
    )


def test_a_name_is_found_and_taken_out_of_all_of_history(desk: Desk) -> None:
    desk.run(block("git clone --bare"))
    desk.address = desk.folder / "practice.git"
    hide(desk)

    desk.run("git clone -q ADDRESS copy")
    assert desk.looked("copy") == [0, 0, 2]

    desk.lists()
    desk.run(block("git clone --mirror"))
    desk.run("git clone -q ADDRESS again\ncd again\ntest -e note.txt")
    assert (
        desk.status("aigaq check --names /media/vault/names.txt --history", within="again") == 0
    )
    assert desk.looked("again") == [0, 0, 2], "a pull request is the code host's to remove"


def test_a_spelling_that_no_line_has_is_told_of_afterwards(desk: Desk) -> None:
    desk.run(block("git clone --bare"))
    desk.address = desk.folder / "practice.git"
    hide(desk)
    desk.lists()
    words = desk.vault / "words.txt"
    words.write_text(re.sub(r".*name,.*\n", "", words.read_text("utf-8")), "utf-8")
    rewriting = [one for one in block("git clone --mirror").splitlines() if "--path" not in one]
    desk.run("\n".join(rewriting))

    desk.run("git clone -q ADDRESS again")
    assert (
        desk.status("aigaq check --names /media/vault/names.txt --history", within="again") == 2
    )
