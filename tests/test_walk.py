"""An editor's way from nothing to a site, by docs/editors alone.

Written, translated, published, withdrawn: what is typed and what stands in the files is taken
from the pages themselves.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

PROJECT = Path(__file__).resolve().parents[1]
EDITORS = PROJECT / "docs/editors"
KEYS = ("NAME", "EMAIL")
HOST = "host.example.org:archive/"
SECOND = (  # what the text with claims needs, each from the page that explains it
    ("people-and-names", "content/places/pl-1h5r.yaml"),
    ("people-and-names", "content/places/pl-6g0x.yaml"),
    ("web-form", "content/people/p-6k3t.yaml"),
    ("withdrawal", "content/consent/c-7m2p.yaml"),
    ("claims", "content/testimonies/t-4v6b.en.md"),
)
TRANSLATED = (
    ("going-online", "site.yaml"),
    ("translations", "content/testimonies/t-2k5m.kk.md"),
    ("translations", "content/pages/about.en.md"),
    ("translations", "content/pages/about.kk.md"),
)


class Walk:
    """A folder, and a shell in it that knows `aigaq`; `host` and `server` are folders, too."""

    def __init__(self, folder: Path) -> None:
        self.root, self.host, self.server = (folder / one for one in ("archive", "host", "web"))
        for one in (self.root, self.server, folder / "bin"):
            one.mkdir()
        command = [sys.executable, "-c", "from aigaq.cli import main; main()"]
        (folder / "bin/aigaq").write_text(f'#!/bin/sh\nexec {shlex.join(command)} "$@"\n')
        (folder / "bin/aigaq").chmod(0o755)
        who = {f"GIT_{role}_{key}": "Desk" for role in ("AUTHOR", "COMMITTER") for key in KEYS}
        self.environment = {
            **os.environ,
            **who,
            "PATH": f"{folder / 'bin'}:{os.environ['PATH']}",
            "PYTHONPATH": str(PROJECT),
            "GIT_CONFIG_GLOBAL": os.devnull,
        }

    def type(self, lines: str) -> str:
        """What the lines show; every one of them must work."""
        lines = lines.replace("ADDRESS", str(self.host)).replace(HOST, f"{self.server}/")
        done = subprocess.run(
            ["sh", "-e", "-c", lines],
            cwd=self.root,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"{lines}\n{done.stdout}{done.stderr}"
        return done.stdout

    def save(self, page: str, path: str) -> None:
        """A file as it stands on a page."""
        named = rf"[^\n]*`{re.escape(path)}`\n\n```\w+\n(.*?)^```$"
        found = re.search(named, page_of(page), re.DOTALL | re.MULTILINE)
        assert found, f"{page} does not show {path}"
        (self.root / path).parent.mkdir(parents=True, exist_ok=True)
        (self.root / path).write_text(found[1], "utf-8")

    def published(self) -> set[str]:
        files = (path for path in self.server.rglob("*.html") if path.is_file())
        return {path.relative_to(self.server).as_posix() for path in files}


def page_of(page: str) -> str:
    return (EDITORS / f"{page}.md").read_text("utf-8")


def commands(page: str, heading: str = "") -> list[str]:
    """What a page says to type, from a heading to the next."""
    part = page_of(page).partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    found = re.findall(r"^( *)```sh\n(.*?)^ *```$", part, re.DOTALL | re.MULTILINE)
    return [re.sub(rf"(?m)^{indent}", "", lines) for indent, lines in found]


def test_a_story_is_written_translated_published_and_withdrawn_by_the_pages_alone(
    tmp_path: Path, lacking: Callable[[str], Any]
) -> None:
    for program in ("git", "rsync"):
        shutil.which(program) or lacking(f"there is no {program} here")
    walk = Walk(tmp_path)

    for path in re.findall(r"`((?:content/|site)\S+)`\n\n```", page_of("first-testimony")):
        walk.save("first-testimony", path)
    walk.type(commands("first-testimony", "Getting the program")[-1])
    for page, path in (*SECOND, *TRANSLATED):
        walk.save(page, path)
    walk.type("aigaq report translations --stamp t-2k5m.kk")

    subprocess.run(["git", "init", "-q", "--bare", walk.host], check=True)
    (first,) = commands("going-online", "To the code host, the first time")
    (build,) = commands("going-online", "From your computer to a server")
    walk.type(first)
    assert walk.type("aigaq check") == "0 errors, 0 warnings in 13 files.\n"
    walk.type(build)
    told = {f"en/testimonies/{one}.html" for one in ("t-2k5m", "t-4v6b")}
    assert told | {"kk/testimonies/t-2k5m.html", "en/people/p-6k3t.html"} <= walk.published()
    assert "who saw it" in (walk.server / "en/people/p-8d2r.html").read_text("utf-8")

    save, withdraw, check, keep = commands("withdrawal", "For good")
    with pytest.raises(AssertionError, match="nothing to commit"):
        walk.type(save)  # all is committed already
    walk.type(withdraw)
    walk.type(check)
    walk.type(keep)
    walk.type(build)
    assert "t-4v6b" not in str(walk.published())
    assert "study" not in (walk.server / "en/people/p-8d2r.html").read_text("utf-8")
    ledger = walk.type(f"git --git-dir {walk.host} show main:releases/LEDGER")
    assert ledger.startswith("t-4v6b withdrawn ")
