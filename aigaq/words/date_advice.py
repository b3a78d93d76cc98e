"""Why a text is not a date, and what to write instead: the surest reason first."""

from __future__ import annotations

import re

from aigaq.words import date_points, plain_dates
from aigaq.words.date_points import Refused
from aigaq.words.diagnostics import Problem

NOT_A_DATE = Problem(
    "D001",
    '"{text}" is not a date that can be read',
    "Write 2017, 2017-08 or 2017-08-15; about 2017-08, maybe 2018, before 2018-01, after 2018, "
    "since 2017-05, 2017-08 to 2018-03, 2017 summer, early 1990s, or unknown. The words of the "
    "source belong in `said:`.",
)
DAY_FIRST = Problem("D008", '"{text}": the year comes first', "Write {better}.")
EITHER_ORDER = Problem(
    "D009", '"{text}" can be read in two ways', "Write the year first: {better}."
)
MONTH_NAMED = Problem(
    "D010",
    '"{text}": months are written as numbers, so that they read the same in every language',
    "Write {better}.",
)
WITH_TIME = Problem(
    "D013",
    '"{text}": a date has no time of day',
    "Write {better}; the time belongs in the words of the text.",
)
FROM_NOW = Problem(
    "D015",
    '"{text}" counts from a day that is not named',
    "Write, for instance, 3 years before interview, or 2 months before published.",
)
SHORT_YEAR = Problem(
    "D017", '"{text}": a year has four digits', "Write all of it, for instance 1990s or 1998."
)

_TIMED = re.compile(r"(\d{4}-\d\d-\d\d)[T ]\d\d:?\d\d.*")
_DAY_FIRST = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4})(?: ?[гж]\.?)?")
_MONTH_FIRST = re.compile(r"(\d{1,2})[./-](\d{4})")
_SHORT = re.compile(r"(?:the )?['’]?\d0['’]?(?:s|-?е|-?х)|\d{1,2}([./-])\d{1,2}\1\d{2}")


def on(text: str) -> Refused:
    """The reason, ready to be raised. `text` must be tidy."""
    return _in_the_calendar(
        _on_numbers(text)
        or next((bad for part in (text, *text.split("/")) if (bad := _on_part(part))), None)
        or _on_words(text)
        or Refused(NOT_A_DATE, text=text)
    )


def _in_the_calendar(refused: Refused) -> Refused:
    """The same, unless what it says to write would be refused in its turn: then why."""
    try:
        date_points.parse(str(refused.words.get("better", "")))
    except Refused as why:
        return Refused(why.problem, **why.words | {"text": refused.words["text"]})
    return refused


def _on_part(part: str) -> Refused | None:
    return date_points.misshapen(part.strip())


def _on_numbers(text: str) -> Refused | None:
    if found := _TIMED.fullmatch(text):
        return Refused(WITH_TIME, text=text, better=found[1])
    if found := _DAY_FIRST.fullmatch(text):
        return _day_first(text, int(found[1]), int(found[3]), found[4], dotted=found[2] == ".")
    if found := _MONTH_FIRST.fullmatch(text):
        return Refused(DAY_FIRST, text=text, better=f"{found[2]}-{int(found[1]):02}")
    return Refused(SHORT_YEAR, text=text) if _SHORT.fullmatch(text) else None


def _day_first(text: str, first: int, second: int, year: str, *, dotted: bool) -> Refused:
    """Dots mean day.month; slashes and hyphens mean either, but no month is above 12."""
    if (dotted or first > 12) and second <= 12:
        return Refused(DAY_FIRST, text=text, better=f"{year}-{second:02}-{first:02}")
    if first > 12 or second > 12:
        return Refused(DAY_FIRST, text=text, better=f"{year}-{first:02}-{second:02}")
    day_first, month_first = f"{year}-{second:02}-{first:02}", f"{year}-{first:02}-{second:02}"
    if first == second:
        return Refused(DAY_FIRST, text=text, better=day_first)
    better = f"{day_first} if {second} is the month, {month_first} if {first} is"
    return Refused(EITHER_ORDER, text=text, better=better)


def _on_words(text: str) -> Refused | None:
    if plain_dates.counts_from_now(text):
        return Refused(FROM_NOW, text=text)
    if better := plain_dates.with_month_named(text):
        unsure = ", or the year instead of XXXX where it is known" if "XXXX" in better else ""
        return Refused(MONTH_NAMED, text=text, better=better + unsure)
    return None
