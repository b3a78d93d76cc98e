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
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from aigaq.pages.claims import ClaimView, Entry
    from aigaq.pages.silences import Silence, SilenceView
    from aigaq.words.edtf import EdtfDate

Strand = Literal["reported", "asked", "reprisal"]

# Without a date these are facts, not events; they stand among what is said about a person.
_FACTS = frozenset(
    {"family-member", "ethnicity", "reason", "worked-as", "lived-in", "citizenship"}
)


@dataclass(frozen=True, slots=True)
class Event:
    """One event; its date is `entry.when`.

    `shape` are the classes that draw the date: `span`, `open-start`, `open-end`, `about`,
    `uncertain`. `is_own` is what is said of the person whose page it is, and of nobody else.
    `is_impossible`: with what else is told, its date makes an order that cannot be.
    """

    strand: Strand
    entry: ClaimView
    shape: tuple[str, ...] = ()
    is_own: bool = False
    silence: SilenceView | None = None  # what follows it
    is_impossible: bool = False


@dataclass(frozen=True, slots=True)
class Timeline:
    """Dated events, earliest first, and those of which no day is known."""

    events: tuple[Event, ...] = ()
    undated: tuple[Event, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.events or self.undated)


def of(
    entries: Iterable[Entry],
    views: Iterable[ClaimView],
    *,
    person: str = "",
    silences: Iterable[tuple[Silence, SilenceView]] = (),
    impossible: Collection[Entry] = (),
) -> Timeline:
    """The timeline of `entries` and their `claims.views`; `person` is whose page it is on.

    `impossible` are those whose dates make an order that cannot be.
    """
    shown = dict(zip(entries, views, strict=True))
    ordered = claims.sort(shown)
    dated = [entry for entry in ordered if is_dated(entry)]
    after = {_before(silence, dated): drawn for silence, drawn in silences if dated}
    return Timeline(
        tuple(
            event(
                entry,
                shown[entry],
                person,
                after.get(entry),
                is_impossible=entry in impossible,
            )
            for entry in dated
        ),
        tuple(
            event(entry, shown[entry], person)
            for entry in ordered
            if not is_dated(entry) and _is_event(entry)
        ),
    )


def _before(silence: Silence, dated: Sequence[Entry]) -> Entry:
    """The last event that had begun when a silence did; of one that lasts, the last of all."""
    begun = [e for e in dated if e.when and _is_by(e.when, silence)]
    return begun[-1] if begun and silence.end else dated[-1]


def _is_by(date: EdtfDate, silence: Silence) -> bool:
    start = silence.start.latest
    return start is not None and date.known_end is not None and date.known_end <= start


def event(
    entry: Entry,
    shown: ClaimView,
    person: str = "",
    silence: SilenceView | None = None,
    *,
    is_impossible: bool = False,
) -> Event:
    """One entry with its view, on the page of `person` or another's."""
    return Event(
        strand(entry, person),
        shown,
        tuple(_shape(entry.when)),
        bool(person) and entry.about in (person, (person,)),
        silence,
        is_impossible,
    )


def strand(entry: Entry, person: str = "") -> Strand:
    """What was `asked`, what happened to others because they spoke, and what is reported."""
    if isinstance(entry, Asked):
        return "asked"
    return "reprisal" if entry.because == "spoke" and entry.about != person else "reported"


def is_dated(entry: Entry) -> bool:
    """Whether it has a place on a timeline."""
    return entry.when is not None and entry.when.known_end is not None


def _is_event(entry: Entry) -> bool:
    return isinstance(entry, Asked) or entry.what not in _FACTS


def _shape(date: EdtfDate | None) -> Iterator[str]:
    if date is None:
        return
    if date.kind == "interval":
        yield "span"
    if date.earliest is None:
        yield "open-start"
    if date.latest is None:
        yield "open-end"
    if date.approximate or (date.kind == "one-of" and not date.sense):
        yield "about"
    if date.uncertain:
        yield "uncertain"
