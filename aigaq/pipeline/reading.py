"""Sources as they are written: read, converted, linked, and nothing published."""

from __future__ import annotations

import itertools
import os
from contextlib import nullcontext
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from aigaq.archive import link
from aigaq.output import (
    cache,
    cluster,
    conversion,
    kept_records,
    last_build,
    repository,
    workers,
)
from aigaq.pipeline import partial
from aigaq.source import disk, ledger, records
from aigaq.source.markup import marks
from aigaq.source.records import Written
from aigaq.source.schema.texts import Translation

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from contextlib import AbstractContextManager
    from pathlib import Path

    from aigaq.archive import private
    from aigaq.archive.private import Archive
    from aigaq.pipeline.options import Options
    from aigaq.source.disk import File
    from aigaq.source.document import Source
    from aigaq.source.records import Kept, Records, Unfinished
    from aigaq.source.schema.texts import Text
    from aigaq.words.diagnostics import Diagnostic
    from aigaq.words.fragments import Fragment

_COPIES = 2
_BODIED = ("content/testimonies/", "content/pages/")


@dataclass(frozen=True, slots=True, kw_only=True)
class Linked:
    """What was read, and what is wrong with it; no archive without a readable site.yaml."""

    archive: Archive | None = None
    bodies: Mapping[str, Fragment]
    media: tuple[File, ...]
    problems: list[Diagnostic]
    files: int


def linked(root: Path, *, options: Options, step: Callable[[str], None]) -> Linked:
    """Read and link, and publish nothing."""
    step("reading")
    last_build.doubt(root)
    with _ahead(root, options) as ahead:
        return _linked(root, options, ahead, step)


def _ahead(root: Path, options: Options) -> AbstractContextManager[conversion.Ahead | None]:
    """Who converts texts, before anything is read; nobody yet where something was.

    Two copies suffice to begin with; where more are at work, they come while these convert.
    """
    if options.executor or options.extra or options.names:
        return nullcontext()
    copies = _COPIES if options.first else 0
    return conversion.ahead(cache.folder(root), jobs=jobs(options), copies=copies)


def _linked(
    root: Path,
    options: Options,
    ahead: conversion.Ahead | None,
    step: Callable[[str], None],
) -> Linked:
    found = [*repository.problems(root)]
    sources, media, left = _sources(root, options, found)
    written, problems = _written(sources, left, root, options, ahead)
    files = sources.number + sum(1 for _ in sources)  # of a wrong site.yaml: none was asked for
    problems = [*found, *problems, *(_returned(root, written) if written else ())]
    if written is None:
        return Linked(bodies={}, media=media, problems=sorted(problems), files=files)
    step("converting texts")
    bodies, found = _bodies(written, root, options, ahead)
    broken = {problem.span.path for problem in found if problem.is_error}
    archive, more = link.archive(written, bodies, broken=broken)
    return Linked(
        archive=archive,
        bodies=bodies,
        media=media,
        problems=sorted({*problems, *found, *more}),
        files=files,
    )


def _written(
    sources: _Sources,
    lost: Iterable[str],
    root: Path,
    options: Options,
    ahead: conversion.Ahead | None,
) -> tuple[Records | None, list[Diagnostic]]:
    """All records, of a whole reading those from before that are as they were."""
    site = next(sources, None)
    if site is None:
        return records.read(())
    every = itertools.chain([site], sources)
    if site.path != records.SITE or options.changed is not None or options.extra:
        return records.read(every, lost=lost)
    kept = kept_records.KeptRecords(cache.folder(root), site)
    early = _Early(kept, ahead.begin) if ahead and jobs(options) > 1 else kept
    read = records.read(every, lost=lost, kept=early)
    kept.keep()
    return read


@dataclass(frozen=True, slots=True)
class _Early:
    """Kept records; the words of what is new are converted while other files are read."""

    kept: Kept
    begin: Callable[[conversion.Task], None]
    labels: dict[str, dict[str, str]] = field(default_factory=dict)
    waiting: dict[str, list[Written[Any]]] = field(default_factory=dict)

    def get(self, source: Source) -> tuple[str, object] | None:
        return self.kept.get(source)

    def put(self, source: Source, name: str, value: object) -> None:
        self.kept.put(source, name, value)
        if not isinstance(value, Written):
            return
        if name == "translations" and value.id not in self.labels:
            self.waiting.setdefault(value.id, []).append(value)
            return
        if name == "texts":
            self.labels[value.id] = _labels(value.record)
        for one in (value, *self.waiting.pop(value.id, ())):
            self.begin(_task_of(one, self.labels.get(one.id, {})))


