"""What the program says to editors, in their language; what is not translated, in English.

A sentence is looked up as it stands in the code, gaps and all. Words that fill a gap are looked
up under the name of the gap, and only these: what an editor wrote is never taken for ours.
"""

from __future__ import annotations

import gettext
import re
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from aigaq.words.diagnostics import Diagnostic

# Words of a gap that have gaps of their own, by the name of the gap.
FORMS = (
    ("hint", 'Did you mean "{word}"?'),
    ("hint", 'Was its file renamed to "{word}"?'),
    ("hint", 'Letter {number} is {letter}. Did you mean "{word}", in Latin letters?'),
    ("hint", "Letter {number} is {letter}."),
    ("remedy", 'Add a line "{key}: …".'),
    ("remedy", "Write keys with values, such as: {keys}."),
    ("expected", "{one} or {other}"),
    ("slip", "there are {number}"),
    ("what", 'of the kind "{word}"'),
    ("better", "{one} if {month} is the month, {other} if {day} is"),
    ("better", "{word}, or the year instead of XXXX where it is known"),
    ("why", "in this language it is {letter}"),
    ("why", "with the letter before it, it should be {letter}"),
    ("behind", "{number} release"),
    ("behind", "{number} releases"),
)


@dataclass(frozen=True, slots=True)
class Tongue:
    """A language of editors: its tag, and its texts."""

    lang: str
    texts: gettext.NullTranslations = field(default_factory=gettext.NullTranslations)

    def message(self, one: Diagnostic) -> str:
        """What is wrong."""
        return self.say(one.problem.message, dict(one.words))

    def remedy(self, one: Diagnostic) -> str:
        """The way out."""
        return self.say(one.problem.remedy, dict(one.words))

    def say(self, sentence: str, words: Mapping[str, str] | None = None) -> str:
        """The sentence in this language, with its gaps filled."""
        gaps = {name: self._gap(name, word) for name, word in (words or {}).items()}
        return self._filled(self.texts.gettext(sentence) if sentence else "", sentence, gaps)

    def count(self, one: str, many: str, number: int) -> str:
        """`{number} error`, in the form that the number asks for."""
        form = self.texts.ngettext(one, many, number)
        return self._filled(form, many, {"number": str(number)})

    def paragraph(self, one: Diagnostic) -> str:
        """As `str` of it: place, severity and code are as programs read them."""
        head = f"{one.span}: {one.problem.severity} {one.code}: {self.message(one)}"
        remedy = self.remedy(one)
        return f"{head}\n    {remedy}" if remedy else head

    def _gap(self, name: str, word: str) -> str:
        said = word.strip()
        there = self.texts.pgettext(name, said) if said else said
        if there == said:
            there = next(self._formed(name, said), said)
        return word.replace(said, there) if said else word

    def _formed(self, name: str, said: str) -> Iterator[str]:
        for form, pattern in _forms(name):
            found = pattern.fullmatch(said)
            there = self.texts.pgettext(name, form)
            if found and there != form:
                inside = found.groupdict()
                if name == "expected":
                    inside = {key: self._gap(name, word) for key, word in inside.items()}
                yield self._filled(there, form, inside)

    def _filled(self, there: str, english: str, gaps: Mapping[str, str]) -> str:
        """A translation with a gap that the sentence has not is passed over."""
        try:
            return there.format(**gaps)
        except (KeyError, ValueError, IndexError, AttributeError):
            return english.format(**gaps)


ENGLISH = Tongue("en")


@cache
def _forms(name: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (form, re.compile(re.sub(r"\\{(\w+)\\}", r"(?P<\1>.+?)", re.escape(form))))
        for context, form in FORMS
        if context == name
    )


def wanted(asked: str, environment: Mapping[str, str], known: Iterable[str]) -> str:
    """The language to speak: that asked for, else AIGAQ_LANGUAGE, else that of the system.

    Of the system the first of LC_ALL, LC_MESSAGES and LANG that says something, as gettext has
    it; English where none of them names one of `known`.
    """
    named = (asked, *map(environment.get, ("AIGAQ_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")))
    first = next(filter(None, named), "")
    tag = re.split(r"[_.@-]", first)[0].casefold()
    return tag if tag in set(known) else "en"
