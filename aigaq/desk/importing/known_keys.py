"""Which id a row of a table got: kept beside the table, so that the row keeps its id.

An id tells nothing of anyone, so it cannot be made of what is in the row; and what an editor
calls a row (its key) may be a name, so it goes into no file of the archive.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from aigaq.desk import scaffold
from aigaq.desk.importing import cells, tables
from aigaq.output import aside
from aigaq.source.schema import fields
from aigaq.words.diagnostics import Problem, Span

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from aigaq.desk.importing.kinds import Kind
    from aigaq.words.diagnostics import Diagnostic

SPOILED = Problem(
    "I020",
    "this file of ids cannot be read",
    "Restore it from an earlier version: it tells which row has which id. Its columns are"
    " kind, key and id.",
)

NAME = "aigaq-ids.csv"
_COLUMNS = ("kind", "key", "id")


@dataclass
class Keys:
    """The ids of rows by kind and key; `taken` are ids that no new row may get."""

    known: dict[tuple[str, str], str] = field(default_factory=dict)
    taken: set[str] = field(default_factory=set)
    new: bool = False

    def id_of(self, kind: Kind, key: str) -> str:
        """The id of the row with this key; a new one that tells nothing, at first."""
        place = (kind.name, key)
        if place not in self.known:
            self.known[place] = scaffold.free_id(kind.prefix, self.taken)
            self.new = True
        self.taken.add(self.known[place])
        return self.known[place]

    def keep(self, folder: Path) -> None:
        """Writes what is new into the file in `folder`. Raises OSError."""
        if not self.new:
            return
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(_COLUMNS)
        for (kind, key), record_id in self.known.items():
            writer.writerow([kind, cells.shown(key), record_id])
        aside.replace(folder / NAME, text.getvalue().encode())
        self.new = False


def read(folder: Path, taken: Iterable[str]) -> tuple[Keys, list[Diagnostic]]:
    """What was given out before, in the file beside the tables in `folder`."""
    keys = Keys(taken=set(taken))
    if not (folder / NAME).is_file():
        return keys, []
    table, found = tables.read_csv(folder / NAME)
    if table is None:
        only_empty = {one.code for one in found} == {tables.NO_ROWS.code}
        return keys, [] if only_empty else [SPOILED.at(Span(NAME)), *found]
    if table.columns != _COLUMNS:
        return keys, [SPOILED.at(Span(NAME, 1))]
    for row in table.rows:
        kind, key, record_id = row.cells
        if not fields.is_id(record_id):
            return keys, [SPOILED.at(Span(NAME, row.number))]
        keys.known[kind, key] = record_id
    keys.taken |= set(keys.known.values())
    return keys, []
