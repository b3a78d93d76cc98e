"""A text of which only the words were changed: its pages, at once, before all is read again.

Law: a page made so is the page that a reading of everything makes, but for what it tells of
other files. Whatever is not surely so is left to that reading.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from aigaq.archive import link, publish_text
from aigaq.output import cache, conversion
from aigaq.pages.kinds import parallel
from aigaq.pages.kinds import text as text_page
from aigaq.pipeline import reading
from aigaq.source import disk, records
from aigaq.words.diagnostics import has_errors

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

    from aigaq.archive import private, public
    from aigaq.archive.visible import Seen
    from aigaq.pages.index import Index
    from aigaq.pages.page import Page
    from aigaq.pipeline.preparing import Prepared
    from aigaq.source.records import Written
    from aigaq.words.fragments import Fragment


def retouched(ready: Prepared, root: Path, path: str) -> Prepared | None:
    """The site with the pages of the text in `path` made anew; None where more has changed."""
    seen = _seen_again(ready.seen, root, path) if ready.seen else None
    text = _owner(seen, path) if seen else None
    if seen is None or text is None:
        return None
    shown, found = publish_text.text(seen, text)
    pages = _pages(shown, ready.index)
    before = _pages(ready.archive.texts[text.id], ready.index)
    if has_errors([*found, *link.problems_of(text)]) or pages.keys() != before.keys():
        return None
    return ready.retouched(seen, pages)


def _pages(text: public.Text, index: Index) -> dict[str, Page]:
    every = (*text_page.pages_of(text, index), *parallel.pages_of(text, index))
    return {page.path: page for page in every}


def _seen_again(seen: Seen, root: Path, path: str) -> Seen | None:
    """The archive with the words that stand in `path` now; None where more has changed."""
    source, found = disk.read(root, path)
    text, archive = _owner(seen, path), seen.archive
    written = records.one(source, archive.site.record) if source and not found else None
    if text is None or written is None or not _has_the_header_of(text, written):
        return None
    task = reading.task_again(text, written)
    made = conversion.fragments([task], cache_dir=cache.folder(root), jobs=1, forgets=False)
    body, problems = made[0]
    if has_errors(problems):
        return None
    texts = {**archive.texts, text.id: _with_words(text, written, body)}
    return replace(seen, archive=replace(archive, texts=texts))


def _owner(seen: Seen, path: str) -> private.Text | None:
    """The text that is shown and to which a file belongs."""
    name = path.rpartition("/")[2].partition(".")[0]
    text = seen.archive.texts.get(name) if name in seen.visible.texts else None
    return text if text and path in _files(text) else None


def _files(text: private.Text) -> dict[str, Written[Any]]:
    every: tuple[Written[Any], ...] = (
        text.written,
        *(one.written for one in text.translations),
    )
    return {one.path: one for one in every}


def _has_the_header_of(text: private.Text, written: Written[Any]) -> bool:
    before = _files(text)[written.path]
    return (before.record, before.lang) == (written.record, written.lang)


def _with_words(text: private.Text, written: Written[Any], body: Fragment) -> private.Text:
    if written.path == text.written.path:
        return replace(text, written=written, body=body)
    spoken = tuple(
        replace(one, written=written, body=body) if one.written.path == written.path else one
        for one in text.translations
    )
    return replace(text, translations=spoken)
