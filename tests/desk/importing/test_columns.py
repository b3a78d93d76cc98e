"""The names of columns are the paths of fields, and cells become fields and cells again."""

from __future__ import annotations

from typing import Any

import pytest

from aigaq.desk.importing import columns, kinds, planned


def made(kind: str, **cells: str) -> Any:
    model = kinds.KINDS[kind].model
    tree: columns.Tree = {}
    for n, (name, words) in enumerate(cells.items()):
        where = columns.place(model, name)
        assert where is not None, name
        columns.put(tree, where, words, n)
    return columns.plain(tree)


@pytest.mark.parametrize(
    ("kind", "cells", "fields"),
    [
        ("people", {"sex": "female"}, {"sex": "female"}),
        ("people", {"summary.kk": "Мұғалім"}, {"summary": {"kk": "Мұғалім"}}),
        ("people", {"role": "missing\nsurvivor"}, {"role": ["missing", "survivor"]}),
        ("testimonies", {"original.url": "u"}, {"original": {"url": "u"}}),
        ("testimonies", {"told_by": "p-1\np-2"}, {"told_by": ["p-1", "p-2"]}),
        ("places", {"at": "44.0\n81.3"}, {"at": ["44.0", "81.3"]}),
        ("testimonies", {"title": "a\nb"}, {"title": "a\nb"}),
        ("media", {"redact.1": "1\n2\n3\n4"}, {"redact": [["1", "2", "3", "4"]]}),
        (
            "testimonies",
            {"claims.3.what": "died", "claims.1.what": "born"},
            {"claims": [{"what": "born"}, {"what": "died"}]},
        ),
        (
            "people",
            {"names.kk.preferred": "Есім", "names.en.also-used": "Name\nNm"},
            {
                "names": [
                    {"text": "Есім", "lang": "kk", "kind": "preferred"},
                    {"text": "Name", "lang": "en", "kind": "also-used"},
                    {"text": "Nm", "lang": "en", "kind": "also-used"},
                ]
            },
        ),
    ],
)
def test_cells_become_fields(kind: str, cells: dict[str, str], fields: Any) -> None:
    assert made(kind, **cells) == fields


@pytest.mark.parametrize(
    "name",
    ["nope", "claims", "claims.0.what", "original", "original.nope", "title.x", "names.1",
     "names.kk.nokind", "names.kz.preferred", "claims.1.what.x", "claims.99999.what", ""],
)  # fmt: skip
def test_what_is_no_path_is_no_column(name: str) -> None:
    place = columns.place(kinds.KINDS["testimonies"].model, name)
    person = columns.place(kinds.KINDS["people"].model, name)
    assert (place, None if name == "names.1" else person) == (None, None)


def test_a_value_is_not_put_where_another_stands() -> None:
    with pytest.raises(columns.TakenError) as taken:
        made("people", **{"summary": "Words", "summary.kk": "Сөз"})
    assert taken.value.args == (0,)


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("people", "names:\n  - {text: A, lang: en, kind: [preferred, registered]}\n"),
        ("people", "work:\n  - {en: teacher, kk: мұғалім}\n  - {en: herder}\n"),
        ("people", "born: [2017, 2018]\nprotect: open\n"),
        ("places", "at: [44.0, 81.3]\nprecision: county\n"),
        ("media", "redact: [[1, 2, 3, 4], [5, 6, 7, 8]]\nalt: {en: A scarf}\n"),
        ("organisations", 'part_of:\n  - {org: org-1, from: "2010"}\n  - {org: org-2}\n'),
        ("people", 'work: ["a\\nb", c]\n'),
    ],
)
def test_a_record_comes_back_from_its_cells(kind: str, text: str) -> None:
    model = kinds.KINDS[kind].model
    node, _ = planned.content("x.yaml", text)
    assert node is not None
    again = made(kind, **dict(columns.of_node(node, model)))
    other, _ = planned.content("x.yaml", planned.text_of(again, None))
    assert planned.plain(other) == planned.plain(node)


def test_columns_stand_as_the_schema_has_its_keys() -> None:
    names = ["claims.10.what", "title", "claims.2.what", "kind", "claims.2.about"]
    assert columns.in_order(names, kinds.KINDS["testimonies"].model) == [
        "kind", "title", "claims.2.about", "claims.2.what", "claims.10.what",
    ]  # fmt: skip
