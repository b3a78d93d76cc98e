"""The claims behind the facts in a person's file, so that each fact leads to its paragraph."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aigaq.archive.public import Claim

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from aigaq.archive.public import Person
    from aigaq.pages.claims import ClaimView, Entry
    from aigaq.pages.context import Link


def behind(
    person: Person, pairs: Iterable[tuple[Entry, ClaimView]]
) -> Mapping[str, tuple[Link, ...]]:
    """The passages that tell `born`, `place`, `ethnicity` and `work`; a fact may have none."""
    found: dict[str, dict[Link, None]] = {"born": {}, "place": {}, "ethnicity": {}, "work": {}}
    for entry, view in pairs:
        if isinstance(entry, Claim) and entry.about == person.id:
            for fact in _facts(entry, person):
                found[fact][view.evidence.telling.passage] = None
    return {fact: tuple(links) for fact, links in found.items()}


def _facts(claim: Claim, person: Person) -> Iterator[str]:
    born = person.born
    if claim.what == "born" and claim.when and born and claim.when.may_overlap(born):
        yield "born"
    if claim.what in {"born", "lived-in"} and claim.where == person.place:
        yield "place"
    if claim.what == "ethnicity":
        yield "ethnicity"
    if claim.what in {"worked-as", "appointed", "retired"}:
        yield "work"
