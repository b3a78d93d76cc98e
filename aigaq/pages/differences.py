"""Where accounts differ, and figures or an order as told that cannot be, with every source."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from markupsafe import Markup

from aigaq.archive import chronology, figures
from aigaq.archive.public import Claim
from aigaq.pages import claims, evidence, moments
from aigaq.pages.context import Link, Phrase
from aigaq.pages.texts import noted
from aigaq.words import languages

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from aigaq.archive.accounts import Difference
    from aigaq.archive.public import Group
    from aigaq.pages.claims import ClaimView, Entry, Source
    from aigaq.pages.context import Context
    from aigaq.pages.moments import Amount
    from aigaq.pages.texts import Texts

    Found = tuple[str, tuple[Claim, ...]]

ANCHOR = "differences"  # of the section on a person's page

# In what accounts differ, in short.
ASPECTS: Mapping[str, str] = MappingProxyType(
    {
        "date": noted("the date"),
        "place": noted("the place"),
        "length": noted("the length of time"),
        "reason": noted("the reason"),
        "purpose": noted("the purpose of a journey"),
        "kinship": noted("the kinship"),
        "status": noted("what became of the person"),
        "contact": noted("the contact"),
        "how-known": noted("how it is known"),
    }
)


# Who gave a reason, and through whom we know of it.
GIVEN = (
    # i18n: %(given_by)s is "by an official", "in the press".
    noted("The reason was given %(given_by)s, as told by %(who)s."),
    # i18n: %(given_by)s is "by an official", "in the press".
    noted("The reason was given %(given_by)s; who told this is not named here."),
)
CONCLUDED = (
    noted("This reason was concluded by the speaker: %(who)s."),
    noted("This reason was concluded by a speaker who is not named here."),
)


@dataclass(frozen=True, slots=True)
class Account:
    """What one account tells; `given` is who gave the reason, where that is told."""

    claim: ClaimView
    given: Link | None = None
    is_concluded: bool = False

    def in_words(self, texts: Texts, link: Callable[[Link], Markup]) -> Markup:
        """Who told it; of a reason also who gave it, and through whom it came."""
        gap = "" if languages.of(texts.lang).babel.startswith("zh") else " "
        return Markup(gap).join(self._sentences(texts, link))  # noqa: S704

    def _sentences(self, texts: Texts, link: Callable[[Link], Markup]) -> Iterator[Markup]:
        known = self.claim.evidence
        if self.given is None:
            yield known.told_by(texts, link, evidence.TOLD[""])
            return
        sentences = CONCLUDED if self.is_concluded else GIVEN
        yield known.told_by(texts, link, sentences, given_by=link(self.given))
        yield from known.passed_on(texts, link)


@dataclass(frozen=True, slots=True)
class Side:
    """What one or more accounts say alike: of the claim the parts, by key, and all accounts."""

    claim: ClaimView
    parts: Mapping[str, Link]
    accounts: tuple[Account, ...]


@dataclass(frozen=True, slots=True)
class DifferenceView:
    """`accounts` differ in one aspect of the event `key`; `perhaps_one` may be one person."""

    aspect: str
    key: str
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
class OrderView:
    """An order that cannot be: `kind` is that of `chronology.Impossible`, or `telling`.

    `telling`: the claim is dated after the day on which it was told.
    """

    kind: str
    claims: tuple[ClaimView, ...]


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
    orders: tuple[OrderView, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.accounts or self.figures or self.counted or self.orders)


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """That another text differs from this one about a person, and in what."""

    person: Link
    aspects: tuple[str, ...]


def entries(found: Iterable[Difference]) -> tuple[Claim, ...]:
    """The claims on all sides; their sources are needed for the view."""
    return tuple(dict.fromkeys(claim for one in found for claim in one.claims))


Aspects = tuple[tuple[str, tuple[str, ...]], ...]


def elsewhere(found: Mapping[str, Iterable[Difference]]) -> Mapping[str, Aspects]:
    """For each text, about whom and in what others differ from it; `found` is by person."""
    told: dict[str, dict[str, dict[str, None]]] = {}
    for person, differences in found.items():
        for one in differences:
            texts = {claim.text for claim in one.claims}
            for text in texts if len(texts) > 1 else ():
                told.setdefault(text, {}).setdefault(person, {})[one.aspect] = None
    return {
        text: tuple((person, tuple(aspects)) for person, aspects in people.items())
        for text, people in told.items()
    }


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
    *,
    orders: Iterable[Found],
) -> Differences:
    """The differences of a person's page; `said` are the claims about them.

    `orders` are what `impossible` finds in them.
    """
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
        tuple(OrderView(kind, claims.views(found, context, known)) for kind, found in orders),
    )


def impossible(said: Iterable[Entry], known: Mapping[str, Source]) -> tuple[Found, ...]:
    """Claims about one person of which the order cannot be, with the kind of `OrderView`."""
    own = [entry for entry in said if isinstance(entry, Claim)]
    late = (c for c in own if chronology.is_told_too_early(c, known[c.text].told))
    return (
        *((one.kind, (one.first, one.second)) for one in chronology.impossible(own)),
        *(("telling", (claim,)) for claim in late),
    )


def _difference(
    found: Difference, context: Context, known: Mapping[str, Source]
) -> DifferenceView:
    return DifferenceView(
        found.aspect,
        found.what,
        context.texts.label("what", found.what),
        found.accounts,
        tuple(_side(side, context, known) for side in found.sides),
        context.links(found.perhaps_one),
    )


def _side(told: tuple[Claim, ...], context: Context, known: Mapping[str, Source]) -> Side:
    shown = claims.views(told, context, known)
    parts = {detail.key: detail.values[0] for detail in shown[0].details}
    if told[0].known_by:
        parts["how-known"] = Link(Phrase(context.texts.label("known_by", told[0].known_by)))
    if told[0].what == "family-member":
        parts["of"] = context.link(told[0].about)
    accounts = (_account(*pair) for pair in zip(told, shown, strict=True))
    return Side(shown[0], MappingProxyType(parts), tuple(accounts))


def _account(claim: Claim, view: ClaimView) -> Account:
    given = next((d.values[0] for d in view.details if d.key == "given_by"), None)
    if claim.reason == "denied-by-family":
        given = None  # the reason says it
    return Account(view, given, claim.given_by == "inferred")


def _counted(pair: tuple[Group, Group], context: Context) -> CountedView:
    numbers = (moments.count(group.count) for group in pair)
    return CountedView(context.pick(pair[0].label), tuple(n for n in numbers if n))
