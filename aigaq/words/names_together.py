"""The same as `names` tells of one word, told of many: its rules go over all of them at once.

A rule is a regular expression. Called for each of fifty thousand words, twenty of them take
longer than all else that is done with the words; over one text with a word a line they are ten
times as fast. A test holds each function to the one of `names` that it stands for.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from aigaq.words import names

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def _by_line(rules: Iterable[tuple[re.Pattern[str], str]]) -> names.Rules:
    """Rules for which each line is a word: none reads on over its end."""
    return tuple(
        (re.compile(find.pattern.replace("[^", "[^\\n"), re.MULTILINE), written)
        for find, written in rules
    )


_SEQUENCES = _by_line(names.SEQUENCES)
_SOUNDS = _by_line(names.SOUNDS)
_OTHER_READINGS = _by_line(names.OTHER_READINGS)
((_SUFFIX, _NONE),) = _by_line([(names.SUFFIX, "")])
_VOWELS = "".join(sorted(names.VOWELS))
_FIRST_VOWEL = re.compile(f"^[{_VOWELS}]", re.MULTILINE)
_WITHOUT_VOWELS = str.maketrans("\x01", "a", _VOWELS)


def folded(words: Sequence[str]) -> list[str]:
    """`names.folded` of each."""
    done = [word.lower() if word.isascii() and word.isalnum() else "" for word in words]
    places = [n for n, word in enumerate(words) if word and not done[n]]
    text = unicodedata.normalize("NFKC", "\n".join(words[n] for n in places)).lower()
    text = _replaced(text, _SEQUENCES).translate(names.LETTERS)
    lines = text.split("\n")
    if len(lines) != len(places):  # a line end in a word
        lines = [""] * len(places)
    for n, line in zip(places, lines, strict=True):
        # What is left of other alphabets, or no letter, takes the way of single words.
        done[n] = line if line.isascii() and line.isalnum() else names.folded(words[n])
    return done


def heard(folded_words: Sequence[str]) -> tuple[list[int], list[str]]:
    """How each of many folded words may sound, with and without its ending.

    Two lists side by side: the number of the word, and a sound of it. The first sound of all
    comes first, in the order of the words: `names.sounded`. No word holds a space, or Han.
    """
    words = list(folded_words)
    if not words:
        return [], []
    owners, forms = list(range(len(words))), words[:]
    text = "\n".join(words)
    for rule in _OTHER_READINGS:
        _add_changed(owners, forms, owners[: len(words)], words, _replaced(text, (rule,)))
    before = forms[:]
    _add_changed(owners, forms, owners[:], before, _SUFFIX.sub(_NONE, "\n".join(before)))
    same = names.SAME
    spelled = [(place, form) for place, form in zip(owners, forms, strict=True) if form in same]
    meant = [same.get(form, form) for form in forms] + [form for _, form in spelled]
    owners += [place for place, _ in spelled]
    return owners, names.DOUBLED.sub(r"\1", _replaced("\n".join(meant), _SOUNDS)).split("\n")


def bones(sounds: Sequence[str]) -> list[str]:
    """The consonants of each word as it sounds; a vowel before them is `a`."""
    if not sounds:
        return []
    text = _FIRST_VOWEL.sub("\x01", "\n".join(sounds))
    return text.translate(_WITHOUT_VOWELS).split("\n")


def _add_changed(
    owners: list[int], forms: list[str], places: Sequence[int], before: Sequence[str], text: str
) -> None:
    """Adds the lines of `text` that differ from what they were `before`."""
    for place, old, new in zip(places, before, text.split("\n"), strict=True):
        if new != old:
            owners.append(place)
            forms.append(new)


def _replaced(text: str, rules: names.Rules) -> str:
    for find, written in rules:
        text = find.sub(written, text)
    return text
