"""A problem of a file that is not there yet is told at the cell that it comes from."""

from __future__ import annotations

import pytest

from aigaq.desk.importing import located, tables
from aigaq.words.diagnostics import Problem, Span

WRONG = Problem("Z001", "something is wrong", "Mend it.")
TABLE = tables.Table("t.csv", "t", ("id", "names.1.text", "names.1.lang", "body"), ())
FILE = "---\nnames:\n  - {text: A, lang: en}\ndraft: true\n---\n\nWords.\n"


@pytest.mark.parametrize(
    ("line", "column", "place"),
    [
        (3, 12, "t.csv:5:2"),
        (3, 21, "t.csv:5:3"),
        (2, 1, "t.csv:5"),
        (4, 1, "t.csv:5"),
        (7, 2, "t.csv:5:4"),
        (0, 0, "t.csv:5"),
    ],
)
def test_the_cell_of_a_place_is_found(line: int, column: int, place: str) -> None:
    columns = {("names", 0, "text"): 1, ("names", 0, "lang"): 2}
    locate = located.Origin(TABLE, (5,), columns).of_file("x.md", FILE)
    assert str(locate(WRONG.at(Span("x.md", line, column))).span).partition(" [")[0] == place


def test_of_a_list_each_line_is_a_row() -> None:
    text = "- {id: a}\n- {id: b}\n"
    locate = located.Origin(TABLE, (2, 7), {(1, "id"): 0}).of_file("content/topics.yaml", text)
    assert (
        str(locate(WRONG.at(Span("content/topics.yaml", 2, 8))).span).partition(" [")[0]
        == "t.csv:7:1"
    )


def test_a_header_that_cannot_be_read_still_has_its_columns() -> None:
    text = "---\nnames: [\n---\n"
    locate = located.Origin(TABLE, (5,), {("names", 0, "text"): 1}).of_file("x.md", text)
    assert str(locate(WRONG.at(Span("x.md", 2, 8))).span).partition(" [")[0] == "t.csv:5:2"
