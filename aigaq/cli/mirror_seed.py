"""`aigaq mirror seed`: a copy is offered to others by BitTorrent."""

from __future__ import annotations

import functools
import socket
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from aigaq.cli import console, trusting

if TYPE_CHECKING:
    from collections.abc import Callable

    from aigaq.mirror.verification import Trust

_EVERYWHERE = "0.0.0.0:6881,[::]:6881"


def _peers(
    _: click.Context, __: click.Parameter, values: tuple[str, ...]
) -> tuple[tuple[str, int], ...]:
    return tuple(_peer(value) for value in values)


def _peer(value: str) -> tuple[str, int]:
    host, _, port = value.rpartition(":")
    if not host or not port.isdecimal() or not 0 < int(port) < 1 << 16:
        raise click.BadParameter(f"{value} is no address; write it like 192.0.2.7:6881")
    try:
        found = socket.getaddrinfo(host.strip("[]"), int(port), type=socket.SOCK_STREAM)
    except OSError:
        raise click.BadParameter(f"nobody knows where {host} is") from None
    return str(found[0][4][0]), int(port)


_whom = (
    click.option(
        "--peer",
        "peers",
        multiple=True,
        callback=_peers,
        metavar="HOST:PORT",
        help="By BitTorrent: somebody who has it. May be given several times.",
    ),
    click.option(
        "--find-peers",
        is_flag=True,
        help="By BitTorrent: ask the public network for others; it learns your address.",
    ),
)


def reaching(command: Callable[..., None]) -> Callable[..., None]:
    """Gives a command `reach`: whom BitTorrent speaks to. To stand below the others."""

    @functools.wraps(command)
    def run(
        *given: Any, peers: tuple[tuple[str, int], ...], find_peers: bool, **options: Any
    ) -> None:
        from aigaq.mirror.carriage import swarm  # noqa: PLC0415

        command(*given, reach=swarm.Reach(peers=peers, find=find_peers), **options)

    for option in reversed(_whom):
        run = option(run)
    return run


_where = click.option(
    "--listen",
    default=_EVERYWHERE,
    metavar="ADDRESS:PORT",
    help="Where peers reach you. Default: every address of this computer, port 6881.",
)
_until = click.option(
    "--until-copies",
    "copies",
    type=click.IntRange(1),
    metavar="N",
    help="Stop when N peers have said that they have all of it. Default: never.",
)


@click.command()
@console.anywhere
@click.argument(
    "folder", type=click.Path(path_type=Path, exists=True, file_okay=False), metavar="DIR"
)
@trusting.trusting
@_where
@reaching
@_until
def seed(  # noqa: PLR0913 - an argument for each option
    wanted: console.Wanted,
    *,
    folder: Path,
    trust: Trust,
    pinned: Path,
    listen: str,
    reach: Any,
    copies: int | None,
) -> None:
    """Offer a verified copy to others by BitTorrent, until you stop it with Ctrl-C.

    When the copy is brought up to date, it is verified again and offered as it is then.
    """
    from aigaq.mirror import payload, seeding, torrent_file  # noqa: PLC0415

    torrent_file.library()
    reach = replace(reach, listen=listen)
    telling = _Telling(wanted)
    try:
        while True:
            trust = _verified(folder, trust, pinned)
            wanted.tell(f"{folder} is verified and offered.")
            if seeding.seed(
                payload.of(folder.absolute()), reach, copies=copies, told=telling.told
            ):
                wanted.tell(f"{copies} others have all of it.")
                return
            wanted.tell("The copy is another one now.")
    except KeyboardInterrupt:
        wanted.tell("Not offered any more.")


def _verified(folder: Path, trust: Trust, pinned: Path) -> Trust:
    """The trust to go on with; leaves the program where the copy is not good.

    A copy that is only stale is offered: who fetches it sees that, and there may be no newer.
    """
    from aigaq.mirror import memory, sources, verification  # noqa: PLC0415

    verdict = verification.of(sources.Folder(folder), replace(trust, now=trusting.now()))
    trusting.show(verdict.problems)
    if verdict.seen:
        memory.write(trusting.memory_of(pinned), verdict.seen)
    errors = {problem.code for problem in verdict.problems if problem.is_error}
    if errors - {memory.STALE.code}:
        raise SystemExit(verdict.status)
    return replace(trust, seen=verdict.seen or trust.seen)


class _Telling:
    """Says where it listens, and how many are here, whenever that changes."""

    def __init__(self, wanted: console.Wanted) -> None:
        self._wanted = wanted
        self._last: tuple[int, int, int] | None = None

    def told(self, port: int, peers: int, whole: int) -> None:
        if (port, peers, whole) != self._last and port:
            self._last = port, peers, whole
            self._wanted.tell(f"Port {port}: {peers} peers, {whole} have had all of it.")
