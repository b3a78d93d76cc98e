"""The commands of a site: build, serve, new, withdraw and clean."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from aigaq.cli import console

if TYPE_CHECKING:
    from aigaq.pipeline import Report

KINDS = ("testimony", "person", "group", "place", "organisation", "consent", "page")
TOMBSTONES = ("none", "plain")


def _date(_: click.Context, __: click.Parameter, value: str | None) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(value) if value else None
    except ValueError:
        raise click.BadParameter(f"{value} is not a date; write it like 2026-11-22") from None


def _scheduler(_: click.Context, __: click.Parameter, value: str | None) -> str:
    """`HOST:PORT` of `dask://HOST:PORT`."""
    if value is None:
        return ""
    host, colon, port = value.removeprefix("dask://").rpartition(":")
    if not value.startswith("dask://") or not (host and colon and port.isdecimal()):
        raise click.BadParameter(f"{value} is no address; write it like dask://127.0.0.1:8786")
    return f"{host}:{port}"


_executor = click.option(
    "--executor",
    callback=_scheduler,
    metavar="dask://HOST:PORT",
    help="Convert texts and make pages on a Dask cluster of your own.",
)


@click.command()
@console.common
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
@_executor
@console.names_option
def build(  # noqa: PLR0913 - an argument for each option
    wanted: console.Wanted,
    *,
    output: Path | None,
    jobs: int | None,
    date: datetime.date | None,
    no_search: bool,
    executor: str,
    names: Path | None,
) -> None:
    """Build the site."""
    from aigaq import pipeline  # noqa: PLC0415

    target = (output or wanted.root / "public").absolute()
    options = pipeline.Options(
        jobs=jobs, date=date, search=not no_search, executor=executor, names=names, first=True
    )
    with console.progress(wanted) as step:
        report = pipeline.build(wanted.root, target, options=options, step=step)
    console.show(report.problems)
    if report.status:
        wanted.tell(f"{console.count(report.problems)}. {console.said('Nothing was written.')}")
        raise SystemExit(report.status)
    wanted.tell(_outcome(report, target))


@click.command()
@console.common
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8000,
    show_default=True,
    help="Where the browser finds the site; 0 takes any free port.",
)
@click.option("--open", "browser", is_flag=True, help="Open the page in the browser.")
def serve(wanted: console.Wanted, *, port: int, browser: bool) -> None:
    """Show the site while you write, drafts included.

    Only this computer can see it. Nothing is written into the site's folder but .cache/.
    """
    from aigaq.desk import preview  # noqa: PLC0415

    problems = preview.run(wanted.root, port=port, browser=browser, say=wanted.say)
    console.show(problems)
    if problems:
        raise SystemExit(console.Exit.NOT_NOW)


@click.command()
@console.common
@click.argument("kind", type=click.Choice(KINDS))
@click.option(
    "--id", "record", help="The id. Default: a new one that nobody can guess anything from."
)
@click.option("--lang", help="The language of a text or page. Default: the site's first.")
@click.option("--empty", is_flag=True, help="Ask nothing; an editor fills in the file.")
def new(
    wanted: console.Wanted, *, kind: str, record: str | None, lang: str | None, empty: bool
) -> None:
    """Start a new file: a testimony, a person, a place and so on.

    On a terminal it asks first, in your language. The id of a text that is there already
    starts its translation into --lang.
    """
    from aigaq.cli import asking as questions  # noqa: PLC0415
    from aigaq.desk import asking, scaffold  # noqa: PLC0415

    forms, answers = [kind], {}

    def answered(form: str, text: str, lang: str) -> str:
        forms[:] = [form]
        if not (empty or wanted.quiet) and questions.is_possible():
            answers.update(questions.ask(form))
        return asking.filled(form, text, answers, lang=lang)

    path, problems = scaffold.new(
        wanted.root,
        kind,
        record_id=record,
        lang=lang,
        today=datetime.datetime.now(datetime.UTC).date(),
        editor=scaffold.Editor(console.tongue().lang, answered),
    )
    console.show(problems)
    if path is None:
        raise SystemExit(console.Exit.CONTENT)
    click.echo(console.shown(path))
    for line in asking.next_steps(forms[0], answers):
        wanted.say(console.said(line))


@click.command()
@console.common
@click.argument("record", metavar="ID")
@click.option(
    "--tombstone",
    type=click.Choice(TOMBSTONES),
    default="none",
    show_default=True,
    help="Whether a page stays that says that something was withdrawn.",
)
def withdraw(wanted: console.Wanted, *, record: str, tombstone: str) -> None:
    """Take a text or a person out of the archive, today.

    Removes the words, translations, pictures and consent cards, and says what people still
    have to do. Nothing is committed or published.
    """
    from aigaq.desk import withdrawal  # noqa: PLC0415

    today = datetime.datetime.now(datetime.UTC).date()
    with console.progress(wanted) as step:
        done, problems = withdrawal.withdraw(
            wanted.root, record, tombstone=tombstone == "plain", today=today, step=step
        )
    console.show(problems)
    if done is None:
        raise SystemExit(console.Exit.CONTENT)
    click.echo(withdrawal.told(done))


@click.command()
@console.common
def clean(wanted: console.Wanted) -> None:
    """Remove public/ and .cache/; nothing is lost, the next build makes them anew."""
    from aigaq.output import release  # noqa: PLC0415

    problems = release.clean(wanted.root)
    console.show(problems)
    if problems:
        raise SystemExit(console.Exit.NOT_NOW)
    wanted.tell(console.said("public/ and .cache/ are gone; `aigaq build` makes them anew."))


def _outcome(report: Report, target: Path) -> str:
    words = {"pages": report.pages, "place": console.shown(target)}
    if not (report.written or report.removed):
        return console.said(
            "{pages} pages in {place}/ (nothing has changed). Open {place}/index.html", **words
        )
    return console.said(
        "{pages} pages in {place}/ ({written} files written, {removed} removed)."
        " Open {place}/index.html",
        written=len(report.written),
        removed=len(report.removed),
        **words,
    )
