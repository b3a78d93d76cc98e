"""What the YAML parser's complaints mean: its syntax errors as sentences with a way out.

libyaml names the token that it missed; an editor needs to hear which slip of the hand that
was. The slip is read from the parser's sentence and from the line on which it stopped.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import yaml

from aigaq.source import characters
from aigaq.words.diagnostics import Diagnostic, Problem, Span

BAD_KEY = Problem(
    "Y012",
    "this key is not made of the letters A–Z, digits, `-` and `_`, beginning with a letter",
    "Keys stay English in every language; the field reference lists them.",
)
NOT_ENTRIES = Problem(
    "Y014",
    "this is one text; lines of the form `key: value` are expected",
    "Write a key, a colon, a space and the value on each line.",
)
COLON_IN_TEXT = Problem(
    "Y020",
    "a text with a colon and a space in it must stand in quotes",
    'Put the text after the key in quotes: title: "Testimony: about X".',
)
UNCLOSED_QUOTE = Problem(
    "Y021",
    "a quotation mark opens here and is not closed where the text ends",
    'Add the closing quotation mark. A quotation mark inside the text is written \\" '
    "in \"…\" and '' in '…'.",
)
AFTER_QUOTE = Problem(
    "Y022",
    "something follows the closing quotation mark",
    "If quotation marks belong to the text, use “these” inside, "
    "or write \\\" in \"…\" and '' in '…'.",
)
INDENTATION = Problem(
    "Y023",
    "this line is indented differently from the lines that it belongs to",
    "Start it in the same column as its neighbours, with spaces only.",
)
UNCLOSED_BRACKET = Problem(
    "Y024",
    "a {bracket} opens here and is not closed, or a comma is missing after it",
    "Close it with {closing}, and separate the entries by commas. Put texts that contain "
    "brackets or commas in quotes.",
)
NO_COLON = Problem(
    "Y025",
    "this line is not of the form `key: value`",
    "Write a key, a colon, a space and the value; further lines of a text are indented under "
    "its key. If the text below the header begins here, the line --- above it is missing.",
)
NO_SPACE = Problem(
    "Y026",
    "a space is missing after the colon",
    "Write `key: value`, with a space after the colon.",
)
WIDE_COLON = Problem(
    "Y027",
    "the colon after the key is not the plain one",
    "Type the plain colon `:` and a space after it.",
)
FIRST_SIGN = Problem(
    "Y028",
    "a text that begins with the sign {sign} must stand in quotes",
    'Put the text in quotes: "{sign}…".',
)
MIXED = Problem(
    "Y029",
    "lines with `- ` and lines with `key:` stand side by side",
    "Indent the lines with `- ` under the key that they belong to, or begin every "
    "line with `- `.",
)
BACKSLASH = Problem(
    "Y030",
    "a backslash in double quotes begins a special sign, and this one does not exist",
    "Write two backslashes, or put the text in single quotes.",
)
MISPLACED = Problem(
    "Y031",
    "the sign {sign} stands where a value is expected",
    "Delete it if it is one too many; if it belongs to the text, put the text in quotes.",
)
DASH_AFTER_KEY = Problem(
    "Y032",
    "a list cannot begin on the line of its key",
    "Put each `- ` on a line of its own under the key, or write the list as [one, two]. "
    "If the text begins with a dash, put it in quotes.",
)
BLOCK_SIGN = Problem(
    "Y033",
    "the text must begin on the line after `|` or `>`",
    "Move the text to the next line and indent it; if `|` or `>` belongs to the text, put it "
    "in quotes.",
)
STRANGE_SPACE = Problem(
    "Y034",
    "{character} stands where a plain space is expected; it looks like one",
    "Delete it and press the space bar. It usually arrives with text from a word processor.",
)
STRANGE_QUOTE = Problem(
    "Y035",
    "the quotation mark {sign} is not the plain one, so it does not hold the text together",
    'Type plain quotation marks around the text: "…".',
)
OTHER = Problem(
    "Y039",
    "the YAML cannot be read from here on",
    "Look at this line and the one above: quotes, brackets, colons and indentation.",
)

# The stubs of PyYAML say that marks may be missing, which they never are in parsed events.
Event = Any
_Slip = tuple[Problem, int, int]  # what, and where: line and column from 0

_WRONG_COLON = re.compile(r"\s*(?:- )?[A-Za-z][\w-]*(?:(?P<wide>[：﹕︓])|:(?=[^\s:]))")
_KEY_LINE = re.compile(r"\s*(?:- +)?[\w-]+:(\s|$)")
_SPACE = "[\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]"
# What a space or a quotation mark that is none looks like to the parser.
_LOOKALIKES = (
    (
        STRANGE_SPACE,
        re.compile(rf"(?:^ *(?:- +)?|[{{,] *)[\w-]*:?{_SPACE}"),
        (BAD_KEY, NOT_ENTRIES, INDENTATION, NO_COLON, MIXED, OTHER),
    ),
    (
        STRANGE_QUOTE,
        re.compile(r"(?:[:,\[{]|^ *-) *[“”„«»‘‚‹]"),
        (BAD_KEY, COLON_IN_TEXT, UNCLOSED_BRACKET, OTHER),
    ),
)
_BRACKETS = re.compile(r"""[\[\]{}]|"(?:[^"\\]|\\.)*"|'[^']*'|(?<!\S)\#.*""")
_CLOSING = {True: ("square bracket", "]"), False: ("curly bracket", "}")}


