"""What the archive is not: how its texts and people are spread, what rests on one voice.

Law: figures of what is documented here, never a total and never an estimate of what happened.
"""

from __future__ import annotations

import datetime
from collections import Counter
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from aigaq.pages import articles, moments, naming, statuses
from aigaq.pages.context import NO_PHRASE, Link, Phrase
from aigaq.words import alphabet, languages

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from aigaq.archive.public import Claim, ContentPage, Person, Place, Text
    from aigaq.pages.articles import Article
    from aigaq.pages.bodies import Body
    from aigaq.pages.context import Context
    from aigaq.pages.index import Index
    from aigaq.pages.moments import Moment
    from aigaq.pages.page import Page
    from aigaq.words.edtf import EdtfDate

TEMPLATE = "coverage.html"

Counts = tuple[tuple[str, int], ...]

_AREAS = frozenset({"county", "city"})
_AT_HOME = frozenset({"born", "lived-in"})
_TAKEN = frozenset({"detained", "held", "disappeared"})
_OPEN_ENDED = frozenset({"taken", "held-by-others", "not-known"})
# The roles of those who are here for what they did for others, or to them.
_OF_OFFICE = frozenset(
    {"official", "public-figure", "journalist", "photographer", "translator", "interviewer"}
)
OLDEST = 20  # people of whom nothing was told for the longest time
MOST = 200  # people in the list of those of whom one voice tells


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """Counts by key, and what editors wrote before them. The year of undated texts is empty."""

    page: ContentPage | None
    kinds: Counts
    languages: Counts  # of the originals
    retold: Counts  # the same of texts that this archive tells again in its own words
    years: Counts
    roles: Counts
    sexes: Counts
    areas: Counts  # home county or city, or a wider place; empty where none is told
    taken: Counts  # years in which people were first taken, as told; empty where none is told
    described: int  # people without a name
    undated: int  # people of whom nothing has a date
    one_voice: tuple[str, ...]  # people of whom all claims are one speaker's; none of office
    more_voices: int
    oldest: tuple[tuple[str, EdtfDate], ...]  # people, and when their status was told


@dataclass(frozen=True, slots=True)
class Old:
    """Somebody whose last status was told long ago."""

    person: Link
    told: Moment | None


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What `coverage.html` sees; each count has its words."""

    title: Phrase
    article: Article | None
    body: Body | None
    kinds: tuple[tuple[Phrase, int], ...]
    languages: tuple[tuple[Phrase, int], ...]
    retold: tuple[tuple[Phrase, int], ...]
    years: tuple[tuple[Phrase, int], ...]  # an empty phrase for undated texts
    roles: tuple[tuple[Phrase, int], ...]
    sexes: tuple[tuple[Phrase, int], ...]
    areas: tuple[tuple[Link, int], ...]
    taken: tuple[tuple[Phrase, int], ...]
    described: int
    undated: int
    one_voice: int
    one_voice_list: tuple[Link, ...]
    more_voices: int
    oldest: tuple[Old, ...]


def plan(index: Index) -> tuple[Page, ...]:
    path = "coverage.html"
    return index.in_every_language(
        "coverage", lambda lang: f"{lang}/{path}", partial(_inputs, index)
    )


def _inputs(index: Index) -> Inputs:
    archive = index.archive
    texts = archive.texts.values()
    people = [person for person in archive.people.values() if person.protect == "open"]
    said = {p.id: index.back.claims_about.get(p.id, ()) for p in people if not _of_office(p)}
    voices = {person: {(c.by, c.by_words) for c in claims} for person, claims in said.items()}
    one = tuple(sorted(person for person, speakers in voices.items() if len(speakers) == 1))
    return Inputs(
        page=archive.pages.get("coverage"),
        kinds=_most_first(text.kind for text in texts),
        languages=_most_first(text.lang for text in texts if text.voice != "summary"),
        retold=_most_first(text.lang for text in texts if text.voice == "summary"),
        years=_by_year(_year(text) for text in texts),
        roles=_most_first(role for person in archive.people.values() for role in person.role),
        sexes=_most_first(person.sex for person in people),
        areas=_most_first(area for person in people for area in _homes(index, person)),
        taken=_by_year(_first_taken(index, claims) for claims in said.values()),
        described=sum(naming.is_described(person.names) for person in people),
        undated=sum(not any(c.when for c in claims) for claims in said.values()),
        one_voice=one,
        more_voices=sum(len(speakers) > 1 for speakers in voices.values()),
        oldest=_oldest(index, people),
    )


def _most_first(keys: Iterable[str]) -> Counts:
    return tuple(sorted(Counter(keys).items(), key=lambda pair: (-pair[1], pair[0])))


def _by_year(years: Iterable[str]) -> Counts:
    return tuple(sorted(Counter(years).items(), key=_undated_last))


def _undated_last(pair: tuple[str, int]) -> tuple[bool, str]:
    return not pair[0], pair[0]


def _year(text: Text) -> str:
    """The year in which the text is listed; empty where it has none."""
    day = text.date.known_end if text.date else None
    return str(day.year) if day else ""


def _homes(index: Index, person: Person) -> set[str]:
    """The areas of a home: by the person's file, else all that texts tell; else an empty id."""
    places, told = index.archive.places, index.back.claims_about.get(person.id, ())
    homes = {c.where for c in told if c.what in _AT_HOME and c.where in places}
    return {
        _area(places, place) for place in ({person.place} if person.place else homes or {""})
    }


