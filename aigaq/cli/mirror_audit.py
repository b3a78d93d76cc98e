"""The commands for copies that are out: read one that is carried, and look after mirrors."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import TYPE_CHECKING

import click

from aigaq.cli import console, trusting

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from aigaq.mirror.mirror_list import Mirror
    from aigaq.mirror.verification import Trust

FORMATS = ("text", "json", "markdown")


@click.command()
@console.anywhere
@click.argument(
    "folder", type=click.Path(path_type=Path, exists=True, file_okay=False), metavar="DIR"
)
@functools.partial(trusting.trusting, is_needed=False)
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8000,
    show_default=True,
    help="Where the browser finds the copy; 0 takes any free port.",
)
@click.option("--open", "browser", is_flag=True, help="Open the copy in the browser.")
def serve(
    wanted: console.Wanted,
    *,
    folder: Path,
    trust: Trust | None,
    pinned: Path | None,
    port: int,
    browser: bool,
) -> None:
    """Read a copy from a disk or a stick in your browser, with its search.

    Only this computer can see it. With --signers the copy is checked first, and one that is
    not good is not served.
    """
    from aigaq.desk import copies  # noqa: PLC0415
    from aigaq.words.diagnostics import Span  # noqa: PLC0415

    if trust is None or pinned is None:
        console.show([copies.UNCHECKED.at(Span(str(folder)))])
    else:
        _check(wanted, folder, trust, pinned)
    problems = copies.run(folder, port=port, browser=browser, say=wanted.say)
    console.show(problems)
    if problems:
        raise SystemExit(console.Exit.NOT_NOW)


def _check(wanted: console.Wanted, folder: Path, trust: Trust, pinned: Path) -> None:
    """Ends the command for a copy that is altered, or older than one that was seen."""
    from aigaq.mirror import memory, sources, verification  # noqa: PLC0415

    verdict = verification.of(sources.Folder(folder), trust)
    trusting.show(verdict.problems)
    if verdict.seen:
        memory.write(trusting.memory_of(pinned), verdict.seen)
    errors = {problem.code for problem in verdict.problems if problem.is_error}
    if errors - {memory.STALE.code}:  # who has a stick may have nothing newer
        raise SystemExit(verdict.status)
    release = verdict.release
    assert release is not None
    wanted.say(f"Checked: release {release.seq} of {release.site}, {release.date}.")


_how = (
    click.option(
        "--sample",
        type=click.IntRange(1),
        metavar="N",
        default=20,
        show_default=True,
        help="Read N files of each mirror, by lot.",
    ),
    click.option(
        "--timeout",
        type=click.IntRange(1),
        metavar="SECONDS",
        default=120,
        show_default=True,
        help="How long one mirror may take.",
    ),
    click.option(
        "--format",
        "form",
        type=click.Choice(FORMATS),
        default="text",
        help="How the report is written.",
    ),
)


def _asking(command: Callable[..., None]) -> Callable[..., None]:
    for option in reversed(_how):
        command = option(command)
    return command


@click.command()
@console.anywhere
@click.argument(
    "mirrors", type=click.Path(path_type=Path, exists=True, dir_okay=False), metavar="MIRRORS"
)
@trusting.trusting
@_asking
def audit(
    wanted: console.Wanted,
    *,
    mirrors: Path,
    trust: Trust,
    pinned: Path,
    form: str,
    **asked: int,
) -> None:
    """Ask the mirrors of a list what they show, and tell which are altered or behind.

    MIRRORS is a list as in releases/MIRRORS. Nothing is changed anywhere.
    """
    from aigaq.mirror import audit as auditing  # noqa: PLC0415
    from aigaq.mirror import audit_report, memory  # noqa: PLC0415
    from aigaq.mirror.carriage import Limits  # noqa: PLC0415

    limits = Limits(stall=min(20.0, asked["timeout"]), whole=float(asked["timeout"]))
    with console.progress(wanted) as step:
        made = auditing.of(
            _listed(mirrors), trust, sample=asked["sample"], limits=limits, say=step
        )
    click.echo(audit_report.FORMS[form](made), nl=False)
    for place in auditing.keep_proofs(made, pinned.with_name(f"{pinned.name}.forks")):
        click.echo(f"Kept: {place}", err=True)
    if made.seen:
        memory.write(trusting.memory_of(pinned), made.seen)
    if made.status:
        raise SystemExit(made.status)


def _listed(path: Path) -> Sequence[Mirror]:
    from aigaq.mirror import mirror_list  # noqa: PLC0415

    listed, problems = mirror_list.read(path.read_bytes(), str(path))
    if problems or not listed:
        console.show(problems)
        raise click.UsageError(f"{path} names no mirrors that can be asked")
    return listed
