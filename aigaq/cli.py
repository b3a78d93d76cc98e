"""Commands, options and exit statuses; the only place that prints.

Diagnostics and reports go to standard output, progress to standard error. Heavy modules are
imported by the command that needs them, so that `aigaq --help` stays fast.
"""

from __future__ import annotations

import datetime
import functools
import io
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from aigaq import __version__

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from aigaq.pipeline import Report
    from aigaq.words.diagnostics import Diagnostic

KINDS = ("testimony", "person", "group", "place", "organisation", "consent", "page")
FORMATS = ("text", "github", "json", "markdown")
REPORT_FORMATS = ("text", "markdown", "json")
_PACKAGE = Path(__file__).parent


class Exit(IntEnum):
    """Exit statuses, the same for all commands."""

    GOOD = 0
    CONTENT = 1
    LEAK = 2
    NOT_NOW = 3
    USAGE = 4
    BUG = 5


@dataclass(frozen=True, slots=True)
class Wanted:
    """What every command is told: the site's folder, and whether to print only problems."""

    root: Path
    quiet: bool

    def say(self, line: str) -> None:
        """A line of progress."""
        if not self.quiet:
            click.echo(line, err=True)

    def tell(self, line: str) -> None:
        """What came of it."""
        if not self.quiet:
            click.echo(line)


