"""The page of one series: its introduction, who made it, and its texts in their order."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from aigaq.pages import addresses, briefs
from aigaq.pages.context import Link, Phrase

if TYPE_CHECKING:
    from aigaq.archive.public import Series
    from aigaq.pages.briefs import Brief, Card
    from aigaq.pages.context import Context
    from aigaq.pages.index import Index
    from aigaq.pages.page import Page

TEMPLATE = "series.html"


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """The series and its texts in short."""

    series: Series
    texts: tuple[Brief, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What `series.html` sees. `credits` are pairs of who and as what."""

    title: Phrase
    introduction: Phrase
    credits: tuple[tuple[Link, str], ...]
    texts: tuple[Card, ...]
    feed_path: str


def plan(index: Index) -> tuple[Page, ...]:
    pages: list[Page] = []
    for series in index.archive.series.values():
        pages += index.in_every_language(
            "series",
            partial(addresses.of_record, "series", series.id),
            partial(_inputs, index, series),
        )
    return tuple(pages)


def _inputs(index: Index, series: Series) -> Inputs:
    return Inputs(series=series, texts=briefs.of_texts(index, series.texts))


def view(page: Page, context: Context) -> View:
    inputs: Inputs = page.inputs
    series = inputs.series
    return View(
        title=context.pick(series.title),
        introduction=context.pick(series.introduction),
        credits=tuple(
            (
                context.link(c.who) if c.is_record else Link(Phrase(c.who)),
                context.texts.label("credit_role", c.role),
            )
            for c in series.credits
        ),
        texts=briefs.cards(inputs.texts, context),
        feed_path=f"{page.lang}/series/{series.id}.xml",
    )
