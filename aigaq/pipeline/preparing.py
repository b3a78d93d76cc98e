"""A site whose pages are all known and none of which is rendered yet."""

from __future__ import annotations

from dataclasses import dataclass
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
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from aigaq.archive.protected import Protected
    from aigaq.archive.public import PublicArchive
    from aigaq.output import release
    from aigaq.output.watchlist import Watchlist
    from aigaq.pages.page import Artifact, Page
    from aigaq.source.records import Records
    from aigaq.words.diagnostics import Diagnostic


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

    def job(self, new: release.Release, watch: Watchlist, notes: noted.Notes) -> rendering.Job:
        """The making of all pages: what makes them, and nothing private."""
        site, theme = self.archive.site, self.theme
        known, is_clean = notes.read()
        return rendering.Job(
            site=site,
            templates=theme.templates,
            catalogues=theme.catalogues,
            pages=tuple(page for page in self.pages.values() if new.accepts(page.path)),
            watch=watch,
            basis=noted.basis(site, theme.templates, theme.catalogues),
            placer=new.placer,
            noted=known,
            is_clean=is_clean,
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


def prepare(
    root: Path, *, options: Options, step: Callable[[str], None]
) -> tuple[Prepared | None, list[Diagnostic], int]:
    """Read, check, link, publish; None where any problem is an error. Also the file count."""
    read = reading.linked(root, options=options, step=step)
    if read.archive is None:
        return None, read.problems, read.files
    archive, written = read.archive, read.archive.records
    step("preparing pictures")
    built = _built(root, written, options)
    shown, found = pictures.of(
        written, read.bodies, read.media, root=root, built=built, jobs=reading.jobs(options)
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


def _built(root: Path, written: Records, options: Options) -> datetime.date:
    """`--date`, else the commit's, else the newest `added:`; never the clock."""
    days = [text.record.added for text in written.texts if text.record.added]
    newest = max(days, default=visibility.NO_DATE)
    return options.date or builddate.of_commit(root) or newest
