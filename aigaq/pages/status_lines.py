"""The status of a person as a sentence: what is reported, who told it, when, and how sure."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from markupsafe import Markup

from aigaq.archive import kin
from aigaq.pages import evidence, moments, statuses
from aigaq.pages.context import Link, Phrase
from aigaq.pages.texts import noted
from aigaq.words import languages

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from aigaq.archive.public import Claim
    from aigaq.pages.claims import Source
    from aigaq.pages.context import Context
    from aigaq.pages.evidence import Evidence
    from aigaq.pages.index import Index
    from aigaq.pages.kinship import Tie
    from aigaq.pages.moments import Moment
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
        "died-in-custody": noted("to have died in custody"),
        "died-after-release": noted("to have died after release"),
        "left-country": noted("to have left the country"),
        "returned": noted("to have returned home"),
        "unknown": noted("with fate unknown"),
    }
)
# i18n: A status, and in brackets when and where: in prison (2018, Place)
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
    """

    person: str
    sex: str
    standing: statuses.Standing
    relations: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusLine:
    """One status; `status` leads to its paragraph. `teller` is a part of the keys above."""

    status: Link
    when: Moment | None
    where: Link | None
    teller: str
    relation: str
    sex: str
    evidence: Evidence

    def in_words(self, texts: Texts, link: Words, moment: Words) -> Markup:
        """The sentence, and how sure it is; `moment` is the macro for dates."""
        gap = "" if languages.of(texts.lang).babel.startswith("zh") else " "
        return Markup(gap).join(self._sentences(texts, link, moment))  # noqa: S704

    def _sentences(self, texts: Texts, link: Words, moment: Words) -> Iterator[Markup]:
        told = self.evidence.telling.when
        yield texts.say(
            SENTENCES[self.teller, told is not None],
            status=self._status(texts, link, moment),
            who=self._who(texts, link),
            date=moment(told) if told else "",
        )
        if self.evidence.certainty:
            yield texts.say(evidence.SURE[self.evidence.certainty])

    def _status(self, texts: Texts, link: Words, moment: Words) -> Markup:
        details = [moment(self.when)] if self.when else []
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
    """What is told last, by `group`; what was told before, of those who came back."""

    group: str
    lines: tuple[StatusLine, ...]
    before: tuple[Link, ...]


def reported(index: Index, person: str, ties: Iterable[Tie]) -> Reported | None:
    """What the page must know; None where no status is told."""
    found = statuses.of_person(index, person)
    if found is None:
        return None
    people = index.archive.people
    related: dict[str, list[str]] = {}
    for tie in ties:
        if tie.other in people and people[tie.other].protect == "open":
            related.setdefault(tie.other, []).append(tie.relation)
    tellers = sorted({claim.by for claim in found.latest} & related.keys())
    return Reported(
        person=person,
        sex=people[person].sex,
        standing=found,
        relations=tuple((teller, kin.closest(related[teller])) for teller in tellers),
    )


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
    )


def _line(
    claim: Claim, found: Reported, context: Context, known: Mapping[str, Source]
) -> StatusLine:
    how = evidence.of(claim, context, known[claim.text])
    relation = dict(found.relations).get(claim.by, "")
    teller = "self" if claim.by == found.person else "other" if how.tellers else "nobody"
    return StatusLine(
        status=_status(claim, context, known),
        when=moments.of(claim.when, context, claim.counted),
        where=context.link(claim.where) if claim.where else None,
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
    passage = evidence.of(claim, context, known[claim.text]).telling.passage
    return Link(Phrase(words), passage.path, passage.anchor)
