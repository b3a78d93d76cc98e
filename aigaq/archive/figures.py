"""Figures that do not add up as they were told: shown as such, never corrected."""

from __future__ import annotations

import datetime
from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Literal

from aigaq.archive import spans

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from aigaq.archive.public import Claim, Group
    from aigaq.words.edtf import EdtfDate

_CUSTODY = frozenset({"detained", "held", "moved-to", "disappeared"})
_FREED = frozenset({"released", "returned"})
_BEFORE_A_SENTENCE_ENDS = frozenset({"", "police-custody", "awaiting-trial", "prison"})
_YEAR = 365.25


@dataclass(frozen=True, slots=True)
class Figure:
    """Claims whose figures do not go together.

    `parts`: those of a sentence make `sum` years; `years`: who was sentenced was free too late
    for the years told; `lasted`: a length does not fit the dates.
    """

    kind: Literal["parts", "years", "lasted"]
    claims: tuple[Claim, ...]
    sum: str = ""


def of(claims: Iterable[Claim]) -> tuple[Figure, ...]:
    """The figures about one person that do not add up within an account."""
    told: dict[tuple[str, str, str], list[Claim]] = defaultdict(list)
    for claim in sorted(claims, key=lambda c: (c.text, c.number)):
        told[claim.text, claim.by, claim.by_words].append(claim)
    return tuple(figure for here in told.values() for figure in _of_account(here))


def counted(groups: Sequence[Group]) -> tuple[tuple[Group, Group], ...]:
    """Groups of one person with one name and two numbers that cannot be the same."""
    return tuple(
        (one, other)
        for one, other in combinations(groups, 2)
        if set(one.label.pairs) & set(other.label.pairs) and _numbers_apart(one, other)
    )


def _numbers_apart(one: Group, other: Group) -> bool:
    if one.count is None or other.count is None or one.count.about or other.count.about:
        return False
    return one.count.high < other.count.low or other.count.high < one.count.low


def _of_account(claims: Sequence[Claim]) -> Iterator[Figure]:
    for claim in claims:
        if (total := _sum(claim)) and float(claim.years) != total:
            yield Figure("parts", (claim,), f"{total:g}")
        if not _fits(claim, claim.when):
            yield Figure("lasted", (claim,))
    yield from _until_freed(claims)


def _sum(claim: Claim) -> float:
    """What the parts of a sentence make; 0 where one, or the whole, is not told."""
    every = (claim.years, *(part.years for part in claim.parts))
    if not claim.parts or not all(years.replace(".", "", 1).isdecimal() for years in every):
        return 0.0
    return sum(float(part.years) for part in claim.parts)


def _fits(claim: Claim, when: EdtfDate | None) -> bool:
    """Whether a length fits into the dates from which to which it lasted."""
    if claim.lasted is None or when is None or when.kind != "interval" or claim.what == "born":
        return True
    [(first, last)] = when.stretches
    if first is None or last is None or when.approximate or when.uncertain:
        return True
    ends = first.earliest, first.latest, last.earliest, last.latest
    return None in ends or _may_last(claim, ends)  # type: ignore[arg-type]  # none is None


def _may_last(
    claim: Claim, ends: tuple[datetime.date, datetime.date, datetime.date, datetime.date]
) -> bool:
    assert claim.lasted is not None
    low, high = spans.length(claim.lasted)
    least, most = (ends[2] - ends[1]).days, (ends[3] - ends[0]).days + 1
    return low <= most and least <= high


def _until_freed(claims: Sequence[Claim]) -> Iterator[Figure]:
    """From the one arrest, or sentence, to the one release: years and lengths against dates."""
    freed = [c for c in claims if c.what in _FREED and c.status != "left-country" and c.when]
    taken = [c for c in claims if c.what in _CUSTODY]
    begun = [c for c in taken if c.what == "detained" and c.when]
    sentences = [c for c in claims if c.what == "sentenced"]
    if len(freed) != 1 or len(sentences) > 1 or len(begun) > 1:
        return
    first = begun[0] if begun else next((c for c in sentences if c.when), None)
    if first is None or not (first.when and freed[0].when):
        return
    ends = _ends(first.when, freed[0].when)
    if begun and ends and first.lasted and len(taken) == 1 and not _may_last(first, ends):
        yield Figure("lasted", (first, freed[0]))
    elif ends and sentences and {c.status for c in taken} <= _BEFORE_A_SENTENCE_ENDS:
        [sentence] = sentences
        if (
            _is_number(sentence.years)
            and (ends[2] - ends[1]).days > float(sentence.years) * _YEAR
        ):
            yield Figure("years", tuple(dict.fromkeys((first, sentence, freed[0]))))


def _ends(
    first: EdtfDate, last: EdtfDate
) -> tuple[datetime.date, datetime.date, datetime.date, datetime.date] | None:
    days = first.earliest, first.latest, last.earliest, last.latest
    vague = any(date.approximate or date.uncertain for date in (first, last))
    return None if vague or None in days else days  # type: ignore[return-value]  # none is None


def _is_number(years: str) -> bool:
    return years.replace(".", "", 1).isdecimal()
