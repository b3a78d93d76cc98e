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


def test_every_file_is_valid_by_the_schema_that_lies_beside_it(
    archive: PublicArchive, schema_faults: Callable[..., list[str]]
) -> None:
    made = files(archive)
    schema = json.loads(made["data/schema-1.json"])

    valid = [path for path in made if path.startswith("data/records/")]
    assert len(valid) == sum(
        len(getattr(archive, place)) for _, place in data_format.RECORDS.values()
    )
    for path in (*valid, data.WHOLE, data.CHANGES):
        assert schema_faults(json.loads(made[path]), schema) == [], path


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

    assert schema_faults(record | wrong, read(archive, "data/schema-1.json"))


def test_the_whole_holds_each_record_as_its_own_file_does(archive: PublicArchive) -> None:
    whole = read(archive, data.WHOLE)

    for kind, (_, place) in data_format.RECORDS.items():
        assert [one["id"] for one in whole[place]] == sorted(getattr(archive, place))
        for one in whole[place]:
            alone = read(archive, data.of_record(one["id"]))
            assert alone.pop("$schema") == "../schema-1.json"
            assert (alone, one["record"]) == (one, kind)


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


def test_who_kept_an_earlier_log_sees_what_was_added_changed_and_withdrawn(
    archive: PublicArchive, changed: Callable[..., PublicArchive]
) -> None:
    before = read(archive, data.CHANGES)["records"]
    texts = {i: text for i, text in archive.texts.items() if i != "t-2222"}
    later = changed(archive, texts={"t-1111": {"tags": ("added later",)}})
    later = dataclasses.replace(later, texts={**texts, "t-1111": later.texts["t-1111"]})
    after = read(later, data.CHANGES)["records"]

    assert before.keys() - after.keys() == {"t-2222"}
    differing = {i for i in after if after[i] != before[i]}
    assert "t-1111" in differing
    assert "pl-county-x" not in differing


def test_the_log_has_the_digest_of_each_record_s_file(archive: PublicArchive) -> None:
    made = files(archive)
    records = json.loads(made[data.CHANGES])["records"]

    assert records == {
        path.rpartition("/")[2].removesuffix(".json"): hashlib.sha256(content).hexdigest()
        for path, content in made.items()
        if path.startswith("data/records/")
    }


def test_two_corrections_of_a_day_stay_in_their_order(
    archive: PublicArchive, date: Callable[[str], Any], words: Callable[..., Any]
) -> None:
    told = tuple(
        Correction(date=date("2026-11-02"), record="t-1111", what=words(en=which))
        for which in ("second", "first")
    )

    found = data.changes(dataclasses.replace(archive, corrections=told), {})["changes"]

    said = [one["words"]["en"] for one in found if one["what"] == "corrected"]
    assert said == ["second", "first"]
