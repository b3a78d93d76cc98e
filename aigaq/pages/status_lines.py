"""The status of a person as a sentence: what is reported, who told it, when, and how sure."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from aigaq.archive import kin
from aigaq.archive.public import Claim
from aigaq.pages import claims, escaping, evidence, moments, statuses
from aigaq.pages.context import Link, Phrase
from aigaq.pages.texts import noted
from aigaq.words import languages

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from markupsafe import Markup

    from aigaq.pages.claims import ClaimView, Source
    from aigaq.pages.context import Context
    from aigaq.pages.evidence import Evidence
    from aigaq.pages.index import Index
    from aigaq.pages.moments import Amount, Moment
    from aigaq.pages.texts import Texts

    Words = Callable[..., Markup]  # a macro, or `link`

# By who tells it (somebody, the person themself, nobody named) and whether it is known when.
SENTENCES: Mapping[tuple[str, bool], str] = MappingProxyType(
    {
        # i18n: %(status)s is "in prison (place)", %(date)s the date of the telling.
        ("other", True): noted("Reported %(status)s, as told by %(who)s (%(date)s)."),
        ("other", False): noted("Reported %(status)s, as told by %(who)s."),
        ("self", True): noted("Reported %(status)s, in the person’s own words (%(date)s)."),
        ("self", False): noted("Reported %(status)s, in the person’s own words."),
        ("nobody", True): noted("Reported %(status)s; by whom is not named here (%(date)s)."),
        ("nobody", False): noted("Reported %(status)s; by whom is not named here."),
    }
)
# Where the label of the closed list does not go with "Reported".
REPORTED: Mapping[str, str] = MappingProxyType(
    {
        # i18n: Goes into "Reported %(status)s", as "in prison" does.
        statuses.DIED: noted("to have died"),
        statuses.DETAINED: noted("detained"),
        statuses.SENTENCED: noted("sentenced"),
        "died-in-custody": noted("to have died in custody"),
        "died-after-release": noted("to have died after release"),
        "left-country": noted("to have left the country"),
        "returned": noted("to have returned home"),
        "unknown": noted("with fate unknown"),
    }
)
# i18n: A status, and in brackets its years, when and where: in prison (2018, Place)
PLACED = noted("%(status)s (%(details)s)")
RELATED: Mapping[str, str] = MappingProxyType(
    {
        # i18n: Who tells it: her daughter Name. The relation may say "her" itself.
        "female": noted("her %(relation)s %(name)s"),
        # i18n: Who tells it: his daughter Name. The relation may say "his" itself.
        "male": noted("his %(relation)s %(name)s"),
        # i18n: As "her %(relation)s %(name)s", of somebody whose sex is not told.
        "": noted("their %(relation)s %(name)s"),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reported:
    """What a page must know to say somebody's status; `sex` is theirs, where it is told.

    `relations` are those of the tellers to the person, by the teller's id, where there is one.
    `sentences` are the claims that tell of one, of each length the first.
    """

    person: str
    sex: str
    standing: statuses.Standing
    relations: tuple[tuple[str, str], ...] = ()
    sentences: tuple[Claim, ...] = ()

    @property
    def claims(self) -> tuple[Claim, ...]:
        """All whose sources the view needs."""
        standing = self.standing
        return tuple(dict.fromkeys((*standing.latest, *standing.before, *self.sentences)))


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusLine:
    """One status; `status` leads to its paragraph. `teller` is a part of the keys above."""

    status: Link
    when: Moment | None
    where: Link | None
    years: Amount | None  # of who was sentenced
    teller: str
    relation: str
    sex: str
    evidence: Evidence

    def in_words(self, texts: Texts, link: Words, moment: Words, amount: Words) -> Markup:
        """The sentence, and how sure it is; `moment` and `amount` are the macros."""
        gap = "" if languages.of(texts.lang).babel.startswith("zh") else " "
        return escaping.markup(gap.join(self._sentences(texts, link, moment, amount)))

    def _sentences(
        self, texts: Texts, link: Words, moment: Words, amount: Words
    ) -> Iterator[Markup]:
        told = self.evidence.telling.when
        yield texts.say(
            SENTENCES[self.teller, told is not None],
            status=self._status(texts, link, moment, amount),
            who=self._who(texts, link),
            date=moment(told) if told else "",
        )
        if self.evidence.certainty:
            yield texts.say(evidence.SURE[self.evidence.certainty])

    def _status(self, texts: Texts, link: Words, moment: Words, amount: Words) -> Markup:
        details = [amount(self.years)] if self.years else []
        details += [moment(self.when)] if self.when else []
        details += [link(self.where)] if self.where else []
        if not details:
            return link(self.status)
        joined = texts.joined(details, lambda shown: shown)
        return texts.say(PLACED, status=link(self.status), details=joined)

    def _who(self, texts: Texts, link: Words) -> Markup:
        name = texts.joined(self.evidence.tellers, link)
        if not self.relation:
            return name
        return texts.say(RELATED[self.sex], relation=self.relation, name=name)


@dataclass(frozen=True, slots=True)
class StatusView:
    """What is told last, by `group`; what was told before, of those who came back.

    `sentences` stand beside it: what is told of a sentence of those who did not come back.
    """

    group: str
    lines: tuple[StatusLine, ...]
    before: tuple[Link, ...]
    sentences: tuple[ClaimView, ...] = ()


def reported(index: Index, who: str) -> Reported | None:
    """What the page must know of a person or a group; None where no status is told."""
    found = statuses.of(index, who)
    if found is None:
        return None
    people = index.archive.people
    related: dict[str, list[str]] = {}
    for tie in index.ties.get(who, ()):
        if tie.other in people and people[tie.other].protect == "open":
            related.setdefault(tie.other, []).append(tie.relation)
    tellers = sorted({claim.by for claim in found.latest} & related.keys())
    return Reported(
        person=who,
        sex=people[who].sex if who in people else "",
        standing=found,
        relations=tuple((teller, kin.closest(related[teller])) for teller in tellers),
        sentences=_sentences(index, who, found),
    )


def _sentences(index: Index, person: str, standing: statuses.Standing) -> tuple[Claim, ...]:
    """Of each length one claim, the first by date; not what the status says itself."""
    if standing.group == "returned":
        return ()
    found: dict[object, Claim] = {}
    for claim in claims.sort(index.back.claims_about.get(person, ())):
        if isinstance(claim, Claim) and claim.years:
            found.setdefault((claim.years, claim.parts), claim)
    said = {claim.years for claim in standing.latest if claim.what == "sentenced"}
    return tuple(claim for claim in found.values() if claim.years not in said)


def view(
    found: Reported | None, context: Context, known: Mapping[str, Source]
) -> StatusView | None:
    """The sentences for one reader; `known` are the sources by the text's id."""
    if found is None:
        return None
    return StatusView(
        found.standing.group,
        tuple(_line(claim, found, context, known) for claim in found.standing.latest),
        tuple(_status(claim, context, known) for claim in found.standing.before),
        claims.views(found.sentences, context, known),
    )


def _line(
    claim: Claim, found: Reported, context: Context, known: Mapping[str, Source]
) -> StatusLine:
    how = claims.of_claim(claim, context, known[claim.text]).evidence
    relation = dict(found.relations).get(claim.by, "")
    teller = "self" if claim.by == found.person else "other" if how.tellers else "nobody"
    return StatusLine(
        status=_status(claim, context, known),
        when=moments.of(claim.when, context, claim.counted),
        where=context.link(claim.where) if claim.where else None,
        years=moments.years(claim.years)
        if statuses.status(claim) == statuses.SENTENCED
        else None,
        teller=teller,
        relation=context.texts.label("relation", relation) if relation else "",
        sex=found.sex,
        evidence=how,
    )


def _status(claim: Claim, context: Context, known: Mapping[str, Source]) -> Link:
    """The status in words, leading to the paragraph in which it is told."""
    key = statuses.status(claim)
    if claim.what == "returned" and statuses.group_of(claim) == "free":
        key = "returned"
    texts = context.texts
    words = str(texts.say(REPORTED[key])) if key in REPORTED else texts.label("status", key)
    passage = claims.of_claim(claim, context, known[claim.text]).evidence.telling.passage
    return Link(Phrase(words), passage.path, passage.anchor)
