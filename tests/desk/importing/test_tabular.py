"""Files become tables, and tables are known by their names."""

from __future__ import annotations

from typing import Any

PEOPLE = "id,names.en.preferred,protect\np-1,Placeholder Name,open\n"


def test_the_kind_is_told_by_the_name_or_by_the_editor(desk: Any) -> None:
    desk.bring("list.csv", PEOPLE)
    assert desk.told() == ["list.csv I015"]
    assert [file.path for file in desk.run(kind="person").plan.files] == [
        "content/people/p-1.yaml"
    ]


def test_a_workbook_holds_a_table_a_sheet(desk: Any, workbook: Any) -> None:
    rows = [line.split(",") for line in PEOPLE.split()[0:1]]
    people = [rows[0], ["p-1", "Placeholder Name", "open"]]
    places = [["id", "names.en.preferred", "type"], ["pl-1", "Place", "countie"]]
    desk.bring("t.xlsx", workbook(people=people, places=places))
    assert desk.told("t.xlsx") == ["t.xlsx/places:2:3 S003"]


def test_a_folder_stands_for_the_tables_in_it(desk: Any) -> None:
    desk.bring("people.csv", PEOPLE).bring("places.csv", "id,names.en.preferred\npl-1,A\n")
    assert len(desk.run().plan.files) == 2


def test_one_table_that_cannot_be_read_stops_all(desk: Any) -> None:
    desk.bring("people.csv", PEOPLE).bring("places.csv", b"\xff")
    done = desk.run(write=True)
    assert ([one.code for one in done.problems], done.written) == (["I003"], [])
