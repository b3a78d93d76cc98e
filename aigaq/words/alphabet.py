"""Under which letter a name stands in a list, and in which order: one table for each script.

Pure tables and no locale: the order is the same on every machine and in every language of a
site. Latin letters are folded to A–Z; Cyrillic follows the Kazakh alphabet, Arabic script the
Uyghur one, each with the neighbours' letters put where their readers look for them; Han names
stand under their first character in the order of Unicode, which is that of radical and strokes.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Literal

Script = Literal["Latn", "Cyrl", "Arab", "Hani", ""]
SCRIPTS: tuple[Script, ...] = ("Latn", "Cyrl", "Arab", "Hani", "")  # "": any other, and digits

_RANGES = re.compile(
    r"(?P<Latn>[A-Za-z\u00c0-\u024f\u1e00-\u1eff])"
    r"|(?P<Cyrl>[\u0400-\u052f])"
    r"|(?P<Arab>[\u0620-\u064a\u066e-\u06d5\u06fa-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc])"
    r"|(?P<Hani>[\u3400-\u9fff\uf900-\ufaff\U00020000-\U000323af])"
)

_LATIN = "abcdefghijklmnopqrstuvwxyz"
# What decomposition does not take apart.
_LATIN_FOLDS = str.maketrans(
    {
        "ı": "i",
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "ə": "a",
        "æ": "ae",
        "œ": "oe",
        "ß": "ss",
        "þ": "th",
        "ŋ": "n",
    }
)
# Kazakh, with the letters of its neighbours beside their nearest kin.
_KAZAKH = "аәбвгғдеёжҗзийкқлмнңоөпрстуұүўфхҳһцчҷшщъыіїьэєюя"
# Uyghur, with the letters of Kazakh, Persian and Arabic beside their nearest kin.
_ARABIC = "اەبپتثجچحخدذرزژسشصضطظعغفقكگڭلمنھوۇۆۈۋېىي"
_ARABIC_FOLDS = str.maketrans(
    {
        "ئ": "",  # carries a vowel at the head of a word
        "ٴ": "",
        "آ": "ا",
        "أ": "ا",
        "إ": "ا",
        "ٱ": "ا",
        "ه": "ھ",
        "ة": "ھ",
        "ک": "ك",
        "ی": "ي",
        "ؤ": "و",
    }
)
_VOWELS = frozenset("اەوۇۆۈېى")
_LETTERS = {"Latn": _LATIN, "Cyrl": _KAZAKH, "Arab": _ARABIC}
_RANKS = {
    script: {letter: rank for rank, letter in enumerate(letters, 1)}
    for script, letters in _LETTERS.items()
}


def script(text: str) -> Script:
    """The script of the first letter; empty where it is none of the four."""
    found = _RANGES.search(text)
    return found.lastgroup or "" if found else ""  # type: ignore[return-value]


def initial(text: str) -> str:
    """The letter under which a reader looks for `text`; `#` where there is none.

    An Uyghur name that starts with a vowel stands under the vowel with its hamza: `ئا`.
    """
    kind = script(text)
    if not kind:
        return "#"
    found = _RANGES.search(text)
    assert found is not None
    first = _folded(text[found.start() :], kind)[:1]
    if kind == "Arab":
        return "ئ" + first if first in _VOWELS else first
    return first if kind == "Hani" else first.upper()


def sort_key(text: str) -> tuple[int, tuple[int, ...], str]:
    """A total order: by script, then letter by letter in its alphabet, then as written.

    A shorter word stands before a longer one that starts with it; hyphens and apostrophes do
    not count.
    """
    kind = script(text)
    ranks = _RANKS.get(kind, {})
    weights = tuple(
        0 if c.isspace() else ranks.get(c, 0x100 + ord(c))
        for c in _folded(text, kind)
        if c.isspace() or c.isalnum()
    )
    return SCRIPTS.index(kind), weights, text


def _folded(text: str, kind: Script) -> str:
    """Letters as the table of the script has them: case, diacritics and variants gone."""
    if kind == "Latn":
        apart = unicodedata.normalize("NFKD", text.casefold().translate(_LATIN_FOLDS))
        return "".join(c for c in apart if not unicodedata.combining(c))
    whole = unicodedata.normalize("NFKC", text)
    if kind == "Arab":
        bare = whole.translate(_ARABIC_FOLDS)
        return "".join(c for c in bare if not unicodedata.combining(c)) or whole
    return whole.casefold()
