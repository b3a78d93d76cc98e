"""Dates that count from the interview or the publication: their words, and what they lead to.

The words stay as they were told (`2.5 years`, `more than 5 years`), so that a page can say how
a date was found. Law: what is found is as coarse as the coarser of the words and of the day
that they count from; a half makes the words one unit finer.
"""

from __future__ import annotations

import calendar
import datetime
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from aigaq.words import date_points

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aigaq.words.date_points import Point, Unit

_NUMBER_WORDS = {
    1: "a|an|one|бір|один|одну|одна|bir|بىر|一",
    2: "two|екі|два|две|iki|ئىككى|两|二",
    3: "three|үш|три|üç|ئۈچ|三",
    4: "four|төрт|четыре|dört|تۆت|四",
    5: "five|бес|пять|beş|بەش|五",
    6: "six|алты|шесть|altı|ئالتە|六",
    7: "seven|жеті|семь|yedi|يەتتە|七",
    8: "eight|сегіз|восемь|sekiz|سەككىز|八",
    9: "nine|тоғыз|девять|dokuz|توققۇز|九",
    10: "ten|он|десять|on|ئون|十",
    0.5: "half|жарты|пол|yarım|يېرىم|半",
    1.5: "полтора|полторы",
}
_NUMBERS = {word: n for n, words in _NUMBER_WORDS.items() for word in words.split("|")}

# One line or two for each language; `N` is a number.
_ROWS: Mapping[str, str] = {
    "en": r"(?:(?P<bound>about|more than|over|less than|under) )?(?P<n>N)"
    r"(?P<half> and a half)? (?:an? )?(?P<unit>year|month|week|day)s? "
    r"(?P<way>before|after) (?:the )?(?P<anchor>interview|publication|published|publishing)",
    "kk": r"(?P<anchor>сұхбат|жариялан)\w* (?:(?P<bound>шамамен) )?(?P<n>N)(?P<half> жарым)? "
    r"(?P<unit>жыл|ай|апта|күн)\w* (?:(?P<tail>астам|артық|көп|аз|кем) )?(?:уақыт )?"
    r"(?P<way>бұрын|кейін|соң)",
    "ru": r"(?:(?P<bound>примерно|около|более|больше|менее|меньше) )?(?:чем )?(?:за |через )?"
    r"(?:(?P<tail>примерно|около|более|больше|менее|меньше) (?:чем )?)?"
    r"(?P<n>N)(?P<half> с половиной)? ?(?P<unit>год|лет|месяц|недел|дн|день)\w* "
    r"(?P<way>до|после|перед) (?P<anchor>интервью|публикаци)\w*",
    "tr": r"(?P<anchor>röportaj|görüşme|yayı[mn])\w* (?:(?P<bound>yaklaşık) )?(?P<n>N)"
    r"(?P<half> buçuk)? (?P<unit>yıl|ay|hafta|gün)(?:[dt][ae]n (?P<tail>fazla|çok|az))? "
    r"(?:bir süre )?(?P<way>önce|sonra)",
    "ug": r"(?P<anchor>سۆھبەت|ئېلان)\S*(?: قىلىنىشتىن)? (?:(?P<bound>تەخمىنەن) )?(?P<n>N)"
    r"(?P<half> يېرىم)? (?P<unit>يىل|ئاي|ھەپتە|كۈن)(?:[دت]ىن (?P<tail>ئارتۇق|كۆپ|ئاز|كەم))? "
    r"(?P<way>بۇرۇن|ئىلگىرى|كېيىن)",
    "zh": r"(?P<anchor>采访|发表|出版)(?P<way>前|后)(?P<bound>大?约|超过|不到)?(?P<n>N)个?"
    r"(?P<unit>年|月|周|天)(?P<half>半)?(?P<tail>多)?",
}
_KEYS: Mapping[str, Mapping[str, str]] = {
    "unit": {
        "year": "year жыл год лет yıl يىل 年",
        "month": "month ай месяц ay ئاي 月",
        "week": "week апта недел hafta ھەپتە 周",
        "day": "day күн дн день gün كۈن 天",
    },
    "bound": {
        "about": "about шамамен примерно около yaklaşık تەخمىنەن 约 大约",
        "more than": "more over астам артық көп более больше fazla çok ئارتۇق كۆپ 超过 多",
        "less than": "less under аз кем менее меньше az ئاز كەم 不到",
    },
    "way": {"after": "after кейін соң после sonra كېيىن 后"},
    "anchor": {"interview": "interview сұхбат интервью röportaj görüşme سۆھبەت 采访"},
}
_KEY_OF = {
    part: {word: key for key, words in keys.items() for word in words.split()}
    for part, keys in _KEYS.items()
}


def _compiled(row: str) -> re.Pattern[str]:
    numbers = "|".join([r"\d+(?:[.,]5)?", *sorted(_NUMBERS, key=len, reverse=True)])
    return re.compile(row.replace("(?P<n>N", f"(?P<n>{numbers}"))


_PATTERNS = tuple(map(_compiled, _ROWS.values()))
_ANCHOR = re.compile("|".join(re.findall(r"\(\?P<anchor>(.+?)\)", " ".join(_ROWS.values()))))

Bound = Literal["", "about", "more than", "less than"]


@dataclass(frozen=True, slots=True)
class RelativeDate:
    """A date counted from the interview or the publication, until `edtf.resolve` finds it."""

    amount: float  # as told, so in halves at the finest
    unit: Literal["year", "month", "week", "day"]
    after: bool
    anchor: Literal["interview", "published"]
    bound: Bound = ""

    @property
    def grain(self) -> Unit:
        """How fine the words are."""
        if self.unit == "year":
            return "year" if float(self.amount).is_integer() else "month"
        return "month" if self.unit == "month" else "day"

    def shifted(self, day: datetime.date, grain: Unit) -> Point:
        """The point that lies so far from `day`, always about; OverflowError out of range."""
        sign = 1 if self.after else -1
        months = {"year": self.amount * 12, "month": self.amount}.get(self.unit, 0)
        days = {"week": self.amount * 7, "day": self.amount}.get(self.unit, months % 1 * 30)
        index = day.year * 12 + day.month - 1 + sign * int(months)
        year, month = index // 12, index % 12 + 1
        if not date_points.FIRST_YEAR <= year <= date_points.LAST_YEAR:
            raise OverflowError
        last = calendar.monthrange(year, month)[1]
        day = day.replace(year=year, month=month, day=min(day.day, last))
        day += datetime.timedelta(days=sign * round(days))
        if not date_points.FIRST_YEAR <= day.year <= date_points.LAST_YEAR:
            raise OverflowError
        return date_points.of(day, grain).marked("~")


def parse(folded: str) -> RelativeDate | None:
    """What `2 and a half years before interview` says, or None; tidy, in small letters."""
    if not _ANCHOR.search(folded):
        return None
    found = next((m for p in _PATTERNS if (m := p.fullmatch(folded))), None)
    if found is None:
        return None
    said = found.groupdict(default="")
    amount = _NUMBERS.get(said["n"]) or float(said["n"].replace(",", "."))
    bound = said["bound"].partition(" ")[0] or said.get("tail", "")
    return RelativeDate(
        amount + (0.5 if said["half"] else 0),
        _KEY_OF["unit"][said["unit"]],  # type: ignore[arg-type]  # the keys of the table
        "after" in _KEY_OF["way"].get(said["way"], ""),
        _KEY_OF["anchor"].get(said["anchor"], "published"),  # type: ignore[arg-type]
        _KEY_OF["bound"].get(bound, ""),  # type: ignore[arg-type]
    )