@dataclass(slots=True)
class _Sources:
    """Sources that are read one after the other, and how many it were so far."""

    rest: Iterator[Source]
    number: int = 0

    def __iter__(self) -> Iterator[Source]:
        return self

    def __next__(self) -> Source:
        source = next(self.rest)
        self.number += 1
        return source


def _sources(
    root: Path, options: Options, found: list[Diagnostic]
) -> tuple[_Sources, tuple[File, ...], Iterable[str]]:
    """What there is to be read, and paths that are left out, known once all was read.

    `found` takes what is wrong with them. First comes site.yaml, then what is to be converted.
    """
    left: list[str] = []
    sources: Iterable[Source]
    if options.changed is not None:
        sources, media, problems, left = partial.sources(root, options.changed)
    else:
        tree, problems = disk.scan(root)
        media = tree.media
        sources = disk.each(root, sorted(tree.texts, key=_turn), found)
    found += problems
    lost = (problem.span.path for problem in found if problem.is_error)
    return _Sources(itertools.chain(sources, options.extra)), media, itertools.chain(left, lost)


def _turn(file: File) -> tuple[bool, bool, str]:
    return file.path != records.SITE, not file.path.startswith(_BODIED), file.path


def _returned(root: Path, written: Records) -> list[Diagnostic]:
    """What stands here although it was withdrawn."""
    if not (root / ledger.PATH).exists():
        return []
    source, found = disk.read(root, ledger.PATH)
    entries, problems = ledger.read(source) if source else ((), [])
    return [*found, *problems, *ledger.returned(entries, written)]


def _bodies(
    written: Records, root: Path, options: Options, ahead: conversion.Ahead | None
) -> tuple[dict[str, Fragment], list[Diagnostic]]:
    """The converted body of every file that has one, by path."""
    tasks = list(_tasks(written))
    way: Callable[..., Iterable[Any]] = ahead.convert_all if ahead else workers.convert_all
    if options.executor:
        way = cluster.Cluster(options.executor).convert_all
    done = conversion.fragments(
        tasks, cache_dir=cache.folder(root), jobs=jobs(options), convert_all=way
    )
    bodies = {task.path: fragment for task, (fragment, _) in zip(tasks, done, strict=True)}
    problems = [problem for _, problems in done for problem in problems]
    unlabelled = _without_original(written)
    return bodies, [
        problem
        for problem in problems
        if problem.span.path not in unlabelled or problem.code != marks.NOT_DECLARED.code
    ]


def jobs(options: Options) -> int:
    """How many processes may be at work."""
    return options.jobs or os.cpu_count() or 1


def _without_original(written: Records) -> set[str]:
    """Texts of which not all could be read: which labels they have is not known."""
    originals = {text.id for text in written.texts}
    alone = (one.path for one in written.translations if one.id not in originals)
    return {*alone, *(draft.path for draft in written.unfinished)}


def _tasks(written: Records) -> Iterator[conversion.Task]:
    """Every body with the labels that mark its turns: a translation may have its own."""
    labels: dict[str, dict[str, str]] = {}
    for text in written.texts:
        own = _labels(text.record)
        labels.setdefault(text.id, own)
        yield _task_of(text, own)
    for one in written.translations:
        yield _task_of(one, labels.get(one.id, {}))
    for page in written.pages:
        yield _task(page, ())
    for draft in written.unfinished:
        yield _task(draft, ())


def task_again(text: private.Text, written: Written[Any]) -> conversion.Task:
    """The body of a text, or of a translation of it, that was linked before."""
    return _task_of(written, _labels(text.written.record))


def _task_of(written: Written[Any], labels: Mapping[str, str]) -> conversion.Task:
    """The body of a text, translation or page, where the original of its text has `labels`."""
    record, own = written.record, dict(labels)
    if isinstance(record, Translation):
        own |= dict(record.translation.labels)
    return _task(written, tuple(own.values()))


def _labels(text: Text) -> dict[str, str]:
    """The label of each person who speaks in a text."""
    interviewers = text.interview.by if text.interview else ()
    return {s.person: s.label for s in (*text.told_by, *interviewers) if s.label}


def _task(written: Written[Any] | Unfinished, labels: tuple[str, ...]) -> conversion.Task:
    return conversion.Task(
        path=written.path,
        first_line=written.body_line,
        body=written.body,
        labels=labels,
        language=written.lang,
    )
