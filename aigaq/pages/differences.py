"""Where accounts differ, and where figures do not add up as told: each side with its source."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from aigaq.archive import figures
from aigaq.archive.public import Claim
from aigaq.pages import claims, moments
from aigaq.pages.context import Link, Phrase
from aigaq.pages.texts import noted

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from aigaq.archive.accounts import Difference
    from aigaq.archive.public import Group
    from aigaq.pages.claims import ClaimView, Entry, Source
    from aigaq.pages.context import Context
    from aigaq.pages.index import Index
    from aigaq.pages.moments import Amount

ANCHOR = "differences"  # of the section on a person's page

# In what accounts differ, in short.
ASPECTS: Mapping[str, str] = MappingProxyType(
    {
        "date": noted("the date"),
        "place": noted("the place"),
        "length": noted("the length of time"),
        "reason": noted("the reason"),
        "kinship": noted("the kinship"),
        "status": noted("what became of the person"),
        "contact": noted("the contact"),
        "how-known": noted("how it is known"),
    }
)


@dataclass(frozen=True, slots=True)
class Side:
    """What one account says: the claim, and of its parts those in which it differs, by key."""

    claim: ClaimView
    parts: Mapping[str, Link]


@dataclass(frozen=True, slots=True)
class DifferenceView:
    """`accounts` differ in one aspect of one event; `perhaps_one` may be one person."""

    aspect: str
    what: str
    accounts: int
    sides: tuple[Side, ...]
    perhaps_one: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class FigureView:
    """Figures as told; `kind` is that of `figures.Figure`, `sum` what the parts make."""

    kind: str
    claims: tuple[ClaimView, ...]
    sum: Amount | None


@dataclass(frozen=True, slots=True)
class CountedView:
    """People of one description, of whom two numbers are told."""

    label: Phrase
    numbers: tuple[Amount, ...]


@dataclass(frozen=True, slots=True)
class Differences:
    """All of it about one person."""

    accounts: tuple[DifferenceView, ...] = ()
    figures: tuple[FigureView, ...] = ()
    counted: tuple[CountedView, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.accounts or self.figures or self.counted)


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """That another text differs from this one about a person, and in what."""

    person: Link
    aspects: tuple[str, ...]


def entries(found: Iterable[Difference]) -> tuple[Claim, ...]:
    """The claims on all sides; their sources are needed for the view."""
    return tuple(dict.fromkeys(claim for one in found for claim in one.claims))


def elsewhere(index: Index, text: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """About whom, and in what, other texts differ from this one."""
    found = []
    for person, differences in index.differences.items():
        aspects = [d.aspect for d in differences if _concerns(d, text)]
        if aspects:
            found.append((person, tuple(dict.fromkeys(aspects))))
    return tuple(found)


def _concerns(difference: Difference, text: str) -> bool:
    texts = {claim.text for claim in difference.claims}
    return text in texts and len(texts) > 1


def of_text(
    found: Iterable[tuple[str, tuple[str, ...]]], context: Context
) -> tuple[Elsewhere, ...]:
    """What `elsewhere` found, for a reader of the text."""
    return tuple(
        Elsewhere(
            context.link(person, ANCHOR), tuple(context.texts.say(ASPECTS[a]) for a in aspects)
        )
        for person, aspects in found
    )


def of(
    found: Iterable[Difference],
    said: Iterable[Entry],
    groups: Iterable[Group],
    context: Context,
    known: Mapping[str, Source],
) -> Differences:
    """The differences of a person's page; `said` are the claims about them."""
    own = [entry for entry in said if isinstance(entry, Claim)]
    return Differences(
        tuple(_difference(one, context, known) for one in found),
        tuple(
            FigureView(
                one.kind,
                claims.views(one.claims, context, known),
                moments.years(one.sum) if one.sum else None,
            )
            for one in figures.of(own)
        ),
        tuple(_counted(pair, context) for pair in figures.counted(tuple(groups))),
    )


def _difference(
    found: Difference, context: Context, known: Mapping[str, Source]
) -> DifferenceView:
    shown = claims.views(found.claims, context, known)
    return DifferenceView(
        found.aspect,
        context.texts.label("what", found.what),
        found.accounts,
        tuple(
            Side(view, _parts(claim, view, context))
            for claim, view in zip(found.claims, shown, strict=True)
        ),
        context.links(found.perhaps_one),
    )


def _parts(claim: Claim, view: ClaimView, context: Context) -> Mapping[str, Link]:
    parts = {detail.key: detail.values[0] for detail in view.details}
    if claim.reason == "denied-by-family":
        parts.pop("given_by", None)  # the reason says it
    if claim.what == "family-member":
        parts["of"] = context.link(claim.about)
    return MappingProxyType(parts)


def _counted(pair: tuple[Group, Group], context: Context) -> CountedView:
    numbers = (moments.count(group.count) for group in pair)
    return CountedView(context.pick(pair[0].label), tuple(n for n in numbers if n))
