"""A verified copy is offered to peers, until it changes or enough others have all of it."""

from __future__ import annotations

import time
from contextlib import suppress
from typing import TYPE_CHECKING

from aigaq.mirror import manifest, memory, torrent_file
from aigaq.mirror.carriage import metainfo, swarm
from aigaq.mirror.carriage.copies import Copies
from aigaq.output import refusal
from aigaq.words.diagnostics import Problem, Span

if TYPE_CHECKING:
    from collections.abc import Callable

    from aigaq.mirror.payload import Payload

DEAF = Problem(
    "A096",
    "this computer does not let the program listen there",
    "Another program may have taken the port, a torrent client for one: name another with"
    " `--listen 0.0.0.0:6882`.",
)

_LOOK = 2.0  # seconds between two looks at the folder


def seed(
    payload: Payload,
    reach: swarm.Reach,
    *,
    copies: int | None,
    told: Callable[[int, int, int], None],
) -> bool:
    """Offers the release; `True` when `copies` peers have said that they have all of it.

    `False` as soon as the folder holds another release: this one is no longer what it says.
    `told` hears the port, how many peers are here, and how many have been seen whole.
    The torrent is made of the files, so that everybody who has them offers the same one, and
    is left in the folder for those who ask its web server. What peers say of themselves nobody
    can check.
    """
    made = torrent_file.made(payload)
    with suppress(refusal.NotPossibleNow):  # a folder that only others may write into
        memory.replace(payload.folder / torrent_file.NAME, made)
    known = metainfo.read(made, torrent_file.NAME)
    info = known.parameters.ti
    counted = Copies(
        info.num_pieces(), info.piece_length(), info.piece_size(info.num_pieces() - 1)
    )
    session = swarm.Swarm(known.parameters, payload.folder, reach, seeding=True)
    heads = _heads(payload)
    look = time.monotonic() + _LOOK
    try:
        while copies is None or len(counted.whole) < copies:
            alerts = session.wait()
            counted.see(session.peers(), alerts)
            told(session.port, counted.here, len(counted.whole))
            if time.monotonic() > look:
                look = time.monotonic() + _LOOK
                session.call()
                if not session.port:
                    raise refusal.Refused(DEAF.at(Span(reach.listen)))
                if _heads(payload) not in (heads, ()):
                    return False
        return True
    finally:
        session.leave()


def _heads(payload: Payload) -> tuple[bytes, ...]:
    """What is signed and by whom; nothing while the folder is exchanged."""
    heads = payload.paths[: payload.paths.index(manifest.LEDGER)]
    try:
        return tuple((payload.folder / path).read_bytes() for path in heads)
    except OSError:
        return ()
