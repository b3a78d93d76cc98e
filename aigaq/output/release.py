"""Bytes → a release folder: the new site is whole before it takes the old one's place.

Law: whatever happens on the way (an error, a full disk, kill -9), readers see the old site or
the new one, never a mixture, and the next run needs no help.
"""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aigaq.output import cache, exchange, lock, paths, refusal, targets
from aigaq.output.folder import NewFolder
from aigaq.words.diagnostics import Problem, Severity, Span

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterable, Iterator, Mapping
    from contextlib import AbstractContextManager
    from pathlib import Path

    from aigaq.output.folder import Placed, Placer, Trace
    from aigaq.pages.page import Artifact
    from aigaq.words.diagnostics import Diagnostic

OLD_REMAINS = Problem(
    "X021",
    "the new site is in place, but the old one could not be removed and lies beside it",
    'Remove the folders whose names start with ".{name}.aigaq-" by hand.',
    Severity.WARNING,
)

GOES_BACKWARDS = Problem(
    "X022",
    "the site that is here was built for {there}, and this build is for {here}: nothing was"
    " written, for what has been hidden since could be seen again",
    "Fetch the newest commits, for the build date is that of the last one. If an older site is"
    " what you want, name its day with --date.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a build changed on disk: paths relative to the site, sorted, without our marker."""

    written: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()


class Release:
    """A site that is being filled; `place` what it holds, then `publish`."""

    def __init__(self, place: Path, beside: exchange.Beside, marker: bytes) -> None:
        self._target = place
        self._beside = beside
        self._marker = marker
        self._register = paths.Register()
        self._new = NewFolder(beside.path, old=place)

    @property
    def placer(self) -> Placer:
        """What other processes put files in with; `take` counts them in here."""
        return self._new.placer

    @property
    def traces(self) -> Mapping[str, Trace]:
        """Of all files that were put in, by path."""
        return self._new.traces

    def disk_errors(self) -> AbstractContextManager[None]:
        """To be around whatever puts files in with the `placer`, here or in other processes."""
        return refusal.disk_errors(self._target)

    def accepts(self, path: str) -> bool:
        """Whether a file may stand at `path`; if not, `publish` says why."""
        return self._register.accepts(path)

    def place(self, artifact: Artifact) -> None:
        if self.accepts(artifact.path):
            self._new.place(artifact.path, artifact.data)

    def take(self, placed: Placed) -> None:
        self._new.take(placed)

    def publish(self) -> Report:
        """Puts the new site in the old one's place; not touched at all if no byte differs.

        Raises `Refused` for paths that may not be written, `folder.TornError` when what is on
        disk is not what was put in.
        """
        if self._register.found:
            raise refusal.Refused(*sorted(self._register.found))
        self._new.place(targets.MARKER, self._marker)
        self._new.settle()
        with refusal.disk_errors(self._target):
            return self._report(self._published())

    def _published(self) -> tuple[Diagnostic, ...]:
        if not self._new.differs:
            return ()
        self._new.flush()
        if self._beside.publish():
            return ()
        return (OLD_REMAINS.at(Span(self._target.name), name=self._target.name),)

    def _report(self, diagnostics: tuple[Diagnostic, ...]) -> Report:
        def public(found: Iterable[str]) -> tuple[str, ...]:
            return tuple(sorted(path for path in found if path != targets.MARKER))

        return Report(
            written=public(self._new.written),
            removed=public(self._new.removed),
            kept=public(self._new.kept),
            diagnostics=diagnostics,
        )


@contextmanager
def begun(
    target: Path,
    *,
    site_root: Path,
    built: datetime.date | None = None,
    may_go_back: bool = True,
) -> Iterator[Release]:
    """A new site for `target`, with the build date for our marker; gone if not published.

    Raises `Refused` for a target that may not be written, `NotPossibleNow` for a disk that will
    not or, unless it `may_go_back`, a site of a later day.
    """
    with refusal.disk_errors(target):
        place = targets.checked(target, site_root=site_root)
        place.parent.mkdir(parents=True, exist_ok=True)
        exchange.recover(place)
        there = targets.built(place)
        if there and not may_go_back and (built is None or built < there):
            words = {"there": str(there), "here": str(built or "no day that is known")}
            raise refusal.NotPossibleNow(GOES_BACKWARDS.at(Span(str(target)), **words))
        beside = exchange.Beside(place)
    try:
        with refusal.disk_errors(target):
            release = Release(place, beside, targets.marker(built))
        yield release
    finally:
        beside.discard()


def write(
    artifacts: Iterable[Artifact],
    target: Path,
    *,
    site_root: Path,
    built: datetime.date | None = None,
    may_go_back: bool = True,
) -> Report:
    """Makes `target` hold exactly `artifacts`; whatever they raise, nothing is published.

    Raises what `begun` and `Release.publish` raise.
    """
    with begun(target, site_root=site_root, built=built, may_go_back=may_go_back) as new:
        for artifact in artifacts:
            new.place(artifact)
        return new.publish()


def recover(target: Path, *, site_root: Path) -> None:
    """Puts right what a killed build left beside `target`, whatever becomes of this one.

    Raises what `write` raises for a target.
    """
    with refusal.disk_errors(target):
        exchange.recover(targets.checked(target, site_root=site_root))


def clean(site_root: Path) -> tuple[Diagnostic, ...]:
    """Removes `public/` and the cache, or says why not."""
    target = site_root / "public"
    try:
        with lock.held(site_root, wait=0), refusal.disk_errors(target):
            place = targets.checked(target, site_root=site_root)
            exchange.recover(place)
            for folder in (place, site_root / cache.FOLDER):
                if folder.is_dir():
                    shutil.rmtree(folder)
    except refusal.Refused as refused:
        return refused.diagnostics
    return ()
