"""The commands that take in what others wrote, and give out tables: import and export."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from aigaq.cli import console

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from aigaq.desk.importing.planned import Plan
    from aigaq.words.diagnostics import Diagnostic

FORMS = ("csv", "xlsx")
SOURCES = (*FORMS, "wordpress", "page", "markdown")
RIGHTS = ("own", "permission", "open-licence", "public-domain", "author-released")
_HERE = click.Path(path_type=Path, exists=True)


_asked = (
    click.option(
        "--as", "form", type=click.Choice(SOURCES), help="What it is. Default: as it looks."
    ),
    click.option("--kind", default="", help="What the rows of a table are, such as people."),
    click.option("--lang", default="", help="The language of texts that do not say it."),
    click.option(
        "--rights",
        type=click.Choice(RIGHTS),
        help="What allows their words to be here. Default: unclear, and they stay outside.",
    ),
    click.option(
        "--series", default="", metavar="ID", help="The series that the texts belong to."
    ),
    click.option(
        "--by-heading",
        is_flag=True,
        help="Divide a text on which several people speak: a draft for each of them.",
    ),
    click.option(
        "--skip",
        multiple=True,
        metavar="TEXT",
        help="Leave this text out, by its place as messages tell it, its address or title.",
    ),
    click.option(
        "--write", is_flag=True, help="Write the files; without it they are only told."
    ),
)


def _with_options(command: Callable[..., None]) -> Callable[..., None]:
    for option in reversed(_asked):
        command = option(command)
    return command


@click.command("import")
@console.common
@click.argument("files", nargs=-1, required=True, type=_HERE)
@_with_options
def import_(
    wanted: console.Wanted, *, files: tuple[Path, ...], write: bool, **asked: Any
) -> None:
    """Make files of the archive from tables, exports and saved pages of others.

    CSV or XLSX, a row for each record; an export of WordPress; a saved web page; a folder of
    Hugo or Jekyll. Nothing is written without --write, nothing if anything is wrong, and no
    file that is there is ever changed.
    """
    from aigaq.desk import importing  # noqa: PLC0415
    from aigaq.desk.importing import articles  # noqa: PLC0415

    said = articles.Wanted(
        asked["lang"],
        asked["rights"] or "",
        series=asked["series"],
        skip=asked["skip"],
        by_heading=asked["by_heading"],
    )
    request = importing.Request(files, asked["form"] or "", asked["kind"], said, write)
    with console.progress(wanted) as step:
        done = importing.run(wanted.root, request, step=step)
    _tell(wanted, done.plan, done.problems, done.written, write=write)


def _tell(
    wanted: console.Wanted,
    plan: Plan,
    problems: Sequence[Diagnostic],
    written: Sequence[str],
    *,
    write: bool,
) -> None:
    console.show(problems)
    if any(problem.is_error for problem in problems):
        wanted.tell(f"{console.count(problems)}. {_nothing(written)}")
        raise SystemExit(_status(problems))
    done = "written: {path}" if write else "would be written: {path}"
    for file in plan.files:
        wanted.tell(console.said(done, path=file.path))
    words = {"count": len(plan.files), "same": len(plan.same)}
    if not plan.files:
        line = "Nothing is new ({same} there already). Nothing was written."
    elif write:
        line = "{count} files written ({same} there already). `aigaq check` looks again."
    else:
        line = (
            "{count} files would be written ({same} there already). Nothing was written yet:"
            " run the command once more with --write."
        )
    wanted.tell(console.said(line, **words))


def _nothing(written: Sequence[str]) -> str:
    if written:
        return console.said("{count} files were written.", count=len(written))
    return console.said("Nothing was written.")


def _status(problems: Sequence[Diagnostic]) -> int:
    from aigaq.desk.importing import workbooks  # noqa: PLC0415

    missing = any(problem.code == workbooks.NO_OPENPYXL.code for problem in problems)
    return console.Exit.USAGE if missing else console.Exit.CONTENT


@click.command()
@console.common
@click.argument("form", type=click.Choice(FORMS))
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
def export(wanted: console.Wanted, *, form: str, folder: Path) -> None:
    """Write what is published as tables into the new folder DIR.

    `aigaq import DIR` makes the same records of them again. Drafts, and whatever readers do
    not get, are in no table.
    """
    from aigaq.desk import exporting  # noqa: PLC0415

    with console.progress(wanted) as step:
        rows, problems = exporting.export(wanted.root, folder.absolute(), form, step=step)
    console.show(problems)
    if not rows:
        wanted.tell(f"{console.count(problems)}. Nothing was written.")
        leaked = any(problem.code == exporting.LEAK.code for problem in problems)
        raise SystemExit(console.Exit.LEAK if leaked else _status(problems))
    for name, count in rows.items():
        wanted.tell(f"{name}: {count} row{'s' * (count != 1)}")
    wanted.tell(f"Written into {console.shown(folder.absolute())}/.")
