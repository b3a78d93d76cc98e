"""The open data as files: `data/` with JSON, CSV, their schema and what changed.

Made of the public archive alone, as far as `data_scope` lets it; every language in one file.
No day of the build stands in it, so that a file changes only when what it tells does.
"""

from __future__ import annotations

import datetime
import hashlib
import json
from typing import TYPE_CHECKING, Any

from aigaq.pages import data_format, data_records, data_tables, division
from aigaq.pages.page import Artifact

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aigaq.archive.public import PublicArchive
    from aigaq.pages.data_scope import Open
    from aigaq.pages.index import Index
    from aigaq.words.edtf import EdtfDate

FOLDER = "data/"
SCHEMA = f"schema-{data_format.VERSION}.json"
HEAD, CHANGES = f"{FOLDER}all.json", f"{FOLDER}changes.json"

# Records. At 1,000 testimonies a part has some 130 KB, and the list of them 25 KB; at 10,000
# the list is ten times as long. More in a part make a text's edit larger, fewer the list.
PART = 8


def of_record(record_id: str) -> str:
    """Where the data of one record stands."""
    return f"{FOLDER}records/{record_id}.json"


def artifacts(index: Index) -> Iterator[Artifact]:
    """All files of the open data, no more than one part of it in memory at a time.

    A part is its records' own files, one after the other, each a line.
    """
    made = index.open_data
    archive = made.archive
    kinds = data_records.kinds(archive)
    parts, tables = [], []
    for number, record_ids in division.parts(kinds, PART):
        records = [_record(archive, kinds[one], one) for one in record_ids]
        yield from records
        part = Artifact(
            f"{FOLDER}parts/{number:04}.jsonl", b"".join(one.data for one in records)
        )
        yield part
        parts.append(_listed(part))
    for name, content in data_tables.tables(archive):
        yield (table := Artifact(f"{FOLDER}{name}", content))
        tables.append(_listed(table))
    yield (log := _file(CHANGES, changes(archive), SCHEMA))
    address = archive.site.address
    schema = data_format.schema(f"{address}{FOLDER}{SCHEMA}" if address else "")
    yield _file(f"{FOLDER}{SCHEMA}", schema)
    files = {"parts": parts, "tables": tables, "changes": _listed(log)}
    yield _file(HEAD, {**_about(made), **files}, SCHEMA)


def _record(archive: PublicArchive, kind: str, record_id: str) -> Artifact:
    content = data_records.of(archive, kind, record_id)
    return _file(of_record(record_id), content, f"../{SCHEMA}")


def _file(path: str, content: dict[str, Any], schema: str = "") -> Artifact:
    """A JSON object, which first says which schema it follows, in a line."""
    said = {"$schema": schema, **content} if schema else content
    text = json.dumps(said, ensure_ascii=False, separators=(",", ":"))
    return Artifact(path, f"{text}\n".encode())


def _listed(file: Artifact) -> dict[str, Any]:
    return {
        "path": file.path.removeprefix(FOLDER),
        "bytes": len(file.data),
        "sha256": hashlib.sha256(file.data).hexdigest(),
    }


def _about(made: Open) -> dict[str, Any]:
    """What the head of the data says besides its files."""
    archive, site = made.archive, made.archive.site
    about = {
        "description": data_format.value(site.description),
        "address": site.address,
        "publisher": data_format.value(site.publisher),
        "contact": site.contact,
        "licence": {
            name: terms
            for name, terms in (("data", site.licence_data), ("texts", site.licence_text))
            if terms
        },
    }
    return {
        "format": data_format.VERSION,
        "title": data_format.value(site.title),
        **{key: content for key, content in about.items() if content},
        "languages": list(site.languages),
        "counts": {
            place: len(getattr(archive, place)) for _, place in data_format.RECORDS.values()
        },
        "left_out": {"texts": made.texts_left_out, "records": made.records_left_out},
    }


def changes(archive: PublicArchive) -> dict[str, Any]:
    """What was added, translated and corrected, the newest first.

    The dates are the archive's: a text that nobody dated is no entry of the log. Nothing is
    known here of an earlier build; but who has kept earlier files sees by the digests in the
    head which parts are others, and an id that is in none of them any more was withdrawn.
    """
    found = sorted(_changes(archive), key=lambda change: change[0], reverse=True)
    return {"format": data_format.VERSION, "changes": [entry for _, entry in found]}


def _changes(archive: PublicArchive) -> Iterator[tuple[tuple[object, ...], dict[str, Any]]]:
    for text in archive.texts.values():
        yield from _change(text.added, "added", text.id)
        for version in text.versions:
            if version.translation:
                when = version.translation.date
                yield from _change(when, "translated", text.id, language=version.lang)
    for number, one in enumerate(archive.corrections):
        words = data_format.value(one.what)
        yield from _change(one.date, "corrected", one.record, number=-number, words=words)


def _change(
    date: EdtfDate | None, what: str, record: str, *, number: int = 0, **more: Any
) -> Iterator[tuple[tuple[object, ...], dict[str, Any]]]:
    end = date and (date.latest or date.known_end)
    if date and (end or what == "corrected"):
        order = (end or datetime.date.min, what, record, number, *map(str, more.values()))
        made = {"date": date.notation, "what": what, "record": record, **more}
        yield order, {key: content for key, content in made.items() if content}
