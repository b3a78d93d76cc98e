"""How many dates are read in a second: each form in each language, and two libraries beside it.

    python bench/dates.py

Every text is read once and nothing is remembered from one to the next, on both sides. Seconds
are those of the processor, in the best of some rounds: other work on the machine counts little.
Needs the `test` extra, which has the libraries. They know notation alone, but for `edtf`, which
also turns some English words into notation; a dash is what one does not know.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta

from edtf import parse_edtf, text_to_edtf
from undate import Undate

from aigaq.words import edtf

LANGUAGES = ("en", "kk", "ru", "tr", "ug", "zh")
AMOUNT, OF_LIBRARIES, ROUNDS = 400, 30, 5
WANTED = 5000  # a second, of each form in each language

NOTATION = {
    "day": "{day}",
    "month": "{month}",
    "year": "{year}",
    "season": "{year}-22",
    "unknown digit": "{tens}X",
    "unknown month": "{year}-XX",
    "about": "{month}~",
    "uncertain": "{day}?",
    "interval": "{month}/{later}",
    "open end": "{month}/..",
    "unknown end": "{day}/",
    "one of": "[{month},{later}]",
    "one day between": "[{month}..{later}]",
    "day without a year": "XXXX-{day:.5}",
}
WORDS = {
    "about": (
        *("about {month}", "шамамен {month}", "примерно в {month}", "{month} civarında"),
        *("{month} ئەتراپىدا", "{month}左右"),
    ),
    "maybe": (
        *("maybe {month}", "{month} болуы мүмкін", "возможно, в {year} году"),
        *("belki {month}", "بەلكىم {month}", "可能是{year}年"),
    ),
    "before": (
        *("before {day}", "{day} дейін", "до {day}", "{day} tarihinden önce"),
        *("{day} دىن بۇرۇن", "{chinese}之前"),
    ),
    "after": (
        *("after {day}", "{year} жылдан кейін", "после {day}", "{year} yılından sonra"),
        *("{day}دىن كېيىن", "{chinese}以后"),
    ),
    "since": (
        *("since {day}", "{month}-тен бері", "начиная с {month}", "{month}'ten beri"),
        *("{month}دىن بۇيان", "自{chinese}起"),
    ),
    "to now": (
        *("from {month} to the present", "{month} бастап қазірге дейін"),
        *("с {month} по настоящее время", "{month} tarihinden bu yana"),
        *("{day}دىن بېرى", "{chinese}至今"),
    ),
    "from to": (
        *("from {month} to {later}", "{month} бастап {later} дейін", "с {month} по {later}"),
        *("{month}'den {later}'e kadar", "{month}دىن {later}غىچە", "从{month}到{later}"),
    ),
    "between": (
        *("between {month} and {later}", "{month} мен {later} аралығында"),
        *("между {month} и {later}", "{month} ile {later} arasında"),
        *("{month} بىلەن {later} ئارىلىقىدا", "{month}和{later}之间"),
    ),
    "early, of a decade": (
        *("in the early {tens}0s", "{tens}0 жылдардың басында", "в начале {tens}0-х годов"),
        *("{tens}0'ların başı", "{tens}0-يىللارنىڭ بېشى", "{tens}0年代初期"),
    ),
    "mid, of a decade": (
        *("the middle of the {tens}0s", "{tens}0 жылдардың ортасы"),
        *("в середине {tens}0-х гг.", "{tens}0'ların ortası"),
        *("{tens}0-يىللارنىڭ ئوتتۇرىلىرى", "{tens}0年代中期"),
    ),
    "late, of a year": (
        *("at the end of {year}", "{year} жылдың соңы", "в конце {year} года"),
        *("{year} sonunda", "{year}-يىلنىڭ ئاخىرى", "{year}年底"),
    ),
    "decade": (
        *("the {tens}0s", "{tens}0-жылдары", "в {tens}0-х годах", "{tens}0'lı yıllar"),
        *("{tens}0-يىللار", "{tens}0年代"),
    ),
    "year": (
        *("in {year}", "{year} жылы", "в {year} году", "{year} yılında", "{year}-يىلى"),
        "{year}年",
    ),
    "season": (
        *("in the summer of {year}", "{year} жылдың жазында", "летом {year} года"),
        *("{year} yazında", "{year}-يىلى ياز", "{year}年夏天"),
    ),
    "before a season": (
        *("before winter {year}", "{year} жылдың қысына дейін", "до зимы {year} года"),
        *("{year} kışından önce", "{year}-يىلى قىشتىن بۇرۇن", "{year}年冬天之前"),
    ),
    "unknown": (*("unknown", "белгісіз", "неизвестно", "bilinmiyor", "نامەلۇم", "不详"),),
    "counted": (
        *("{n} and a half years before the interview", "сұхбаттан {n} жарым жыл бұрын"),
        *("за {n} с половиной года до интервью", "röportajdan {n} buçuk yıl önce"),
        *("سۆھبەتتىن {n} يېرىم يىل بۇرۇن", "采访前{n}年半"),
    ),
    "counted, more than": (
        *("more than {n} months after published", "жарияланғаннан {n} айдан астам кейін"),
        *("более чем через {n} месяцев после публикации", "yayından {n} aydan fazla sonra"),
        *("ئېلان قىلىنىشتىن {n} ئايدىن ئارتۇق كېيىن", "发表后超过{n}个月"),
    ),
}
Read = Callable[[str], object]


def main() -> None:
    """Prints both tables and the slowest form."""
    random.seed(4)
    edtf._value = edtf._value.__wrapped__  # nothing is remembered
    written = {form: _notation(template) for form, template in NOTATION.items()}
    _print("notation", ("aigaq", "edtf", "undate"), written)
    said = {form: _words(templates) for form, templates in WORDS.items()}
    _print("words", (*LANGUAGES, "edtf (en)"), said)
    ours = [(speeds[0], f"{form}, notation") for form, speeds in written.items()]
    for form, speeds in said.items():
        ours += [
            (speed, f"{form}, {lang}") for speed, lang in zip(speeds, LANGUAGES, strict=False)
        ]
    speed, slowest = min(ours)
    verdict = "at least" if speed >= WANTED else "NOT"
    print(f"slowest: {speed:,.0f} ({slowest}); {verdict} the {WANTED:,} that we want")


def _notation(template: str) -> tuple[float, ...]:
    texts = _texts(template)
    undates = _speed(lambda text: Undate.parse(text, "EDTF"), texts[:OF_LIBRARIES])
    return _speed(edtf.parse, texts), _speed(parse_edtf, texts[:OF_LIBRARIES]), undates


def _words(templates: tuple[str, ...]) -> tuple[float, ...]:
    """Each language, then the library that reads English."""
    ours = [_speed(edtf.parse, _texts(template)) for template in templates]
    return (*ours, _speed(_from_english, _texts(templates[0])[:OF_LIBRARIES]))


def _from_english(text: str) -> object:
    notation = text_to_edtf(text)
    return notation and parse_edtf(notation)


def _texts(template: str) -> tuple[str, ...]:
    """Different texts where the template can make them: the same one again is no test."""
    made = dict.fromkeys(template.format_map(gaps()) for _ in range(AMOUNT))
    return tuple(made)


def gaps() -> dict[str, object]:
    day = date(random.randrange(1900, 2030), 1, 1) + timedelta(random.randrange(365))
    later = day + timedelta(random.randrange(40, 4000))
    return {
        "day": _Day(day.isoformat()),
        "month": day.isoformat()[:7],
        "later": later.isoformat()[:7],
        "year": day.year,
        "tens": str(day.year)[:3],
        "chinese": f"{day.year}年{day.month}月{day.day}日",
        "n": random.randrange(2, 90),
    }


class _Day(str):
    """A day; `{day:.5}` is its month and day."""

    __slots__ = ()

    def __format__(self, spec: str) -> str:
        return self[5:] if spec else str(self)


def _speed(read: Read, texts: Iterable[str]) -> float:
    """Texts a second, in the best of some rounds; 0 where one of them is not read."""
    given, best = tuple(texts), float("inf")
    try:
        if not all(read(text) for text in given):
            return 0
    except Exception:  # each library has its own
        return 0
    for _ in range(ROUNDS):
        start = time.process_time()
        for text in given:
            read(text)
        best = min(best, time.process_time() - start)
    return len(given) / best


def _print(name: str, heads: tuple[str, ...], rows: Mapping[str, tuple[float, ...]]) -> None:
    print(f"| {name}, texts a second | {' | '.join(heads)} |")
    print("|---" * (len(heads) + 1) + "|")
    for form, speeds in rows.items():
        print(f"| {form} | {' | '.join(f'{s:,.0f}' if s else '–' for s in speeds)} |")
    print()


if __name__ == "__main__":
    main()
