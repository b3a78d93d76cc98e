"""The wall of the missing: those whose latest status, as told, is that they were taken.

Somebody with a photograph and somebody without one have the same place. Who came back is named
apart. Protected people are never here: `publish` leaves no claims about them, and `statuses`
asks again.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from aigaq.pages import claims, naming, objects, paging, status_lines
from aigaq.pages.context import Link, Phrase
from aigaq.words import alphabet

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aigaq.archive.public import Person, Picture
    from aigaq.pages.claims import Source
    from aigaq.pages.context import Context
    from aigaq.pages.index import Index
    from aigaq.pages.objects import PictureView
    from aigaq.pages.page import Page
    from aigaq.pages.paging import Pager
    from aigaq.pages.status_lines import Reported, StatusLine

TEMPLATE = "wall.html"
SIZE = 300
RETURNED = "returned"  # anchor of those who came back, on the first page


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """Somebody of whom a status is told."""

    reported: Reported
    photo: Picture | None


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

    person: Link
    photo: PictureView | None
    lines: tuple[StatusLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What `wall.html` sees. `country` is None where the archive is not about one state."""

    title: Phrase
    country: Link | None
    stones: tuple[Stone, ...]
    returned: tuple[Stone, ...]
    pager: Pager


def plan(index: Index) -> tuple[Page, ...]:
    country = index.archive.site.wall_country
    parts = paging.cut(_those(index, "taken"), SIZE)
    pages: list[Page] = []
    for number, part in enumerate(parts, 1):
        returned = _those(index, "returned") if number == 1 else ()
        inputs = Inputs(
            entries=part,
            returned=returned,
            sources=claims.sources(
                index, (c for e in (*part, *returned) for c in e.reported.standing.latest)
            ),
            country=country if country in index.archive.places else "",
            number=number,
            is_last=number == len(parts),
        )
        pages += index.in_every_language("wall", partial(_path, number=number), inputs)
    return tuple(pages)


def _path(lang: str, number: int) -> str:
    return f"{lang}/wall.html" if number == 1 else f"{lang}/wall-{number}.html"


def returned(index: Index) -> tuple[str, ...]:
    """Those who came back, as told, by name."""
    return tuple(entry.reported.person for entry in _those(index, "returned"))


def _those(index: Index, group: str) -> tuple[Entry, ...]:
    return tuple(
        Entry(reported=_last_only(found), photo=person.photo)
        for person in sorted(index.archive.people.values(), key=_order)
        if (found := status_lines.reported(index, person.id, index.ties.get(person.id, ())))
        and found.standing.group == group
    )


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
    status = status_lines.view(entry.reported, context, known)
    photo = entry.photo
    return Stone(
        person=person,
        photo=objects.picture(photo, context, instead=person.phrase) if photo else None,
        lines=status.lines if status else (),
    )