def _area(places: Mapping[str, Place], place: str) -> str:
    """The county or city around a place; itself where there is none."""
    above, seen = place, set()
    while above in places and above not in seen:
        if places[above].type in _AREAS:
            return above
        seen.add(above)
        above = places[above].within
    return place


def _of_office(person: Person) -> bool:
    """Whether somebody is here for what they did for others, or to them, alone."""
    return bool(person.role) and _OF_OFFICE.issuperset(person.role)


def _first_taken(index: Index, claims: Iterable[Claim]) -> str:
    """The year of the first taking that lies wholly in one; empty where none does.

    As on the wall only what happened in the state that the archive is about counts.
    """
    here = (c for c in claims if c.what in _TAKEN and index.is_here(c.where))
    taken = (c.when for c in here if c.when)
    years = {d.earliest.year for d in taken if d.earliest and d.lies_within(d.earliest.year)}
    return str(min(years)) if years else ""


def _oldest(index: Index, people: Iterable[Person]) -> tuple[tuple[str, EdtfDate], ...]:
    """Those who are not known to be free of whom the last status was told longest ago."""
    told: dict[str, EdtfDate] = {}
    for person in people:
        found = index.reported[person.id]
        if found and found.standing.group in _OPEN_ENDED:
            latest = found.standing.latest
            days = [statuses.told_on(index.archive.texts[claim.text]) for claim in latest]
            known = [day for day in days if day]
            told |= {person.id: max(known, key=_day)} if known else {}
    return tuple(sorted(told.items(), key=lambda pair: (_day(pair[1]), pair[0]))[:OLDEST])


def view(page: Page, context: Context) -> View:
    inputs: Inputs = page.inputs
    article = articles.of(inputs.page, context) if inputs.page else None
    title = Phrase(str(context.texts.say("What this archive is not")))
    return View(
        title=article.title if article else title,
        article=article,
        body=article.body if article else None,
        kinds=_labelled(inputs.kinds, "text_kind", context),
        languages=_tongues(inputs.languages, context),
        retold=_tongues(inputs.retold, context),
        years=tuple((Phrase(year), count) for year, count in inputs.years),
        roles=_labelled(inputs.roles, "role", context),
        sexes=_labelled(inputs.sexes, "sex", context),
        areas=tuple(
            (context.link(place) if place else Link(NO_PHRASE), count)
            for place, count in inputs.areas
        ),
        taken=tuple((Phrase(year), count) for year, count in inputs.taken),
        described=inputs.described,
        undated=inputs.undated,
        one_voice=len(inputs.one_voice),
        one_voice_list=_by_name(context.links(inputs.one_voice[:MOST])),
        more_voices=inputs.more_voices,
        oldest=tuple(
            Old(context.link(person), moments.of(told, context))
            for person, told in inputs.oldest
        ),
    )


def _tongues(counts: Counts, context: Context) -> tuple[tuple[Phrase, int], ...]:
    return tuple(
        (context.phrase(languages.of(tag).autonym, tag), count) for tag, count in counts
    )


def _labelled(
    counts: Counts, list_name: str, context: Context
) -> tuple[tuple[Phrase, int], ...]:
    return tuple(
        (Phrase(context.texts.label(list_name, key) if key else ""), count)
        for key, count in counts
    )


def _by_name(links: Iterable[Link]) -> tuple[Link, ...]:
    return tuple(sorted(links, key=lambda one: (alphabet.sort_key(one.phrase.text), one.path)))


def _day(date: EdtfDate) -> datetime.date:
    """The day after which nothing was told; the latest that it may be."""
    return date.latest or date.earliest or datetime.date.max
