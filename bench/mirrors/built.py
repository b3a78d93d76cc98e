"""The same for an archive that is really built, packed and signed: also by git.

python -m bench.mirrors --only built [--testimonies 60]
"""

from __future__ import annotations

import datetime
import os
import shutil
import subprocess
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

from bench import corpus
from bench.mirrors import made, update

if TYPE_CHECKING:
    from pathlib import Path

_WHO = ("-c", "user.name=Placeholder", "-c", "user.email=p@example.org")
_PROGRAM = (sys.executable, "-c", "from aigaq import cli; cli.main()", "-q", "mirror")


def measured(testimonies: int, scratch: Path) -> list[update.Row]:
    """All routes, for a made-up archive of which one text is edited by a word."""
    signed, root = made.archive(scratch / "keys"), scratch / "site"
    corpus.write(root, testimonies)
    with (root / "site.yaml").open("a") as settings:
        settings.write("mirrors: true\n")
    (root / "releases").mkdir()
    (root / "releases/allowed_signers").write_bytes(signed.trust.pinned)
    (root / ".gitignore").write_text(".cache/\npublic/\n")
    _run("git", "init", "-q", root=root)
    shutil.copytree(_released(root, signed), scratch / "first")
    text = min((root / "content/testimonies").rglob("*.en.md"))
    head, _, body = text.read_text("utf-8").rpartition("---\n")
    first, _, rest = body.strip().partition(" ")
    text.write_text(f"{head}---\n{first} corrected {rest}\n", "utf-8")
    shutil.copytree(_released(root, signed), scratch / "second")
    os.environ["XDG_CACHE_HOME"] = str(scratch / "cache")  # where git keeps what it fetched
    trust = replace(signed.trust, now=datetime.datetime.now(datetime.UTC))
    routes = (*update.ROUTES, update.GIT)
    return list(update.measured(scratch / "first", scratch / "second", trust, routes))


def _released(root: Path, signed: made.Archive) -> Path:
    """Commits what is there, packs and signs it, and commits that."""
    _commit(root)
    _run(*_PROGRAM, "pack", "--source", root=root)
    _run(*_PROGRAM, "sign", "--key", str(signed.key), root=root)
    _commit(root)
    return root / "public"


def _commit(root: Path) -> None:
    _run("git", "add", "-A", root=root)
    _run("git", *_WHO, "commit", "-qm", "Work", root=root)


def _run(*command: str, root: Path) -> None:
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        raise SystemExit(done.stdout + done.stderr)
