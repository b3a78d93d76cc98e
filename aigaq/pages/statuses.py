"""The latest status of a person, as told: the wall and the person's page say it alike."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from aigaq.archive.public import Claim, Text
    from aigaq.words.edtf import EdtfDate


def latest(claims: Iterable[Claim], told: Mapping[str, EdtfDate | None]) -> Claim | None:
    """Of the claims about one person the latest that has a status, or None.

    `told` says for each text when it was told. The latest claim is the one told last; of what
    was told on one day, that which happened last; what has no date counts as earlier than what
    has one. None also where the latest word is that the person died: an older "in prison" does
    not outlive them.
    """
    telling = [claim for claim in claims if claim.status or claim.what == "died"]
    last = max(telling, key=lambda claim: _order(claim, told[claim.text]), default=None)
    return last if last and last.status else None


def told_on(text: Text) -> EdtfDate | None:
    """When a text was told: the day of the interview, else that of its first appearance."""
    return (text.interview and text.interview.date) or text.date


def _order(claim: Claim, told: EdtfDate | None) -> tuple[object, ...]:
    return _bounds(told), _bounds(claim.when), claim.text, claim.number


def _bounds(date: EdtfDate | None) -> tuple[datetime.date, datetime.date]:
    """Earliest and latest day; an open end counts as the other, none as before all others."""
    first = (date.earliest or date.latest) if date else None
    last = (date.latest or date.earliest) if date else None
    return first or datetime.date.min, last or datetime.date.min
