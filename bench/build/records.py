"""The records of a synthetic archive, read plainly: what both sites are made of."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

Record = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Text:
    """A testimony in one language. The `header` of a translation has the original's facts."""

    id: str
    lang: str
    original: str
    header: Record
    body: str

    @property
    def date(self) -> datetime.date:
        """Of the interview."""
        return _day(self.header["interview"]["date"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Records:
    """All of them, by id. `pages` are those that the menu names, by language."""

    site: Record
    people: Mapping[str, Record]
    places: Mapping[str, Record]
    topics: Mapping[str, Record]
    pages: Mapping[str, Mapping[str, tuple[Record, str]]]
    texts: Mapping[str, Mapping[str, Text]]  # by id and language

    @property
    def languages(self) -> tuple[str, ...]:
        return tuple(self.site["languages"])

    def editions(self) -> Iterator[Text]:
        """Every text in each of its languages."""
        return (text for one in self.texts.values() for text in one.values())

    def original(self, name: str) -> str:
        """The language in which a text was told."""
        return next(iter(self.texts[name].values())).original


def read(root: Path) -> Records:
    """The archive in the folder `root`, as `bench.corpus` writes it."""
    content = root / "content"
    topics: list[Record] = _parsed((content / "topics.yaml").read_text("utf-8"))
    return Records(
        site=_parsed((root / "site.yaml").read_text("utf-8")),
        people=_each(content / "people"),
        places=_each(content / "places"),
        topics={topic["id"]: topic for topic in topics},
        pages=_translated(content / "pages"),
        texts=_texts(content / "testimonies"),
    )


def _each(folder: Path) -> dict[str, Record]:
    files = sorted(folder.glob("*.yaml"))
    return {file.stem: _parsed(file.read_text("utf-8")) for file in files}


def _translated(folder: Path) -> dict[str, dict[str, tuple[Record, str]]]:
    """Files with a body, by their names and languages."""
    found: dict[str, dict[str, tuple[Record, str]]] = {}
    for file in sorted(folder.rglob("*.md")):
        name, lang = file.stem.split(".")
        _, header, body = file.read_text("utf-8").split("---\n", 2)
        found.setdefault(name, {})[lang] = (_parsed(header), body.lstrip("\n"))
    return found


def _texts(folder: Path) -> dict[str, dict[str, Text]]:
    texts: dict[str, dict[str, Text]] = {}
    for name, editions in _translated(folder).items():
        original = next(
            lang for lang, (header, _) in editions.items() if "translation" not in header
        )
        first = editions[original][0]
        texts[name] = {
            lang: Text(name, lang, original, _translation(first, header), body)
            for lang, (header, body) in editions.items()
        }
    return texts


def _translation(original: Record, header: Record) -> Record:
    """What a translation tells: the facts of the original in its own words."""
    if header is original:
        return original
    words = dict(header["translation"]["phrases"])
    claims = [claim | {"words": words[claim["words"]]} for claim in original["claims"]]
    return {**original, **header, "claims": claims}


def _parsed(text: str) -> Any:
    return yaml.load(text, Loader=yaml.CSafeLoader)


def _day(date: object) -> datetime.date:
    assert isinstance(date, datetime.date)
    return date
