"""The files of the open data: valid by their own schema, whole, and the same on every day."""

from __future__ import annotations

import dataclasses
import datetime
import hashlib
import json
from typing import TYPE_CHECKING, Any

import pytest

from aigaq.archive.public import Correction
from aigaq.pages import data, data_format
from aigaq.pages.index import Index

if TYPE_CHECKING:
    from collections.abc import Callable

    from aigaq.archive.public import PublicArchive


def files(archive: PublicArchive) -> dict[str, bytes]:
    return {made.path: made.data for made in data.artifacts(Index(archive))}


def read(archive: PublicArchive, path: str) -> Any:
    return json.loads(files(archive)[path])


def lines(content: bytes) -> list[bytes]:
    return content.splitlines(keepends=True)


def records(made: dict[str, bytes]) -> dict[str, dict[str, Any]]:
    """All records of the parts that the head lists, by id."""
    found = (line for part in json.loads(made[data.HEAD])["parts"] for line in
             lines(made["data/" + part["path"]]))  # fmt: skip
    return {one["id"]: one for one in map(json.loads, found)}


def many(archive: PublicArchive, number: int = 40) -> PublicArchive:
    """With so many texts more."""
    one = archive.texts["t-1111"]
    more = {f"t-m{n:03}": dataclasses.replace(one, id=f"t-m{n:03}") for n in range(number)}
    return dataclasses.replace(archive, texts={**archive.texts, **more})


def differing(one: dict[str, bytes], two: dict[str, bytes]) -> set[str]:
    return {path for path in one.keys() | two.keys() if one.get(path) != two.get(path)}


def test_every_file_is_valid_by_the_schema_that_lies_beside_it(
    archive: PublicArchive, schema_faults: Callable[..., list[str]]
) -> None:
    made = files(archive)
    schema = json.loads(made["data/schema-2.json"])

    valid = [path for path in made if path.startswith(("data/records/", "data/parts/"))]
    assert len(records(made)) == sum(
        len(getattr(archive, place)) for _, place in data_format.RECORDS.values()
    )
    for path in (*valid, data.HEAD, data.CHANGES):
        for line in lines(made[path]):
            assert schema_faults(json.loads(line), schema) == [], path


@pytest.mark.parametrize(
    "wrong",
    [
        {"record": "person"},
        {"kind": 7},
        {"unheard": "of"},
        {"claims": [{"what": "held"}]},
        {"added": {"edtf": "2026", "sense": "whenever"}},
    ],
)
def test_the_schema_finds_what_is_wrong(
    wrong: dict[str, Any], archive: PublicArchive, schema_faults: Callable[..., list[str]]
) -> None:
    record = read(archive, data.of_record("t-1111"))

    assert schema_faults(record | wrong, read(archive, "data/schema-2.json"))


def test_the_parts_are_the_files_of_all_records_one_after_the_other(
    archive: PublicArchive,
) -> None:
    made = files(many(archive))
    parts = {path: content for path, content in made.items() if path.startswith("data/parts/")}

    assert len(parts) > 4
    assert sorted(line for content in parts.values() for line in lines(content)) == sorted(
        content for path, content in made.items() if path.startswith("data/records/")
    )
    assert all(content for content in parts.values())


def test_the_head_leads_to_all_other_files_and_counts_the_records(
    archive: PublicArchive,
) -> None:
    made = files(archive)
    head = json.loads(made[data.HEAD])

    listed = [*head["parts"], *head["tables"], head["changes"]]
    assert {"data/" + one["path"]: (one["bytes"], one["sha256"]) for one in listed} == {
        path: (len(content), hashlib.sha256(content).hexdigest())
        for path, content in made.items()
        if path.endswith((".csv", ".jsonl")) or path == data.CHANGES
    }
    assert (head["$schema"], head["format"]) == ("schema-2.json", 2)
    assert {place: count for place, count in head["counts"].items() if count} == {
        place: len(held)
        for _, place in data_format.RECORDS.values()
        if (held := getattr(archive, place))
    }


def test_another_word_in_a_text_changes_its_record_its_part_and_the_head_alone(
    archive: PublicArchive, changed: Callable[..., PublicArchive]
) -> None:
    before = many(archive)
    after = changed(before, texts={"t-m007": {"tags": ("added later",)}})

    others = sorted(differing(files(before), files(after)))

    assert others[0] == data.HEAD
    assert others[1].startswith("data/parts/")
    assert others[2:] == ["data/records/t-m007.json"]


def test_no_more_than_a_part_is_made_before_it_is_asked_for(archive: PublicArchive) -> None:
    made = data.artifacts(Index(many(archive, 100)))

    first = [next(made).path for _ in range(40)]

    assert [path for path in first if path.startswith("data/parts/")]


def test_the_day_of_the_build_changes_no_byte(archive: PublicArchive) -> None:
    later = dataclasses.replace(archive, built=datetime.date(2031, 1, 1))

    assert files(later) == files(archive)


def test_changes_tell_what_was_added_translated_and_corrected_the_newest_first(
    archive: PublicArchive,
) -> None:
    found = read(archive, data.CHANGES)["changes"]

    assert {one["what"] for one in found} == {"added", "translated", "corrected"}
    dates = [one["date"] for one in found]
    assert dates == sorted(dates, reverse=True)
    corrected = [one for one in found if one["what"] == "corrected"]
    assert corrected[0]["record"] == "t-3333"
    assert all("record" in one for one in found if one["what"] != "corrected")


def test_who_kept_earlier_files_sees_what_was_added_changed_and_withdrawn(
    archive: PublicArchive, changed: Callable[..., PublicArchive]
) -> None:
    before = records(files(archive))
    texts = {i: text for i, text in archive.texts.items() if i != "t-2222"}
    later = changed(archive, texts={"t-1111": {"tags": ("added later",)}})
    later = dataclasses.replace(later, texts={**texts, "t-1111": later.texts["t-1111"]})
    after = records(files(later))

    assert before.keys() - after.keys() == {"t-2222"}
    others = {i for i in after if after[i] != before[i]}
    assert "t-1111" in others
    assert "pl-county-x" not in others


def test_two_corrections_of_a_day_stay_in_their_order(
    archive: PublicArchive, date: Callable[[str], Any], words: Callable[..., Any]
) -> None:
    told = tuple(
        Correction(date=date("2026-11-02"), record="t-1111", what=words(en=which))
        for which in ("second", "first")
    )

    found = data.changes(dataclasses.replace(archive, corrections=told))["changes"]

    said = [one["words"]["en"] for one in found if one["what"] == "corrected"]
    assert said == ["second", "first"]


def test_a_correction_of_an_unknown_day_is_told_last(
    archive: PublicArchive, date: Callable[[str], Any], words: Callable[..., Any]
) -> None:
    told = Correction(date=date("unknown"), record="", what=words(en="long ago"))

    found = data.changes(dataclasses.replace(archive, corrections=(told,)))["changes"]

    assert found[-1]["words"] == {"en": "long ago"}
