"""Planned pages become files of a new site: each is made, looked through and put in its place.

Law: which files come out, and with which bytes, depends on the pages alone: not on who makes
them, or what was noted of the last site. A page goes from its records to its place on disk in
one process, so that no pages pile up and none is sent about.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from aigaq.output import leaks
from aigaq.output.watchlist import Watchlist
from aigaq.pages import press
from aigaq.pages.fingerprints import Fingerprints
from aigaq.pages.page import Artifact

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from aigaq.archive.public import Site
    from aigaq.output.folder import Placed, Placer, Trace
    from aigaq.pages.page import Page
    from aigaq.words.diagnostics import Diagnostic

AT_ONCE = 50  # pages: a fraction of a second of work, so that all processes end together


@dataclass(frozen=True, slots=True)
class Noted:
    """A page of the site that is there: what it was made of, and by what its file is known."""

    fingerprint: bytes
    trace: Trace


@dataclass(frozen=True)
class Job:
    """All that makes pages into files; the same for every process that has a part in it.

    Without a `placer`, on another machine, the pages come back as bytes that nobody has looked
    through. `noted` is what is known of the site that is there, by path, and `is_clean` says
    whether it was looked through for the same things; `basis` is that of the fingerprints.
    """

    site: Site
    templates: Mapping[str, str]
    catalogues: Mapping[str, str]
    pages: Sequence[Page]
    watch: Watchlist
    basis: bytes
    placer: Placer | None = None
    noted: Mapping[str, Noted] = field(default_factory=dict)
    is_clean: bool = False

    @cached_property
    def press(self) -> press.Press:
        return press.of(self.site, templates=self.templates, catalogues=self.catalogues)

    @cached_property
    def search(self) -> leaks.Search:
        return leaks.Search(self.watch)

    @cached_property
    def fingerprints(self) -> Fingerprints:
        return Fingerprints(self.basis)

    @property
    def parts(self) -> Iterable[int]:
        """The first page of each part that is made at once."""
        return range(0, len(self.pages), AT_ONCE)


@dataclass(frozen=True, slots=True)
class Made:
    """What became of some pages: files in their place, or else bytes, and what is wrong."""

    placed: tuple[Placed, ...] = ()
    files: tuple[Artifact, ...] = ()
    fingerprints: tuple[tuple[str, bytes], ...] = ()  # with paths
    problems: tuple[Diagnostic, ...] = ()
    leaks: tuple[leaks.Leak, ...] = ()


def part(job: Job, first: int) -> Made:
    """The part of a job that begins with this page."""
    pages = job.pages[first : first + AT_ONCE]
    kept, changed, fingerprints = _sorted_out(job, pages)
    files: list[Artifact] = []
    problems: list[Diagnostic] = []
    for page in changed:
        file, found = press.artifact(job.press, page)
        files += [file] if file else []
        problems += found
    if job.placer is None:
        return Made(files=tuple(files), fingerprints=fingerprints, problems=tuple(problems))
    return Made(
        placed=(*kept, *(job.placer.placed(file.path, file.data) for file in files)),
        fingerprints=fingerprints,
        problems=tuple(problems),
        leaks=_leaks(job, job.placer, files, kept),
    )


def divided(job: Job) -> tuple[Made, Job]:
    """What is there already, and a job of all other pages that can be sent elsewhere.

    Nothing private is in it: no word of what is looked for, which must be looked for here.
    """
    kept, changed, fingerprints = _sorted_out(job, job.pages)
    here = {one.path for one in kept}
    noted = tuple((path, said) for path, said in fingerprints if path in here)
    seen = _leaks(job, job.placer, [], kept) if job.placer else ()
    rest = replace(job, pages=tuple(changed), watch=Watchlist(()), placer=None, noted={})
    return Made(placed=tuple(kept), fingerprints=noted, leaks=seen), rest


def _sorted_out(
    job: Job, pages: Iterable[Page]
) -> tuple[list[Placed], list[Page], tuple[tuple[str, bytes], ...]]:
    """Files that are there as they would be made, pages that have to be made, fingerprints."""
    kept: list[Placed] = []
    changed: list[Page] = []
    fingerprints = tuple((page.path, job.fingerprints.of(page)) for page in pages)
    for page, (path, fingerprint) in zip(pages, fingerprints, strict=True):
        old = _kept(job, path, fingerprint)
        if old:
            kept.append(old)
        else:
            changed.append(page)
    return kept, changed, fingerprints


def _kept(job: Job, path: str, fingerprint: bytes) -> Placed | None:
    """The file that is there, if what would be made is what it is."""
    noted = job.noted.get(path)
    if not job.placer or not noted or noted.fingerprint != fingerprint:
        return None
    return job.placer.kept(path, noted.trace)


def _leaks(
    job: Job, placer: Placer, files: Iterable[Artifact], kept: Iterable[Placed]
) -> tuple[leaks.Leak, ...]:
    """What is found in new files, and in old ones where something else was looked for."""
    if not job.watch:
        return ()
    old = () if job.is_clean else (Artifact(one.path, placer.old(one.path)) for one in kept)
    return tuple(job.search.of([*files, *old]))
