"""One day, month, season, year or decade as EDTF writes it, with its first and its last day.

Law: a point's bounds are those of the notation, never widened for "about" or "maybe". What is
wrong with a point is raised as `Refused`, which `edtf.read` turns into a diagnostic.

EDTF: https://www.loc.gov/standards/datetime/ (levels 0 and 1, and the unknown year of level 2).
"""

from __future__ import annotations

import datetime
import re
from calendar import monthrange
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from aigaq.words.diagnostics import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable

NO_SUCH_MONTH = Problem(
    "D002",
    '"{text}": there is no month {month}',
    "Months go from 01 to 12. Two years are written {years}; seasons are 21 (spring), "
    "22 (summer), 23 (autumn) and 24 (winter).",
)
NO_SUCH_DAY = Problem(
    "D003",
    '"{text}": that month has no day {day}',
    "Its last day is {last}. Check the source; if only the month is sure, write {month}.",
)
MISSING_ZEROS = Problem(
    "D004",
    '"{text}": months and days have two digits, years four',
    "Write {better}.",
)
YEAR_OUT_OF_RANGE = Problem(
    "D005",
    '"{text}": years go from 1000 to 2999 here',
    "Check the year for a slip of the finger; write four digits.",
)
MISPLACED_X = Problem(
    "D006",
    '"{text}": an X cannot stand there',
    "Unknown digits end the year (201X), or a whole month or day is unknown (2018-XX, "
    "2018-03-XX), or only the year is (XXXX-03-08). For one of several months write "
    "[2018-10..2018-12].",
)
MISPLACED_MARK = Problem(
    "D007",
    '"{text}": a mark of doubt stands once, at the end',
    "~ is about, ? is uncertain, % is both: {better}.",
)

Mark = Literal["", "?", "~", "%"]
Unit = Literal["unknown", "century", "decade", "year", "season", "month", "day"]
_COARSER: tuple[Unit, ...] = ("day", "month", "season", "year", "decade", "century", "unknown")

FIRST_YEAR, LAST_YEAR = 1000, 2999
SPRING, SUMMER, AUTUMN, WINTER = 21, 22, 23, 24
_LAST_MONTH = {SPRING: 5, SUMMER: 8, AUTUMN: 11, WINTER: 2}

_SHAPE = re.compile(r"([\dX]{4})(?:-([\dX]{2})(?:-([\dX]{2}))?)?([?~%]?)", re.ASCII)
_UNIT_BY_HIDDEN_DIGITS: tuple[Unit, ...] = ("year", "decade", "century", "century", "unknown")
_LEAP_YEAR = 2000  # an unknown year may be a leap year
_ANYWHERE_MARKED = re.compile(r"[?~%]*[\dX]{4}[?~%]*(?:-[?~%]*[\dX]{2}[?~%]*){0,2}", re.ASCII)
_MARK = re.compile(r"[?~%]")
_ONE_DIGIT = re.compile(r"(\d{4})[-./](\d{1,2})(?:[-./](\d{1,2}))?[?~%]?", re.ASCII)
_WRONG_YEAR = re.compile(
    r"Y?[-+]?\d{1,4}|[Yy][-+]?\d+(?:E\d+)?(?:S\d+)?|[-+]\d{4}(?:-\d\d){0,2}", re.ASCII
)


class Refused(ValueError):  # noqa: N818  # it reads as what happened, and never leaves `edtf`
    """Not a date that we take; `problem` and `words` say why."""

    def __init__(self, problem: Problem, **words: object) -> None:
        super().__init__(problem.code)
        self.problem = problem
        self.words = words


@dataclass(frozen=True, slots=True)
class Point:
    """One unit of the calendar. `text` is its EDTF without `mark`.

    `year` is the first that the notation allows, 0 where it is unknown; `month` is 0 where
    there is none, or 21 to 24 for a season; `day` is 0 where there is none. `earliest` and
    `latest` are None where the year is unknown.
    """

    text: str
    mark: Mark
    year: int
    month: int
    day: int
    earliest: datetime.date | None
    latest: datetime.date | None

    @property
    def notation(self) -> str:
        """Canonical EDTF."""
        return self.text + self.mark

    @property
    def unit(self) -> Unit:
        """What is known of it: `month` for 2018-03-XX, `decade` for 201X."""
        if self.day:
            return "day"
        if self.month:
            return "season" if self.month > 12 else "month"
        hidden = self.text[:4].count("X")
        return _UNIT_BY_HIDDEN_DIGITS[hidden]

    @property
    def approximate(self) -> bool:
        """Whether it is "about"."""
        return self.mark in {"~", "%"}

    @property
    def uncertain(self) -> bool:
        """Whether the source itself is in doubt."""
        return self.mark in {"?", "%"}

    def marked(self, mark: Literal["?", "~"]) -> Point:
        """The same point with one more mark."""
        return replace(self, mark=mark if self.mark in {"", mark} else "%")

    def before(self) -> Point:
        """The unit right before this one: 2017-12 for 2018-01; a month for a season.

        Of a winter, which may be at either end of its year, the later one counts.
        """
        assert self.earliest is not None
        first = datetime.date(self.year, 12, 1) if self.month == WINTER else self.earliest
        return self._with(first - datetime.timedelta(days=1))

    def after(self) -> Point:
        """The unit right after this one: 2018-02 for 2018-01; a month for a season.

        Of a winter, which may be at either end of its year, the earlier one counts.
        """
        assert self.latest is not None
        last = datetime.date(self.year, 2, 28) if self.month == WINTER else self.latest
        following = last + datetime.timedelta(days=1)
        return self._with(following.replace(month=3) if self.month == WINTER else following)

    def _with(self, day: datetime.date) -> Point:
        unit = self.unit if self.unit in {"day", "month", "season"} else "year"
        return replace(of(day, unit), mark=self.mark)


