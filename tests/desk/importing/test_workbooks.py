"""Workbooks: what a spreadsheet makes of a cell, and workbooks that mean ill."""

from __future__ import annotations

import datetime
import io
import sys
import zipfile
from typing import TYPE_CHECKING, Any

import pytest

from aigaq.desk.importing import workbooks

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def read(tmp_path: Path):
    def run(content: bytes):
        path = tmp_path / "t.xlsx"
        path.write_bytes(content)
        return workbooks.read(path)

    return run


def packed(**parts: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name.replace("__", "/"), data)
    return file.getvalue()


def test_a_sheet_is_a_table_and_an_empty_one_is_none(read, workbook) -> None:
    tables, found = read(workbook(people=[["id", "sex"], ["p-1", "female"]], notes=[]))
    assert found == []
    assert [(one.name, one.path, one.rows[0].cells) for one in tables] == [
        ("people", "t.xlsx/people", ("p-1", "female"))
    ]


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (12, "12"),
        (12.0, "12"),
        (44.05, "44.05"),
        (True, "true"),
        (datetime.date(2017, 8, 21), "2017-08-21"),
        ("'=not a formula", "=not a formula"),
    ],
)
def test_a_value_is_read_as_one_writes_it_here(read, workbook, value: Any, words: str) -> None:
    tables, _ = read(workbook(people=[["id"], [value]]))
    assert tables[0].rows[0].cells == (words,)


@pytest.mark.parametrize(
    ("form", "words"), [("mmm-yy", "2017-08"), ("yyyy", "2017"), ("d. mmm yyyy", "2017-08-01")]
)
def test_a_day_is_as_exact_as_the_spreadsheet_shows_it(read, form: str, words: str) -> None:
    import openpyxl  # type: ignore[import-untyped]  # noqa: PLC0415

    book = openpyxl.Workbook()
    book.active.append(["born"])
    book.active["A2"] = datetime.date(2017, 8, 1)
    book.active["A2"].number_format = form
    file = io.BytesIO()
    book.save(file)
    assert read(file.getvalue())[0][0].rows[0].cells == (words,)


def test_a_formula_is_refused_with_its_row_and_column(read, workbook) -> None:
    _, found = read(workbook(people=[["id", "sex"], ["p-1", "=A1"]]))
    assert [f"{str(one.span).partition(' [')[0]} {one.code}" for one in found] == [
        "t.xlsx/people:2:2 I013"
    ]


def test_a_time_is_no_text(read, workbook) -> None:
    _, found = read(workbook(people=[["id"], [datetime.time(12, 5)]]))
    assert [f"{str(one.span).partition(' [')[0]} {one.code}" for one in found] == [
        "t.xlsx/people:2:1 I014"
    ]


def test_a_written_workbook_holds_no_formula_and_comes_back(read) -> None:
    rows = [["id", "words"], ["p-1", "=1+1"], ["p-2", "2017-08"]]
    made = workbooks.written({"people": rows})
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml")
    tables, found = read(made)
    assert b"<f>" not in sheet
    assert found == []
    assert [list(row.cells) for row in tables[0].rows] == rows[1:]


def test_a_bomb_is_refused_before_it_is_unpacked(read) -> None:
    _, found = read(packed(xl__a=b"\0" * (workbooks.MAX_UNPACKED + 1)))
    assert [one.code for one in found] == ["I012"]


@pytest.mark.parametrize(
    "content",
    [
        b"no zip at all",
        b"PK\x03\x04 cut off",
        packed(a=b"b"),
        packed(**{"xl__workbook.xml": b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"}),
        packed(**{"xl__workbook.xml": b"<a>"}),
        packed(**{f"p{n}": b"" for n in range(workbooks.MAX_PARTS + 1)}),
    ],
)
def test_what_is_no_workbook_is_told_and_raises_nothing(read, content: bytes) -> None:
    tables, found = read(content)
    assert (tables, [one.code for one in found]) == ([], ["I011"])


def test_a_row_far_below_the_others_is_not_dropped_silently(read) -> None:
    import openpyxl  # noqa: PLC0415

    book = openpyxl.Workbook()
    book.active.title = "people"
    book.active["A1"], book.active["A2"], book.active["A200000"] = "id", "p-1", "p-2"
    file = io.BytesIO()
    book.save(file)
    assert [one.code for one in read(file.getvalue())[1]] == ["I006"]


def test_without_openpyxl_the_way_out_is_told(read, workbook, monkeypatch) -> None:
    book = workbook(people=[["id"], ["p-1"]])
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    tables, found = read(book)
    assert (tables, [one.code for one in found]) == ([], ["I010"])
