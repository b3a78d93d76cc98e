"""What the commands that check copies share: whom the checker trusts, and how it is told."""

from __future__ import annotations

import datetime
import functools
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from aigaq.cli import console

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from aigaq.mirror.verification import Trust
    from aigaq.words.diagnostics import Diagnostic

_SHOWN = 50  # problems of one copy: a copy of another site has as many as it has files


def _what_counts(*, is_needed: bool) -> tuple[Callable[..., Any], ...]:
    return (
        click.option(
            "--signers",
            required=is_needed,
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


def trusting(command: Callable[..., None], *, is_needed: bool = True) -> Callable[..., None]:
    """Gives a command `trust` for what the person who checks brings along, and `pinned`.

    To stand below `console.anywhere`. Both are None where a list is not needed and none named.
    """

    @functools.wraps(command)
    def run(
        wanted: console.Wanted,
        *,
        signers: Path | None,
        threshold: int,
        revoked: Path | None,
        **options: Any,
    ) -> None:
        trust = trust_of(signers, threshold, revoked) if signers else None
        command(wanted, trust=trust, pinned=signers, **options)

    for option in reversed(_what_counts(is_needed=is_needed)):
        run = option(run)
    return run


def trust_of(path: Path, threshold: int, revoked: Path | None) -> Trust:
    """As the options say; raises `Refused` for a list that cannot be used."""
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
        now=now(),
        revoked=revoked,
        seen=memory.read(memory_of(path)),
    )


def memory_of(signers: Path) -> Path:
    """Where it is kept what the owner of this list has seen."""
    return signers.with_name(f"{signers.name}.seen")


def show(problems: Sequence[Diagnostic]) -> None:
    """As `console.show`, and no more than a person reads."""
    console.show(problems[:_SHOWN])
    if len(problems) > _SHOWN:
        click.echo(f"… and {len(problems) - _SHOWN} more.")


def now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC)
