"""When somebody was last heard from, and since when there is no contact, as told."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aigaq.archive.public import Claim
from aigaq.pages import evidence, moments

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from aigaq.pages.claims import Entry, Source
    from aigaq.pages.context import Context, Link
    from aigaq.pages.moments import Moment

_WHATS = frozenset({"contact", "last-contact"})
_NO_CONTACT = frozenset({"none", "number-blocked", "detention-denied"})


@dataclass(frozen=True, slots=True)
class Heard:
    """`key` is `heard` or `lost`: when, as told when, in which passage."""

    key: str
    when: Moment
    told: Moment | None
    passage: Link


def last(entries: Iterable[Entry], person: str) -> tuple[tuple[str, Claim], ...]:
    """The latest dated contact, and the latest dated loss of it, each with its `Heard.key`.

    That there is no contact is none, so it never counts as having heard from somebody.
    """
    found: dict[str, Claim] = {}
    for entry in entries:
        if isinstance(entry, Claim) and entry.about == person and entry.what in _WHATS:
            key = _key(entry)
            if key and (key not in found or _day(entry) >= _day(found[key])):
                found[key] = entry
    return tuple((key, found[key]) for key in ("heard", "lost") if key in found)


def _key(claim: Claim) -> str:
    if claim.when is None or claim.when.known_end is None:
        return ""
    if claim.contact not in _NO_CONTACT:
        return "heard"
    return "lost" if claim.contact == "none" and claim.what == "last-contact" else ""


def _day(claim: Claim) -> datetime.date:
    when = claim.when
    return (when and (when.latest or when.known_end)) or datetime.date.min


def views(
    found: Iterable[tuple[str, Claim]], context: Context, known: Mapping[str, Source]
) -> tuple[Heard, ...]:
    return tuple(heard for key, claim in found if (heard := _view(key, claim, context, known)))


def _view(
    key: str, claim: Claim, context: Context, known: Mapping[str, Source]
) -> Heard | None:
    when = moments.of(claim.when, context, claim.counted)
    telling = evidence.of(claim, context, known[claim.text]).telling
    return Heard(key, when, telling.when, telling.passage) if when else None
