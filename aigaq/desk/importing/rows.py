"""Rows of tables become planned files: one row is one record.

Law: what is in the archive is never changed. A row that is there already is passed over; one
that says something else than its file is told, and an editor decides.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from aigaq.desk.importing import columns, kinds, located, planned
from aigaq.desk.importing.columns import Place
from aigaq.desk.importing.planned import Plan, Planned
from aigaq.source import disk
from aigaq.source.schema import fields, reading, texts
from aigaq.words.diagnostics import Diagnostic, Problem, Severity, Span, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from aigaq.desk.importing.kinds import Kind
    from aigaq.desk.importing.known_keys import Keys
    from aigaq.desk.importing.planned import Present
    from aigaq.desk.importing.tables import Row, Table
    from aigaq.source.schema.reading import Model

UNKNOWN_COLUMN = Problem(
    "I021",
    "{kind} have no such field",
    "Correct the name of the column, or delete the column; docs/editors/import.md tells how"
    " columns are named.{hint}",
)
NO_ID = Problem(
    "I022",
    "nothing tells which record this row is",
    "Add a column key with whatever you call the row (a number of your own list will do); an"
    " id is found for each. Or write an id into the column id.",
)
ROW_TWICE = Problem(
    "I023",
    "this row is the same record as row {row} of {table}",
    "Make one row of the two, or give one another key or id.",
)
NO_SUCH_KEY = Problem(
    "I024",
    "no row of the {kind} has this key",
    "Correct the key, or import that table together with this one.",
)
TAKEN = Problem(
    "I025",
    "another cell of this row says the same: that in column {other}",
    "Keep one of the two.",
)
ID_TAKEN = Problem(
    "I026",
    "this id is that of another kind of record: {path}",
    "Choose another id, or leave the cell empty and fill in a key.",
)
DIFFERS = Problem(
    "I027",
    "the row says something else than its file {path}, in: {keys}",
    "Nothing was changed. Open the file and correct it by hand if the table is right.",
    Severity.WARNING,
)
NOT_ADDED = Problem(
    "I028",
    "this row is not in {path}, which is there already and is never changed by an import",
    "Add the entry to that file by hand.",
    Severity.WARNING,
)
LONG = Problem(
    "I029",
    "the file of this row would be larger than {limit} KB",
    "Divide the text into several.",
)
NO_RIGHTS = Problem(
    "I030",
    "the row brings words of somebody, and nothing tells that they may stand here",
    "Add a column original.rights (own, permission, open-licence, public-domain, "
    "author-released, excerpt-only) or consent; without either leave the body empty: everybody"
    " can read the repository.",
)

_BODY = "body"
_IGNORED = frozenset({"draft"})  # an editor lifts it


@dataclass(frozen=True, slots=True)
class _Named:
    """A row with its id and language, the file that it is, and the cells that say so."""

    kind: Kind
    table: Table
    row: Row
    record_id: str
    lang: str
    path: str

    def cell(self, column: str) -> str:
        return _cell(self.table, self.row, column)

    def at(self, column: str, problem: Diagnostic) -> Diagnostic:
        """`problem` in the cell of a column; in the row, where the table has none."""
        if column in self.table.columns:
            return self.table.at(self.row.number, self.table.columns.index(column), problem)
        return self.table.in_row(self.row.number, problem)


def plan(sheets: Iterable[tuple[Table, Kind]], here: Present, keys: Keys) -> Plan:
    """What the rows of all tables would make; every problem, not only the first."""
    made = Plan()
    listed = list(sheets)
    first: dict[str, _Named] = {}
    for table, kind in listed:
        made.problems += _strange_columns(table, kind)
        for row in table.rows if not kind.is_list else ():
            named = _named(kind, table, row, here, keys, made.problems)
            if named is None:
                continue
            other = first.setdefault(named.path, named)
            if other is not named:
                words = {"row": other.row.number, "table": other.table.path}
                made.problems.append(table.in_row(row.number, ROW_TWICE.at(Span(""), **words)))
    for named in first.values():
        _add(named, here, keys, made)
    for table, kind in listed:
        if kind.is_list:
            _add_list(table, kind, here, keys, made)
    return made


def _cell(table: Table, row: Row, column: str) -> str:
    if column not in table.columns:
        return ""
    return row.cells[table.columns.index(column)].strip()


def _strange_columns(table: Table, kind: Kind) -> Iterator[Diagnostic]:
    known = [key for model in kinds.models(kind) for key in model.keys]
    for n, name in enumerate(table.columns):
        if not name or name in kind.special or (kind.has_body and _is_body(name)):
            continue
        if all(columns.place(model, name) is None for model in kinds.models(kind)):
            hint = kind.model.hints.get(name) or did_you_mean(name, known).strip()
            words = {"kind": kind.name, "hint": f" {hint}" if hint else ""}
            yield table.at(1, n, UNKNOWN_COLUMN.at(Span(""), **words))


def _is_body(name: str) -> bool:
    head, dot, number = name.partition(".")
    return head == _BODY and (not dot or number.isdigit())


# --- which record a row is ---


def _named(
    kind: Kind, table: Table, row: Row, here: Present, keys: Keys, found: list[Diagnostic]
) -> _Named | None:
    start = _Named(kind, table, row, "", "", "")
    lang = start.cell("lang") or here.languages[0]
    record_id = start.cell("file" if kind.name == "media" else "id")
    problem = _name_problem(start, record_id, lang)
    if problem is None and not record_id and start.cell("key") and kind.prefix:
        record_id = keys.id_of(kind, start.cell("key"))
    elif problem is None and not record_id:
        problem = table.in_row(row.number, NO_ID.at(Span("")))
    if problem is not None:
        found.append(problem)
        return None
    if start.cell("key") and kind.prefix:
        keys.known.setdefault((kind.name, start.cell("key")), record_id)
    path = kind.path(record_id, lang)
    other = here.is_other_kind(record_id, path) if kind.name != "media" else ""
    if other:
        found.append(start.at("id", ID_TAKEN.at(Span(""), path=other)))
        return None
    return _Named(kind, table, row, record_id, lang, path)


def _name_problem(row: _Named, record_id: str, lang: str) -> Diagnostic | None:
    """What keeps the id, the name of the file or the language from being part of a path."""
    if row.kind.has_body and (
        problem := fields.language_problem(lang, Span(""), reading.UNREAD)
    ):
        return row.at("lang", problem)
    if row.kind.name == "media":
        words = {"folder": "content/media", "example": "scarf.jpg"}
        try:
            fields.file_of(record_id, Span(""), reading.UNREAD, words)
        except ValueError:  # pydantic's own error is one
            words["value"] = reading.UNREAD.quote(record_id)
            return row.at("file", fields.NOT_A_FILE.at(Span(""), **words))
        return None
    if record_id and not fields.is_id(record_id):
        return row.at("id", fields.not_an_id(record_id, Span(""), _reading(row)))
    if record_id and fields.is_reserved(record_id):
        return row.at("id", fields.RESERVED_ID.at(Span(""), value=f'"{record_id}"'))
    return None


def _reading(row: _Named) -> reading.Reading:
    """Of a row that is not open nothing is quoted: what stands for an id may be a name."""
    protect = row.cell("protect")
    undecided = not protect and "protect" in row.kind.model.required
    is_card = row.kind.name == "consent"
    return reading.Reading(hidden=is_card or undecided or protect not in {"", "open"})


# --- what it says ---


def _add(named: _Named, here: Present, keys: Keys, made: Plan) -> None:
    """Puts the file of a row into the plan, or what stands against it."""
    model = named.kind.model
    filled = [n for n, words in zip(named.table.columns, named.row.cells, strict=True) if words]
    if model is texts.Text and any(name.startswith("translation.") for name in filled):
        model = texts.Translation
    tree, found = _tree(named, model, keys)
    body = _body(named) if named.kind.has_body else None
    said = columns.plain(tree)
    if named.kind.has_body:
        said = {"draft": "true"} | said
    if model is texts.Text:
        found += _permitted(named, said, body or "")
    ordered = {key: said[key] for key in model.keys if key in said}
    text = planned.text_of(ordered, body)
    if len(text.encode()) > disk.MAX_TEXT:
        found.append(named.at(_BODY, LONG.at(Span(""), limit=disk.MAX_TEXT // 1024)))
    made.problems += found
    there = here.of_id(named.record_id, named.path)
    if there:
        _compare(named, there, text, here, made)
        return
    origin = located.Origin(named.table, (named.row.number,), dict(columns.origins(tree)))
    locate = origin.of_file(named.path, text)
    made.files.append(Planned(named.path, text, locate, whole=not found))


def _tree(
    named: _Named, model: type[Model], keys: Keys
) -> tuple[columns.Tree, list[Diagnostic]]:
    tree: columns.Tree = {}
    found: list[Diagnostic] = []
    for n, name in enumerate(named.table.columns):
        words = named.row.cells[n]
        special = name in named.kind.special or (named.kind.has_body and _is_body(name))
        if special or not words.strip():
            continue
        where = columns.place(model, name)
        if where is None:
            if columns.place(named.kind.model, name):  # else the column was told
                words_ = {"kind": "translations", "hint": ""}
                found.append(named.at(name, UNKNOWN_COLUMN.at(Span(""), **words_)))
            continue
        words, unknown = _referred(words, where, keys)
        found += [named.at(name, problem) for problem in unknown]
        try:
            columns.put(tree, where, words, n)
        except columns.TakenError as taken:
            other = taken.args[0]
            label = named.table.columns[other] if other >= 0 else name.rpartition(".")[0]
            found.append(named.at(name, TAKEN.at(Span(""), other=f'"{label}"')))
    return tree, found


def _referred(words: str, where: Place, keys: Keys) -> tuple[str, list[Diagnostic]]:
    """`people:17` stands for the id of the row of that table with the key 17."""
    if not where.refers or ":" not in words:
        return words, []
    prefixed = {name for name, _ in keys.known}
    found, lines = [], []
    for line in words.split("\n"):
        kind, _, key = line.strip().partition(":")
        if kind in prefixed and key and not key.startswith((" ", "/")):
            known = keys.known.get((kind, key), "")
            found += [] if known else [NO_SUCH_KEY.at(Span(""), kind=kind)]
            lines.append(known)
        else:
            lines.append(line)
    return "\n".join(lines), found


def _body(named: _Named) -> str:
    """The words of `body`, `body.2`, `body.3` …, joined as they are."""
    parts = {
        int(name.partition(".")[2] or 1): words
        for name, words in zip(named.table.columns, named.row.cells, strict=True)
        if _is_body(name)
    }
    return "".join(words for _, words in sorted(parts.items()))


def _permitted(named: _Named, said: dict[str, Any], body: str) -> list[Diagnostic]:
    """Rights that nobody named are unclear, and then there may be no words."""
    original = said.get("original")
    if not isinstance(original, dict) or "rights" in original or "consent" in said:
        return []
    if body.strip():
        return [named.at(_BODY, NO_RIGHTS.at(Span("")))]
    original["rights"] = "unclear"
    return []


def _compare(named: _Named, there: str, text: str, here: Present, made: Plan) -> None:
    says_draft = bool(named.cell("draft"))
    ignored = frozenset[str]() if says_draft else _IGNORED
    keys = planned.differences(there, text, here.files[there], ignored=ignored)
    if keys:
        words = {"path": there, "keys": ", ".join(keys)}
        made.problems.append(
            named.table.in_row(named.row.number, DIFFERS.at(Span(""), **words))
        )
    else:
        made.same.append(there)


# --- lists: all rows are one file ---


def _add_list(table: Table, kind: Kind, here: Present, keys: Keys, made: Plan) -> None:
    path = kind.path("")
    whole: columns.Tree = {}
    found: list[Diagnostic] = []
    for number, row in enumerate(table.rows):
        tree, more = _tree(_Named(kind, table, row, "", "", path), kind.model, keys)
        whole[number] = tree
        found += more
    entries = columns.plain(whole)
    made.problems += found
    if path in here.files:
        _compare_list(table, path, entries, here, made)
        return
    text = planned.listed(entries)
    numbers = tuple(row.number for row in table.rows)
    origin = located.Origin(table, numbers, dict(columns.origins(whole)))
    made.files.append(Planned(path, text, origin.of_file(path, text), whole=not found))


def _compare_list(
    table: Table, path: str, entries: Sequence[Any], here: Present, made: Plan
) -> None:
    node, _ = planned.content(path, here.files[path])
    there = [planned.plain(one) for one in reading.items(node)]
    missing = 0
    for row, entry in zip(table.rows, entries, strict=True):
        ours, _ = planned.content(path, planned.listed([entry]))
        if planned.plain(reading.items(ours)[0]) not in there:
            missing += 1
            made.problems.append(table.in_row(row.number, NOT_ADDED.at(Span(""), path=path)))
    if not missing:
        made.same.append(path)
