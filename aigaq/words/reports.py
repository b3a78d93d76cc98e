"""Problems as text for people, for code review sites, and for machines."""

from __future__ import annotations

import html
import json
from typing import TYPE_CHECKING

from aigaq.words.tongue import ENGLISH

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from aigaq.words.diagnostics import Diagnostic
    from aigaq.words.tongue import Tongue


NO_PROBLEMS = "No problems found."
HEADS = ("Where", "Code", "Problem", "What to do")
_SHOWN = 10  # annotations of a kind that GitHub shows of a step
_MARKDOWN = frozenset("\\`*_[]|~#@!")


def text(problems: Sequence[Diagnostic], tongue: Tongue = ENGLISH) -> str:
    """One problem after the other, in lines that programs can read, too."""
    return "".join(f"{tongue.paragraph(problem)}\n" for problem in problems)


def github(problems: Sequence[Diagnostic], tongue: Tongue = ENGLISH) -> str:
    """Workflow commands that a code review shows beside the line; of a kind the first ten."""

    def escaped(words: str, *, prop: bool = False) -> str:
        words = words.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
        return words.replace(":", "%3A").replace(",", "%2C") if prop else words

    errors = sum(p.is_error for p in problems)
    is_cut = max(errors, len(problems) - errors) > _SHOWN
    rest = f"::notice title=aigaq::all {len(problems)} problems are in the log of this step\n"
    return "".join(
        f"::{p.problem.severity} file={escaped(p.span.path, prop=True)}"
        f",line={p.span.line or 1},col={p.span.column or 1},title={p.code}"
        f"::{escaped(f'{tongue.message(p)} – {tongue.remedy(p)}')}\n"
        for p in problems
    ) + (rest if is_cut else "")


def as_json(problems: Sequence[Diagnostic], tongue: Tongue = ENGLISH) -> str:
    """A JSON list, one object a problem."""
    rows = [
        {
            "path": p.span.path,
            "line": p.span.line,
            "column": p.span.column,
            "severity": str(p.problem.severity),
            "code": p.code,
            "message": tongue.message(p),
            "remedy": tongue.remedy(p),
        }
        for p in problems
    ]
    return json.dumps(rows, ensure_ascii=False, indent=1) + "\n"


def markdown(problems: Sequence[Diagnostic], tongue: Tongue = ENGLISH) -> str:
    """A table for a review comment."""
    if not problems:
        return f"{tongue.say(NO_PROBLEMS)}\n"

    def cell(words: object) -> str:
        shown = " ".join(html.escape(str(words), quote=False).split())
        return "".join(f"\\{letter}" if letter in _MARKDOWN else letter for letter in shown)

    rows = [
        f"| {cell(p.span)} | {p.code} | {cell(tongue.message(p))} | {cell(tongue.remedy(p))} |"
        for p in problems
    ]
    head = [f"| {' | '.join(map(tongue.say, HEADS))} |", "|---|---|---|---|"]
    return "\n".join([*head, *rows]) + "\n"


FORMS: Mapping[str, Callable[[Sequence[Diagnostic], Tongue], str]] = {
    "text": text,
    "github": github,
    "json": as_json,
    "markdown": markdown,
}
