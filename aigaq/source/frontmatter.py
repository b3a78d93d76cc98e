"""The line between header and body: exactly two fences, or an error at the very line.

Law: nothing between the fences ever becomes text of a page. The header may hold what is not
for publication, so whatever looks like a slip of a fence is refused instead of being read.
"""

from __future__ import annotations

import itertools
import re

from aigaq.source import characters, strict_yaml
from aigaq.source.document import Document, Mapping, Sequence, Source
from aigaq.words.diagnostics import Diagnostic, Problem, Span

_FORM = "Line 1 is exactly ---, then `key: value` lines, then a line that is exactly ---."

EMPTY = Problem("F001", "the file is empty", _FORM)
BLANK_FIRST = Problem(
    "F002", "an empty line stands before the header", "Delete it: line 1 must be exactly ---."
)
OPENING = Problem(
    "F003",
    "the line that opens the header must be exactly three hyphens: {slip}",
    "Replace the line by ---, typed as three plain hyphens with nothing before or after them.",
)
BEFORE = Problem(
    "F004",
    "something stands before the header; line 1 must be exactly ---",
    "Put --- on line 1. A comment can stand in the header, after a # and a space.",
)
OTHER_FORMAT = Problem(
    "F005",
    "the header is written as {format}; here it is YAML between two lines that are exactly ---",
    _FORM,
)
UNCLOSED = Problem(
    "F006",
    "the header that opens here is never closed",
    "Put a line that is exactly --- between the header and the text.",
)
CLOSING = Problem(
    "F007",
    "this line looks like the end of the header, but is not exactly three hyphens: {slip}",
    "Replace the line by ---, typed as three plain hyphens with nothing before or after them.",
)
SECOND_HEADER = Problem(
    "F008",
    "a second header stands here, or the first one was closed too early in line {closed}",
    "Keep one header at the top, between two lines that are exactly ---. A --- in a text of "
    "the header must be indented. For a rule in the body write * * * between two empty lines.",
)
NOT_A_MAPPING = Problem(
    "F009", "the header is a list; lines of the form `key: value` are expected", _FORM
)
EMPTY_HEADER = Problem(
    "F010",
    "the header is empty",
    "Write at least the `title:` of the text between the two lines ---.",
)
TOO_LONG = Problem(
    "F011",
    "the header is longer than {limit} KB",
    "Move long texts below the header. If the header is short, its closing --- is missing.",
)
FENCE_IN_RECORD = Problem(
    "F012",
    "a file that ends in .yaml has no --- lines",
    "Delete this line; the whole file is `key: value` lines.",
)
EMPTY_RECORD = Problem(
    "F013",
    "the file holds no record",
    "Write its keys, or delete the file.",
)
CONFLICT = Problem(
    "F014",
    "git could not join two versions of this file: both stand here, up to line {end}",
    "Keep what is right of the two, and delete the lines that begin with <<<<<<<, ======= and "
    ">>>>>>>.",
)

MAX_HEADER = 64 * 1024
_FENCE = "---"

# Everything that a hand or an autocorrection makes of three hyphens: other dashes, more or
# fewer of them, spaces, and the fences of other formats.
_DASHES = "\\-\xad\u2010-\u2015\u2212\u2500\u2501\u2e3a\u2e3b\u30fc\ufe58\ufe63\uff0d"
_NEARLY = re.compile(
    rf"[{_DASHES}](?:[ ]?[{_DASHES}])+|[\u2013-\u2015\u2e3a\u2e3b]"
    r"|\.\.\.|…|\+\+\++|~~~+|===+|___+|\*\*\*+"
)
_NEARLY_BEGINS = re.compile(rf"\s*[{_DASHES}.…+~=_*]")
_FOREIGN = (
    (re.compile(r"\+\+\+\s*(toml)?\s*$"), "TOML"),
    (re.compile(r"\{\\rtf"), "RTF"),  # what word processors save as text
    (re.compile(r"\s*\{|;;;|---\s*json", re.IGNORECASE), "JSON"),
    (re.compile(r"---\s*[A-Za-z]"), "another language"),
)
# A key of the archive begins in lower case; a speaker's label in the body does not.
_KEY_LINE = re.compile(r"[a-z][a-z0-9_-]*:(?:\s|$)")
# What git leaves of a merge. A line of ======= alone may underline a heading.
_OURS, _THEIRS = "<" * 7, ">" * 7
_FENCE_LIKE = re.compile(rf"[{_DASHES}]{{2,}}|\+\+\+")


def parse(source: Source, *, language: str = "") -> tuple[Document | None, list[Diagnostic]]:
    """The header and the body of a text in `language` (a BCP 47 tag, for its joiners).

    `None` where the fences are not certain or the header is no mapping; with other errors the
    document serves to find more problems. A BOM is dropped, CRLF is read as LF. Never raises.
    """
    text = plain(source.text)
    lines = text.split("\n")
    found = _conflicts(text, source.path) or _opening(lines, source.path)
    if found:
        return None, found
    end, found = _closing(lines, source.path)
    if end == len(lines):  # where the text begins is anyone's guess
        return None, found
    header, more = _header(lines[1:end], source.path)
    body = "\n".join(lines[end + 1 :])
    found += more + characters.body(
        body, path=source.path, first_line=end + 2, language=language
    )
    found += _second(lines, end, source.path)
    if header is None or any(one.problem in _UNCERTAIN for one in found):
        return None, sorted(found)
    return Document(source.path, header, body, end + 2), sorted(found)


