"""Events in the order of their dates, in two strands: what is reported, what was done for them.

Shared by the pages of people, places and years. An event without a known day stands apart; no
date is made up to put it in its place.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from aigaq.archive.public import Asked
from aigaq.pages import claims

if TYPE_CHECKING:
    from collections.abc import Iterable

    from aigaq.pages.claims import ClaimView, Entry

Strand = Literal["reported", "family"]

# Without a date these are facts, not events; they stand among what is said about a person.
_FACTS = frozenset(
    {"family-member", "ethnicity", "reason", "worked-as", "lived-in", "citizenship"}
)


@dataclass(frozen=True, slots=True)
class Event:
    """One event; its date is `entry.when`."""

    strand: Strand
    entry: ClaimView


@dataclass(frozen=True, slots=True)
class Timeline:
    """Dated events, earliest first, and those of which no day is known."""

    events: tuple[Event, ...] = ()
    undated: tuple[Event, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.events or self.undated)


def of(entries: Iterable[Entry], views: Iterable[ClaimView], *, person: str = "") -> Timeline:
    """The timeline of `entries` and their `claims.views`; `person` is whose page it is on."""
    shown = dict(zip(entries, views, strict=True))
    events = [(e, Event(strand(e, person), shown[e])) for e in claims.sort(shown)]
    return Timeline(
        tuple(event for entry, event in events if _is_dated(entry)),
        tuple(event for entry, event in events if not _is_dated(entry) and _is_event(entry)),
    )


def strand(entry: Entry, person: str = "") -> Strand:
    """`family` for what was asked, and for what happened to others because they spoke."""
    if isinstance(entry, Asked):
        return "family"
    return "family" if entry.because == "spoke" and entry.about != person else "reported"


def _is_dated(entry: Entry) -> bool:
    return entry.when is not None and entry.when.known_end is not None


def _is_event(entry: Entry) -> bool:
    return isinstance(entry, Asked) or entry.what not in _FACTS
