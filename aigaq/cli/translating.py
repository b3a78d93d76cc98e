"""The commands that send texts to translators' programs, and take them back."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from aigaq.cli import console

if TYPE_CHECKING:
    from aigaq.desk.translating.exchange import File
    from aigaq.pipeline import Linked
    from aigaq.words.diagnostics import Diagnostic


@click.group()
def translations() -> None:
    """Translate texts with Poedit, Weblate and other programs for PO files."""


@translations.command()
@console.common
@click.argument("lang")
@click.argument("names", nargs=-1, metavar="[ID]...")
@click.option(
    "--to",
    "folder",
    required=True,
    type=click.Path(path_type=Path, file_okay=False),
    help="The folder for the PO files; those that are there keep what is translated.",
)
@click.option("--drafts", is_flag=True, help="Texts too that are not published yet.")
def export(
    wanted: console.Wanted, *, lang: str, names: tuple[str, ...], folder: Path, drafts: bool
) -> None:
    """Write a PO file for each text, to be translated into LANG.

    Only what readers may see is in it: a program for translators may be somebody else's.
    """
    from aigaq.desk.translating import exchange  # noqa: PLC0415

    read = _read(wanted)
    assert read.archive is not None
    files, problems = exchange.exported(
        read.archive, lang, names, folder.resolve(), today=_today(), drafts=drafts
    )
    _end(wanted, files, problems)


@translations.command("import")
@console.common
@click.argument(
    "files",
    nargs=-1,
    required=True,
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    metavar="FILE...",
)
@click.option("--by", default="", help="Who translated: an id or a name. For new translations.")
@click.option("--machine", is_flag=True, help="A machine translated. For new translations.")
def import_(wanted: console.Wanted, *, files: tuple[Path, ...], by: str, machine: bool) -> None:
    """Make translations of PO files that came back; all of them, or none.

    They are drafts until somebody has compared them with the original and says so.
    """
    from aigaq.desk.translating import exchange, returned  # noqa: PLC0415

    read = _read(wanted)
    assert read.archive is not None
    how = returned.How(by=by, machine=machine)
    made, problems = exchange.imported(wanted.root, read.archive, files, how, today=_today())
    _end(wanted, made, problems)


def _read(wanted: console.Wanted) -> Linked:
    from aigaq import pipeline  # noqa: PLC0415

    with console.progress(wanted) as step:
        read = pipeline.linked(wanted.root, options=pipeline.Options(drafts=True), step=step)
    if read.archive is None or any(problem.is_error for problem in read.problems):
        console.show([problem for problem in read.problems if problem.is_error])
        raise SystemExit(console.Exit.CONTENT)
    return read


def _end(wanted: console.Wanted, files: list[File], problems: list[Diagnostic]) -> None:
    from aigaq.desk.translating import exchange  # noqa: PLC0415

    console.show(problems)
    if problems:
        wanted.tell("Nothing was written.")
        raise SystemExit(console.Exit.CONTENT)
    written = exchange.write(files)
    for path in written:
        wanted.tell(str(console.shown(path)))
    wanted.tell(f"{len(written)} written, {len(files) - len(written)} unchanged.")


def _today() -> datetime.date:
    return datetime.datetime.now(datetime.UTC).date()
