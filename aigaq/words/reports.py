"""Problems as text for people, for code review sites, and for machines."""

from __future__ import annotations

import html
import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from aigaq.words.diagnostics import Diagnostic


_MARKDOWN = frozenset("\\`*_[]|~#@!")


def text(problems: Sequence[Diagnostic]) -> str:
    """One problem after the other, as a terminal shows them."""
    return "".join(f"{problem}\n" for problem in problems)


def github(problems: Sequence[Diagnostic]) -> str:
    """Workflow commands that a code review shows beside the line."""

    def escaped(words: str, *, prop: bool = False) -> str:
        words = words.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
        return words.replace(":", "%3A").replace(",", "%2C") if prop else words

    return "".join(
        f"::{p.problem.severity} file={escaped(p.span.path, prop=True)}"
        f",line={p.span.line or 1},col={p.span.column or 1},title={p.code}"
        f"::{escaped(f'{p.message} – {p.remedy}')}\n"
        for p in problems
    )


def as_json(problems: Sequence[Diagnostic]) -> str:
    """A JSON list, one object a problem."""
    rows = [
        {
            "path": p.span.path,
            "line": p.span.line,
            "column": p.span.column,
            "severity": str(p.problem.severity),
            "code": p.code,
            "message": p.message,
            "remedy": p.remedy,
        }
        for p in problems
    ]
    return json.dumps(rows, ensure_ascii=False, indent=1) + "\n"


def markdown(problems: Sequence[Diagnostic]) -> str:
    """A table for a review comment."""
    if not problems:
        return "No problems found.\n"

    def cell(words: object) -> str:
        shown = " ".join(html.escape(str(words), quote=False).split())
        return "".join(f"\\{letter}" if letter in _MARKDOWN else letter for letter in shown)

    rows = [
        f"| {cell(p.span)} | {p.code} | {cell(p.message)} | {cell(p.remedy)} |"
        for p in problems
    ]
    head = ["| Where | Code | Problem | What to do |", "|---|---|---|---|"]
    return "\n".join([*head, *rows]) + "\n"


FORMS: Mapping[str, Callable[[Sequence[Diagnostic]], str]] = {
    "text": text,
    "github": github,
    "json": as_json,
    "markdown": markdown,
}
