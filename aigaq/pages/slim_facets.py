"""What a search can be narrowed down by: kind, year, place and topic of each page found.

The engine's own filters are not used: with them its files differ from run to run. Instead each
value is a word of its own, made of letters and digits that no text has, in the metadata of the
page. The words are the same in every language. All have one length, so that none is the
beginning of another.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias

from aigaq.archive.public import Claim
from aigaq.pages import addresses, groups
from aigaq.pages.texts import noted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from aigaq.archive.public import Asked, Person, Text, Version
    from aigaq.pages.index import Index
    from aigaq.pages.texts import Texts
    from aigaq.words.edtf import EdtfDate

FACETS = ("kind", "year", "place", "topic")
Value = tuple[str, str]  # facet and key: `("place", "pl-almaty")`, `("year", "2017")`
Found = tuple[str, tuple[Value, ...], tuple[str, ...]]  # path, values, languages of the bundles
Entry: TypeAlias = "Asked | Claim"

# Kinds of page besides the kinds of text.
_KINDS = {
    "person": noted("Person"),
    "group": noted("People counted, not named"),
    "place": noted("Place"),
    "organisation": noted("Organisation"),
    "topic": noted("Topic"),
    "page": noted("Page"),
}


@dataclass(frozen=True, slots=True)
class Counted:
    """A value, and how many pages have it: in each language of the site, and in all of them."""

    key: str
    by_language: tuple[tuple[str, int], ...]
    everywhere: int


@dataclass(frozen=True, slots=True)
class Facet:
    """One way to narrow down, with more than one value; the values have no order yet."""

    name: str
    values: tuple[Counted, ...]


@lru_cache(maxsize=1 << 14)
def token(facet: str, key: str) -> str:
    """The word that stands for a value: `z`, the facet's letter, twelve digits."""
    digest = hashlib.sha256(f"{facet}:{key}".encode()).digest()
    return f"z{facet[0]}{int.from_bytes(digest[:8], 'big') % 10**12:012}"


def tokens(values: Iterable[Value]) -> str:
    return " ".join(sorted(token(facet, key) for facet, key in values))


def kind_label(kind: str, say: Texts) -> str:
    """A kind of page in words; a text says of what kind it is."""
    if kind == "series":
        return say.say_in("kind of a result", "Series")
    return str(say.say(_KINDS[kind])) if kind in _KINDS else say.label("text_kind", kind)


def found(index: Index) -> tuple[Found, ...]:
    """All pages that a search can find; `Index.found` has them, made once."""
    return tuple(_Pages(index).all())


def of_pages(index: Index) -> dict[str, tuple[Value, ...]]:
    """The values of each page that is found, by its path without the language."""
    return {path: values for path, values, _ in index.found}


def sizes(index: Index) -> tuple[tuple[str, int], ...]:
    """How many pages the index of each language has."""
    found = Counter(lang for _, _, languages in index.found for lang in languages)
    return tuple((lang, found[lang]) for lang in index.languages)


def of_archive(index: Index) -> tuple[Facet, ...]:
    """All facets that are worth a choice, with their counts."""
    counts: Counter[tuple[Value, str]] = Counter()
    for _, values, languages in index.found:
        counts.update((value, lang) for value in values for lang in (*languages, ""))
    found = []
    for facet in FACETS:
        keys = {key for (name, key), _ in counts if name == facet}
        if len(keys) > 1:
            made = (_counted(facet, key, index, counts) for key in sorted(keys))
            found.append(Facet(facet, tuple(made)))
    return tuple(found)


def _counted(
    facet: str, key: str, index: Index, counts: Mapping[tuple[Value, str], int]
) -> Counted:
    value = (facet, key)
    by_language = ((lang, counts[value, lang]) for lang in index.languages)
    return Counted(key, tuple(one for one in by_language if one[1]), counts[value, ""])


class _Pages:
    """Goes through all pages that are found."""

    def __init__(self, index: Index) -> None:
        self._index, self._archive = index, index.archive
        self._outer = {place.id: place.within for place in index.archive.places.values()}
        self._broader = {topic.id: topic.broader for topic in index.archive.topics.values()}

    def all(self) -> Iterator[Found]:
        archive, spoken = self._archive, self._index.languages
        yield "index.html", _of_kind("page"), spoken
        for text in archive.texts.values():
            yield _path("text", text.id), self._of_text(text), _languages(text.versions, spoken)
        for page in archive.pages.values():
            yield f"{page.slug}.html", _of_kind("page"), _languages(page.versions, spoken)
        for person in archive.people.values():
            yield _path("person", person.id), self._of_person(person), spoken
        for place in archive.places:
            inside = (("place", one) for one in _upwards((place,), self._outer))
            yield _path("place", place), (*_of_kind("place"), *inside), spoken
        for topic in archive.topics:
            below = (("topic", one) for one in _upwards((topic,), self._broader))
            yield _path("topic", topic), (*_of_kind("topic"), *below), spoken
        others = {"organisation": archive.organisations, "series": archive.series}
        for kind, ids in (*others.items(), ("group", groups.with_own_page(self._index))):
            for one in ids:
                yield _path(kind, one), _of_kind(kind), spoken

    def _of_text(self, text: Text) -> tuple[Value, ...]:
        """Its kind and topics, the years and places of what it tells and of the interview."""
        interview = text.interview
        dates = (text.date, interview.date if interview else None)
        places = (interview.place,) if interview else ()
        return (
            *_of_kind(text.kind),
            *self._told((*text.claims, *text.asked), dates, places),
            *(("topic", topic) for topic in _upwards(text.topics, self._broader)),
        )

    def _of_person(self, person: Person) -> tuple[Value, ...]:
        """What is told of the person; of a protected one only that this is a person."""
        if person.protect != "open":
            return _of_kind("person")
        back = self._index.back
        told: tuple[Entry, ...] = (
            *back.claims_about.get(person.id, ()),
            *back.asked_about.get(person.id, ()),
        )
        return (*_of_kind("person"), *self._told(told, (), (person.place,)))

    def _told(
        self, entries: Iterable[Entry], dates: Iterable[EdtfDate | None], places: Iterable[str]
    ) -> Iterator[Value]:
        entries = tuple(entries)
        years = {_year(date) for date in (*(entry.when for entry in entries), *dates)} - {0}
        yield from (("year", str(year)) for year in sorted(years))
        claims = (entry for entry in entries if isinstance(entry, Claim))
        told = (p for c in claims for p in (c.where, c.origin, c.destination))
        yield from (("place", place) for place in _upwards((*places, *told), self._outer))


def _of_kind(kind: str) -> tuple[Value, ...]:
    return (("kind", kind),)


def _path(kind: str, record_id: str) -> str:
    return f"{addresses.FOLDERS[kind]}/{record_id}.html"


def _languages(versions: Iterable[Version], spoken: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(version.lang for version in versions if version.lang in spoken)


def _year(date: EdtfDate | None) -> int:
    """The one year in which a date lies wholly, as on the pages of years; else 0."""
    years = {day.year for day in (date.earliest, date.latest) if day} if date else set()
    return years.pop() if len(years) == 1 else 0


def _upwards(ids: Iterable[str], above: Mapping[str, str]) -> tuple[str, ...]:
    """All that are known, and those that enclose them, sorted; a circle ends."""
    found: set[str] = set()
    for one in ids:
        here = one
        while here in above and here not in found:
            found.add(here)
            here = above[here]
    return tuple(sorted(found))
