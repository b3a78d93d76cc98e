"""Which row has which id is kept, and a spoiled file of it stops everything."""

from __future__ import annotations

import pytest

from aigaq.desk.importing import kinds, known_keys

PEOPLE = kinds.KINDS["people"]


def test_a_key_keeps_its_id_over_runs(tmp_path) -> None:
    keys, _ = known_keys.read(tmp_path, ())
    first = keys.id_of(PEOPLE, "=17")
    keys.keep(tmp_path)
    again, found = known_keys.read(tmp_path, ())
    assert (found, again.id_of(PEOPLE, "=17"), again.new) == ([], first, False)


def test_a_key_is_one_of_its_kind_only(tmp_path) -> None:
    keys, _ = known_keys.read(tmp_path, ())
    assert keys.id_of(PEOPLE, "1") != keys.id_of(kinds.KINDS["places"], "1")


@pytest.mark.parametrize(
    "text", ["kind,key\npeople,1\n", "kind,key,id\npeople,1,../x\n", 'kind,key,id\n"', "\xff"]
)
def test_a_spoiled_file_of_ids_is_told(tmp_path, text: str) -> None:
    (tmp_path / known_keys.NAME).write_bytes(text.encode("latin-1"))
    _, found = known_keys.read(tmp_path, ())
    assert found[0].code == "I020"
