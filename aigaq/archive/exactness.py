"""What texts tell of protected people so exactly that an editor must have meant it."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from aigaq.archive import coarsening, free_words, publish_claims
from aigaq.words import edtf
from aigaq.words.diagnostics import Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from aigaq.archive.public import PublicArchive, Text
    from aigaq.archive.visible import Seen
    from aigaq.source.schema.records import Coarsen
    from aigaq.words.diagnostics import Diagnostic
    from aigaq.words.edtf import EdtfDate

    Exact = tuple[tuple[str, ...], str]  # of whom, and the key of `coarsen:` for it

UNDECIDED = Problem(
    "P022",
    "{path} tells {what} of this protected person, and nobody has decided whether it may",
    "Read it as somebody would who knows the place. Then write coarsen: {{{key}: {coarse}}} in"
    " this file, or {{{key}: exact}} where it may stand as it is.",
    Severity.WARNING,
)

IN_WORDS = {
    "dates": ("a date finer than a year", "year"),
    "place": ("a place smaller than a prefecture", "prefecture"),
    "words": ("something in free words", "hide"),
}
_KEYS = frozenset({publish_claims.SPOKE, publish_claims.NARRATOR})


def problems(seen: Seen, archive: PublicArchive) -> Iterator[Diagnostic]:
    """One warning for each protected person and key, naming the first file that tells it."""
    kept = frozenset(p.id for p in archive.people.values() if p.protect != "open")
    first = _first(seen, archive, kept) if kept else {}
    for person in archive.people.values():
        if person.protect != "open":
            located = seen.archive.people[person.id]
            for key in _undecided(located.record.coarsen):
                if path := first[person.id].get(key, ""):
                    what, coarse = IN_WORDS[key]
                    words = {"path": path, "what": what, "key": key, "coarse": coarse}
                    yield UNDECIDED.at(located.span_of("protect"), **words)


def _undecided(coarsen: Coarsen | None) -> Iterator[str]:
    """The keys on which nothing was written; words are hidden with what they would tell."""
    given = {key: getattr(coarsen, key, "") for key in ("dates", "place", "work", "words")}
    yield from (key for key in ("dates", "place") if not given[key])
    if set(given.values()) <= {"", "exact"} and not given["words"]:
        yield "words"


def _first(
    seen: Seen, archive: PublicArchive, kept: frozenset[str]
) -> Mapping[str, dict[str, str]]:
    """For each of the people `kept` and each key the first file that tells something exact."""
    fine = frozenset(p.id for p in archive.places.values() if coarsening.is_fine(p.type))
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for text in archive.texts.values():
        path = seen.archive.texts[text.id].written.path
        for people, key in _told(seen, text, fine, kept):
            for person in kept.intersection(people):
                found[person].setdefault(key, path)
    return found


def _told(
    seen: Seen, text: Text, fine: frozenset[str], kept: frozenset[str]
) -> Iterator[Exact]:
    """What a text tells exactly of them: in its claims, in what was asked, and of itself."""

    def of(*everyone: str) -> tuple[str, ...]:
        return tuple(kept.intersection(coarsening.concerned(seen, everyone)))

    for claim in text.claims:
        people = of(claim.about, claim.other, claim.with_whom)
        if not people:
            continue  # as nearly always
        yield from _exact(
            people, claim.when, claim.where, claim.origin, claim.destination, fine=fine
        )
        if _has_words(seen, claim):
            yield people, "words"
    for asked in text.asked:
        people = of(*asked.by, *asked.about)
        yield from _exact(people, asked.when, fine=fine)
        if _has_words(seen, asked):
            yield people, "words"
    if text.interview:
        narrators = of(*(narrator.person for narrator in text.told_by))
        yield from _exact(narrators, text.interview.date, text.interview.place, fine=fine)


def _exact(
    people: tuple[str, ...], when: EdtfDate | None, *places: str, fine: frozenset[str]
) -> Iterator[Exact]:
    if when and edtf.coarsened(when) != when:
        yield people, "dates"
    if fine.intersection(places):
        yield people, "place"


def _has_words(seen: Seen, entry: object) -> bool:
    return any(not seen.is_record(word) for word in free_words.of([entry]) - _KEYS)
