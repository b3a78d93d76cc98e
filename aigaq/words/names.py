"""Names across Latin, Cyrillic and Arabic letters: folded, by their sounds, and as skeletons.

All that is known of letters stands in `names_tables.json`, which the browser reads as well: its
patterns are those that Python and JavaScript share, `$1` in a replacement is a group. Chinese
names are never transliterated: they are found by the spellings that a record declares.

Three steps, each losing more: `folded` is what a reader typed, in plain Latin letters;
`sounded` is one word with one letter for each sound that spellings confuse; `skeleton` leaves
out the vowels. A shared key makes two names comparable; `alike` also asks for their vowels.
"""

from __future__ import annotations

import json
import pkgutil
import re
import unicodedata
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from aigaq.words import kazakh

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

TABLES: Mapping[str, Any] = json.loads(pkgutil.get_data(__name__, "names_tables.json") or b"")

# Costs of `distance`: a vowel for one that is often written instead of it, a letter more or
# less, two that changed places, a letter for another.
NEAR, MORE, SWAPPED, OTHER = 1, 3, 3, 4

Rules = tuple[tuple[re.Pattern[str], str], ...]


def _rules(rows: Sequence[Sequence[str]]) -> Rules:
    return tuple(
        (re.compile(find), re.sub(r"\$(\d)", r"\\\1", written)) for find, written in rows
    )


LETTERS = str.maketrans(TABLES["letters"])
SEQUENCES = _rules(TABLES["sequences"])
SOUNDS = _rules(TABLES["sounds"])
OTHER_READINGS = _rules(TABLES["other_readings"])
_WRITING = {
    script: tuple(map(_rules, schemes)) for script, schemes in TABLES["writing"].items()
}
VOWELS = frozenset(TABLES["vowels"])
_NEAR = frozenset(pair for two in TABLES["near"] for pair in (two, two[::-1]))
_PARTICLES = frozenset(TABLES["particles"])
SAME: Mapping[str, str] = TABLES["same"]
SUFFIX = re.compile(f"(?<=...)(?:{'|'.join(TABLES['suffixes'])})$")
DOUBLED = re.compile(r"(.)\1+")
_NO_LETTERS = re.compile(r"[\W_]+")
_ARABIC = re.compile("[\u0600-\u06ff]")
_HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+")
_SCRIPTS = {"Latn": re.compile("[a-z]"), "Cyrl": re.compile("[\u0400-\u052f]"), "Arab": _ARABIC}


def folded(text: str) -> str:
    """Small Latin letters, without marks, one space between words; Han letters as they are.

    `Қалида` and `قاليدا` are `qalida`, `Şyñğys` is `shyngghys`.
    """
    if text.isascii():
        plain = text.lower().replace("'", "").replace("`", "")
    else:
        small = unicodedata.normalize("NFKC", text).lower()
        if _ARABIC.search(small):
            small = _replaced(small, SEQUENCES)
        plain = small.translate(LETTERS)
        if not plain.isascii():
            apart = unicodedata.normalize("NFKD", plain)
            bare = "".join(c for c in apart if unicodedata.category(c)[0] != "M")
            plain = bare.translate(LETTERS)
    return _NO_LETTERS.sub(" ", plain).strip()


@lru_cache(maxsize=65536)
def sounded(word: str) -> str:
    """One folded word with one letter for each sound: `khalida`, `qalida` as `kalida`."""
    heard = _replaced(SAME.get(word, word), SOUNDS)
    return DOUBLED.sub(r"\1", heard)


def skeleton(text: str) -> str:
    """The consonants of every word, whatever the script; a vowel before them is `a`."""
    return " ".join(_bones(sounded(word)) for word in folded(text).split())


def keys(name: str) -> tuple[str, ...]:
    """Skeletons under which a name is kept and looked for, sorted.

    Of each word with and without its ending (`-uly`, `-ova`), and of neighbours as one word
    (`Serik Zhan`). Two spellings of a name share at least one; others may share it too.
    """
    parts = words(name)
    joined = [one + other for one, other in pairwise(parts)]
    return tuple(
        sorted({_bones(heard) for word in (*parts, *joined) for heard in _heard(word)})
    )


def words(name: str) -> tuple[str, ...]:
    """The folded words of a name, Han letters apart; without `uly` and the like as a word."""
    apart = _HAN.sub(r" \g<0> ", folded(name)).split()
    return tuple(word for word in apart if word not in _PARTICLES) or tuple(apart)


