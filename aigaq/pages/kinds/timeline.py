"""The years: an index with what spans more than one, and a page for each.

A year's page holds what lies wholly in it; what may be in one of two years is never put into
either. What has no date stands on the pages of people alone.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

from aigaq.archive.public import Asked, Claim
from aigaq.pages import briefs, claims, paging, timelines
from aigaq.pages.context import Phrase
from aigaq.words import edtf

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from aigaq.pages.briefs import Brief, Card
    from aigaq.pages.claims import Entry, Source
    from aigaq.pages.context import Context
    from aigaq.pages.index import Index
    from aigaq.pages.page import Page
    from aigaq.pages.paging import Pager
    from aigaq.pages.timelines import Timeline
    from aigaq.words.edtf import EdtfDate

TEMPLATE = "timeline.html"
SIZE = 50
ACROSS = 0  # in place of a year: more than one


@dataclass(frozen=True, slots=True)
class Figures:
    """How much stands in a year."""

    year: int
    reported: int
    asked: int
    interviews: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """What stands on one page. `year` is 0 on the index, which alone has `figures`."""

    year: int
    entries: tuple[Entry, ...]
    sources: tuple[Source, ...]
    interviews: tuple[Brief, ...]
    figures: tuple[Figures, ...]
    before: int  # the year before that has a page; 0: none
    after: int
    number: int
    is_last: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A year in the table of the index."""

    year: str
    path: str
    reported: int
    asked: int
    interviews: int


@dataclass(frozen=True, slots=True)
class Month:
    """What lies wholly in one month; `name` is empty for what has no one month."""

    name: str
    timeline: Timeline


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What `timeline.html` sees; `year`, `before` and `after` are empty on the index."""

    title: Phrase
    year: str
    rows: tuple[Row, ...]
    months: tuple[Month, ...]
    interviews: tuple[Card, ...]
    before: tuple[str, str]  # year and path
    after: tuple[str, str]
    index_path: str
    pager: Pager


@dataclass(slots=True)
class _Year:
    """What was found for one year while all texts are gone through."""

    entries: list[Entry] = field(default_factory=list)
    interviews: list[str] = field(default_factory=list)


# --- planning ---


def plan(index: Index) -> tuple[Page, ...]:
    found = _found(index)
    across = found.pop(ACROSS, _Year())
    years = sorted(found)
    figures = tuple(_figures(year, found[year]) for year in years)
    pages = _pages(index, ACROSS, across, figures=figures)
    for before, year, after in zip([0, *years], years, [*years[1:], 0], strict=False):
        pages += _pages(index, year, found[year], before=before, after=after)
    return tuple(pages)


def _found(index: Index) -> dict[int, _Year]:
    """Claims, what was asked, and interviews by their year."""
    found: dict[int, _Year] = defaultdict(_Year)
    for name in index.back.order:
        text = index.archive.texts[name]
        entries: tuple[Entry, ...] = (*text.claims, *text.asked)
        for entry in entries:
            for year in _years(entry.when):
                found[year].entries.append(entry)
        for year in _years(text.interview.date if text.interview else None):
            found[year].interviews.append(name)
    return found


def _years(date: EdtfDate | None) -> tuple[int, ...]:
    """The one year in which a date lies wholly, `ACROSS`, or nothing where no day is known."""
    ends = {day.year for day in (date.earliest, date.latest) if day} if date else set()
    if not ends:
        return ()
    return tuple(ends) if len(ends) == 1 else (ACROSS,)


def _figures(year: int, found: _Year) -> Figures:
    asked = sum(isinstance(entry, Asked) for entry in found.entries)
    return Figures(year, len(found.entries) - asked, asked, len(found.interviews))


def _pages(
    index: Index,
    year: int,
    found: _Year,
    *,
    figures: tuple[Figures, ...] = (),
    before: int = 0,
    after: int = 0,
) -> list[Page]:
    entries = paging.cut_steadily(claims.sort(found.entries), SIZE, _name)
    interviews = paging.cut_steadily(found.interviews, SIZE, str)
    count = max(len(entries), len(interviews))
    pages: list[Page] = []
    for number in range(1, count + 1):
        own = entries[number - 1] if number <= len(entries) else ()
        inputs = partial(
            _inputs,
            index,
            own,
            _part(interviews, number),
            year=year,
            figures=figures if number == 1 else (),
            before=before,
            after=after,
            number=number,
            is_last=number == count,
        )
        pages += index.in_every_language(
            "timeline",
            partial(_path, year=year, number=number),
            inputs,
        )
    return pages


def _inputs(
    index: Index, entries: tuple[Entry, ...], interviews: Iterable[str], **others: Any
) -> Inputs:
    return Inputs(
        entries=entries,
        sources=claims.sources(index, entries),
        interviews=briefs.of_texts(index, interviews),
        **others,
    )


def _name(entry: Entry) -> str:
    return f"{entry.text} {entry.number if isinstance(entry, Claim) else entry.at}"


def _part(parts: tuple[tuple[str, ...], ...], number: int) -> Iterable[str]:
    return parts[number - 1] if number <= len(parts) else ()


def _path(lang: str, year: int, number: int = 1) -> str:
    if year == ACROSS:
        return f"{lang}/timeline/{'index' if number == 1 else f'page-{number}'}.html"
    return f"{lang}/timeline/{year if number == 1 else f'{year}-{number}'}.html"


# --- view ---


def view(page: Page, context: Context) -> View:
    inputs: Inputs = page.inputs
    lang, year = page.lang, inputs.year
    known = {source.id: source for source in inputs.sources}
    return View(
        title=Phrase(str(year) if year else str(context.texts.say("Timeline"))),
        year=str(year) if year else "",
        rows=tuple(
            Row(str(f.year), _path(lang, f.year), f.reported, f.asked, f.interviews)
            for f in inputs.figures
        ),
        months=tuple(_months(inputs, context, known)),
        interviews=briefs.cards(inputs.interviews, context),
        before=_neighbour(lang, inputs.before),
        after=_neighbour(lang, inputs.after),
        index_path=_path(lang, ACROSS),
        pager=paging.ways(
            inputs.number,
            is_last=inputs.is_last,
            path=lambda number: _path(lang, year, number),
        ),
    )


def _months(inputs: Inputs, context: Context, known: Mapping[str, Source]) -> Iterable[Month]:
    """The months of a year, and last what lies in the year but in none of them."""
    found: dict[str, list[Entry]] = defaultdict(list)
    for entry in inputs.entries:
        found[_month(entry.when) if inputs.year else ""].append(entry)
    for month in (*sorted(found.keys() - {""}), *found.keys() & {""}):
        entries = found[month]
        date = edtf.parse(month)
        yield Month(
            context.date(date) if isinstance(date, edtf.EdtfDate) else "",
            timelines.of(entries, claims.views(entries, context, known)),
        )


def _month(date: EdtfDate | None) -> str:
    """The one month in which a date lies wholly, as a notation; empty where there is none."""
    days = [day for day in (date.earliest, date.latest) if day] if date else []
    months = {f"{day:%Y-%m}" for day in days}
    return months.pop() if len(months) == 1 else ""


def _neighbour(lang: str, year: int) -> tuple[str, str]:
    return (str(year), _path(lang, year)) if year else ("", "")
