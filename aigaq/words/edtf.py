"""Dates as values: EDTF and plain words become an earliest and a latest day.

Laws: `earliest <= latest`; `parse(date.notation) == date`, so the notation is all there is to a
date. A bound that excludes the unit named is written with its neighbour: "before 2018-01" is
`[..2017-12]`, "after 2018" is `[2019..]`. An open end (`2018-03/..`) is "since": going on.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from aigaq.words import counted_dates, date_advice, date_points, plain_dates
from aigaq.words.counted_dates import RelativeDate
from aigaq.words.date_points import Point, Refused
from aigaq.words.diagnostics import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from aigaq.words.diagnostics import Diagnostic, Span

ENDS_BEFORE_START = Problem(
    "D011",
    '"{text}" ends before it starts',
    "The earlier date comes first; check both.",
)
NO_KNOWN_END = Problem(
    "D012",
    '"{text}" says nothing about when',
    "Write unknown, or the one date that is known: 2017-05/.. is since, ../2018 is until.",
)
ALL_OF_THESE = Problem(
    "D014",
    '"{text}": a claim has one date',
    "One of several possible dates is written in square brackets; several events are several "
    "claims.",
)
WORD_NEEDS_PLAIN_DATE = Problem(
    "D016",
    '"{text}": {word} does not go with "{inner}"',
    "{better}",
)
Sense = Literal["", "before", "after", "since"]
Kind = Literal["unknown", "point", "interval", "one-of"]
Stretch = tuple[Point | None, Point | None]

# What early, mid and late are: what follows the known digits of a decade, or of a year.
THIRDS = {
    "decade": {"early": ("0", "3~"), "mid": ("4~", "6~"), "late": ("7~", "9")},
    "year": {"early": ("-01", "-04~"), "mid": ("-05~", "-08~"), "late": ("-09~", "-12")},
}

_LONGEST = 100  # code points; nobody says a date in more, and matching stays fast
_OPEN_EARLY, _OPEN_LATE = datetime.date.min, datetime.date.max


@dataclass(frozen=True, slots=True)
class EdtfDate:
    """A date. `notation` is canonical EDTF; `earliest` and `latest` None mean open or unknown.

    `sense`: `before` and `after` are bounds that exclude the unit named in words, `since` is
    still going on. `stretches` holds the parts: one pair for a point (twice the same) and for
    an interval, a pair for each element of one-of; None is an end that is open or unknown.
    Bounds are those of the notation: neither "about" nor "uncertain" widens them.
    """

    notation: str
    sense: Sense
    earliest: datetime.date | None
    latest: datetime.date | None
    approximate: bool
    uncertain: bool
    kind: Kind
    stretches: tuple[Stretch, ...]

    def __hash__(self) -> int:
        """Of the notation, which says all of it: all fields take twenty times as long."""
        return hash(self.notation)

    @property
    def known_end(self) -> datetime.date | None:
        """The earliest day, or, where that is open, the latest."""
        return self.earliest or self.latest

    def sort_key(self) -> tuple[bool, datetime.date, bool, datetime.date, int, str]:
        """A total order by the first day of the first unit named; without any known day last.

        What has an open or unknown start is placed by the unit in which it ends, before all
        that begins there: until 2018, 2018, 2018-03; before 2018 ends with 2017 and stands
        there. Of what begins on one day the shorter comes first, then the surer.
        """
        points = (point for stretch in self.stretches for point in stretch if point)
        days = [point.earliest for point in points if point.earliest]
        return (
            not days,
            min(days, default=_OPEN_LATE),
            self.earliest is not None,
            self.latest or _OPEN_LATE,
            self.approximate + 2 * self.uncertain,
            self.notation,
        )

    def lies_within(self, year: int) -> bool:
        """Whether it is wholly in `year`; half-open dates count at their known end."""
        ends = {day.year for day in (self.earliest, self.latest) if day}
        return ends == {year}

    def may_overlap(self, other: EdtfDate) -> bool:
        """Whether both may be the same day; what is open or unknown may be any day."""
        starts_in_time = (self.earliest or _OPEN_EARLY) <= (other.latest or _OPEN_LATE)
        return starts_in_time and (other.earliest or _OPEN_EARLY) <= (self.latest or _OPEN_LATE)


def parse(text: str) -> EdtfDate | RelativeDate | None:
    """The date that this notation, or these plain words, mean; None where it is not a date."""
    try:
        return _value(text)
    except Refused:
        return None


def read(text: str, span: Span) -> tuple[EdtfDate | RelativeDate | None, list[Diagnostic]]:
    """Like `parse`, and says what is wrong and what to write instead."""
    try:
        return _value(text), []
    except Refused as refused:
        return None, [refused.problem.at(span, **refused.words)]


def one_of(dates: Iterable[EdtfDate]) -> EdtfDate:
    """One of these dates, it is not known which; with one that is wholly unknown, unknown.

    An interval becomes "some day in it": EDTF has no intervals in a list.
    """
    given = tuple(dates)
    if any(date.known_end is None for date in given):
        return UNKNOWN
    return _one_of([stretch for date in given for stretch in date.stretches])


def resolve(relative: RelativeDate, anchor: EdtfDate | None) -> EdtfDate | None:
    """The date that lies so far from `anchor`, always about, as coarse as the coarser of both.

    "More than" is before (or after) it, "less than" between it and `anchor`. None where the
    anchor is not known on both sides, or the year would leave our range.
    """
    if anchor is None or anchor.earliest is None or anchor.latest is None:
        return None
    points = (point for stretch in anchor.stretches for point in stretch if point)
    grain = date_points.coarsest(relative.grain, points)
    try:
        first, last = (relative.shifted(day, grain) for day in (anchor.earliest, anchor.latest))
    except OverflowError:
        return None
    if relative.bound == "more than":
        return _one_of([(first, None) if relative.after else (None, last)])
    if relative.bound == "less than" and relative.after:
        first = date_points.of(anchor.earliest, grain)
    elif relative.bound == "less than":
        last = date_points.of(anchor.latest, grain)
    return _one_of([(first, last)])


def coarsened(date: EdtfDate) -> EdtfDate:
    """The same date with nothing finer than years (`coarsen: {dates: year}`)."""
    if date.known_end is None:
        return UNKNOWN
    stretches = [(a and _year_of(a), b and _year_of(b)) for a, b in date.stretches]
    if date.kind != "interval":
        return _one_of(stretches)
    [(start, end)] = stretches
    if start and end and start.text == end.text:
        for mark in end.mark.replace("%", "?~"):
            start = start.marked(mark)  # type: ignore[arg-type]
        return _of_point(start)
    return _interval(start, end, like=date.notation)


@lru_cache(maxsize=4096)
def _value(text: str) -> EdtfDate | RelativeDate:
    tidy = plain_dates.tidy(text)
    return _notation(tidy) or _said(tidy)


def _said(tidy: str) -> EdtfDate | RelativeDate:
    if len(tidy) > _LONGEST:
        raise Refused(date_advice.NOT_A_DATE, text=tidy[:40] + "…")
    folded = plain_dates.folded(tidy)
    if counted := counted_dates.parse(folded):
        return counted
    if phrase := plain_dates.phrase(folded):
        return _meant(phrase, tidy)
    raise date_advice.on(tidy)


def _date(part: str) -> EdtfDate:
    """A date within words: tidy, and in small letters as the words are."""
    value = _notation(part.upper()) or _said(part)
    if isinstance(value, RelativeDate):
        raise Refused(date_advice.NOT_A_DATE, text=part)
    return value


# Notation


def _notation(text: str) -> EdtfDate | None:
    if point := date_points.parse(text):
        return _of_point(point)
    if text[:1] == "[" and text[-1:] == "]":
        return _one_of([_element(part.strip(), text) for part in text[1:-1].split(",")])
    if text[:1] == "{":
        raise Refused(ALL_OF_THESE, text=text)
    halves = [half.strip() for half in text.split("/")]
    if len(halves) != 2:
        return None
    ends = [None if half in {"", ".."} else date_points.parse(half) for half in halves]
    if any(
        end is None and half not in {"", ".."} for end, half in zip(ends, halves, strict=True)
    ):
        return None
    return _interval(ends[0], ends[1], like=text)


def _element(text: str, whole: str) -> Stretch:
    first, dots, last = text.partition("..")
    ends = [date_points.parse(half) if half else None for half in (first, last)]
    if any(half and end is None for half, end in zip((first, last), ends, strict=True)):
        raise date_advice.on(text)
    if ends == [None, None]:
        raise Refused(NO_KNOWN_END, text=whole)
    return (ends[0], ends[1]) if dots else (ends[0], ends[0])


def _of_point(point: Point) -> EdtfDate:
    return EdtfDate(
        notation=point.notation,
        sense="",
        earliest=point.earliest,
        latest=point.latest,
        approximate=point.approximate,
        uncertain=point.uncertain,
        kind="unknown" if point.unit == "unknown" else "point",
        stretches=() if point.unit == "unknown" else ((point, point),),
    )


def _interval(start: Point | None, end: Point | None, *, like: str) -> EdtfDate:
    """From `start` to `end`; for an end that is None, `like` tells whether open or unknown."""
    left = start.notation if start else ".." * like.startswith("..")
    right = end.notation if end else ".." * like.endswith("..")
    sense: Sense = "since" if right == ".." else ""
    return _spanning(f"{left}/{right}", "interval", [(start, end)], sense=sense)


def _one_of(stretches: Sequence[Stretch]) -> EdtfDate:
    ordered = sorted(set(stretches), key=_stretch_key)
    if len(ordered) == 1 and ordered[0][0] == ordered[0][1] and ordered[0][0]:
        return _of_point(ordered[0][0])
    sense: Sense = ""
    if len(ordered) == 1 and None in ordered[0]:
        sense = "before" if ordered[0][0] is None else "after"
    inner = ",".join(_stretch_notation(stretch) for stretch in ordered)
    return _spanning(f"[{inner}]", "one-of", ordered, sense=sense)


def _stretch_notation(stretch: Stretch) -> str:
    first, last = (end.notation if end else "" for end in stretch)
    return first if stretch[0] == stretch[1] else f"{first}..{last}"


def _stretch_key(stretch: Stretch) -> tuple[datetime.date, datetime.date, str]:
    first, last = stretch
    return (
        (first and first.earliest) or _OPEN_EARLY,
        (last and last.latest) or _OPEN_LATE,
        _stretch_notation(stretch),
    )


def _spanning(
    notation: str, kind: Kind, stretches: Sequence[Stretch], *, sense: Sense
) -> EdtfDate:
    points = [point for stretch in stretches for point in stretch if point]
    if not points or any(point.earliest is None for point in points):
        raise Refused(NO_KNOWN_END, text=notation)
    for start, end in stretches:
        if start and end and end.latest < start.earliest:  # type: ignore[operator]  # both known
            raise Refused(ENDS_BEFORE_START, text=notation)
    firsts = [start.earliest if start else None for start, _ in stretches]
    lasts = [end.latest if end else None for _, end in stretches]
    return EdtfDate(
        notation=notation,
        sense=sense,
        earliest=None if None in firsts else min(filter(None, firsts)),
        latest=None if None in lasts else max(filter(None, lasts)),
        approximate=any(point.approximate for point in points),
        uncertain=any(point.uncertain for point in points),
        kind=kind,
        stretches=tuple(stretches),
    )


def _year_of(point: Point) -> Point:
    coarse = date_points.parse(point.text[:4] + point.mark)
    assert coarse is not None
    return coarse


# Words


def _meant(phrase: plain_dates.Phrase, text: str) -> EdtfDate:
    role, _, number = phrase.role.partition(" ")
    match role:
        case "unknown":
            date = UNKNOWN
        case "season":
            date = _date(f"{phrase.parts[0]}-{number}")
        case "decade":
            date = _date(f"{phrase.parts[0][:3]}X")
        case "year":
            date = _date(phrase.parts[0])
        case "to" | "between":
            date = _both(role, _date(phrase.parts[0]), _date(phrase.parts[1]), text)
        case "about" | "maybe":
            date = _marked(_date(phrase.parts[0]), "~" if role == "about" else "?", text)
        case "early" | "mid" | "late":
            date = _part_of(role, _date(phrase.parts[0]), text)
        case _:
            date = _bounded(role, _date(phrase.parts[0]), text)
    return date


def _marked(date: EdtfDate, mark: Literal["?", "~"], text: str) -> EdtfDate:
    if date.kind == "unknown":
        raise _unfit(text, "about or maybe", date, "Write unknown alone.")
    if date.kind == "point":
        return _of_point(_only(date, text, "").marked(mark))
    stretches = [(a and a.marked(mark), b and b.marked(mark)) for a, b in date.stretches]
    if date.kind == "interval":
        return _interval(*stretches[0], like=date.notation)
    return _one_of(stretches)


def _bounded(role: str, date: EdtfDate, text: str) -> EdtfDate:
    point = _only(date, text, role)
    if role == "since":
        return _interval(point, None, like="..")
    nearest = point.before() if role == "before" else point.after()
    if not date_points.FIRST_YEAR <= nearest.year <= date_points.LAST_YEAR:
        raise Refused(date_points.YEAR_OUT_OF_RANGE, text=text)
    return _one_of([(None, nearest) if role == "before" else (nearest, None)])


def _both(role: str, first: EdtfDate, last: EdtfDate, text: str) -> EdtfDate:
    start, end = (
        None if date.kind == "unknown" and role == "to" else _only(date, text, role)
        for date in (first, last)
    )
    return _interval(start, end, like="") if role == "to" else _one_of([(start, end)])


def _part_of(role: str, date: EdtfDate, text: str) -> EdtfDate:
    """A third of a decade (`1990/1993~`) or year (`2018-01/2018-04~`), vague inside."""
    point = _only(date, text, role)
    if point.unit not in {"year", "decade"}:
        raise _unfit(
            text, role, date, "Write the month or the day itself, with about before it."
        )
    first, last = THIRDS[point.unit][role]
    return _date(f"{point.text.rstrip('X')}{first}/{point.text.rstrip('X')}{last}")


def _only(date: EdtfDate, text: str, role: str) -> Point:
    if date.kind != "point" or date.known_end is None:
        raise _unfit(text, role, date, "Write one year, month or day after it.")
    point = date.stretches[0][0]
    assert point is not None
    return point


def _unfit(text: str, word: str, date: EdtfDate, better: str) -> Refused:
    return Refused(
        WORD_NEEDS_PLAIN_DATE, text=text, word=word, inner=date.notation, better=better
    )


UNKNOWN = _of_point(date_points.UNKNOWN)
