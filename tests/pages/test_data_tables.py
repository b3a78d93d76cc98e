"""Spreadsheets: no words are a formula, every row leads to its page, every letter stays."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest

from aigaq.archive.public import Name
from aigaq.pages import data_tables

if TYPE_CHECKING:
    from collections.abc import Callable

    from aigaq.archive.public import PublicArchive

HOSTILE = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "＋1", "－1", "＠x")


def rows(archive: PublicArchive, name: str) -> list[dict[str, str]]:
    content = dict(data_tables.tables(archive))[f"{name}.csv"].decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(content, newline=""), strict=True))


@pytest.mark.parametrize("words", HOSTILE)
def test_words_that_might_be_a_formula_begin_with_an_apostrophe(
    words: str, archive: PublicArchive, changed: Callable[..., PublicArchive]
) -> None:
    names = (Name(text=words, lang="en", kinds=("preferred",)),)

    made = changed(archive, people={"p-bb22": {"names": names}})

    (row,) = (row for row in rows(made, "people") if row["id"] == "p-bb22")
    assert row["name"] == f"'{words}"


def test_no_cell_of_any_table_can_be_a_formula(archive: PublicArchive) -> None:
    cells = [
        cell
        for name in data_tables.COLUMNS
        for row in rows(archive, name)
        for cell in row.values()
    ]
    assert len(cells) > 200
    risky = [cell for cell in cells if cell.startswith(tuple("=+-@\t\r\n"))]
    assert all(float(cell) < 0 for cell in risky)  # a number is a number


def test_a_number_stays_a_number(
    archive: PublicArchive, changed: Callable[..., PublicArchive]
) -> None:
    made = changed(archive, places={"pl-county-x": {"at": (-44.5, 81.0)}})

    (row,) = (row for row in rows(made, "places") if row["id"] == "pl-county-x")
    assert (float(row["latitude"]), float(row["longitude"])) == (-44.5, 81.0)


def test_excel_is_told_that_it_is_utf_8(archive: PublicArchive) -> None:
    for _, content in data_tables.tables(archive):
        assert content.startswith(b"\xef\xbb\xbf")
        assert content.count(b"\r\n") > 0
    names = {row["other_names"] for row in rows(archive, "people")}
    assert any("占位母亲 (zh-Hans)" in several for several in names)


@pytest.mark.parametrize("name", data_tables.COLUMNS)
def test_every_row_has_the_address_of_its_page(
    name: str, archive: PublicArchive, pages_of: Callable[..., dict[str, object]]
) -> None:
    found = rows(archive, name)
    known = pages_of(archive)

    assert found
    for row in found:
        address = row["page"].partition("#")[0]
        assert address.removeprefix(archive.site.address) in known


def test_each_record_and_each_claim_has_a_row(archive: PublicArchive) -> None:
    assert {row["id"] for row in rows(archive, "people")} == set(archive.people)
    assert {row["id"] for row in rows(archive, "texts")} == set(archive.texts)
    told = {(c.text, str(c.number)) for t in archive.texts.values() for c in t.claims}
    assert {(row["text"], row["number"]) for row in rows(archive, "claims")} == told


def test_events_stand_in_the_order_of_their_dates_and_what_was_asked_among_them(
    archive: PublicArchive,
) -> None:
    found = rows(archive, "events")

    starts = [row["earliest"] for row in found if row["earliest"]]
    assert starts == sorted(starts)
    asked = sum(len(text.asked) for text in archive.texts.values())
    dated = sum(1 for t in archive.texts.values() for c in t.claims if c.when)
    assert len(found) == asked + dated
    assert {row["answer"] for row in found} > {""}


def test_an_event_leads_to_its_very_paragraph(archive: PublicArchive) -> None:
    told = [row for row in rows(archive, "events") if row["paragraph"]]

    assert told
    assert all(row["page"].endswith(f"#{row['paragraph']}") for row in told)


def test_in_another_tree_a_text_leads_to_its_original(
    archive: PublicArchive, changed: Callable[..., PublicArchive]
) -> None:
    row = next(row for row in rows(archive, "texts") if row["id"] == "t-2222")

    assert row["page"] == "https://archive.example.org/ug/testimonies/t-2222.html"
