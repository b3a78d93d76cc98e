"""The page at the address of what was withdrawn: that it was, and nothing of what it was."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from aigaq.pages import addresses
from aigaq.pages.context import Phrase

if TYPE_CHECKING:
    from aigaq.pages.context import Context
    from aigaq.pages.index import Index
    from aigaq.pages.page import Page

TEMPLATE = "tombstone.html"


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """Whether it was the page of a person."""

    is_person: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What `tombstone.html` sees."""

    title: Phrase
    is_person: bool


def plan(index: Index) -> tuple[Page, ...]:
    """One page in each language for each that leaves a tombstone."""
    pages: list[Page] = []
    for record_id, kind in index.archive.tombstones.items():
        pages += index.in_every_language(
            "tombstone",
            lambda lang, k=kind, i=record_id: addresses.of_record(k, i, lang),  # type: ignore[misc]
            partial(Inputs, is_person=kind == "person"),
        )
    return tuple(pages)


def view(page: Page, context: Context) -> View:
    title = Phrase(str(context.texts.say("Withdrawn")))
    return View(title=title, is_person=page.inputs.is_person)
