"""Things that stand for somebody: a scarf, a letter, a photograph, and who keeps them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from aigaq.pages import claims, objects, paging
from aigaq.pages.context import Phrase

if TYPE_CHECKING:
    from aigaq.archive.public import Object
    from aigaq.pages.claims import Source
    from aigaq.pages.context import Context
    from aigaq.pages.index import Index
    from aigaq.pages.objects import ObjectView
    from aigaq.pages.page import Page
    from aigaq.pages.paging import Pager

TEMPLATE = "objects.html"
SIZE = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """The things of one page in the order of their texts, and which page it is."""

    objects: tuple[Object, ...]
    sources: tuple[Source, ...]
    number: int
    is_last: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What `objects.html` sees."""

    title: Phrase
    objects: tuple[ObjectView, ...]
    pager: Pager


def plan(index: Index) -> tuple[Page, ...]:
    things = [o for text in index.back.order for o in index.archive.texts[text].objects]
    parts = paging.cut(things, SIZE)
    pages: list[Page] = []
    for number, part in enumerate(parts, 1):
        inputs = partial(
            Inputs,
            objects=part,
            sources=claims.sources(index, part),
            number=number,
            is_last=number == len(parts),
        )
        pages += index.in_every_language(
            "objects",
            partial(_path, number=number),
            inputs,
        )
    return tuple(pages)


def _path(lang: str, number: int) -> str:
    return f"{lang}/objects.html" if number == 1 else f"{lang}/objects-{number}.html"


def view(page: Page, context: Context) -> View:
    inputs: Inputs = page.inputs
    known = {source.id: source for source in inputs.sources}
    return View(
        title=Phrase(str(context.texts.say("Objects"))),
        objects=tuple(objects.of(thing, context, known) for thing in inputs.objects),
        pager=paging.ways(
            inputs.number, is_last=inputs.is_last, path=lambda number: _path(page.lang, number)
        ),
    )
