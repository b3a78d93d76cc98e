"""The build date: an explicit input and never the clock, so that a commit has one result."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from aigaq.output import repository

if TYPE_CHECKING:
    from pathlib import Path


def of_commit(root: Path) -> datetime.date | None:
    """The committer date of HEAD in UTC, or None where `root` is in no git repository."""
    said = repository.asked(root, "log", "-1", "--no-show-signature", "--format=%ct")
    seconds = (said or "").strip()
    return (
        datetime.datetime.fromtimestamp(int(seconds), datetime.UTC).date() if seconds else None
    )
