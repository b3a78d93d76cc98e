"""The reports: what editors should look at; only stamps are written, where one asks."""

from __future__ import annotations

import click

from aigaq.cli import console

FORMATS = ("text", "markdown", "json")


@click.group()
def report() -> None:
    """Show what editors should look at; nothing is changed unless you ask for it."""


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


@report.command()
@console.common
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    default="text",
    help="How the report is written.",
)
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
    from aigaq import pipeline  # noqa: PLC0415
    from aigaq.desk import stamping, translations_report  # noqa: PLC0415

    with console.progress(wanted) as step:
        read = pipeline.linked(wanted.root, options=pipeline.Options(drafts=True), step=step)
    if read.archive is None:
        console.show(read.problems)
        raise SystemExit(console.Exit.CONTENT)
    rows = translations_report.of(read.archive)
    strangers = sorted(set(which) - {f"{row.id}.{row.lang}" for row in rows})
    if strangers:
        raise click.UsageError(f"there is no translation {', '.join(strangers)}")
    if not stamp:
        shown = [row for row in rows if not which or f"{row.id}.{row.lang}" in which]
        click.echo(translations_report.FORMS[form](shown), nl=False)
        return
    made = translations_report.new_stamps(read.archive, which)
    changed, problems = stamping.write(wanted.root, made)
    console.show(problems)
    for path in changed:
        wanted.tell(path)
    if problems:
        raise SystemExit(console.Exit.CONTENT)
