"""Which kinds of record a table may hold, and where the file of each goes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from aigaq.source.document import Mapping as Header
from aigaq.source.schema import lists, records, texts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aigaq.source.document import Node
    from aigaq.source.schema.reading import Model


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of record; `one` is how a command calls it, `prefix` how new ids begin.

    `special` are the columns that are no fields: they make the name of the file.
    """

    name: str
    one: str
    model: type[Model]
    prefix: str = ""
    has_body: bool = False
    is_list: bool = False

    @property
    def special(self) -> tuple[str, ...]:
        if self.is_list:
            return ()
        if self.name == "media":
            return ("file",)
        return ("id", "key", "lang") if self.has_body else ("id", "key")

    def path(self, record_id: str, lang: str = "") -> str:
        """Where a new file goes, from the site's folder."""
        if self.is_list:
            return f"content/{self.name}.yaml"
        ending = f".{lang}.md" if self.has_body else ".yaml"
        return f"content/{self.name}/{record_id}{ending}"


KINDS: Mapping[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind("testimonies", "testimony", texts.Text, "t-", has_body=True),
        Kind("pages", "page", texts.Page, has_body=True),
        Kind("people", "person", records.Person, "p-"),
        Kind("groups", "group", records.Group, "g-"),
        Kind("places", "place", records.Place, "pl-"),
        Kind("organisations", "organisation", records.Organisation, "org-"),
        Kind("series", "series", records.Series, "s-"),
        Kind("consent", "consent", records.Consent, "c-"),
        Kind("media", "media", records.MediaSidecar),
        Kind("topics", "topic", lists.Topic, is_list=True),
        Kind("glossary", "glossary", lists.GlossaryEntry, is_list=True),
        Kind("corrections", "correction", lists.Correction, is_list=True),
        Kind("identities", "identity", lists.Identity, is_list=True),
    )
}


def named(name: str) -> Kind | None:
    """The kind that a table of this name holds: `people`, also `person` and `People`."""
    plain = name.strip().casefold()
    return next((kind for kind in KINDS.values() if plain in {kind.name, kind.one}), None)


def at(path: str) -> Kind | None:
    """The kind of the record in a file below `content/`."""
    parts = path.split("/")
    if len(parts) == 2:
        name = parts[1].removesuffix(".yaml")
        return KINDS[name] if name in KINDS and KINDS[name].is_list else None
    kind = KINDS.get(parts[1]) if parts[0] == "content" else None
    ending = ".md" if kind and kind.has_body else ".yaml"
    return kind if kind and not kind.is_list and path.endswith(ending) else None


def models(kind: Kind) -> tuple[type[Model], ...]:
    """The schemas of the rows of a table: a translation of a text has one of its own."""
    return (kind.model, texts.Translation) if kind.model is texts.Text else (kind.model,)


def model_of(kind: Kind, header: Node) -> type[Model]:
    """The schema of a record that is there."""
    if kind.model is texts.Text and isinstance(header, Header):
        return texts.model_of(header)
    return kind.model
