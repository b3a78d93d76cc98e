"""The report on privacy: who is protected and how, which seals end, and what is in doubt.

No name of anybody protected is in it: who reads it over a shoulder learns ids.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from aigaq.desk.sections import Row, Section
from aigaq.words import vocabularies

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterable, Iterator, Mapping

    from aigaq.archive.private import Archive
    from aigaq.source.schema.dates import Protect
    from aigaq.source.schema.validate import Located
    from aigaq.words.diagnostics import Diagnostic

SOON = 365  # days before a seal ends from which it is told

_MEANING = {
    "initials": "shown by initials",
    "pseudonym": "shown under another name",
    "group-only": "counted, and never named",
    "sealed-until": "hidden until a day",
    "restricted": "hidden",
    "withdrawn": "withdrawn, and may not return",
}


def of(
    archive: Archive, problems: Iterable[Diagnostic], today: datetime.date
) -> tuple[Section, ...]:
    """`problems` are those of a whole check."""
    levels = defaultdict(list)
    for record_id, protect in _protected(archive):
        levels[protect.level].append(record_id)
    return (
        Section(
            "Protected",
            tuple(
                Row(_MEANING[level], f"{len(levels[level])}: {', '.join(levels[level])}")
                for level in vocabularies.PROTECT
                if level in levels
            ),
        ),
        Section(
            "Seals that end within a year",
            tuple(_ending(archive, today)),
            "On the day after, everything in the file is published by the next build. Ask"
            " again before that day; if in doubt, write `protect: restricted`.",
        ),
        Section(
            "What check says about people and consent",
            tuple(
                Row(str(one.span), f"{one.message} ({one.code}). {one.remedy}")
                for one in sorted(problems)
                if one.code.startswith("P")
            ),
        ),
        Section(
            "What no program can see",
            (
                Row("words", "a text may tell who somebody is without any name: read it"),
                Row("pictures", "faces, papers and places in the background"),
                Row("git", "what was committed once stays in the history of every copy"),
            ),
        ),
    )


def _protected(archive: Archive) -> Iterator[tuple[str, Protect]]:
    for text in archive.texts.values():
        if not text.written.record.protect.is_open:
            yield text.id, text.written.record.protect
    kinds: tuple[Mapping[str, Located[Any]], ...] = (
        archive.people,
        archive.groups,
        archive.places,
        archive.organisations,
        archive.series,
    )
    for kind in kinds:
        for record_id, located in sorted(kind.items()):
            if not located.record.protect.is_open:
                yield record_id, located.record.protect


def _ending(archive: Archive, today: datetime.date) -> Iterator[Row]:
    for record_id, protect in _protected(archive):
        if protect.until and (protect.until - today).days <= SOON:
            state = "has ended" if protect.until < today else "ends"
            yield Row(record_id, f"{state} on {protect.until}")
