"""What a checker has seen of an archive, so that no old release passes for the newest."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aigaq.mirror import manifest
from aigaq.output import aside, refusal
from aigaq.words.diagnostics import Problem, Severity, Span

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterator
    from pathlib import Path

    from aigaq.mirror.statement import Release
    from aigaq.words.diagnostics import Diagnostic

STALE = Problem(
    "A020",
    "this release is stale: the next one was promised by {day}",
    "Take another copy: this one may keep back what was withdrawn or added since. If no copy is"
    " newer, ask the editors.",
)
ROLLED_BACK = Problem(
    "A021",
    "this is release {seq}, and you have seen release {seen} already",
    "Take another copy: this one was not brought up to date, or was set back.",
)
FORKED = Problem(
    "A022",
    "there are two different releases {seq}, both signed: this one is not the one that you saw",
    "Keep both RELEASE files with their signatures, and ask the editors by another way: a key"
    " may be in wrong hands.",
)
BROKEN_CHAIN = Problem(
    "A023",
    "this release does not follow the release {seen} that you saw: it names another one",
    "Keep both RELEASE files with their signatures, and ask the editors by another way: a key"
    " may be in wrong hands.",
)
SHRUNKEN = Problem(
    "A042",
    "the ledger does not go on from the one that you saw: lines are gone or changed",
    "Do not use this copy: texts may have been taken out in silence. Ask the editors.",
)
MOVED = Problem(
    "A025",
    "the archive says that it stands at {site} now, and not at {seen} any more",
    "Its signers say so; nothing is to be done. Tell readers the new address.",
    Severity.WARNING,
)
NOT_A_MEMORY = Problem(
    "A024",
    "this file should hold what you saw last of the archive, and cannot be read",
    "Restore it from a backup. If there is none, delete it: the next check begins anew, and"
    " cannot tell whether the copy was set back.",
)

OLD = frozenset({STALE.code, ROLLED_BACK.code})
_SHAPE = re.compile(
    r"site: (?P<site>\S+)\nseq: (?P<seq>\d{1,9})\nrelease: (?P<release>[0-9a-f]{64})\n"
    r"ledger: (?P<size>\d{1,12}) (?P<ledger>[0-9a-f]{64})\n",
    re.ASCII,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """The newest release that was accepted: digests of its RELEASE and of its whole ledger."""

    site: str
    seq: int
    release: str
    size: int  # bytes of the ledger
    ledger: str

    def __str__(self) -> str:
        """The file."""
        return (
            f"site: {self.site}\nseq: {self.seq}\nrelease: {self.release}\n"
            f"ledger: {self.size} {self.ledger}\n"
        )


def of(release: Release, statement: bytes, ledger: bytes) -> Seen:
    return Seen(
        site=release.site,
        seq=release.seq,
        release=manifest.digest(statement),
        size=len(ledger),
        ledger=manifest.digest(ledger),
    )


def read(path: Path) -> Seen | None:
    """What was seen; None where there is no such file. Raises `Refused` for any other file."""
    try:
        found = _SHAPE.fullmatch(path.read_text("utf-8", errors="replace"))
    except FileNotFoundError:
        return None
    except OSError:
        found = None
    if found is None:
        raise refusal.Refused(NOT_A_MEMORY.at(Span(str(path))))
    return Seen(
        site=found["site"],
        seq=int(found["seq"]),
        release=found["release"],
        size=int(found["size"]),
        ledger=found["ledger"],
    )


def write(path: Path, seen: Seen) -> None:
    """Remembers; whole or not at all. Raises `NotPossibleNow` where the disk refuses."""
    replace(path, str(seen).encode())


def replace(path: Path, data: bytes) -> None:
    """Writes a file that readers see whole, old or new."""
    with refusal.disk_errors(path):
        aside.replace(path, data, for_all=True)


def objections(seen: Seen | None, now: Seen, previous: str) -> Iterator[Diagnostic]:
    """What speaks against a release that is signed well, from what was seen before.

    `previous` is the digest of the release before it, as it says itself.
    """
    span = Span(manifest.STATEMENT)
    if seen is None:
        return
    if now.seq < seen.seq:
        yield ROLLED_BACK.at(span, seq=now.seq, seen=seen.seq)
    elif now.seq == seen.seq and now.release != seen.release:
        yield FORKED.at(span, seq=now.seq)
    elif now.seq == seen.seq + 1 and previous != seen.release:
        yield BROKEN_CHAIN.at(span, seen=seen.seq)
    if now.site != seen.site:
        yield MOVED.at(span, site=now.site, seen=seen.site)


def goes_on(seen: Seen | None, ledger: bytes) -> bool:
    """Whether a ledger begins with all that was seen of it before."""
    return seen is None or manifest.digest(ledger[: seen.size]) == seen.ledger


def stale(release: Release, today: datetime.date) -> Iterator[Diagnostic]:
    """Whether the next release is overdue; `today` is the day in UTC."""
    if today > release.next_by:
        yield STALE.at(Span(manifest.STATEMENT), day=release.next_by)
