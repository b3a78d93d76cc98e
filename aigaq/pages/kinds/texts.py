"""All texts, oldest first, in pages of fifty: a new text changes the last page and not all."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from aigaq.pages import addresses, briefs, paging
from aigaq.pages.context import Phrase

if TYPE_CHECKING:
    from aigaq.pages.briefs import Brief, Card
    from aigaq.pages.context import Context
    from aigaq.pages.index import Index
    from aigaq.pages.page import Page
    from aigaq.pages.paging import Pager

TEMPLATE = "texts.html"
SIZE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """The texts of one page of the list, and where it stands among the others."""

    texts: tuple[Brief, ...]
    number: int
    is_last: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What `texts.html` sees."""

    title: Phrase
    texts: tuple[Card, ...]
    pager: Pager


def plan(index: Index) -> tuple[Page, ...]:
    parts = paging.cut(index.back.order, SIZE)
    pages: list[Page] = []
    for number, ids in enumerate(parts, 1):
        inputs = partial(
            Inputs,
            texts=briefs.of_texts(index, ids),
            number=number,
            is_last=number == len(parts),
        )
        pages += index.in_every_language(
            "texts",
            partial(addresses.of_list, "text", number=number),
            inputs,
        )
    return tuple(pages)


def view(page: Page, context: Context) -> View:
    inputs: Inputs = page.inputs
    return View(
        title=Phrase(str(context.texts.say("Testimonies"))),
        texts=briefs.cards(inputs.texts, context),
        pager=paging.ways(
            inputs.number,
            is_last=inputs.is_last,
            path=lambda number: addresses.of_list("text", page.lang, number),
        ),
    )
