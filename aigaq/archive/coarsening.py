"""How exactly a protected person's places, dates and work may be told (`coarsen:`)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from aigaq.words import edtf, vocabularies
from aigaq.words.counted_dates import RelativeDate

if TYPE_CHECKING:
    from collections.abc import Iterable

    from aigaq.archive.visible import Seen
    from aigaq.words.edtf import EdtfDate

_WORK = frozenset({"worked-as", "studied", "appointed", "retired"})
_AREAS = vocabularies.COARSE_PLACES  # the widest first


@dataclass(frozen=True, slots=True)
class Coarseness:
    """What of somebody is told less exactly: the strictest of all who are concerned."""

    place: str = ""
    years: bool = False
    hides_work: bool = False

    def date(self, date: EdtfDate | None) -> EdtfDate | None:
        """A date of an event; the dates of publications are not asked here."""
        return edtf.coarsened(date) if date and self.years else date

    def counted(self, when: EdtfDate | RelativeDate | None) -> RelativeDate | None:
        """How a date was found; from that and the day of the text it could be found again."""
        return when if isinstance(when, RelativeDate) and not self.years else None

    def said(self, words: str) -> str:
        """The words that were used for a date; they are as exact as the date was."""
        return "" if self.years else words

    def hides(self, what: str) -> bool:
        """Whether a claim of this kind is not told at all."""
        return self.hides_work and what in _WORK


def of(seen: Seen, people: Iterable[str]) -> Coarseness:
    """How exactly what concerns all of `people` may be told."""
    everyone = seen.archive.people
    asked = [everyone[p].record.coarsen for p in people if p in everyone]
    given = [c for c in asked if c is not None]
    places = [c.place for c in given if c.place]
    return Coarseness(
        place=min(places, key=_AREAS.index, default=""),
        years=any(c.dates == "year" for c in given),
        hides_work=any(c.work == "hide" for c in given),
    )


def place(seen: Seen, place_id: str, coarseness: Coarseness) -> str:
    """The public id of a place, or of the area around it that may be told; empty for none."""
    if not coarseness.place:
        return seen.id(place_id)
    allowed = _AREAS[: _AREAS.index(coarseness.place) + 1]
    here, way = place_id, set[str]()
    while here in seen.archive.places and here not in way:
        record = seen.archive.places[here].record
        if record.type in allowed:
            return seen.id(here)
        way.add(here)
        here = record.in_
    return ""
