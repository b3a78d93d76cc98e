"""Dates in plain words: what the words of each site language mean, in a table.

The table knows words, not calendars: it peels one layer (`about 2017-05` → about, `2017-05`)
and leaves the rest to `edtf`. A new language is one more line in each row. In a line, `…` is
the date, `Y` a year of four digits, `E` a Kazakh, `T` a Turkish and `U` an Uyghur ending. Rows
are tried from the top, longer forms before shorter, and of each row only the lines of languages
in whose letters the text is written: trying all of them is slow.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_KAZAKH = (
    r"(?: ?(?:ж\.|жыл(?:ғы|ы|ға|дан|дың)?))?"
    r"(?:[- ]?(?:[ғгқкн][ае]|[дт][ае]н?|нан|нен|[днт][ыі]ң))?"
)
_TURKISH = r"(?: (?:yılı|ayı|tarihi)n(?:d[ae]n|[ae])?|['’]?[dtny]?[ae]n?)?"
_UYGHUR = r"(?:-?(?:يىلى?|ئاي|كۈنى?)?(?:[دت]ىن|[غق]ا|[گك]ە|نىڭ)?)?"

# In whose letters a text may be, and the places of the languages in a row of the table.
_LETTERS = (
    (re.compile("[a-zçöüğışâîû]"), (0, 3)),
    (re.compile("[\u0400-\u04ff]"), (1, 2)),
    (re.compile("[\u0600-\u06ff]"), (4,)),
    (re.compile("[\u4e00-\u9fff]"), (5,)),
)
_WITHOUT_WORDS = {"to": r"… - …|(Y)-(Y)"}

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
        r"(?:from )?… (?:to|until|till|through) …",
        r"…E бастап …E дейін|…E - …E дейін|…(?: жыл)?[- ]?(?:[днт][ае]н) …E дейін",
        r"(?:со? |от )?… (?:до|по) …",
        r"…T …T kadar",
        r"…U …U(?:غىچە|گىچە|قىچە|كىچە)",
        r"从?… ?[到至] ?…",
    ),
    # after `to`, which may start with the same word
    "since ": ("", "", r"(?:начиная )?со? …", "", "", ""),
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
        r"(?:in |at )?(?:the )?(?:early|beginning of|start of) …",
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
        r"(?:in |at )?(?:the )?(?:late|end of) …",
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


@dataclass(frozen=True, slots=True)
class Phrase:
    """One layer of words: what it says (`about`, `to`, `season` …) and the dates inside."""

    role: str
    parts: tuple[str, ...] = ()


def tidy(text: str) -> str:
    """One spelling for spaces, hyphens, digits, and the X of other keyboards."""
    plain = " ".join(unicodedata.normalize("NFKC", text).split())
    if not plain.isascii():
        plain = _OTHER_DIGIT.sub(lambda found: str(unicodedata.decimal(found[0])), plain)
        plain = _HYPHEN.sub("-", plain)
        plain = _DASH.sub(" - ", plain)
    if not _ANY_X.search(plain):
        return plain
    return _UNKNOWN_DIGITS.sub(lambda found: "X" * len(found[0]), plain)


def folded(text: str) -> str:
    """In small letters, as the table has them."""
    return text.casefold().replace("i\u0307", "i")


def phrase(text: str) -> Phrase | None:
    """The outermost layer of words around a date, or None. `text` must be tidy and folded."""
    places = tuple(n for letters, ns in _LETTERS if letters.search(text) for n in ns)
    for role, pattern in _patterns(places):
        if found := pattern.fullmatch(text):
            return Phrase(role.strip(), tuple(part.strip() for part in found.groups() if part))
    return _with_month_numbered(text)


def with_month_named(text: str) -> str:
    """The EDTF for `5 March 2018` or `наурыз 2018`; empty where no month is named."""
    words = re.findall(r"[^\W\d_]+|\d+", folded(text))
    month = next((i for i, p in enumerate(_MONTH_NAMES, 1) for w in words if p.fullmatch(w)), 0)
    if not month:
        return ""
    year = next((word for word in words if re.fullmatch(r"\d{4}", word)), "XXXX")
    day = next((word for word in words if re.fullmatch(r"\d{1,2}", word)), "")
    return f"{year}-{month:02}" + (f"-{int(day):02}" if day else "")


def counts_from_now(text: str) -> bool:
    """Whether the words count from a day that they do not name: `a year ago`, `last month`."""
    return _FROM_NOW.search(folded(text)) is not None


def _with_month_numbered(text: str) -> Phrase | None:
    """Chinese and Uyghur number their months, so nobody can take one for another."""
    found = _CHINESE.fullmatch(text) or _UYGHUR_DATE.fullmatch(text)
    parts = (part.zfill(2) for part in found.groups() if part) if found else ()
    return Phrase("year", ("-".join(parts),)) if found else None


@lru_cache(maxsize=16)  # one for each mixture of scripts
def _patterns(places: tuple[int, ...]) -> tuple[tuple[str, re.Pattern[str]], ...]:
    rows = [
        (role, [line[n] for n in places]) for role, line in (*_season_rows(), *TABLE.items())
    ]
    given = ((role, [*lines, _WITHOUT_WORDS.get(role, "")]) for role, lines in rows)
    found = ((role, "|".join(filter(None, lines))) for role, lines in given)
    return tuple((role, _compiled(lines)) for role, lines in found if lines)


def _compiled(row: str) -> re.Pattern[str]:
    """The row as a pattern; a captured part is a date to be read further."""
    row = "|".join(map(_looking_ahead, _alternatives(row)))
    for letter, source in (("E", _KAZAKH), ("T", _TURKISH), ("U", _UYGHUR)):
        row = row.replace(letter, source)
    row = row.replace("(…)", "…").replace("…", "(.+?)")
    return re.compile(row.replace("Y", r"\d{4}"))


def _alternatives(row: str) -> Iterator[str]:
    """`a|(?:b|c)` as `a` and `(?:b|c)`."""
    depth = start = 0
    for place, letter in enumerate(row):
        depth += (letter == "(") - (letter == ")")
        if letter == "|" and not depth:
            yield row[start:place]
            start = place + 1
    yield row[start:]


def _looking_ahead(line: str) -> str:
    """The same, but what starts with the date looks first for the words after it.

    Else the date would be tried at every length, with every ending of it.
    """
    last = line.rpartition("…")[2].lstrip("ETU)")
    return rf"(?=.*{last}\Z){line}" if line[0] == "…" and last else line


def _season_rows() -> Iterator[tuple[str, tuple[str, ...]]]:
    year = r"(Y)(?:-?й|[- ]ші)? ?(?:ж\.|жыл\w*|г\.|год\w*|yılı\w*|-?يىلى?|年)?"
    for number, names in _SEASONS.items():
        rows = []
        for place, name in enumerate(names):
            ending = "[天季]?" if place == len(names) - 1 else r"\w*"  # Chinese has no spaces
            word = f"(?:{name}){ending}"
            row = rf"(?:in |в )?(?:the )?{word}(?: of)? {year}|{year} ?{word}"
            rows.append(f"(?=.*(?:{name}))(?:{row})")
        yield f"season {number}", tuple(rows)


_MONTH_NAMES = tuple(re.compile(names) for names in _MONTHS)
_CHINESE = re.compile(r"(\d{4})年(\d{1,2})月(?:(\d{1,2})[日号])?")
_UYGHUR_DATE = re.compile(  # its last unit may have gone with the ending after it
    r"(\d{4})-يىلى? (\d{1,2})(?:-ئاي(?:نىڭ (\d{1,2})(?:-كۈنى)?)?)?"
)
_OTHER_DIGIT = re.compile(r"(?![0-9])\d")
_HYPHEN = re.compile(r"[\u2010-\u2012\u2212]|(?<=\d)\u2013(?=\d\d(?!\d))")
_DASH = re.compile(r" ?[\u2013-\u2015] ?")
_ANY_X = re.compile("[xXхХ]")
_UNKNOWN_DIGITS = re.compile(  # in 201х, in a lone xx or хххх; not the ending of 1990-х
    r"(?<![^\W_])[xXхХ]{2}(?:[xXхХ]{2})?(?![^\W_])"
    r"|(?:(?<=\b\d\d\d)|(?<=\b\d\d)[xXхХ]|(?<=\b\d)[xXхХ][xXхХ])[xXхХ](?![^\W_])"
)
_FROM_NOW = re.compile(
    r"\b(?:ago|last|this|yesterday|назад|прошл\w+|вчера|өткен|былтыр|кеше|geçen|dün)\b|之前$|去年|"
    r"(?:жыл|ай|апта|күн) бұрын$|(?:yıl|ay|hafta|gün) önce$"
)
