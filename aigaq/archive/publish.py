"""The only way from private records to public ones: an allow-list, field by field.

What may be seen is decided in `visibility`; here everything that names a hidden record is left
out, and nothing else of the private archive can pass, because nothing is copied whole.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from aigaq.archive import (
    consents,
    copies,
    exactness,
    order,
    public,
    publish_text,
    recognisable,
    relatives,
    sameness,
    summaries,
    visibility,
)
from aigaq.archive.visible import Seen
from aigaq.source.schema import site as site_schema
from aigaq.words.localised import Localised

if TYPE_CHECKING:
    import datetime
    from collections.abc import Callable, Iterable, Mapping

    from aigaq.archive.private import Archive
    from aigaq.source.schema import lists, records
    from aigaq.source.schema.validate import Located
    from aigaq.words.diagnostics import Diagnostic

T = TypeVar("T")

# Decimals of a degree by precision, and by type: a second stands for 1 km, a first for 10 km.
_DECIMALS = {
    "country": 0, "region": 0, "prefecture": 1, "county": 1, "natural-feature": 1,
    "city": 2, "district": 2, "township": 2, "village": 2,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Options:
    """What a publication is made with: finished pictures by their `archive.pictures.key`.

    Finished recordings are by the text's id and that key.
    """

    built: datetime.date
    drafts: bool = False
    pictures: Mapping[str, public.Picture] | None = None
    recordings: Mapping[tuple[str, str], public.Recording] | None = None


def view_of(
    archive: Archive, options: Options
) -> tuple[public.PublicArchive, list[Diagnostic]]:
    """The public archive as of the build date."""
    seen, found = seen_of(archive, options)
    made, more = of_seen(seen, options.built)
    return made, sorted({*found, *more})


def seen_of(archive: Archive, options: Options) -> tuple[Seen, list[Diagnostic]]:
    """The private archive with all that is decided about what may be seen of it."""
    visible, found = visibility.of(archive, built=options.built, drafts=options.drafts)
    found += consents.problems(archive, options.built)
    same = sameness.joined(archive, visible)
    pictures, recordings = options.pictures or {}, options.recordings or {}
    seen = Seen(archive, visible, same, pictures, options.drafts, recordings)
    return seen, [*found, *sameness.lost(seen)]


def of_seen(seen: Seen, built: datetime.date) -> tuple[public.PublicArchive, list[Diagnostic]]:
    """The public archive, of a build on this day."""
    archive, visible, same = seen.archive, seen.visible, seen.same
    found: list[Diagnostic] = []
    texts = {}
    for text_id in sorted(visible.texts):
        texts[text_id], problems = publish_text.text(seen, archive.texts[text_id])
        found += problems
    pages, problems = publish_text.pages(seen)
    found += problems
    made = public.PublicArchive(
        site=_site(seen, pages),
        built=built,
        texts=texts,
        people=_all(seen, archive.people, visible.people - set(same), _people(seen)),
        groups=_all(seen, archive.groups, visible.groups, _group),
        places=_all(seen, archive.places, visible.others, _place),
        organisations=_all(seen, archive.organisations, visible.others, _organisations(seen)),
        series=_all(seen, archive.series, visible.others, _series(texts)),
        topics=_all(seen, archive.topics, visible.others, _topic),
        pages=pages,
        glossary=_glossary(archive),
        corrections=_corrections(seen),
        redirects=same,
        tombstones=_tombstones(archive),
        media_scopes=_media_scopes(seen),
    )
    found += order.problems(seen, made)
    found += copies.problems(seen)
    found += consents.of_media(archive, visible.media, _referred(seen))
    found += exactness.problems(seen, made)
    found += recognisable.problems(seen, made)
    found += summaries.problems(seen, made)
    return made, sorted(set(found))


def _glossary(archive: Archive) -> tuple[public.GlossaryEntry, ...]:
    return tuple(
        public.GlossaryEntry(id=e.id, term=e.record.term, meaning=e.record.meaning)
        for e in archive.records.glossary
    )


def _tombstones(archive: Archive) -> dict[str, str]:
    """The kind of what was withdrawn and whose page says so: its id is all that is told."""
    texts = {i: "text" for i, t in archive.texts.items() if t.written.record.tombstone}
    people = {i: "person" for i, p in archive.people.items() if p.record.tombstone}
    return dict(sorted((texts | people).items()))


def _all(
    seen: Seen,
    located: Mapping[str, Located[Any]],
    visible: frozenset[str],
    make: Callable[[Seen, str, Any], T],
) -> dict[str, T]:
    return {i: make(seen, i, located[i].record) for i in sorted(located) if i in visible}


def _people(seen: Seen) -> Callable[[Seen, str, records.Person], public.Person]:
    decided, unnamed = sameness.decisions(seen), relatives.unnamed(seen)

    def make(seen: Seen, person_id: str, person: records.Person) -> public.Person:
        if not person.protect.is_open:
            return _stub(person_id, person)
        return dataclasses.replace(
            _person(seen, person_id, person),
            identities=decided.get(person_id, ()),
            unnamed_relatives=unnamed.get(person_id, 0),
        )

    return make


def _person(seen: Seen, person_id: str, person: records.Person) -> public.Person:
    others = [
        seen.archive.people[i].record for i, stays in seen.same.items() if stays == person_id
    ]
    return public.Person(
        id=person_id,
        names=_joined_names(seen, person, others),
        sort=person.sort,
        sex=person.sex,
        born=person.born,
        place=seen.id(person.from_),
        ethnicity=person.ethnicity,
        work=person.work,
        family=tuple(
            public.FamilyTie(person=seen.id(r.person), relation=r.is_, as_told=r.as_told)
            for one in (person, *others)
            for r in one.family
            if seen.may_relate(person_id, r.person)
        ),
        role=person.role,
        photo=seen.picture(person.photo),
        summary=person.summary,
    )


def _stub(person_id: str, person: records.Person) -> public.Person:
    """All that may be told of a protected person: the words and language of the other names."""
    return public.Person(
        id=person_id,
        names=tuple(
            public.Name(text=n.text, lang=n.lang, kinds=("pseudonym",)) for n in person.names
        ),
        protect="initials" if person.protect.level == "initials" else "pseudonym",
        note=person.note_public,
    )


def _joined_names(
    seen: Seen, person: records.Person, others: Iterable[records.Person]
) -> tuple[public.Name, ...]:
    """A person's names, then those of the others they were decided to be, none preferred."""
    joined = list(_names(seen, person.names))
    known = {(name.text, name.lang) for name in joined}
    for name in (n for other in others for n in _names(seen, other.names)):
        kinds = tuple(k for k in name.kinds if k != "preferred") or ("also-used",)
        if (name.text, name.lang) not in known:
            joined.append(dataclasses.replace(name, kinds=kinds))
            known.add((name.text, name.lang))
    return tuple(joined)


