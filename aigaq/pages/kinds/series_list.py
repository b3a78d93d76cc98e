"""All series with their introductions."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from aigaq.pages import addresses
from aigaq.pages.context import Link, Phrase
from aigaq.words import alphabet

if TYPE_CHECKING:
    from aigaq.pages.context import Context
    from aigaq.pages.index import Index
    from aigaq.pages.page import Page
    from aigaq.words.localised import Localised

TEMPLATE = "series_list.html"


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """Every series: id, introduction, number of texts."""

    series: tuple[tuple[str, Localised, int], ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """A series in the list."""

    link: Link
    introduction: Phrase
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What `series_list.html` sees."""

    title: Phrase
    series: tuple[Entry, ...]


def plan(index: Index) -> tuple[Page, ...]:
    inputs = partial(
        Inputs,
        series=tuple(
            (s.id, s.introduction, len(s.texts)) for s in index.archive.series.values()
        ),
    )
    return index.in_every_language(
        "series_list", lambda lang: addresses.of_list("series", lang), inputs
    )


def view(page: Page, context: Context) -> View:
    inputs: Inputs = page.inputs
    entries = [
        Entry(context.link(i), context.pick(introduction), count)
        for i, introduction, count in inputs.series
    ]
    return View(
        title=Phrase(str(context.texts.say("Series"))),
        series=tuple(
            sorted(entries, key=lambda e: (alphabet.sort_key(e.link.phrase.text), e.link.path))
        ),
    )
