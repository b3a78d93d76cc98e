"""What was planned becomes files of a new site: made, looked through, put in their place.

Law: which files come out, and with which bytes, depends on the pages alone: not on who makes
them, or what was noted of the last site. A page goes from its records to its place on disk in
one process, so that no pages pile up and none is sent about.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from aigaq.output import folder, leaks
from aigaq.output.watchlist import Watchlist
from aigaq.pages import press
from aigaq.pages.fingerprints import Fingerprints
from aigaq.pages.page import Artifact

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from aigaq.archive.public import Site
    from aigaq.output.folder import Placed, Placer
    from aigaq.pages.page import Page
    from aigaq.words.diagnostics import Diagnostic

AT_ONCE = 50  # pages: a fraction of a second of work, so that all processes end together


@dataclass(frozen=True, slots=True)
class Noted:
    """A file of the site that is there: what it was made of, and the digest of its bytes.

    Of what is no page nobody knows what it was made of. With its `stamp`, if there is one, it
    was published with these bytes.
    """

    fingerprint: bytes
    digest: bytes
    stamp: folder.Stamp | None = None


@dataclass(frozen=True)
class Job:
    """All that makes files; the same for every process that has a part in it.

    Without a `placer`, on another machine, the pages come back as bytes that nobody has looked
    through. `others` make what is no page, each some. `noted` is what is known of the site that
    is there, by path, and `is_clean` says whether it was looked through for the same things;
    `basis` is that of the fingerprints.
    """

    site: Site
    templates: Mapping[str, str]
    catalogues: Mapping[str, str]
    pages: Sequence[Page]
    watch: Watchlist
    basis: bytes
    others: Sequence[Callable[[], Iterable[Artifact]]] = ()
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
    def parts(self) -> Sequence[int]:
        """What `part` makes at once: other files, below 0, and pages from this number on.

        What takes longest begins first, so that all processes end together.
        """
        return [*self.other_parts, *range(0, len(self.pages), AT_ONCE)]

    @property
    def other_parts(self) -> Sequence[int]:
        """Those of `parts` that hold no pages, and cannot be sent to other machines."""
        return range(-len(self.others), 0)


@dataclass(frozen=True, slots=True)
class Made:
    """What was made at once: files in their place, or else bytes, and what is wrong."""

    placed: tuple[Placed, ...] = ()  # pages, whose paths were accepted beforehand
    others: tuple[Placed, ...] = ()  # no pages; whether they may stand there is to be asked
    files: tuple[Artifact, ...] = ()
    noted: tuple[tuple[str, Noted], ...] = ()  # with paths
    problems: tuple[Diagnostic, ...] = ()
    leaks: tuple[leaks.Leak, ...] = ()


def part(job: Job, first: int) -> Made:
    """One of the parts of a job."""
    if first < 0:
        return _others(job, job.others[first]())
    known, changed = _divided(job, job.pages[first : first + AT_ONCE])
    files: list[Artifact] = []
    notes: list[tuple[str, Noted]] = []
    problems: list[Diagnostic] = []
    for page, fingerprint in changed:
        file, found = press.artifact(job.press, page)
        problems += found
        if file:
            files.append(file)
            notes.append((file.path, Noted(fingerprint, folder.digest(file.data))))
    if job.placer is None:
        return Made(files=tuple(files), noted=tuple(notes), problems=tuple(problems))
    return Made(
        placed=(*known.placed, *(job.placer.placed(file.path, file.data) for file in files)),
        noted=(*known.noted, *notes),
        problems=tuple(problems),
        leaks=(*known.leaks, *_leaks(job, files)),
    )


def put(job: Job, placer: Placer, file: Artifact) -> tuple[Placed, Noted]:
    """A file that is no page, in its place; one that is there is not read to know it again."""
    now, known = Noted(b"", folder.digest(file.data)), job.noted.get(file.path)
    there = None
    if known and known.digest == now.digest:
        there = placer.kept(file.path, known.digest, known.stamp)
    return there or placer.placed(file.path, file.data), now


def _others(job: Job, made: Iterable[Artifact]) -> Made:
    """Files that are no pages, few of them in memory at a time.

    Those of the last site were looked through.
    """
    if job.placer is None:
        return Made(files=tuple(made))
    placed: list[Placed] = []
    notes: dict[str, Noted] = {}

    def changed(placer: Placer) -> Iterator[Artifact]:
        for file in made:
            one, now = put(job, placer, file)
            placed.append(one)
            notes[file.path] = now
            known = job.noted.get(file.path)
            if not job.is_clean or known is None or known.digest != now.digest:
                yield file

    files = changed(job.placer)
    found = _leaks(job, files)
    deque(files, maxlen=0)  # where nothing is protected, nobody has asked for them
    return Made(others=tuple(placed), noted=tuple(notes.items()), leaks=found)


def divided(job: Job) -> tuple[Made, Job]:
    """What is there already, and a job of all other pages that can be sent elsewhere.

    Nothing private is in it: no word of what is looked for, which must be looked for here.
    """
    known, changed = _divided(job, job.pages)
    pages = tuple(page for page, _ in changed)
    nothing = Watchlist(())
    return known, replace(job, pages=pages, others=(), watch=nothing, placer=None, noted={})


def _divided(job: Job, pages: Iterable[Page]) -> tuple[Made, list[tuple[Page, bytes]]]:
    """Files that are there as they would be made; all other pages, with their fingerprints."""
    placed: list[Placed] = []
    notes: list[tuple[str, Noted]] = []
    changed: list[tuple[Page, bytes]] = []
    for page in pages:
        fingerprint = job.fingerprints.of(page)
        noted = job.noted.get(page.path)
        there = None
        if job.placer and noted and noted.fingerprint == fingerprint:
            there = job.placer.kept(page.path, noted.digest, noted.stamp)
        if there and noted:
            placed.append(there)
            notes.append((page.path, noted))
        else:
            changed.append((page, fingerprint))
    return Made(tuple(placed), noted=tuple(notes), leaks=_leaks_in_old(job, placed)), changed


def _leaks_in_old(job: Job, placed: Iterable[Placed]) -> tuple[leaks.Leak, ...]:
    """What is found in files that were looked through for something else."""
    placer = job.placer
    if job.is_clean or placer is None:
        return ()
    return _leaks(job, (Artifact(one.path, placer.old(one.path)) for one in placed))


def _leaks(job: Job, files: Iterable[Artifact]) -> tuple[leaks.Leak, ...]:
    return tuple(job.search.of(files)) if job.watch else ()
