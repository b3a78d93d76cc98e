"""The command that makes a folder a mirror, and keeps it one."""

from __future__ import annotations

import contextlib
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from aigaq.cli import console, mirror_seed, mirror_source, trusting

if TYPE_CHECKING:
    from aigaq.mirror.carriage import Carrier
    from aigaq.mirror.carriage.swarm import Reach
    from aigaq.mirror.following import Outcome
    from aigaq.mirror.verification import Trust


@click.command()
@console.anywhere
@click.argument("places", nargs=-1, required=True, metavar="SOURCE...")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), metavar="DIR")
@trusting.trusting
@click.option("--pin", is_flag=True, help="Take over a new list that your signers have signed.")
@click.option(
    "--sources", is_flag=True, help="Keep source.git in DIR, too: the sources that were signed."
)
@mirror_seed.reaching
def follow(  # noqa: PLR0913 - an argument for each option
    wanted: console.Wanted,
    *,
    places: tuple[str, ...],
    folder: Path,
    trust: Trust,
    pinned: Path,
    pin: bool,
    sources: bool,
    reach: Reach,
) -> None:
    """Make DIR a copy of the newest good release that the sources have, or keep it one.

    Only what has changed is fetched, from any of them; nothing unverified is ever served. Says
    nothing where nothing has changed and all is well.
    """
    from aigaq.mirror import following, keeping, memory  # noqa: PLC0415

    with contextlib.ExitStack() as stack:
        carriers = [_carrier(stack, place, reach) for place in dict.fromkeys(places)]
        with console.progress(_watched(wanted)) as step:
            outcome = following.follow(carriers, folder, trust, step=step)
    trusting.show(outcome.problems)
    if outcome.seen and outcome.seen != trust.seen:
        memory.write(trusting.memory_of(pinned), outcome.seen)
    if outcome.changed:
        wanted.tell(_told(outcome))
    if sources and outcome.release:
        trusting.show(keeping.keep(places, folder.absolute(), outcome.release))
    if pin and outcome.signers:
        memory.replace(pinned, outcome.signers)
        wanted.tell(f"{pinned} is the new list of signers now.")
    if outcome.status:
        raise SystemExit(outcome.status)


def _watched(wanted: console.Wanted) -> console.Wanted:
    """Not in the mail of a timer, which is to hold what went wrong, and nothing else."""
    return replace(wanted, quiet=wanted.quiet or not sys.stderr.isatty())


def _carrier(stack: contextlib.ExitStack, place: str, reach: Reach) -> Carrier:
    """What goes to a place, closed in the end."""
    from aigaq.mirror import carriage  # noqa: PLC0415

    carrier = carriage.of(place, reach=reach, build=mirror_source.build())
    stack.callback(carrier.close)
    return carrier


def _told(outcome: Outcome) -> str:
    release = outcome.release
    assert release is not None
    routes = [f"{count:,} bytes from {name}" for name, count in outcome.received.items()]
    done = f"{outcome.fetched:,} fetched, {outcome.removed:,} removed"
    return (
        f"Release {release.seq} of {release.site}, {release.date}, {release.files:,} files:"
        f" {done}; {', '.join(routes) or 'nothing had to come'}."
    )
