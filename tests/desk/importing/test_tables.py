"""CSV as spreadsheets write it, and CSV of somebody who means ill."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from aigaq.desk.importing import tables

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def read(tmp_path: Path):
    def run(content: str | bytes):
        path = tmp_path / "people.csv"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return tables.read_csv(path)

    return run


@pytest.mark.parametrize(
    "content",
    [
        b"id,sex\r\np-1,female\r\n",
        b"\xef\xbb\xbfid;sex\np-1;female\n",
        b"id\tsex\np-1\tfemale",
        "id,sex\np-1,female\n".encode("utf-16"),
        b'id,sex,\n\n"p-1","female",\n,,\n',
    ],
)
def test_every_way_of_writing_csv_is_read_alike(read, content: bytes) -> None:
    table, found = read(content)
    assert found == []
    assert table.columns == ("id", "sex")
    assert [row.cells for row in table.rows] == [("p-1", "female")]


def test_a_row_has_the_number_that_the_spreadsheet_shows(read) -> None:
    table, _ = read('id,summary\np-1,"two\nlines"\n\np-2,x\n')
    assert [row.number for row in table.rows] == [2, 4]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"id,sex\np-1,\xff\n", "people.csv:2 I003"),
        ('id,sex\np-1,"open\n', "people.csv:2 I004"),
        ("id,sex\n", "people.csv I005"),
        ("", "people.csv I005"),
        ("id,,sex\np-1,lost,female\n", "people.csv:2:2 I007"),
        ("id\np-1,more\n", "people.csv:2:2 I007"),
        ("id,id\np-1,p-2\n", "people.csv:1:2 I008"),
        (f"id\n{'x' * (tables.MAX_CELL + 1)}\n", "people.csv:2 I009"),
        ("id\n" + "a\n" * (tables.MAX_ROWS + 1), "people.csv I006"),
        (",".join(map(str, range(16_385))) + "\n1\n", "people.csv I006"),
        (b"a" * (tables.MAX_FILE + 1), "people.csv I002"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_row(read, content, told: str) -> None:
    table, found = read(content)
    assert table is None
    assert f"{str(found[0].span).partition(' [')[0]} {found[0].code}" == told


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    _, found = tables.read_csv(tmp_path / "nothing.csv")
    assert [one.code for one in found] == ["I001"]


@pytest.mark.parametrize(("column", "letters"), [(1, "A"), (26, "Z"), (27, "AA"), (703, "AAA")])
def test_columns_have_the_letters_of_a_spreadsheet(column: int, letters: str) -> None:
    assert tables.letters(column) == letters


def test_a_column_name_is_told_as_it_stands(read) -> None:
    table, _ = read("id,{x}\np-1,1\n")
    found = table.at(2, 1, tables.NO_ROWS.at(tables.Span("")))
    assert str(found).startswith("people.csv:2:2 [B: {x}]: error I005: the table has no rows")


def test_places_in_tables_sort_among_others(read) -> None:
    table, _ = read("id,sex\np-1,1\n")
    wrong = tables.NO_ROWS.at(tables.Span("people.csv", 2))
    cell, other = table.at(2, 1, wrong), tables.NO_ROWS.at(tables.Span("people.csv", 1))
    assert sorted([cell, wrong, other]) == [other, wrong, cell] == sorted([wrong, other, cell])


def test_the_name_of_a_column_cannot_speak_to_a_terminal(read) -> None:
    table, _ = read("id,\x1b[2Jx\u202e\np-1,1\n")
    assert str(table.at(2, 1, tables.NO_ROWS.at(tables.Span(""))).span).isprintable()
