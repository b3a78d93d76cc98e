"""What a build is asked, and what it answers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime
    from collections.abc import Mapping
    from pathlib import Path

    from aigaq.archive.public import Picture, PublicArchive
    from aigaq.output.watchlist import Watchlist
    from aigaq.source.document import Source
    from aigaq.words.diagnostics import Diagnostic


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How a site is made. `drafts` is for the preview alone.

    `names` is a list of names that must not appear, which lies outside of the site's folder.
    `executor` is the address of a Dask scheduler that has texts converted and pages made.
    `whole` goes through everything even where no file has changed since the last build.
    `extra` are texts that are not written yet, to be seen as if they were.
    `changed` are the only files that a check is to judge; it passes over the look of the site.
    `first` says that this process has read nothing before, so that copies of it may convert
    texts: what is hostile in these must not see what is private.
    """

    jobs: int | None = None
    date: datetime.date | None = None
    search: bool = True
    drafts: bool = False
    names: Path | None = None
    whole: bool = False
    executor: str = ""
    extra: tuple[Source, ...] = ()
    changed: frozenset[str] | None = None
    first: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a build did; `status` is the exit status: 1 content, 2 leak, 3 not now, 4 usage.

    Where pages were made: of which archive and of which pictures, by the key of their files,
    and what none of them may hold.
    """

    problems: tuple[Diagnostic, ...] = ()
    written: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    pages: int = 0
    status: int = 0
    archive: PublicArchive | None = None
    pictures: Mapping[str, Picture] = field(default_factory=dict)
    watch: Watchlist | None = None
