"""What is published, as tables that `aigaq import` takes back.

Law: all of it comes from the sources of what is published (`aigaq.mirror.export`), so that no
table holds what readers do not get; and the leak check reads every table before it is written.
"""

from __future__ import annotations

import csv
import io
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from aigaq.desk.importing import cells, columns, kinds, planned, workbooks
from aigaq.source.schema import reading
from aigaq.words.diagnostics import Problem, Span

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from aigaq.desk.importing.kinds import Kind
    from aigaq.pipeline import Prepared
    from aigaq.words.diagnostics import Diagnostic

LEAK = Problem(
    "I040",
    "the tables would make public what is protected: {what}{more}",
    "Nothing was written. Take the words out of the file that holds them; if no file does,"
    " report it at once: it is a fault of the program.",
)
NOT_EMPTY = Problem(
    "I041",
    "the folder is not empty",
    "Name a folder that is not there yet; nothing is ever written over.",
)
CANNOT_WRITE = Problem(
    "I042",
    "the tables cannot be written: {reason}",
    "Check that the folder is yours and that the disk may be written to.",
)

FORMS = ("csv", "xlsx")
BOOK = "archive.xlsx"
_BODY = "body"


@dataclass
class Sheet:
    """The rows of a kind, each by column."""

    kind: Kind
    rows: list[dict[str, str]] = field(default_factory=list)

    def columns(self) -> list[str]:
        """All columns that a row fills, in the order of the schema; the words come last."""
        used = {name for row in self.rows for name in row}
        special = [name for name in self.kind.special if name in used]
        words = sorted(filter(_is_words, used), key=lambda name: (len(name), name))
        rest = used.difference(special, words)
        ordered: list[str] = []
        for model in kinds.models(self.kind):
            mine = {name for name in rest if columns.place(model, name)}
            ordered += columns.in_order(mine.difference(ordered), model)
        return [*special, *ordered, *words]

    def table(self) -> list[list[str]]:
        """The rows as words, the names of the columns first."""
        names = self.columns()
        return [names, *([row.get(name, "") for name in names] for row in self.rows)]


def _is_words(name: str) -> bool:
    return name.partition(".")[0] == _BODY


def export(
    root: Path, target: Path, form: str, *, step: Callable[[str], None]
) -> tuple[dict[str, int], list[Diagnostic]]:
    """Writes tables (`form` is `csv` or `xlsx`) into the folder `target`, which must be new.

    Gives the number of rows of each table, or why there is none. Beside the tables lie the
    settings of the site and its published media, which stand in no table.
    """
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        return {}, [NOT_EMPTY.at(Span(str(target)))]
    missing = workbooks.openpyxl_problem() if form == "xlsx" else None
    if missing:
        return {}, [missing]
    from aigaq import pipeline  # noqa: PLC0415 - it takes half a second

    prepared, found, _ = pipeline.prepare(root, options=pipeline.Options(), step=step)
    if prepared is None:
        return {}, found
    step("writing tables")
    published = _sources(root, prepared)
    sheets = tables(published)
    others = {path: data for path, data in published.items() if kinds.at(path) is None}
    # What is packed into a workbook is read as the words that it holds.
    found = _leaks(prepared, _files(sheets, "csv") | others)
    found = found or _write(target, _files(sheets, form) | others)
    return ({} if found else {name: len(one.rows) for name, one in sheets.items()}), found


def _sources(root: Path, prepared: Prepared) -> dict[str, bytes]:
    """The sources of what is published, without templates and theme."""
    from aigaq.mirror.export import whole  # noqa: PLC0415 - as above

    with tempfile.TemporaryDirectory(prefix="aigaq-") as room:
        place = Path(room)
        for artifact in prepared.media:
            file = place / artifact.path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(artifact.data)
        material = whole.Material(prepared.archive, place, prepared.pictures)
        return {
            path: data if isinstance(data, bytes) else data.read_bytes()
            for path, data in whole.of(root, material).items()
            if path == "site.yaml" or path.startswith("content/")
        }


def tables(published: Mapping[str, bytes]) -> dict[str, Sheet]:
    """Source files as rows, by the name of their table."""
    sheets = {name: Sheet(kind) for name, kind in kinds.KINDS.items()}
    for path, data in published.items():
        kind = kinds.at(path)
        if kind is not None:
            sheets[kind.name].rows += _rows(path, data.decode(), kind)
    for name, sheet in sheets.items():
        if not kinds.KINDS[name].is_list:
            sheet.rows.sort(
                key=lambda row: [row.get(key, "") for key in ("id", "file", "lang")]
            )
    return {name: sheet for name, sheet in sheets.items() if sheet.rows}


def _rows(path: str, text: str, kind: Kind) -> list[dict[str, str]]:
    node, body = planned.content(path, text)
    assert node is not None, path
    if kind.is_list:
        return [dict(columns.of_node(one, kind.model)) for one in reading.items(node)]
    model = kinds.model_of(kind, node)
    return [_named(path, kind) | dict(columns.of_node(node, model)) | _words(body, kind)]


def _named(path: str, kind: Kind) -> dict[str, str]:
    if kind.name == "media":
        return {"file": path.removeprefix("content/media/").removesuffix(".yaml")}
    record_id, _, rest = path.rpartition("/")[2].partition(".")
    return {"id": record_id} | ({"lang": rest.removesuffix(".md")} if kind.has_body else {})


def _words(body: str, kind: Kind) -> dict[str, str]:
    if not kind.has_body:
        return {}
    names = {n: _BODY if n == 1 else f"{_BODY}.{n}" for n in range(1, 100)}
    parts = enumerate(cells.pieces(body.strip("\n")), start=1)
    # It is published: an import need not mark it for somebody to look at.
    return {"draft": "false"} | {names[n]: part for n, part in parts}


def _files(sheets: Mapping[str, Sheet], form: str) -> dict[str, bytes]:
    rows = {name: sheet.table() for name, sheet in sheets.items()}
    if form == "xlsx":
        return {BOOK: workbooks.written(rows)}
    return {f"{name}.csv": as_csv(made) for name, made in rows.items()}


def as_csv(rows: list[list[str]]) -> bytes:
    """CSV with a byte order mark, without which Excel shows Cyrillic names as rubbish."""
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerows([cells.shown(cell) for cell in row] for row in rows)
    return written.getvalue().encode("utf-8-sig")


def _leaks(prepared: Prepared, files: Mapping[str, bytes]) -> list[Diagnostic]:
    from aigaq.output import leaks  # noqa: PLC0415 - as above
    from aigaq.pages.page import Artifact  # noqa: PLC0415 - as above

    assert prepared.protected is not None
    interface = (*prepared.theme.catalogues.values(), *prepared.theme.templates.values())
    watch = leaks.watchlist(prepared.protected, (), interface)
    artifacts = [Artifact(path, data) for path, data in files.items()]
    return leaks.told(leaks.Search(watch).of(artifacts), LEAK) if watch else []


def _write(target: Path, files: Mapping[str, bytes]) -> list[Diagnostic]:
    try:
        for name, data in files.items():
            place = target / name
            place.parent.mkdir(parents=True, exist_ok=True)
            with place.open("xb") as file:
                file.write(data)
    except OSError as error:
        return [CANNOT_WRITE.at(Span(str(target)), reason=error.strerror or "?")]
    return []
