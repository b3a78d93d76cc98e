"""Public records written as sources again: people, places, lists, settings.

Law: what is written here comes from the public archive, field by field, so that nothing can
pass that readers do not get. What is not public and a build must have all the same (who gave a
consent, who is a counted relative) is somebody without a name: `Unnamed`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from aigaq.mirror.export import layout

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping

    from aigaq.archive import public
    from aigaq.archive.public import PublicArchive
    from aigaq.source.schema.site import SiteConfig

    Fields = dict[str, Any]

DECIDED = "editors"  # who decided, where that is not told
_RELATIVE = "relative"
_EXACT = {"place": "exact", "dates": "exact"}


class Unnamed:
    """People who stand where somebody must and nobody is told: `unnamed-1`, `unnamed-2`."""

    def __init__(self, taken: Collection[str]) -> None:
        self._taken = taken
        self._ids: list[str] = []

    def __call__(self, number: int = 1) -> str:
        """The id of the one with this number."""
        while len(self._ids) < number:
            free = (f"unnamed-{n}" for n in range(1, 1 << 30))
            self._ids.append(
                next(i for i in free if i not in self._taken and i not in self._ids)
            )
        return self._ids[number - 1]

    def files(self) -> Iterator[tuple[str, bytes]]:
        for one in self._ids:
            fields = {"protect": "group-only"}
            yield layout.path("people", f"{one}.yaml"), layout.record(fields)


@dataclass(frozen=True, slots=True)
class Given:
    """Who stands for somebody, and the name of each finished picture and recording."""

    unnamed: Unnamed
    name: Callable[[public.Picture | public.Recording | None], str]


def worded(key: str) -> Fields:
    """What `other` asks for, where readers are not told it."""
    return {"words": layout.NOT_TOLD} if key == "other" else {}


def all_of(
    archive: PublicArchive, known: Given, wordless: Collection[str]
) -> Iterator[tuple[str, bytes]]:
    """Every file but those of the site, of texts, pages and media.

    `wordless` are protected people of whom free words are kept back.
    """
    for person in archive.people.values():
        fields = (
            _person(person, known)
            if person.protect == "open"
            else _stub(person, wordless=person.id in wordless)
        )
        yield layout.path("people", f"{person.id}.yaml"), layout.record(fields)
    for second, first in archive.redirects.items():
        known_as = archive.people[first].names[0]
        fields = {
            "names": [{"text": known_as.text, "lang": known_as.lang}],
            "protect": "open",
        }
        yield layout.path("people", f"{second}.yaml"), layout.record(fields)
    for folder, made in _others(archive):
        for record_id, fields in made.items():
            yield layout.path(folder, f"{record_id}.yaml"), layout.record(fields)
    for name, entries in _lists(archive).items():
        if entries:
            yield f"content/{name}.yaml", layout.listed(entries)
    yield from _withdrawn(archive)


def _withdrawn(archive: PublicArchive) -> Iterator[tuple[str, bytes]]:
    fields = {"protect": "withdrawn", "tombstone": True}
    lang = archive.site.languages[0]
    for gone, kind in archive.tombstones.items():
        if kind == "text":
            yield layout.path("testimonies", f"{gone}.{lang}.md"), layout.text(fields, "")
        else:
            yield layout.path("people", f"{gone}.yaml"), layout.record(fields)


def _others(archive: PublicArchive) -> Iterator[tuple[str, dict[str, Fields]]]:
    yield "groups", {i: _group(one) for i, one in archive.groups.items()}
    yield "places", {i: _place(one) for i, one in archive.places.items()}
    yield "organisations", {i: _organisation(one) for i, one in archive.organisations.items()}
    yield "series", {i: _series(one) for i, one in archive.series.items()}


def _person(person: public.Person, known: Given) -> Fields:
    family: list[Fields] = [
        {"person": tie.person, "is": tie.relation, "as_told": tie.as_told}
        | worded(tie.relation)
        for tie in person.family
    ]
    counted = range(1, person.unnamed_relatives + 1)
    family += [{"person": known.unnamed(number), "is": _RELATIVE} for number in counted]
    plain = (one for one in person.identities if not one.by and not one.why)
    return {
        "names": _names(person.names),
        "sort": person.sort,
        "sex": person.sex,
        "born": layout.date(person.born),
        "from": person.place,
        "ethnicity": person.ethnicity,
        "work": person.work,
        "family": family,
        "role": person.role,
        "photo": known.name(person.photo),
        "protect": "open",
        "summary": person.summary,
        "not_same_as": [one.other for one in plain],
    }


def _stub(person: public.Person, *, wordless: bool) -> Fields:
    """What is told of somebody protected is as exact here as readers have it."""
    return {
        "names": [{"text": n.text, "lang": n.lang, "kind": "pseudonym"} for n in person.names],
        "protect": person.protect,
        "note_public": person.note,
        "coarsen": _EXACT | {"words": "hide" if wordless else "exact"},
    }


def _names(names: tuple[public.Name, ...]) -> list[Fields]:
    return [
        {
            "text": name.text,
            "lang": name.lang,
            "kind": name.kinds,
            "source": name.source,
            "note": name.note,
            "from": layout.date(name.since),
            "until": layout.date(name.until),
        }
        for name in names
    ]


def _group(group: public.Group) -> Fields:
    return {
        "group": group.label,
        "count": _count(group.count),
        "of": group.of,
        "minors": group.minors,
        "protect": "group-only",
    }


def _count(count: public.Count | None) -> str:
    if count is None:
        return ""
    if count.low != count.high:
        return f"{count.low} to {count.high}"
    return f"about {count.low}" if count.about else str(count.low)


def _place(place: public.Place) -> Fields:
    if _is_renamed(place.names):
        return {"protect": "pseudonym"} | _under_another_name(place.names, place.type)
    return {
        "names": _names(place.names),
        "type": place.type,
        "in": place.within,
        "precision": place.precision,
        "at": [_number(number) for number in place.at] if place.at else [],
        "words": place.words,
    }


def _number(number: float) -> str:
    return f"{number:.8f}".rstrip("0").removesuffix(".")


def _is_renamed(names: tuple[public.Name, ...]) -> bool:
    return all(name.kinds == ("pseudonym",) for name in names)


def _under_another_name(names: tuple[public.Name, ...], kind: str) -> Fields:
    return {"names": _names(names), "type": kind} | worded(kind)


def _organisation(org: public.Organisation) -> Fields:
    if _is_renamed(org.names):
        return {"protect": "pseudonym"} | _under_another_name(org.names, org.type)
    return {
        "names": _names(org.names),
        "type": org.type,
        "predecessor": org.predecessor,
        "part_of": [
            {"org": one.org, "from": layout.date(one.since), "until": layout.date(one.until)}
            for one in org.part_of
        ],
        "not_same_as": org.not_same_as,
        "words": org.words,
    }


def _series(series: public.Series) -> Fields:
    return {
        "title": series.title,
        "introduction": series.introduction,
        "credits": credit_list(series.credits),
        "order": series.texts,
    }


def credit_list(credits_: tuple[public.Credit, ...]) -> list[Fields]:
    return [
        {
            "who": credit.who,
            "role": credit.role,
            "from": credit.source_language,
            "abridged": credit.abridged,
            "reviewed_by": credit.reviewed_by,
            "date": layout.date(credit.date),
        }
        | worded(credit.role)
        for credit in credits_
    ]


def _lists(archive: PublicArchive) -> Mapping[str, list[Fields]]:
    return {
        "topics": [
            {"id": one.id, "label": one.label, "broader": one.broader, "note": one.note}
            for one in archive.topics.values()
        ],
        "glossary": [
            {"id": one.id, "term": one.term, "meaning": one.meaning} for one in archive.glossary
        ],
        "corrections": [
            {"date": layout.date(one.date), "record": one.record, "what": one.what}
            for one in archive.corrections
        ],
        "identities": [*_identities(archive)],
    }


def _identities(archive: PublicArchive) -> Iterator[Fields]:
    for second, first in archive.redirects.items():
        yield {"pair": [first, second], "decided": "same", "by": DECIDED}
    for person in archive.people.values():
        for one in person.identities:
            if (one.by or one.why) and person.id < one.other:
                yield {
                    "pair": [person.id, one.other],
                    "decided": one.decided,
                    "by": one.by or DECIDED,
                    "why": one.why,
                }


def site(site: public.Site, written: SiteConfig) -> bytes:
    """`site.yaml`; of what was `written` only what makes the look and the search."""
    return layout.record(
        {
            "title": site.title,
            "description": site.description,
            "address": site.address,
            "languages": site.languages,
            "untranslated": site.untranslated,
            "publisher": {"name": site.publisher, "contact": site.contact},
            "licence": {"text": site.licence_text, "data": site.licence_data},
            "exit_link": site.exit_link,
            "search": {"extended": written.search.extended},
            "menu": site.menu,
            "theme": {"overrides": written.theme.overrides},
            "wall": {"country": site.wall_country},
            "mirrors": site.mirrors,
        }
    )
