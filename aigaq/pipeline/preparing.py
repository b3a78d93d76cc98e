"""A site whose pages are all known and none of which is rendered yet."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from aigaq.archive import protected, publish, visibility
from aigaq.output import builddate, noted, pictures, recordings, rendering
from aigaq.output import theme as themes
from aigaq.pages import machine, press, routes, texts
from aigaq.pages.index import Index
from aigaq.pipeline import reading
from aigaq.pipeline.options import Options
from aigaq.words.diagnostics import has_errors

if TYPE_CHECKING:
    import datetime
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from aigaq.archive.protected import Protected
    from aigaq.archive.public import Picture, PublicArchive
    from aigaq.archive.visible import Seen
    from aigaq.output import release
    from aigaq.output.watchlist import Watchlist
    from aigaq.pages.page import Artifact, Page
    from aigaq.source.records import Records
    from aigaq.words.diagnostics import Diagnostic


@dataclass(frozen=True, slots=True, kw_only=True)
class Public:
    """A site whose records are public; which pages there will be is not known yet.

    Of what is private it holds only what must be looked for: the search is made in a copy of
    this process, which would keep all that is here.
    """

    index: Index
    theme: themes.Theme
    media: tuple[Artifact, ...]
    pictures: Mapping[str, Picture]
    protected: Protected | None  # as in `Prepared`, and so are the others
    extended: bool
    seen: Seen | None


@dataclass(frozen=True)
class Prepared:
    """A site whose pages are all known and none of which is rendered yet."""

    archive: PublicArchive
    theme: themes.Theme
    index: Index
    pages: Mapping[str, Page]  # by path
    media: tuple[Artifact, ...] = ()  # pictures and recordings
    pictures: Mapping[str, Picture] = field(default_factory=dict)  # by the key of their file
    protected: Protected | None = None  # what no page may hold; unknown to the preview
    extended: bool = False  # whether only Pagefind's larger program will do
    seen: Seen | None = None  # the private archive, for the preview alone: see `retouching`

    def retouched(self, seen: Seen, pages: Mapping[str, Page]) -> Prepared:
        """With some pages made anew from other words; all else is as it was."""
        made = replace(self, seen=seen, pages={**self.pages, **pages})
        vars(made)["press"] = self.press  # what `cached_property` holds
        return made

    @cached_property
    def press(self) -> press.Press:
        return press.of(
            self.archive.site,
            templates=self.theme.templates,
            catalogues=self.theme.catalogues,
        )

    def job(self, new: release.Release, watch: Watchlist, notes: noted.Notes) -> rendering.Job:
        """The making of all pages: what makes them, and nothing private."""
        site, theme, pages = self.archive.site, self.theme, self.pages.values()
        known, is_clean = notes.read()
        self.index.work_out()
        job = rendering.Job(
            site=site,
            templates=theme.templates,
            catalogues=theme.catalogues,
            pages=tuple(one for one in routes.in_groups(pages) if new.accepts(one.path)),
            watch=watch,
            basis=noted.basis(site, theme.templates, theme.catalogues),
            others=self._machine_parts,
            placer=new.placer,
            noted=known,
            is_clean=is_clean,
        )
        vars(job)["press"] = self.press  # what `cached_property` holds
        return job

    def artifact(self, path: str) -> tuple[Artifact | None, list[Diagnostic]]:
        """The finished page at `path`, which must be one of `pages`."""
        return press.artifact(self.press, self.pages[path])

    @property
    def assets(self) -> tuple[Artifact, ...]:
        """What is finished already: the theme's files, pictures and recordings."""
        return (*self.theme.assets, *self.media)

    def machine_files(self) -> tuple[Artifact, ...]:
        """Feeds, sitemap, maps and whatever else no template makes, and all assets."""
        made = (file for part in self._machine_parts for file in part())
        return (*made, *self.assets)

    @property
    def _machine_parts(self) -> tuple[Callable[[], Iterable[Artifact]], ...]:
        pages = tuple(self.pages.values())
        return machine.parts(self.index, pages, self.press.texts, self.theme.outline)


def prepare(
    root: Path, *, options: Options, step: Callable[[str], None]
) -> tuple[Prepared | None, list[Diagnostic], int]:
    """Read, check, link, publish, plan; None where any problem is an error; the file count."""
    public, problems, files = published(root, options=options, step=step)
    if public is None:
        return None, problems, files
    prepared, problems = planned(public, problems)
    return prepared, problems, files


def published(
    root: Path, *, options: Options, step: Callable[[str], None]
) -> tuple[Public | None, list[Diagnostic], int]:
    """`prepare` until it is known what readers may see."""
    read = reading.linked(root, options=options, step=step)
    if read.archive is None:
        return None, read.problems, read.files
    step("preparing pictures")
    chosen, media, found = _media(root, read, options)
    problems = sorted({*read.problems, *found})
    if has_errors(problems):
        return None, problems, read.files
    step("publishing")
    seen, found = publish.seen_of(read.archive, chosen)
    archive, more = publish.of_seen(seen, chosen.built)
    index = Index(archive)
    found += [*problems, *more]
    if options.changed is not None:
        _, most = routes.plan(index)
        return None, sorted({*found, *most}), read.files
    site = read.archive.site
    theme = themes.read(root, site.record.theme.overrides)
    spoken = {tag: site.span_of("languages", n) for n, tag in enumerate(site.record.languages)}
    found += [*theme.problems, *texts.problems(spoken, theme.catalogues, theme.folder)]
    public = Public(
        index=index,
        theme=theme,
        media=media(archive),
        pictures=chosen.pictures or {},
        protected=None if options.drafts else protected.of(read.archive, archive),
        extended=site.record.search.extended == "true",
        seen=seen if options.drafts else None,
    )
    return public, found, read.files


def planned(
    public: Public, found: list[Diagnostic]
) -> tuple[Prepared | None, list[Diagnostic]]:
    """The rest of `prepare`."""
    pages, more = routes.plan(public.index)
    problems = sorted({*found, *more})
    if has_errors(problems):
        return None, problems
    prepared = Prepared(
        archive=public.index.archive,
        theme=public.theme,
        index=public.index,
        pages={page.path: page for page in pages},
        media=public.media,
        pictures=public.pictures,
        protected=public.protected,
        extended=public.extended,
        seen=public.seen,
    )
    return prepared, problems


def _media(
    root: Path, read: reading.Linked, options: Options
) -> tuple[publish.Options, Callable[[PublicArchive], tuple[Artifact, ...]], list[Diagnostic]]:
    """What a publication is made with, and the files that it needs once it is made."""
    assert read.archive is not None
    written = read.archive.records
    built = _built(root, written, options)
    shown, found = pictures.of(
        written, read.bodies, read.media, root=root, built=built, jobs=reading.jobs(options)
    )
    heard, more = recordings.of(written, read.bodies, read.media, root=root, built=built)
    chosen = publish.Options(
        built=built,
        drafts=options.drafts,
        pictures=shown.pictures,
        recordings=heard.recordings,
    )

    def files(public: PublicArchive) -> tuple[Artifact, ...]:
        return (*pictures.artifacts(shown, public), *recordings.artifacts(heard, public))

    return chosen, files, [*found, *more]


def _built(root: Path, written: Records, options: Options) -> datetime.date:
    """`--date`, else the commit's, else the newest `added:`; never the clock."""
    days = [text.record.added for text in written.texts if text.record.added]
    newest = max(days, default=visibility.NO_DATE)
    return options.date or builddate.of_commit(root) or newest
