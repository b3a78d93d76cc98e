"""The commands for copies: pack and sign a release, and verify any copy of it."""

from __future__ import annotations

import contextlib
import random
from pathlib import Path
from typing import TYPE_CHECKING

import click

from aigaq.cli import (
    console,
    mirror_audit,
    mirror_carry,
    mirror_follow,
    mirror_seed,
    mirror_source,
    trusting,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from aigaq.archive.public import PublicArchive
    from aigaq.mirror.planning import Plan
    from aigaq.mirror.verification import Trust, Verdict
    from aigaq.pipeline import Report
    from aigaq.words.diagnostics import Diagnostic


@click.group()
def mirror() -> None:
    """Make releases that anyone can copy, and check copies.

    Status 0: good; 1: altered; 2: stale or rolled back; 3: not reached; 4: used wrongly.
    """


for _command in (
    mirror_follow.follow,
    mirror_audit.audit,
    mirror_audit.serve,
    mirror_seed.seed,
):
    mirror.add_command(_command)


@mirror.command()
@console.common
@click.argument(
    "folder", required=False, type=click.Path(path_type=Path, file_okay=False), metavar="[DIR]"
)
@click.option("--renew", is_flag=True, help="A new release though nothing has changed.")
@console.names_option
@mirror_carry.forms
@mirror_source.sources
def pack(
    wanted: console.Wanted,
    *,
    folder: Path | None,
    renew: bool,
    names: Path | None,
    forms: mirror_carry.Forms,
    sources: mirror_source.Sources,
) -> None:
    """Build the site from the last commit into DIR, and make it a release to be signed.

    DIR is public/ unless you name another. The release is noted in releases/, to be committed.
    """
    from aigaq.mirror import packing  # noqa: PLC0415

    target = (folder or wanted.root / "public").absolute()
    plan = _planned(wanted, target, renew=renew)
    forms.check(wanted.root, again=plan.again)
    report, archive = _built(wanted, target, plan, names)
    site = packing.Site(
        address=archive.site.address,
        mirrors=archive.site.mirrors,
        published={*archive.texts, *archive.people, *archive.redirects},
        source=sources.prove(wanted, report, target, plan),
    )
    release, problems = packing.pack(wanted.root, target, plan, site)
    console.show(problems)
    if release is None:
        raise SystemExit(console.Exit.CONTENT)
    sources.write(wanted.root, target, release, plan)
    console.show(packing.soon_stale(release, trusting.now().date()))
    state = "again: nothing has changed since" if plan.again else "to be signed"
    wanted.tell(f"Release {release.seq}, {release.files} files, {state}.")
    forms.make(wanted, target, archive.site)
    wanted.tell("Sign it with `aigaq mirror sign`, and commit releases/.")


def _planned(wanted: console.Wanted, target: Path, *, renew: bool) -> Plan:
    """What is to be released; leaves the program where nothing can be."""
    from aigaq.mirror import planning  # noqa: PLC0415

    plan, problems = planning.planned(wanted.root, target, renew=renew)
    console.show(problems)
    if plan is None:
        raise SystemExit(console.Exit.CONTENT)
    return plan


def _built(
    wanted: console.Wanted, target: Path, plan: Plan, names: Path | None
) -> tuple[Report, PublicArchive]:
    """The whole site of a plan; leaves the program where that cannot be."""
    from aigaq import pipeline  # noqa: PLC0415

    # To name the day is to let the site go back to it, which only an old release may.
    options = pipeline.Options(date=plan.date if plan.again else None, names=names, whole=True)
    with console.progress(wanted) as step:
        report = pipeline.build(wanted.root, target, options=options, step=step)
    console.show(report.problems)
    if report.status:
        wanted.tell(f"{console.count(report.problems)}. Nothing was packed.")
        raise SystemExit(report.status)
    assert report.archive is not None, "a whole build has one"
    return report, report.archive


@mirror.command()
@console.anywhere
@click.argument(
    "folder",
    default=Path("public"),
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    metavar="[DIR]",
)
@click.option(
    "--key",
    required=True,
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Your private key; or the .pub of a key that an agent or a token holds.",
)
def sign(wanted: console.Wanted, *, folder: Path, key: Path) -> None:
    """Sign the release in DIR with your key, after looking through all its files.

    DIR is public/ unless you name another. Each signer does this once for each release.
    """
    from aigaq.mirror import signing  # noqa: PLC0415
    from aigaq.source import ledger  # noqa: PLC0415

    noted = (wanted.root / ledger.FOLDER).resolve()
    name, problems = signing.sign(
        folder.absolute(),
        key.absolute(),
        noted=noted if noted.is_dir() else None,
        now=trusting.now(),
    )
    trusting.show(problems)
    if not name:
        raise SystemExit(_status_of(problems))
    wanted.tell(f"{folder / name} is your signature.")


@mirror.command()
@console.anywhere
@click.argument("where", metavar="DIR|URL")
@trusting.trusting
@click.option("--page", metavar="PATH", help="Read only this file of the copy.")
@click.option("--sample", type=click.IntRange(1), metavar="N", help="Read N files, by lot.")
@mirror_source.rebuild_options
@click.option("--pin", is_flag=True, help="Take over a new list that your signers have signed.")
def verify(  # noqa: PLR0913 - an argument for each option
    wanted: console.Wanted,
    *,
    where: str,
    trust: Trust,
    pinned: Path,
    page: str | None,
    sample: int | None,
    rebuild: mirror_source.Rebuild | None,
    pin: bool,
) -> None:
    """Check that a copy is what its signers released, and not an old one."""
    from aigaq.mirror import carriage, memory, verification  # noqa: PLC0415

    if page and sample:
        raise click.UsageError("--page and --sample do not go together")
    with contextlib.closing(carriage.of(where, build=mirror_source.build())) as source:
        verdict = verification.of(source, trust, chosen=_chosen(page, sample))
    trusting.show(verdict.problems)
    if verdict.seen:
        memory.write(trusting.memory_of(pinned), verdict.seen)
    if verdict.status:
        raise SystemExit(verdict.status)
    if rebuild:
        rebuild.run(wanted, where, verdict)
    if pin and verdict.signers:
        memory.replace(pinned, verdict.signers)
        wanted.tell(f"{pinned} is the new list of signers now.")
    for line in _told(verdict, trust):
        wanted.tell(line)


def _chosen(
    page: str | None, sample: int | None
) -> Callable[[Sequence[str]], Sequence[str]] | None:
    if page:
        return lambda _: (page,)
    if sample:
        lots = random.SystemRandom()  # whom it is to convince must not know which
        return lambda paths: lots.sample(paths, min(sample, len(paths)))
    return None


def _told(verdict: Verdict, trust: Trust) -> list[str]:
    """What a good copy is, and what was not looked at."""
    release = verdict.release
    assert release is not None
    names = ", ".join(signer.name for signer in verdict.signed_by)
    people = len({signer.name for signer in trust.known})
    title = f"release {release.seq} of {release.site}, {release.date}"
    signed = f"{len(verdict.signed_by)} of your {people} signers"
    lines = [
        f"Good: {title}, {release.files} files.",
        f"Signed by {names}: {signed}, where you ask for {trust.threshold}.",
        f"The next release is promised by {release.next_by}.",
    ]
    if verdict.hashed < release.files:
        lines.append(
            f"Only {verdict.hashed} of {release.files} files were read: of the others,"
            " nothing is known."
        )
    if not verdict.listed:
        lines.append("Whether files were added cannot be seen from here.")
    if trust.seen is None:
        lines.append("This was your first check: whether there is a newer release, ask others.")
    return lines


def _status_of(problems: Sequence[Diagnostic]) -> int:
    """1 for a folder that is not what it says, 2 for an old one, 4 for a wrong key."""
    from aigaq.mirror import memory, signing  # noqa: PLC0415

    codes = {problem.code for problem in problems}
    if codes <= {*memory.OLD, signing.NOT_LATER.code, signing.ANOTHER.code}:
        return console.Exit.LEAK
    return console.Exit.USAGE if signing.CANNOT_SIGN.code in codes else console.Exit.CONTENT
