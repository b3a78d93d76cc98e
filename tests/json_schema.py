"""What a JSON Schema (2020-12) finds wrong with a value: as much of it as our schema uses."""

from __future__ import annotations

import datetime
import re
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

KNOWN = frozenset(
    {
        "$ref",
        "$defs",
        "$id",
        "$schema",
        "title",
        "description",
        "type",
        "enum",
        "const",
        "oneOf",
    }
    | {"anyOf", "pattern", "maxLength"}
    | {"format", "minimum", "items", "minItems", "maxItems"}
    | {"properties", "required", "additionalProperties"}
)
TYPES = {
    "object": dict,
    "array": list,
    "string": str,
    "integer": int,
    "number": (int, float),
    "null": type(None),
}


def faults(
    value: Any, schema: Mapping[str, Any], root: Mapping[str, Any], at: str = ""
) -> Iterator[str]:
    """Each fault with its place in the value; none where the value is valid."""
    assert schema.keys() <= KNOWN, schema.keys() - KNOWN
    if "$ref" in schema:
        name = schema["$ref"].removeprefix("#/$defs/")
        yield from faults(value, root["$defs"][name], root, at)
    if "anyOf" in schema:
        told = [list(faults(value, one, root, at)) for one in schema["anyOf"]]
        yield from min(told, key=len) if all(told) else ()
    if "oneOf" in schema:
        fitting = [one for one in schema["oneOf"] if not any(faults(value, one, root))]
        if len(fitting) != 1:
            yield f"{at}: fits {len(fitting)} of {len(schema['oneOf'])}"
    allowed = schema.get("enum", [schema.get("const", value)])
    if value not in allowed:
        yield f"{at}: {value!r} is none of {allowed}"
    if "type" in schema and not _is(value, schema["type"]):
        yield f"{at}: {value!r} is no {schema['type']}"
    elif isinstance(value, dict):
        yield from _in_object(value, schema, root, at)
    elif isinstance(value, list):
        yield from _in_array(value, schema, root, at)
    elif value is not None:
        yield from _in_plain(value, schema, at)


def _in_plain(value: Any, schema: Any, at: str) -> Iterator[str]:
    if not re.search(schema.get("pattern", ""), str(value)):
        yield f"{at}: {value!r} has not the form {schema['pattern']}"
    if len(str(value)) > schema.get("maxLength", sys.maxsize):
        yield f"{at}: {value!r} is too long"
    if schema.get("format") == "date":
        datetime.date.fromisoformat(value)
    if "minimum" in schema and value < schema["minimum"]:
        yield f"{at}: {value} is too small"


def _is(value: Any, type_: str | list[str]) -> bool:
    if isinstance(type_, list):
        return any(_is(value, one) for one in type_)
    if type_ == "boolean" or isinstance(value, bool):
        return type_ == "boolean" and isinstance(value, bool)
    return isinstance(value, TYPES[type_])


def _in_object(value: Any, schema: Any, root: Any, at: str) -> Iterator[str]:
    yield from (f"{at}: no {key}" for key in schema.get("required", ()) if key not in value)
    properties, more = schema.get("properties", {}), schema.get("additionalProperties", True)
    for key, content in value.items():
        inner = properties.get(key, more)
        if inner is False:
            yield f"{at}: {key} is unknown"
        elif inner is not True:
            yield from faults(content, inner, root, f"{at}/{key}")


def _in_array(value: Any, schema: Any, root: Any, at: str) -> Iterator[str]:
    if not schema.get("minItems", 0) <= len(value) <= schema.get("maxItems", len(value)):
        yield f"{at}: {len(value)} items"
    for number, content in enumerate(value):
        yield from faults(content, schema.get("items", {}), root, f"{at}/{number}")
