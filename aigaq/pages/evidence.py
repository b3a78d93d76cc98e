"""How we know: who told it, how they know, through whom it came, when, and how sure it is.

Each sentence is one interface text with gaps and none is glued together, so that a translator
can turn it as the language wants. Names and dates stand in the gaps as they are: no text may
need them in another case, and none tells the sex or the number of those who speak.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from aigaq.archive.public import Claim
from aigaq.pages import escaping, moments, told
from aigaq.pages.context import NO_PHRASE, UNKNOWN, Link, Phrase
from aigaq.pages.texts import noted
from aigaq.words import languages

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from markupsafe import Markup

    from aigaq.archive.public import Asked, Object
    from aigaq.pages.claims import Passage, Source
    from aigaq.pages.context import Context
    from aigaq.pages.moments import Moment
    from aigaq.pages.texts import Texts

NEVER = ""  # of no day
NARRATOR = "narrator"  # in a chain: the one who makes the claim

# For each way of knowing the sentence that names who told it, and the one that names nobody.
TOLD: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "": (noted("This was told by %(who)s."), noted("Who told this is not named here.")),
        "own-experience": (
            noted("This was told by %(who)s from their own experience."),
            noted("This was told from their own experience by somebody not named here."),
        ),
        "saw": (
            noted("This was told by %(who)s, who saw it."),
            noted("This was told by somebody who saw it and is not named here."),
        ),
        "from-the-person": (
            noted("This was told by %(who)s; it was learned from the person concerned."),
            noted("This was learned from the person concerned; by whom is not named here."),
        ),
        "from-family": (
            noted("This was told by %(who)s; it was learned from family."),
            noted("This was learned from family; by whom is not named here."),
        ),
        "from-neighbour": (
            noted("This was told by %(who)s; it was learned from a neighbour."),
            noted("This was learned from a neighbour; by whom is not named here."),
        ),
        "from-acquaintance": (
            noted("This was told by %(who)s; it was learned from friends or acquaintances."),
            noted("This was learned from friends or acquaintances; by whom is not named here."),
        ),
        "from-witness": (
            noted("This was told by %(who)s; it was learned from a witness."),
            noted("This was learned from a witness; by whom is not named here."),
        ),
        "from-official-spoken": (
            noted("This was told by %(who)s; it was learned from an official."),
            noted("This was learned from an official; by whom is not named here."),
        ),
        "official-document": (
            noted("This was told by %(who)s; the source is an official document."),
            noted("The source is an official document; who told this is not named here."),
        ),
        "official-message": (
            noted("This was told by %(who)s; the source is a message from the authorities."),
            noted(
                "The source is a message from the authorities; who told this is not named here."
            ),
        ),
        "court-paper": (
            noted("This was told by %(who)s; the source is a court paper."),
            noted("The source is a court paper; who told this is not named here."),
        ),
        "leaked-record": (
            noted("This was told by %(who)s; the source is a leaked record."),
            noted("The source is a leaked record; who told this is not named here."),
        ),
        "media": (
            noted("This was told by %(who)s; it was learned from the media."),
            noted("This was learned from the media; by whom is not named here."),
        ),
        "ngo-record": (
            noted("This was told by %(who)s; the source is a record of an organisation."),
            noted(
                "The source is a record of an organisation; who told this is not named here."
            ),
        ),
        "rumour": (
            noted("This was told by %(who)s; the source is a rumour."),
            noted("The source is a rumour; who told this is not named here."),
        ),
        "inference": (
            noted("This was told by %(who)s; it was concluded from other facts."),
            noted("This was concluded from other facts; by whom is not named here."),
        ),
        "not-said": (
            noted("This was told by %(who)s; how it is known was not said."),
            noted("How this is known was not said; who told it is not named here."),
        ),
    }
)
WHEN: Mapping[str, str] = MappingProxyType(
    {
        "interview": noted("The interview dates from %(date)s."),
        "publication": noted("The publication dates from %(date)s."),
        NEVER: noted("When this was told is not known."),
    }
)
SURE: Mapping[str, str] = MappingProxyType(
    {
        "confirmed": noted("This is considered confirmed."),
        "likely": noted("This is considered likely."),
        "possible": noted("This is considered possible."),
        "unlikely": noted("This is considered unlikely."),
        "disputed": noted("It is disputed."),
        "unknown": noted("It is not known how certain this is."),
    }
)
# i18n: Who passed something on, in order: what stands before, and the next one.
THEN = noted("%(earlier)s, then %(step)s")


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Words of a paragraph. `voice` is whose: `own`, `summary`, `scene` or `note`.

    Beside them a translation for this reader, where there is one: `how` it was made is a key of
    `briefs.made_how`, `source` the language from which. Where the words are our own
    (`is_ours`) it stands first; nobody's speech stands behind its translation.
    """

    phrase: Phrase
    voice: str
    content_note: str = ""
    translated: Phrase = NO_PHRASE
    how: str = ""
    source: str = ""
    is_ours: bool = False


