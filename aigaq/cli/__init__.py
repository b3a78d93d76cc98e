"""The command line: commands, options and exit statuses; the only place that prints.

Diagnostics and reports go to standard output, progress to standard error. Heavy modules are
imported by the command that needs them, so that `aigaq --help` stays fast.
"""

from __future__ import annotations

import gc
import io
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from aigaq import __version__
from aigaq.cli import (
    checking,
    console,
    editing,
    exchange,
    mirror,
    papers,
    reports,
    site,
    translating,
)
from aigaq.cli.console import Exit

if TYPE_CHECKING:
    from collections.abc import Sequence

_PACKAGE = Path(__file__).parents[1]


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
        if arg in {"--root", "--language"}:
            next(rest, None)
        elif arg not in {"-q", "--quiet"} and not arg.startswith(("--root=", "--language=")):
            return not arg.startswith("-") or arg in {"-h", "--help", "--version"}
    return False


@click.group(cls=Group, context_settings={"help_option_names": ["-h", "--help"]})
@console.root_option
@console.quiet_option
@console.language_option
@click.version_option(__version__, prog_name="aigaq")
@click.pass_context
def main_group(
    ctx: click.Context, *, root: Path | None, quiet: bool, language: str | None
) -> None:
    """Turn a folder of testimonies into a static, multilingual, searchable site.

    Without a command it builds.
    """
    ctx.obj = console.Wanted(root or Path(), quiet)
    console.speak(ctx, language)


for command in (
    site.build,
    checking.check,
    site.serve,
    site.new,
    site.withdraw,
    site.clean,
    editing.editor_files,
    exchange.import_,
    exchange.export,
    papers.form,
    papers.sheet,
    reports.report,
    translating.translations,
    mirror.mirror,
):
    main_group.add_command(command)


_WITHOUT_TEXTS = (
    "Python's option -OO (or PYTHONOPTIMIZE=2) takes away texts that the data format and the "
    "help are made of. Run aigaq without it."
)


def main(args: Sequence[str] | None = None) -> None:
    """The `aigaq` command: runs, and leaves with one of the exit statuses."""
    _print_anything()
    if sys.flags.optimize > 1:
        click.echo(_WITHOUT_TEXTS, err=True)
        raise SystemExit(Exit.USAGE)
    try:
        main_group.main(args=None if args is None else list(args), standalone_mode=False)
    except click.ClickException as error:
        error.show()
        raise SystemExit(Exit.USAGE) from None
    except click.Abort:
        click.echo(console.said("Stopped."), err=True)
        raise SystemExit(Exit.NOT_NOW) from None
    except Exception as error:  # a traceback shown to an editor is a bug of its own
        raise SystemExit(_failed(error)) from None
    finally:
        if args is None:  # the program ends, and Python would look through all that is left
            gc.freeze()


def _print_anything() -> None:
    """A terminal without the letters of a language shows their numbers; it stops nothing."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _failed(error: Exception) -> int:
    """Why the command ended: a refusal in its own words, else a fault of the program."""
    from aigaq.output import refusal  # noqa: PLC0415

    if refusal.is_crowded(error):
        error = refusal.no_room(refusal.reason(error))
    if isinstance(error, refusal.Refused):
        console.show(error.diagnostics)
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
