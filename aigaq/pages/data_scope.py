"""What of the public archive may stand in its open data: what consent lets be downloaded.

A text whose consent or rights lack the scope `data-download` is left out whole, and with it
every record that the archive knows through such texts alone. Of somebody whom such a text names
too, the data has what other texts say and none of the facts in their own file, for nothing
tells from which text those come; so it is with what editors wrote of a group or a series. A
picture or recording whose own consent lacks the scope is left out with its words.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from aigaq.archive.public import NOTHING, Person
from aigaq.pages import labels

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aigaq.archive.public import (
        Name,
        Organisation,
        Picture,
        PublicArchive,
        Series,
        Text,
        Version,
    )
    from aigaq.pages.index import Index
    from aigaq.words.fragments import Block

SCOPE = "data-download"
_KINDS = ("people", "groups", "places", "organisations", "series", "topics")

Record = TypeVar("Record")


@dataclass(frozen=True, slots=True, kw_only=True)
class Open:
    """The archive as far as it may be downloaded, and how much of it may not."""

    archive: PublicArchive
    texts_left_out: int
    records_left_out: int


def allows(text: Text) -> bool:
    """Whether a text may stand in the data."""
    return SCOPE in text.scope


def of(index: Index) -> Open:
    """Where every text and picture may be downloaded, all of the public archive."""
    archive = index.archive
    texts = {i: text for i, text in archive.texts.items() if allows(text)}
    closed = {i: text for i, text in archive.texts.items() if i not in texts}
    is_shut = any(SCOPE not in scope for scope in archive.media_scopes.values())
    if not closed and not is_shut:
        return Open(archive=archive, texts_left_out=0, records_left_out=0)
    told_there = _named(closed, index)
    told_here = _around(_named(texts, index), archive)
    lost = (told_there - told_here - texts.keys()) | closed.keys()
    kept = {kind: _without(getattr(archive, kind), lost) for kind in _KINDS}
    left = dataclasses.replace(archive, **kept)  # type: ignore[arg-type]  # as in the archive
    return Open(
        archive=_cut(left, texts, lost, told_there),
        texts_left_out=len(closed),
        records_left_out=len(lost) - len(closed),
    )


def _named(texts: Mapping[str, Text], index: Index) -> set[str]:
    """The ids of all records that some texts name, however deep, and of their series.

    Whose a group is, a text that counts the group need not say.
    """
    known = {i: dataclasses.replace(label, of="") for i, label in index.labels.items()}
    found = labels.mentioned(tuple(texts.values()), known)
    back = {s.id for s in index.archive.series.values() if texts.keys() & set(s.texts)}
    return {label.id for label in found.entries} | back


def _around(named: set[str], archive: PublicArchive) -> set[str]:
    """With the places that enclose places, and the topics above topics."""
    found = set(named)
    for record in named:
        while record := _above(record, archive):
            if record in found:
                break
            found.add(record)
    return found


def _above(record: str, archive: PublicArchive) -> str:
    if record in archive.places:
        return archive.places[record].within
    return archive.topics[record].broader if record in archive.topics else ""


def _without(records: Mapping[str, Record], lost: set[str]) -> dict[str, Record]:
    return {i: record for i, record in records.items() if i not in lost}


def _cut(
    archive: PublicArchive, texts: Mapping[str, Text], lost: set[str], told_there: set[str]
) -> PublicArchive:
    """The records that stay, without what points at a lost one."""

    def own(record_id: str) -> str:
        return "" if record_id in lost else record_id

    bare = told_there & {*archive.people, *archive.groups, *archive.series}
    return dataclasses.replace(
        archive,
        texts={i: _text(text, lost, archive) for i, text in texts.items()},
        people={
            i: _person(_bare(person) if i in bare else person, lost, bare, archive)
            for i, person in archive.people.items()
        },
        groups={
            i: dataclasses.replace(g, of=own(g.of), count=None if i in bare else g.count)
            for i, g in archive.groups.items()
        },
        places={
            i: dataclasses.replace(p, names=_names(p.names, lost), within=own(p.within))
            for i, p in archive.places.items()
        },
        organisations={i: _organisation(o, lost) for i, o in archive.organisations.items()},
        series={i: _series(s, texts, lost, bare) for i, s in archive.series.items()},
        topics={
            i: dataclasses.replace(t, broader=own(t.broader)) for i, t in archive.topics.items()
        },
        corrections=tuple(c for c in archive.corrections if c.record not in lost | bare),
        redirects={i: to for i, to in archive.redirects.items() if to not in lost},
    )


def _text(text: Text, lost: set[str], archive: PublicArchive) -> Text:
    return dataclasses.replace(
        text,
        mentions=tuple(i for i in text.mentions if i not in lost),
        series=tuple(i for i in text.series if i not in lost),
        versions=tuple(_version(version, archive) for version in text.versions),
        recordings=tuple(one for one in text.recordings if archive.may(SCOPE, one)),
        objects=tuple(
            dataclasses.replace(thing, photo=_picture(thing.photo, archive))
            for thing in text.objects
        ),
    )


def _picture(picture: Picture | None, archive: PublicArchive) -> Picture | None:
    return picture if archive.may(SCOPE, picture) else None


def _version(version: Version, archive: PublicArchive) -> Version:
    """Without the words that stand for a picture alone."""
    shut = {
        size.path
        for picture in version.pictures
        for size in picture.sizes
        if not archive.may(SCOPE, picture)
    }

    def block(one: Block) -> Block:
        is_shut = one.kind == "picture" and any(path in one.html for path in shut)
        return dataclasses.replace(one, text="", digest="") if is_shut else one

    body = dataclasses.replace(version.body, blocks=tuple(map(block, version.body.blocks)))
    return dataclasses.replace(version, body=body) if shut else version


def _bare(person: Person) -> Person:
    """The names alone, and what a protected person has."""
    kept = {name: getattr(person, name) for name in ("protect", "note", "sort")}
    names = (dataclasses.replace(n, note=NOTHING, since=None, until=None) for n in person.names)
    return Person(id=person.id, names=tuple(names), **kept)


def _person(person: Person, lost: set[str], bare: set[str], archive: PublicArchive) -> Person:
    return dataclasses.replace(
        person,
        names=_names(person.names, lost),
        place="" if person.place in lost else person.place,
        family=tuple(tie for tie in person.family if tie.person not in lost),
        identities=tuple(one for one in person.identities if one.other not in bare),
        photo=_picture(person.photo, archive),
    )


def _series(
    series: Series, texts: Mapping[str, Text], lost: set[str], bare: set[str]
) -> Series:
    return dataclasses.replace(
        series,
        introduction=NOTHING if series.id in bare else series.introduction,
        texts=tuple(t for t in series.texts if t in texts),
        credits=tuple(
            dataclasses.replace(
                credit, reviewed_by=tuple(i for i in credit.reviewed_by if i not in lost)
            )
            for credit in series.credits
            if credit.who not in lost
        ),
    )


def _names(names: tuple[Name, ...], lost: set[str]) -> tuple[Name, ...]:
    """The names that other sources have too; the last one stays, without its source."""
    kept = tuple(name for name in names if name.source not in lost)
    return kept or tuple(dataclasses.replace(name, source="") for name in names[:1])


def _organisation(organisation: Organisation, lost: set[str]) -> Organisation:
    return dataclasses.replace(
        organisation,
        names=_names(organisation.names, lost),
        predecessor=tuple(i for i in organisation.predecessor if i not in lost),
        part_of=tuple(part for part in organisation.part_of if part.org not in lost),
        not_same_as=tuple(i for i in organisation.not_same_as if i not in lost),
    )
