"""What is wrong with a JSON-LD node by the types and properties of schema.org that we use.

Domain and range of every property, and the types above each: see `pages/schema_org.yaml`.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_TERMS = yaml.safe_load((Path(__file__).parent / "pages/schema_org.yaml").read_text("utf-8"))
TYPES: Mapping[str, list[str]] = _TERMS["types"]
PROPERTIES: Mapping[str, Mapping[str, list[str]]] = _TERMS["properties"]


def faults(node: Mapping[str, Any], at: str = "") -> Iterator[str]:
    """Each fault of a node and of those in it; none where all is as schema.org says."""
    kind = node.get("@type", "")
    if kind not in TYPES:
        yield f"{at}: no type {kind!r}"
        return
    for key, content in node.items():
        if key in {"@context", "@type", "@id"}:
            continue
        if not set(PROPERTIES.get(key, {}).get("of", ())) & _above(kind):
            yield f"{at}/{key}: no property of {kind}"
            continue
        for one in content if isinstance(content, list) else [content]:
            yield from _value(one, set(PROPERTIES[key]["is"]), f"{at}/{key}")


def _above(kind: str) -> set[str]:
    return {kind}.union(*(_above(one) for one in TYPES[kind]))


def _value(value: Any, allowed: set[str], at: str) -> Iterator[str]:
    if isinstance(value, dict) and "@value" not in value:
        if not allowed & _above(value.get("@type", "Thing")):
            yield f"{at}: {value.get('@type')} is none of {sorted(allowed)}"
        yield from faults(value, at)
        return
    if isinstance(value, dict):
        if value.keys() != {"@value", "@language"}:
            yield f"{at}: {sorted(value)}"
        value = value["@value"]
    fits = {
        "Boolean": isinstance(value, bool),
        "Text": isinstance(value, str) and bool(value.strip()),
        "Date": isinstance(value, str) and bool(re.fullmatch(r"\d{4}(-\d\d){0,2}", value)),
        "URL": isinstance(value, str) and _is_address(value),
    }
    if not any(fits.get(kind, False) for kind in allowed):
        yield f"{at}: {value!r} is none of {sorted(allowed)}"


def _is_address(value: str) -> bool:
    """Absolute, or relative to the page, of which our paths all have a file name."""
    parts = urlsplit(value)
    is_whole = parts.scheme in {"http", "https"} and bool(parts.netloc)
    return not re.search(r"\s", value) and (is_whole or "." in parts.path)
