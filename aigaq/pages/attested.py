"""The names of a person, a place or an organisation, as its page lists them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from aigaq.pages import moments, naming
from aigaq.pages.context import Link, Phrase
from aigaq.words import languages

if TYPE_CHECKING:
    from collections.abc import Iterable

    from aigaq.archive.public import Name
    from aigaq.pages.context import Context
    from aigaq.pages.moments import Moment
    from aigaq.words.edtf import EdtfDate


@dataclass(frozen=True, slots=True, kw_only=True)
class AttestedName:
    """A name as written; `kinds` without the preferred; `source` a text or words."""

    name: Phrase
    language: Phrase
    kinds: tuple[str, ...]
    note: Phrase
    source: Link | None
    since: Moment | None
    until: Moment | None


def of(names: Iterable[Name], context: Context) -> tuple[AttestedName, ...]:
    """All names: those in use first, the former ones last, each group as in the file."""
    ordered = sorted(names, key=lambda name: "former" in name.kinds)
    return tuple(_of(name, context) for name in ordered)


def _of(name: Name, context: Context) -> AttestedName:
    return AttestedName(
        name=context.phrase(name.text, name.lang),
        language=context.phrase(languages.of(name.lang).autonym, name.lang),
        kinds=tuple(
            context.texts.label("name_kind", kind) for kind in name.kinds if kind != "preferred"
        ),
        note=context.pick(name.note),
        source=_source(name.source, context),
        since=moments.of(name.since, context),
        until=moments.of(name.until, context),
    )


def then_called(when: EdtfDate | None, context: Context) -> tuple[tuple[Link, Phrase], ...]:
    """The places that the page names and that had another name then, each with that name."""
    if when is None:
        return ()
    places = (label for label in context.labels.values() if label.kind == "place")
    found = ((one.id, naming.at_the_time(one.names, when, context.reading)) for one in places)
    return tuple(
        (context.link(place), context.phrase(name.text, name.lang))
        for place, name in found
        if name
    )


def _source(source: str, context: Context) -> Link | None:
    if not source:
        return None
    return (
        context.link(source)
        if context.knows(source)
        else Link(context.phrase(source, context.site.languages[0]))
    )
