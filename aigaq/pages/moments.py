"""Dates and amounts as a page shows them: words, and the machine's form where HTML has one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aigaq.words import wording

if TYPE_CHECKING:
    from aigaq.archive.public import Count, Duration
    from aigaq.pages.context import Context
    from aigaq.words.counted_dates import RelativeDate
    from aigaq.words.edtf import EdtfDate

_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")


@dataclass(frozen=True, slots=True)
class Moment:
    """A date in words; `machine` is a value for `<time datetime>`, or empty.

    "About" and "maybe" are in the words alone. What one value cannot say (from one day to
    another, before, one of these) has none, and none is made up. `derived` is how it was found,
    where nobody told it as a date; it is never left out beside the words.
    """

    words: str
    machine: str = ""
    derived: Derived | None = None


@dataclass(frozen=True, slots=True)
class Derived:
    """That a date was counted from the `interview` or the publication (`published`)."""

    amount: Amount
    anchor: str
    after: bool


@dataclass(frozen=True, slots=True)
class Amount:
    """A number that was told, in parts that a template can put into words in any language.

    `unit` is `days`, `weeks`, `months`, `years` or `people`; `bound` is empty, `about`,
    `more than`, `less than` or `to` (then `last` is the higher number).
    """

    number: str
    unit: str
    bound: str = ""
    last: str = ""

    @property
    def plural(self) -> int:
        """The number that chooses the form of the unit; a fraction takes that of two."""
        shown = self.last or self.number
        return int(shown) if shown.isdecimal() else 2


def of(
    date: EdtfDate | None, context: Context, counted: RelativeDate | None = None
) -> Moment | None:
    """The date for this reader, and how it was counted; None where there is none."""
    if date is None:
        return None
    key = ("moment", date.notation)
    told = context.once(key, context.texts, lambda _: _told(date, context))
    return Moment(told.words, "", _derived(counted)) if counted else told


def _told(date: EdtfDate, context: Context) -> Moment:
    tags = wording.time_tags(date)
    return Moment(context.date(date), tags[0] if len(tags) == 1 else "")


def _derived(counted: RelativeDate) -> Derived:
    half_year = (counted.amount, counted.unit) == (0.5, "year")
    number, unit = (6, "month") if half_year else (counted.amount, counted.unit)
    amount = Amount(f"{number:g}", f"{unit}s", counted.bound)
    return Derived(amount, counted.anchor, counted.after)


def duration(lasted: Duration | None) -> Amount | None:
    """How long something lasted, as told."""
    return Amount(f"{lasted.number:g}", lasted.unit, lasted.bound) if lasted else None


def years(told: str) -> Amount | None:
    """A number of years as told; None where it is `unknown`."""
    return Amount(told, "years") if _NUMBER.fullmatch(told) else None


def count(told: Count | None) -> Amount | None:
    """How many people, as told."""
    if told is None:
        return None
    if told.low != told.high:
        return Amount(str(told.low), "people", "to", str(told.high))
    return Amount(str(told.low), "people", "about" if told.about else "")
