"""A site from its sources to its place on disk, or not at all; and what is wrong with it.

What takes long to import comes after the question whether there is anything to do.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from aigaq.output import builddate, last_build, lock, refusal, release, repository
from aigaq.pipeline import collecting
from aigaq.pipeline.options import Options, Report
from aigaq.words.diagnostics import has_errors

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from aigaq.words.diagnostics import Diagnostic


def build(root: Path, target: Path, *, options: Options, step: Callable[[str], None]) -> Report:
    """Build the site in `root` into `target`. Nothing is written if any problem is an error."""
    try:
        with lock.held(root), collecting.put_off():
            return _build(root, target, options, step)
    except refusal.Refused as refused:
        return Report(problems=refused.diagnostics, status=refused.exit_status)


def _build(root: Path, target: Path, options: Options, step: Callable[[str], None]) -> Report:
    release.recover(target, site_root=root)
    last = _last(root, target, options)
    if last and (told := last.told()):
        return Report(problems=told[0], pages=told[1])
    from aigaq.pipeline import filling  # noqa: PLC0415 - it takes half a second

    report = filling.published(root, target, options=options, step=step)
    if last and not report.status:
        last.keep(report.problems, report.pages)
    return report


def check(
    root: Path,
    *,
    step: Callable[[str], None],
    changed: frozenset[str] | None = None,
    first: bool = False,
) -> tuple[list[Diagnostic], int]:
    """Everything that is wrong with the content, and how many files were read.

    With `changed`, what is wrong with these files (paths from `root`) alone; of how many. The
    look of the site is checked as a whole where it is among them. `first` as in `Options`.
    """
    if changed is not None and not changed:
        return [], 0
    if changed and not all((root / path).exists() for path in changed):
        changed = None  # who names what was deleted is wrong now, wherever it stands
    partly = changed is not None and all(map(_is_content, changed))
    options = Options(drafts=True, changed=changed if partly else None, first=first)
    last = _last(root, None, options)
    if last and (told := last.told()):
        return _of(changed, list(told[0])), told[1] if changed is None else len(changed)
    with collecting.put_off():
        from aigaq.pipeline import preparing  # noqa: PLC0415 - as above

        _, problems, files = preparing.prepare(root, options=options, step=step)
    if last and not partly:
        last.keep(problems, files)
    return _of(changed, problems), files if changed is None else len(changed)


def _is_content(path: str) -> bool:
    return path == "site.yaml" or path.startswith("content/")


def _of(changed: frozenset[str] | None, problems: list[Diagnostic]) -> list[Diagnostic]:
    """Those at one of the files, and a cache that nobody may believe."""
    if changed is None:
        return problems
    always = repository.CARRIED.code
    return [one for one in problems if one.span.path in changed or one.code == always]


def _last(root: Path, target: Path | None, options: Options) -> last_build.LastBuild | None:
    """The last build or check, where it may be believed: not a cache that git carries."""
    found = repository.problems(root)
    if options.whole or options.names or has_errors(found):
        return None
    day = options.date or builddate.of_commit(root)
    told = [str(problem) for problem in found]
    return last_build.LastBuild(root, target, [str(day), options.search, told])
