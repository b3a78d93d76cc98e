"""The straight line from sources to a release; the only place that joins the stages."""

from __future__ import annotations

import datetime
import os
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from aigaq.archive import link, protected, publish, visibility
from aigaq.output import (
    builddate,
    cache,
    conversion,
    leaks,
    lock,
    pictures,
    recordings,
    refusal,
    release,
    repository,
    search,
)
from aigaq.output import theme as themes
from aigaq.pages import machine, press, routes, slim, texts
from aigaq.pages.index import Index
from aigaq.source import disk, ledger, records
from aigaq.source.markup import marks
from aigaq.words.diagnostics import has_errors

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from aigaq.archive.private import Archive
    from aigaq.archive.protected import Protected
    from aigaq.archive.public import PublicArchive
    from aigaq.pages.page import Artifact, Page
    from aigaq.source.disk import File
    from aigaq.source.records import Records, Unfinished, Written
    from aigaq.source.schema.texts import Text
    from aigaq.words.diagnostics import Diagnostic
    from aigaq.words.fragments import Fragment


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How a site is made. `drafts` is for the preview alone.

    `names` is a list of names that must not appear, which lies outside of the site's folder.
    """

    jobs: int | None = None
    date: datetime.date | None = None
    search: bool = True
    drafts: bool = False
    names: Path | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a build did; `status` is the exit status: 1 content, 2 leak, 3 not now, 4 usage."""

    problems: tuple[Diagnostic, ...] = ()
    written: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    pages: int = 0
    status: int = 0


@dataclass(frozen=True)
class Prepared:
    """A site whose pages are all known and none of which is rendered yet."""

    archive: PublicArchive
    theme: themes.Theme
    pages: Mapping[str, Page]  # by path
    media: tuple[Artifact, ...] = ()  # pictures and recordings
    protected: Protected | None = None  # what no page may hold; unknown to the preview
    extended: bool = False  # whether only Pagefind's larger program will do

    @cached_property
    def index(self) -> Index:
        return Index(self.archive)

    @cached_property
    def press(self) -> press.Press:
        return press.of(
            self.archive.site,
            templates=self.theme.templates,
            catalogues=self.theme.catalogues,
        )

    def artifact(self, path: str) -> tuple[Artifact | None, list[Diagnostic]]:
        """The finished page at `path`, which must be one of `pages`."""
        return press.artifact(self.press, self.pages[path])

    @property
    def assets(self) -> tuple[Artifact, ...]:
        """What is finished already: the theme's files, pictures and recordings."""
        return (*self.theme.assets, *self.media)

    def machine_files(self) -> tuple[Artifact, ...]:
        """Feeds, sitemap, maps and whatever else no template makes, and all assets."""
        pages = tuple(self.pages.values())
        made = machine.artifacts(self.index, pages, self.press.texts, self.theme.outline)
        return (*made, *self.assets)


def build(root: Path, target: Path, *, options: Options, step: Callable[[str], None]) -> Report:
    """Build the site in `root` into `target`. Nothing is written if any problem is an error."""
    try:
        with lock.held(root):
            return _build(root, target, options, step)
    except refusal.Refused as refused:
        return Report(problems=refused.diagnostics, status=refused.exit_status)


def _build(root: Path, target: Path, options: Options, step: Callable[[str], None]) -> Report:
    listed = leaks.names_of(options.names, root) if options.names else ()
    release.recover(target, site_root=root)
    prepared, problems, _ = prepare(root, options=options, step=step)
    if prepared is None:
        return Report(problems=tuple(problems), status=1)
    artifacts, found = _artifacts(prepared, root, options=options, step=step)
    problems = sorted({*problems, *found})
    if has_errors(problems):
        return Report(problems=tuple(problems), status=1)
    step("looking for what is protected")
    assert prepared.protected is not None
    interface = (*prepared.theme.catalogues.values(), *prepared.theme.templates.values())
    watch = leaks.watchlist(prepared.protected, listed, interface)
    found = leaks.problems(artifacts, watch, cache_dir=cache.folder(root))
    problems = sorted({*problems, *found})
    if has_errors(found):
        return Report(problems=tuple(problems), status=2)
    step("writing")
    day = prepared.archive.built
    done = release.write(
        artifacts,
        target,
        site_root=root,
        built=None if day == visibility.NO_DATE else day,
        may_go_back=options.date is not None,
    )
    return Report(
        problems=(*problems, *done.diagnostics),
        written=done.written,
        removed=done.removed,
        pages=len(prepared.pages),
    )


def check(root: Path, *, step: Callable[[str], None]) -> tuple[list[Diagnostic], int]:
    """Everything that is wrong with the content, and how many files were read."""
    _, problems, files = prepare(root, options=Options(drafts=True), step=step)
    return problems, files


