"""People counted and not named, on the page of the person whose they are or on their own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from aigaq.pages import claims, moments

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from aigaq.archive.public import Group
    from aigaq.pages.claims import ClaimView, Entry, Source
    from aigaq.pages.context import Context, Phrase
    from aigaq.pages.index import Index
    from aigaq.pages.moments import Amount


@dataclass(frozen=True, slots=True)
class Counted:
    """A group, and what is said about it and asked for it."""

    group: Group
    claims: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class GroupView:
    """People who are counted, not named; `id` is the anchor under which they stand."""

    id: str
    label: Phrase
    count: Amount | None
    minors: bool
    claims: tuple[ClaimView, ...]


def with_own_page(index: Index) -> tuple[str, ...]:
    """The groups of nobody whose page could hold them, by id."""
    return tuple(i for i in index.archive.groups if not index.labels[i].of)


def counted(index: Index, group: str) -> Counted:
    said = index.back.claims_about.get(group, ())
    asked = index.back.asked_about.get(group, ())
    return Counted(index.archive.groups[group], claims.sort((*said, *asked)))


def without(found: Counted, entries: Iterable[Entry]) -> Counted:
    """The group without what its person's page says already."""
    return Counted(found.group, tuple(e for e in found.claims if e not in {*entries}))


def view(found: Counted, context: Context, known: Mapping[str, Source]) -> GroupView:
    group = found.group
    return GroupView(
        group.id,
        context.pick(group.label),
        moments.count(group.count),
        group.minors,
        claims.views(found.claims, context, known),
    )
