"""The name of a column is the path of a field: `title`, `summary.kk`, `claims.2.when`.

Nothing is listed here by hand: which paths there are, and which cells may hold several values,
follows from the schemas. Several values of one cell stand in lines; entries that have keys of
their own are numbered from 1. For names there is a short way: `names.kk.preferred`.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, get_args, get_origin

from aigaq.desk.importing import cells
from aigaq.source.document import Mapping, Scalar, Sequence
from aigaq.source.schema import dates, fields, lists, measures, records, texts
from aigaq.source.schema.fields import Leaf
from aigaq.source.schema.reading import Model
from aigaq.words import vocabularies

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from collections.abc import Mapping as Map

    from aigaq.source.document import Node

_MOST = 1000  # entries of a list
Step = str | int
Tree = dict[Step, Any]  # leaves are `Value`; whole numbers are entries of a list


def _leaf(alias: Any) -> Leaf:
    found: Leaf = alias.__metadata__[0]
    return found


_PER_LANGUAGE = (_leaf(fields.PerLanguage), _leaf(fields.SecureAddressPerLanguage))
_ONE_OF_THESE = tuple(
    map(_leaf, (dates.DateField, dates.WhenField, measures.Point, lists.Pair))
)
_LISTS_OF_LISTS = (_leaf(records.Boxes), _leaf(texts.Phrases))
_REFERRING = (_leaf(fields.Id), _leaf(fields.Who))


@dataclass(frozen=True, slots=True)
class Shape:
    """What may stand at a path: `text`, `list` of texts, `many`, `keys` of `model`, `tags`.

    `refers` is whether a value may be an id.
    """

    kind: str
    inner: Shape | None = None
    model: type[Model] | None = None
    refers: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """Where the words of a column go, and whether each line of a cell is a value."""

    steps: tuple[Step, ...]
    splits: bool = False
    refers: bool = False
    name_kind: str = ""  # of a column such as `names.kk.preferred`


@dataclass(frozen=True, slots=True)
class Value:
    """What a cell brings, and the number of its column, from 0."""

    words: str | list[str]
    column: int


class TakenError(Exception):
    """Two cells of a row say the same thing; holds the number of the other column."""


@functools.lru_cache(maxsize=4096)  # asked for each cell
def place(model: type[Model], name: str) -> Place | None:
    """Where the words of a column of this name go; None where the schema has no such path."""
    segments = name.split(".")
    if segments[0] == "names" and len(segments) == 3 and "names" in model.keys:
        _, lang, kind = segments
        if fields.is_language(lang) and kind in vocabularies.LISTS["name_kind"]:
            return Place(("names", lang), splits=True, name_kind=kind)
    shape: Shape | None = Shape("keys", model=model)
    steps: list[Step] = []
    for segment in segments:
        shape = _inside(shape, segment, steps)
        if shape is None:
            return None
    return _end(shape, tuple(steps))


def _inside(shape: Shape | None, segment: str, steps: list[Step]) -> Shape | None:
    """The shape behind one more segment, which goes into `steps`."""
    assert shape is not None
    if shape.kind in {"many", "list"} and not _is_number(segment):
        if shape.inner is None or shape.inner.kind == "text":
            return None
        steps.append(0)  # of one entry the number may be left out
        return _inside(shape.inner, segment, steps)
    if shape.kind in {"many", "list"}:
        steps.append(int(segment) - 1)
        return shape.inner or Shape("text")
    steps.append(segment)
    if shape.kind == "keys" and shape.model is not None:
        return of_key(shape.model, segment)
    if shape.kind == "tags" and segment:
        return Shape("text")
    return None


def _is_number(segment: str) -> bool:
    return (
        segment.isascii()
        and segment.isdigit()
        and len(segment) < 5
        and 0 < int(segment) < _MOST
    )


def _end(shape: Shape | None, steps: tuple[Step, ...]) -> Place | None:
    """A column must end where words can stand."""
    assert shape is not None
    if shape.kind in {"many", "list"}:
        inner = shape.inner or Shape("text")
        end = _end(inner, steps) if inner.kind != "list" else None
        return end and Place(steps, splits=True, refers=end.refers)
    if shape.kind == "keys":
        model = shape.model
        if model is None or not model.shorthand:
            return None
        short = of_key(model, model.shorthand)
        return Place(steps, refers=short is not None and short.refers)
    return None if shape.kind == "map" else Place(steps, refers=shape.refers)


def of_key(model: type[Model], key: str) -> Shape | None:
    """The shape of what a key of a model takes."""
    for name, info in model.model_fields.items():
        if (info.alias or name) == key:
            return _shape(info.annotation, info.metadata)
    return None


def _shape(annotation: Any, metadata: Iterable[object]) -> Shape:
    leaf = next((one for one in metadata if isinstance(one, Leaf)), None)
    if leaf is not None:
        return _of_leaf(leaf)
    if get_origin(annotation) is Annotated:
        inner, *more = get_args(annotation)
        return _shape(inner, more)
    if get_origin(annotation) is tuple:
        return Shape("many", _shape(get_args(annotation)[0], ()))
    model = _model_in(annotation)
    assert model is not None, annotation
    return Shape("keys", model=model)


def _of_leaf(leaf: Leaf) -> Shape:
    if leaf in _PER_LANGUAGE or leaf == _leaf(texts.Labels):
        return Shape("tags")
    if leaf in _ONE_OF_THESE:
        return Shape("list")
    if leaf in _LISTS_OF_LISTS:
        return Shape("many", Shape("list"))
    return Shape("text", refers=leaf in _REFERRING)


def _model_in(annotation: Any) -> type[Model] | None:
    if isinstance(annotation, type) and issubclass(annotation, Model):
        return annotation
    return next((m for a in get_args(annotation) if (m := _model_in(a))), None)


# --- cells into fields ---


def put(tree: Tree, where: Place, words: str, column: int) -> None:
    """Puts the words of a cell into `tree`. Raises `TakenError` where others stand there."""
    if where.name_kind:
        names = tree.setdefault("names", {})
        for line in cells.lines(words):
            entry = {"text": line, "lang": str(where.steps[1]), "kind": where.name_kind}
            # After those that have numbers, in the order of the columns.
            if isinstance(names, Value):
                raise TakenError(names.column)
            names[_MOST + len(names)] = {k: Value(v, column) for k, v in entry.items()}
        return
    inner = tree
    for step in where.steps[:-1]:
        inner = inner.setdefault(step, {})
        if isinstance(inner, Value):
            raise TakenError(inner.column)
    last = where.steps[-1]
    if last in inner:
        there = inner[last]
        raise TakenError(there.column if isinstance(there, Value) else -1)
    values = cells.lines(words) if where.splits else []
    inner[last] = Value(values if len(values) > 1 else words.strip(), column)


def plain(tree: Tree) -> Any:
    """The fields as texts, lists and mappings."""
    if all(isinstance(step, int) for step in tree) and tree:
        return [_plain(inside) for _, inside in sorted(tree.items(), key=_number)]
    return {str(step): _plain(inside) for step, inside in tree.items()}


def _plain(inside: Any) -> Any:
    return inside.words if isinstance(inside, Value) else plain(inside)


def origins(tree: Tree) -> Iterator[tuple[tuple[Step, ...], int]]:
    """Of which column each value is; entries count from 0, without gaps."""
    ordered = list(tree.items())
    if tree and all(isinstance(step, int) for step in tree):
        ordered = [(n, one) for n, (_, one) in enumerate(sorted(tree.items(), key=_number))]
    for step, inside in ordered:
        if isinstance(inside, Value):
            yield (step,), inside.column
        else:
            yield from (((step, *steps), column) for steps, column in origins(inside))


def _number(entry: tuple[Step, Any]) -> int:
    return int(entry[0])


# --- fields into cells ---


def of_node(node: Node, model: type[Model]) -> Iterator[tuple[str, str]]:
    """Each column that a record fills, with its words."""
    yield from _filled(node, (), model)


def _filled(node: Node, path: tuple[str, ...], model: type[Model]) -> Iterator[tuple[str, str]]:
    if isinstance(node, Scalar):
        if node.text.strip():
            yield ".".join(path), node.text.strip()
    elif isinstance(node, Mapping):
        for key, inside in node.entries:
            yield from _filled(inside, (*path, key.text), model)
    elif _fits_into_lines(node) and (where := place(model, ".".join(path))) and where.splits:
        yield (
            ".".join(path),
            "\n".join(one.text.strip() for one in node.items if isinstance(one, Scalar)),
        )
    else:
        for number, inside in enumerate(node.items, start=1):
            yield from _filled(inside, (*path, str(number)), model)


def _fits_into_lines(node: Sequence) -> bool:
    return all(isinstance(one, Scalar) and "\n" not in one.text.strip() for one in node.items)


def in_order(names: Iterable[str], model: type[Model]) -> list[str]:
    """Columns as the schema has its keys, and numbers by size."""
    return sorted(set(names), key=lambda name: _rank(name, model))


def _rank(name: str, model: type[Model]) -> tuple[tuple[int, str], ...]:
    rank: list[tuple[int, str]] = []
    shape: Shape | None = Shape("keys", model=model)
    for segment in name.split("."):
        keys: Map[str, int] = {}
        if shape is not None and shape.kind == "keys" and shape.model is not None:
            keys = {key: n for n, key in enumerate(shape.model.keys)}
        number = int(segment) if segment.isdigit() else keys.get(segment, _MOST)
        rank.append((number, segment))
        shape = _inside(shape, segment, []) if shape is not None else None
    return tuple(rank)
