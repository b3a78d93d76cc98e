"""The build date: an explicit input and never the clock, so that a commit has one result."""

from __future__ import annotations

import datetime
import subprocess
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def of_commit(root: Path) -> datetime.date | None:
    """The committer date of HEAD in UTC, or None where `root` is in no git repository."""
    try:
        done = subprocess.run(  # noqa: S603
            ["git", "-C", str(root), "log", "-1", "--no-show-signature", "--format=%ct"],  # noqa: S607
            capture_output=True,
            text=True,
            check=True,
            timeout=10,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    seconds = done.stdout.strip()
    return (
        datetime.datetime.fromtimestamp(int(seconds), datetime.UTC).date() if seconds else None
    )
