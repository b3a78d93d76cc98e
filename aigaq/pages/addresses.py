"""Where each record's page stands in the output, and how one page points at another.

Paths are relative to the output folder. Links between pages are always relative and carry the
file name, so a copy works at `/`, under any prefix and from `file://`.
"""

from __future__ import annotations

from functools import lru_cache

FOLDERS = {
    "text": "testimonies",
    "person": "people",
    "group": "people",
    "place": "places",
    "organisation": "organisations",
    "series": "series",
    "topic": "topics",
}


def of_record(kind: str, record_id: str, lang: str) -> str:
    """The page of a record in the tree of `lang`: `en/people/p-aa11.html`."""
    return f"{lang}/{FOLDERS[kind]}/{record_id}.html"


def of_parallel(text_id: str, lang: str) -> str:
    """A translation of a text beside its original; no id has a dot, so it is no record's."""
    return of_record("text", f"{text_id}.parallel", lang)


def of_list(kind: str, lang: str, number: int = 1) -> str:
    """Page `number` of the list of a kind of record, counted from 1."""
    return f"{lang}/{FOLDERS[kind]}/{'index' if number == 1 else f'page-{number}'}.html"


def relative(source: str, target: str) -> str:
    """`target` as seen from the page `source`, both paths from the output folder."""
    return _seen_from(source.rpartition("/")[0], target)


@lru_cache(maxsize=2**15)  # the pages of a folder lead to the same pages
def _seen_from(folder: str, target: str) -> str:
    here, there = folder.split("/") if folder else [], target.split("/")
    shared = 0
    while shared < min(len(here), len(there) - 1) and here[shared] == there[shared]:
        shared += 1
    return "/".join([".."] * (len(here) - shared) + there[shared:])
