"""The schemas for editors' programs: they accept whatever `check` accepts, and see slips."""

from __future__ import annotations

import fnmatch
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from aigaq.desk import json_schemas

ROOT = Path(__file__).resolve().parents[2]
SITES = (ROOT, ROOT / "docs/example", ROOT / "tests/mistakes/good")
PLAIN = {"int", "float", "null"}
SCHEMAS = {name: (pattern, schema) for name, pattern, schema in json_schemas.named()}


class Loader(yaml.SafeLoader):
    """YAML 1.2 as VS Code's extension reads it: no dates, and no yes for true."""


Loader.yaml_implicit_resolvers = {
    sign: [(tag, form) for tag, form in forms if tag.rpartition(":")[2] in PLAIN]
    for sign, forms in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
Loader.add_implicit_resolver(
    "tag:yaml.org,2002:bool", re.compile(r"(?:true|false|True|False)$"), list("tfTF")
)


def read(text: str) -> Any:
    return yaml.load(text, Loader)


def files(site: Path) -> list[Path]:
    return sorted([site / "site.yaml", *(site / "content").rglob("*.*")])


def schema_of(path: str, value: Any) -> Any:
    """The schema of a file by its path below the site, and of a text by its keys."""
    translated = isinstance(value, dict) and "translation" in value and "testimonies" in path
    names = [
        name
        for name, (pattern, _) in SCHEMAS.items()
        if fnmatch.fnmatchcase(path, pattern.replace("**/*", "*"))
        and (name not in ("text", "text-translated") or (name != "text") == translated)
    ]
    return SCHEMAS[names[0]][1] if names else None


@pytest.mark.parametrize("site", SITES, ids=lambda site: site.name)
def test_every_record_of_a_good_site_is_accepted(site: Path, schema_faults: Any) -> None:
    told = {}
    judged = set()
    for file in files(site):
        path = file.relative_to(site).as_posix()
        if file.suffix not in (".md", ".yaml") or re.fullmatch(r"content/[A-Z]+\.md", path):
            continue
        text = file.read_text("utf-8")
        value = read(text.split("---\n", 2)[1] if file.suffix == ".md" else text)
        schema = schema_of(path, value)
        assert schema is not None, path
        judged.add(path.split("/")[1] if "/" in path else path)
        if faults := schema_faults(value, _without_comment(schema)):
            told[path] = faults
    assert told == {}
    assert judged >= {"site.yaml", "testimonies", "people"}


def _without_comment(schema: Any) -> Any:
    return {key: value for key, value in schema.items() if key != "$comment"}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("person", "names: X"),  # protect is missing
        ("person", "names: X\nprotect:"),
        ("person", "names: X\nprotect: opn"),
        ("person", "names: X\nprotect: open\ncolour: blue"),
        ("person", "names: {text: X, kind: prefered}\nprotect: open"),
        ("person", "names: X\nprotect: open\nfrom: Pl 1"),
        ("person", "names: X\nprotect: open\ntombstone: yes"),
        ("person", "- names: X\n  protect: open"),
        ("place", "names: X\ntype: County"),
        ("consent-card", "given_by: p-1\nscope: [web]"),
        ("text", "title: X\nkind: testimoni"),
        ("text", "title: X\nclaims: {about: p-1, what: arrested}"),
        ("text", "title: X\ntitle-by: editor"),
        ("text-translated", "title: X\ntold_by: p-1\ntranslation: {from: en, by: X}"),
        ("site", "title: X"),
        ("topic", "- {label: X}"),
    ],
)
def test_a_slip_is_seen_while_it_is_typed(name: str, text: str, schema_faults: Any) -> None:
    assert schema_faults(read(text), SCHEMAS[name][1])


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("person", "names: X\nprotect: open\nborn:\nrole: [narrator]"),
        ("person", "names: [X, {text: 1984}]\nprotect: sealed-until 2030-01-01"),
        ("text", "title: 1984\nclaims: {about: p-1, what: born, when: 1984}"),
        ("text", "title: X\ntold_by: p-1"),
    ],
)
def test_what_is_written_in_short_is_accepted(name: str, text: str, schema_faults: Any) -> None:
    assert schema_faults(read(text), SCHEMAS[name][1]) == []


@pytest.mark.parametrize("name", SCHEMAS)
def test_every_key_is_explained(name: str) -> None:
    schema = SCHEMAS[name][1]
    shapes = [schema, *schema.get("anyOf", ()), *schema.get("$defs", {}).values()]
    keys = [value for shape in shapes for value in shape.get("properties", {}).values()]
    assert keys
    assert all(value["description"] and "](" not in value["description"] for value in keys)
