"""The form of the open data: how public records become JSON, and the JSON Schema that says so.

Both follow from the types of `archive.public`, so neither can forget a field or say what the
other does not. Law: within one `VERSION` fields are only added; a test holds them.

Whatever is empty is left out. JSON Schema: https://json-schema.org/draft/2020-12/schema
"""

from __future__ import annotations

import dataclasses
import functools
import html
import re
import typing
from collections.abc import Callable, Mapping
from typing import Any, Literal

from aigaq.archive import public
from aigaq.words import counted_dates, cues, edtf, fragments, stamps
from aigaq.words.localised import Localised

VERSION = 2
DIALECT = "https://json-schema.org/draft/2020-12/schema"

# What says how the site is made, not what the archive knows.
_LEFT_OUT: Mapping[type, frozenset[str]] = {
    public.Text: frozenset({"scope"}),
    public.Version: frozenset({"pictures"}),
    public.Picture: frozenset({"smaller"}),
    public.Recording: frozenset({"cues"}),
    fragments.Fragment: frozenset({"references", "pictures", "glosses"}),
    fragments.Block: frozenset({"html", "line", "anchor"}),
}
# Names that `archive.public` imports for its annotations alone.
_NAMES = {
    "EdtfDate": edtf.EdtfDate,
    "RelativeDate": counted_dates.RelativeDate,
    "Cue": cues.Cue,
    "Fragment": fragments.Fragment,
    "Localised": Localised,
    "Pair": stamps.Pair,
}
_WORDS = {
    "description": "Words by language (BCP 47).",
    "type": "object",
    "additionalProperties": {"type": "string"},
}
_DAY = {"type": "string", "format": "date"}
_DATE = {
    "description": "A date as EDTF (https://www.loc.gov/standards/datetime/), with the first"
    " and the last day that it may mean; one that is open or unknown is left out. `before` and"
    " `after` do not include the unit that was named, `since` is still going on.",
    "type": "object",
    "properties": {
        "edtf": {"type": "string"},
        "earliest": _DAY,
        "latest": _DAY,
        "sense": {"enum": ["before", "after", "since"]},
    },
    "required": ["edtf"],
    "additionalProperties": False,
}
_TAG = re.compile(r"<[^>]+>")
_KNOWN: Mapping[Any, dict[str, Any]] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    float: {"type": "number"},
    bool: {"type": "boolean"},
    edtf.EdtfDate: {"$ref": "#/$defs/Date"},
    Localised: {"$ref": "#/$defs/Words"},
}


# By the word that a record has in `record`: its type, and where the archive holds them.
RECORDS: Mapping[str, tuple[type, str]] = {
    "text": (public.Text, "texts"),
    "person": (public.Person, "people"),
    "group": (public.Group, "groups"),
    "place": (public.Place, "places"),
    "organisation": (public.Organisation, "organisations"),
    "series": (public.Series, "series"),
    "topic": (public.Topic, "topics"),
}
_STRING = _KNOWN[str]
_COUNT = {"type": "integer", "minimum": 0}
# What a record has besides its own fields.
_ADDED = {
    "$schema": _STRING,
    "page": {
        "description": "Its page in the first language of the site, or in that of the text; a"
        " path from the top folder where the site has no address.",
        **_STRING,
    },
}
_ADDED_TO_TEXTS = {
    "pages": {
        "description": "The page of each language that the text is in.",
        "type": "object",
        "additionalProperties": _STRING,
    },
    "licence": {
        "description": "The licence of its words, where they are the archive's own; `original`"
        " tells the rights in others.",
        **_STRING,
    },
}
_FILE = {
    "description": "A file of the data: its path from the folder of this one, how many bytes it"
    " has, and their SHA-256.",
    "type": "object",
    "properties": {"path": _STRING, "bytes": _COUNT, "sha256": _STRING},
    "required": ["path", "bytes", "sha256"],
    "additionalProperties": False,
}
_FILES = {"type": "array", "items": {"$ref": "#/$defs/File"}}
# What the head of the data has.
_ABOUT: Mapping[str, Any] = {
    "$schema": _STRING,
    "format": {"const": VERSION},
    "title": _KNOWN[Localised],
    "description": _KNOWN[Localised],
    "address": _STRING,
    "publisher": _KNOWN[Localised],
    "contact": _STRING,
    "languages": {"type": "array", "items": _STRING},
    "licence": {
        "description": "Of the data, and of the words of the texts that are the archive's own.",
        "type": "object",
        "properties": {"data": _STRING, "texts": _STRING},
        "additionalProperties": False,
    },
    "left_out": {
        "description": "How many texts may be read on the site and not downloaded, and how many"
        " other records are known through them alone.",
        "type": "object",
        "properties": {"texts": _COUNT, "records": _COUNT},
        "required": ["texts", "records"],
        "additionalProperties": False,
    },
    "counts": {
        "description": "How many records there are of each kind.",
        "type": "object",
        "properties": {place: _COUNT for _, place in RECORDS.values()},
        "required": [place for _, place in RECORDS.values()],
        "additionalProperties": False,
    },
    "parts": {
        "description": "They hold all records between them, each record a line (JSON Lines), so"
        " that one after the other they are a single file.",
        **_FILES,
    },
    "tables": {"description": "The same for spreadsheets, as CSV.", **_FILES},
    "changes": {"$ref": "#/$defs/File"},
}
_ARCHIVE = {
    "description": "The head of the data: what it is, and the files that hold it.",
    "type": "object",
    "properties": _ABOUT,
    "required": [
        "$schema", "format", "title", "languages", "counts", "left_out", "parts", "tables",
        "changes",
    ],
    "additionalProperties": False,
}  # fmt: skip
_CHANGES = {
    "description": "What was added, translated and corrected, the newest first.",
    "type": "object",
    "properties": {
        "$schema": _STRING,
        "format": {"const": VERSION},
        "changes": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "date": _STRING,
                    "what": {"enum": ["added", "translated", "corrected"]},
                    "record": _STRING,
                    "language": _STRING,
                    "words": _KNOWN[Localised],
                },
                "required": ["date", "what"],
                "additionalProperties": False,
            },
        },
    },
    "required": ["$schema", "format", "changes"],
    "additionalProperties": False,
}


