"""All topics as a tree: each under the broader one."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from aigaq.pages import addresses, trees
from aigaq.pages.context import Phrase

if TYPE_CHECKING:
    from aigaq.pages.context import Context
    from aigaq.pages.index import Index
    from aigaq.pages.page import Page
    from aigaq.pages.trees import Branch, Twig

TEMPLATE = "topics.html"


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """Every topic: what is above it, how many texts have it."""

    topics: tuple[Twig, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What `topics.html` sees."""

    title: Phrase
    tree: tuple[Branch, ...]


def plan(index: Index) -> tuple[Page, ...]:
    inputs = partial(
        Inputs,
        topics=tuple(
            trees.Twig(t.id, t.broader, count=len(index.back.by_topic.get(t.id, ())))
            for t in index.archive.topics.values()
        ),
    )
    return index.in_every_language(
        "topics", lambda lang: addresses.of_list("topic", lang), inputs
    )


def view(page: Page, context: Context) -> View:
    inputs: Inputs = page.inputs
    return View(
        title=Phrase(str(context.texts.say("Topics"))),
        tree=trees.of(inputs.topics, context),
    )
