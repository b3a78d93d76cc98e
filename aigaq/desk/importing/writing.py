"""Planned files are judged by the site's own reader with all that is there, then written.

Law: nothing is written where anything is wrong, and no file that exists is touched.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from aigaq.desk import scaffold
from aigaq.source import disk
from aigaq.source.document import Source
from aigaq.source.schema import claims, reading, texts
from aigaq.words.diagnostics import Problem, Span, has_errors

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from aigaq.desk.importing.planned import Plan, Planned
    from aigaq.words.diagnostics import Diagnostic

SINCE_THEN = Problem(
    "I031",
    "this file has come to be since the import began",
    "Run the command again: it passes over what is there. Files before this one in the list"
    " were written.",
)
NOT_KEPT = Problem(
    "I033",
    "nothing can be kept beside what you bring: {reason}",
    "Copy it into a folder of yours and import it from there; which row has which id is kept"
    " beside it.",
)

# What is said of a file that lacks a value because that was told already.
_FOLLOWS = frozenset(
    one.code for one in (reading.MISSING, claims.CLAIM_NEEDS, texts.NO_PERMISSION)
)


def judged(root: Path, plan: Plan, *, step: Callable[[str], None]) -> list[Diagnostic]:
    """What `check` would say of the planned files, each at the row or item it is made of."""
    found = _problems(root, plan.files, step)
    ours = {file.path: file for file in plan.files}
    told = [
        ours[one.span.path].locate(one)
        for one in found
        if one.span.path in ours and _is_told(one, ours[one.span.path])
    ]
    others = [one for one in found if one.span.path not in ours and one.is_error]
    if others:  # which of them come of the import?
        before = set(_problems(root, (), step))
        told += [one for one in others if one not in before]
    return sorted(set(told))


def _is_told(found: Diagnostic, file: Planned) -> bool:
    """Warnings that compare all records with one another are left to `check`."""
    if not file.whole and found.code in _FOLLOWS:
        return False
    return found.is_error or not found.code.startswith("P")


def _problems(
    root: Path, files: Sequence[Planned], step: Callable[[str], None]
) -> list[Diagnostic]:
    from aigaq import pipeline  # noqa: PLC0415 - it takes half a second

    extra = tuple(Source(file.path, file.text, "") for file in files)
    options = pipeline.Options(drafts=True, extra=extra)
    _, found, _ = pipeline.prepare(root, options=options, step=step)
    return found


def write(root: Path, plan: Plan) -> tuple[list[str], list[Diagnostic]]:
    """The paths that were written, and why others were not; it stops at the first of these."""
    assert not has_errors(plan.problems)
    written: list[str] = []
    for file in plan.files:
        problem = _written(root, file)
        if problem is not None:
            return written, [problem]
        written.append(file.path)
    return written, []


def _written(root: Path, file: Planned) -> Diagnostic | None:
    place = root / file.path
    inside = [folder for folder in place.relative_to(root).parents if folder.parts]
    link = next((folder for folder in inside if (root / folder).is_symlink()), None)
    if link is not None:
        return disk.LINK.at(Span(link.as_posix()))
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        return scaffold.CANNOT_WRITE.at(Span(file.path), reason=error.strerror or "?")
    try:
        with place.open("x", encoding="utf-8", newline="\n") as opened:
            opened.write(file.text)
    except FileExistsError:
        return SINCE_THEN.at(Span(file.path))
    except OSError as error:
        return scaffold.CANNOT_WRITE.at(Span(file.path), reason=error.strerror or "?")
    return None
