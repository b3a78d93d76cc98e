"""The open data as spreadsheets: people, texts, claims, places, organisations and events.

CSV as RFC 4180 has it, in UTF-8 with a byte order mark: without one Excel takes a file for the
code page of the reader's country and shows names in Cyrillic, Arabic or Chinese as rubbish;
what else reads CSV (LibreOffice, R, pandas) skips the mark. Law: no cell of words can be a
formula (OWASP, "CSV Injection"); one that might be begins with an apostrophe. Several values
of one cell stand in lines.
"""

from __future__ import annotations

import csv
import datetime
import io
from typing import TYPE_CHECKING

from aigaq.pages import data_records, naming
from aigaq.words import languages

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from aigaq.archive.public import (
        Asked,
        Claim,
        Name,
        Organisation,
        Person,
        Place,
        PublicArchive,
        Site,
        Text,
    )
    from aigaq.words.edtf import EdtfDate
    from aigaq.words.localised import Localised

    Row = Mapping[str, str | float]

# Also the wide forms, which spreadsheets in East Asia read as the narrow ones.
_FORMULA = tuple("=+-@\t\r\n＝＋－＠")


def tables(archive: PublicArchive) -> Iterator[tuple[str, bytes]]:
    """Each file's name and content."""
    texts = list(archive.texts.values())
    rows: Mapping[str, Iterable[Row]] = {
        "people": (_person(p, archive) for p in archive.people.values()),
        "texts": (_text(t, archive) for t in texts),
        "claims": (_claim(c, archive) for t in texts for c in t.claims),
        "places": (_place(p, archive) for p in archive.places.values()),
        "organisations": (_organisation(o, archive) for o in archive.organisations.values()),
        "events": (row for _, row in sorted(_events(archive), key=lambda pair: pair[0])),
    }
    for name, made in rows.items():
        yield f"{name}.csv", _file(COLUMNS[name], made)


_NAMED = ("id", "name", "name_language", "other_names")
_TOLD = ("text", "paragraph", "page")
COLUMNS: Mapping[str, Sequence[str]] = {
    "people": (
        *_NAMED, "protect", "sex", "born", "born_earliest", "born_latest", "place", "ethnicity",
        "work", "role", "summary", "page",
    ),
    "texts": (
        "id", "kind", "extent", "voice", "language", "translations", "title", "summary",
        "told_by", "about", "authors", "interviewed", "published", "outlet", "url", "rights",
        "licence", "series", "topics", "content_notes", "added", "page",
    ),
    "claims": (
        "text", "number", "about", "what", "status", "when", "when_earliest", "when_latest",
        "where", "from", "to", "years", "reason", "given_by", "done_by", "court", "contact",
        "with", "other", "relation", "value", "words", "said", "said_by", "known_by", "chain",
        "certainty", "paragraph", "page",
    ),
    "places": (*_NAMED, "type", "within", "latitude", "longitude", "precision", "page"),
    "organisations": (*_NAMED, "type", "predecessor", "part_of", "page"),
    "events": (
        "earliest", "latest", "when", "event", "about", "by", "to", "where", "answer", "words",
        *_TOLD,
    ),
}  # fmt: skip


def cell(content: str | float) -> str | float:
    """What may stand in a spreadsheet: no words are a formula, and numbers stay numbers."""
    if isinstance(content, str):
        text = content.replace("\0", "")
        return f"'{text}" if text.startswith(_FORMULA) else text
    return content


def _file(columns: Sequence[str], rows: Iterable[Row]) -> bytes:
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerow(columns)
    for row in rows:
        assert row.keys() <= set(columns), row.keys() - set(columns)
        writer.writerow([cell(row.get(column, "")) for column in columns])
    return written.getvalue().encode("utf-8-sig")


# --- rows ---


def _person(person: Person, archive: PublicArchive) -> Row:
    return {
        "id": person.id,
        **_names(person.names, archive.site),
        "protect": person.protect,
        "sex": person.sex,
        **_when("born", person.born),
        "place": person.place,
        "ethnicity": _words(person.ethnicity, archive.site),
        "work": "\n".join(_words(work, archive.site) for work in person.work),
        "role": "\n".join(person.role),
        "summary": _words(person.summary, archive.site),
        "page": data_records.page(archive, "person", person.id),
    }


