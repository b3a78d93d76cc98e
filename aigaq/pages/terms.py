"""Words of the glossary at the first paragraph of a text that uses them, each with its meaning.

A word is found in its usual endings by rule of thumb; the words of the text are not touched, so
a wrong guess costs a reader one closed line and nothing else.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from aigaq.pages.context import Link, Phrase

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from aigaq.archive.public import GlossaryEntry, Version
    from aigaq.pages.context import Context

Use = tuple[str, "GlossaryEntry"]  # the address of a paragraph, and what it uses first

# What may follow the stem of a word, by language; in others the word stands as it is.
_ENDINGS: Mapping[str, str] = MappingProxyType(
    {"en": r"(?:e?s)?", "ru": r"\w{0,3}", "kk": r"\w{0,8}", "ug": r"\w{0,8}", "tr": r"\w{0,8}"}
)
_BRACKETS = re.compile(r"（.*?）|[()]")  # full-width ones hold an explanation, others a variant
_TURKISH = str.maketrans({"İ": "i", "I": "ı"})


@dataclass(frozen=True, slots=True)
class Term:
    """A word as it stands in the text, leading to the glossary, and what it means."""

    word: Link
    meaning: Phrase


def used(version: Version, glossary: Collection[GlossaryEntry]) -> tuple[Use, ...]:
    """Each entry that this version uses, with the first paragraph that does."""
    if not glossary:
        return ()
    texts = [(b.address, folded(b.text, version.lang)) for b in version.body.blocks]
    return tuple(_first(texts, version.lang, glossary))


def _first(
    texts: Iterable[tuple[str, str]], lang: str, glossary: Iterable[GlossaryEntry]
) -> Iterator[Use]:
    for entry in glossary:
        word = dict(entry.term).get(lang, "")
        pattern = _pattern(word, lang)
        found = (address for address, text in texts if address and pattern.search(text))
        if word and (first := next(found, "")):
            yield first, entry


def folded(text: str, lang: str) -> str:
    """Without capitals; Turkish has an i of its own."""
    return (text.translate(_TURKISH) if lang.startswith("tr") else text).casefold()


@functools.cache
def _pattern(word: str, lang: str) -> re.Pattern[str]:
    tongue = lang.partition("-")[0]
    stems = (one.strip() for one in _BRACKETS.split(folded(word, lang)))
    ending = _ENDINGS.get(tongue, "")
    either = "|".join(_stem(stem, tongue) for stem in stems if stem)
    return re.compile(either if tongue == "zh" else rf"(?<!\w)(?:{either}){ending}(?!\w)")


def _stem(word: str, tongue: str) -> str:
    """The part that endings leave alone; in Uyghur an open last syllable raises its vowel."""
    if tongue == "ru":
        shorter = word.rstrip("аеийоуыьэюя")
        word = shorter if len(shorter) > 3 else word  # a shorter one is in many words
    stem = re.escape(word)
    return re.sub("[اە](?=[^اەوۇۆۈېىى]*$)", "[اەى]", stem) if tongue == "ug" else stem


def views(uses: Iterable[Use], lang: str, context: Context) -> dict[str, tuple[Term, ...]]:
    """What stands under each paragraph; `lang` is that of the words of the text."""
    path = f"{context.lang}/glossary.html"
    found: dict[str, tuple[Term, ...]] = {}
    for address, entry in uses:
        word = context.phrase(dict(entry.term)[lang], lang)
        term = Term(Link(word, path, entry.id), context.pick(entry.meaning))
        found[address] = (*found.get(address, ()), term)
    return found
