"""Slips that have exactly one right repair, which changes no meaning; one function for each.

A repair takes the lines of a file and the problem at one of them, and gives the lines as they
could be instead: none where it is not certain, several only where these may mean the same.
`mending` judges each before anything is written, and that no word of a body is touched.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from aigaq.source import characters, frontmatter, strict_yaml, yaml_syntax
from aigaq.source.schema import fields, reading
from aigaq.words import date_advice, date_points

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from aigaq.words.diagnostics import Diagnostic

Lines = tuple[str, ...]

_FENCE = "---"
_DASHES = re.compile(r"\s*[-\u2010-\u2015\u2212\ufe58\ufe63\uff0d]{1,3}\s*|\s*---+\s*")
_KEY = re.compile(r"\s*(?:- +)?[\w-]+:[ \t]+")
_IN_TEXT = re.compile(r"([\w-]+):\s")
_QUOTED = re.compile(r"[“”„«»‘’‚‹]([^“”„«»‘’‚‹\"\\]*)[“”„«»‘’›]")
_VALUE = re.compile(r"\"([^\"\\]*)\"|'([^']*)'|([^,\]}#]*[^,\]}#\s])")
_PLAIN_DATE = re.compile(r"(?:about |maybe )?\d{4}(?:-\d\d){0,2}")


def _with(lines: Lines, number: int, *line: str) -> Lines:
    """The lines with others in the place of one; `number` counts from 1."""
    return (*lines[: number - 1], *line, *lines[number:])


def _tab(lines: Lines, at: Diagnostic) -> Iterator[Lines]:
    """Tabs that indent become spaces, as deep as a line above or two deeper; others, one."""
    line = lines[at.span.line - 1]
    rest = line.lstrip(" \t")
    if "\t" in line[: len(line) - len(rest)]:
        above = dict.fromkeys(_depth(one) for one in reversed(lines[: at.span.line - 1]))
        for depth in dict.fromkeys([n + more for n in above for more in (2, 0)]):
            yield _with(lines, at.span.line, " " * depth + rest.replace("\t", " "))
    elif not _in_quotes(line, line.index("\t")):
        yield _with(lines, at.span.line, re.sub(r"\t+$", "", line).replace("\t", " "))


def _in_quotes(line: str, at: int) -> bool:
    return any(line[:at].count(sign) % 2 for sign in "\"'")


def _blank_lines(lines: Lines, _: Diagnostic) -> Iterator[Lines]:
    first = next((n for n, line in enumerate(lines) if line.strip()), 0)
    yield lines[first:]


def _opening(lines: Lines, _: Diagnostic) -> Iterator[Lines]:
    if _DASHES.fullmatch(lines[0]):
        yield _with(lines, 1, _FENCE)


def _closing(lines: Lines, at: Diagnostic) -> Iterator[Lines]:
    """The only line that can be the end of the header becomes it."""
    nearly = [n for n, line in enumerate(lines) if n and _DASHES.fullmatch(line)]
    if nearly == [at.span.line - 1]:
        yield _with(lines, at.span.line, _FENCE)


def _fence_of_record(lines: Lines, _: Diagnostic) -> Iterator[Lines]:
    rest = list(lines[1:])
    last = next((n for n in reversed(range(len(rest))) if rest[n].strip()), 0)
    if rest and rest[last] == _FENCE:
        del rest[last]
    yield tuple(rest)


def _colon(lines: Lines, at: Diagnostic) -> Iterator[Lines]:
    """A plain colon and a space after the key that begins the line."""
    line = lines[at.span.line - 1]
    yield _with(lines, at.span.line, re.sub(r"^(\s*(?:- +)?[\w-]+)[:：﹕︓]\s*", r"\1: ", line))


def _quotes(lines: Lines, at: Diagnostic) -> Iterator[Lines]:
    """The value of the line is put in quotes, where no key and no mark may begin in it."""
    line = lines[at.span.line - 1]
    key = _KEY.match(line)
    value = line[key.end() :].rstrip() if key else ""
    inside = {word for word in _IN_TEXT.findall(value) if word in _keys()}
    if key and value and not inside and not set("\"'\\#[]{}|>").intersection(value):
        yield _with(lines, at.span.line, f'{line[: key.end()]}"{value}"')


def _keys() -> set[str]:
    known, models = set[str](), [reading.Model]
    while models:
        models += models[0].__subclasses__()
        known.update(models.pop(0).keys)
    return known


def _plain_quotes(lines: Lines, at: Diagnostic) -> Iterator[Lines]:
    line, start = lines[at.span.line - 1], at.span.column - 1
    found = _QUOTED.fullmatch(line[start:].rstrip(" ,"))
    if found:
        rest = line[start + found.end() :]
        yield _with(lines, at.span.line, f'{line[:start]}"{found[1]}"{rest}')


def _space(lines: Lines, at: Diagnostic) -> Iterator[Lines]:
    """All white space around the place becomes plain."""
    line, n = lines[at.span.line - 1], at.span.column - 1
    rest = line[n:].lstrip()
    before = line[:n].rstrip()
    between = " " * (len(line) - len(before) - len(rest))
    yield _with(lines, at.span.line, f"{before}{between}{rest}")


def _backslash(lines: Lines, at: Diagnostic) -> Iterator[Lines]:
    line, n = lines[at.span.line - 1], at.span.column - 1
    n = line.rfind("\\", 0, n + 1)
    if n >= 0:
        yield _with(lines, at.span.line, f"{line[:n]}\\{line[n:]}")


def _same_again(lines: Lines, at: Diagnostic) -> Iterator[Lines]:
    """The second of two lines that say the same is one too many."""
    words = dict(at.words)
    first, again = (lines[int(words[name]) - 1] for name in ("first", "again"))
    below = "".join(lines[int(words["again"]) : int(words["again"]) + 1])
    goes_on = _depth(below) > _depth(again)
    if first.rstrip() == again.rstrip() and _KEY.match(again) and not goes_on:
        yield _with(lines, at.span.line)


def _depth(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _known(lines: Lines, at: Diagnostic) -> Iterator[Lines]:
    """A key or a word of a closed list in other letters: `Title-By`, `police station`."""
    written = _written(lines, at)
    folded = _folded(written)
    meant = [word for word in dict(at.words)["known"].split(", ") if _folded(word) == folded]
    if folded and len(meant) == 1:
        yield _replaced(lines, at, written, meant[0])


def _latin(lines: Lines, at: Diagnostic) -> Iterator[Lines]:
    """An id with letters that only look like Latin ones."""
    written = _written(lines, at)
    meant = written.translate(characters.LATIN)
    if meant != written and fields.is_id(meant):
        yield _replaced(lines, at, written, meant)


def _yes_no(lines: Lines, at: Diagnostic) -> Iterator[Lines]:
    written = _written(lines, at)
    meant = {"yes": "true", "true": "true", "no": "false", "false": "false"}
    if written.casefold() in meant:
        yield _replaced(lines, at, written, meant[written.casefold()])


def _date(lines: Lines, at: Diagnostic) -> Iterator[Lines]:
    """A date that can be read in one way alone."""
    words, written = dict(at.words), _written(lines, at)
    if written == words["text"] and _PLAIN_DATE.fullmatch(words["better"]):
        yield _replaced(lines, at, written, words["better"])


def _written(lines: Lines, at: Diagnostic) -> str:
    """The key or value at the place, without its quotes."""
    here = lines[at.span.line - 1][at.span.column - 1 :]
    key = re.match(r"[\w-]+(?=\s*:(?:\s|$))", here)
    value = _VALUE.match(here)
    if key or value is None:
        return key.group() if key else ""
    return next(text for text in value.groups() if text is not None)


def _replaced(lines: Lines, at: Diagnostic, old: str, new: str) -> Lines:
    line, start = lines[at.span.line - 1], at.span.column - 1
    rest = line[start:].replace(old, new, 1)
    return _with(lines, at.span.line, line[:start] + rest)


def _folded(word: str) -> str:
    return re.sub(r"(?<=\w)[\s_-]+(?=\w)", "", word.casefold())


REPAIRS: Mapping[str, Callable[[Lines, Diagnostic], Iterator[Lines]]] = {
    problem.code: repair
    for problem, repair in (
        (characters.TAB, _tab),
        (frontmatter.BLANK_FIRST, _blank_lines),
        (frontmatter.OPENING, _opening),
        (frontmatter.CLOSING, _closing),
        (frontmatter.FENCE_IN_RECORD, _fence_of_record),
        (strict_yaml.DUPLICATE, _same_again),
        (yaml_syntax.COLON_IN_TEXT, _quotes),
        (yaml_syntax.FIRST_SIGN, _quotes),
        (yaml_syntax.NO_SPACE, _colon),
        (yaml_syntax.WIDE_COLON, _colon),
        (yaml_syntax.BACKSLASH, _backslash),
        (yaml_syntax.STRANGE_SPACE, _space),
        (yaml_syntax.STRANGE_QUOTE, _plain_quotes),
        (reading.UNKNOWN_KEY, _known),
        (reading.NOT_IN_LIST, _known),
        (fields.NOT_AN_ID, _latin),
        (fields.NOT_YES_OR_NO, _yes_no),
        (date_advice.DAY_FIRST, _date),
        (date_advice.MONTH_NAMED, _date),
        (date_points.MISSING_ZEROS, _date),
    )
}
