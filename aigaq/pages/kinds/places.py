"""All places as a tree: each under the one that encloses it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from aigaq.pages import addresses, trees
from aigaq.pages.context import Phrase

if TYPE_CHECKING:
    from aigaq.pages.context import Context
    from aigaq.pages.index import Index
    from aigaq.pages.page import Page
    from aigaq.pages.trees import Branch, Twig

TEMPLATE = "places.html"


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """Every place: what encloses it, its type, how many texts name it."""

    places: tuple[Twig, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What `places.html` sees."""

    title: Phrase
    tree: tuple[Branch, ...]


def plan(index: Index) -> tuple[Page, ...]:
    inputs = Inputs(
        places=tuple(
            trees.Twig(p.id, p.within, p.type, len(index.back.mentions.get(p.id, ())))
            for p in index.archive.places.values()
        )
    )
    return index.in_every_language(
        "places", lambda lang: addresses.of_list("place", lang), inputs
    )


def view(page: Page, context: Context) -> View:
    inputs: Inputs = page.inputs
    return View(
        title=Phrase(str(context.texts.say("Places"))),
        tree=trees.of(inputs.places, context),
    )