def record(source: Source) -> tuple[Mapping | Sequence | None, list[Diagnostic]]:
    """The record or the list in a file that is YAML from end to end, without fences."""
    text = plain(source.text)
    found = _conflicts(text, source.path)
    if found:
        return None, found
    if text.split("\n", 1)[0] == _FENCE:
        # Refused: between fences the eye expects a body, and takes what follows for one.
        found.append(FENCE_IN_RECORD.at(Span(source.path, 1, 1)))
        text = text[len(_FENCE) :]
    tree, more = strict_yaml.parse(text, path=source.path)
    if tree is None and not found + more:
        found.append(EMPTY_RECORD.at(Span(source.path)))
    return tree, sorted(found + more)


def plain(text: str) -> str:
    """`text` without a BOM at its start and with LF line ends."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n")


_UNCERTAIN = frozenset({UNCLOSED, CLOSING, SECOND_HEADER})


def _conflicts(text: str, path: str) -> list[Diagnostic]:
    """Where git's marks of two versions stand; what is between them is not read."""
    if _OURS not in text and _THEIRS not in text:
        return []
    lines = text.split("\n")
    marks = [
        (n, line[:7])
        for n, line in enumerate(lines, 1)
        if line[:7] in (_OURS, _THEIRS) and line[7:8] in ("", " ")
    ]
    starts = [n for n, mark in marks if mark == _OURS]
    ends = [n for n, mark in marks if mark == _THEIRS]
    if not starts or (ends and ends[0] < starts[0]):
        starts = ends[:1] + starts
    return [
        CONFLICT.at(Span(path, n, 1), end=next((e for e in ends if e >= n), len(lines)))
        for n in starts
    ]


def _opening(lines: list[str], path: str) -> list[Diagnostic]:
    """Why line 1 is not the fence."""
    first = lines[0]
    here = Span(path, 1, 1)
    if first == _FENCE:
        return []
    if not any(line.strip() for line in lines):
        return [EMPTY.at(Span(path))]
    if not first.strip():
        return [BLANK_FIRST.at(here)]
    for foreign, name in _FOREIGN:
        if foreign.match(first):
            return [OTHER_FORMAT.at(here, format=name)]
    if _NEARLY.fullmatch(first.strip()):
        return [OPENING.at(here, slip=_slip(first))]
    return [BEFORE.at(here)]


def _closing(lines: list[str], path: str) -> tuple[int, list[Diagnostic]]:
    """The index of the line that ends the header, and every line that was perhaps meant to."""
    end = next((n for n in range(1, len(lines)) if lines[n] == _FENCE), len(lines))
    # Indented, a near fence may be a line of a text in the header; without a close it is not.
    nearly = [
        n
        for n in range(1, end)
        if _NEARLY_BEGINS.match(lines[n])
        and _NEARLY.fullmatch(lines[n].strip() if end == len(lines) else lines[n].rstrip())
    ]
    found = [CLOSING.at(Span(path, n + 1, 1), slip=_slip(lines[n])) for n in nearly]
    if end == len(lines) and not nearly:
        return end, [UNCLOSED.at(Span(path, 1, 1))]
    return min([*nearly, end]), found


def _slip(line: str) -> str:
    """What is wrong with a line that is nearly a fence."""
    dashes = line.strip()
    if dashes == _FENCE:
        return "there are spaces beside them"
    if set(dashes) == {"-"}:
        return f"there are {len(dashes)}"
    if set(dashes) <= {"-", " "}:
        return "there are spaces between them"
    return "other signs stand there"


def _header(lines: list[str], path: str) -> tuple[Mapping | None, list[Diagnostic]]:
    text = "\n".join(lines)
    may_be_long = len(text) > MAX_HEADER // 4
    if may_be_long and len(text.encode("utf-8", "surrogatepass")) > MAX_HEADER:
        return None, [TOO_LONG.at(Span(path, 2), limit=MAX_HEADER // 1024)]
    tree, found = strict_yaml.parse(text, path=path, first_line=2)
    if isinstance(tree, Mapping):
        if not tree.entries and not found:
            found.append(EMPTY_HEADER.at(Span(path, 2)))
        return tree, found
    if isinstance(tree, Sequence):
        found.append(NOT_A_MAPPING.at(tree.span))
    elif not found:
        found.append(EMPTY_HEADER.at(Span(path, 1, 1)))
    return None, found


def _second(lines: list[str], end: int, path: str) -> list[Diagnostic]:
    at = _second_header(lines[end + 1 :])
    if at is None:
        return []
    return [SECOND_HEADER.at(Span(path, end + 2 + at, 1), closed=end + 1)]


def _second_header(body: list[str]) -> int | None:
    """The index of a line of the body that may be a header's or the text of one, if any.

    A line --- is a rule only where nothing suggests otherwise: it has words above it, which
    neither look like keys nor are indented, and empty lines around it.
    """
    worded = (n for n, line in enumerate(body) if line.strip())
    early = list(itertools.islice(worded, 5))
    if not early:
        return None
    first = early[0]
    if _FENCE_LIKE.fullmatch(body[first].strip()):
        return first
    fences = [
        n for n, line in enumerate(body) if line[:3] == _FENCE and line.rstrip() == _FENCE
    ]
    in_a_row = next((n for n in early if _is_key(body, n) and _is_key(body, n + 1)), None)
    if in_a_row is not None or not fences:
        return in_a_row
    key = next((n for n in range(fences[0]) if _is_key(body, n)), None)
    if key is not None:
        return key
    if body[first][0] == " ":
        return first
    return next((n for n in fences if _has_words(body, n - 1) or _has_words(body, n + 1)), None)


def _is_key(body: list[str], number: int) -> bool:
    return number < len(body) and _KEY_LINE.match(body[number]) is not None


def _has_words(body: list[str], number: int) -> bool:
    return 0 <= number < len(body) and bool(body[number].strip())
