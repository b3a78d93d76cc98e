"""Whether what two accounts tell of a person can only be one event, told twice."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aigaq.archive.public import Claim, PublicArchive
    from aigaq.words.edtf import EdtfDate

# What happens once to anybody, or once for what is told here: two voices of a text may differ.
ONCE = frozenset({"born", "died", "disappeared", "sentenced"})
JOURNEYS = frozenset({"travelled", "emigrated"})


@dataclass(frozen=True)
class World:
    """What comparing needs to know besides the claims."""

    archive: PublicArchive

    @cached_property
    def told(self) -> dict[str, EdtfDate | None]:
        texts = self.archive.texts.values()
        return {t.id: (t.interview and t.interview.date) or t.date for t in texts}

    @cached_property
    def named(self) -> dict[str, str]:
        """The person of each name that only one person has."""
        found: dict[str, set[str]] = defaultdict(set)
        for person in self.archive.people.values():
            for name in person.names:
                found[name.text].add(person.id)
        return {text: min(ids) for text, ids in found.items() if len(ids) == 1}

    def purpose(self, claim: Claim) -> Mapping[str, str]:
        """Why, in the words of the text and of its translations, by language."""
        text = self.archive.texts[claim.text]
        translated = dict(text.phrases).get(claim.because)
        pairs = ((text.lang, claim.because), *(translated.pairs if translated else ()))
        return {lang: words.casefold() for lang, words in pairs}

    def apart(self, one: str, other: str) -> bool:
        """Whether two places cannot be the same: neither lies in the other."""
        if not one or not other:
            return False
        return other not in self._around(one) and one not in self._around(other)

    def _around(self, place: str) -> set[str]:
        seen: set[str] = set()
        while place and place not in seen:
            seen.add(place)
            record = self.archive.places.get(place)
            place = record.within if record else ""
        return seen

    def passed_by(self, claim: Claim) -> set[str]:
        """The people through whom it came, the speaker included."""
        steps = {self.named.get(step, step) for step in (claim.by, *claim.chain)}
        return steps & {*self.archive.people}


def account(claim: Claim) -> tuple[str, str, str]:
    """Whose account a claim belongs to."""
    return claim.text, claim.by, claim.by_words


def is_one(one: Claim, other: Claim, world: World) -> bool:
    """Whether two claims of a kind can only be meant of one event."""
    if one.what in ONCE:
        return True
    return (
        one.text != other.text
        and _same_way(one, other, world)
        and all(_had_happened(a, b, world) for a, b in ((one, other), (other, one)))
    )


def _same_way(one: Claim, other: Claim, world: World) -> bool:
    """Whether nothing tells two moves apart, and where they are moves, something joins them."""
    ways = ((one.origin, other.origin), (one.destination, other.destination))
    if any(world.apart(*ends) for ends in ways):
        return False
    return one.what not in JOURNEYS or any(all(ends) for ends in ways)


def _had_happened(event: Claim, account_of: Claim, world: World) -> bool:
    """Whether the event had happened when the other account was told."""
    told = world.told[account_of.text]
    if not (event.when and event.when.earliest and told and told.latest):
        return True
    return event.when.earliest <= told.latest
