"""What cannot have happened in the order that was told: only dates of which no reading fits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from aigaq.archive import events, spans
from aigaq.words import vocabularies

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from aigaq.archive.public import Claim
    from aigaq.words.edtf import EdtfDate

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


@dataclass(frozen=True, slots=True)
class Impossible:
    """What must come `first`, and what must come `second`, dated the other way round.

    `birth`: `second` is dated before it; `death`: `first` after it; `release`: `second` is one,
    before everything from which it can have been one.
    """

    kind: Literal["birth", "death", "release"]
    first: Claim
    second: Claim


def impossible(claims: Sequence[Claim]) -> tuple[Impossible, ...]:
    """What is told of one person and cannot have been in this order; each `second` once."""
    dated = sorted((c for c in claims if c.when), key=lambda c: (*_day(c), c.text, c.number))
    found = [*_births(dated), *_deaths(dated), *_releases(dated, claims)]
    return tuple({one.second: one for one in found}.values())


def is_told_too_early(claim: Claim, told: EdtfDate | None) -> bool:
    """Whether it is dated wholly after the day on which it was told."""
    return spans.is_before(told, claim.when)


def _births(dated: Sequence[Claim]) -> Iterator[Impossible]:
    for born in (c for c in dated if c.what == "born"):
        early = (c for c in dated if _is_before(c, born) and c.what != "born")
        yield from (Impossible("birth", born, c) for c in early)


def _deaths(dated: Sequence[Claim]) -> Iterator[Impossible]:
    for died in (c for c in dated if c.what == "died" or c.status in _DEAD):
        late = [c for c in dated if c.what in _OF_THE_LIVING and c.status not in _DEAD]
        yield from (Impossible("death", c, died) for c in reversed(late) if _is_before(died, c))


def _releases(dated: Sequence[Claim], claims: Iterable[Claim]) -> Iterator[Impossible]:
    """A release before everything from which it can have been one, in the account or in all."""
    taken = [c for c in claims if c.what in _TAKEN and c.status not in _DEAD]
    for freed in (c for c in dated if c.what in _FREED and c.status not in _DEAD):
        own = [c for c in taken if events.account(c) == events.account(freed)] or taken
        if own and all(_is_before(freed, c) for c in own):
            yield Impossible("release", min(own, key=_day), freed)


def _is_before(one: Claim, other: Claim) -> bool:
    return spans.is_before(one.when, other.when)


def _day(claim: Claim) -> tuple[object, ...]:
    when: EdtfDate | None = claim.when
    return when.sort_key() if when else ()
