"""Bytes → a release folder: the new site is whole before it takes the old one's place.

Law: whatever happens on the way (an error, a full disk, kill -9), readers see the old site or
the new one, never a mixture, and the next run needs no help.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aigaq.output import cache, exchange, lock, paths, refusal, targets
from aigaq.output.folder import NewFolder
from aigaq.words.diagnostics import Problem, Severity, Span

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterable
    from pathlib import Path

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


def write(
    artifacts: Iterable[Artifact],
    target: Path,
    *,
    site_root: Path,
    built: datetime.date | None = None,
    may_go_back: bool = True,
) -> Report:
    """Makes `target` hold exactly `artifacts`, and notes the build date in our marker.

    Whatever the iterable raises, nothing is published. Where no byte differs, the old folder is
    not touched at all.

    Raises `Refused` for a target or a path that may not be written, `NotPossibleNow` for a disk
    that will not or, unless it `may_go_back`, a site of a later day; `folder.TornError` when
    what is on disk is not what was written.
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
            new = NewFolder(beside.path, old=place)
        _fill(new, artifacts, targets.marker(built))
        with refusal.disk_errors(target):
            return _report(new, _publish(new, beside))
    finally:
        beside.discard()


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


def _fill(new: NewFolder, artifacts: Iterable[Artifact], marker: bytes) -> None:
    register = paths.Register()
    for artifact in artifacts:
        if register.accepts(artifact.path):
            new.place(artifact.path, artifact.data)
    if register.found:
        raise refusal.Refused(*sorted(register.found))
    new.place(targets.MARKER, marker)
    new.settle()


def _publish(new: NewFolder, beside: exchange.Beside) -> tuple[Diagnostic, ...]:
    if not new.differs:
        return ()
    new.flush()
    if beside.publish():
        return ()
    return (OLD_REMAINS.at(Span(beside.target.name), name=beside.target.name),)


def _report(new: NewFolder, diagnostics: tuple[Diagnostic, ...]) -> Report:
    def public(found: Iterable[str]) -> tuple[str, ...]:
        return tuple(sorted(path for path in found if path != targets.MARKER))

    return Report(
        written=public(new.written),
        removed=public(new.removed),
        kept=public(new.kept),
        diagnostics=diagnostics,
    )
