"""Settings of editors' programs, and the schemas that these check with while somebody types.

VS Code's YAML extension checks records; headers of Markdown files no extension does, so there a
task runs `check` and shows what it says beside the lines. Front Matter CMS gets forms for the
plain keys of texts and pages; what has parts of its own stays in the text.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aigaq.desk import json_schemas
from aigaq.source import disk
from aigaq.words.diagnostics import Problem, Severity, Span

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aigaq.words.diagnostics import Diagnostic

OTHER_FILE = Problem(
    "N006",
    "this file is there already and says something else; it was left as it is",
    "Compare it with what docs/programs.md shows, or move it away and run the command again.",
    Severity.WARNING,
)

_MADE = "Written by `aigaq editor-files` from the program's models."
_FOLDERS = {  # of Front Matter CMS: what has a form, and where it is
    "text": "content/testimonies",
    "text-translated": "content/testimonies",
    "page": "content/pages",
}


def files() -> dict[str, str]:
    """Every file by its path below the site's folder."""
    schemas = {name: (pattern, schema) for name, pattern, schema in json_schemas.named()}
    made: dict[str, Any] = {
        ".vscode/extensions.json": {"recommendations": _EXTENSIONS},
        ".vscode/settings.json": _settings(
            {name: path for name, (path, _) in schemas.items() if path.endswith(".yaml")}
        ),
        ".vscode/tasks.json": _TASKS,
        "frontmatter.json": _forms({name: schemas[name][1] for name in _FOLDERS}),
    }
    for name, (_, schema) in schemas.items():
        made[f"schema/{name}.json"] = {"$comment": _MADE, **schema}
    return {
        path: json.dumps(value, ensure_ascii=False, indent=1) + "\n"
        for path, value in made.items()
    }


def write(root: Path) -> tuple[list[str], list[Diagnostic]]:
    """Which files were written: new ones, and schemas that an earlier version had written."""
    written, problems = [], []
    for path, text in files().items():
        place = root / path
        there = place.read_text("utf-8", "replace") if place.exists() else None
        if there == text:
            continue
        if place.is_symlink() or any(
            (root / above).is_symlink() for above in Path(path).parents[:-1]
        ):
            problems.append(disk.LINK.at(Span(path)))
        elif there is not None and _MADE not in there:
            problems.append(OTHER_FILE.at(Span(path)))
        else:
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(text, "utf-8", newline="\n")
            written.append(path)
    return written, problems


_EXTENSIONS = ["redhat.vscode-yaml", "EditorConfig.EditorConfig"]
_LINE = r"([^:\s][^:]*):(\d+)(?::(\d+))?: (error|warning) ([A-Z]\d{3}): (.*)"
_TASKS = {
    "version": "2.0.0",
    "tasks": [
        {
            "label": "aigaq check",
            "type": "process",
            "command": "aigaq",
            "args": ["check"],
            "group": {"kind": "test", "isDefault": True},
            "presentation": {"reveal": "never"},
            "problemMatcher": {
                "owner": "aigaq",
                "fileLocation": ["relative", "${workspaceFolder}"],
                "pattern": {
                    "regexp": f"^{_LINE}$",
                    "file": 1,
                    "line": 2,
                    "column": 3,
                    "severity": 4,
                    "code": 5,
                    "message": 6,
                },
            },
        }
    ],
}


def _settings(patterns: Mapping[str, str]) -> dict[str, Any]:
    plain = {
        "editor.insertSpaces": True,
        "editor.tabSize": 2,
        "editor.detectIndentation": False,
        "editor.unicodeHighlight.invisibleCharacters": True,
    }
    return {
        "files.encoding": "utf8",
        "files.eol": "\n",
        "files.trimTrailingWhitespace": True,
        "[yaml]": plain,
        "[markdown]": {**plain, "files.trimTrailingWhitespace": False},
        "yaml.schemaStore.enable": False,
        "yaml.schemas": {f"./schema/{name}.json": path for name, path in patterns.items()},
    }


def _forms(schemas: Mapping[str, json_schemas.Schema]) -> dict[str, Any]:
    """The settings of Front Matter CMS."""
    return {
        "$schema": "https://frontmatter.codes/frontmatter.schema.json",
        "frontMatter.framework.id": "other",
        "frontMatter.content.publicFolder": "content/media",
        "frontMatter.content.pageFolders": [
            {
                "title": folder,
                "path": f"[[workspace]]/{folder}",
                "contentTypes": [name for name in _FOLDERS if _FOLDERS[name] == folder],
            }
            for folder in dict.fromkeys(_FOLDERS.values())
        ],
        "frontMatter.taxonomy.contentTypes": [
            {"name": name, "pageBundle": False, "fields": list(_fields(schema))}
            for name, schema in schemas.items()
        ],
    }


def _fields(schema: json_schemas.Schema) -> Any:
    """A field for each key whose value is a word, a text, or yes or no."""
    for key, value in schema["properties"].items():
        choices = [one for one in value.get("anyOf", [value]) if one != {"type": "null"}]
        field = {"title": key.replace("_", " "), "name": key}
        more = {"description": value.get("description", "")}
        if key in schema.get("required", ()):
            more["required"] = True
        kinds = [_kind(one) for one in choices]
        if "enum" in choices[0] or (len(choices) == 2 and "enum" in choices[1]):
            listed = next(one["enum"] for one in choices if "enum" in one)
            yield {
                **field,
                "type": "choice",
                "choices": listed,
                "multiple": len(choices) > 1,
                **more,
            }
        elif kinds == ["boolean"]:
            yield {**field, "type": "boolean", **more}
        elif "string" in kinds and "object" not in kinds and "$ref" not in kinds:
            yield {**field, "type": "list" if "array" in kinds else "string", **more}


def _kind(choice: json_schemas.Schema) -> str:
    """The type of a value; of an array of parts, that it has parts."""
    if "$ref" in choice or "$ref" in json.dumps(choice.get("items", "")):
        return "$ref"
    made = choice.get("type", "")
    return "string" if isinstance(made, list) or made in ("string", "integer") else str(made)


def main() -> None:
    """Write them into the checkout that this module stands in."""
    root = Path(__file__).resolve().parents[2]
    for path, text in files().items():
        (root / path).parent.mkdir(exist_ok=True)
        (root / path).write_text(text, "utf-8")


if __name__ == "__main__":
    main()
