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
    from collections.abc import Iterable, Iterator

    from aigaq.source.document import Source
    from aigaq.source.records import Records
    from aigaq.words.diagnostics import Diagnostic

PATH = "releases/LEDGER"

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
