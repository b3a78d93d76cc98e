"""Long stretches of which nothing is told about somebody who was taken.

Drawn only where the dates leave no doubt: not beside a date that was counted or is in doubt,
not where something is told without a date that may have been then, and up to the day of the
build only while the last word is that they are still held.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aigaq.archive.public import Claim
from aigaq.pages import moments, statuses
from aigaq.words import edtf, vocabularies

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from aigaq.pages.claims import Entry
    from aigaq.pages.context import Context
    from aigaq.pages.moments import Amount, Moment
    from aigaq.words.edtf import EdtfDate

_NEWS = ("detention", "contact", "sentence", "pressure", "coercion", "life")
_LASTING = ("background", "family", "reason")


@dataclass(frozen=True, slots=True)
class Silence:
    """From `start` to `end` (None: to the build), in full `years`.

    Nothing is told of a date after `start` and before `end`; `years` are those in which nothing
    can have been even where a date is "about".
    """

    start: EdtfDate
    end: EdtfDate | None
    years: int


@dataclass(frozen=True, slots=True)
class SilenceView:
    """A silence in words."""

    start: Moment | None
    end: Moment | None
    years: Amount


@dataclass(frozen=True, slots=True)
class _News:
    """Something told of a stretch of time; `claim` is None where it has no date of its own."""

    first: datetime.date
    last: datetime.date
    date: EdtfDate
    claim: Claim | None = None

    @property
    def is_sure(self) -> bool:
        return not (self.date.uncertain or (self.claim and self.claim.counted))


def of(
    entries: Iterable[Entry], person: str, told: statuses.Told, until: datetime.date | None
) -> tuple[Silence, ...]:
    """The silences about `person`; `until` is the day of the build if they are still held."""
    about = [e for e in entries if isinstance(e, Claim) and e.about == person]
    news = sorted(_news(about, told), key=lambda one: (one.first, one.last))
    found: list[Silence] = []
    is_taken, latest = False, None
    for n, one in enumerate(news):
        if is_taken and latest and _is_silent(latest, one):
            years = _years(latest.last, one.first)
            found.append(Silence(_end_of(news[:n]), _start_of(news[n:]), years))
        if latest is None or one.last >= latest.last:
            latest = one
        if one.claim:
            is_taken = _is_taken(one.claim, is_taken)
    return (*found, *_lasting([*news, *_tellings(about, told)], until))


def _lasting(known: Sequence[_News], until: datetime.date | None) -> Iterator[Silence]:
    """From the last news, or the last telling, to the build."""
    last = max(known, key=lambda one: one.last, default=None)
    if until and last and last.is_sure and _years(last.last, until):
        yield Silence(_end_of(known), None, _years(last.last, until))


def view(found: Silence, context: Context) -> SilenceView:
    return SilenceView(
        moments.of(found.start, context),
        moments.of(found.end, context),
        moments.Amount(str(found.years), "years", "more than"),
    )


def _news(claims: Iterable[Claim], told: statuses.Told) -> Iterator[_News]:
    """What happened; without a date it may have been on any day until it was told."""
    for claim in claims:
        day = told.get(claim.text)
        reach = (day and day.latest) or datetime.date.max
        if claim.when and claim.when.known_end and not _is_of(claim, _LASTING):
            first = claim.when.earliest or datetime.date.min
            yield _widened(first, claim.when.latest or reach, claim.when, claim)
        elif day and day.latest and claim.contact != "none" and _is_of(claim, _NEWS):
            yield _widened(datetime.date.min, day.latest, day, None)


def _tellings(claims: Iterable[Claim], told: statuses.Told) -> Iterator[_News]:
    for claim in claims:
        day = told.get(claim.text)
        if day and day.earliest and day.latest:
            yield _widened(day.earliest, day.latest, day, None)


def _is_of(claim: Claim, groups: tuple[str, ...]) -> bool:
    return any(claim.what in vocabularies.CLAIM_GROUPS[group] for group in groups)


def _widened(
    first: datetime.date, last: datetime.date, date: EdtfDate, claim: Claim | None
) -> _News:
    """What is told to be about a date reaches as far again on both sides."""
    ends = (date.earliest, date.latest)
    if date.approximate and ends[0] and ends[1]:
        margin = ends[1] - ends[0] + datetime.timedelta(days=1)
        first = first if first == datetime.date.min else first - margin
        last += margin
    return _News(first, last, date, claim)


def _is_silent(before: _News, after: _News) -> bool:
    return before.is_sure and after.is_sure and _years(before.last, after.first) > 0


def _years(start: datetime.date, end: datetime.date) -> int:
    """Of how many whole years more has passed; a silence is drawn from one on."""
    is_short = (end.month, end.day) <= (start.month, start.day)
    return max(end.year - start.year - is_short, 0)


def _is_taken(claim: Claim, was: bool) -> bool:  # noqa: FBT001  # the state before
    if not statuses.status(claim):
        return was or claim.what == "last-contact"
    return statuses.group_of(claim) in {"taken", "held-by-others", "not-known"}


def _start_of(news: Iterable[_News]) -> EdtfDate:
    """The first date that was told, however far "about" may reach."""
    date = min(news, key=lambda one: one.date.earliest or one.first).date
    return _parsed(date.stretches[0][0], date)


def _end_of(news: Iterable[_News]) -> EdtfDate:
    """The last date that was told, however far "about" may reach."""
    date = max(news, key=lambda one: one.date.latest or one.last).date
    return _parsed(date.stretches[-1][1], date)


def _parsed(point: object, date: EdtfDate) -> EdtfDate:
    found = edtf.parse(getattr(point, "notation", ""))
    return found if isinstance(found, edtf.EdtfDate) else date