@dataclass(frozen=True, slots=True)
class Telling:
    """Where something was said: when, in which text, and in which paragraph of it."""

    when: Moment | None
    how: str  # interview | publication
    text: Link
    paragraph: Link | None = None  # its words are the paragraph's number
    excerpt: Excerpt | None = None

    @property
    def passage(self) -> Link:
        """The text by its title, leading to the paragraph where there is one."""
        place = self.paragraph or self.text
        return Link(self.text.phrase, place.path, place.anchor)


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """How we know. `known_by` and `certainty` are keys; `tellers` who may have said it."""

    telling: Telling
    tellers: tuple[Link, ...] = ()
    known_by: str = ""
    chain: tuple[Link, ...] = ()
    certainty: str = ""

    @property
    def by(self) -> Link | None:
        """Who says it, where that is one."""
        return self.tellers[0] if len(self.tellers) == 1 else None

    def in_words(
        self, texts: Texts, link: Callable[[Link], Markup], *, here: bool = False
    ) -> Markup:
        """All of it in sentences; without the day of telling `here`, in the text itself."""
        gap = "" if languages.of(texts.lang).babel.startswith("zh") else " "
        return escaping.markup(gap.join(self._sentences(texts, link, here=here)))

    def _sentences(
        self, texts: Texts, link: Callable[[Link], Markup], *, here: bool
    ) -> Iterator[Markup]:
        yield self.told_by(texts, link, TOLD[self.known_by])
        yield from self.passed_on(texts, link)
        if not here:
            when, how = self.telling.when, self.telling.how
            yield texts.say(WHEN[how if when else NEVER], date=when.words if when else "")
        if self.certainty:
            yield texts.say(SURE[self.certainty])

    def told_by(
        self,
        texts: Texts,
        link: Callable[[Link], Markup],
        sentences: tuple[str, str],
        **gaps: str,
    ) -> Markup:
        """The sentence that names who told it (`%(who)s`), or the one that names nobody."""
        named, unnamed = sentences
        if not self.tellers:
            return texts.say(unnamed, **gaps)
        return texts.say(named, who=texts.joined(self.tellers, link), **gaps)

    def passed_on(self, texts: Texts, link: Callable[[Link], Markup]) -> Iterator[Markup]:
        """The sentence on the chain, where one is told."""
        if self.chain:
            yield texts.say_many(
                "It was passed on in %(number)s step: %(steps)s.",
                "It was passed on in %(number)s steps: %(steps)s.",
                len(self.chain),
                steps=self._steps(texts, link),
            )

    def _steps(self, texts: Texts, link: Callable[[Link], Markup]) -> Markup:
        """`A, then B, then C`, as the language says it."""

        def then(earlier: Markup, step: Markup) -> Markup:
            return texts.say(THEN, earlier=earlier, step=step)

        return functools.reduce(then, map(link, self.chain))


def of(entry: Claim | Asked, context: Context, told_in: Source) -> Evidence:
    """How we know what a claim says, or what was asked."""
    telling = telling_of(entry, context, told_in)
    if not isinstance(entry, Claim):
        return Evidence(telling=telling, tellers=_tellers(entry.told_by, context, told_in))
    tellers = _tellers((entry.by or entry.by_words,), context, told_in)
    return Evidence(
        telling=telling,
        tellers=tellers,
        known_by=entry.known_by,
        chain=tuple(_step(step, entry, tellers, context, told_in) for step in entry.chain),
        certainty=entry.certainty,
    )


def _tellers(who: tuple[str, ...], context: Context, told_in: Source) -> tuple[Link, ...]:
    return told.all_of((one for one in who if one != UNKNOWN), context, told_in)


def _step(
    step: str, claim: Claim, tellers: tuple[Link, ...], context: Context, told_in: Source
) -> Link:
    """One who passed it on. The teller may stand there as `narrator` or by name."""
    label = context.labels.get(claim.by)
    if tellers and (step == NARRATOR or (label and step in (n.text for n in label.names))):
        return tellers[0]
    if step == NARRATOR:
        return Link(Phrase(context.texts.say_in("in a chain", "the narrator")))
    link = told.who(step, context, told_in)
    assert link is not None  # no step is empty
    return link


def telling_of(entry: Claim | Asked | Object, context: Context, told_in: Source) -> Telling:
    """Where a text says it."""
    at = entry.at
    passage = next((p for p in told_in.passages if at and p.address == at), None)
    told = told_in.told
    return Telling(
        moments.of(told, context) if told and (told.earliest or told.latest) else None,
        told_in.told_how,
        context.link(entry.text),
        _paragraph(passage, context, told_in) if passage else None,
        _excerpt(passage, context, told_in) if passage else None,
    )


def _paragraph(passage: Passage, context: Context, told_in: Source) -> Link:
    """The paragraph in the version that this reader is shown; a version may lack it."""
    known = context.labels[told_in.id].languages
    shown = context.lang if context.lang in known else told_in.lang
    anchor = passage.address if shown in passage.shown_in else ""
    path = context.link(told_in.id).path
    return Link(Phrase(passage.address.removeprefix("p")), path, anchor)


def _excerpt(passage: Passage, context: Context, told_in: Source) -> Excerpt:
    voice = passage.container if passage.container in {"scene", "note"} else told_in.voice
    note = passage.content_note
    spoken = languages.in_its_scripts(
        context.lang, (told_in.lang, *(one.lang for one in passage.renderings))
    )
    mine = next((one for one in passage.renderings if one.lang == spoken), None)
    return Excerpt(
        context.phrase(passage.words, told_in.lang),
        voice,
        context.texts.label("content_note", note) if note else "",
        translated=context.phrase(mine.words, mine.lang) if mine else NO_PHRASE,
        how=mine.how if mine else "",
        source=mine.source if mine else "",
        is_ours=voice == "note" or told_in.voice == "summary",
    )
