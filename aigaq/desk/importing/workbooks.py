"""Tables in XLSX: a sheet is a table. Nothing in a workbook is computed, run or fetched.

A workbook is a ZIP of XML, made by strangers. So before it is opened it is seen how much comes
out of it, and that no file of it declares entities; formulas are refused, whatever they say.
openpyxl is asked for where it is used only: most sites need none.
"""

from __future__ import annotations

import datetime
import io
import re
import warnings
import zipfile
from typing import TYPE_CHECKING, Any

from aigaq.desk.importing import cells, tables, xml
from aigaq.words.diagnostics import Diagnostic, Problem, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from aigaq.desk.importing.tables import Table

NO_OPENPYXL = Problem(
    "I010",
    "tables in XLSX need the package openpyxl, which is not installed here",
    "Install it with `pip install 'aigaq[xlsx]'`, or save the table as CSV in UTF-8.",
)
NOT_XLSX = Problem(
    "I011",
    "the file is no workbook that can be read: {reason}",
    "Open it in a spreadsheet program and save it as XLSX; old XLS and ODS are not read.",
)
TOO_MUCH = Problem(
    "I012",
    "the workbook unpacks to more than {limit} MB",
    "Take pictures out of it, and divide it into several.",
)
FORMULA = Problem(
    "I013",
    "the cell holds a formula",
    "Copy the column and paste it as values; words that begin with = have an apostrophe"
    " before it.",
)
NO_WORDS = Problem(
    "I014",
    "the cell holds {what}, which is no text",
    "Type the value as text; format the column as text first.",
)

MAX_UNPACKED = 128 * 1024 * 1024
MAX_PARTS = 2_000
_LIMITS = ((tables.MAX_ROWS, "rows"), (tables.MAX_COLUMNS, "columns"))
_SHEET_NAME = 31  # characters, in Excel


def openpyxl_problem() -> Diagnostic | None:
    """Why no workbook can be read or written here, if so."""
    try:
        import openpyxl  # type: ignore[import-untyped]  # noqa: F401, PLC0415 - is it there
    except ImportError:
        return NO_OPENPYXL.at(Span(""))
    return None


def read(path: Path) -> tuple[list[Table], list[Diagnostic]]:
    """The tables of all sheets that hold anything."""
    missing = openpyxl_problem()
    raw = missing or tables.content(path)
    if isinstance(raw, Diagnostic):
        return [], [raw]
    if bad := _unsafe(raw, path.name):
        return [], [bad]
    from openpyxl import load_workbook  # noqa: PLC0415 - as above

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # on styles and the like, which nobody needs
            book = load_workbook(io.BytesIO(raw), read_only=True, keep_links=False)
            return _sheets(book, path.name)
    except Exception as error:  # openpyxl raises anything on what it cannot read
        return [], [NOT_XLSX.at(Span(path.name), reason=type(error).__name__)]


def _unsafe(raw: bytes, name: str) -> Diagnostic | None:
    """Why these bytes are not handed on: how much they hold is counted, not believed."""
    left = MAX_UNPACKED
    span = Span(name)
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            if len(archive.infolist()) > MAX_PARTS:
                return NOT_XLSX.at(span, reason="it has too many parts")
            for part in archive.infolist():
                with archive.open(part) as file:
                    data = file.read(left + 1)
                left -= len(data)
                if left < 0:
                    return TOO_MUCH.at(span, limit=MAX_UNPACKED // 1024 // 1024)
                is_xml = part.filename.endswith((".xml", ".rels", ".vml"))
                reason = xml.unsafe(data) if is_xml else ""
                if reason:
                    return NOT_XLSX.at(span, reason=reason)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, ValueError):
        return NOT_XLSX.at(span, reason="it is no ZIP, or a locked one")
    except Exception as error:  # zlib and lzma have errors of their own
        return NOT_XLSX.at(span, reason=type(error).__name__)
    return None


def _sheets(book: Any, file: str) -> tuple[list[Table], list[Diagnostic]]:
    made: list[Table] = []
    found: list[Diagnostic] = []
    for sheet in book.worksheets:
        path = f"{file}/{tables.seen(sheet.title)}"
        rows: list[tuple[int, Sequence[str]]] = []
        for number, row in enumerate(sheet.iter_rows(), start=1):
            rows.append((number, [_text(cell, n, path, found) for n, cell in enumerate(row)]))
            wide = len(row) > tables.MAX_COLUMNS
            if wide or number > tables.MAX_ROWS:
                limit, what = _LIMITS[wide]
                found.append(tables.TOO_MANY.at(Span(path), limit=limit, what=what))
                break
        if not any(any(row) for _, row in rows):
            continue
        table, more = tables.of_rows(rows, path=path, name=sheet.title)
        if not any(one.span.path == path for one in found):  # what only follows is not told
            found += more
        made += [table] if table else []
    return made, found


def _text(cell: Any, column: int, path: str, found: list[Diagnostic]) -> str:
    """The words of a cell; numbers and days as one writes them here."""
    value = cell.value
    if value is None:
        return ""
    span = Span(path, cell.row, column + 1)
    if cell.data_type == "f":
        found.append(tables.in_column(span, "", FORMULA.at(span)))
    elif isinstance(value, bool):
        return str(value).lower()
    elif isinstance(value, int | float):
        return _number(value)
    elif isinstance(value, datetime.datetime):
        return _day(value, str(cell.number_format))
    elif isinstance(value, str) and cell.data_type != "e":
        return cells.meant(value)
    else:
        what = "an error" if cell.data_type == "e" else "a time"
        found.append(tables.in_column(span, "", NO_WORDS.at(span, what=what)))
    return ""


def _number(value: float) -> str:
    if float(value).is_integer() and abs(value) < 1e15:
        return str(int(value))
    return repr(value)


def _day(value: datetime.datetime, form: str) -> str:
    """As exactly as the spreadsheet shows it: of `2017-08` Excel makes a day in August."""
    signs = re.sub(r'"[^"]*"|\[[^\]]*\]|\\.', "", form).lower()
    if "d" in signs or "y" not in signs:
        return value.date().isoformat()
    return value.strftime("%Y-%m" if "m" in signs else "%Y")


def written(sheets: Mapping[str, Sequence[Sequence[str]]]) -> bytes:
    """A workbook: each sheet by its name, its rows; every cell is a text."""
    from openpyxl import Workbook  # noqa: PLC0415 - as above

    book = Workbook(write_only=True)
    # Not when this computer wrote it.
    book.properties.created = book.properties.modified = datetime.datetime(2000, 1, 1)  # noqa: DTZ001
    for name, rows in sheets.items():
        sheet = book.create_sheet(name[:_SHEET_NAME])
        sheet.freeze_panes = "B2"
        for row in rows:
            sheet.append(list(_cells(sheet, row)))
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _cells(sheet: Any, row: Sequence[str]) -> Iterator[Any]:
    from openpyxl.cell import WriteOnlyCell  # type: ignore[import-untyped]  # noqa: PLC0415

    for text in row:
        cell = WriteOnlyCell(sheet, cells.shown(text))
        cell.data_type = "s"
        cell.number_format = "@"  # text: a spreadsheet makes no date of 2017-08
        yield cell
