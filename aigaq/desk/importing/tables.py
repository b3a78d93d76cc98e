"""Tables as editors keep them: rows under the names of their columns, read from CSV.

Limits come before content: how large a file may be, how many rows and columns it may have.
A message tells the row as the spreadsheet numbers it, and the column by letter and name.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from aigaq.desk.importing import cells
from aigaq.source import characters
from aigaq.words.diagnostics import Diagnostic, Problem, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

UNREADABLE = Problem(
    "I001",
    "the file cannot be read: {reason}",
    "Check its name and its permissions, and whether another program holds it.",
)
TOO_LARGE = Problem(
    "I002",
    "the file is larger than {limit} MB",
    "Divide it into several files; pictures and recordings do not belong into it.",
)
NOT_UTF_8 = Problem(
    "I003",
    "the file is not UTF-8: a byte is no letter there",
    'Save it once more; in Excel as "CSV UTF-8", in LibreOffice with the character set UTF-8.',
)
NOT_CSV = Problem(
    "I004",
    "the table cannot be read from this row on: {reason}",
    "Look for a quotation mark that is not closed; or save the table as XLSX and import that.",
)
NO_ROWS = Problem(
    "I005",
    "the table has no rows below the names of its columns",
    "The first row names the columns; each row below it is one record.",
)
TOO_MANY = Problem(
    "I006",
    "the table has more than {limit} {what}",
    "Divide it into several tables.",
)
NO_NAME = Problem(
    "I007",
    "something stands in a column without a name",
    "Name the column in the first row, or empty the cell.",
)
NAME_TWICE = Problem(
    "I008",
    'two columns have the name "{name}"',
    "Keep one of the two; several values stand in one cell, each in a line of its own.",
)
LONG_CELL = Problem(
    "I009",
    "the cell holds more than {limit} characters",
    "Move long words into a file of their own; a text longer than that is to be divided.",
)

MAX_FILE = 32 * 1024 * 1024
MAX_ROWS = 100_000
MAX_COLUMNS = 16_384  # as many as XLSX has
MAX_CELL = 128 * 1024
MAX_PROBLEMS = 200
_LONGEST_NAME = 60
_SIGNS = ",;\t"


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its number in the spreadsheet, and the words of each column."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table that can be read; `path` is how messages call it, `name` what it is called."""

    path: str
    name: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]

    def at(self, row: int, column: int, found: Diagnostic) -> Diagnostic:
        """`found` in a cell of this table: the column is told by its letter and its name."""
        name = self.columns[column] if column < len(self.columns) else ""
        return in_column(Span(self.path, row, column + 1), name, found)

    def in_row(self, row: int, found: Diagnostic) -> Diagnostic:
        return replace(found, span=Span(self.path, row))


@dataclass(slots=True, unsafe_hash=True)
class Cell(Span):
    """A place in a table: its line is the row, and it says the column by letter and name."""

    name: str = ""

    def __str__(self) -> str:
        told = f"{letters(self.column)}: {self.name}" if self.name else letters(self.column)
        return f"{self.path}:{self.line}:{self.column} [{told}]"

    def __lt__(self, other: Span) -> bool:
        return _order(self) < _order(other)

    def __gt__(self, other: Span) -> bool:
        return _order(self) > _order(other)


def _order(span: Span) -> tuple[str, int, int]:
    return span.path, span.line, span.column


def in_column(span: Span, name: str, found: Diagnostic) -> Diagnostic:
    """`found` at a cell of the column of `span`."""
    return replace(found, span=Cell(span.path, span.line, span.column, seen(name)))


def seen(text: str) -> str:
    """What strangers wrote, as a terminal may show it: in one short line."""
    return characters.masked(" ".join(text.split()))[:_LONGEST_NAME]


def letters(column: int) -> str:
    """`A` of column 1, `AB` of column 28."""
    made = ""
    while column:
        column, rest = divmod(column - 1, 26)
        made = chr(ord("A") + rest) + made
    return made


