"""What every command shares: its options, its exit statuses, and how it speaks."""

from __future__ import annotations

import functools
import os
import re
import shlex
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
    from aigaq.words.tongue import Tongue


_ROOT, _LANGUAGE = "aigaq.root", "aigaq.language"  # keys of click's own notes of a command
LANGUAGES = ("en", "kk", "ru")


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
language_option = click.option(
    "--language",
    type=click.Choice(LANGUAGES),
    help="The language of messages. Default: AIGAQ_LANGUAGE, else that of your system.",
)
quiet_option = click.option("-q", "--quiet", is_flag=True, help="Print nothing but problems.")


def common(command: Callable[..., None]) -> Callable[..., None]:
    """`--root` and `-q`, before or after the command; `command` gets them as one `Wanted`."""

    def in_a_site(wanted: Wanted, **options: Any) -> None:
        if not (wanted.root / "site.yaml").is_file():
            raise click.UsageError(f"{wanted.root} has no site.yaml; {_instead(wanted.root)}")
        command(wanted, **options)

    return anywhere(functools.wraps(command)(in_a_site))


def _instead(folder: Path) -> str:
    """What to do in a folder that is no site's: it may be below one, or its file misnamed."""
    for name in ("site.yaml.txt", "site.yml", "Site.yaml", "site.yaml.yaml"):
        if (folder / name).is_file():
            return f"there is a file {name}: rename it to site.yaml"
    above = next((one for one in folder.parents if (one / "site.yaml").is_file()), None)
    if above:
        return f"the site's folder is above: type cd {shlex.quote(str(above))}"
    return "go to the site's folder or name it with --root"


def anywhere(command: Callable[..., None]) -> Callable[..., None]:
    """As `common`, for what can be done where no site is."""

    @root_option
    @quiet_option
    @language_option
    @click.pass_context
    @functools.wraps(command)
    def run(
        context: click.Context,
        /,
        *,
        root: Path | None,
        quiet: bool,
        language: str | None,
        **options: Any,
    ) -> None:
        before: Wanted = context.obj
        folder = (root or before.root).resolve()
        context.meta[_ROOT] = folder
        speak(context, language)
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
        yield lambda line: wanted.say(_step(line))
        return
    from rich.console import Console  # noqa: PLC0415

    with Console(stderr=True).status("") as status:
        yield lambda line: status.update(_step(line))


def _step(line: str) -> str:
    """A line of progress in the editor's language; one that is not listed stays as it is."""
    rendered = re.fullmatch(r"rendered (?P<done>\d+) of (?P<count>\d+) pages", line)
    if rendered:
        return said("rendered {done} of {count} pages", **rendered.groupdict())
    return line if "{" in line else said(line)


def show(problems: Sequence[Diagnostic]) -> None:
    """All of them, in the editor's language; on a terminal with the lines that they are at."""
    speaking = tongue()
    root: Path | None = _meta().get(_ROOT) if sys.stdout.isatty() else None
    for problem in problems:
        head, *rest = speaking.paragraph(problem).split("\n")
        click.echo(_coloured(problem, head))
        if root:
            from aigaq.desk import excerpts as lines  # noqa: PLC0415

            for line in lines.of(root, problem):
                click.secho(line, dim=not line.rstrip().endswith("^"))
        for line in rest:
            click.echo(line)


def _coloured(problem: Diagnostic, head: str) -> str:
    """The first line as it stands; click takes the colours out where no terminal is."""
    kind = f" {problem.problem.severity} {problem.code}:"
    place, _, message = head.partition(kind)
    colour = "red" if problem.is_error else "yellow"
    return f"{place}{click.style(kind, fg=colour, bold=True)}{message}"


def count(problems: Sequence[Diagnostic]) -> str:
    errors = sum(problem.is_error for problem in problems)
    speaking = tongue()
    told = speaking.count("{number} error", "{number} errors", errors)
    warned = speaking.count("{number} warning", "{number} warnings", len(problems) - errors)
    return f"{told}, {warned}"


def speak(context: click.Context, language: str | None) -> None:
    """Notes the language that was asked for, before or after the command."""
    if language:
        context.meta[_LANGUAGE] = language


def tongue() -> Tongue:
    """The language that was asked for, or that the environment names."""
    from aigaq.words.tongue import ENGLISH, wanted  # noqa: PLC0415

    asked = _meta().get(_LANGUAGE) or ""
    lang = wanted(asked, os.environ, LANGUAGES)
    if lang == "en":
        return ENGLISH
    from aigaq.desk import tongues  # noqa: PLC0415 - Babel takes a while

    return tongues.read(lang)


def said(sentence: str, **words: object) -> str:
    """A line of the program's own in the editor's language; `desk.tongues` collects these."""
    return tongue().say(sentence, {name: str(word) for name, word in words.items()})


def _meta() -> dict[str, Any]:
    context = click.get_current_context(silent=True)
    return context.meta if context else {}


def shown(path: Path) -> Path:
    """`path` as seen from the working folder, where it is below that."""
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path
