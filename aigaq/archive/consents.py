"""What keeps a text back without a word: whose consent it has, and what that does not allow.

A card is never quoted: what a sentence says of it follows from what the site would show.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from aigaq.archive import pictures, visibility
from aigaq.words.diagnostics import Problem, Severity

if TYPE_CHECKING:
    import datetime
    from collections.abc import Collection, Iterator, Mapping

    from aigaq.archive.private import Archive, Text
    from aigaq.source.schema.records import Consent
    from aigaq.words.diagnostics import Diagnostic

NOT_FROM_THE_NARRATOR = Problem(
    "P009",
    "somebody who tells this text has given none of its consent cards",
    "Check the ids in `consent:`. If somebody else may allow it for them, such as a parent,"
    " name both in the card's `given_by:`.",
    Severity.WARNING,
)
NOT_FOR_THE_SITE = Problem(
    "P010",
    "this text is not shown: its consent does not allow `site`",
    "Its words can be read in the repository all the same. Ask the narrator whether they may be"
    " shown; if not, write `protect: restricted` and take the words out.",
    Severity.WARNING,
)
NOT_FOR_TRANSLATION = Problem(
    "P011",
    "the translations of this text are not shown: its consent does not allow `translate`",
    "Ask the narrator, and add `translate` to the card; if they say no, take the translations"
    " out of the repository.",
    Severity.WARNING,
)

MEDIUM_NOT_FOR_MIRRORS = Problem(
    "P030",
    "the site is meant for mirrors, but this picture or recording may not be copied by them",
    "Ask for the consent scope `mirror`, take it out of the texts, or write `mirrors: false` in"
    " site.yaml.",
)


def problems(archive: Archive, built: datetime.date) -> Iterator[Diagnostic]:
    """Warnings about texts that all their cards speak for; one that is not there said so."""
    for text in archive.texts.values():
        cards = [archive.consent[i].record for i in _ids(text) if i in archive.consent]
        if cards and len(cards) == len(_ids(text)):
            yield from _of_narrators(text, cards)
            yield from _of_scope(text, cards, built)


def _ids(text: Text) -> tuple[str, ...]:
    return text.written.record.consent


def _of_narrators(text: Text, cards: list[Consent]) -> Iterator[Diagnostic]:
    givers = {person for card in cards for person in card.given_by}
    if any(speaker.person not in givers for speaker in text.written.record.told_by):
        yield NOT_FROM_THE_NARRATOR.at(text.written.located.span_of("consent"))


def _of_scope(text: Text, cards: list[Consent], built: datetime.date) -> Iterator[Diagnostic]:
    """What is meant to be hidden, or paused, needs no reason."""
    in_force = all(visibility.is_in_force(card, built) for card in cards)
    if not in_force or visibility.hides(text.written.record.protect, built):
        return
    span = text.written.located.span_of("consent")
    allowed = set.intersection(*(set(card.scope) for card in cards))
    if "site" not in allowed:
        yield NOT_FOR_THE_SITE.at(span)
    elif text.translations and "translate" not in allowed:
        yield NOT_FOR_TRANSLATION.at(span)


def of_media(
    archive: Archive, scopes: Mapping[str, frozenset[str]], shown: Collection[str]
) -> Iterator[Diagnostic]:
    """Errors for what a site for mirrors shows and its own cards do not let them have.

    `scopes` holds what the cards of a file allow, `shown` the files that texts refer to; both
    by `pictures.key`.
    """
    if not archive.site.record.mirrors:
        return
    for sidecar in archive.records.sidecars:
        key = pictures.key(sidecar.path.removesuffix(".yaml"))
        allowed = scopes.get(key, frozenset())
        if key in shown and "site" in allowed and "mirror" not in allowed:
            yield MEDIUM_NOT_FOR_MIRRORS.at(sidecar.span_of("consent"))
