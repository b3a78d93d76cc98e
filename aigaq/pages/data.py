"""The open data as files: `data/` with JSON, CSV, their schema and what changed.

Made of the public archive alone, as far as `data_scope` lets it; every language in one file.
No day of the build stands in it, so that a file changes only when what it tells does.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from aigaq.pages import data_format, data_records, data_scope, data_tables
from aigaq.pages.page import Artifact

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aigaq.archive.public import PublicArchive
    from aigaq.pages.data_scope import Open
    from aigaq.pages.index import Index
    from aigaq.words.edtf import EdtfDate

FOLDER = "data/"
SCHEMA = f"schema-{data_format.VERSION}.json"
WHOLE, CHANGES = f"{FOLDER}all.json", f"{FOLDER}changes.json"


def of_record(record_id: str) -> str:
    """Where the data of one record stands."""
    return f"{FOLDER}records/{record_id}.json"


def artifacts(index: Index) -> Iterator[Artifact]:
    """All files of the open data."""
    made = data_scope.of(index)
    archive = made.archive
    records = {kind: list(data_records.all_of(archive, kind)) for kind in data_format.RECORDS}
    for record in (one for several in records.values() for one in several):
        yield _json(of_record(record["id"]), {"$schema": f"../{SCHEMA}", **record})
    yield _json(WHOLE, _whole(made, records))
    address = archive.site.address
    schema = data_format.schema(f"{address}{FOLDER}{SCHEMA}" if address else "")
    yield _json(f"{FOLDER}{SCHEMA}", schema)
    yield _json(CHANGES, changes(archive))
    for name, content in data_tables.tables(archive):
        yield Artifact(f"{FOLDER}{name}", content)


def _json(path: str, content: Any) -> Artifact:
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return Artifact(path, f"{text}\n".encode())


def _whole(made: Open, records: dict[str, list[dict[str, Any]]]) -> dict[str, Any]:
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
        "$schema": SCHEMA,
        "format": data_format.VERSION,
        "title": data_format.value(site.title),
        **{key: content for key, content in about.items() if content},
        "languages": list(site.languages),
        "left_out": {"texts": made.texts_left_out, "records": made.records_left_out},
        **{place: records[kind] for kind, (_, place) in data_format.RECORDS.items()},
        "corrections": data_format.value(archive.corrections),
    }


def changes(archive: PublicArchive) -> dict[str, Any]:
    """What was added, translated and corrected, the newest first; the dates are the archive's.

    What has no date is not told: a change that nobody dated is no entry of a log.
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
    if date and date.known_end:
        order = (date.latest or date.known_end, what, record, number, *map(str, more.values()))
        made = {"date": date.notation, "what": what, "record": record, **more}
        yield order, {key: content for key, content in made.items() if content}
