"""The commands that make what volunteers fill in: the form and the interview sheet."""

from __future__ import annotations

from pathlib import Path

import click

from aigaq.cli import console

_to = click.option(
    "--to",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Where it goes. Default: form.LANGUAGE.html or sheet.LANGUAGE.html in this folder.",
)


@click.command()
@console.common
@_to
def form(wanted: console.Wanted, *, to: Path | None) -> None:
    """Make a form: one HTML file in which a testimony is written, without a network.

    It is in the language of --language, and offers the languages of this site.
    """
    from aigaq.desk import form as made  # noqa: PLC0415
    from aigaq.desk import scaffold  # noqa: PLC0415

    site, problems = scaffold.site_of(wanted.root)
    if site is None:
        console.show(problems)
        raise SystemExit(console.Exit.CONTENT)
    tongue = console.tongue()
    text = made.page(site.languages, tongue, mirrors=site.mirrors)
    _write(wanted, to or Path(f"form.{tongue.lang}.html"), text)


@click.command()
@console.anywhere
@_to
def sheet(wanted: console.Wanted, *, to: Path | None) -> None:
    """Make a sheet of paper for an interview: what to ask, and what to say of consent.

    It is in the language of --language, to be printed on A4.
    """
    from aigaq.desk import sheet as made  # noqa: PLC0415

    tongue = console.tongue()
    _write(wanted, to or Path(f"sheet.{tongue.lang}.html"), made.page(tongue))


def _write(wanted: console.Wanted, target: Path, text: str) -> None:
    from aigaq.desk import papers  # noqa: PLC0415

    problems = papers.write(target, text)
    console.show(problems)
    if problems:
        raise SystemExit(console.Exit.NOT_NOW)
    click.echo(console.shown(target.absolute()))
    wanted.say(console.said("Open it in a browser; it needs no network."))