class Group(click.Group):
    """Commands of which `build` may be left out, with options that may come first or last."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        return super().parse_args(ctx, args if _names_a_command(args) else ["build", *args])


def _names_a_command(args: Sequence[str]) -> bool:
    """Whether the first thing that is not for every command is a word, or asks for help.

    A word need not be a command: of a mistyped one click says so.
    """
    rest = iter(args)
    for arg in rest:
        if arg == "--root":
            next(rest, None)
        elif arg not in {"-q", "--quiet"} and not arg.startswith("--root="):
            return not arg.startswith("-") or arg in {"-h", "--help", "--version"}
    return False


_root = click.option(
    "--root",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="The site's folder, with site.yaml and content/. Default: this folder.",
)
_quiet = click.option("-q", "--quiet", is_flag=True, help="Print nothing but problems.")


@click.group(cls=Group, context_settings={"help_option_names": ["-h", "--help"]})
@_root
@_quiet
@click.version_option(__version__, prog_name="aigaq")
@click.pass_context
def main_group(ctx: click.Context, *, root: Path | None, quiet: bool) -> None:
    """Turn a folder of testimonies into a static, multilingual, searchable site.

    Without a command it builds.
    """
    ctx.obj = Wanted(root or Path(), quiet)


def common(command: Callable[..., None]) -> Callable[..., None]:
    """`--root` and `-q`, before or after the command; `command` gets them as one `Wanted`."""

    @_root
    @_quiet
    @click.pass_obj
    @functools.wraps(command)
    def run(before: Wanted, /, *, root: Path | None, quiet: bool, **options: Any) -> None:
        folder = (root or before.root).resolve()
        if not (folder / "site.yaml").is_file():
            raise click.UsageError(
                f"{folder} has no site.yaml; go to the site's folder or name it with --root"
            )
        command(Wanted(folder, quiet or before.quiet), **options)

    return run


def _date(_: click.Context, __: click.Parameter, value: str | None) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(value) if value else None
    except ValueError:
        raise click.BadParameter(f"{value} is not a date; write it like 2026-11-22") from None


_names = click.option(
    "--names",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    metavar="FILE",
    help="A list of names that must not appear, one a line, kept outside of the repository.",
)


@main_group.command()
@common
@click.option(
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    help="Where the site goes. Default: public/ in the site's folder.",
)
@click.option(
    "--jobs",
    type=click.IntRange(1),
    help="How many processes convert texts. Default: as many as there are processors.",
)
@click.option(
    "--date",
    callback=_date,
    metavar="YYYY-MM-DD",
    help="The build date. Default: the date of the last commit.",
)
@click.option("--no-search", is_flag=True, help="Leave the search index out.")
@_names
def build(
    wanted: Wanted,
    *,
    output: Path | None,
    jobs: int | None,
    date: datetime.date | None,
    no_search: bool,
    names: Path | None,
) -> None:
    """Build the site."""
    from aigaq import pipeline  # noqa: PLC0415

    target = (output or wanted.root / "public").absolute()
    options = pipeline.Options(jobs=jobs, date=date, search=not no_search, names=names)
    with progress(wanted) as step:
        report = pipeline.build(wanted.root, target, options=options, step=step)
    _show(report.problems)
    if report.status:
        wanted.tell(f"{_count(report.problems)}. Nothing was written.")
        raise SystemExit(report.status)
    wanted.tell(_outcome(report, target))


@main_group.command()
@common
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    default="text",
    help="How problems are written.",
)
@_names
@click.option("--staged", is_flag=True, help="With --names: look in what is to be committed.")
@click.option("--history", is_flag=True, help="With --names: look in all that was committed.")
def check(
    wanted: Wanted, *, form: str, names: Path | None, staged: bool, history: bool
) -> None:
    """Look for problems in the content; write nothing.

    With --names also for names that must not be in the repository, in all its files.
    """
    from aigaq import pipeline  # noqa: PLC0415
    from aigaq.words import reports  # noqa: PLC0415

    if (staged or history) and not names:
        raise click.UsageError("--staged and --history go with --names FILE")
    with progress(wanted) as step:
        problems, files = pipeline.check(wanted.root, step=step)
        slipped = False
        if names:
            from aigaq.desk import slips  # noqa: PLC0415

            step("looking for names")
            where: slips.Where = "history" if history else "staged" if staged else "files"
            found = slips.problems(wanted.root, names, where)
            slipped = any(problem.code == slips.SLIP.code for problem in found)
            problems = sorted({*problems, *found})
    if problems or form != "text":
        click.echo(reports.FORMS[form](problems), nl=False)
    if form == "text":
        wanted.tell(f"{_count(problems)} in {files} files.")
    if slipped:
        raise SystemExit(Exit.LEAK)
    if any(problem.is_error for problem in problems):
        raise SystemExit(Exit.CONTENT)


@main_group.group()
def report() -> None:
    """Show what editors should look at, and change nothing."""


@report.command()
@common
@click.option(
    "--format",
    "form",
    type=click.Choice(REPORT_FORMATS),
    default="text",
    help="How the report is written.",
)
def names(wanted: Wanted, *, form: str) -> None:
    """Who may be one under two ids, names that no record declares, and wrong letters.

    Decided pairs are shown as decided; protected people are never compared.
    """
    from aigaq import pipeline  # noqa: PLC0415
    from aigaq.desk import names_report  # noqa: PLC0415

    with progress(wanted) as step:
        read = pipeline.linked(wanted.root, options=pipeline.Options(drafts=True), step=step)
        if read.archive is None:
            _show(read.problems)
            raise SystemExit(Exit.CONTENT)
        step("comparing names")
        made = names_report.of(read.archive)
    click.echo(names_report.FORMS[form](made), nl=False)
    if any(problem.is_error for problem in read.problems):
        click.echo("Some files have errors and are left out here: see `aigaq check`.", err=True)


@main_group.command()
@common
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8000,
    show_default=True,
    help="Where the browser finds the site; 0 takes any free port.",
)
@click.option("--open", "browser", is_flag=True, help="Open the page in the browser.")
def serve(wanted: Wanted, *, port: int, browser: bool) -> None:
    """Show the site while you write, drafts included.

    Only this computer can see it. Nothing is written into the site's folder but .cache/.
    """
    from aigaq.desk import preview  # noqa: PLC0415

    problems = preview.run(wanted.root, port=port, browser=browser, say=wanted.say)
    _show(problems)
    if problems:
        raise SystemExit(Exit.NOT_NOW)


@main_group.command()
@common
@click.argument("kind", type=click.Choice(KINDS))
@click.option(
    "--id", "record", help="The id. Default: a new one that nobody can guess anything from."
)
@click.option("--lang", help="The language of a text or page. Default: the site's first.")
def new(wanted: Wanted, *, kind: str, record: str | None, lang: str | None) -> None:
    """Start a new file: a testimony, a person, a place and so on.

    The id of a text that is there already starts its translation into --lang.
    """
    from aigaq.desk import scaffold  # noqa: PLC0415

    today = datetime.datetime.now(datetime.UTC).date()
    path, problems = scaffold.new(wanted.root, kind, record_id=record, lang=lang, today=today)
    _show(problems)
    if path is None:
        raise SystemExit(Exit.CONTENT)
    click.echo(_shown(path))
    wanted.say("Open it and fill in what is empty; `aigaq check` says what is still missing.")


@main_group.command()
@common
def clean(wanted: Wanted) -> None:
    """Remove public/ and .cache/; nothing is lost, the next build makes them anew."""
    from aigaq.output import release  # noqa: PLC0415

    problems = release.clean(wanted.root)
    _show(problems)
    if problems:
        raise SystemExit(Exit.NOT_NOW)
    wanted.tell("public/ and .cache/ are gone; `aigaq build` makes them anew.")


@contextmanager
def progress(wanted: Wanted) -> Iterator[Callable[[str], None]]:
    """Takes lines of progress: one that changes on a terminal, plain lines elsewhere."""
    if wanted.quiet or not sys.stderr.isatty():
        yield wanted.say
        return
    from rich.console import Console  # noqa: PLC0415

    with Console(stderr=True).status("") as status:
        yield status.update


def _show(problems: Sequence[Diagnostic]) -> None:
    for problem in problems:
        click.echo(str(problem))


def _count(problems: Sequence[Diagnostic]) -> str:
    errors = sum(problem.is_error for problem in problems)
    warnings = len(problems) - errors
    return f"{errors} error{'s' * (errors != 1)}, {warnings} warning{'s' * (warnings != 1)}"


def _outcome(report: Report, target: Path) -> str:
    shown = _shown(target)
    done = f"{len(report.written)} files written, {len(report.removed)} removed"
    if not (report.written or report.removed):
        done = "nothing has changed"
    return f"{report.pages} pages in {shown}/ ({done}). Open {shown}/index.html"


def _shown(path: Path) -> Path:
    """`path` as seen from the working folder, where it is below that."""
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path


def main(args: Sequence[str] | None = None) -> None:
    """The `aigaq` command: runs, and leaves with one of the exit statuses."""
    _print_anything()
    try:
        main_group.main(args=None if args is None else list(args), standalone_mode=False)
    except click.ClickException as error:
        error.show()
        raise SystemExit(Exit.USAGE) from None
    except click.Abort:
        click.echo("Stopped.", err=True)
        raise SystemExit(Exit.NOT_NOW) from None
    except Exception as error:  # a traceback shown to an editor is a bug of its own
        raise SystemExit(_failed(error)) from None


def _print_anything() -> None:
    """A terminal without the letters of a language shows their numbers; it stops nothing."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _failed(error: Exception) -> int:
    """Why the command ended: a refusal in its own words, else a fault of the program."""
    from aigaq.output import refusal  # noqa: PLC0415

    if isinstance(error, refusal.Refused):
        _show(error.diagnostics)
        return error.exit_status
    click.echo(
        "aigaq has failed; this is a fault of the program, not yours. Nothing was published. "
        f"Please report: {type(error).__name__} in {_place(error)}, version {__version__}.",
        err=True,
    )
    return Exit.BUG


def _place(error: Exception) -> str:
    """Where it happened, in our own code: the message of an error may hold private words."""
    import traceback  # noqa: PLC0415

    steps = traceback.extract_tb(error.__traceback__)
    ours = [step for step in steps if Path(step.filename).is_relative_to(_PACKAGE)]
    last = (ours or steps)[-1]
    return f"{Path(last.filename).name}:{last.lineno}"
