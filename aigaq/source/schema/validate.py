"""Nodes become records, or every reason why not; what is read keeps its places in the file."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Generic, TypeVar

from pydantic import ValidationError

from aigaq.source.document import Mapping, Node, Scalar, Sequence
from aigaq.source.schema import fields, records, site, texts
from aigaq.source.schema.reading import UNREAD, Model, Reading, Written, items
from aigaq.words.diagnostics import Diagnostic, Problem, Span, has_errors

if TYPE_CHECKING:
    from collections.abc import Iterator

ID_TWICE = Problem(
    "S062",
    'the id "{id}" stands twice in this list: first in line {line}',
    "Give one of the two another id, or make them one entry.",
)
FILE_NAME = Problem(
    "S063",
    "the name of this file has no {part}",
    "Texts and pages are called ID.LANG.md, such as t-7k3q.kk.md; other records ID.yaml.",
)
COMMENT = Problem(
    "S064",
    "a comment stands in the file of a record that is not open",
    "Everyone can read it in the repository. Delete all lines that begin with #, and whatever"
    " follows a # in other lines.",
)
NOT_READ = Problem(
    "S099",
    "this part could not be read ({why})",
    "This message should have said more: please report it, with the line but not the words.",
)

NAMED_BY_FILE: frozenset[type[Model]] = frozenset(
    {
        texts.Text,
        texts.Translation,
        texts.Page,
        records.Person,
        records.Group,
        records.Place,
        records.Organisation,
        records.Series,
        records.Consent,
    }
)

# `reading` has said what is missing; a default that hangs on another key waits for that one.
_SAID = ("missing", "default_factory_not_called")

M = TypeVar("M", bound=Model)

# Line, column, the keys of a mapping, and what is inside.
_Outline = tuple[int, int, tuple[str, ...], tuple["_Outline", ...]]


@dataclass(frozen=True, slots=True)
class Located(Generic[M]):
    """A record, with its id, and where each of its parts stands in its file.

    `id` is the file's, or the entry's of a list; empty where neither has one. The `outline` is
    JSON, a hundredth of what the nodes take: few are ever asked for.
    """

    record: M
    path: str
    id: str
    outline: str

    def span_of(self, *steps: str | int) -> Span:
        """Where the value at `steps` stands (`"claims", 3, "at"`), or its nearest parent.

        Keys are those of the file (`from`, not `from_`); positions those of the record, so a
        single value is also the item 0 of a list of one.
        """
        here = _read_outline(self.outline)
        for step in steps:
            below = _below(here, step)
            if below is None:
                break
            here = below
        return Span(self.path, here[0], here[1])


@lru_cache(maxsize=16)  # whoever asks one record goes through its parts
def _read_outline(outline: str) -> _Outline:
    read: _Outline = json.loads(outline)
    return read


def _below(outline: _Outline, step: str | int) -> _Outline | None:
    _, _, keys, inside = outline
    if isinstance(step, str):
        return inside[keys.index(step)] if step in keys else None
    if keys or not inside:
        return outline if step == 0 else None
    return inside[step] if step < len(inside) else None


def _outline(node: Node) -> _Outline | None:
    """The outline of what is written in `node`; None where that is nothing, as `is_empty`."""
    span, keys = node.span, list[str]()
    if isinstance(node, Scalar):
        return (span.line, span.column, (), ()) if node.text.strip() else None
    if isinstance(node, Sequence):
        inside = [below for item in node.items if (below := _outline(item))]
    else:
        filled = {key.text: below for key, value in node.entries if (below := _outline(value))}
        keys, inside = list(filled), list(filled.values())
    return (span.line, span.column, tuple(keys), tuple(inside)) if inside else None


def record(
    model: type[M], node: Node | None, *, path: str, language: str, hidden: bool = False
) -> tuple[Located[M] | None, list[Diagnostic]]:
    """The record that `node` is, or every reason why it is none; warnings come with a record.

    `language` is that of the file's plain texts: of a text the LANG of its name, else the
    site's first; `site.yaml` brings its own. Values of a `hidden` record are not quoted,
    whatever it says of itself. Never raises for anything that can be written.
    """
    name, found = file_id(path) if model in NAMED_BY_FILE else ("", [])
    located, more = _read(model, node, path=path, language=language, name=name, hidden=hidden)
    if not (found or more):
        return located, []
    found = sorted({*found, *more})
    return (None if has_errors(found) else located), found


def listed(
    model: type[M], node: Node | None, *, path: str, language: str
) -> tuple[tuple[Located[M], ...], list[Diagnostic]]:
    """The entries of a list file, those that can be read, and what is wrong with the others."""
    made: list[Located[M]] = []
    found: list[Diagnostic] = []
    for item in items(node):
        located, problems = record(model, item, path=path, language=language)
        found += problems
        made += [located] if located else []
    return tuple(made), sorted([*found, *_twice(made)])


def _twice(entries: list[Located[M]]) -> Iterator[Diagnostic]:
    first: dict[str, int] = {}
    for entry in entries:
        if entry.id in first:
            yield ID_TWICE.at(entry.span_of("id"), id=entry.id, line=first[entry.id])
        elif entry.id:
            first[entry.id] = entry.span_of("id").line


def file_id(path: str) -> tuple[str, list[Diagnostic]]:
    """The id in a file's name, ID.yaml or ID.LANG.md."""
    file = path.rpartition("/")[2]
    name = file.removesuffix(".yaml") if file.endswith(".yaml") else file.partition(".")[0]
    span = Span(path)
    if not name:
        return "", [FILE_NAME.at(span, part="id")]
    if not fields.is_id(name):
        return name, [fields.not_an_id(name, span, UNREAD)]
    if fields.is_reserved(name):
        return name, [fields.RESERVED_ID.at(span, value=f'"{name}"')]
    return name, []


