"""Relatives who are protected: they are counted, and nothing else of them is told.

Whoever knows an open person knows who their daughter is; that somebody under another name is
that daughter must therefore stand nowhere, neither on her page nor on any other.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from aigaq.words import vocabularies

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from aigaq.archive.visible import Seen


def unnamed(seen: Seen) -> Mapping[str, int]:
    """How many protected relatives each open person has; hidden ones leave no trace."""
    found: dict[str, set[str]] = defaultdict(set)
    for one, other, relation in _told(seen):
        if relation in vocabularies.NO_KIN:
            continue
        for named, protected in ((one, other), (other, one)):
            if seen.is_named(named) and seen.is_protected(protected):
                found[seen.id(named)].add(protected)
    return {person: len(others) for person, others in found.items()}


def _told(seen: Seen) -> Iterator[tuple[str, str, str]]:
    """`(one, other, relation)` in the files of the people and in the texts that are shown."""
    for person in seen.archive.people.values():
        yield from ((person.id, r.person, r.is_) for r in person.record.family)
    for text_id in seen.visible.texts:
        record = seen.archive.texts[text_id].written.record
        sole = record.told_by[0].person if len(record.told_by) == 1 else ""
        for about in record.about:
            if about.of or about.relation:
                yield about.of or sole, about.person, about.relation
        for claim in record.claims:
            if claim.what == "family-member":
                yield claim.about, claim.other, claim.relation
