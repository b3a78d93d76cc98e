"""`RELEASE`: the few lines that are signed, and by which all other bytes are known."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aigaq.mirror import manifest
from aigaq.words.diagnostics import Problem, Span

if TYPE_CHECKING:
    from aigaq.words.diagnostics import Diagnostic

NOT_A_RELEASE = Problem(
    "A002",
    "this is not written as a RELEASE is",
    "Do not use this copy; take another one. If it is your own, make it anew with"
    " `aigaq mirror pack`.",
)

VALID = datetime.timedelta(days=90)  # until when the next release is promised
FIRST = "-"  # stands for the release before the first
LARGEST = 4096  # bytes

_SHAPE = re.compile(
    r"site: (?P<site>https?://[!-~]+)\n"
    r"seq: (?P<seq>[1-9][0-9]{0,8})\n"
    r"date: (?P<date>\d{4}-\d\d-\d\d)\n"
    r"commit: (?P<commit>[0-9a-f]{40}|[0-9a-f]{64})\n"
    r"(?:source: (?P<source>[0-9a-f]{64})\n)?"
    r"engine: (?P<engine>[ -~]+)\n"
    r"files: (?P<files>[1-9][0-9]{0,8})\n"
    r"previous: (?P<previous>[0-9a-f]{64}|-)\n"
    r"next-by: (?P<next_by>\d{4}-\d\d-\d\d)\n"
    rf"(?P<manifest>[0-9a-f]{{64}})  {manifest.NAME}\n"
    rf"(?P<ledger>[0-9a-f]{{64}})  {manifest.LEDGER}\n",
    re.ASCII,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """What is signed. `manifest`, `ledger` and `previous` are digests; `files` counts paths.

    `commit` is that of the editors' repository, `source` the digest of the sources that go with
    the release, if any do; `next_by` is the day after which this release is stale.
    """

    site: str
    seq: int
    date: datetime.date
    commit: str
    engine: str
    files: int
    previous: str
    next_by: datetime.date
    manifest: str
    ledger: str
    source: str = ""

    def __str__(self) -> str:
        """The file, in the only way in which it may be written."""
        lines = (
            f"site: {self.site}",
            f"seq: {self.seq}",
            f"date: {self.date}",
            f"commit: {self.commit}",
            *([f"source: {self.source}"] if self.source else []),
            f"engine: {self.engine}",
            f"files: {self.files}",
            f"previous: {self.previous}",
            f"next-by: {self.next_by}",
            f"{self.manifest}  {manifest.NAME}",
            f"{self.ledger}  {manifest.LEDGER}",
        )
        return "".join(f"{line}\n" for line in lines)


def read(data: bytes) -> tuple[Release | None, list[Diagnostic]]:
    """The release, or that this is none."""
    found = _SHAPE.fullmatch(data.decode("ascii", "replace"))
    try:
        if found:
            return _release(found), []
    except ValueError:  # a day that no calendar has
        pass
    return None, [NOT_A_RELEASE.at(Span(manifest.STATEMENT))]


def _release(found: re.Match[str]) -> Release:
    return Release(
        site=found["site"],
        seq=int(found["seq"]),
        date=datetime.date.fromisoformat(found["date"]),
        commit=found["commit"],
        engine=found["engine"],
        files=int(found["files"]),
        previous=found["previous"],
        next_by=datetime.date.fromisoformat(found["next_by"]),
        manifest=found["manifest"],
        ledger=found["ledger"],
        source=found["source"] or "",
    )
