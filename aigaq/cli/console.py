"""What every command shares: its options, its exit statuses, and how it speaks."""

from __future__ import annotations

import functools
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from aigaq.words.diagnostics import Diagnostic


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


root_option = click.option(
    "--root",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="The site's folder, with site.yaml and content/. Default: this folder.",
)
quiet_option = click.option("-q", "--quiet", is_flag=True, help="Print nothing but problems.")


def common(command: Callable[..., None]) -> Callable[..., None]:
    """`--root` and `-q`, before or after the command; `command` gets them as one `Wanted`."""

    def in_a_site(wanted: Wanted, **options: Any) -> None:
        if not (wanted.root / "site.yaml").is_file():
            raise click.UsageError(
                f"{wanted.root} has no site.yaml;"
                " go to the site's folder or name it with --root"
            )
        command(wanted, **options)

    return anywhere(functools.wraps(command)(in_a_site))


def anywhere(command: Callable[..., None]) -> Callable[..., None]:
    """As `common`, for what can be done where no site is."""

    @root_option
    @quiet_option
    @click.pass_obj
    @functools.wraps(command)
    def run(before: Wanted, /, *, root: Path | None, quiet: bool, **options: Any) -> None:
        folder = (root or before.root).resolve()
        command(Wanted(folder, quiet or before.quiet), **options)

    return run


names_option = click.option(
    "--names",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    metavar="FILE",
    help="A list of names that must not appear, one a line, kept outside of the repository.",
)


@contextmanager
def progress(wanted: Wanted) -> Iterator[Callable[[str], None]]:
    """Takes lines of progress: one that changes on a terminal, plain lines elsewhere."""
    if wanted.quiet or not sys.stderr.isatty():
        yield wanted.say
        return
    from rich.console import Console  # noqa: PLC0415

    with Console(stderr=True).status("") as status:
        yield status.update


def show(problems: Sequence[Diagnostic]) -> None:
    for problem in problems:
        click.echo(str(problem))


def count(problems: Sequence[Diagnostic]) -> str:
    errors = sum(problem.is_error for problem in problems)
    warnings = len(problems) - errors
    return f"{errors} error{'s' * (errors != 1)}, {warnings} warning{'s' * (warnings != 1)}"


def shown(path: Path) -> Path:
    """`path` as seen from the working folder, where it is below that."""
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path
