"""The only way from private records to public ones: an allow-list, field by field.

What may be seen is decided in `visibility`; here everything that names a hidden record is left
out, and nothing else of the private archive can pass, because nothing is copied whole.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from aigaq.archive import public, publish_text, visibility
from aigaq.archive.visible import Seen
from aigaq.words.localised import Localised

if TYPE_CHECKING:
    import datetime
    from collections.abc import Callable, Mapping

    from aigaq.archive.private import Archive
    from aigaq.source.schema import records
    from aigaq.source.schema.validate import Located
    from aigaq.words.diagnostics import Diagnostic

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Options:
    """What a publication is made with. `pictures` are finished ones by path below content/media."""

    built: datetime.date
    drafts: bool = False
    pictures: Mapping[str, public.Picture] | None = None


def view_of(
    archive: Archive, options: Options
) -> tuple[public.PublicArchive, list[Diagnostic]]:
    """The public archive as of the build date."""
    visible, found = visibility.of(archive, built=options.built, drafts=options.drafts)
    seen = Seen(archive, visible, _same(archive, visible), options.pictures or {})
    texts = {}
    for text_id in sorted(visible.texts):
        text, problems = publish_text.text(seen, archive.texts[text_id])
        texts[text_id] = text
        found += problems
    pages, problems = publish_text.pages(seen, drafts=options.drafts)
    found += problems
    made = public.PublicArchive(
        site=_site(archive, pages),
        built=options.built,
        texts=texts,
        people=_all(seen, archive.people, visible.people - set(seen.same), _person),
        groups=_all(seen, archive.groups, visible.groups, _group),
        places=_all(seen, archive.places, visible.others, _place),
        organisations=_all(seen, archive.organisations, visible.others, _organisation),
        series=_all(seen, archive.series, visible.others, _series(texts)),
        topics=_all(seen, archive.topics, visible.others, _topic),
        pages=pages,
        glossary=tuple(
            public.GlossaryEntry(id=e.id, term=e.record.term, meaning=e.record.meaning)
            for e in archive.records.glossary
        ),
        corrections=_corrections(seen),
        redirects=seen.same,
    )
    return made, sorted(set(found))


def _all(
    seen: Seen,
    located: Mapping[str, Located[Any]],
    visible: frozenset[str],
    make: Callable[[Seen, str, Any], T],
) -> dict[str, T]:
    return {i: make(seen, i, located[i].record) for i in sorted(located) if i in visible}


def _same(archive: Archive, visible: visibility.Visibility) -> dict[str, str]:
    """People decided to be one: the second of a pair leads to the first, where both are open."""
    same: dict[str, str] = {}
    for identity in archive.records.identities:
        first, second = identity.record.pair
        both = (archive.people.get(first), archive.people.get(second))
        if identity.record.decided == "same" and all(
            p is not None and p.record.protect.is_open and p.id in visible.people for p in both
        ):
            same[second] = first
    return {second: _end(same, second) for second in sorted(same)}


def _end(same: Mapping[str, str], start: str) -> str:
    """Where a chain of decisions ends; a circle of them ends at its smallest id."""
    way = [start]
    while way[-1] in same:
        step = same[way[-1]]
        if step in way:
            return min(way)
        way.append(step)
    return way[-1]


def _person(seen: Seen, person_id: str, person: records.Person) -> public.Person:
    if not person.protect.is_open:
        return public.Person(
            id=person_id,
            names=tuple(
                public.Name(text=n.text, lang=n.lang, kinds=("pseudonym",))
                for n in person.names
            ),
            protect="initials" if person.protect.level == "initials" else "pseudonym",
            note=person.note_public,
        )
    return public.Person(
        id=person_id,
        names=_names(seen, person.names) + _names_of_same(seen, person_id),
        sort=person.sort,
        sex=person.sex,
        born=person.born,
        place=seen.id(person.from_),
        ethnicity=person.ethnicity,
        work=person.work,
        family=tuple(
            public.FamilyTie(person=seen.id(r.person), relation=r.is_, as_told=r.as_told)
            for r in person.family
            if seen.id(r.person)
        ),
        role=person.role,
        photo=seen.picture(person.photo),
        summary=person.summary,
        not_same_as=seen.ids(person.not_same_as),
    )


def _names(seen: Seen, names: tuple[records.Name, ...]) -> tuple[public.Name, ...]:
    return tuple(
        public.Name(
            text=n.text,
            lang=n.lang,
            kinds=n.kind,
            note=n.note,
            source=seen.id(n.source),
            until=n.until,
        )
        for n in names
    )


def _names_of_same(seen: Seen, person_id: str) -> tuple[public.Name, ...]:
    """Names of those who were decided to be this person: none of them is preferred here."""
    others = (
        seen.archive.people[i].record for i, first in seen.same.items() if first == person_id
    )
    return tuple(
        public.Name(
            text=n.text,
            lang=n.lang,
            kinds=tuple(k for k in n.kind if k != "preferred") or ("also-used",),
            note=n.note,
            source=seen.id(n.source),
        )
        for other in others
        for n in other.names
    )


def _group(seen: Seen, group_id: str, group: records.Group) -> public.Group:
    count = group.count
    return public.Group(
        id=group_id,
        label=group.group,
        count=public.Count(low=count.low, high=count.high, about=count.about)
        if count
        else None,
        of=seen.id(group.of),
        minors=group.minors,
    )


def _place(seen: Seen, place_id: str, place: records.Place) -> public.Place:
    return public.Place(
        id=place_id,
        type=place.type,
        names=_names(seen, place.names),
        within=seen.id(place.in_),
        precision=place.precision,
        at=place.at,
        words=place.words,
    )


def _organisation(seen: Seen, org_id: str, org: records.Organisation) -> public.Organisation:
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
        not_same_as=seen.ids(org.not_same_as),
        words=org.words,
    )


def _topic(seen: Seen, topic_id: str, topic: Any) -> public.Topic:
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
    rows = [
        public.Correction(
            date=seen.day(c.record.date), record=c.record.record, what=c.record.what
        )
        for c in seen.archive.records.corrections
        if c.record.date and c.record.record in seen.visible
    ]
    return tuple(sorted(rows, key=lambda row: (row.date.notation, row.record), reverse=True))


def _site(archive: Archive, pages: Mapping[str, public.ContentPage]) -> public.Site:
    site = archive.site.record
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
        menu=site.menu,
        page_titles=tuple(
            (slug, Localised.of({v.lang: v.title for v in page.versions}))
            for slug, page in sorted(pages.items())
        ),
        exit_link=site.exit_link,
        wall_country=site.wall.country,
    )
