"""What cannot have happened in the order that was told: pointed out, never put right.

Only dates of which no reading fits count, and only those of open people: of others nothing is
said here, not even that something is wrong.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from aigaq.archive import publish_claims, spans
from aigaq.words import vocabularies
from aigaq.words.diagnostics import Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from aigaq.archive.public import Claim, PublicArchive, Text
    from aigaq.archive.visible import Seen
    from aigaq.words.diagnostics import Diagnostic, Span
    from aigaq.words.edtf import EdtfDate

IMPOSSIBLE_ORDER = Problem(
    "P013",
    '"{second}" is dated before "{first}" in {place}, and cannot come before it',
    "Check both dates against the texts. If that is what is told, leave it as it is: the site"
    " shows both.",
    Severity.WARNING,
)
AFTER_IT_WAS_TOLD = Problem(
    "P014",
    "this is dated after the text in which it is told",
    "Check this date, and that of the interview or of the publication.",
    Severity.WARNING,
)

Pair = tuple["Claim", "Claim"]

_FREED = frozenset({"released", "returned"})
_TAKEN = frozenset({"detained", "held", "moved-to", "disappeared"})
_DEAD = frozenset(vocabularies.STATUS_GROUPS["died"])
# What nobody does or suffers after death; words about somebody go on.
_OF_THE_LIVING = frozenset(
    {
        *_TAKEN, *_FREED, "last-contact", "questioned", "threatened", "attacked", "travelled",
        "passport-taken", "emigrated", "married", "illness", "injury", "disability", "studied",
        "worked-as", "appointed", "lived-in", "retired", "forced-labour", "forced-denunciation",
        "medical", "tried",
    }
)  # fmt: skip


def problems(seen: Seen, archive: PublicArchive) -> Iterator[Diagnostic]:
    """Warnings at the dates of claims; each claim is told once."""
    places = dict(_told(seen, archive))
    about: dict[str, list[Claim]] = defaultdict(list)
    for claim in places:
        about[claim.about].append(claim)
    for claims in about.values():
        for first, second in impossible(claims):
            words = {"first": first.what, "second": second.what}
            here, there = places[second], places[first]
            yield IMPOSSIBLE_ORDER.at(here, place=_place(there, here), **words)
    for claim, span in places.items():
        if is_told_too_early(claim, archive.texts[claim.text]):
            yield AFTER_IT_WAS_TOLD.at(span)


def impossible(claims: Sequence[Claim]) -> tuple[Pair, ...]:
    """Pairs about one person of which the first must come first, and is dated wholly later."""
    dated = sorted((c for c in claims if c.when), key=lambda c: (*_day(c), c.text, c.number))
    found = [*_births(dated), *_deaths(dated), *_releases(dated, claims)]
    return tuple({second: (first, second) for first, second in found}.values())


def is_told_too_early(claim: Claim, text: Text) -> bool:
    """Whether it is dated wholly after its text, which cannot have known it."""
    told = (text.interview and text.interview.date) or text.date
    return spans.is_before(told, claim.when)


def _births(dated: Sequence[Claim]) -> Iterator[Pair]:
    for born in (c for c in dated if c.what == "born"):
        yield from ((born, c) for c in dated if _is_before(c, born) and c.what != "born")


def _deaths(dated: Sequence[Claim]) -> Iterator[Pair]:
    for died in (c for c in dated if c.what == "died" or c.status in _DEAD):
        late = [c for c in dated if c.what in _OF_THE_LIVING and c.status not in _DEAD]
        yield from ((c, died) for c in reversed(late) if _is_before(died, c))


def _releases(dated: Sequence[Claim], claims: Iterable[Claim]) -> Iterator[Pair]:
    """A release before everything from which it can have been one, in the account or in all."""
    taken = [c for c in claims if c.what in _TAKEN and c.status not in _DEAD]
    for freed in (c for c in dated if c.what in _FREED and c.status not in _DEAD):
        own = [c for c in taken if (c.text, c.by, c.by_words) == _account(freed)] or taken
        if own and all(_is_before(freed, c) for c in own):
            yield min(own, key=_day), freed


def _account(claim: Claim) -> tuple[str, str, str]:
    return claim.text, claim.by, claim.by_words


def _is_before(one: Claim, other: Claim) -> bool:
    return spans.is_before(one.when, other.when)


def _day(claim: Claim) -> tuple[object, ...]:
    when: EdtfDate | None = claim.when
    return when.sort_key() if when else ()


def _told(seen: Seen, archive: PublicArchive) -> Iterator[tuple[Claim, Span]]:
    """The public claims about open people, each with the place of its date."""
    people: Mapping[str, object] = {
        i: person for i, person in archive.people.items() if person.protect == "open"
    }
    for text_id, text in archive.texts.items():
        written = seen.archive.texts[text_id]
        every = range(len(written.written.record.claims))
        shown = [n for n in every if publish_claims.may_be_told(seen, written, n)]
        for claim, n in zip(text.claims, shown, strict=True):
            if claim.about in people:
                yield claim, written.written.located.span_of("claims", n, "when")


def _place(there: Span, here: Span) -> str:
    return f"line {there.line}" if there.path == here.path else f"{there.path}:{there.line}"
