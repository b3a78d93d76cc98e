"""How files of a copy come here: one carrier for each kind of place, none of them believed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from aigaq.mirror import sources
from aigaq.output import refusal
from aigaq.words.diagnostics import Problem, Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aigaq.mirror.carriage.swarm import Reach
    from aigaq.mirror.rebuilding import Build

NOT_A_PLACE = Problem(
    "A072",
    "this is no place that a copy can be fetched from: {place}",
    "Name a folder, https://…, rsync://host/module, host::module, a repository that ends in"
    " .git, a .torrent file or a magnet link.",
)

_TORRENT = re.compile(r"magnet:\?.*|(?:https?://)?[^?#]+\.torrent", re.IGNORECASE)
_GIT = re.compile(r"git\+https?://.*|git://.*|[^?#]+\.git/?")
_WEB = re.compile(r"https?://.*", re.IGNORECASE)
_RSYNC = re.compile(r"rsync://.*|(?:[^/:@]+@)?(?:[^/:@]+|\[[0-9A-Fa-f:.]+\])::.*")
# What looks like an address, and not like a folder: `ftp://…`, `user@host:folder`.
_OTHER = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://.*|(?:[^/:]+@)?[^/:]+:.*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What a stranger's server may cost. All times are in seconds, sizes in bytes.

    An answer may take `stall` and what its bytes take at `slowest` (bytes a second); all that
    one carrier does together may take `whole`.
    """

    largest: int = 1 << 30  # of one file
    stall: float = 30.0
    slowest: float = 1024.0
    whole: float = 24 * 3600.0


LIMITS = Limits()


class Carrier(sources.Source, Protocol):
    """A copy that many files can be fetched from at once."""

    def bring(self, paths: Sequence[str], into: Path) -> None:
        """Fetches these safe paths below the folder `into`, each there only when it is whole.

        What the copy does not have is left out. Raises `NotPossibleNow` where it stops to
        answer: what is whole by then stays. No byte of it is believed.
        """

    def close(self) -> None:
        """Ends connections and processes; what was brought stays."""


@runtime_checkable
class Counting(Protocol):
    """A carrier that knows how much has come, with all that the files were wrapped in."""

    @property
    def received(self) -> int:
        """Bytes since it was made."""


@runtime_checkable
class Sparing(Protocol):
    """A carrier that can do with the differences to an older copy."""

    def spare(self, older: Path) -> None:
        """Where that lies, if it is there."""


def of(
    place: str,
    *,
    limits: Limits = LIMITS,
    reach: Reach | None = None,
    build: Build | None = None,
) -> Carrier:
    """The carrier for a place as a person wrote it; nothing is asked of it yet.

    `reach` is whom BitTorrent may speak to besides the web servers that a torrent names;
    `build` makes the files of a release that comes as its sources, by git.
    Raises `Refused` for what is no place, or where the tool for it is missing.
    """
    if _TORRENT.fullmatch(place):
        from aigaq.mirror.carriage import swarm, torrent  # noqa: PLC0415

        return torrent.Torrent(place, limits=limits, reach=reach or swarm.QUIET)
    if is_repository(place):
        from aigaq.mirror.carriage import git  # noqa: PLC0415

        return git.Git(place, limits=limits, build=build)
    if _WEB.fullmatch(place):
        from aigaq.mirror.carriage import web  # noqa: PLC0415

        return web.Web(place, limits=limits)
    if _RSYNC.fullmatch(place):
        from aigaq.mirror.carriage import rsync  # noqa: PLC0415

        return rsync.Rsync(place, limits=limits)
    if not place or (_OTHER.fullmatch(place) and not Path(place).exists()):
        raise not_a_place(place)
    from aigaq.mirror.carriage import disk  # noqa: PLC0415

    return disk.Disk(Path(place))


def is_repository(place: str) -> bool:
    """Whether a place looks like a repository, of which a release is made by building it."""
    return _GIT.fullmatch(place) is not None


def is_web(place: str) -> bool:
    """Whether a place is a copy on a web server, as readers see it."""
    others = _TORRENT.fullmatch(place) or is_repository(place)
    return not others and _WEB.fullmatch(place) is not None


def not_a_place(place: str) -> refusal.Refused:
    """The refusal for an address of a form that nobody here can use."""
    plain = sources.shown(place)
    return refusal.Refused(NOT_A_PLACE.at(Span(plain or "."), place=plain or "nothing"))
