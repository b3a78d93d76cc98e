"""What git says of a site's folder, and of no other, whatever a hook has in its environment."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

from aigaq.output import cache
from aigaq.words.diagnostics import Problem, Severity, Span

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from aigaq.words.diagnostics import Diagnostic

CARRIED = Problem(
    "X041",
    "the cache is in the repository: a build would believe whatever was committed there, and"
    " not convert, clean or look through it again",
    "Run `git rm -r .cache` and commit that. If you do not know who added it, ask for help:"
    " somebody may want words or scripts on the site that nobody wrote.",
)
SILENT = Problem(
    "X042",
    "git says nothing of this folder ({reason}): the build date is not that of the last commit,"
    " and nobody sees whether a cache was committed",
    "If the folder is yours, run `git config --global --add safe.directory '{folder}'`. Then"
    " see that `git log` works here.",
    Severity.WARNING,
)


def asked(root: Path, *arguments: str) -> str | None:
    """What git answers in `root`; None where it is in no repository, or there is no git."""
    said = _said(root, *arguments)
    return None if said is None else said.decode("utf-8", "surrogateescape")


def committed(root: Path, path: str, commit: str = "HEAD") -> bytes | None:
    """A file as it was committed, by its path from `root`; None where there is none."""
    return _said(root, "cat-file", "blob", f"{commit}:./{path}")


def uncommitted(root: Path) -> list[str] | None:
    """What git would call changed or new below `root`, each file; None without git."""
    said = asked(
        root,
        *("--no-optional-locks", "status", "--porcelain", "--no-renames"),
        *("--untracked-files=all", "-z", "."),
    )
    return None if said is None else _paths(root, (entry[3:] for entry in said.split("\0")))


def changed(root: Path, since: str) -> list[str] | None:
    """What differs below `root` between a commit and HEAD; None where it is not here."""
    said = asked(root, "diff", "--name-only", "--no-renames", "-z", since, "HEAD", "--", ".")
    return None if said is None else _paths(root, said.split("\0"))


def changed_since(root: Path, ref: str) -> list[str] | None:
    """What is other than where the work parted from `ref`, a branch or commit; else None."""
    commit = asked(root, "rev-parse", "--verify", "-q", "--end-of-options", f"{ref}^{{commit}}")
    base = asked(root, "merge-base", commit.strip(), "HEAD") if commit else None
    committed_since = changed(root, base.strip()) if base else None
    if committed_since is None:
        return None
    return sorted({*committed_since, *(uncommitted(root) or ())})


def tracked(root: Path) -> frozenset[str]:
    """Every file below `root` that git knows."""
    return frozenset((asked(root, "ls-files", "-z") or "").split("\0"))


def problems(root: Path) -> tuple[Diagnostic, ...]:
    """An error where the cache came with the repository: its checksums anybody can make.

    A warning where there is a repository and git does not answer: it looks into none that
    another user of the computer owns.
    """
    done = _done(root, "ls-files", "--", cache.FOLDER)
    if done and not done.returncode:
        return (CARRIED.at(Span(cache.FOLDER)),) if done.stdout else ()
    top = next((place for place in (root, *root.parents) if (place / ".git").exists()), None)
    if top is None:
        return ()
    reason = "it cannot be run" if done is None else "it cannot read the repository"
    if done and b"dubious ownership" in done.stderr:
        reason = "it belongs to another user of this computer"
    return (SILENT.at(Span(".git"), reason=reason, folder=top),)


def _paths(root: Path, named: Iterable[str]) -> list[str]:
    """Paths from `root`: git names them from the top of its own folder."""
    above = (asked(root, "rev-parse", "--show-prefix") or "").removesuffix("\n")
    return [path.removeprefix(above) for path in named if path]


def _said(root: Path, *arguments: str) -> bytes | None:
    done = _done(root, *arguments)
    return done.stdout if done and not done.returncode else None


def _done(root: Path, *arguments: str) -> subprocess.CompletedProcess[bytes] | None:
    own = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    own |= {"LC_ALL": "C", "LANGUAGE": ""}
    command = ["git", "--no-replace-objects", "-C", str(root), *arguments]
    try:
        return subprocess.run(command, env=own, capture_output=True, check=False, timeout=60)  # noqa: S603
    except (OSError, subprocess.SubprocessError):
        return None
