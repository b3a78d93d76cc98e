"""Letters that look right and are wrong: they keep a name from being found.

A Cyrillic letter in a Latin word, an Arabic letter that the language is not written with, a
letter in two parts, what cannot be seen. Records are told in `check`, texts in the report.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from aigaq.archive import declared, passages
from aigaq.source import characters
from aigaq.words import languages
from aigaq.words.diagnostics import Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aigaq.archive.private import Archive
    from aigaq.words.diagnostics import Diagnostic, Span

WRONG_LETTER = Problem(
    "L015",
    "letter {number} of word {word} of this name is {letter}: {why}",
    "Type the word again with one keyboard.{hint} If the letter is meant, nothing breaks, but"
    " readers who type the other one may not find the name.",
    Severity.WARNING,
)

_ALPHABETS = {"LATIN": "Latin", "CYRILLIC": "Cyrillic", "GREEK": "Greek", "ARABIC": "Arabic"}
_SCRIPTS = {"Latn": "Latin", "Cyrl": "Cyrillic", "Arab": "Arabic"}
_CAPITALS = dict(
    zip("АВЕКМНОРСТХУҮІЅЈԜԚΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABEKMHOPCTXYYISJWQABEZHIKMNOPTYX", strict=True)
)
_LOOK_ALIKE = {chr(one): chr(latin) for one, latin in characters.LATIN.items()} | _CAPITALS
_AS_CYRILLIC = {
    latin: other
    for other, latin in reversed(_LOOK_ALIKE.items())
    if unicodedata.name(other).startswith("CYRILLIC") and other not in "ѕјһԁԛԝӏЅЈԜԚҮ"
}
_CYRILLIC = frozenset(
    tag for tag, language in languages.KNOWN.items() if language.script == "Cyrl"
)
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060]")
# Letters of other languages in Arabic script, and what is written instead.
_OF_UYGHUR = {"ک": "ك", "ی": "ى", "ه": "ە", "ہ": "ھ", "ة": "ە", "ۀ": "ە", "ے": "ې"}
_OF_PERSIAN = {"ك": "ک", "ي": "ی", "ى": "ی", "ە": "ه"}
_INSTEAD = {
    "ug": _OF_UYGHUR,
    "kk-Arab": _OF_UYGHUR,
    "ky-Arab": _OF_UYGHUR,
    "fa": _OF_PERSIAN,
    "ur": {"ك": "ک", "ي": "ی"},
    "ckb": {"ك": "ک", "ي": "ی", "ى": "ی"},
    "ar": {"ک": "ك", "ی": "ي", "ە": "ه"},
}


@dataclass(frozen=True, slots=True)
class Slip:
    """A wrong letter: its position in its word, from 1, why it is wrong, the word as meant.

    `meant` is empty where nobody can know.
    """

    number: int
    letter: str
    why: str
    meant: str = ""

    @property
    def name(self) -> str:
        """What a person can look up: `U+0430 CYRILLIC SMALL LETTER A`."""
        return characters.name(self.letter)


@dataclass(frozen=True, slots=True)
class Wrong:
    """A word with a slip, of the record `record` or in a text, and where it stands.

    The `word` of somebody protected is empty.
    """

    span: Span
    word: str
    slip: Slip
    record: str = ""


def problems(archive: Archive) -> Iterator[Diagnostic]:
    """Wrong letters in the names of records; the names of protected people are not told."""
    for span, number, word, slip, record in _in_records(archive):
        del record
        hint = f' Did you mean "{slip.meant}"?' if word and slip.meant else ""
        yield WRONG_LETTER.at(
            span, number=slip.number, word=number, letter=slip.name, why=slip.why, hint=hint
        )


def found(archive: Archive) -> tuple[Wrong, ...]:
    """All wrong letters: in records, and in what texts write."""
    made = [Wrong(at, word, slip, record) for at, _, word, slip, record in _in_records(archive)]
    known = declared.Names(archive)
    for passage in passages.of(archive):
        for position, word in passages.words(passage.words):
            if not word.isascii() or passage.lang in _CYRILLIC:
                slip = in_text(word, passage.lang, known)
                if slip:
                    made.append(Wrong(passage.at(position), word, slip))
    return tuple(sorted(made, key=lambda one: (one.span, one.word)))


def _in_records(archive: Archive) -> Iterator[tuple[Span, int, str, Slip, str]]:
    for kind in (archive.people, archive.places, archive.organisations):
        for located in kind.values():
            for n, name in enumerate(located.record.names):
                span = located.span_of("names", n, "text")
                for number, (_, word) in enumerate(passages.words(name.text), 1):
                    slip = in_name(word, name.lang)
                    if slip:
                        shown = word if located.record.protect.is_open else ""
                        yield span, number, shown, slip, located.id


def in_name(word: str, lang: str) -> Slip | None:
    """The first wrong letter of a word of a name in `lang`."""
    slip = _mixed(word) or _disguised(word, lang) or _of_another_language(word, lang)
    return slip or _in_parts(word)


def in_text(word: str, lang: str, known: declared.Names) -> Slip | None:
    """The first wrong letter of a word in a text.

    An ending may follow a foreign name without a hyphen, and a word may be foreign; so only
    what would else be a known name is a slip, or a word whose letters change to and fro.
    """
    mixed = _mixed(word)
    if mixed and not _has_ending(word):
        return mixed
    slip = _disguised(word, lang) or _in_parts(word) or _unseen(word)
    if slip and known.has(slip.meant):
        return slip
    return _of_another_language(word, lang)


def _mixed(word: str) -> Slip | None:
    """Letters of two alphabets in one word; of the fewer the first."""
    alphabets = [_alphabet(letter) for letter in word]
    here = sorted(set(filter(None, alphabets)))
    if len(here) < 2:
        return None
    fewest = min(here, key=lambda one: (alphabets.count(one), one == "Latin"))
    most = max(here, key=lambda one: (alphabets.count(one), one == "Latin"))
    at = alphabets.index(fewest)
    why = f"the word is written in {most} letters"
    return Slip(at + 1, word[at], why, _translated(word, most))


def _disguised(word: str, lang: str) -> Slip | None:
    """A whole word in letters of another alphabet that look like those of the language."""
    wanted = _SCRIPTS.get(languages.of(lang).script, "")
    written = _alphabet(word[0])
    if not written or wanted not in {"Latin", "Cyrillic"} or written == wanted:
        return None
    meant = _translated(word, wanted)
    if len(word) < 3 or not meant:
        return None
    return Slip(1, word[0], f"the whole word only looks like {wanted} letters", meant)


def _of_another_language(word: str, lang: str) -> Slip | None:
    instead = _INSTEAD.get(lang, {})
    for at, letter in enumerate(word):
        if letter in instead:
            meant = "".join(instead.get(one, one) for one in word)
            right = characters.name(instead[letter])
            why = f"in this language it is {right}"
            return Slip(at + 1, letter, why, meant)
        if "\ufb50" <= letter <= "\ufdff" or "\ufe70" <= letter <= "\ufefc":
            why = "this is the shape of a letter, not the letter"
            return Slip(at + 1, letter, why, unicodedata.normalize("NFKC", word))
    return None


def _in_parts(word: str) -> Slip | None:
    whole = unicodedata.normalize("NFC", word)
    if whole == word:
        return None
    at = next(n for n, letter in enumerate(whole) if letter != word[n])
    mark = at + 1 if unicodedata.combining(word[at + 1 : at + 2] or "a") else at
    why = f"with the letter before it, it should be {characters.name(whole[at])}"
    return Slip(mark + 1, word[mark], why, whole)


def _unseen(word: str) -> Slip | None:
    hidden = _UNSEEN.search(word)
    if hidden is None:
        return None
    why = "it cannot be seen, and the name is not found"
    return Slip(hidden.start() + 1, hidden.group(), why, _UNSEEN.sub("", word))


def _has_ending(word: str) -> bool:
    """Whether letters of one alphabet follow those of another, and not all look alike."""
    alphabets = [one for one in map(_alphabet, word) if one]
    changes = [n for n in range(1, len(alphabets)) if alphabets[n] != alphabets[n - 1]]
    if len(changes) != 1:
        return False
    ending = word[changes[0] :]
    return any(one not in _LOOK_ALIKE and one not in _AS_CYRILLIC for one in ending)


def _translated(word: str, alphabet: str) -> str:
    """`word` in the look-alikes of an alphabet, or nothing where one has none."""
    table = (
        _LOOK_ALIKE if alphabet == "Latin" else _AS_CYRILLIC if alphabet == "Cyrillic" else {}
    )
    letters = (one if _alphabet(one) == alphabet else table.get(one, one) for one in word)
    made = "".join(letters)
    return made if all(_alphabet(one) in {alphabet, ""} for one in made) else ""


@lru_cache(maxsize=4096)
def _alphabet(letter: str) -> str:
    """`Latin`, `Cyrillic`, `Greek`, `Arabic`, or nothing for a mark and any other letter."""
    if not letter.isalpha():
        return ""
    return _ALPHABETS.get(unicodedata.name(letter, "").partition(" ")[0], "")
