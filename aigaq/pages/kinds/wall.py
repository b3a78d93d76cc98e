"""The wall of the missing: those whose latest status, as told, is that they were taken.

Somebody with a photograph and somebody without one have the same place, and so have people who
are counted and not named, after the others. Who came back is named apart. Protected people are
never here: `publish` leaves no claims about them, and `statuses` asks again.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from aigaq.pages import claims, moments, naming, objects, paging, status_lines
from aigaq.pages.context import Link, Phrase
from aigaq.pages.status_lines import Reported
from aigaq.words import alphabet

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from aigaq.archive.public import Group, Person, Picture
    from aigaq.pages.claims import Source
    from aigaq.pages.context import Context
    from aigaq.pages.index import Index
    from aigaq.pages.moments import Amount
    from aigaq.pages.objects import PictureView
    from aigaq.pages.page import Page
    from aigaq.pages.paging import Pager
    from aigaq.pages.status_lines import StatusView

TEMPLATE = "wall.html"
SIZE = 300
RETURNED = "returned"  # anchor of those who came back, on the first page


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """Somebody of whom a status is told, or a `group` of which one is."""

    reported: Reported
    photo: Picture | None = None
    group: Group | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """The entries of one page of the wall, and where it stands among the others."""

    entries: tuple[Entry, ...]
    returned: tuple[Entry, ...]  # all of them, on the first page
    sources: tuple[Source, ...]
    country: str
    number: int
    is_last: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Stone:
    """One place on the wall."""

    person: Link  # or the people of a group
    count: Amount | None
    of: Link | None  # on whose page a group stands
    photo: PictureView | None
    status: StatusView | None


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What `wall.html` sees. `country` is None where the archive is not about one state."""

    title: Phrase
    country: Link | None
    stones: tuple[Stone, ...]
    returned: tuple[Stone, ...]
    pager: Pager


def plan(index: Index) -> tuple[Page, ...]:
    parts = paging.cut((*taken(index), *_groups(index, "taken")), SIZE)
    pages: list[Page] = []
    for number, part in enumerate(parts, 1):
        first = number == 1
        back = (*_those(index, "returned"), *_groups(index, "returned")) if first else ()
        is_last = number == len(parts)
        inputs = partial(_inputs, index, part, back, number=number, is_last=is_last)
        pages += index.in_every_language("wall", partial(_path, number=number), inputs)
    return tuple(pages)


def _inputs(
    index: Index, part: tuple[Entry, ...], back: tuple[Entry, ...], **others: Any
) -> Inputs:
    country = index.archive.site.wall_country
    told = (claim for entry in (*part, *back) for claim in entry.reported.claims)
    return Inputs(
        entries=part,
        returned=back,
        sources=claims.sources(index, told),
        country=country if country in index.archive.places else "",
        **others,
    )


def _path(lang: str, number: int) -> str:
    return f"{lang}/wall.html" if number == 1 else f"{lang}/wall-{number}.html"


def taken(index: Index) -> tuple[Entry, ...]:
    """Those on the wall, by name."""
    return _those(index, "taken")


def returned(index: Index) -> tuple[str, ...]:
    """Those who came back, as told, by name."""
    return tuple(entry.reported.person for entry in _those(index, "returned"))


def _those(index: Index, group: str) -> tuple[Entry, ...]:
    return tuple(
        Entry(reported=_last_only(found), photo=person.photo)
        for person in sorted(index.archive.people.values(), key=_order)
        if (found := index.reported[person.id]) and found.standing.group == group
    )


def _groups(index: Index, group: str) -> Iterable[Entry]:
    """Relatives who are counted; those of nobody named are a sum, and have no stone."""
    relatives = (one for one in index.archive.groups.values() if one.of)
    for one in sorted(relatives, key=_by_label):
        found = index.reported[one.id]
        if found and found.standing.group == group:
            yield Entry(reported=_last_only(found), group=one)


def _by_label(group: Group) -> tuple[object, ...]:
    return alphabet.sort_key(group.label.best(("en",))[1]), group.id


def _last_only(found: Reported) -> Reported:
    return replace(found, standing=replace(found.standing, before=()))


def _order(person: Person) -> tuple[object, ...]:
    """By name, those without one last; the same on every machine and in every language."""
    main = naming.in_language(person.names, ())
    described = naming.is_described(person.names)
    return described, alphabet.sort_key(person.sort or main.text), person.id


def view(page: Page, context: Context) -> View:
    inputs: Inputs = page.inputs
    known = {source.id: source for source in inputs.sources}
    return View(
        title=Phrase(str(context.texts.say("The missing"))),
        country=context.link(inputs.country) if inputs.country else None,
        stones=tuple(_stone(entry, context, known) for entry in inputs.entries),
        returned=tuple(_stone(entry, context, known) for entry in inputs.returned),
        pager=paging.ways(
            inputs.number,
            is_last=inputs.is_last,
            path=lambda number: _path(page.lang, number),
        ),
    )


def _stone(entry: Entry, context: Context, known: Mapping[str, Source]) -> Stone:
    person = context.link(entry.reported.person)
    photo, group = entry.photo, entry.group
    home = context.labels[group.id].of if group else ""
    return Stone(
        person=person,
        count=moments.count(group.count) if group else None,
        of=context.link(home) if home else None,
        photo=objects.picture(photo, context, instead=person.phrase) if photo else None,
        status=status_lines.view(entry.reported, context, known),
    )