def prepare(
    root: Path, *, options: Options, step: Callable[[str], None]
) -> tuple[Prepared | None, list[Diagnostic], int]:
    """Read, check, link, publish; None where any problem is an error. Also the file count."""
    read = linked(root, options=options, step=step)
    if read.archive is None:
        return None, read.problems, read.files
    archive, written = read.archive, read.archive.records
    step("preparing pictures")
    built = _built(root, written, options)
    shown, found = pictures.of(
        written, read.bodies, read.media, root=root, built=built, jobs=_jobs(options)
    )
    heard, more = recordings.of(written, read.bodies, read.media, root=root, built=built)
    problems = sorted({*read.problems, *found, *more})
    if has_errors(problems):
        return None, problems, read.files
    step("publishing")
    chosen = publish.Options(
        built=built,
        drafts=options.drafts,
        pictures=shown.pictures,
        recordings=heard.recordings,
    )
    public, found = publish.view_of(archive, chosen)
    theme = themes.read(root, written.site.record.theme.overrides)
    site = written.site
    spoken = {tag: site.span_of("languages", n) for n, tag in enumerate(site.record.languages)}
    found += [*theme.problems, *texts.problems(spoken, theme.catalogues, theme.folder)]
    pages, more = routes.plan(Index(public))
    problems = sorted({*problems, *found, *more})
    if has_errors(problems):
        return None, problems, read.files
    prepared = Prepared(
        archive=public,
        theme=theme,
        pages={page.path: page for page in pages},
        media=(*pictures.artifacts(shown, public), *recordings.artifacts(heard, public)),
        protected=None if options.drafts else protected.of(archive, public),
        extended=written.site.record.search.extended == "true",
    )
    return prepared, problems, read.files


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
    sources, media, found = disk.sources(root)
    found += repository.carried_cache(root)
    lost = [problem.span.path for problem in found if problem.is_error]
    written, problems = records.read(sources, lost=lost)
    problems = [*found, *problems, *(_returned(root, written) if written else ())]
    if written is None:
        return Linked(bodies={}, media=media, problems=sorted(problems), files=len(sources))
    step("converting texts")
    bodies, found = _bodies(written, root, options)
    broken = {problem.span.path for problem in found if problem.is_error}
    archive, more = link.archive(written, bodies, broken=broken)
    return Linked(
        archive=archive,
        bodies=bodies,
        media=media,
        problems=sorted({*problems, *found, *more}),
        files=len(sources),
    )


def _returned(root: Path, written: Records) -> list[Diagnostic]:
    """What stands here although it was withdrawn."""
    if not (root / ledger.PATH).exists():
        return []
    source, found = disk.read(root, ledger.PATH)
    entries, problems = ledger.read(source) if source else ((), [])
    return [*found, *problems, *ledger.returned(entries, written)]


def _bodies(
    written: Records, root: Path, options: Options
) -> tuple[dict[str, Fragment], list[Diagnostic]]:
    """The converted body of every file that has one, by path."""
    tasks = list(_tasks(written))
    done = conversion.fragments(tasks, cache_dir=cache.folder(root), jobs=_jobs(options))
    bodies = {task.path: fragment for task, (fragment, _) in zip(tasks, done, strict=True)}
    problems = [problem for _, problems in done for problem in problems]
    unlabelled = _without_original(written)
    return bodies, [
        problem
        for problem in problems
        if problem.span.path not in unlabelled or problem.code != marks.NOT_DECLARED.code
    ]


def _jobs(options: Options) -> int:
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
        yield _task(text, tuple(own.values()))
    for one in written.translations:
        own = labels.get(one.id, {}) | dict(one.record.translation.labels)
        yield _task(one, tuple(own.values()))
    for page in written.pages:
        yield _task(page, ())
    for draft in written.unfinished:
        yield _task(draft, ())


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


def _artifacts(
    prepared: Prepared, root: Path, *, options: Options, step: Callable[[str], None]
) -> tuple[list[Artifact], list[Diagnostic]]:
    """Every file of the site; the search bundles last, and only if all else is well."""
    made: list[Artifact] = []
    problems: list[Diagnostic] = []
    for number, path in enumerate(prepared.pages):
        if number % 500 == 0:
            step(f"rendering {number} of {len(prepared.pages)} pages")
        artifact, found = prepared.artifact(path)
        problems += found
        made += [artifact] if artifact else []
    # A template fails alike on each of its pages: of those at one line the first is told.
    problems = list({one.span: one for one in reversed(problems)}.values())
    made += prepared.machine_files()
    if options.search and not has_errors(problems):
        step("indexing for search")
        bundles, found = search.bundles(
            slim.pages(prepared.index, prepared.press.texts),
            cache_dir=cache.folder(root),
            extended=prepared.extended,
            jobs=_jobs(options),
        )
        made += bundles
        problems += found
    return made, problems


def _built(root: Path, written: Records, options: Options) -> datetime.date:
    """`--date`, else the commit's, else the newest `added:`; never the clock."""
    days = [text.record.added for text in written.texts if text.record.added]
    newest = max(days, default=visibility.NO_DATE)
    return options.date or builddate.of_commit(root) or newest
