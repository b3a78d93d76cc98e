"""Dates in plain words: what the words of each site language mean, in a table.

The table knows words, not calendars: it peels one layer (`about 2017-05` → about, `2017-05`)
and leaves the rest to `edtf`. A new language is one more line in each row. In a line, `…` is
the date, `Y` a year of four digits, `N` a number, `E` a Kazakh, `T` a Turkish and `U` an Uyghur
ending. Rows are tried from the top: longer forms stand before shorter.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_KAZAKH = (
    r"(?: ?(?:ж\.|жыл(?:ғы|ы|ға|дан|дың)?))?"
    r"(?:[- ]?(?:ға|ге|қа|ке|на|не|да|де|та|те|дан|ден|тан|тен|нан|нен|[днт][ыі]ң))?"
)
_TURKISH = r"(?: (?:yılı|ayı|tarihi)n(?:d[ae]n|[ae])?|['’]?[dtny]?[ae]n?)?"
_UYGHUR = r"(?:-?(?:يىلى?|ئاي|كۈنى?)?(?:[دت]ىن|غا|گە|قا|كە|نىڭ)?)?"

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
}
_NUMBERS = {word: n for n, words in _NUMBER_WORDS.items() for word in words.split("|")}
_NUMBER = "|".join([r"\d+(?:[.,]5)?", *sorted(_NUMBERS, key=len, reverse=True)])

# The rows of one language stand on one line: en, kk, ru, tr, ug, zh.
TABLE: Mapping[str, tuple[str, ...]] = {
    "unknown": (
        r"unknown|not known|date unknown|no date|undated",
        r"белгісіз|күні белгісіз|анық емес",
        r"неизвестно|не известно|неизвестна|неизвестен|дата неизвестна|без даты",
        r"bilinmiyor|bilinmeyen|tarihi bilinmiyor",
        r"نامەلۇم|ۋاقتى نامەلۇم",
        r"未知|不详|不明|日期不详",
    ),
    "between": (
        r"between … and …",
        r"…E (?:мен|пен|бен) …E (?:аралығында|арасында)",
        r"между … и …",
        r"… ile … arasında",
        r"… بىلەن …U (?:ئارىلىقىدا|ئارىسىدا)",
        r"… ?[和与] ?… ?之间",
    ),
    "since": (
        r"since …|(?:from )?… to (?:now|the present|present|today)|from … (?:on|onwards?)",
        r"…E (?:бері|бастап)|…E бастап (?:қазірге|осы күнге) дейін",
        r"(?:начиная )?со? … (?:до сих пор|по настоящее время|по сей день)",
        r"…T (?:beri|itibaren|bu yana)",
        r"…U (?:بېرى|بۇيان)",
        r"(?:自从?|从)?… ?(?:以来|至今|起)",
    ),
    "to": (
        r"(?:from )?… (?:to|until|till|through) …|… - …|(Y)-(Y)",
        r"…E бастап …E дейін|…E - …E дейін|…(?: жыл)?[- ]?(?:[днт][ае]н) …E дейін",
        r"(?:со? |от )?… (?:до|по) …",
        r"…T …T kadar",
        r"…U …U(?:غىچە|گىچە|قىچە|كىچە)",
        r"从?… ?[到至] ?…",
    ),
    "since ": (r"со? …", r"начиная с …"),  # after `to`, which may start with the same word
    "about": (
        r"(?:about|around|approximately|roughly|circa|ca\.?|c\.) ?…",
        r"(?:шамамен|жуықтап) …|…E (?:шамасында|шамасы)|…E жуық",
        r"(?:около|примерно|приблизительно|ориентировочно)(?: в)? …",
        r"(?:yaklaşık|tahminen|aşağı yukarı)(?: olarak)? …|… (?:civarı|civarında|dolaylarında)",
        r"(?:تەخمىنەن|تەخمىنەن ئالغاندا) …|…U ئەتراپىدا",
        r"(?:大约|大概|约)(?:在|是)? ?…|… ?(?:左右|前后|前後)",
    ),
    "maybe": (
        r"(?:maybe|perhaps|possibly|probably) …",
        r"(?:мүмкін|бәлкім|бәлки) …|… (?:болуы мүмкін|болар)",
        r"(?:возможно|может быть|вероятно|наверное|видимо),?(?: в)? …",
        r"(?:belki|muhtemelen|olasılıkla) …",
        r"(?:بەلكىم|ئېھتىمال) …",
        r"(?:可能|也许|或许)(?:是|在)? ?…",
    ),
    "before": (
        r"before …|earlier than …",
        r"…E (?:дейін|бұрын)",
        r"(?:до|раньше|ранее|перед) …",
        r"…T önce",
        r"…U (?:بۇرۇن|ئىلگىرى|ئاۋۋال)",
        r"… ?(?:之前|以前|前)",
    ),
    "after": (
        r"after …|later than …",
        r"…E (?:кейін|соң)",
        r"(?:после|позже|позднее) …",
        r"…T sonra",
        r"…U كېيىن",
        r"… ?(?:之后|以后|后)",
    ),
    "early": (
        r"(?:in )?(?:the )?(?:early|beginning of|start of) …",
        r"… (?:басы|басында)",
        r"(?:в )?(?:начало|начале|начала) …",
        r"… (?:başı|başında|başları|başlarında)",
        r"…U (?:بېشى|بېشىدا|باشلىرى|باشلىرىدا)",
        r"… ?(?:年初|初期|初)",
    ),
    "mid": (
        r"(?:in )?(?:the )?(?:middle of|mid)[- ]?…",
        r"… (?:ортасы|ортасында|орта шені|орта шенінде)",
        r"(?:в )?(?:середина|середине|середины) …",
        r"… (?:ortası|ortasında|ortaları|ortalarında)",
        r"…U (?:ئوتتۇرىسى|ئوتتۇرىلىرى|ئوتتۇرىلىرىدا)",
        r"… ?(?:年中|中期)",
    ),
    "late": (
        r"(?:in )?(?:the )?(?:late|end of) …",
        r"… (?:соңы|соңында|аяғы|аяғында)",
        r"(?:в )?(?:конец|конце|конца) …",
        r"… (?:sonu|sonunda|sonları|sonlarında)",
        r"…U (?:ئاخىرى|ئاخىرىدا|ئاخىرلىرى|ئاخىرلىرىدا)",
        r"… ?(?:年末|年底|末期|末|后期)",
    ),
    "decade": (
        r"(?:in )?(?:the )?(Y)['’]?s",
        r"(Y)[- ]?(?:шы|ші|ыншы|інші)? ?жылдар\w*",
        r"(?:в )?(Y)(?:-?(?:е|х|ые|ых))(?: ?г(?:оды|одов|одах|г\.))?",
        r"(Y)['’]?(?:l[ae]r\w*|l[ıiuü] yıllar\w*)|(Y) yılları\w*",
        r"(Y)-?(?: )?يىللار\S*",
        r"(Y) ?年代",
    ),
    "year": (
        r"(?:in )?(?:the )?year (Y)|in (…)",
        r"(Y)(?:[- ](?:ші|шы|ыншы|інші))? ?(?:ж\.|жыл(?:ы|ғы|да|дың)?)",
        r"(?:в )?(Y)(?:-?й)? ?(?:год|году|года|г\.?)|в (…)",
        r"(Y) yılı(?:nda)?",
        r"(Y)-?يىلى?",
        r"(Y) ?年",
    ),
}

_COUNTED: Mapping[str, str] = {
    "en": r"(?:about )?(?P<n>N)(?P<half> and a half)? (?P<unit>year|month|week|day)s? "
    r"(?P<way>before|after) (?:the )?(?P<anchor>interview|publication|published|publishing)",
    "en half": r"(?:about )?(?P<n>half) an? (?P<unit>year|month) "
    r"(?P<way>before|after) (?:the )?(?P<anchor>interview|publication|published|publishing)",
    "kk": r"(?P<anchor>сұхбат|жариялан)\w* (?:шамамен )?(?P<n>N|жарты)(?P<half> жарым)? "
    r"(?P<unit>жыл|ай|апта|күн)\w* (?P<way>бұрын|кейін|соң)",
    "ru": r"(?:за |через )?(?:примерно |около )?(?P<n>N|пол|полтора|полторы)"
    r"(?P<half> с половиной)? ?(?P<unit>год|лет|месяц|недел|дн|день)\w* "
    r"(?P<way>до|после|перед) (?P<anchor>интервью|публикаци)\w*",
    "tr": r"(?P<anchor>röportaj|görüşme|yayı[mn])\w* (?:yaklaşık )?(?P<n>N|yarım)"
    r"(?P<half> buçuk)? (?P<unit>yıl|ay|hafta|gün) (?P<way>önce|sonra)",
    "ug": r"(?P<anchor>سۆھبەت|ئېلان)\S*(?: قىلىنىشتىن)? (?P<n>N|يېرىم)(?P<half> يېرىم)? "
    r"(?P<unit>يىل|ئاي|ھەپتە|كۈن) (?P<way>بۇرۇن|ئىلگىرى|كېيىن)",
    "zh": r"(?P<anchor>采访|发表|出版)(?P<way>前|后)(?:大?约)?(?P<n>N|半)个?"
    r"(?P<unit>年|月|周|天)(?P<half>半)?",
}

_SEASONS: Mapping[str, tuple[str, ...]] = {
    "21": ("spring", "көктем", "весн", "ilkbahar|bahar", "ئەتىياز|باھار", "春"),
    "22": ("summer", "жаз", "лет", "yaz", "ياز", "夏"),
    "23": ("autumn|fall", "күз", "осен", "sonbahar|güz", "كۈز", "秋"),
    "24": ("winter", "қыс", "зим", "kış", "قىش", "冬"),
}

# Only so that the way out can be named: a month in words is not taken, since `5 mart` may be
# anybody's spelling, while 03 is the same in every language.
_MONTHS = (
    r"january|jan|қаңтар|январ\w*|ocak|يانۋار|قاڭتار",
    r"february|feb|ақпан|феврал\w*|şubat|فېۋرال",
    r"march|mar|наурыз|март|марта|марте|mart|مارت",
    r"april|apr|сәуір|апрел\w*|nisan|ئاپرېل",
    r"may|мамыр|май|мая|мае|mayıs|ماي",
    r"june|jun|маусым|июн\w*|haziran|ئىيۇن",
    r"july|jul|шілде|июл\w*|temmuz|ئىيۇل",
    r"august|aug|тамыз|август\w*|ağustos|ئاۋغۇست",
    r"september|sept?|қыркүйек|сентябр\w*|eylül|سېنتەبىر",
    r"october|oct|қазан|октябр\w*|ekim|ئۆكتەبىر",
    r"november|nov|қараша|ноябр\w*|kasım|نويابىر",
    r"december|dec|желтоқсан|декабр\w*|aralık|دېكابىر",
)

_UNITS = {
    "year": "year жыл год лет yıl يىل 年",
    "month": "month ай месяц ay ئاي 月",
    "week": "week апта недел hafta ھەپتە 周",
    "day": "day күн дн день gün كۈن 天",
}
_UNIT_OF = {word: unit for unit, words in _UNITS.items() for word in words.split()}
_AFTER = {"after", "кейін", "соң", "после", "sonra", "كېيىن", "后"}
_INTERVIEW = {"interview", "сұхбат", "интервью", "röportaj", "görüşme", "سۆھبەت", "采访"}
_HALF = {"half", "жарты", "пол", "yarım", "يېرىم", "半"}


@dataclass(frozen=True, slots=True)
class Phrase:
    """One layer of words: what it says (`about`, `to`, `season` …) and the dates inside."""

    role: str
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Offset:
    """A time counted from the interview or the publication, as the words gave it."""

    amount: Fraction
    unit: str  # year, month, week, day
    after: bool
    anchor: str  # interview or published


def tidy(text: str) -> str:
    """One spelling for spaces, hyphens, digits, and the X of other keyboards."""
    plain = " ".join(unicodedata.normalize("NFKC", text).split())
    if not plain.isascii():
        plain = "".join(str(unicodedata.decimal(character, character)) for character in plain)
        plain = _HYPHEN.sub("-", plain)
        plain = _DASH.sub(" - ", plain)
    return _UNKNOWN_DIGITS.sub(lambda found: "X" * len(found[0]), plain)


def phrase(text: str) -> Phrase | None:
    """The outermost layer of words around a date, or None. `text` must be tidy."""
    folded = _folded(text)
    for role, pattern in _PATTERNS:
        if found := pattern.fullmatch(folded):
            return Phrase(role.strip(), tuple(part.strip() for part in found.groups() if part))
    return _chinese(folded)


def offset(text: str) -> Offset | None:
    """What `2 and a half years before interview` says, or None. `text` must be tidy."""
    folded = _folded(text)
    found = next((m for p in _RELATIVE if (m := p.fullmatch(folded))), None)
    if found is None:
        return None
    said = found.groupdict()
    amount = _amount(said["n"]) + (Fraction(1, 2) if said.get("half") else 0)
    anchor = "interview" if said["anchor"] in _INTERVIEW else "published"
    return Offset(amount, _UNIT_OF[said["unit"]], said["way"] in _AFTER, anchor)


def with_month_named(text: str) -> str:
    """The EDTF for `5 March 2018` or `наурыз 2018`; empty where no month is named."""
    words = re.findall(r"[^\W\d_]+|\d+", _folded(text))
    month = next((i for i, p in enumerate(_MONTH_NAMES, 1) for w in words if p.fullmatch(w)), 0)
    if not month:
        return ""
    year = next((word for word in words if re.fullmatch(r"\d{4}", word)), "XXXX")
    day = next((word for word in words if re.fullmatch(r"\d{1,2}", word)), "")
    return f"{year}-{month:02}" + (f"-{int(day):02}" if day else "")


def counts_from_now(text: str) -> bool:
    """Whether the words count from a day that they do not name: `a year ago`, `last month`."""
    return _FROM_NOW.search(_folded(text)) is not None


def _folded(text: str) -> str:
    return text.casefold().replace("i\u0307", "i")


def _chinese(folded: str) -> Phrase | None:
    found = re.fullmatch(r"(\d{4})年(\d{1,2})月(?:(\d{1,2})[日号])?", folded)
    parts = (part.zfill(2) for part in found.groups() if part) if found else ()
    return Phrase("year", ("-".join(parts),)) if found else None


def _amount(word: str) -> Fraction:
    if word in _HALF:
        return Fraction(1, 2)
    if word.startswith("полтор"):
        return Fraction(3, 2)
    return Fraction(_NUMBERS[word]) if word in _NUMBERS else Fraction(word.replace(",", "."))


def _compiled(row: str) -> re.Pattern[str]:
    """The row as a pattern; a captured part is a date to be read further."""
    for letter, source in (("E", _KAZAKH), ("T", _TURKISH), ("U", _UYGHUR)):
        row = row.replace(letter, source)
    row = row.replace("(…)", "…").replace("…", "(.+?)").replace("(?P<n>N", f"(?P<n>{_NUMBER}")
    return re.compile(row.replace("Y", r"\d{4}"))


def _season_rows() -> tuple[tuple[str, str], ...]:
    year = r"(Y)(?:-?й|[- ]ші)? ?(?:ж\.|жыл\w*|г\.|год\w*|yılı\w*|-?يىلى?|年)?"
    return tuple(
        (
            f"season {number}",
            rf"(?:in |в )?(?:the )?(?:{words})\w*(?: of)? {year}|{year} ?(?:{words})\w*",
        )
        for number, names in _SEASONS.items()
        for words in ["|".join(names)]
    )


_PATTERNS = (
    *((role, _compiled(row)) for role, row in _season_rows()),
    *((role, _compiled("|".join(rows))) for role, rows in TABLE.items()),
)
_RELATIVE = tuple(_compiled(row) for row in _COUNTED.values())
_MONTH_NAMES = tuple(re.compile(names) for names in _MONTHS)
_HYPHEN = re.compile(r"[\u2010-\u2012\u2212]|(?<=\d)\u2013(?=\d\d(?!\d))")
_DASH = re.compile(r" ?[\u2013-\u2015] ?")
_UNKNOWN_DIGITS = re.compile(  # in 201х, in a lone xx or хххх; not the ending of 1990-х
    r"(?<![^\W_])[xXхХ]{2}(?:[xXхХ]{2})?(?![^\W_])"
    r"|(?:(?<=\b\d\d\d)|(?<=\b\d\d)[xXхХ]|(?<=\b\d)[xXхХ][xXхХ])[xXхХ](?![^\W_])"
)
_FROM_NOW = re.compile(
    r"\b(?:ago|last|this|yesterday|назад|прошл\w+|вчера|өткен|былтыр|кеше|geçen|dün)\b|之前$|去年|"
    r"(?:жыл|ай|апта|күн) бұрын$|(?:yıl|ay|hafta|gün) önce$"
)