def file_language(path: str) -> tuple[str, list[Diagnostic]]:
    """The language tag in the name of a text's file: `kk` of `t-7k3q.kk.md`."""
    parts = path.rpartition("/")[2].split(".")
    span = Span(path)
    if len(parts) != 3:
        return "", [FILE_NAME.at(span, part="language tag")]
    problem = fields.language_problem(parts[1], span, Reading())
    return (parts[1], []) if problem is None else ("", [problem])


def _read(
    model: type[M],
    node: Node | None,
    *,
    path: str,
    language: str,
    name: str,
    hidden: bool = False,
) -> tuple[Located[M] | None, list[Diagnostic]]:
    whole = Mapping((), Span(path, 1, 1)) if node is None else node
    if issubclass(model, site.SiteConfig):
        language = model.language_of(whole) or language
    top = Written(whole if isinstance(whole, Mapping) else Mapping((), whole.span))
    reading = Reading(language, hidden or model.hides(top))
    # Who has not decided yet how a person is protected is told that first.
    undecided = "protect" in model.required and not top.has("protect")
    if reading.hidden and top.node.comment and not undecided:
        reading.found.append(COMMENT.at(top.node.comment))
    try:
        made = model.model_validate(whole, context=reading)
    except ValidationError as error:
        return None, [*reading.found, *_found(error, whole)]
    name = name or str(getattr(made, "id", ""))
    nothing = (whole.span.line, whole.span.column, (), ())
    outline = json.dumps(_outline(whole) or nothing, ensure_ascii=False, separators=(",", ":"))
    return Located(made, path, name, outline), reading.found


def _found(error: ValidationError, node: Node) -> Iterator[Diagnostic]:
    for one in error.errors(include_url=False, include_input=False):
        if one["type"] == "aigaq":
            yield from one["ctx"]["found"]
        elif one["type"] not in _SAID:
            yield NOT_READ.at(node.span, why=one["type"])
