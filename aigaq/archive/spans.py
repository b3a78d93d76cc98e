"""Dates and lengths compared as told: apart only where no reading brings them together."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from aigaq.archive.public import Duration
    from aigaq.words.edtf import EdtfDate

Stretch = tuple[datetime.date, datetime.date]

_MONTH = 31  # days within which a date is exact enough to say that two states met
_UNIT = {"days": 1.0, "months": 365.25 / 12, "years": 365.25}


def apart(one: EdtfDate | None, other: EdtfDate | None) -> bool:
    """Whether two dates cannot be the same; what is not known may be anything."""
    return is_before(one, other) or is_before(other, one)


def is_before(one: EdtfDate | None, other: EdtfDate | None) -> bool:
    """Whether one lies wholly before the other; "about" and "maybe" reach as far again."""
    if one is None or other is None or one.latest is None or other.earliest is None:
        return False
    return one.latest + _margin(one) < other.earliest - _margin(other)


def _margin(date: EdtfDate) -> datetime.timedelta:
    if not (date.approximate or date.uncertain):
        return datetime.timedelta()
    return datetime.timedelta(days=max(_days(date) or 366, 1))


def _days(date: EdtfDate) -> int | None:
    """How many days it may be; None where it has no end."""
    if date.earliest is None or date.latest is None:
        return None
    return (date.latest - date.earliest).days + 1


def coincide(one: EdtfDate | None, other: EdtfDate | None, *, days: int) -> bool:
    """Whether both are known to within so many days, and may be the same."""
    known = [n for date in (one, other) if date and (n := _days(date)) is not None]
    return len(known) == 2 and max(known) <= days and not apart(one, other)


def exact(date: EdtfDate | None) -> Stretch | None:
    """A date that is known to within a month."""
    if date is None or date.earliest is None or date.latest is None:
        return None
    is_vague = date.approximate or date.uncertain or (_days(date) or 0) > _MONTH
    return None if is_vague else (date.earliest, date.latest)


def start(date: EdtfDate) -> datetime.date | None:
    """The last day on which what has this date can have begun."""
    if date.latest is not None:
        return date.latest
    first = date.stretches[0][0] if date.sense == "since" and date.stretches else None
    return first.latest if first else None


def meet(one: Stretch | None, other: Stretch | None) -> bool:
    """Whether two known stretches of time have a day in common."""
    return one is not None and other is not None and one[0] <= other[1] and other[0] <= one[1]


def length(lasted: Duration) -> tuple[float, float]:
    """The least and the most days that are meant, half a unit being rounded away."""
    unit = _UNIT[lasted.unit]
    days, half = lasted.number * unit, unit / 2
    if lasted.bound == "more than":
        return days, float("inf")
    if lasted.bound == "less than":
        return 0.0, days
    slack = max(half, days / 4) if lasted.bound == "about" else half
    return days - slack, days + slack


def lengths_apart(one: Duration | None, other: Duration | None) -> bool:
    """Whether two lengths of time cannot be the same."""
    if one is None or other is None:
        return False
    (low, high), (least, most) = length(one), length(other)
    return high <= least or most <= low
