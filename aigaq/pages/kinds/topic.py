"""The page of a topic: what it means, what is above and below it, its texts, oldest first."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from aigaq.pages import addresses, briefs, paging
from aigaq.pages.context import Link, Phrase

if TYPE_CHECKING:
    from aigaq.archive.public import Topic
    from aigaq.pages.briefs import Brief, Card
    from aigaq.pages.context import Context
    from aigaq.pages.index import Index
    from aigaq.pages.page import Page
    from aigaq.pages.paging import Pager

TEMPLATE = "topic.html"
SIZE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """The topic, its neighbours in the tree, and the texts of one page of its list."""

    topic: Topic
    narrower: tuple[str, ...]
    texts: tuple[Brief, ...]
    number: int
    is_last: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What `topic.html` sees."""

    title: Phrase
    note: Phrase
    broader: Link | None
    narrower: tuple[Link, ...]
    texts: tuple[Card, ...]
    pager: Pager
    feed_path: str


def plan(index: Index) -> tuple[Page, ...]:
    pages: list[Page] = []
    for topic in index.archive.topics.values():
        parts = paging.cut(index.back.by_topic.get(topic.id, ()), SIZE)
        for number, ids in enumerate(parts, 1):
            inputs = partial(
                Inputs,
                topic=topic,
                narrower=tuple(
                    t.id for t in index.archive.topics.values() if t.broader == topic.id
                ),
                texts=briefs.of_texts(index, ids),
                number=number,
                is_last=number == len(parts),
            )
            pages += index.in_every_language(
                "topic",
                partial(_path, topic.id, number=number),
                inputs,
            )
    return tuple(pages)


def _path(topic: str, lang: str, number: int) -> str:
    """Ids never start with `page-`, so the further pages cannot meet another topic."""
    return addresses.of_record(
        "topic", topic if number == 1 else f"page-{topic}-{number}", lang
    )


def view(page: Page, context: Context) -> View:
    inputs: Inputs = page.inputs
    topic = inputs.topic
    return View(
        title=context.pick(topic.label),
        note=context.pick(topic.note),
        broader=context.link(topic.broader) if context.knows(topic.broader) else None,
        narrower=context.links(inputs.narrower),
        texts=briefs.cards(inputs.texts, context),
        pager=paging.ways(
            inputs.number,
            is_last=inputs.is_last,
            path=lambda number: _path(topic.id, page.lang, number),
        ),
        feed_path=f"{page.lang}/topics/{topic.id}.xml",
    )
