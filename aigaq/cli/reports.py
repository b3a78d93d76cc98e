"""The reports: what editors should look at, and nothing is changed."""

from __future__ import annotations

import click

from aigaq.cli import console

FORMATS = ("text", "markdown", "json")


@click.group()
def report() -> None:
    """Show what editors should look at, and change nothing."""


@report.command()
@console.common
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    default="text",
    help="How the report is written.",
)
def names(wanted: console.Wanted, *, form: str) -> None:
    """Who may be one under two ids, names that no record declares, and wrong letters.

    Decided pairs are shown as decided; protected people are never compared.
    """
    from aigaq import pipeline  # noqa: PLC0415
    from aigaq.desk import names_report  # noqa: PLC0415

    with console.progress(wanted) as step:
        read = pipeline.linked(wanted.root, options=pipeline.Options(drafts=True), step=step)
        if read.archive is None:
            console.show(read.problems)
            raise SystemExit(console.Exit.CONTENT)
        step("comparing names")
        made = names_report.of(read.archive)
    click.echo(names_report.FORMS[form](made), nl=False)
    if any(problem.is_error for problem in read.problems):
        click.echo("Some files have errors and are left out here: see `aigaq check`.", err=True)
