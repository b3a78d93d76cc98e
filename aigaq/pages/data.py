"""The open data as files: `data/` with JSON, CSV, their schema and what changed.

Made of the public archive alone, as far as `data_scope` lets it; every language in one file.
No day of the build stands in it, so that a file changes only when what it tells does.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from aigaq.pages import data_format, data_records, data_tables
from aigaq.pages.page import Artifact

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

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
    """All files of the open data.

    The whole is put together from the records' own text; it is not written piece by piece, for
    the search for what is protected needs every file of the site before any is written.
    """
    made = index.open_data
    archive = made.archive
    texts: dict[str, list[str]] = {kind: [] for kind in data_format.RECORDS}
    digests: dict[str, str] = {}
    for kind, several in texts.items():
        for record in data_records.all_of(archive, kind):
            several.append(_dumped(record))
            file = _file(of_record(record["id"]), _with_schema(several[-1], f"../{SCHEMA}"))
            digests[record["id"]] = hashlib.sha256(file.data).hexdigest()
            yield file
    yield _file(WHOLE, _whole(made, texts))
    address = archive.site.address
    schema = data_format.schema(f"{address}{FOLDER}{SCHEMA}" if address else "")
    yield _file(f"{FOLDER}{SCHEMA}", _dumped(schema))
    yield _file(CHANGES, _with_schema(_dumped(changes(archive, digests)), SCHEMA))
    for name, content in data_tables.tables(archive):
        yield Artifact(f"{FOLDER}{name}", content)


def _dumped(content: Any) -> str:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


def _with_schema(text: str, schema: str) -> str:
    """A JSON object that first says which schema it follows."""
    return f'{{"$schema":"{schema}",{text[1:]}'


def _file(path: str, text: str) -> Artifact:
    return Artifact(path, f"{text}\n".encode())


def _whole(made: Open, texts: Mapping[str, list[str]]) -> str:
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
    head = {
        "format": data_format.VERSION,
        "title": data_format.value(site.title),
        **{key: content for key, content in about.items() if content},
        "languages": list(site.languages),
        "left_out": {"texts": made.texts_left_out, "records": made.records_left_out},
        "corrections": data_format.value(archive.corrections),
    }
    lists = (
        f',"{place}":[{",".join(texts[kind])}]'
        for kind, (_, place) in data_format.RECORDS.items()
    )
    return f"{_with_schema(_dumped(head), SCHEMA)[:-1]}{''.join(lists)}}}"


def changes(archive: PublicArchive, digests: Mapping[str, str]) -> dict[str, Any]:
    """What was added, translated and corrected, the newest first, and what there is now.

    The dates are the archive's: a change that nobody dated is no entry of the log. Nothing is
    known here of an earlier build; but who has kept an earlier file compares its `records`, the
    SHA-256 of each record's file: an id that is gone was withdrawn, another digest is a change.
    """
    found = sorted(_changes(archive), key=lambda change: change[0], reverse=True)
    return {
        "format": data_format.VERSION,
        "changes": [entry for _, entry in found],
        "records": dict(sorted(digests.items())),
    }


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