def read_csv(path: Path) -> tuple[Table | None, list[Diagnostic]]:
    """The table in a CSV file: UTF-8, or UTF-16 with its mark; commas, semicolons or tabs."""
    raw = content(path)
    if isinstance(raw, Diagnostic):
        return None, [raw]
    text = _decoded(raw, path.name)
    if isinstance(text, Diagnostic):
        return None, [text]
    sign = max(_SIGNS, key=text.partition("\n")[0].count)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=sign, strict=True)
    found: list[Diagnostic] = []
    listed = list(_numbered(rows, path.name, found))
    table, more = of_rows(listed, path=path.name, name=path.stem)
    return (None if found else table), [*found, *more]


def content(path: Path) -> bytes | Diagnostic:
    """The bytes of a file that somebody brings, or why there are none."""
    span = Span(path.name)
    try:
        with path.open("rb") as file:
            raw = file.read(MAX_FILE + 1)
    except OSError as error:
        return UNREADABLE.at(span, reason=error.strerror or "?")
    too_large = TOO_LARGE.at(span, limit=MAX_FILE // 1024 // 1024)
    return raw if len(raw) <= MAX_FILE else too_large


def _decoded(raw: bytes, path: str) -> str | Diagnostic:
    encoding = "utf-16" if raw.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as error:
        return NOT_UTF_8.at(Span(path, raw[: error.start].count(b"\n") + 1))


def _numbered(
    rows: Iterator[list[str]], path: str, found: list[Diagnostic]
) -> Iterator[tuple[int, Sequence[str]]]:
    number = 0
    try:
        for number, row in enumerate(rows, start=1):
            yield number, [cells.meant(cell) for cell in row]
    except csv.Error as error:
        if "field limit" in str(error):
            found.append(LONG_CELL.at(Span(path, number + 1), limit=MAX_CELL))
        else:
            found.append(NOT_CSV.at(Span(path, number + 1), reason=error))


def of_rows(
    rows: Iterable[tuple[int, Sequence[str]]], *, path: str, name: str
) -> tuple[Table | None, list[Diagnostic]]:
    """A table of numbered rows, of which the first names the columns; empty ones count not."""
    columns: tuple[str, ...] | None = None
    made: list[Row] = []
    found: list[Diagnostic] = []
    for number, row in rows:
        if not any(map(str.strip, row)):
            continue
        if columns is None:
            columns, more = _named(row, number, path)
            found += more
        else:
            made.append(_row(number, row, columns, path, found))
        if len(made) > MAX_ROWS or len(found) > MAX_PROBLEMS:
            break
    if len(made) > MAX_ROWS:
        found.append(TOO_MANY.at(Span(path), limit=MAX_ROWS, what="rows"))
    if not (found or made):
        found.append(NO_ROWS.at(Span(path)))
    return (None if found else Table(path, name, columns or (), tuple(made))), found


def _named(
    row: Sequence[str], number: int, path: str
) -> tuple[tuple[str, ...], list[Diagnostic]]:
    names = [cell.strip() for cell in row]
    while names and not names[-1]:
        names.pop()
    if len(names) > MAX_COLUMNS:
        return (), [TOO_MANY.at(Span(path), limit=MAX_COLUMNS, what="columns")]
    twice = [
        in_column(Span(path, number, n + 1), "", NAME_TWICE.at(Span(path), name=seen(name)))
        for n, name in enumerate(names)
        if name and name in names[:n]
    ]
    return tuple(names), twice


def _row(
    number: int, row: Sequence[str], names: Sequence[str], path: str, found: list[Diagnostic]
) -> Row:
    for n, cell in enumerate(row):
        span = Span(path, number, n + 1)
        if len(cell) > MAX_CELL:
            found.append(in_column(span, "", LONG_CELL.at(span, limit=MAX_CELL)))
        elif cell.strip() and not (n < len(names) and names[n]):
            found.append(in_column(span, "", NO_NAME.at(span)))
    return Row(number, tuple(row[: len(names)]) + ("",) * (len(names) - len(row)))
