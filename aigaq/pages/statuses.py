"""The latest status of a person, as told: their page, the wall and the first page say it alike.

What happened later counts, whenever it was told; where the dates leave it open, the order in
which one account tells of it, then the later telling. Where all of that leaves it open, every
status is said and none is chosen.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aigaq.archive import spans
from aigaq.words import edtf, vocabularies

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from aigaq.archive.public import Claim, Text
    from aigaq.pages.index import Index
    from aigaq.words.edtf import EdtfDate

Told = dict[str, "EdtfDate | None"]  # when each text was told

# These stand among the statuses where a claim says so and tells no other.
DIED = "died"
DETAINED = "detained"  # where to is not told
SENTENCED = "sentenced"
_OWN_GROUPS = {DIED: "died", DETAINED: "taken", SENTENCED: "taken"}

# What follows what within one account, where the dates do not say: `detained` opens it.
_STEPS = ("disappeared", "detained", "held", "moved-to", "released", "returned", "died")
_IMPLIED = {"died": DIED, "disappeared": "missing", "sentenced": SENTENCED}


@dataclass(frozen=True, slots=True)
class Standing:
    """The claims that tell the latest status, one for each where they differ.

    `group` is a key of `vocabularies.STATUS_GROUPS`, `returned` (free after having been held)
    or `elsewhere` (held, but never in the state that the archive is about). `before` are the
    claims of the statuses that came before somebody `returned`.
    """

    latest: tuple[Claim, ...]
    group: str
    before: tuple[Claim, ...] = ()


def of(index: Index, who: str) -> Standing | None:
    """The latest status of a group or an open person; None where none is told, or may be."""
    person = index.archive.people.get(who)
    if person and person.protect != "open":
        return None
    about = index.back.claims_about.get(who, ())
    told = {claim.text: told_on(index.archive.texts[claim.text]) for claim in about}
    return standing(about, told, index.is_here)


def standing(
    claims: Iterable[Claim], told: Told, is_here: Callable[[str], bool]
) -> Standing | None:
    """The latest status in the claims about one person.

    Where somebody was held in the state that the archive is about (`is_here`), a custody
    elsewhere does not count; coming out of that state and dying do, wherever it was.

    A sentence is a status only of somebody of whom nothing else is told.
    """
    telling = [claim for claim in claims if status(claim)]
    telling = [claim for claim in telling if status(claim) != SENTENCED] or telling
    here = [claim for claim in telling if is_here(claim.where)]
    ends = [claim for claim in telling if group_of(claim) == "died" or _left(claim)]
    last = latest((c for c in telling if c in here or c in ends) if here else telling, told)
    if not last:
        return None
    groups = [group_of(claim) for claim in last]
    taken = tuple(c for c in here if group_of(c) == "taken" and c not in last)
    if not here and not set(groups) & {"died", "not-known"}:
        return Standing(last, "elsewhere")
    if set(groups) == {"free"} and taken:
        return Standing(last, "returned", _each_status(taken, told))
    return Standing(last, "taken" if "taken" in groups else groups[0])


def status(claim: Claim) -> str:
    """The status that a claim tells, of the closed list or one of ours; empty for none."""
    if claim.what == "detained" and claim.status == "unknown":
        return DETAINED
    return claim.status or _IMPLIED.get(claim.what, "")


def group_of(claim: Claim) -> str:
    """The group of a claim's status, a key of `vocabularies.STATUS_GROUPS`."""
    key = status(claim)
    if key in _OWN_GROUPS:
        return _OWN_GROUPS[key]
    return next(g for g, keys in vocabularies.STATUS_GROUPS.items() if key in keys)


def latest(claims: Iterable[Claim], told: Told) -> tuple[Claim, ...]:
    """Of claims about one person those that tell the latest status, one for each status."""
    left = [claim for claim in claims if status(claim)]
    for is_earlier in (_happened_before, _comes_before, _told_before):
        left = [one for one in left if not any(is_earlier(one, other, told) for other in left)]
    return _each_status(left, told)


def told_on(text: Text) -> EdtfDate | None:
    """When a text was told: the day of the interview, else that of its first appearance."""
    return (text.interview and text.interview.date) or text.date


def _each_status(claims: Iterable[Claim], told: Told) -> tuple[Claim, ...]:
    """For each status the claim that was told last, in the order of the tellings."""
    found: dict[str, Claim] = {}
    for claim in sorted(claims, key=lambda c: (_day(told.get(c.text)), c.text, c.number)):
        found.pop(status(claim), None)
        found[status(claim)] = claim
    return tuple(found.values())


def _day(date: EdtfDate | None) -> datetime.date:
    return (date and (date.latest or date.earliest)) or datetime.date.min


def _happened_before(one: Claim, other: Claim, told: Told) -> bool:
    """Happened earlier; but who was taken may still be so when a later text tells of it."""
    if not spans.is_before(_as_of(one, told), _as_of(other, told)):
        return False
    are_taken = group_of(one) == group_of(other) == "taken"
    return not (are_taken and spans.is_before(told.get(other.text), told.get(one.text)))


def _comes_before(one: Claim, other: Claim, told: Told) -> bool:
    """An earlier step of one text; of another only where its date is no more exact.

    Of one step in one text, what has no date comes before what has one.
    """
    dates = _as_of(one, told), _as_of(other, told)
    if one.text == other.text:
        return (_step(one), dates[0] is not None) < (_step(other), dates[1] is not None)
    if None in dates or spans.is_before(*dates):
        return False
    return _step(one) < _step(other) and _days(dates[0]) >= _days(dates[1])


def _told_before(one: Claim, other: Claim, told: Told) -> bool:
    """Told earlier; but what happened later stays, and so does a dated end beside no date."""
    dates = _as_of(one, told), _as_of(other, told)
    is_end = dates[0] is not None and dates[1] is None and _step(one) > _step(other)
    stays = is_end or spans.is_before(dates[1], dates[0])
    return not stays and spans.is_before(told.get(one.text), told.get(other.text))


def _as_of(claim: Claim, told: Told) -> EdtfDate | None:
    """The last time at which it was so: the end of a stretch, or now where it goes on."""
    date = claim.when
    if date is None or date.known_end is None:
        return None
    if date.sense == "since":
        return told.get(claim.text) or date
    if date.kind == "interval" and claim.what in {"held", "moved-to"}:
        end = date.stretches[0][1]
        found = edtf.parse(end.notation) if end else None
        return found if isinstance(found, edtf.EdtfDate) else date
    return date


def _days(date: EdtfDate | None) -> float:
    if date is None or date.earliest is None or date.latest is None:
        return float("inf")
    return (date.latest - date.earliest).days


def _step(claim: Claim) -> int:
    if group_of(claim) == "died":
        return len(_STEPS)
    return _STEPS.index(claim.what) if claim.what in _STEPS else 0


def _left(claim: Claim) -> bool:
    return claim.what == "returned" or claim.status == "left-country"