def _names(seen: Seen, names: tuple[records.Name, ...]) -> tuple[public.Name, ...]:
    return tuple(
        public.Name(
            text=n.text,
            lang=n.lang,
            kinds=n.kind,
            note=n.note,
            source=seen.who(n.source),
            since=n.from_,
            until=n.until,
        )
        for n in names
    )


def _group(seen: Seen, group_id: str, group: records.Group) -> public.Group:
    count = group.count
    return public.Group(
        id=group_id,
        label=group.group,
        count=public.Count(low=count.low, high=count.high, about=count.about)
        if count
        else None,
        of=seen.id(group.of) if seen.is_named(group.of) else "",
        minors=group.minors,
    )


def _place(seen: Seen, place_id: str, place: records.Place) -> public.Place:
    if not place.protect.is_open:
        return public.Place(id=place_id, type=place.type, names=_pseudonyms(place))
    return public.Place(
        id=place_id,
        type=place.type,
        names=_names(seen, place.names),
        within=seen.id(place.in_),
        precision=place.precision,
        at=_capped(place),
        words=place.words,
    )


def _capped(place: records.Place) -> tuple[float, float] | None:
    """The point as exactly as its precision allows, else its type; no area is `exact`."""
    known = [_DECIMALS[key] for key in (place.precision, place.type) if key in _DECIMALS]
    if place.at is None or (place.precision == "exact" and not known):
        return place.at
    digits = next(iter(known), _DECIMALS["village"])
    return round(place.at[0], digits), round(place.at[1], digits)


