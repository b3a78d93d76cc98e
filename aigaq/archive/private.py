"""The private archive: every record with its place in the files; nothing of it is published."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aigaq.source.records import Records, Written
    from aigaq.source.schema import lists, records, texts
    from aigaq.source.schema.site import SiteConfig
    from aigaq.source.schema.validate import Located
    from aigaq.words.fragments import Fragment


@dataclass(frozen=True, slots=True)
class Translated:
    """A translation and its converted body; one with errors is not `is_whole`."""

    written: Written[texts.Translation]
    body: Fragment
    is_whole: bool = True


@dataclass(frozen=True, slots=True)
class Text:
    """A text with all its translations, sorted by language.

    Where its body has errors it is not `is_whole`: blocks may be missing or run together.
    """

    id: str
    written: Written[texts.Text]
    body: Fragment
    translations: tuple[Translated, ...] = ()
    is_whole: bool = True


@dataclass(frozen=True, slots=True)
class Page:
    """A content page in all its languages; the first is the original."""

    slug: str
    versions: tuple[tuple[Written[texts.Page], Fragment], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Archive:
    """Everything that was written, by id; every id that is named in it exists.

    `kinds` gives the kind of every id: `text`, `person`, `group`, `place`, `organisation`,
    `series`, `topic`, `consent`, `object`, `term`. `speakers` names, for each text, who makes
    each of its claims where the claim does not say it itself.
    """

    site: Located[SiteConfig]
    kinds: Mapping[str, str]
    texts: Mapping[str, Text]
    pages: Mapping[str, Page]
    people: Mapping[str, Located[records.Person]]
    groups: Mapping[str, Located[records.Group]]
    places: Mapping[str, Located[records.Place]]
    organisations: Mapping[str, Located[records.Organisation]]
    series: Mapping[str, Located[records.Series]]
    consent: Mapping[str, Located[records.Consent]]
    topics: Mapping[str, Located[lists.Topic]]
    records: Records