def is_han(word: str) -> bool:
    """Whether one of `words` is of Han letters."""
    return _HAN.match(word) is not None


@lru_cache(maxsize=65536)
def stems(word: str) -> tuple[str, ...]:
    """Each way in which a folded word sounds without its ending."""
    read = (word, *(_replaced(word, (rule,)) for rule in OTHER_READINGS))
    return tuple(dict.fromkeys(sounded(SUFFIX.sub("", one)) for one in read))


def roots(word: str) -> tuple[str, ...]:
    """The skeletons of a folded word's stems. Two spellings of a word share one of them."""
    return tuple(dict.fromkeys(map(_bones, stems(word))))


def alike(one: str, other: str, *, with_endings: bool = True) -> bool:
    """Whether two names may be spellings of one: consonants the same, vowels near.

    Each word of the shorter one has its like in the other. `with_endings=False` tells
    `Kunbolat` from `Kunbolatuly`, who may be his son.
    """
    fewer, more = sorted((words(one), words(other)), key=len)
    if not fewer:
        return False
    if all(any(_alike(a, b, with_endings) for b in more) for a in fewer):
        return True
    return len(more) > 1 and _alike("".join(fewer), "".join(more), with_endings)


def distance(one: str, other: str, cap: int = OTHER * 2) -> int:
    """What it costs to write `other` for `one`; at most `cap` + 1.

    In NEAR, MORE, SWAPPED and OTHER.
    """
    if one == other:
        return 0
    last: list[int] = []
    before: list[int] = []
    row = list(range(0, MORE * (len(other) + 1), MORE))
    for i, letter in enumerate(one):
        last, before, row = before, row, [row[0] + MORE]
        for n, second in enumerate(other):
            changed = before[n] + _cost(letter, second)
            if i and n and one[i - 1] == second and other[n - 1] == letter:
                changed = min(changed, last[n - 1] + SWAPPED)
            row.append(min(changed, before[n + 1] + MORE, row[-1] + MORE))
        if min(row) > cap:
            return cap + 1
    return min(row[-1], cap + 1)


def spellings(name: str, lang: str) -> Mapping[str, tuple[str, ...]]:
    """By script (`Latn`, `Cyrl`, `Arab`) how a name may be written; without `name` itself.

    For finding only: nobody is attested to write so, and they are never shown as names. Of
    Chinese names there are none, and none in Han letters.
    """
    plain = folded(name)
    if not plain or _HAN.search(name) or lang.partition("-")[0] == "zh":
        return {}
    of_kazakh = lang == kazakh.SOURCE and _SCRIPTS["Cyrl"].search(name.lower())
    first = {"Latn": kazakh.latin(name), "Arab": kazakh.arabic(name)} if of_kazakh else {}
    found = {}
    for script, schemes in _WRITING.items():
        made = [first[script]] if script in first else []
        made += [_capitals(_replaced(plain, rules)) for rules in schemes]
        written = tuple(dict.fromkeys(one for one in made if one != name))
        if written:
            found[script] = written
    return found


@lru_cache(maxsize=65536)
def _bones(heard: str) -> str:
    first = "a" if heard[0] in VOWELS else heard[0]
    return first + "".join(letter for letter in heard[1:] if letter not in VOWELS)


@lru_cache(maxsize=65536)
def _heard(word: str, endings: bool = True) -> tuple[str, ...]:  # noqa: FBT001, FBT002 (a cache's key)
    """Each way in which a folded word may be read; with `endings` also without its ending."""
    read = [word, *(_replaced(word, (rule,)) for rule in OTHER_READINGS)]
    if endings:
        read += [SUFFIX.sub("", one) for one in read]
    return tuple(dict.fromkeys(map(sounded, read)))


@lru_cache(maxsize=65536)
def _alike(one: str, other: str, endings: bool) -> bool:  # noqa: FBT001 (as above)
    return any(
        _bones(a) == _bones(b) and distance(a, b, limit) <= limit
        for a in _heard(one, endings)
        for b in _heard(other, endings)
        for limit in (_limit(max(len(a), len(b))),)
    )


def _limit(letters: int) -> int:
    return 1 if letters < 5 else 2 if letters < 8 else 3


def _cost(one: str, other: str) -> int:
    if one == other:
        return 0
    return NEAR if one + other in _NEAR else OTHER


def _replaced(text: str, rules: Rules) -> str:
    for find, written in rules:
        text = find.sub(written, text)
    return text


def _capitals(text: str) -> str:
    return " ".join(word[:1].upper() + word[1:] for word in text.split(" "))
