"""Where in a table a problem of the file lies that was made of it: the row, and the cell."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aigaq.desk.importing import planned
from aigaq.source.document import Mapping, Sequence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from collections.abc import Mapping as Map

    from aigaq.desk.importing.columns import Step
    from aigaq.desk.importing.tables import Table
    from aigaq.source.document import Node
    from aigaq.words.diagnostics import Diagnostic

Steps = tuple["Step", ...]
_Places = list[tuple[tuple[int, int], Steps]]


@dataclass(frozen=True)
class Origin:
    """The rows of a file (several of a list), and the column of each value, by its path."""

    table: Table
    rows: tuple[int, ...]
    columns: Map[Steps, int]

    def of_file(self, path: str, text: str) -> Callable[[Diagnostic], Diagnostic]:
        """What leads problems of this file back to its table. The file is read when asked."""

        @functools.cache
        def places() -> _Places:
            node, _ = planned.content(path, text)
            return sorted(_places(node, ())) if node is not None else []

        def located(found: Diagnostic) -> Diagnostic:
            return self._located(found, places(), text.split("\n"))

        return located

    def _located(self, found: Diagnostic, places: _Places, lines: list[str]) -> Diagnostic:
        line = found.span.line
        is_body = lines[0] == "---" and "---" in lines[1 : max(line - 1, 1)]
        if is_body and "body" in self.table.columns:
            return self.table.at(self.rows[0], self.table.columns.index("body"), found)
        here = (line, found.span.column)
        steps = next((steps for start, steps in reversed(places) if start <= here), ())
        if not places and line:  # it could not be read: the key at the start of the line
            steps = (lines[line - 1].partition(":")[0],)
        row = self.rows[0]
        if len(self.rows) > 1:
            row = self.rows[min(max(line - 1, 0), len(self.rows) - 1)]
        column = self._column(steps) if line else None
        if column is None:
            return self.table.in_row(row, found)
        return self.table.at(row, column, found)

    def _column(self, steps: Steps) -> int | None:
        """The column of a value, or of the nearest thing that it is part of."""
        for end in range(len(steps), 0, -1):
            inside = [n for one, n in self.columns.items() if one[:end] == steps[:end]]
            if inside:
                return min(inside)
        return None


def _places(node: Node, steps: Steps) -> Iterator[tuple[tuple[int, int], Steps]]:
    if steps:
        yield (node.span.line, node.span.column), steps
    if isinstance(node, Mapping):
        for key, inside in node.entries:
            if key.span != node.span:  # where a mapping begins is told what it lacks
                yield (key.span.line, key.span.column), (*steps, key.text)
            yield from _places(inside, (*steps, key.text))
    elif isinstance(node, Sequence):
        for number, inside in enumerate(node.items):
            yield from _places(inside, (*steps, number))