def _pseudonyms(record: records.Place | records.Organisation) -> tuple[public.Name, ...]:
    """The names under which a protected place or organisation is shown."""
    return tuple(
        public.Name(text=n.text, lang=n.lang, kinds=("pseudonym",))
        for n in record.names
        if "pseudonym" in n.kind
    )


def _organisations(
    seen: Seen,
) -> Callable[[Seen, str, records.Organisation], public.Organisation]:
    unlike = sameness.unlike(seen)

    def make(seen: Seen, org_id: str, org: records.Organisation) -> public.Organisation:
        made = _organisation(seen, org_id, org)
        return dataclasses.replace(made, not_same_as=unlike.get(org_id, ()))

    return make


def _organisation(seen: Seen, org_id: str, org: records.Organisation) -> public.Organisation:
    if not org.protect.is_open:
        return public.Organisation(id=org_id, type=org.type, names=_pseudonyms(org))
    return public.Organisation(
        id=org_id,
        type=org.type,
        names=_names(seen, org.names),
        predecessor=seen.ids(org.predecessor),
        part_of=tuple(
            public.Membership(org=part.org, since=part.from_, until=part.until)
            for part in org.part_of
            if seen.id(part.org)
        ),
        words=org.words,
    )


def _topic(seen: Seen, topic_id: str, topic: lists.Topic) -> public.Topic:
    return public.Topic(
        id=topic_id, label=topic.label, broader=seen.id(topic.broader), note=topic.note
    )


def _series(
    texts: Mapping[str, public.Text],
) -> Callable[[Seen, str, records.Series], public.Series]:
    def make(seen: Seen, series_id: str, series: records.Series) -> public.Series:
        members = [t for t in texts.values() if series_id in t.series or t.id in series.order]
        place = {text_id: n for n, text_id in enumerate(series.order)}
        ordered = sorted(
            members, key=lambda t: (place.get(t.id, len(place)), *publish_text.by_date(t))
        )
        return public.Series(
            id=series_id,
            title=series.title,
            introduction=series.introduction,
            credits=publish_text.credit_list(seen, series.credits),
            texts=tuple(text.id for text in ordered),
        )

    return make


def _corrections(seen: Seen) -> tuple[public.Correction, ...]:
    """Corrections of what is public; one of an object is one of the text that tells of it."""
    holders = {
        thing.id: text.id
        for text in seen.archive.texts.values()
        for thing in text.written.record.objects
        if not seen.hides(thing.of)
    }
    rows = [
        public.Correction(date=seen.day(c.record.date), record=record, what=c.record.what)
        for c in seen.archive.records.corrections
        if c.record.date and (record := seen.id(holders.get(c.record.record, c.record.record)))
    ]
    return tuple(sorted(rows, key=lambda row: (row.date.notation, row.record), reverse=True))


def _referred(seen: Seen) -> set[str]:
    """The pictures and recordings that texts refer to, by key."""
    return {*seen.pictures, *(key for _, key in seen.recordings)}


def _media_scopes(seen: Seen) -> dict[str, frozenset[str]]:
    """By address; where two files are the same, what both allow."""
    addresses = [(key, picture.address) for key, picture in seen.pictures.items()]
    addresses += [(key, one.address) for (_, key), one in seen.recordings.items()]
    found: dict[str, frozenset[str]] = {}
    for key, address in addresses:
        scope = seen.visible.media.get(key)
        if scope is not None:
            found[address] = found.get(address, scope) & scope
    return dict(sorted(found.items()))


def _site(seen: Seen, pages: Mapping[str, public.ContentPage]) -> public.Site:
    site = seen.archive.site.record
    known = {*pages, *site_schema.MENU}
    return public.Site(
        title=site.title,
        description=site.description,
        address=site.address,
        languages=site.languages,
        untranslated="link" if site.untranslated == "link" else "show-original",
        publisher=site.publisher.name if site.publisher else public.NOTHING,
        contact=site.publisher.contact if site.publisher else "",
        licence_text=site.licence.text if site.licence else "",
        licence_data=site.licence.data if site.licence else "",
        menu=tuple(entry for entry in site.menu if entry in known),
        page_titles=tuple(
            (slug, Localised.of({v.lang: v.title for v in page.versions}))
            for slug, page in sorted(pages.items())
        ),
        exit_link=site.exit_link,
        wall_country=seen.id(site.wall.country),
        mirrors=site.mirrors,
    )
