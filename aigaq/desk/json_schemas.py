"""JSON Schemas of all that editors write, from the models that the program itself reads with.

They are for editors' programs, which show mistakes while somebody types. What hangs on several
values at once they cannot say: `check` has the last word.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from aigaq.desk import introspection, meanings, reference
from aigaq.source.schema.reading import Model

if TYPE_CHECKING:
    from collections.abc import Iterator

Schema = dict[str, Any]

_DRAFT = "http://json-schema.org/draft-07/schema#"  # what editors' programs know
_TEXTS = ["string", "number", "boolean"]  # YAML reads 1984 as a number, and we as a text
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")


def named() -> Iterator[tuple[str, str, Schema]]:
    """For each kind of file its name, a pattern of paths below the site, and the schema."""
    for heading, path, model in reference.FILES:
        is_list = ", a list" in path
        name = re.sub(r"[\W_]+", "-", heading.casefold()).strip("-")
        yield name, _pattern(path), of(model, is_list=is_list)


def of(model: type[Model], *, is_list: bool = False) -> Schema:
    """The schema of a file of this model, or of a list of them."""
    made = model.model_json_schema(by_alias=True)
    parts: Schema = made.pop("$defs", {})
    known = models()
    shapes = {name: _shape(known[name], part) for name, part in parts.items()}
    whole = _shape(model, made)
    if is_list:
        whole = {"anyOf": [{"type": "array", "items": whole}, whole]}
    return {"$schema": _DRAFT, **whole, **({"$defs": shapes} if shapes else {})}


def _pattern(path: str) -> str:
    return re.sub(r"ID|LANG|SLUG|FILE", "*", path.partition(",")[0]).replace("**.", "*.")


def models() -> dict[str, type[Model]]:
    """Every mapping that an editor writes, by the name of its class."""
    found: dict[str, type[Model]] = {}
    waiting = [Model]
    while waiting:
        model = waiting.pop()
        found[model.__name__] = model
        waiting += model.__subclasses__()
    return found


def _shape(model: type[Model], made: Schema) -> Schema:
    """A mapping with its keys explained; a plain text where that is short for one."""
    told = meanings.KEYS.get(model.__name__, {})
    needed = made.get("required", [])
    properties = {
        key: _value(value, is_needed=key in needed) | _explained(told.get(key, ""))
        for key, value in made["properties"].items()
    }
    shape: Schema = {
        "description": introspection.docstring(model),
        "type": "object",
        "properties": properties,
        "additionalProperties": False,
    }
    if needed:
        shape["required"] = needed
    return {"anyOf": [{"type": _TEXTS}, shape]} if model.shorthand else shape


def _explained(words: str) -> Schema:
    return {"description": _LINK.sub(r"\1", words)} if words else {}


def _value(made: Schema, *, is_needed: bool = False) -> Schema:
    """What may stand after a key; nothing at all is the same as no key."""
    choices = _choices(made) + ([] if is_needed else [{"type": "null"}])
    return {"anyOf": choices} if len(choices) > 1 else choices[0]


def _choices(made: Schema) -> list[Schema]:
    several = made.get("anyOf", made.get("allOf"))
    if several is None:
        return [_plain(made)]
    return [choice for one in several for choice in _choices(one)]


def _plain(made: Schema) -> Schema:
    """A value as it is written: any text may look like a number, any item may be empty."""
    made = {key: value for key, value in made.items() if key not in ("title", "default")}
    if made.get("type") == "array" and made.get("items"):
        made["items"] = _value(made["items"])
    elif made.get("type") == "object" and isinstance(made.get("additionalProperties"), dict):
        made["additionalProperties"] = _value(made["additionalProperties"])
    elif made.get("type") == "string" and not {"pattern", "format", "enum"} & made.keys():
        made = {**made, "type": _TEXTS}
    return made
