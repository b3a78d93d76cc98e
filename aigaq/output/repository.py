"""What git says of a site's folder, and of no other, whatever a hook has in its environment."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

from aigaq.output import cache
from aigaq.words.diagnostics import Problem, Span

if TYPE_CHECKING:
    from pathlib import Path

    from aigaq.words.diagnostics import Diagnostic

CARRIED = Problem(
    "X041",
    "the cache is in the repository: a build would believe whatever was committed there, and"
    " not convert, clean or look through it again",
    "Run `git rm -r .cache` and commit that. If you do not know who added it, ask for help:"
    " somebody may want words or scripts on the site that nobody wrote.",
)


def asked(root: Path, *arguments: str) -> str | None:
    """What git answers in `root`; None where it is in no repository, or there is no git."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    command = ["git", "--no-replace-objects", "-C", str(root), *arguments]
    try:
        done = subprocess.run(  # noqa: S603
            command, env=own, capture_output=True, text=True, check=True, timeout=10
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout


def carried_cache(root: Path) -> tuple[Diagnostic, ...]:
    """An error where the cache came with the repository: its checksums anybody can make."""
    return (
        (CARRIED.at(Span(cache.FOLDER)),) if asked(root, "ls-files", "--", cache.FOLDER) else ()
    )
