"""The ledger of what has left the archive: `releases/LEDGER`, append-only, without any name.

One line an event, as mirrors get it: `ID SEQ` for what was published, `ID hidden SEQ DATE` for
what may return, `ID withdrawn SEQ DATE` for what may not. SEQ is the number of the release; `-`
stands there until the next release is packed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aigaq.source.schema.dates import Protect, day_of
from aigaq.words.diagnostics import Problem, Span

if TYPE_CHECKING:
    import datetime
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from aigaq.source.document import Source
    from aigaq.source.records import Records
    from aigaq.words.diagnostics import Diagnostic

FOLDER = "releases/"
PATH = f"{FOLDER}LEDGER"

NOT_A_LINE = Problem(
    "P026",
    "this is no line of the ledger",
    "Restore the file from git: `git checkout releases/LEDGER`. It is written by the program"
    " alone, and lines are only added to it.",
)
RETURNED = Problem(
    "P027",
    'the id "{id}" was withdrawn on {day} and may not return',
    "Delete this file, or write protect: withdrawn and nothing else. If there is a new consent,"
    " start a new text with a new id: mirrors refuse the old one.",
)

NOT_LAWFUL = Problem(
    "A041",
    "this line of the ledger cannot stand after those before it: {reason}",
    "Restore the file from git; lines are only added to it. In a copy of somebody else: do not"
    " use the copy, and ask the editors.",
)
VANISHED = Problem(
    "A058",
    '"{id}" was published in release {seq}, and there is no file of it any more',
    "Restore the file from git. To take it out for good, run `aigaq withdraw` on it; to keep it"
    " back for a while, write `protect: restricted` in it.",
)

_LINE = re.compile(
    r"(?P<id>[a-z0-9][a-z0-9-]*) (?:(?P<state>hidden|withdrawn) )?(?P<seq>\d+|-)"
    r"(?(state) (?P<day>\d{4}-\d\d-\d\d))"
)


@dataclass(frozen=True, slots=True)
class Entry:
    """An event. `state` is `published`, `hidden` or `withdrawn`; `seq` is None until packed."""

    id: str
    state: str
    seq: int | None
    day: datetime.date | None = None

    def __str__(self) -> str:
        """The line of the file."""
        state = [] if self.state == "published" else [self.state]
        seq = "-" if self.seq is None else str(self.seq)
        return " ".join([self.id, *state, seq, *([self.day.isoformat()] if self.day else [])])


def read(source: Source) -> tuple[tuple[Entry, ...], list[Diagnostic]]:
    """Every event, in the order of the lines."""
    entries, found = [], []
    for number, line in enumerate(source.text.splitlines(), start=1):
        entry = _entry(line)
        if entry is None:
            found.append(NOT_A_LINE.at(Span(source.path, number)))
        else:
            entries.append(entry)
    return tuple(entries), found


def _entry(line: str) -> Entry | None:
    parts = _LINE.fullmatch(line)
    day = day_of(parts["day"]) if parts and parts["day"] else None
    if parts is None or (parts["state"] and day is None):
        return None
    seq = None if parts["seq"] == "-" else int(parts["seq"])
    return Entry(parts["id"], parts["state"] or "published", seq, day)


def states(entries: Iterable[Entry]) -> dict[str, Entry]:
    """The last event of each id."""
    return {entry.id: entry for entry in entries}


def breaches(entries: Iterable[Entry], *, path: str, seq: int) -> list[Diagnostic]:
    """Lines that a ledger of release `seq` cannot have, for instance a return from withdrawal.

    Lines without a number wait for the next release, and stand last.
    """
    last: dict[str, Entry] = {}
    newest = 0
    found = []
    for number, entry in enumerate(entries, start=1):
        reason = _objection(entry, last.get(entry.id), newest, seq)
        if reason:
            found.append(NOT_LAWFUL.at(Span(path, number), reason=reason))
        last[entry.id] = entry
        newest = max(newest, seq + 1 if entry.seq is None else entry.seq)
    return found


def _objection(entry: Entry, before: Entry | None, newest: int, seq: int) -> str:
    state = before.state if before else ""
    if entry.seq is not None and not newest <= entry.seq <= seq:
        return "the numbers of releases only grow"
    if state == "withdrawn":
        return "what was withdrawn does not return"
    if entry.state == "published" == state:
        return "it is published already"
    if entry.state == "hidden" and state != "published":
        return "only what was published can be hidden"
    return ""


def grown(
    entries: Sequence[Entry],
    *,
    published: Collection[str],
    there: Collection[str],
    withdrawn: Collection[str],
    seq: int,
    day: datetime.date,
) -> tuple[tuple[Entry, ...], list[Diagnostic]]:
    """The ledger of release `seq`: the lines that waited for it, and what changed since.

    `published` are the ids that the release shows, `there` those that have a file, `withdrawn`
    those whose file says so. What was shown and has neither is an error.
    """
    whole = [Entry(e.id, e.state, seq if e.seq is None else e.seq, e.day) for e in entries]
    last = states(whole)
    shown = {i for i, entry in last.items() if entry.state == "published"}
    lost = shown - {*published, *there}
    new = {i: Entry(i, "published", seq) for i in {*published} - shown}
    for gone in shown - {*published} - lost:
        state = "withdrawn" if gone in withdrawn else "hidden"
        new[gone] = Entry(gone, state, seq, day)
    found = [VANISHED.at(Span(PATH), id=i, seq=last[i].seq) for i in sorted(lost)]
    return (*whole, *(new[i] for i in sorted(new))), found


def returned(entries: Iterable[Entry], written: Records) -> list[Diagnostic]:
    """Every file whose id was withdrawn, unless it says no more than that."""
    gone = {entry.id: entry.day for entry in entries if entry.state == "withdrawn"}
    return [
        RETURNED.at(span, id=record_id, day=str(gone[record_id]))
        for record_id, protect, span in _protected(written)
        if record_id in gone and protect.level != "withdrawn"
    ]


def _protected(written: Records) -> Iterator[tuple[str, Protect, Span]]:
    for text in written.texts:
        yield text.id, text.record.protect, Span(text.path)
    for one in written.translations:
        yield one.id, Protect(), Span(one.path)
    for draft in written.unfinished:
        yield draft.id, Protect(), Span(draft.path)
    for person in written.people:
        yield person.id, person.record.protect, Span(person.path)
    for group in written.groups:
        yield group.id, group.record.protect, Span(group.path)
