"""The wall of the missing: those whose latest status, as told, is that they were taken.

Somebody with a photograph and somebody without one have the same place. Protected people are
never here: `publish` leaves no claims about them, and the wall asks again.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from aigaq.pages import moments, naming, objects, paging, statuses
from aigaq.pages.context import Link, Phrase
from aigaq.words import alphabet, vocabularies

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aigaq.archive.public import Claim, Person, Picture, Place
    from aigaq.pages.context import Context
    from aigaq.pages.index import Index
    from aigaq.pages.moments import Moment
    from aigaq.pages.objects import PictureView
    from aigaq.pages.page import Page
    from aigaq.pages.paging import Pager
    from aigaq.words.edtf import EdtfDate

TEMPLATE = "wall.html"
SIZE = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """Somebody who was taken: the claim that says so last, and when that was told."""

    person: str
    photo: Picture | None
    status: str
    text: str
    by: str
    by_words: str
    words_lang: str  # of `by_words`
    when: EdtfDate | None
    told: EdtfDate | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """The entries of one page of the wall, and where it stands among the others."""

    entries: tuple[Entry, ...]
    country: str
    number: int
    is_last: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Stone:
    """One place on the wall."""

    person: Link
    photo: PictureView | None
    status: str
    when: Moment | None
    told: Moment | None
    by: Link | None
    text: Link


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What `wall.html` sees. `country` is None where the archive is not about one state."""

    title: Phrase
    country: Link | None
    stones: tuple[Stone, ...]
    pager: Pager


def plan(index: Index) -> tuple[Page, ...]:
    taken = [
        (person, claim)
        for person in index.archive.people.values()
        if person.protect == "open" and (claim := _taken(index, person))
    ]
    taken.sort(key=lambda one: _order(one[0]))
    country = index.archive.site.wall_country
    parts = paging.cut(taken, SIZE)
    pages: list[Page] = []
    for number, part in enumerate(parts, 1):
        inputs = Inputs(
            entries=tuple(_entry(index, person, claim) for person, claim in part),
            country=country if country in index.archive.places else "",
            number=number,
            is_last=number == len(parts),
        )
        pages += index.in_every_language("wall", partial(_path, number=number), inputs)
    return tuple(pages)


def _path(lang: str, number: int) -> str:
    return f"{lang}/wall.html" if number == 1 else f"{lang}/wall-{number}.html"


def _taken(index: Index, person: Person) -> Claim | None:
    """The latest claim with a status, where it puts the person on the wall."""
    archive = index.archive
    about = index.back.claims_about.get(person.id, ())
    told = {claim.text: statuses.told_on(archive.texts[claim.text]) for claim in about}
    claim = statuses.latest(about, told)
    if claim is None or claim.status not in vocabularies.ON_THE_WALL:
        return None
    country = archive.site.wall_country
    return claim if not country or _lies_in(archive.places, claim.where, country) else None


def _lies_in(places: Mapping[str, Place], place: str, country: str) -> bool:
    """Whether a place is the state or lies within it; no place counts as within."""
    if not place:
        return True
    seen = set()
    while place in places and place not in seen:
        if place == country:
            return True
        seen.add(place)
        place = places[place].within
    return False


def _order(person: Person) -> tuple[object, ...]:
    """By name, those without one last; the same on every machine and in every language."""
    main = naming.in_language(person.names, ())
    described = naming.is_described(person.names)
    return described, alphabet.sort_key(person.sort or main.text), person.id


def _entry(index: Index, person: Person, claim: Claim) -> Entry:
    text = index.archive.texts[claim.text]
    return Entry(
        person=person.id,
        photo=person.photo,
        status=claim.status,
        text=claim.text,
        by=claim.by,
        by_words=claim.by_words,
        words_lang=text.lang,
        when=claim.when,
        told=statuses.told_on(text),
    )


def view(page: Page, context: Context) -> View:
    inputs: Inputs = page.inputs
    return View(
        title=Phrase(str(context.texts.say("The missing"))),
        country=context.link(inputs.country) if inputs.country else None,
        stones=tuple(_stone(entry, context) for entry in inputs.entries),
        pager=paging.ways(
            inputs.number,
            is_last=inputs.is_last,
            path=lambda number: _path(page.lang, number),
        ),
    )


def _stone(entry: Entry, context: Context) -> Stone:
    person = context.link(entry.person)
    by = context.link(entry.by) if entry.by else None
    if entry.by_words:
        by = Link(context.phrase(entry.by_words, entry.words_lang))
    photo = entry.photo
    return Stone(
        person=person,
        photo=objects.picture(photo, context, instead=person.phrase) if photo else None,
        status=context.texts.label("status", entry.status),
        when=moments.of(entry.when, context),
        told=moments.of(entry.told, context),
        by=by,
        text=context.link(entry.text),
    )