@dataclass(frozen=True, slots=True)
class Stop:
    """Where the parser stopped: its words, and places counted from 0."""

    said: str
    context: str
    line: int
    column: int
    context_line: int
    context_column: int

    @classmethod
    def of(cls, error: yaml.YAMLError) -> Stop:
        """From any of PyYAML's errors; what carries no place stopped at the very beginning."""
        if not isinstance(error, yaml.MarkedYAMLError):
            return cls(str(error), "", 0, 0, 0, 0)
        mark = error.problem_mark or error.context_mark
        before = error.context_mark or mark
        line, column = (mark.line, mark.column) if mark else (0, 0)
        at, under = (before.line, before.column) if before else (line, column)
        return cls(error.problem or "", error.context or "", line, column, at, under)


def explained(
    stop: Stop, lines: list[str], path: str, first_line: int, last: Event | None
) -> Diagnostic:
    """The slip behind `stop`; `lines` are the text's, `last` is the scalar read before it."""
    problem, line, column = _slip(stop, lines, last)
    words = {}
    if "{sign}" in problem.message:
        words["sign"] = _line(lines, line)[column : column + 1]
    if problem is UNCLOSED_BRACKET:
        square = _line(lines, line)[column : column + 1] == "["
        words["bracket"], words["closing"] = _CLOSING[square]
    return problem.at(Span(path, line + first_line, column + 1), **words)


def lookalike(one: Diagnostic, lines: list[str], first_line: int) -> Diagnostic:
    """The same, or the space or quotation mark in its line that only looks like a plain one."""
    line = _line(lines, one.span.line - first_line)
    for problem, form, echoes in _LOOKALIKES:
        found = form.search(line)
        if found and one.problem in echoes:
            span, sign = Span(one.span.path, one.span.line, found.end()), found.group()[-1]
            return problem.at(span, sign=sign, character=characters.name(sign))
    return one


_AT_STOP = {
    "block sequence entries are not allowed in this context": DASH_AFTER_KEY,
    "found character that cannot start any token": FIRST_SIGN,
    "found unknown escape character": BACKSLASH,
    "did not find expected hexdecimal number": BACKSLASH,
    "found invalid Unicode character escape code": BACKSLASH,
    "did not find expected comment or line break": BLOCK_SIGN,
    "did not find expected node content": MISPLACED,
}
_AT_BEGINNING = {
    "found unexpected end of stream": UNCLOSED_QUOTE,
    "did not find expected ',' or ']'": UNCLOSED_BRACKET,
    "did not find expected ',' or '}'": UNCLOSED_BRACKET,
}


