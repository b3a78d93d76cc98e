"""Words in any of their forms: one key for all that grammar, keyboard and alphabet make of one.

The engine knows the endings of English, Russian and Turkish words, and of no others: `лагерьде`
does not find `лагерьлерде`, nor `تۈرمە` what is written `تۈرمىگە`. Here endings are taken off
until none is left, and letters that keyboards confuse become one: `Құнболаттың`, `Кунболат` and
`قۇنبولات` share a key. A key is no root of a dictionary, and two words may share one.

What looks like an ending and is none would give a word the key of another (`басқа`, other, that
of `бас`, head). The commonest of such words are rows of `before`, in which a letter becomes one
that no ending has. `python -m bench.search.precision` tells how often keys are wrong.

Tables are data (`word_forms.json`), and their patterns are those that Python and JavaScript
share: the search page makes the same keys of what somebody typed.
"""

from __future__ import annotations

import json
import pkgutil
import re
import unicodedata
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from aigaq.words import languages

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

TABLES: Mapping[str, Any] = json.loads(pkgutil.get_data(__name__, "word_forms.json") or b"")
END = "0"  # ends each key in the index, so that none is the beginning of another
LONGEST = 40  # letters of a word; more is no word, and would cost time

# What any of the rules finds, and the rules, each with what it puts there.
_Rules = tuple[re.Pattern[str], tuple[tuple[re.Pattern[str], str], ...]]
# Signs that stand over letters, stretch them or join them, and are often left out.
_SIGNS = re.compile("[\u0300-\u036f\u064b-\u065f\u0670\u0640\u200b-\u200f\u2066-\u2069\u00ad]")
_WORD = re.compile(r"[^\W\d_]+")
_HAN = re.compile("[\u2e80-\u2fd5\u3005\u3007\u3400-\u9fff\uf900-\ufad9\U00020000-\U000323af]")


def table(tag: str) -> str:
    """The table for texts in a language; empty where the engine needs no help."""
    primary, script = tag.partition("-")[0], languages.of(tag).script
    if primary in TABLES and (primary != "ug" or script == "Arab"):
        return primary
    return "Arab" if script == "Arab" else ""


def keys(text: str, name: str) -> tuple[str, ...]:
    """The key of each word once, sorted, with the END; `name` is that of a table."""
    small = _SIGNS.sub("", unicodedata.normalize("NFC", text).lower())
    words = set(_WORD.findall(small))
    if _HAN.search(small):
        words = {word for word in words if not _HAN.search(word)}
    return tuple(sorted({key(word, name) + END for word in words if len(word) <= LONGEST}))


@lru_cache(maxsize=1 << 16)
def key(word: str, name: str) -> str:
    """One small word without its endings, in the letters of the table."""
    letters, before, ending, after = _ready(name)
    plain = _replaced(word.translate(letters), before) or word
    while (shorter := ending.sub("", plain, count=1)) != plain:
        plain = shorter
    return _replaced(plain, after)


@cache
def _ready(name: str) -> tuple[dict[int, str], _Rules, re.Pattern[str], _Rules]:
    rules = TABLES[name]
    ending = re.compile(rules["ending"] or "(?!)")
    return (
        str.maketrans(rules["letters"]),
        _rules(rules["before"]),
        ending,
        _rules(rules["after"]),
    )


def _rules(rows: Sequence[Sequence[str]]) -> _Rules:
    either = "|".join(f"(?:{find})" for find, _ in rows) or "(?!)"
    written = ((re.compile(find), re.sub(r"\$(\d)", r"\\\1", new)) for find, new in rows)
    return re.compile(either), tuple(written)


def _replaced(text: str, rules: _Rules) -> str:
    either, rows = rules
    if either.search(text):  # in most words nothing is found
        for find, new in rows:
            text = find.sub(new, text)
    return text
