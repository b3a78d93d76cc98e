"""What `docs/editors/import.md` shows is what happens."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from aigaq.desk.importing import columns, kinds, planned

DOCS = Path(__file__).resolve().parents[3] / "docs"
PAGE = (DOCS / "editors/import.md").read_text("utf-8")


def table(after: str) -> list[list[str]]:
    rows = re.findall(r"^\|(.*)\|$", PAGE.partition(after)[2].partition("\n\n```")[0], re.M)
    return [[cell.strip() for cell in row.split("|")] for row in rows if "---" not in row]


def test_the_row_that_is_shown_becomes_the_file_that_is_shown(desk: Any) -> None:
    head, row = table("## A table")[:2]
    desk.site.config(languages=["en", "kk"]).place("pl-1h5r", type="prefecture")
    desk.bring("places.csv", ",".join(head) + "\n" + ",".join(row) + "\n")
    (file,) = desk.run().plan.files
    shown = (DOCS / "example/content/places/pl-6g0x.yaml").read_text("utf-8")
    assert planned.differences("a.yaml", file.text, shown, ignored=frozenset()) == []


def test_every_column_that_is_named_there_is_one() -> None:
    named = re.findall(r"`([\w.]+)`", " ".join(r[0] for r in table("### Which columns")))
    models = [model for kind in kinds.KINDS.values() for model in kinds.models(kind)]
    special = {name for kind in kinds.KINDS.values() for name in kind.special} | {"body"}
    assert len(named) > 10
    assert [
        name
        for name in named
        if name not in special and not any(columns.place(model, name) for model in models)
    ] == []


def test_every_kind_of_table_is_named_there() -> None:
    assert [name for name in kinds.KINDS if f"`{name}`" not in PAGE] == []