# --- values ---


def value(of: Any) -> Any:
    """A public value as JSON has it; of a dataclass without what is empty and may be."""
    if isinstance(of, str):
        return of
    if isinstance(of, tuple):
        return [value(content) for content in of]
    if isinstance(of, edtf.EdtfDate):
        return _date(of)
    if isinstance(of, Localised):
        return dict(of.pairs)
    if not dataclasses.is_dataclass(of):
        return of
    made = {}
    kind: type = type(of)
    for name, is_needed, write in _plan(kind):
        content = getattr(of, name)
        if content or is_needed:
            made[name] = write(content)
    return made


@functools.cache
def fields(kind: type) -> Mapping[str, Any]:
    """The fields of a type that stand in the data, with their types."""
    names = vars(public) | _NAMES if kind.__module__ == public.__name__ else None
    hints = typing.get_type_hints(kind, globalns=names)
    hidden = _LEFT_OUT.get(kind, frozenset())
    return {f.name: hints[f.name] for f in dataclasses.fields(kind) if f.name not in hidden}


@functools.cache
def _required(kind: type) -> tuple[str, ...]:
    empty = dataclasses.MISSING
    return tuple(
        f.name
        for f in dataclasses.fields(kind)
        if f.name in fields(kind) and f.default is f.default_factory is empty
    )


@functools.cache
def _plan(kind: type) -> tuple[tuple[str, bool, Callable[[Any], Any]], ...]:
    """For each field its name, whether it stands there when empty, and how it is written."""
    needed = _required(kind)
    return tuple((name, name in needed, _writer(kind, name)) for name in fields(kind))


def _writer(kind: type, name: str) -> Callable[[Any], Any]:
    if (kind, name) == (fragments.Fragment, "footnotes"):
        return lambda content: html.unescape(_TAG.sub("", content)).strip()
    return _table if _is_table(fields(kind)[name]) else value


def _table(content: Any) -> dict[str, Any]:
    return dict(value(content))


def _date(date: edtf.EdtfDate) -> dict[str, str]:
    said = {
        "edtf": date.notation,
        "earliest": date.earliest.isoformat() if date.earliest else "",
        "latest": date.latest.isoformat() if date.latest else "",
        "sense": date.sense,
    }
    return {key: text for key, text in said.items() if text}


def _is_table(hint: Any) -> bool:
    """Whether it is pairs of a text and something else, which are written as an object."""
    inner = typing.get_args(hint)
    return typing.get_origin(hint) is tuple and typing.get_args(inner[0])[:1] == (str,)


# --- schema ---


def schema(address: str) -> dict[str, Any]:
    """The schema of all JSON files of the data; `address` is its own, or empty."""
    defs: dict[str, Any] = {
        "Words": _WORDS, "Date": _DATE, "File": _FILE, "Archive": _ARCHIVE, "Changes": _CHANGES,
    }  # fmt: skip
    for name, (kind, _) in RECORDS.items():
        _define(kind, defs)
        added = _ADDED | (_ADDED_TO_TEXTS if name == "text" else {})
        made = defs[kind.__name__]
        made["properties"] = {"record": {"const": name}, **added, **made["properties"]}
        made["required"] = ["record", "page", *made["required"]]
    kinds = [_reference(kind) for kind, _ in RECORDS.values()]
    own = {"$id": address} if address else {}
    return {
        "$schema": DIALECT,
        **own,
        "title": f"Open data of an archive of testimonies, format {VERSION}",
        "oneOf": [{"$ref": "#/$defs/Archive"}, {"$ref": "#/$defs/Changes"}, *kinds],
        "$defs": dict(sorted(defs.items())),
    }


def _define(kind: type, defs: dict[str, Any]) -> None:
    """A type and all types that it is made of."""
    if kind.__name__ in defs:
        return
    made = defs[kind.__name__] = {"type": "object"}
    described = " ".join((kind.__doc__ or "").partition("\n\n")[0].split())
    made.update(
        description=described,
        properties={name: _schema(hint, defs) for name, hint in fields(kind).items()},
        required=list(_required(kind)),
        additionalProperties=False,
    )


def _reference(kind: type) -> dict[str, str]:
    return {"$ref": f"#/$defs/{kind.__name__}"}


def _schema(hint: Any, defs: dict[str, Any]) -> dict[str, Any]:
    if hint in _KNOWN:
        return _KNOWN[hint]
    if dataclasses.is_dataclass(hint):
        _define(hint, defs)  # type: ignore[arg-type]
        return _reference(hint)  # type: ignore[arg-type]
    inner = typing.get_args(hint)
    if typing.get_origin(hint) is Literal:
        return {"enum": list(inner)}
    if _is_table(hint):
        made = _schema(typing.get_args(inner[0])[1], defs)
        return {"type": "object", "additionalProperties": made}
    if typing.get_origin(hint) is tuple:
        size = {} if ... in inner else {"minItems": len(inner), "maxItems": len(inner)}
        return {"type": "array", "items": _schema(inner[0], defs), **size}
    (one,) = (part for part in inner if part is not type(None))  # nothing is left out, not null
    return _schema(one, defs)
