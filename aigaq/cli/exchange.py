"""The commands that take in what others wrote, and give out tables: import and export."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from aigaq.cli import console

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aigaq.desk.importing.planned import Plan
    from aigaq.words.diagnostics import Diagnostic

FORMS = ("csv", "xlsx")
SOURCES = (*FORMS, "wordpress", "page", "markdown")
RIGHTS = ("own", "permission", "open-licence", "public-domain", "author-released")
_HERE = click.Path(path_type=Path, exists=True)


@click.command("import")
@console.common
@click.argument("files", nargs=-1, required=True, type=_HERE)
@click.option(
    "--as", "form", type=click.Choice(SOURCES), help="What it is. Default: as it looks."
)
@click.option("--kind", default="", help="What the rows of a table are, such as people.")
@click.option("--lang", default="", help="The language of texts that do not say it.")
@click.option(
    "--rights",
    type=click.Choice(RIGHTS),
    help="What allows their words to be here. Default: unclear, and they stay outside.",
)
@click.option("--write", is_flag=True, help="Write the files; without it they are only told.")
def import_(  # noqa: PLR0913 - an argument for each option
    wanted: console.Wanted,
    *,
    files: tuple[Path, ...],
    form: str | None,
    kind: str,
    lang: str,
    rights: str | None,
    write: bool,
) -> None:
    """Make files of the archive from tables, exports and saved pages of others.

    CSV or XLSX, a row for each record; an export of WordPress; a saved web page; a folder of
    Hugo or Jekyll. Nothing is written without --write, nothing if anything is wrong, and no
    file that is there is ever changed.
    """
    from aigaq.desk import importing  # noqa: PLC0415
    from aigaq.desk.importing import articles  # noqa: PLC0415

    said = articles.Wanted(lang=lang, rights=rights or "")
    request = importing.Request(files, form or "", kind, said, write)
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
    for file in plan.files:
        wanted.tell(f"{'written' if write else 'would be written'}: {file.path}")
    same = f"{len(plan.same)} there already, as they would be written"
    if not plan.files:
        wanted.tell(f"Nothing is new ({same}). Nothing was written.")
    elif write:
        wanted.tell(f"{len(plan.files)} files written ({same}). `aigaq check` looks again.")
    else:
        wanted.tell(
            f"{len(plan.files)} files would be written ({same}). Nothing was written yet: run"
            " the command once more with --write."
        )


def _nothing(written: Sequence[str]) -> str:
    return f"{len(written)} files were written." if written else "Nothing was written."


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
