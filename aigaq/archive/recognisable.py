"""Protected people whom a rare combination of published facts may give away.

A pseudonym hides a name, not a life. The five combinations are those that guidance on human
rights work and on the release of data names most and that claims can be counted by; a small
place alone is told by `exactness` (P022). A warning is a reason to look, its absence no proof:
what people know besides, no program knows.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from aigaq.archive import coarsening, publish_claims
from aigaq.words import edtf, vocabularies
from aigaq.words.diagnostics import Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from aigaq.archive.public import Claim, PublicArchive, Text
    from aigaq.archive.visible import Seen
    from aigaq.words.diagnostics import Diagnostic, Span
    from aigaq.words.edtf import EdtfDate
    from aigaq.words.localised import Localised

    _Place = Callable[[], Span]  # to be asked where it is needed: most are not

RARE = Problem(
    "P029",
    "{place} tells of this protected person {what}; fewer than {few} people here have that in"
    " common, and somebody who knows the family may know them by it",
    "Read it as a neighbour would. Then write coarsen: {{{coarse}}} in this file; or, where two"
    " people have decided that it may stand, coarsen: {{together: {key}}}.",
    Severity.WARNING,
)

FEW = 5  # people in a group; in smaller ones each can be told from the others

# What makes each combination less exact.
_COARSER = {
    "birth": "dates: year",
    "age-work": "work: hide",
    "children-place": "place: prefecture",
    "workplace": "work: hide",
    "event": "dates: year",
}
_WORK = frozenset({"worked-as", "studied", "appointed", "retired"})
_EVENTS = frozenset(
    {
        *("detained", "held", "moved-to", "released", "returned", "disappeared", "sentenced"),
        *("tried", "died", "married", "child-born", "travelled", "emigrated", "injury"),
        *("appointed", "retired"),
    }
)


@dataclass(slots=True)
class _Facts:
    """What is published of one person: each fact with the line that tells it first."""

    births: dict[EdtfDate, _Place | None] = field(default_factory=dict)
    work: dict[str, _Place | None] = field(default_factory=dict)
    places: dict[str, _Place | None] = field(default_factory=dict)
    workplaces: dict[str, _Place | None] = field(default_factory=dict)
    children: dict[object, _Place | None] = field(default_factory=dict)
    events: dict[tuple[str, str], _Place | None] = field(default_factory=dict)

    def together(self) -> Iterator[tuple[str, object, _Place | None]]:
        """Every combination: its key, by what others have it, too, and a line that tells it."""
        for date, span in self.births.items():
            if edtf.coarsened(date) != date:
                yield "birth", date.notation, span
            if date.earliest and date.latest and date.earliest.year == date.latest.year:
                year = date.earliest.year
                yield from (("age-work", (year, one), s) for one, s in self.work.items())
        if self.children:
            number = len(self.children)
            yield from (("children-place", (number, p), s) for p, s in self.places.items())
        yield from (("workplace", place, span) for place, span in self.workplaces.items())
        yield from (("event", event, span) for event, span in self.events.items())


def problems(seen: Seen, archive: PublicArchive) -> Iterator[Diagnostic]:
    """One warning for each protected person and combination that nobody has decided on."""
    facts = _facts(seen, archive)
    shared = Counter(
        (key, value)
        for one in facts.values()
        for key, value in {(key, value) for key, value, _ in one.together()}
    )
    for person in archive.people.values():
        if person.protect == "open" or person.id not in facts:
            continue
        located = seen.archive.people[person.id]
        decided = located.record.coarsen.together if located.record.coarsen else ()
        told: dict[str, _Place | None] = {}
        for key, value, span in facts[person.id].together():
            if shared[key, value] < FEW and key not in decided:
                told.setdefault(key, span)
        for key, span in told.items():
            what = vocabularies.label("coarse_together", key)
            words = {
                "place": str(span and span()),
                "what": what,
                "coarse": _COARSER[key],
                "key": key,
            }
            yield RARE.at(located.span_of("protect"), few=str(FEW), **words)


def _facts(seen: Seen, archive: PublicArchive) -> Mapping[str, _Facts]:
    found: dict[str, _Facts] = defaultdict(_Facts)
    fine = frozenset(p.id for p in archive.places.values() if coarsening.is_fine(p.type))
    for person in archive.people.values():
        one = found[person.id]
        if person.born:
            one.births[person.born] = None
        one.work.update((words, None) for work in person.work for words in _texts(work))
        one.places.update((place, None) for place in fine & {person.place})
    for text in archive.texts.values():
        for claim, span in _claims(seen, text):
            for who in coarsening.concerned(seen, (claim.about,)):
                _add(found[who], claim, span, fine)
        if text.interview and text.interview.place in fine:
            located = seen.archive.texts[text.id].written.located
            span = partial(located.span_of, "interview", "place")
            for narrator in text.told_by:
                found[narrator.person].places.setdefault(text.interview.place, span)
    return found


def _claims(seen: Seen, text: Text) -> Iterator[tuple[Claim, _Place]]:
    """The published claims of a text, each with what finds the place where it was written."""
    written = seen.archive.texts[text.id]
    count = len(written.written.record.claims)
    told = (n for n in range(count) if publish_claims.may_be_told(seen, written, n))
    for n, claim in zip(told, text.claims, strict=True):
        yield claim, partial(written.written.located.span_of, "claims", n)


def _add(facts: _Facts, claim: Claim, span: _Place, fine: frozenset[str]) -> None:
    small = fine & {claim.where, claim.origin, claim.destination}
    facts.places.update((place, span) for place in small if place not in facts.places)
    if claim.what in _WORK:
        facts.workplaces.update(dict.fromkeys(small, span))
        facts.work.update(dict.fromkeys((*_texts(claim.value), *_texts(claim.words)), span))
    if claim.what == "born" and claim.when:
        facts.births.setdefault(claim.when, span)
    if claim.what == "child-born":
        facts.children.setdefault(claim.when or span, span)
    if claim.what in _EVENTS and claim.when and claim.when.earliest == claim.when.latest:
        facts.events.setdefault((claim.what, claim.when.notation), span)


def _texts(words: Localised) -> Iterator[str]:
    """The words of all languages, as they are compared."""
    yield from (" ".join(text.casefold().split()) for _, text in words)
