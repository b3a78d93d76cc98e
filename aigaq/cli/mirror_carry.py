"""What `mirror pack` makes of a signed release besides: a torrent, a tar, a ZIM."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

from aigaq.cli import console

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from aigaq.archive.public import Site
    from aigaq.mirror.zim import Shelf

_forms = (
    click.option(
        "--torrent",
        is_flag=True,
        help="Of a signed release: add site.torrent, without trackers.",
    ),
    click.option(
        "--tar",
        is_flag=True,
        help="Of a signed release: SITE-SEQ.tar beside DIR, reproducible.",
    ),
    click.option(
        "--zim", is_flag=True, help="Of a signed release: SITE-SEQ.zim beside DIR, for Kiwix."
    ),
)


@dataclass(frozen=True, slots=True)
class Forms:
    """In which forms the release is to be carried out besides."""

    torrent: bool
    tar: bool
    zim: bool

    def check(self, root: Path, *, again: bool) -> None:
        """Raises `Refused` before anything is built where it could not be done.

        A release that is made for the first time has no signature.
        """
        from aigaq.mirror import payload, torrent_file, zim  # noqa: PLC0415
        from aigaq.output import refusal  # noqa: PLC0415
        from aigaq.source import ledger  # noqa: PLC0415
        from aigaq.words.diagnostics import Span  # noqa: PLC0415

        if not (self.torrent or self.tar or self.zim):
            return
        if not again or not any((root / ledger.FOLDER).glob("RELEASE.sig*")):
            raise refusal.Refused(payload.UNSIGNED.at(Span(ledger.FOLDER)))
        if self.torrent:
            torrent_file.library()
        if self.zim:
            zim.tool()

    def make(self, wanted: console.Wanted, folder: Path, site: Site) -> None:
        """Makes them of the release in `folder`, and tells where they are."""
        if not (self.torrent or self.tar or self.zim):
            return
        from aigaq.mirror import payload, tarball, torrent_file, zim  # noqa: PLC0415

        carried = payload.of(folder)
        if self.torrent:
            wanted.tell(
                f"{console.shown(torrent_file.write(carried))}, to be published with it."
            )
        if self.tar:
            place, digest = tarball.write(carried)
            wanted.tell(f"{digest}  {console.shown(place)}")
        if self.zim:
            place = zim.write(carried, _shelf(site))
            wanted.tell(f"{console.shown(place)}, for Kiwix.")
            wanted.tell("No two ZIM files of a release are alike, so nobody can verify one.")


def forms(command: Callable[..., None]) -> Callable[..., None]:
    """Gives a command `forms` for the options of this module. To stand below the others."""

    @functools.wraps(command)
    def run(*given: Any, torrent: bool, tar: bool, zim: bool, **options: Any) -> None:
        command(*given, forms=Forms(torrent, tar, zim), **options)

    for option in reversed(_forms):
        run = option(run)
    return run


def _shelf(site: Site) -> Shelf:
    from aigaq.mirror import zim  # noqa: PLC0415

    return zim.Shelf(
        title=site.title.best(site.languages)[1],
        description=site.description.best(site.languages)[1],
        publisher=site.publisher.best(site.languages)[1],
        languages=site.languages,
    )
