"""The command that looks for problems, and mends those that have one way to be mended."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from aigaq.cli import console

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from aigaq.words.diagnostics import Diagnostic

FORMATS = ("text", "github", "json", "markdown")
_OPTIONS = (
    click.option(
        "--format",
        "form",
        type=click.Choice(FORMATS),
        default="text",
        help="How problems are written.",
    ),
    console.names_option,
    click.option(
        "--changed",
        is_flag=False,
        flag_value="",
        metavar="[REF]",
        help="Tell only what is wrong with files that differ from the last commit, or REF.",
    ),
    click.option("--fix", is_flag=True, help="Mend what has one right way to be mended."),
    click.option("--dry-run", is_flag=True, help="With --fix: show what would change, only."),
    click.option(
        "--staged", is_flag=True, help="With --names: look in what is to be committed."
    ),
    click.option(
        "--history", is_flag=True, help="With --names: look in all that was committed."
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """The options of a check."""

    form: str
    names: Path | None
    changed: str | None
    fix: bool
    dry_run: bool
    staged: bool
    history: bool


def _with_options(command: Callable[..., None]) -> Callable[..., None]:
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


@click.command()
@console.common
@_with_options
def check(wanted: console.Wanted, **options: Any) -> None:
    """Look for problems in the content; write nothing but what --fix mends.

    With --names also for names that must not be in the repository, in all its files.
    """
    from aigaq.words import reports  # noqa: PLC0415

    asked = _Asked(**options)
    if (asked.staged or asked.history) and not asked.names:
        raise click.UsageError("--staged and --history go with --names FILE")
    if asked.dry_run and not asked.fix:
        raise click.UsageError("--dry-run goes with --fix")
    with console.progress(wanted) as step:
        problems, files = _problems(wanted, asked, step)
        slipped = _slipped(wanted.root, asked, step)
    problems = sorted({*problems, *slipped})
    if asked.form == "text":
        console.show(problems)
        in_files = console.tongue().count("in {number} file", "in {number} files", files)
        wanted.tell(f"{console.count(problems)} {in_files}.")
    else:
        click.echo(reports.FORMS[asked.form](problems, console.tongue()), nl=False)
    if slipped and _is_slip(slipped):
        raise SystemExit(console.Exit.LEAK)
    if any(problem.is_error for problem in problems):
        raise SystemExit(console.Exit.CONTENT)


def _problems(
    wanted: console.Wanted, asked: _Asked, step: Callable[[str], None]
) -> tuple[list[Diagnostic], int]:
    """What is wrong once all is mended that was to be, and of how many files."""
    from aigaq import pipeline  # noqa: PLC0415

    only = None if asked.changed is None else _differing(wanted.root, asked.changed)
    problems, files = pipeline.check(wanted.root, step=step, changed=only, first=True)
    if asked.fix and _mended(wanted, problems, dry_run=asked.dry_run):
        problems, files = pipeline.check(wanted.root, step=step, changed=only)
    return problems, files


def _slipped(root: Path, asked: _Asked, step: Callable[[str], None]) -> list[Diagnostic]:
    """Names of the list that stand where they must not."""
    if not asked.names:
        return []
    from aigaq.desk import slips  # noqa: PLC0415

    step("looking for names")
    where: slips.Where = "history" if asked.history else "staged" if asked.staged else "files"
    return slips.problems(root, asked.names, where)


def _is_slip(found: Sequence[Diagnostic]) -> bool:
    from aigaq.desk import slips  # noqa: PLC0415

    return any(problem.code == slips.SLIP.code for problem in found)


def _mended(wanted: console.Wanted, problems: Sequence[Diagnostic], *, dry_run: bool) -> bool:
    """Whether files were changed; what was done is told on standard error."""
    from aigaq.desk import mending  # noqa: PLC0415

    made = mending.mended(wanted.root, problems)
    if made and not dry_run:
        mending.write(wanted.root, made)
    for one in made:
        click.echo(one.diff() if dry_run else one.told(), nl=False, err=not dry_run)
    count = sum(len(one.done) for one in made)
    would = "{count} would be mended in {files} files."
    line = would if dry_run else "{count} mended in {files} files."
    wanted.say(console.said(line, count=count, files=len(made)))
    return bool(made) and not dry_run


def _differing(root: Path, since: str) -> frozenset[str]:
    """The files that git calls changed, by their paths from `root`."""
    from aigaq.desk import slips  # noqa: PLC0415
    from aigaq.output import refusal, repository  # noqa: PLC0415
    from aigaq.words.diagnostics import Span  # noqa: PLC0415

    if repository.uncommitted(root) is None:
        raise refusal.NotPossibleNow(slips.NO_GIT.at(Span(".")))
    found = repository.changed_since(root, since) if since else repository.uncommitted(root)
    if found is None:
        raise click.UsageError(f"git knows no {since} from which this work parted")
    return frozenset(found)
