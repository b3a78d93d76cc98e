"""All organisations, by what kind of body they are."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from aigaq.pages import addresses
from aigaq.pages.context import Link, Phrase
from aigaq.words import alphabet, vocabularies

if TYPE_CHECKING:
    from aigaq.pages.context import Context
    from aigaq.pages.index import Index
    from aigaq.pages.page import Page

TEMPLATE = "organisations.html"


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """Every organisation: id, type, how many texts name it."""

    organisations: tuple[tuple[str, str, int], ...]


@dataclass(frozen=True, slots=True)
class Group:
    """The organisations of one type, each with the number of texts that name it."""

    type: str
    organisations: tuple[tuple[Link, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What `organisations.html` sees."""

    title: Phrase
    groups: tuple[Group, ...]


def plan(index: Index) -> tuple[Page, ...]:
    inputs = partial(
        Inputs,
        organisations=tuple(
            (o.id, o.type, len(index.back.mentions.get(o.id, ())))
            for o in index.archive.organisations.values()
        ),
    )
    return index.in_every_language(
        "organisations", lambda lang: addresses.of_list("organisation", lang), inputs
    )


def view(page: Page, context: Context) -> View:
    return View(
        title=Phrase(str(context.texts.say("Organisations"))),
        groups=tuple(
            group
            for kind in vocabularies.ORGANISATION_TYPES
            if (group := _group(kind, page.inputs, context)).organisations
        ),
    )


def _group(kind: str, inputs: Inputs, context: Context) -> Group:
    found = [(context.link(i), count) for i, own, count in inputs.organisations if own == kind]
    found.sort(key=lambda one: (alphabet.sort_key(one[0].phrase.text), one[0].path))
    return Group(context.texts.label("organisation_type", kind), tuple(found))
