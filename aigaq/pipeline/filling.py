"""A site made anew: all files are made, looked through, put in their place and published."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from aigaq.archive import visibility
from aigaq.output import cache, cluster, crews, leaks, noted, release, rendering, search
from aigaq.pages import slim, texts
from aigaq.pipeline import preparing, reading
from aigaq.pipeline.options import Report
from aigaq.words.diagnostics import has_errors

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from aigaq.archive.protected import Value
    from aigaq.output.theme import Theme
    from aigaq.pages.index import Index
    from aigaq.pages.page import Artifact
    from aigaq.pipeline.options import Options
    from aigaq.pipeline.preparing import Prepared
    from aigaq.words.diagnostics import Diagnostic

    _Indexed = tuple[tuple[Artifact, ...], list[Diagnostic]]


def published(
    root: Path, target: Path, *, options: Options, step: Callable[[str], None]
) -> Report:
    """The site in `root`, made and put into `target`; nothing if any problem is an error.

    Raises `Refused` where that is not possible.
    """
    listed = leaks.names_of(options.names, root) if options.names else ()
    public, problems, _ = preparing.published(root, options=options, step=step)
    if public is None:
        return Report(problems=tuple(problems), status=1)
    # No copy where it would be in vain, nor of the threads of a cluster's client.
    is_alone = not options.search or has_errors(problems) or options.executor
    jobs = 1 if is_alone else reading.jobs(options)
    search = partial(bundles, public.index, public.theme, root, options=options)
    with crews.beside(partial(search, extended=public.extended), jobs=jobs) as indexed:
        prepared, problems = preparing.planned(public, problems)
        if prepared is None:
            return Report(problems=tuple(problems), status=1)
        ready = _Ready(prepared, problems, root, target, options, listed, indexed)
        return _published(ready, step)


@dataclass(frozen=True, slots=True)
class _Ready:
    """A site that may be made, and what is asked for; `indexed` waits for its search."""

    prepared: Prepared
    problems: list[Diagnostic]
    root: Path
    target: Path
    options: Options
    listed: Sequence[Value]
    indexed: Callable[[], _Indexed]


def _published(ready: _Ready, step: Callable[[str], None]) -> Report:
    prepared, root, options = ready.prepared, ready.root, ready.options
    assert prepared.protected is not None
    interface = (*prepared.theme.catalogues.values(), *prepared.theme.templates.values())
    watch = leaks.watchlist(
        prepared.protected, ready.listed, interface, cache_dir=cache.folder(root)
    )
    kept, whole = cache.folder(root), options.whole
    notes = noted.Notes(kept, ready.target, watch, whole=whole)
    day = prepared.archive.built
    with release.begun(
        ready.target,
        site_root=root,
        built=None if day == visibility.NO_DATE else day,
        may_go_back=options.date is not None,
    ) as new:
        filled = _filled(ready, new, prepared.job(new, watch, notes), step)
        problems = sorted({*ready.problems, *filled.problems})
        if filled.status:
            return Report(problems=tuple(problems), status=filled.status)
        step("writing")
        done = new.publish()
        notes.keep(filled.noted, new.traces)
    return Report(
        problems=(*problems, *done.diagnostics),
        written=done.written,
        removed=done.removed,
        pages=len(prepared.pages),
        archive=prepared.archive,
        pictures=prepared.pictures,
        watch=watch,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Filled:
    """What came of filling a new site, which may be published if `status` is 0."""

    problems: list[Diagnostic]
    status: int
    noted: list[tuple[str, rendering.Noted]]


def _filled(
    ready: _Ready, new: release.Release, job: rendering.Job, step: Callable[[str], None]
) -> _Filled:
    """All files of a site, rendered, looked through and put in their place."""
    made: list[rendering.Made] = []
    with _crew(ready.options, len(job.pages)).at_work(job) as parts:
        if ready.options.search:
            step("indexing for search")
        indexed, found = ready.indexed()
        files = [*ready.prepared.assets, *indexed]
        step("looking for what is protected")
        leaked = leaks.found(files, job.watch, cache_dir=cache.folder(ready.root))
        finished = _placed(files, new, job)
        with new.disk_errors():
            for part in parts:
                made.append(part)
                for one in part.placed:
                    new.take(one)
                done = min(len(made) * rendering.AT_ONCE, len(job.pages))
                step(f"rendered {done} of {len(job.pages)} pages")
    # A template fails alike on each of its pages: of those at one line the first is told.
    faults = {one.span: one for part in reversed(made) for one in reversed(part.problems)}
    found += faults.values()
    if has_errors(found):
        return _Filled(problems=found, status=1, noted=[])
    leaked += [leak for part in made for leak in part.leaks]
    unseen = [file for part in made for file in part.files]  # of other machines, accepted
    leaked += leaks.found(unseen, job.watch)
    told = [*leaks.told(leaked), *leaks.too_plain(job.watch)]
    with new.disk_errors():
        others = [new.placer.placed(file.path, file.data) for file in unseen]
    others += [one for part in made for one in part.others if new.accepts(one.path)]
    for one in others:
        new.take(one)
    return _Filled(
        problems=[*found, *told],
        status=2 if has_errors(told) else 0,
        noted=[*finished, *(one for part in made for one in part.noted)],
    )


def _placed(
    files: Iterable[Artifact], new: release.Release, job: rendering.Job
) -> list[tuple[str, rendering.Noted]]:
    """Files that were finished before any page, in their place."""
    noted = []
    with new.disk_errors():
        for file in files:
            if new.accepts(file.path):
                placed, now = rendering.put(job, new.placer, file)
                new.take(placed)
                noted.append((file.path, now))
    return noted


def _crew(options: Options, pages: int) -> crews.Crew:
    if options.executor:
        return cluster.Cluster(options.executor)
    return crews.of(reading.jobs(options), pages)


def bundles(
    index: Index, theme: Theme, root: Path, *, options: Options, extended: bool
) -> _Indexed:
    """The search bundles: other programs make them, while pages are planned and made."""
    if not options.search:
        search.forget(cache.folder(root))
        return (), []
    return search.bundles(
        slim.pages(index, texts.of_languages(index.languages, theme.catalogues)),
        cache_dir=cache.folder(root),
        extended=extended,
        jobs=reading.jobs(options),
    )
