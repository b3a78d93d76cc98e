"""The commands for copies: pack and sign a release, and verify any copy of it."""

from __future__ import annotations

import datetime
import functools
import random
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from aigaq.cli import console

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from aigaq.mirror.verification import Trust, Verdict
    from aigaq.words.diagnostics import Diagnostic

_SHOWN = 50  # problems of one copy: a copy of another site has as many as it has files


@click.group()
def mirror() -> None:
    """Make releases that anyone can copy, and check copies.

    Status 0: good; 1: altered; 2: stale or rolled back; 3: not reached; 4: used wrongly.
    """


@mirror.command()
@console.common
@click.argument(
    "folder", required=False, type=click.Path(path_type=Path, file_okay=False), metavar="[DIR]"
)
@click.option("--renew", is_flag=True, help="A new release though nothing has changed.")
@console.names_option
def pack(
    wanted: console.Wanted, *, folder: Path | None, renew: bool, names: Path | None
) -> None:
    """Build the site from the last commit into DIR, and make it a release to be signed.

    DIR is public/ unless you name another. The release is noted in releases/, to be committed.
    """
    from aigaq import pipeline  # noqa: PLC0415
    from aigaq.mirror import packing, planning  # noqa: PLC0415

    target = (folder or wanted.root / "public").absolute()
    plan, problems = planning.planned(wanted.root, target, renew=renew)
    console.show(problems)
    if plan is None:
        raise SystemExit(console.Exit.CONTENT)
    # To name the day is to let the site go back to it, which only an old release may.
    options = pipeline.Options(date=plan.date if plan.again else None, names=names, whole=True)
    with console.progress(wanted) as step:
        report = pipeline.build(wanted.root, target, options=options, step=step)
    console.show(report.problems)
    if report.status:
        wanted.tell(f"{console.count(report.problems)}. Nothing was packed.")
        raise SystemExit(report.status)
    archive = report.archive
    assert archive is not None, "a whole build has one"
    site = packing.Site(
        address=archive.site.address,
        mirrors=archive.site.mirrors,
        published={*archive.texts, *archive.people, *archive.redirects},
    )
    release, problems = packing.pack(wanted.root, target, plan, site)
    console.show(problems)
    if release is None:
        raise SystemExit(console.Exit.CONTENT)
    console.show(packing.soon_stale(release, _now().date()))
    state = "again: nothing has changed since" if plan.again else "to be signed"
    wanted.tell(f"Release {release.seq}, {release.files} files, {state}.")
    wanted.tell("Sign it with `aigaq mirror sign`, and commit releases/.")


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
        folder.absolute(), key.absolute(), noted=noted if noted.is_dir() else None, now=_now()
    )
    _show(problems)
    if not name:
        raise SystemExit(_status_of(problems))
    wanted.tell(f"{folder / name} is your signature.")


_what_counts = (
    click.option(
        "--signers",
        required=True,
        type=click.Path(path_type=Path, exists=True, dir_okay=False),
        help="Your own list of who may sign; what you saw last is kept beside it.",
    ),
    click.option(
        "--threshold",
        type=click.IntRange(1),
        default=1,
        show_default=True,
        help="How many of them must have signed.",
    ),
    click.option(
        "--revoked",
        type=click.Path(path_type=Path, exists=True, dir_okay=False),
        help="Keys that do not count any more: a list of public keys, or a KRL.",
    ),
)


def trusting(command: Callable[..., None]) -> Callable[..., None]:
    """Gives a command `trust` for what the person who checks brings along, and `pinned`."""

    @functools.wraps(command)
    def run(
        wanted: console.Wanted,
        *,
        signers: Path,
        threshold: int,
        revoked: Path | None,
        **options: Any,
    ) -> None:
        trust = _trust(signers, threshold, revoked)
        command(wanted, trust=trust, pinned=signers, **options)

    for option in reversed(_what_counts):
        run = option(run)
    return run


@mirror.command()
@console.anywhere
@click.argument("where", metavar="DIR")
@trusting
@click.option("--page", metavar="PATH", help="Read only this file of the copy.")
@click.option("--sample", type=click.IntRange(1), metavar="N", help="Read N files, by lot.")
@click.option("--pin", is_flag=True, help="Take over a new list that your signers have signed.")
def verify(  # noqa: PLR0913 - an argument for each option
    wanted: console.Wanted,
    *,
    where: str,
    trust: Trust,
    pinned: Path,
    page: str | None,
    sample: int | None,
    pin: bool,
) -> None:
    """Check that a copy is what its signers released, and not an old one."""
    from aigaq.mirror import memory, sources, verification  # noqa: PLC0415

    if page and sample:
        raise click.UsageError("--page and --sample do not go together")
    source = sources.Folder(Path(where))
    verdict = verification.of(source, trust, chosen=_chosen(page, sample))
    _show(verdict.problems)
    if verdict.seen:
        memory.write(_memory(pinned), verdict.seen)
    if verdict.status:
        raise SystemExit(verdict.status)
    if pin and verdict.signers:
        memory.replace(pinned, verdict.signers)
        wanted.tell(f"{pinned} is the new list of signers now.")
    for line in _told(verdict, trust):
        wanted.tell(line)


def _trust(path: Path, threshold: int, revoked: Path | None) -> Trust:
    from aigaq.mirror import memory, signers, verification  # noqa: PLC0415
    from aigaq.output import refusal  # noqa: PLC0415

    pinned = path.read_bytes()
    known, problems = signers.read(pinned, str(path))
    if problems:
        raise refusal.Refused(*problems)
    people = len({signer.name for signer in known})
    if people < threshold:
        raise click.UsageError(
            f"{path} names {people} signers: --threshold {threshold} could never be reached"
        )
    return verification.Trust(
        pinned=pinned,
        known=known,
        threshold=threshold,
        now=_now(),
        revoked=revoked,
        seen=memory.read(_memory(path)),
    )


def _memory(signers: Path) -> Path:
    return signers.with_name(f"{signers.name}.seen")


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


def _show(problems: Sequence[Diagnostic]) -> None:
    console.show(problems[:_SHOWN])
    if len(problems) > _SHOWN:
        click.echo(f"… and {len(problems) - _SHOWN} more.")


def _status_of(problems: Sequence[Diagnostic]) -> int:
    """1 for a folder that is not what it says, 2 for an old one, 4 for a wrong key."""
    from aigaq.mirror import memory, signing  # noqa: PLC0415

    codes = {problem.code for problem in problems}
    if codes <= {*memory.OLD, signing.NOT_LATER.code, signing.ANOTHER.code}:
        return console.Exit.LEAK
    return console.Exit.USAGE if signing.CANNOT_SIGN.code in codes else console.Exit.CONTENT


def _now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC)