def of(day: datetime.date, unit: Unit) -> Point:
    """The unit that `day` lies in, of a season the month; also just outside our years."""
    digits = {"day": 10, "month": 7, "season": 7, "decade": 3, "century": 2}.get(unit, 4)
    return _made(day.isoformat()[:digits].ljust(4, "X"), "")


def coarsest(unit: Unit, points: Iterable[Point]) -> Unit:
    """The coarsest of these; a winter, which may be at either end of its year, is a year."""
    units = ("year" if point.month == WINTER else point.unit for point in points)
    return max((unit, *units), key=_COARSER.index)


def parse(text: str) -> Point | None:
    """The point that this EDTF means; None where it has not the shape of one.

    Raises `Refused` for what has the shape but is no date, or is one outside of what we take.
    """
    found = _SHAPE.fullmatch(text)
    if found is None:
        return None
    year, month, day, mark = found.groups(default="")
    if "X" in text:
        _check_x(text, year, month, day)
        if year == "XXXX" and month in {"", "XX"}:
            return UNKNOWN
    if year != "XXXX" and not FIRST_YEAR <= int(year.replace("X", "9")) <= LAST_YEAR:
        raise Refused(YEAR_OUT_OF_RANGE, text=text)
    _check_month(text, year, month, day)
    return _made(text.rstrip("?~%"), mark)  # type: ignore[arg-type]


def misshapen(text: str) -> Refused | None:
    """Why this is not EDTF although somebody meant it to be; None where that is not visible."""
    if _MARK.search(text) and _ANYWHERE_MARKED.fullmatch(text):
        plain = _MARK.sub("", text)
        doubt = {m for m in text if m in "?~%"}
        better = plain + (doubt.pop() if len(doubt) == 1 else "%")
        return Refused(MISPLACED_MARK, text=text, better=better)
    if found := _ONE_DIGIT.fullmatch(text):
        return Refused(MISSING_ZEROS, text=text, better=_padded(*found.groups(default="")))
    if _WRONG_YEAR.fullmatch(text):
        return Refused(YEAR_OUT_OF_RANGE, text=text)
    return None


def _padded(year: str, month: str, day: str) -> str:
    return "-".join(part.zfill(2) for part in (year, month, day) if part)


def _check_x(text: str, year: str, month: str, day: str) -> None:
    halves = any(len({*part}) > 1 and "X" in part for part in (month, day))
    gap = month == "XX" and day.isdecimal()
    year_x = "X" in year and bool(month) and year != "XXXX"
    no_tail = not re.fullmatch(r"\d+X*|XXXX", year)
    season = year == "XXXX" and month.isdecimal() and int(month) > 12
    if halves or gap or year_x or no_tail or season:
        raise Refused(MISPLACED_X, text=text)


def _check_month(text: str, year: str, month: str, day: str) -> None:
    number = int(month) if month.isdecimal() else 0
    season = SPRING <= number <= WINTER and not day
    if month.isdecimal() and not (1 <= number <= 12 or season):
        # 2017-18 and 1990-91 are how people write two years
        years = f"{year}/{year[:2]}{month}" if not day and int(month) > int(year[2:]) else ""
        raise Refused(NO_SUCH_MONTH, text=text, month=month, years=years or "2017/2018")
    if day.isdecimal():
        last = monthrange(_LEAP_YEAR if year == "XXXX" else int(year), number)[1]
        if not 1 <= int(day) <= last:
            raise Refused(NO_SUCH_DAY, text=text, day=day, last=last, month=f"{year}-{month}")


def _made(text: str, mark: Mark) -> Point:
    year, month, day = text[:4], text[5:7], text[8:10]
    number = int(month) if month.isdecimal() else 0
    if year == "XXXX":
        return Point(text, mark, 0, number, int(day) if day.isdecimal() else 0, None, None)
    first_year, last_year = int(year.replace("X", "0")), int(year.replace("X", "9"))
    if day.isdecimal():
        only = datetime.date(first_year, number, int(day))
        return Point(text, mark, first_year, number, only.day, only, only)
    first, last = _months(number)
    return Point(
        text,
        mark,
        first_year,
        number,
        0,
        datetime.date(first_year, first, 1),
        datetime.date(last_year, last, monthrange(last_year, last)[1]),
    )


def _months(number: int) -> tuple[int, int]:
    """First and last month; a winter may be at either end of its year, so all of it."""
    if number in {0, WINTER}:
        return 1, 12
    return (_LAST_MONTH[number] - 2, _LAST_MONTH[number]) if number > 12 else (number, number)


UNKNOWN = _made("XXXX", "")
