"""Which words may be a name with the endings of a language, and which name that would be.

Rough on purpose: an ending too many hides a wrong spelling, one too few tells of a right one.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_APOSTROPHES = "'’‘ʼʻ`´"
APOSTROPHE = re.compile(f"[{_APOSTROPHES}]")

_KAZAKH = (
    "(?:[лдт](?:ар|ер))?"  # plural
    "(?:(?:[ыі]?(?:м|ң|мыз|міз|ңыз|ңіз))|с?[ыі])?"  # possessor
    "(?:[лдт][ыі][қкғг][ыі]?)?"  # of a place, or being it
    "(?:[лдт](?:ар|ер))?(?:[ыі])?"
    "(?:[ндт][ыі]ң|[ғгқкн]?[ае]|[ндт][ыі]|н|н?[дт][ае]|[днт][ае]н|[мбп]ен)?"  # case
    "(?:[ғг][ыі])?(?:[дт][ае]й|ш[ае]|[мпбсң]?[ыі]?[нзм])?"
)
_UYGHUR = (
    "(?:ل[ىا]ر|لەر)?"
    "(?:[ىۇۈ]?[مڭ]|[ىۇۈ]?مىز|[ىۇۈ]?ڭلار|س?ى)?"
    "(?:ل[ىۇۈ][قكغگ]ى?)?(?:ل[ىا]ر|لەر)?ى?"
    "(?:نىڭ|[غق]ا|[گك]ە|نى|[دت][اە]|[دت]ىن|[دت]ىكى|[غگقك]ىچە|چە|چىلىك|[دت]ەك)?"
    "(?:لەر|لار)?(?:مۇ|چۇ|ما|مۇ)?"
)
_RUSSIAN = (
    "(?:[аяуюеёыиоьй]|[оеё]й|[ое]ю|[оеё][мв]|[аяи]м|[аяыи]х|[аы]м|[аяы]ми|ью|и[ияюей]|ией|ия[мх]|иями"
    "|[ое]го|[ое]му|[ыи]ми?|[уюая][юя]|[оеыи]е|ск(?:ий|ая|ое|ие|ого|ому|ой|ую|им|их|ом|ими))"
)
_TURKISH = "(?:l[ıiuü](?:l[ae]r)?(?:[ıi]n?)?(?:[dt][ae]n?|[yn]?[ae])?|[cç][ae])"
_ENDINGS = {
    "en": re.compile("(?:s|n|is?|ns)"),
    "kk": re.compile(_KAZAKH),
    "ky": re.compile(_KAZAKH),
    "ru": re.compile(_RUSSIAN),
    "tr": re.compile(_TURKISH),
    "ug": re.compile(_UYGHUR),
}
# What the end of a name may have been before an ending: letters that changed or fell.
_BEFORE: Mapping[str, Mapping[str, str | tuple[str, ...]]] = {
    "kk": {"б": "п", "г": "к", "ғ": "қ"},
    "ky": {"б": "п", "г": "к"},
    "ug": {"ى": ("ا", "ە"), "ې": ("ا", "ە"), "ۇ": "و", "گ": "ك", "غ": "ق", "ۋ": "پ"},
}
_FELL = {"ru": ("а", "я", "ь", "й", "о", "е", "ия", "ий", "ый", "ы", "и")}
_LEAST = 3  # letters of a name that are left


def bases(word: str, lang: str) -> Iterator[str]:
    """`word` itself, then what it is without an ending, the least taken away first.

    `word` in small letters. An apostrophe ends a name in whatever language.
    """
    yield APOSTROPHE.sub("", word)
    cut = max(word.rfind(sign) for sign in _APOSTROPHES)
    if cut >= _LEAST:
        yield APOSTROPHE.sub("", word[:cut])
    primary = lang.partition("-")[0]
    endings = _ENDINGS.get(primary)
    plain = APOSTROPHE.sub("", word)
    for end in range(len(plain) - 1, _LEAST - 1, -1) if endings else ():
        if endings and endings.fullmatch(plain, end):
            yield from _before(plain[:end], primary)


def _before(stem: str, lang: str) -> Iterator[str]:
    yield stem
    for last in _BEFORE.get(lang, {}).get(stem[-1], ()):
        yield stem[:-1] + last
    if lang == "ug":  # a and e in an open syllable before an ending: bala, baliniŋ
        yield from (f"{stem[:-2]}{vowel}{stem[-1]}" for vowel in "اە" if stem[-2] in "ىې")
    yield from (stem + fallen for fallen in _FELL.get(lang, ()))
