"""Kazakh in Cyrillic letters written in its two other scripts, letter by letter from a table.

Latin is the alphabet of 31 letters that Kazakhstan published on 28 January 2021: `İ i` for и
and й, `I ı` for і, `Y y` for ы, `U u` for у, `Ū ū` for ұ. It has no letters for the sounds of
loanwords; they are spelled with those it has, as the page that presented it says: ё `io`,
ц `ts`, ч `tş`, щ `şş`, э `e`, ю `iu`, я `ia`; ъ and ь fall away.

Arabic is *töte jazu*, as it is written in China and in CLDR's `kk_Arab`, with the high hamza of
Unicode (U+0674), for which keyboards without it write U+0621. It has one sign for a vowel and
its soft twin (а and ә, о and ө, ұ and ү, ы and і); a hamza before the word says that they are
the soft ones. It is left out where another letter tells as much: е, э, к and г stand in soft
words only, қ and ғ in hard ones, however soft a vowel beside them (`қазір`, `мұғалім`). Each
part of a word with a hyphen is a word of its own: `ٴبىر-بىرىمەن`.

Law: whatever is not Kazakh in Cyrillic letters stays as it is: Latin words, digits, addresses,
tags and entities of HTML, gaps like `%(name)s` and `{date}`. Sentences keep their order, their
case and, but for the Arabic comma, semicolon and question mark, their marks.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

SOURCE = "kk"  # what is converted: Kazakh in Cyrillic letters

# Cyrillic, Latin, Arabic.
TABLE = (
    ("а", "a", "ا"),
    ("ә", "ä", "ا"),
    ("б", "b", "ب"),
    ("в", "v", "ۆ"),
    ("г", "g", "گ"),
    ("ғ", "ğ", "ع"),
    ("д", "d", "د"),
    ("е", "e", "ە"),
    ("ё", "io", "يو"),
    ("ж", "j", "ج"),
    ("з", "z", "ز"),
    ("и", "i", "ي"),
    ("й", "i", "ي"),
    ("к", "k", "ك"),
    ("қ", "q", "ق"),
    ("л", "l", "ل"),
    ("м", "m", "م"),
    ("н", "n", "ن"),
    ("ң", "ñ", "ڭ"),
    ("о", "o", "و"),
    ("ө", "ö", "و"),
    ("п", "p", "پ"),
    ("р", "r", "ر"),
    ("с", "s", "س"),
    ("т", "t", "ت"),
    ("у", "u", "ۋ"),
    ("ұ", "ū", "ۇ"),
    ("ү", "ü", "ۇ"),
    ("ф", "f", "ف"),
    ("х", "h", "ح"),
    ("һ", "h", "ھ"),
    ("ц", "ts", "تس"),
    ("ч", "tş", "چ"),
    ("ш", "ş", "ش"),
    ("щ", "şş", "شش"),
    ("ъ", "", ""),
    ("ы", "y", "ى"),
    ("і", "ı", "ى"),
    ("ь", "", ""),
    ("э", "e", "ە"),
    ("ю", "iu", "يۋ"),
    ("я", "ia", "يا"),
)
HIGH_HAMZA = "\u0674"

_LATIN = {cyrillic: latin for cyrillic, latin, _ in TABLE}
_ARABIC = str.maketrans({cyrillic: arabic for cyrillic, _, arabic in TABLE})
_MARKS = {",": "،", ";": "؛", "?": "؟"}
_SOFT = frozenset("әөүі")
_TELLING = frozenset("еэкгқғ")

_SMALL = "".join(_LATIN)
_WORD = re.compile(f"[{_SMALL}{_SMALL.upper()}]+")
_MARK = re.compile(r"[;?]|(?<!\d),|,(?!\d)")  # the comma of 12,5 belongs to the number
_HEARD_WITH_Y = re.compile("(?<=[аәоөұүёюяъь])е")  # heard as йе: Вьетнам, Назарбаев
_KEPT = re.compile(
    r"(%\(\w*\)[a-z]|\{\w*\}"  # gaps
    r"|</?[A-Za-z][^<>]*>|&#?\w+;"  # HTML
    r"|[A-Za-z][A-Za-z+.-]*:/\S*|www\.\S+|mailto:\S+)"  # addresses
)


def writer(language: str) -> Callable[[str], str] | None:
    """What writes Kazakh for readers of `kk-Latn` or `kk-Arab-CN`; None for all other tags."""
    primary, _, rest = language.partition("-")
    script = rest.partition("-")[0]
    return {"Latn": latin, "Arab": arabic}.get(script) if primary == SOURCE else None


def latin(text: str) -> str:
    """`Шыңжаң` as `Şyñjañ`."""
    return _written(text, _latin_word)


def arabic(text: str) -> str:
    """`Шыңжаң` as `شىڭجاڭ`. The marks of a text without a word of Kazakh stay as well."""
    return _written(text, _arabic_word, marks=True)


def _written(text: str, word: Callable[[re.Match[str]], str], *, marks: bool = False) -> str:
    pieces = _KEPT.split(text)  # what is kept stands at the odd places
    if not any(map(_WORD.search, pieces[::2])):
        return text
    for place in range(0, len(pieces), 2):
        pieces[place] = _WORD.sub(word, pieces[place])
        if marks:
            pieces[place] = _MARK.sub(lambda mark: _MARKS[mark[0]], pieces[place])
    return "".join(pieces)


def _latin_word(found: re.Match[str]) -> str:
    word = found[0]
    return "".join(_latin_letter(word, place) for place in range(len(word)))


def _latin_letter(word: str, place: int) -> str:
    letter = word[place]
    small = _LATIN[letter.lower()]
    if letter.islower() or not small:
        return small
    beside = word[place + 1 : place + 2] or word[:place][-1:]
    rest = _capital(small[1:]) if beside.isupper() else small[1:]
    return _capital(small[0]) + rest


def _capital(small: str) -> str:
    return small.replace("i", "İ").upper()


def _arabic_word(found: re.Match[str]) -> str:
    word = found[0].lower()
    letters = frozenset(word)
    needs_hamza = letters & _SOFT and not letters & _TELLING
    spelled = _HEARD_WITH_Y.sub("йе", word).translate(_ARABIC)
    # -ия, -ию, -ий have one ي: `ازيا`.
    return (HIGH_HAMZA if needs_hamza else "") + re.sub("ي+", "ي", spelled)
