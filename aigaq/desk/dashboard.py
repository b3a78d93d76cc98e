"""The editor's desk: one page of the preview that says what waits. It is never published.

All of it is in English, as everything that the preview adds.
"""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

from aigaq.desk import consent_report, names_report, translations_report
from aigaq.desk.sections import MOST, Row, Section
from aigaq.pages import addresses

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterator, Sequence

    from aigaq.archive.private import Archive
    from aigaq.words.diagnostics import Diagnostic


def sections(
    archive: Archive, problems: Sequence[Diagnostic], today: datetime.date
) -> tuple[Section, ...]:
    """What an editor may want to do next, the most urgent first."""
    return (
        Section("Problems", tuple(_problems(problems))),
        Section(
            "Drafts",
            tuple(_drafts(archive)),
            "Take out `draft: true` when one may be published.",
        ),
        Section("Translations", tuple(_translations(archive))),
        *consent_report.of(archive, today)[:2],
        Section("Names", tuple(_names(archive)), "`aigaq report names` says why."),
    )


def page(archive: Archive, problems: Sequence[Diagnostic], today: datetime.date) -> str:
    """The inside of the page."""
    return "".join(_section(one) for one in sections(archive, problems, today))


def _problems(problems: Sequence[Diagnostic]) -> Iterator[Row]:
    for one in sorted(problems, key=lambda one: not one.is_error):
        kind = "error" if one.is_error else "warning"
        yield Row(str(one.span), f"{kind} {one.code}: {one.message}. {one.remedy}")


def _drafts(archive: Archive) -> Iterator[Row]:
    for text in archive.texts.values():
        if text.written.record.draft:
            page = addresses.of_record("text", text.id, text.written.lang)
            yield Row(text.written.path, "draft", page)
        for one in text.translations:
            if one.written.record.draft:
                page = addresses.of_record("text", text.id, one.written.lang)
                yield Row(one.written.path, "draft of a translation", page)
    for draft in archive.records.unfinished:
        yield Row(draft.path, "begun, and not in the preview yet")


def _translations(archive: Archive) -> Iterator[Row]:
    """Those that no longer fit first, then those that nobody has compared."""
    rows = translations_report.of(archive)
    for row in sorted(rows, key=lambda row: not (row.outdated or row.left_out)):
        if row.outdated or row.left_out or row.status != "reviewed":
            page = addresses.of_record("text", row.id, row.lang)
            yield Row(row.path, translations_report.said(row), page)


def _names(archive: Archive) -> Iterator[Row]:
    report = names_report.of(archive)
    for found in (report.people, report.others):
        for one in found.candidates:
            if one.decision is None:
                yield Row(" · ".join(one.pair), " · ".join(name for name, _ in one.people))


def _section(section: Section) -> str:
    heading = f"<h2>{html.escape(section.heading)} ({len(section.rows)})</h2>\n"
    if not section.rows:
        return f"{heading}<p>Nothing.</p>\n"
    rows = "".join(_row(row) for row in section.rows[:MOST])
    more = len(section.rows) - MOST
    rest = f"<p>… and {more} more.</p>\n" if more > 0 else ""
    remedy = f"<p>{html.escape(section.remedy)}</p>\n" if section.remedy else ""
    return f"{heading}{remedy}<ul>\n{rows}</ul>\n{rest}"


def _row(row: Row) -> str:
    what = f"<code><bdi>{html.escape(row.what)}</bdi></code>"
    if row.page:
        what = f'<a href="/{html.escape(row.page)}">{what}</a>'
    return f"<li>{what}: {html.escape(row.said)}</li>\n"
