"""Editors and keepers of mirrors, who type what docs/mirrors says, each at their own home."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
DOCS = PROJECT / "docs/mirrors"


def blocks(page: str, heading: str, language: str = "sh") -> list[str]:
    """What a section of a page tells to copy."""
    text = (DOCS / page).read_text("utf-8")
    section = text.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    assert section, f"{page} has no {heading}"
    return re.findall(rf"^```{language}\n(.*?)^```$", section, re.DOTALL | re.MULTILINE)


class Person:
    """A home with the program and a name for commits."""

    def __init__(self, home: Path) -> None:
        self.home = home
        (home / "bin").mkdir(parents=True)
        self.program(home / "bin/aigaq")
        who = "[user]\nname = Placeholder\nemail = p@example.org\n"
        (home / ".gitconfig").write_text(f"{who}[init]\ndefaultBranch = main\n")

    @staticmethod
    def program(place: Path) -> None:
        """The program, where somebody would have it."""
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(
            f'#!/bin/sh\nexec "{sys.executable}" "{PROJECT / "build.py"}" -q "$@"\n'
        )
        place.chmod(0o755)

    def ran(self, block: str, folder: Path | None = None, **instead: str) -> tuple[int, str]:
        """Status and words of a block, in which names may stand for others."""
        for name, real in instead.items():
            assert name in block, (name, block)
            block = block.replace(name, real)
        own = {"PATH": f"{self.home}/bin:{os.environ['PATH']}", "HOME": str(self.home)}
        done = subprocess.run(
            ["sh", "-e", "-c", block],
            cwd=folder or self.home,
            env=own | {"LC_ALL": "C"},
            capture_output=True,
            text=True,
            check=False,
        )
        return done.returncode, done.stdout + done.stderr

    def types(self, block: str, folder: Path | None = None, **instead: str) -> str:
        """What a block says that has to work."""
        status, said = self.ran(block, folder, **instead)
        assert status == 0, (block, said)
        return said


class Editor(Person):
    """Somebody who signs: with a key, made as the page says but for its passphrase."""

    def __init__(self, home: Path) -> None:
        super().__init__(home)
        self.backup = home / "backup"
        (home / "keys").mkdir()
        [make] = blocks("keys.md", "Making a key")
        self.types(make.replace("ssh-keygen", "ssh-keygen -q -N ''", 1))
        shutil.copytree(home / "keys", self.backup)

    @property
    def public(self) -> str:
        return " ".join((self.home / "keys/site-release.pub").read_text().split()[:2])

    @property
    def notes(self) -> dict[str, str]:
        """Of what was signed, beside the real key."""
        return {p.name: p.read_text() for p in (self.home / "keys").glob("*.signed")}


def listed(editors: list[Editor]) -> str:
    """A list of signers, `e1@example.org` and on."""
    who = 'namespaces="site-release",valid-before="20990101"'
    return "".join(f"e{n}@example.org {who} {e.public}\n" for n, e in enumerate(editors, 1))
