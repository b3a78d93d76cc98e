"""How exactly a protected person's places, dates, work and words may be told (`coarsen:`)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from aigaq.words import edtf, vocabularies
from aigaq.words.counted_dates import RelativeDate
from aigaq.words.localised import Localised

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from aigaq.archive.visible import Seen
    from aigaq.source.schema.records import Coarsen
    from aigaq.words.edtf import EdtfDate

_WORK = frozenset({"worked-as", "studied", "appointed", "retired"})
_AREAS = vocabularies.COARSE_AREAS


@dataclass(frozen=True, slots=True)
class Coarseness:
    """What of somebody is told less exactly: the strictest of all who are concerned."""

    place: str = ""
    years: bool = False
    hides_work: bool = False
    hides_words: bool = False

    def date(self, date: EdtfDate | None) -> EdtfDate | None:
        """A date of an event; the dates of publications are not asked here."""
        return edtf.coarsened(date) if date and self.years else date

    def counted(self, when: EdtfDate | RelativeDate | None) -> RelativeDate | None:
        """How a date was found; from that and the day of the text it could be found again."""
        return when if isinstance(when, RelativeDate) and not self.years else None

    def said(self, words: str) -> str:
        """The words that were used for a date; they are as exact as the date was."""
        return "" if self.years else self.plain(words)

    def plain(self, words: str) -> str:
        """Free words: nobody knows how exact they are."""
        return "" if self.hides_words else words

    def words(self, words: Localised) -> Localised:
        """The same in several languages."""
        return Localised() if self.hides_words else words

    def hides(self, what: str) -> bool:
        """Whether a claim of this kind is not told at all."""
        return self.hides_work and what in _WORK


_EXACT = Coarseness()


def of(seen: Seen, people: Iterable[str]) -> Coarseness:
    """How exactly what concerns all of `people`, and those whose groups they are, may be told.

    Who leaves no trace is not asked: that something is told less exactly would be one.
    """
    everyone = seen.archive.people
    given = [
        coarsen
        for p in concerned(seen, people)
        if p in everyone and (coarsen := everyone[p].record.coarsen) and not seen.is_hidden(p)
    ]
    if not given:
        return _EXACT
    places = [c.place for c in given if c.place in _AREAS]
    return Coarseness(
        place=min(places, key=_AREAS.index, default=""),
        years=any(c.dates == "year" for c in given),
        hides_work=any(c.work == "hide" for c in given),
        hides_words=any(_hides_words(c) for c in given),
    )


def concerned(seen: Seen, people: Iterable[str]) -> Iterator[str]:
    """People; for a group the one whose it is, of whom it tells."""
    groups = seen.archive.groups
    for one in people:
        yield groups[one].record.of if one in groups else one


def _hides_words(coarsen: Coarsen) -> bool:
    """Words would say again what is told less exactly, unless somebody read them for that."""
    is_coarse = coarsen.place in _AREAS or coarsen.dates == "year" or coarsen.work == "hide"
    return coarsen.words == "hide" or (is_coarse and coarsen.words != "exact")


def is_fine(place_type: str) -> bool:
    """Whether a place of this type is smaller than the areas that `coarsen:` knows."""
    return place_type not in _AREAS


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


def who(seen: Seen, somebody: str, coarseness: Coarseness) -> str:
    """A public id, or words where they may be told."""
    shown = seen.who(somebody)
    return shown if seen.is_record(somebody) else coarseness.plain(shown)


def authority(seen: Seen, office: str, coarseness: Coarseness) -> str:
    """Who did it, as a public id or words; the office of a town tells the town."""
    return "" if coarseness.place else who(seen, office, coarseness)
