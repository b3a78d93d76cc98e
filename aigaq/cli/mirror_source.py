"""What `mirror pack --source` and `mirror verify --rebuild` add: builds of exported sources."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from aigaq.cli import console, trusting

if TYPE_CHECKING:
    import datetime
    from collections.abc import Callable, Sequence

    from aigaq.mirror.exporting import Export
    from aigaq.mirror.planning import Plan
    from aigaq.mirror.rebuilding import Build
    from aigaq.mirror.statement import Release
    from aigaq.mirror.verification import Verdict
    from aigaq.pipeline import Report
    from aigaq.words.diagnostics import Diagnostic


@dataclass
class Sources:
    """Whether the sources of a release go with it, and what was made of them."""

    wanted: bool
    forget: bool
    made: Export | None = None

    def prove(self, wanted: console.Wanted, report: Report, target: Path, plan: Plan) -> str:
        """Their digest, once it was seen that they give the release; empty without sources.

        A release that was signed with its sources keeps them. Ends the command on an error.
        """
        from aigaq.mirror import exporting  # noqa: PLC0415
        from aigaq.mirror.export import whole  # noqa: PLC0415

        with_it = plan.again and plan.last is not None and plan.last.source
        if not (self.wanted or self.forget or with_it):
            return ""
        assert report.archive is not None
        assert report.watch is not None
        material = whole.Material(report.archive, target, report.pictures)
        with console.progress(wanted) as step:
            step("building the site from its exported sources")
            self.made, problems = exporting.proven(
                wanted.root, material, report.watch, plan, build(step)
            )
        trusting.show(problems)
        if self.made is None:
            leaked = any(problem.code == exporting.LEAK.code for problem in problems)
            raise SystemExit(console.Exit.LEAK if leaked else console.Exit.CONTENT)
        return self.made.digest

    def write(self, root: Path, target: Path, release: Release, plan: Plan) -> None:
        from aigaq.mirror import exporting  # noqa: PLC0415

        if self.made:
            trusting.show(
                exporting.write(root, target, release, plan, self.made, forget=self.forget)
            )


def sources(command: Callable[..., None]) -> Callable[..., None]:
    """Gives a command `sources` for the options of this module. To stand below the others."""

    @functools.wraps(command)
    def run(*given: Any, source: bool, forget: bool, **options: Any) -> None:
        command(*given, sources=Sources(source, forget), **options)

    for option in (
        click.option(
            "--forget", is_flag=True, help="Begin source.git anew, without earlier releases."
        ),
        click.option(
            "--source",
            is_flag=True,
            help="Add source.git: the sources of what is published, of which anybody can build"
            " the same release.",
        ),
    ):
        run = option(run)
    return run


@dataclass(frozen=True, slots=True)
class Rebuild:
    """That a good copy is to be built from its sources, and where those are, if not in it."""

    source: str

    def run(self, wanted: console.Wanted, where: str, verdict: Verdict) -> None:
        """Ends the command where the build has other bytes."""
        from aigaq.mirror import carriage, rebuilding  # noqa: PLC0415
        from aigaq.mirror.export import history  # noqa: PLC0415

        assert verdict.release is not None
        own = "" if carriage.is_repository(where) else f"/{history.FOLDER}"
        place = self.source or f"{where.rstrip('/')}{own}"
        with console.progress(wanted) as step:
            problems = rebuilding.rebuilt(verdict.release, verdict.digests, place, build(step))
        trusting.show(problems)
        if any(problem.is_error for problem in problems):
            raise SystemExit(console.Exit.CONTENT)
        wanted.tell("A build of the sources that were signed gives every file of the release.")


def rebuild_options(command: Callable[..., None]) -> Callable[..., None]:
    """Gives a command `rebuild`, if it was asked for. To stand above the other options."""

    @functools.wraps(command)
    def run(*given: Any, rebuild: bool, source: str, **options: Any) -> None:
        if source and not rebuild:
            raise click.UsageError("--source goes with --rebuild")
        command(*given, rebuild=Rebuild(source) if rebuild else None, **options)

    for option in (
        click.option(
            "--source",
            default="",
            metavar="GITURL",
            help="Where the sources are, if not in the copy's own source.git.",
        ),
        click.option(
            "--rebuild", is_flag=True, help="Build the release from its sources, and compare."
        ),
    ):
        run = option(run)
    return run


def build(step: Callable[[str], None] = lambda _: None) -> Build:
    """The build that `aigaq.mirror` is handed: whole, for one day, in a folder of its own."""

    def built(root: Path, target: Path, day: datetime.date) -> Sequence[Diagnostic]:
        from aigaq import pipeline  # noqa: PLC0415

        options = pipeline.Options(date=day, whole=True)
        return pipeline.build(root, target, options=options, step=step).problems

    return built
