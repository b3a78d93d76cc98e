"""The page on the open data: its files, the rights in them, and what is left out."""

from __future__ import annotations

import shlex
from collections import Counter
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from aigaq.pages import data, data_format, data_records, data_tables, jsonld
from aigaq.pages.context import Phrase

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aigaq.pages.context import Context
    from aigaq.pages.index import Index
    from aigaq.pages.page import Page

TEMPLATE = "open_data.html"


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """How many texts of the data have which rights and licence, and how much is left out."""

    rights: tuple[tuple[str, str, int], ...]
    texts_left_out: int
    records_left_out: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Rights:
    """Texts with the same rights; both are empty for what the archive recorded itself."""

    rights: str
    licence: str
    texts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What `open_data.html` sees: the paths of the files, and how much stands in them."""

    title: Phrase
    head: str
    joining: str  # a command that makes a single file of all records
    changes: str
    schema: str
    format: int
    tables: tuple[tuple[str, str], ...]  # path, file name
    rights: tuple[Rights, ...]
    licence_data: str
    texts_left_out: int
    records_left_out: int
    jsonld: Mapping[str, Any]


def plan(index: Index) -> tuple[Page, ...]:
    made = index.open_data
    archive = made.archive
    counted = Counter(
        (t.original.rights if t.original else "", data_records.licence(t, archive.site))
        for t in archive.texts.values()
    )
    inputs = partial(
        Inputs,
        rights=tuple((*key, counted[key]) for key in sorted(counted)),
        texts_left_out=made.texts_left_out,
        records_left_out=made.records_left_out,
    )
    return index.in_every_language("open_data", lambda lang: f"{lang}/data.html", inputs)


def view(page: Page, context: Context) -> View:
    inputs: Inputs = page.inputs
    names = [f"{name}.csv" for name in data_tables.COLUMNS]
    return View(
        title=Phrase(str(context.texts.say("Open data"))),
        head=data.HEAD,
        joining=_joining(context.site.address + data.FOLDER),
        changes=data.CHANGES,
        schema=data.FOLDER + data.SCHEMA,
        format=data_format.VERSION,
        tables=tuple((data.FOLDER + name, name) for name in names),
        rights=tuple(
            Rights(
                rights=context.texts.label("rights", rights) if rights else "",
                licence=licence,
                texts=texts,
            )
            for rights, licence, texts in inputs.rights
        ),
        licence_data=context.site.licence_data,
        texts_left_out=inputs.texts_left_out,
        records_left_out=inputs.records_left_out,
        jsonld=jsonld.of_data(context, (data.HEAD, *(data.FOLDER + name for name in names))),
    )


def _joining(folder: str) -> str:
    """As a shell has it, at the address of the site or, without one, in a copy of it."""
    if "://" not in folder:
        return f"cat {folder}parts/*.jsonl > records.jsonl"
    at, path = shlex.quote(f"{folder}all.json"), shlex.quote(f'"{folder}" + .parts[].path')
    listed = f"curl -s {at} | jq -r {path}"
    return f"{listed} | xargs curl -sf > records.jsonl"
