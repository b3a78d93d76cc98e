"""The family of one person as told: generations, groups as counted shapes, words for all.

The nested list is the view and its text in one. Of protected relatives there is a number alone,
without relation, name or link: `archive.relatives` lets nothing else come here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from aigaq.archive.public import Count
from aigaq.pages import moments, told
from aigaq.pages.kinship import Tie
from aigaq.words import vocabularies

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from aigaq.archive.public import Person
    from aigaq.pages.context import Context, Link, Phrase
    from aigaq.pages.kinship import Telling
    from aigaq.pages.moments import Amount

MOST_DOTS = 20
COUNTED, NO_KIN = "counted", "others"


@dataclass(frozen=True, slots=True)
class Shape:
    """A number of people: in words, and as that many dots (`more`: there were too many)."""

    count: Amount
    dots: int
    more: bool


@dataclass(frozen=True, slots=True)
class Relative:
    """Somebody who is the `relation` of the person; a group has a shape where it is counted."""

    who: Link
    relation: str
    as_told: tuple[Phrase, ...]
    told_in: tuple[Link, ...]
    shape: Shape | None


@dataclass(frozen=True, slots=True)
class Generation:
    """One row: `key` is of `vocabularies.GENERATIONS`, or `counted` or `others`."""

    key: str
    relatives: tuple[Relative, ...]


@dataclass(frozen=True, slots=True)
class FamilyView:
    """Generations, the oldest first, then those who are no kin; protected ones as a number."""

    generations: tuple[Generation, ...]
    unnamed: Shape | None


def view(
    person: Person, ties: Iterable[Tie], groups: Iterable[str], context: Context
) -> FamilyView | None:
    """The family of an open person; None where nothing is told of any.

    `groups` are the ids of all that stand on the page; most have no relation of their own.
    """
    known = tuple(ties)
    related = {tie.other for tie in known}
    counted = tuple(Tie(group, "") for group in groups if group not in related)
    generations = tuple(_generations((*known, *counted), context))
    number = person.unnamed_relatives
    unnamed = _shape(Count(low=number, high=number)) if number else None
    return FamilyView(generations, unnamed) if generations or unnamed else None


def _generations(ties: tuple[Tie, ...], context: Context) -> Iterator[Generation]:
    rows = (*vocabularies.GENERATIONS.items(), (COUNTED, ("",)), (NO_KIN, vocabularies.NO_KIN))
    for key, relations in rows:
        found = tuple(_relative(tie, context) for tie in ties if tie.relation in relations)
        if found:
            yield Generation(key, found)


def _relative(tie: Tie, context: Context) -> Relative:
    count = context.labels[tie.other].count
    return Relative(
        context.link(tie.other),
        context.texts.label("relation", tie.relation) if tie.relation else "",
        tuple(
            dict.fromkeys(
                told.localised(one.words, context, one) for one in tie.told if one.words
            )
        ),
        tuple(dict.fromkeys(_passage(one, context) for one in tie.told if one.text)),
        _shape(count) if count else None,
    )


def _passage(one: Telling, context: Context) -> Link:
    """The paragraph that tells it, if the version that this reader is shown has it."""
    languages = context.labels[one.text].languages
    shown = context.lang if context.lang in languages else languages[0]
    return context.link(one.text, one.at if shown in one.shown_in else "")


def _shape(count: Count) -> Shape | None:
    amount = moments.count(count)
    return Shape(amount, min(count.low, MOST_DOTS), count.low > MOST_DOTS) if amount else None
