"""A date in the words of a page's language, and as the machine-readable values of `<time>`.

Babel gives the units (day, month, year); the phrases around them are interface texts, listed in
`PHRASES`. Law: doubt stands in the words. Two traps of Babel are fenced in here: it answers
`kk_Latn` in Cyrillic, and its stand-alone month names depend on which languages were loaded
before (after Uyghur, Turkish ones are Uyghur), so only the names "in a date" are taken from it.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from aigaq.words import edtf

if TYPE_CHECKING:
    from babel import Locale

    from aigaq.words.date_points import Point
    from aigaq.words.edtf import EdtfDate

Phrase = Callable[[str, Mapping[str, str]], str]

_GOVERNED = "{date} has the case that the word asks for: Russian genitive, elsewhere ablative."
_ALONE = "{date} is in its basic form."
_SEASON = "{year} is four digits. In its basic form."
_SEASON_GOVERNED = "After before, after, since: Russian genitive, elsewhere ablative."
_PART = "{year} is four digits, of a decade its first year."

# (msgid, what a translator needs to know)
PHRASES: tuple[tuple[str, str], ...] = (
    ("date unknown", "In place of a date."),
    ("{date}, year unknown", "{date} is a day and month, or a month."),
    ("about {date}", _ALONE),
    ("{date} (uncertain)", "The source itself is in doubt. " + _ALONE),
    ("before {date}", "Excludes {date}. " + _GOVERNED),
    ("before about {date}", "Excludes {date}. " + _GOVERNED),
    ("after {date}", "Excludes {date}. " + _GOVERNED),
    ("after about {date}", "Excludes {date}. " + _GOVERNED),
    ("since {date}", "Still going on. " + _GOVERNED),
    ("since about {date}", "Still going on. " + _GOVERNED),
    ("until {date}", "Includes {date}. Use a wording for the basic form."),
    ("{start} – {end}", "From one date to another, both in their basic form."),
    ("start unknown", "In place of the first date of: {start} – {end}"),
    ("end unknown", "In place of the second date of: {start} – {end}"),
    ("between {start} and {end}", "Once, at some time in between. Both in their basic form."),
    ("one of these: {dates}", "{dates} is a list; it is not known which of them is right."),
    ("spring {year}", _SEASON),
    ("summer {year}", _SEASON),
    ("autumn {year}", _SEASON),
    ("winter {year}", _SEASON),
    ("the spring of {year}", _SEASON_GOVERNED),
    ("the summer of {year}", _SEASON_GOVERNED),
    ("the autumn of {year}", _SEASON_GOVERNED),
    ("the winter of {year}", _SEASON_GOVERNED),
    ("{year}s", "A decade: 1990s. In its basic form."),
    ("the {year}s", "A decade. " + _SEASON_GOVERNED),
    ("early {year}s", _PART),
    ("mid {year}s", _PART),
    ("late {year}s", _PART),
    ("early {year}", _PART),
    ("mid {year}", _PART),
    ("late {year}", _PART),
)

_SEASONS = {21: "spring", 22: "summer", 23: "autumn", 24: "winter"}

# Site languages to Babel's: day before month in English, as in the site's other languages.
_BABEL = {"en": "en-GB", "kk-Latn": "en-GB"}

_MONTHS = {
    "kk-Latn": (
        *("qañtar", "aqpan", "nauryz", "säuır", "mamyr", "mausym"),
        *("şılde", "tamyz", "qyrküiek", "qazan", "qaraşa", "jeltoqsan"),
    ),
    "kk-Arab": (  # CLDR's, with the high hamza that Unicode gives them
        *("قاڭتار", "اقپان", "ناۋرىز", "ٴساۋىر", "مامىر", "ماۋسىم"),
        *("شىلدە", "تامىز", "قىركۇيەك", "قازان", "قاراشا", "جەلتوقسان"),
    ),
}
_MONTHS_ALONE = {
    "ru": (
        *("январь", "февраль", "март", "апрель", "май", "июнь"),
        *("июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь"),
    ),
}

# LDML patterns where Babel has none or wrong ones. `governed` goes with before, after, since:
# a noun for the unit carries the ending, so that no ending depends on a name or a number.
_PATTERNS: Mapping[str, Mapping[str, str]] = {
    "ru": {
        "year governed": "y\u202f'г'.",
        "month governed": "MMMM y\u202f'г'.",
    },
    "kk": {
        "year governed": "y 'жылдан'",
        "month governed": "y 'жылғы' MMMM 'айынан'",
        "day governed": "y 'жылғы' d MMMM 'күнінен'",
    },
    "kk-Latn": {
        "year governed": "y 'jyldan'",
        "month": "y 'j'. MMMM",
        "month governed": "y 'jylğy' MMMM 'aiynan'",
        "day": "y 'j'. d MMMM",
        "day governed": "y 'jylğy' d MMMM 'küninen'",
    },
    "kk-Arab": {  # CLDR's order is not Kazakh
        "year governed": "y 'جىلدان'",
        "month": "y 'جىلعى' MMMM",
        "month governed": "y 'جىلعى' MMMM 'ايىنان'",
        "day": "y 'جىلعى' d MMMM",
        "day governed": "y 'جىلعى' d MMMM 'كۇنىنەن'",
        "day of year": "d MMMM",
    },
    "tr": {
        "year governed": "y 'yılından'",
        "month governed": "y 'yılı' MMMM 'ayından'",
        "day governed": "d MMMM y 'tarihinden'",
    },
    "ug": {  # as Uyghur texts write it, from the year down, months as numbers; CLDR does not
        "year": "y-'يىل'",
        "year governed": "y-'يىلدىن'",
        "month": "y-'يىلى' M-'ئاي'",
        "month governed": "y-'يىلى' M-'ئايدىن'",
        "day": "y-'يىلى' M-'ئاينىڭ' d-'كۈنى'",
        "day governed": "y-'يىلى' M-'ئاينىڭ' d-'كۈنىدىن'",
        "day of year": "M-'ئاينىڭ' d-'كۈنى'",
        "month alone": "M-'ئاي'",
    },
}
_ISO = {
    "year": "y",
    "month": "y-MM",
    "day": "y-MM-dd",
    "day of year": "MM-dd",
    "month alone": "MM",
}
_COMMAS = {
    "zh": "、",
    "zh-Hans": "、",
    "zh-Hant": "、",
    "ja": "、",
    "ug": "، ",
    "ar": "، ",
    "fa": "، ",
    "kk-Arab": "، ",
}


def in_words(date: EdtfDate, language: str, *, phrase: Phrase) -> str:
    """The date for readers of `language`, a BCP 47 tag.

    `phrase(msgid, gaps)` translates one of `PHRASES` and fills its gaps. A language that Babel
    does not know, or knows in another script only, gets units as numbers: 2018-03-05.
    """
    return _Speaker(language, phrase).date(date)


def time_tags(date: EdtfDate) -> tuple[str, ...]:
    """Values for `<time datetime>`: one for a point, two for an interval, else none.

    Bounds and one-of get none, since no single value would be true of them; nor does what HTML
    cannot say: decades, or a month without a year.
    """
    if date.kind not in {"point", "interval"} or _third(date):
        return ()
    [ends] = date.stretches
    points = ends[:1] if date.kind == "point" else ends
    return tuple(tag for point in points if point and (tag := _time_tag(point)))


def month_names(language: str) -> tuple[str, ...]:
    """The twelve months as a date of `language` may name them; empty where there are none."""
    return _calendar(language).months


def _time_tag(point: Point) -> str:
    if point.unit == "month" and not point.year:
        return ""  # HTML knows 03-08 without a year, but not a month
    if point.unit == "season":
        return f"{point.year:04}"
    if point.unit not in {"day", "month", "year"}:
        return ""
    return point.text.replace("-XX", "").removeprefix("XXXX-")


def _third(date: EdtfDate) -> tuple[str, str] | None:
    """(`early {year}s`, `1990`) for a part of a decade, (`early {year}`, `2018`) of a year."""
    if date.kind != "interval":
        return None
    for msgid, unit, digits, zeros in (
        ("{year}s", "decade", 3, "0"),
        ("{year}", "year", 4, ""),
    ):
        known = date.notation[:digits]
        for part, (first, last) in edtf.THIRDS[unit].items():
            if date.notation == f"{known}{first}/{known}{last}":
                return f"{part} {msgid}", known + zeros
    return None


@dataclass(frozen=True, slots=True)
class _Calendar:
    """How a language writes units: names of months, and a pattern for each unit."""

    locale: Locale
    months: tuple[str, ...]
    months_alone: tuple[str, ...]
    patterns: Mapping[str, str]

    def write(self, day: datetime.date, unit: str, *, governed: bool) -> str:
        from babel.dates import format_date, parse_pattern  # noqa: PLC0415  # slow to load

        kept = f"{unit} governed" if governed else unit
        pattern = self.patterns.get(kept) or self.patterns[unit]
        if self.months:
            in_date = unit in {"day", "day of year"} or (governed and kept in self.patterns)
            names = self.months if in_date else self.months_alone
            name = "'" + names[day.month - 1].replace("'", "''") + "'"
            pattern = pattern.replace("MMMM", name).replace("LLLL", name)
        form = str(parse_pattern(pattern).format)  # `%(d)s. %(MM)s. %(y)s`
        try:  # all dates are of these; a third of the time that Babel takes for any
            return form % {"d": day.day, "M": day.month, "MM": f"{day:%m}", "y": day.year}
        except KeyError:
            return format_date(day, pattern, locale=self.locale)


@lru_cache(maxsize=64)
def _calendar(language: str) -> _Calendar:
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415  # slow to load

    key = _key(language)
    own = _MONTHS.get(key, ())
    try:
        locale = Locale.parse(_BABEL.get(key, language), sep="-")
    except (UnknownLocaleError, ValueError):
        return _Calendar(Locale("en"), (), (), _ISO)
    if not own and _script(language) not in {"", locale.script}:
        return _Calendar(Locale("en"), (), (), _ISO)
    months = own or tuple(name for _, name in sorted(locale.months["format"]["wide"].items()))
    patterns = {
        "day": locale.date_formats["long"].pattern,
        "month": locale.datetime_skeletons["yMMMM"].pattern,
        "year": locale.datetime_skeletons["y"].pattern,
        "day of year": locale.datetime_skeletons["MMMMd"].pattern,
        "month alone": "LLLL",
    }
    patterns.update(_PATTERNS.get(key, {}))
    return _Calendar(locale, months, _MONTHS_ALONE.get(key, months), patterns)


def _script(language: str) -> str:
    return next((part for part in language.split("-")[1:] if len(part) == 4), "")


def _key(language: str) -> str:
    """The row of a language in the tables above: `kk` for kk-KZ and kk-Cyrl, but `kk-Arab`."""
    script = _script(language)
    return language.partition("-")[0] + (f"-{script}" if script not in {"", "Cyrl"} else "")


@dataclass(frozen=True, slots=True)
class _Speaker:
    """One language with its interface texts."""

    language: str
    phrase: Phrase

    def date(self, date: EdtfDate) -> str:
        if date.kind == "unknown":
            return self.phrase("date unknown", {})
        if date.kind == "point":
            point = date.stretches[0][0]
            assert point is not None
            return self.point(point)
        if date.kind == "interval":
            return self.interval(date)
        elements = [self.element(start, end) for start, end in date.stretches]
        if len(elements) == 1:
            return elements[0]
        comma = _COMMAS.get(_key(self.language), ", ")
        return self.phrase("one of these: {dates}", {"dates": comma.join(elements)})

    def interval(self, date: EdtfDate) -> str:
        [(start, end)] = date.stretches
        if third := _third(date):
            return self.phrase(third[0], {"year": third[1]})
        if date.sense == "since" and start:
            return self.bound("since", start, start)
        if date.notation.startswith("..") and end:
            return self.phrase("until {date}", {"date": self.point(end)})
        return self.phrase(
            "{start} – {end}",
            {
                "start": self.point(start) if start else self.phrase("start unknown", {}),
                "end": self.point(end) if end else self.phrase("end unknown", {}),
            },
        )

    def element(self, start: Point | None, end: Point | None) -> str:
        if start is None:
            assert end is not None
            return self.bound("before", end.after(), end)
        if end is None:
            return self.bound("after", start.before(), start)
        if start == end:
            return self.point(start)
        return self.between(self.point(start), self.point(end))

    def between(self, start: str, end: str) -> str:
        return self.phrase("between {start} and {end}", {"start": start, "end": end})

    def bound(self, word: str, named: Point, marked: Point) -> str:
        """`before`, `after` or `since` the unit `named`, in as much doubt as `marked` is."""
        msgid = f"{word} about {{date}}" if marked.approximate else f"{word} {{date}}"
        text = self.phrase(msgid, {"date": self.unit(named, governed=True)})
        return self.phrase("{date} (uncertain)", {"date": text}) if marked.uncertain else text

    def point(self, point: Point) -> str:
        text = self.unit(point, governed=False)
        if point.approximate:
            text = self.phrase("about {date}", {"date": text})
        return self.phrase("{date} (uncertain)", {"date": text}) if point.uncertain else text

    def unit(self, point: Point, *, governed: bool) -> str:
        calendar = _calendar(self.language)
        if point.earliest is None:
            unit = "day of year" if point.day else "month alone"
            day = datetime.date(2000, point.month, point.day or 1)
            text = calendar.write(day, unit, governed=False)
            return self.phrase("{date}, year unknown", {"date": text})
        year = {"year": str(point.year)}
        if point.unit == "season":
            season = _SEASONS[point.month]
            msgid = f"the {season} of {{year}}" if governed else f"{season} {{year}}"
            return self.phrase(msgid, year)
        if point.unit == "decade":
            return self.phrase("the {year}s" if governed else "{year}s", year)
        if point.unit == "century" and not governed and point.latest:
            ends = (point.earliest, point.latest)
            return self.between(*(calendar.write(day, "year", governed=False) for day in ends))
        unit = point.unit if point.unit in {"day", "month"} else "year"
        return calendar.write(point.earliest, unit, governed=governed)
