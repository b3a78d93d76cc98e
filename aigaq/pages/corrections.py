"""What was put right: on the page where all of it stands, and where the wrong words stood."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from aigaq.pages import moments

if TYPE_CHECKING:
    from collections.abc import Iterable

    from aigaq.archive.public import Correction
    from aigaq.pages.context import Context, Link, Phrase
    from aigaq.pages.moments import Moment


@dataclass(frozen=True, slots=True)
class Entry:
    """One correction; `record` is None where it is of the archive as a whole."""

    date: Moment | None
    record: Link | None
    what: Phrase


def views(corrections: Iterable[Correction], context: Context) -> tuple[Entry, ...]:
    """The newest first."""
    newest = sorted(corrections, key=lambda one: one.date.sort_key(), reverse=True)
    return tuple(
        Entry(
            moments.of(one.date, context),
            context.link(one.record) if context.knows(one.record) else None,
            context.pick(one.what),
        )
        for one in newest
    )
