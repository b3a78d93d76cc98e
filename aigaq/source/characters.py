"""Which code points may stand where: nothing invisible may hide a key, a word or an order.

The table is written out instead of asking `unicodedata` for categories: every Python release
knows another Unicode, and the same file must be good or bad on all of them. It covers the
control characters, every Default_Ignorable_Code_Point (Unicode 16, DerivedCoreProperties),
the bidirectional controls (CVE-2021-42574, "Trojan Source"), line breaks in disguise,
surrogates, private use and noncharacters.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from aigaq.words import languages
from aigaq.words.diagnostics import Diagnostic, Problem, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

TAB = Problem(
    "C001",
    "a tab character stands here; the header takes only spaces",
    "Replace the tab with spaces. Many editors have a setting “insert spaces for tabs”.",
)
CONTROL = Problem(
    "C002",
    "{character} is not text; it cannot stand in a file of the archive",
    "Delete it. It usually arrives with text that was copied from another program.",
)
LINE_BREAK = Problem(
    "C003",
    "{character} breaks the line for a program, but not on every screen",
    "Delete it and press Enter where a new line is wanted.",
)
INVISIBLE = Problem(
    "C004",
    "{character} is invisible and can change what a key or a word means",
    "Delete it: remove the letters around it as well and type them again.",
)
ORDER = Problem(
    "C005",
    "{character} is invisible and can change the order in which text is shown",
    "Delete it. The site sets the direction of a text by its language.",
)
JOINER = Problem(
    "C006",
    "{character} is invisible; it may stand only in the text below the header, and only "
    "in languages that are written with it",
    "Delete it: remove the letters around it as well and type them again.",
)
NO_CHARACTER = Problem(
    "C007",
    "{character} has no meaning that readers' devices agree on",
    "Replace it with an ordinary letter or sign.",
)
LOST = Problem(
    "C008",
    "{character} stands where an earlier program lost a letter",
    "Look the letter up in the original and type it again.",
)
MORE = Problem(
    "C009",
    "there are {count} more forbidden characters in this file",
    "Mend the first ones and check again.",
)

# Letters that nobody can tell from Latin ones: Cyrillic, then Greek.
LATIN = str.maketrans("асеорхуіѕјһԁԛԝкӏοανρυιк", "aceopxyisjhdqwkloavpuik")
REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
_SHOWN = 50

_JOINERS = "\u200c\u200d"
_MARKS = "\u200e\u200f\u061c"
_EMOJI = "\ufe0e\ufe0f"  # "as text" and "as a picture": ☎ and ☎️
_MONGOLIAN = "\u180b-\u180f"

# Character classes; the first that holds a character names its problem.
_KINDS = tuple(
    (re.compile(f"[{characters}]"), problem)
    for characters, problem in (
        ("\t", TAB),
        ("\x0b\x0c\r\x1c-\x1e\x85\u2028\u2029", LINE_BREAK),
        ("\x00-\x08\x0e-\x1b\x1f\x7f-\x9f", CONTROL),
        ("\u202a-\u202e\u2066-\u2069", ORDER),
        (_JOINERS + _MARKS, JOINER),
        (
            "\xad\u034f\u115f\u1160\u17b4\u17b5"
            + _MONGOLIAN
            + "\u200b\u2060-\u2065\u206a-\u206f"
            "\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffc\U0001bca0-\U0001bca3"
            "\U0001d173-\U0001d17a\U000e0000-\U000e0fff",
            INVISIBLE,
        ),
        (REPLACEMENT, LOST),
        (
            "\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef\ufffe\uffff"
            + "".join(
                f"{chr(n + 0xFFFE)}{chr(n + 0xFFFF)}" for n in range(0x10000, 0xF0000, 0x10000)
            )
            + "\U000f0000-\U0010ffff",
            NO_CHARACTER,
        ),
    )
)
_CLASS = "".join(kind.pattern[1:-1] for kind, _ in _KINDS)
_FORBIDDEN = re.compile(f"[{_CLASS}]")
# Nearly every text is good, and none of its characters lies beyond U+FFFF: one look-up each in
# a bit map, four times as fast as the long class above.
_SUSPECT = re.compile(
    "[" + re.sub("[\U00010000-\U0010ffff]-?", "", _CLASS) + "\U00010000-\U0010ffff]"
)

# What a script cannot be written without: joiners, and direction marks beside digits and signs.
_NEEDED_BY_SCRIPT = {
    **dict.fromkeys(languages.RIGHT_TO_LEFT, _JOINERS + _MARKS),
    **dict.fromkeys(("Deva", "Beng", "Mlym", "Sinh", "Knda", "Telu", "Taml", "Gujr"), _JOINERS),
    "Mong": _JOINERS + "\u180b\u180c\u180d\u180e\u180f",
}
# Scripts of languages that `languages` does not list, where the tag itself names none.
_SCRIPTS = {
    **dict.fromkeys(("ur", "ps", "sd", "ckb", "prs"), "Arab"),
    **dict.fromkeys(("he", "yi"), "Hebr"),
    **dict.fromkeys(("hi", "ne", "mr"), "Deva"),
    "bn": "Beng",
    "dv": "Thaa",
    "ml": "Mlym",
    "si": "Sinh",
}
_NAMES = {
    "\0": "NULL",
    "\t": "TAB",
    "\x0b": "LINE TABULATION",
    "\x0c": "FORM FEED",
    "\r": "CARRIAGE RETURN",
    "\x1b": "ESCAPE",
    "\x7f": "DELETE",
    "\x85": "NEXT LINE",
}


def header(text: str, *, path: str, first_line: int = 1) -> list[Diagnostic]:
    """Problems of a header or a YAML file; line 1 of `text` is `first_line` of the file."""
    if _SUSPECT.search(text) is None:
        return []
    return _collected(text, "", path, first_line)


def body(text: str, *, path: str, first_line: int = 1, language: str = "") -> list[Diagnostic]:
    """Problems of a text in `language` (a BCP 47 tag); tabs are at home here."""
    if _SUSPECT.search(text) is None:
        return []
    return _collected(text, "\t" + _EMOJI + needed_by(language), path, first_line)


def unseen(text: str, span: Span) -> list[Diagnostic]:
    """Problems of a text that has no place of its own, such as escapes: all are at `span`."""
    found = (match.group() for match in _FORBIDDEN.finditer(text))
    return [problem_of(char).at(span, character=name(char)) for char in dict.fromkeys(found)]


def needed_by(language: str) -> str:
    """The invisible characters without which `language` cannot be written."""
    primary, _, rest = language.partition("-")
    named = re.match(r"[A-Z][a-z]{3}\b", rest)
    script = named.group() if named else _SCRIPTS.get(primary) or languages.of(language).script
    return _NEEDED_BY_SCRIPT.get(script, "")


def masked(text: str) -> str:
    """`text` with U+FFFD for every forbidden character, so that places stay where they are."""
    return _FORBIDDEN.sub(REPLACEMENT, text)


def name(char: str) -> str:
    """What a person can look up: `U+200B ZERO WIDTH SPACE`."""
    number = ord(char)
    if 0xD800 <= number <= 0xDFFF:
        known = "HALF OF A SURROGATE PAIR"
    elif char < " " or 0x7F <= number < 0xA0:
        known = _NAMES.get(char, "CONTROL CHARACTER")
    else:
        kind = {"Co": "PRIVATE USE CHARACTER"}.get(unicodedata.category(char), "NO CHARACTER")
        known = unicodedata.name(char, kind)
    return f"U+{number:04X} {known}"


def not_latin(text: str) -> str:
    """Of the first letter in `text` that is none of ours, what it is; else nothing.

    ` Letter 1 is U+0441 CYRILLIC SMALL LETTER ES.`, with a space in front and, where that is
    certain, with what was meant.
    """
    at = next((n for n, letter in enumerate(text) if letter > "\x7f"), None)
    if at is None:
        return ""
    meant = text.translate(LATIN)
    hint = f' Did you mean "{meant}", in Latin letters?' if meant.isascii() else ""
    return f" Letter {at + 1} is {name(text[at])}.{hint}"


def problem_of(char: str) -> Problem:
    """The problem that a forbidden character is."""
    return next(problem for kind, problem in _KINDS if kind.match(char))


def _collected(text: str, allowed: str, path: str, first_line: int) -> list[Diagnostic]:
    """One diagnostic for each character and line, `_SHOWN` at most and a count of the rest."""
    seen: set[tuple[str, int]] = set()
    found: list[Diagnostic] = []
    for char, line, column in _places(text, allowed):
        if (char, line) in seen:
            continue
        seen.add((char, line))
        span = Span(path, line + first_line, column)
        if len(seen) <= _SHOWN:
            found.append(problem_of(char).at(span, character=name(char)))
        elif len(seen) == _SHOWN + 1:
            more = span
    if len(seen) > _SHOWN:
        found.append(MORE.at(more, count=len(seen) - _SHOWN))
    return found


def _places(text: str, allowed: str) -> Iterator[tuple[str, int, int]]:
    """Each forbidden character with its line, from 0, and its column, from 1."""
    line, start, before = 0, 0, -1  # `before` is the last line break before `start`
    for match in _FORBIDDEN.finditer(text):
        at = match.start()
        if match.group() in allowed:
            continue
        line += text.count("\n", start, at)
        before = max(before, text.rfind("\n", start, at))
        start = at
        yield match.group(), line, at - before
