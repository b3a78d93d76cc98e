"""The free words of a text's header for one reader: translated where the text has them so.

What no translation gives stays in the words and the language of the text: another reader's
translation would be one more step away from what was said.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from aigaq.pages import naming
from aigaq.pages.context import NO_PHRASE, Link, Phrase
from aigaq.words.localised import Localised

if TYPE_CHECKING:
    from collections.abc import Iterable

    from aigaq.archive.public import Claim
    from aigaq.pages.claims import Source
    from aigaq.pages.context import Context
    from aigaq.pages.kinship import Telling

_NAMED = frozenset({"person", "group", "organisation", "place", "text"})


def words(text: str, context: Context, told_in: Source) -> Phrase:
    """Words in the language of the text, or as a translation has them for this reader."""
    if not text:
        return NO_PHRASE
    return localised(Localised.of({told_in.lang: text}), context, told_in)


def localised(own: Localised, context: Context, told_in: Source | Telling) -> Phrase:
    """An editor's words in some languages; translations fill the gaps for this reader."""
    if not own:
        return NO_PHRASE
    phrases = dict(told_in.phrases)
    translated = {lang: t for _, one in own for lang, t in phrases.get(one, ())}
    known = {**translated, **dict(own)}
    spoken = (context.lang, context.lang.partition("-")[0])
    mine = next((tag for tag in spoken if tag in known), "")
    return context.phrase(known[mine], mine) if mine else context.pick(own)


def who(one: str, context: Context, told_in: Source) -> Link | None:
    """A record's link, or words; None for nobody.

    A topic's id may be an everyday word (`prison`), so only what can be somebody, somewhere or
    a text counts as a record.
    """
    if not one:
        return None
    label = context.labels.get(one)
    if label and label.kind in _NAMED:
        return context.link(one)
    return Link(words(one, context, told_in))


def then_called(claim: Claim, context: Context) -> tuple[Link, ...]:
    """The names that the places of a claim had when it happened, where these were others."""
    places = [i for i in (claim.where, claim.origin, claim.destination) if i]
    if claim.when is None:
        return ()
    names = (
        naming.at_the_time(context.labels[i].names, claim.when, context.reading) for i in places
    )
    return tuple(Link(context.phrase(name.text, name.lang)) for name in names if name)


def all_of(several: Iterable[str], context: Context, told_in: Source) -> tuple[Link, ...]:
    return tuple(link for one in several if (link := who(one, context, told_in)))