def _slip(stop: Stop, lines: list[str], last: Event | None) -> _Slip:
    if stop.said in _AT_STOP:
        problem = _AT_STOP[stop.said]
        at_the_end = not "".join(lines[stop.line :])[stop.column :].strip()
        opened = _open_bracket(lines) if problem is MISPLACED and at_the_end else None
        return opened or (problem, stop.line, stop.column)
    if stop.said in _AT_BEGINNING:
        return _AT_BEGINNING[stop.said], stop.context_line, stop.context_column
    if stop.said == "mapping values are not allowed in this context":
        return _colon(stop, lines)
    if stop.said == "could not find expected ':'":
        line = _line(lines, stop.context_line)
        return no_key(line), stop.context_line, stop.context_column
    return _no_entry(stop, lines, last)


def _open_bracket(lines: list[str]) -> _Slip | None:
    """The bracket that was opened last and is not closed; those in quotes do not count."""
    opened = list[_Slip]()
    for number, line in enumerate(lines):
        for one in _BRACKETS.finditer(line):
            if one.group() in ("[", "{"):
                opened.append((UNCLOSED_BRACKET, number, one.start()))
            elif one.group() in ("]", "}") and opened:
                opened.pop()
    return opened[-1] if opened else None


def _colon(stop: Stop, lines: list[str]) -> _Slip:
    """A colon too many: within a text, or on a line that is indented below a finished value."""
    line = _line(lines, stop.line)
    alone = line[: stop.column].strip().removeprefix("- ")
    if ":" in alone or not re.fullmatch(r"[\w-]+", alone):
        return COLON_IN_TEXT, stop.line, stop.column
    above = _line(lines, stop.line - 1) if stop.line else ""
    indent = len(line) - len(line.lstrip())
    if indent:
        return INDENTATION, stop.line, indent
    return no_key(above), stop.line - 1 if stop.line else 0, 0


def _no_entry(stop: Stop, lines: list[str], last: Event | None) -> _Slip:
    """Where an entry should begin, something else stands."""
    line = _line(lines, stop.line)
    if last is not None and last.style in ("'", '"') and last.end_mark.line == stop.line:
        start = last.start_mark
        if start.line != stop.line:
            return UNCLOSED_QUOTE, start.line, start.column
        return AFTER_QUOTE, stop.line, stop.column
    if line[stop.column : stop.column + 1] == ":":
        return NO_COLON, stop.line, stop.column
    dashes = line.lstrip().startswith("- ")
    if line[: stop.column].strip() == "" and stop.column != stop.context_column:
        return INDENTATION, stop.line, stop.column
    if dashes or "'-'" in stop.said:
        return MIXED, stop.line, stop.column
    return OTHER, stop.line, stop.column


def no_entries(line: str) -> Problem:
    """Why a text that is the whole of the YAML is one text; `line` is where it begins."""
    problem = no_key(line)
    return NOT_ENTRIES if problem is NO_COLON else problem


def no_key(line: str) -> Problem:
    """Why a line that should be `key: value` is none."""
    wrong = _WRONG_COLON.match(line)
    if wrong is None:
        return NO_COLON
    return WIDE_COLON if wrong["wide"] else NO_SPACE


def swallowing(scalar: Event, lines: list[str]) -> tuple[Problem, int, int] | None:
    """What a text of several lines is likely to have eaten, with line and column from 0.

    libyaml lets a quoted text run on over unindented lines, keys and all, and reads a list
    that is indented too far as the continuation of the text above.
    """
    start, first = scalar.start_mark, scalar.start_mark.line + 1
    further = list(enumerate(lines[first : scalar.end_mark.line + 1], first))
    if scalar.style in ("'", '"'):
        eaten = any(line[:1].strip() or _KEY_LINE.match(line) for _, line in further)
        return (UNCLOSED_QUOTE, start.line, start.column) if eaten else None
    if scalar.style:
        return None
    dashes = (n for n, line in further if line.lstrip().startswith("- "))
    return next(((INDENTATION, n, lines[n].index("-")) for n in dashes), None)


def _line(lines: list[str], number: int) -> str:
    return lines[number] if 0 <= number < len(lines) else ""