def _text(text: Text, archive: PublicArchive) -> Row:
    original, interview = text.original, text.interview
    return {
        "id": text.id,
        "kind": text.kind,
        "extent": text.extent,
        "voice": text.voice,
        "language": text.lang,
        "translations": "\n".join(v.lang for v in text.versions if v.translation),
        "title": text.original_version.title,
        "summary": text.original_version.summary,
        "told_by": "\n".join(narrator.person for narrator in text.told_by),
        "about": "\n".join(subject.id for subject in text.about),
        "authors": "\n".join(c.who for c in text.credits if c.role == "author"),
        "interviewed": _notation(interview.date) if interview else "",
        "published": _notation(original.published) if original else "",
        "outlet": original.outlet if original else "",
        "url": original.url if original else "",
        "rights": original.rights if original else "",
        "licence": data_records.licence(text, archive.site),
        "series": "\n".join(text.series),
        "topics": "\n".join(text.topics),
        "content_notes": "\n".join(text.content_notes),
        "added": _notation(text.added),
        "page": data_records.page(archive, "text", text.id),
    }


def _claim(claim: Claim, archive: PublicArchive) -> Row:
    return {
        "number": claim.number,
        "about": claim.about,
        "what": claim.what,
        "status": claim.status,
        **_when("when", claim.when),
        "where": claim.where,
        "from": claim.origin,
        "to": claim.destination,
        "years": claim.years,
        "reason": claim.reason,
        "given_by": claim.given_by,
        "done_by": claim.done_by,
        "court": claim.court,
        "contact": claim.contact,
        "with": claim.with_whom,
        "other": claim.other,
        "relation": claim.relation,
        "value": _words(claim.value, archive.site),
        "words": _words(claim.words, archive.site),
        "said": claim.said,
        "said_by": claim.by or claim.by_words,
        "known_by": claim.known_by,
        "chain": "\n".join(claim.chain),
        "certainty": claim.certainty,
        **_told(claim, archive),
    }


def _place(place: Place, archive: PublicArchive) -> Row:
    point: Row = {"latitude": place.at[0], "longitude": place.at[1]} if place.at else {}
    return {
        "id": place.id,
        **_names(place.names, archive.site),
        "type": place.type,
        "within": place.within,
        **point,
        "precision": place.precision,
        "page": data_records.page(archive, "place", place.id),
    }


def _organisation(organisation: Organisation, archive: PublicArchive) -> Row:
    return {
        "id": organisation.id,
        **_names(organisation.names, archive.site),
        "type": organisation.type,
        "predecessor": "\n".join(organisation.predecessor),
        "part_of": "\n".join(part.org for part in organisation.part_of),
        "page": data_records.page(archive, "organisation", organisation.id),
    }


def _events(archive: PublicArchive) -> Iterator[tuple[tuple[object, ...], Row]]:
    """What has a date, and all that was asked and done for somebody; each with its order."""
    for text in archive.texts.values():
        for claim in text.claims:
            if claim.when:
                made = {"event": claim.what, "about": claim.about, "by": claim.done_by}
                words = _words(claim.words or claim.value, archive.site) or claim.said
                yield _event(claim, archive, **made, where=claim.where, words=words)
        for asked in text.asked:
            words = _words(asked.words, archive.site) or asked.said
            yield _event(
                asked,
                archive,
                event=asked.how,
                about="\n".join(asked.about),
                by="\n".join(asked.by),
                to="\n".join(asked.to),
                answer=asked.answer,
                words=words,
            )


def _event(
    entry: Claim | Asked, archive: PublicArchive, **row: str
) -> tuple[tuple[object, ...], Row]:
    when = _when("", entry.when)
    order = entry.when.sort_key() if entry.when else (True, datetime.date.max)
    dates = {name.removeprefix("_") or "when": content for name, content in when.items()}
    return (*order, entry.text, entry.at), {**dates, **row, **_told(entry, archive)}


# --- cells ---


def _told(entry: Claim | Asked, archive: PublicArchive) -> Row:
    """Where it is told, with the address of the very paragraph."""
    address = data_records.page(archive, "text", entry.text)
    return {
        "text": entry.text,
        "paragraph": entry.at,
        "page": f"{address}#{entry.at}" if entry.at else address,
    }


def _names(names: Sequence[Name], site: Site) -> Row:
    shown = naming.in_language(
        names, languages.reading_order(site.languages[0], site.languages)
    )
    others = (f"{name.text} ({name.lang})" for name in names if name != shown)
    return {
        "name": shown.text,
        "name_language": shown.lang,
        "other_names": "\n".join(dict.fromkeys(others)),
    }


def _words(words: Localised, site: Site) -> str:
    return words.best(languages.reading_order(site.languages[0], site.languages))[1]


def _notation(date: EdtfDate | None) -> str:
    return date.notation if date else ""


def _when(name: str, date: EdtfDate | None) -> Row:
    """A date in three columns: as EDTF, and the first and the last day that it may mean."""
    days = {"earliest": date.earliest, "latest": date.latest} if date else {}
    bounds = {f"{name}_{end}": day.isoformat() for end, day in days.items() if day}
    return {name: _notation(date), **bounds}
