"""The reports: what editors should look at; only stamps are written, where one asks."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

import click

from aigaq.cli import console

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aigaq.archive.private import Archive
    from aigaq.desk.sections import Section
    from aigaq.pipeline import Linked

form_option = click.option(
    "--format",
    "form",
    type=click.Choice(("text", "markdown", "json")),
    default="text",
    help="How the report is written.",
)


@click.group()
def report() -> None:
    """Show what editors should look at; nothing is changed unless you ask for it."""


@report.command()
@console.common
@form_option
def names(wanted: console.Wanted, *, form: str) -> None:
    """Who may be one under two ids, names that no record declares, and wrong letters.

    Decided pairs are shown as decided; protected people are never compared.
    """
    from aigaq.desk import names_report  # noqa: PLC0415

    read, archive = _linked(wanted)
    click.echo(names_report.FORMS[form](names_report.of(archive)), nl=False)
    _left_out(read)


@report.command()
@console.common
@form_option
def consent(wanted: console.Wanted, *, form: str) -> None:
    """Reviews that are due, texts without a card, and what each card allows."""
    from aigaq.desk import consent_report  # noqa: PLC0415

    read, archive = _linked(wanted)
    _show(consent_report.of(archive, _today()), form)
    _left_out(read)


@report.command()
@console.common
@form_option
def coverage(wanted: console.Wanted, *, form: str) -> None:
    """What is told in which language, claims that lead nowhere, people of whom nobody tells."""
    from aigaq.archive import publish  # noqa: PLC0415
    from aigaq.desk import coverage_report  # noqa: PLC0415

    read, archive = _linked(wanted)
    public, _ = publish.view_of(archive, publish.Options(built=_today()))
    _show(coverage_report.of(public), form)
    _left_out(read)


@report.command()
@console.common
@form_option
def privacy(wanted: console.Wanted, *, form: str) -> None:
    """Who is protected and how, which seals end, and what is in doubt; no names."""
    from aigaq import pipeline  # noqa: PLC0415
    from aigaq.desk import privacy_report  # noqa: PLC0415

    read, archive = _linked(wanted)
    with console.progress(wanted) as step:
        problems, _ = pipeline.check(wanted.root, step=step)
    _show(privacy_report.of(archive, problems, _today()), form)
    _left_out(read)


@report.command()
@console.common
@form_option
@click.option(
    "--stamp",
    is_flag=True,
    help="Write down which words were translated: in those named, else where nothing is yet.",
)
@click.argument("which", nargs=-1, metavar="[ID.LANG]...")
def translations(
    wanted: console.Wanted, *, form: str, stamp: bool, which: tuple[str, ...]
) -> None:
    """How each translation was made, and what of it no longer fits what was translated."""
    from aigaq.desk import stamping, translations_report  # noqa: PLC0415

    _, archive = _linked(wanted)
    rows = translations_report.of(archive)
    strangers = sorted(set(which) - {f"{row.id}.{row.lang}" for row in rows})
    if strangers:
        raise click.UsageError(f"there is no translation {', '.join(strangers)}")
    if not stamp:
        shown = [row for row in rows if not which or f"{row.id}.{row.lang}" in which]
        click.echo(translations_report.FORMS[form](shown), nl=False)
        return
    changed, problems = stamping.write(
        wanted.root, translations_report.new_stamps(archive, which)
    )
    console.show(problems)
    for path in changed:
        wanted.tell(path)
    if problems:
        raise SystemExit(console.Exit.CONTENT)


def _linked(wanted: console.Wanted) -> tuple[Linked, Archive]:
    from aigaq import pipeline  # noqa: PLC0415

    with console.progress(wanted) as step:
        read = pipeline.linked(wanted.root, options=pipeline.Options(drafts=True), step=step)
    if read.archive is None:
        console.show(read.problems)
        raise SystemExit(console.Exit.CONTENT)
    return read, read.archive


def _left_out(read: Linked) -> None:
    if any(problem.is_error for problem in read.problems):
        click.echo("Some files have errors and are left out here: see `aigaq check`.", err=True)


def _show(sections: Sequence[Section], form: str) -> None:
    from aigaq.desk import sections as forms  # noqa: PLC0415

    click.echo(forms.FORMS[form](sections), nl=False)


def _today() -> datetime.date:
    return datetime.datetime.now(datetime.UTC).date()
