"""The import of tables, from files to a plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aigaq.desk.importing import kinds, known_keys, rows, tables, workbooks
from aigaq.desk.importing.planned import Plan
from aigaq.words.diagnostics import Problem, Span, did_you_mean, has_errors

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from aigaq.desk.importing.kinds import Kind
    from aigaq.desk.importing.known_keys import Keys
    from aigaq.desk.importing.planned import Present
    from aigaq.desk.importing.tables import Table
    from aigaq.words.diagnostics import Diagnostic

NO_KIND = Problem(
    "I015",
    'nothing tells what the rows of the table "{name}" are',
    "Name the file or the sheet after its kind, or say it with --kind: {known}.{hint}",
)


def read(paths: Sequence[Path]) -> tuple[list[Table], list[Diagnostic]]:
    """All tables of these files; a folder stands for the CSV files in it."""
    made: list[Table] = []
    found: list[Diagnostic] = []
    for path in paths:
        if path.is_dir():
            inside = sorted(one for one in path.glob("*.csv") if one.name != known_keys.NAME)
            more, problems = read(inside)
            made += more
        elif path.suffix.lower() == ".xlsx":
            more, problems = workbooks.read(path)
            made += more
        else:
            table, problems = tables.read_csv(path)
            made += [table] if table else []
        found += problems
    return made, found


def plan(paths: Sequence[Path], here: Present, keys: Keys, *, kind: str = "") -> Plan:
    """What these files would make; `kind` is that of every table, where it is said."""
    read_all, found = read(paths)
    sheets: list[tuple[Table, Kind]] = []
    for table in read_all:
        of_table = kinds.named(kind or table.name)
        if of_table is None:
            known = [*kinds.KINDS]
            words = {"known": ", ".join(known), "hint": did_you_mean(table.name, known)}
            found.append(NO_KIND.at(Span(table.path), name=tables.seen(table.name), **words))
        else:
            sheets.append((table, of_table))
    made = Plan() if has_errors(found) else rows.plan(sheets, here, keys)
    made.problems = sorted([*found, *made.problems])
    return made
