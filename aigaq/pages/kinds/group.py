"""The page of a group that belongs to nobody with an open page: how many, and what is said."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from aigaq.pages import addresses, briefs, claims, groups

if TYPE_CHECKING:
    from aigaq.pages.briefs import Brief, Card
    from aigaq.pages.claims import Source
    from aigaq.pages.context import Context, Phrase
    from aigaq.pages.groups import Counted, GroupView
    from aigaq.pages.index import Index
    from aigaq.pages.page import Page

TEMPLATE = "group.html"


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """The group with what is said about it, and the texts that name it."""

    counted: Counted
    sources: tuple[Source, ...]
    texts: tuple[Brief, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What `group.html` sees."""

    title: Phrase
    group: GroupView
    texts: tuple[Card, ...]


def plan(index: Index) -> tuple[Page, ...]:
    pages: list[Page] = []
    for group in groups.with_own_page(index):
        pages += index.in_every_language(
            "group",
            partial(addresses.of_record, "group", group),
            partial(_inputs, index, group),
        )
    return tuple(pages)


def _inputs(index: Index, group: str) -> Inputs:
    counted = groups.counted(index, group)
    texts = (mention.text for mention in index.back.mentions.get(group, ()))
    return Inputs(
        counted=counted,
        sources=claims.sources(index, counted.claims),
        texts=briefs.of_texts(index, texts),
    )


def view(page: Page, context: Context) -> View:
    inputs: Inputs = page.inputs
    known = {source.id: source for source in inputs.sources}
    group = groups.view(inputs.counted, context, known)
    return View(title=group.label, group=group, texts=briefs.cards(inputs.texts, context))
