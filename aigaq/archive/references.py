"""Every place in a record where another record is named, and which kinds may stand there."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aigaq.source.schema import claims, lists, parts, records, texts
    from aigaq.source.schema.site import SiteConfig

Step = str | int

PERSON = frozenset({"person"})
PEOPLE = frozenset({"person", "group"})
PLACE = frozenset({"place"})
ORGANISATION = frozenset({"organisation"})
SPEAKER = frozenset({"person", "group", "organisation"})
ACTOR = frozenset({"person", "group", "organisation", "place"})
TEXT = frozenset({"text"})
CONSENT = frozenset({"consent"})
ANY = frozenset(
    {"person", "group", "place", "organisation", "text", "series", "topic", "object"}
)

# Kinds whose ids may stand where words may stand too (`who:`, `done_by:` …).
NAMED = frozenset({"person", "group", "place", "organisation", "text", "consent"})

_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
_PREFIXED = re.compile(r"(?:p|g|pl|org|t|c|ob)-[a-z0-9-]+")  # as `aigaq new` proposes them


@dataclass(frozen=True, slots=True)
class Named:
    """That `target` is named at `steps` of a record, where one of `kinds` is expected.

    With `or_words` words may stand there as well, so only what is or looks like an id counts.
    """

    target: str
    kinds: frozenset[str]
    steps: tuple[Step, ...]
    or_words: bool = False


def of_text(text: texts.Text) -> Iterator[Named]:
    yield from _each(text.series, frozenset({"series"}), "series")
    yield from _each(text.topics, frozenset({"topic"}), "topics")
    yield from _each(text.consent, CONSENT, "consent")
    yield from _each(text.mentions, ANY, "mentions")
    yield from _of_people(text)
    if text.interview:
        yield from _of_interview(text.interview)
    if text.original:
        yield from _of_original(text.original)
    yield from _of_credits(text.credits)
    for n, claim in enumerate(text.claims):
        yield from _of_claim(claim, n)
    for n, asked in enumerate(text.asked):
        yield from _of_asked(asked, n)
    for n, thing in enumerate(text.objects):
        yield from _one(thing.of, PEOPLE, "objects", n, "of")
        yield from _who(thing.kept_by, SPEAKER, "objects", n, "kept_by")


def _of_people(text: texts.Text) -> Iterator[Named]:
    for n, speaker in enumerate(text.told_by):
        yield Named(speaker.person, PERSON, ("told_by", n, "person"))
    for n, about in enumerate(text.about):
        yield Named(about.person, PEOPLE, ("about", n, "person"))
        yield from _one(about.of, PERSON, "about", n, "of")


def _of_original(original: parts.Original) -> Iterator[Named]:
    yield from _who(original.outlet, ORGANISATION, "original", "outlet")
    for n, step in enumerate(original.chain):
        yield from _who(step.outlet, ORGANISATION, "original", "chain", n, "outlet")


def _of_asked(asked: claims.Asked, n: int) -> Iterator[Named]:
    yield from _each(asked.by, ACTOR, "asked", n, "by")
    yield from _each(asked.for_, PEOPLE, "asked", n, "for")
    for m, who in enumerate(asked.to):
        yield from _who(who, ACTOR, "asked", n, "to", m)


def of_translation(translation: texts.Translation) -> Iterator[Named]:
    for n, who in enumerate(translation.translation.by):
        yield from _who(who, SPEAKER, "translation", "by", n)
    for person, _ in translation.translation.labels:
        yield Named(person, PERSON, ("translation", "labels", person))


def of_person(person: records.Person) -> Iterator[Named]:
    yield from _one(person.from_, PLACE, "from")
    yield from _each(person.not_same_as, PERSON, "not_same_as")
    yield from _of_names(person.names)
    for n, relative in enumerate(person.family):
        yield Named(relative.person, PEOPLE, ("family", n, "person"))


def of_group(group: records.Group) -> Iterator[Named]:
    yield from _one(group.of, PERSON, "of")


def of_place(place: records.Place) -> Iterator[Named]:
    yield from _one(place.in_, PLACE, "in")
    yield from _of_names(place.names)


def of_organisation(organisation: records.Organisation) -> Iterator[Named]:
    yield from _each(organisation.predecessor, ORGANISATION, "predecessor")
    yield from _each(organisation.not_same_as, ORGANISATION, "not_same_as")
    yield from _of_names(organisation.names)
    for n, part in enumerate(organisation.part_of):
        yield Named(part.org, ORGANISATION, ("part_of", n, "org"))


def of_series(series: records.Series) -> Iterator[Named]:
    yield from _each(series.order, TEXT, "order")
    yield from _of_credits(series.credits)


def of_consent(card: records.Consent) -> Iterator[Named]:
    yield from _each(card.given_by, PERSON, "given_by")


def of_sidecar(sidecar: records.MediaSidecar) -> Iterator[Named]:
    yield from _each(sidecar.consent, CONSENT, "consent")


def of_note(by: str) -> Iterator[Named]:
    """Who wrote a note in a body (`::: note by=…`)."""
    yield from _who(by, SPEAKER)


def of_topic(topic: lists.Topic) -> Iterator[Named]:
    yield from _one(topic.broader, frozenset({"topic"}), "broader")


def of_correction(correction: lists.Correction) -> Iterator[Named]:
    yield Named(correction.record, ANY, ("record",))


def of_identity(identity: lists.Identity) -> Iterator[Named]:
    yield from _each(identity.pair, PERSON | PLACE | ORGANISATION, "pair")


def of_site(site: SiteConfig) -> Iterator[Named]:
    yield from _one(site.wall.country, PLACE, "wall", "country")


def _of_interview(interview: parts.Interview) -> Iterator[Named]:
    yield from _one(interview.place, PLACE, "interview", "place")
    yield from _each(interview.interpreter, PERSON, "interview", "interpreter")
    for n, speaker in enumerate(interview.by):
        yield Named(speaker.person, PERSON, ("interview", "by", n, "person"))


def _of_credits(credits_: tuple[parts.Credit, ...]) -> Iterator[Named]:
    for n, credit in enumerate(credits_):
        yield from _who(credit.who, SPEAKER, "credits", n, "who")
        for m, who in enumerate(credit.reviewed_by):
            yield from _who(who, SPEAKER, "credits", n, "reviewed_by", m)


def _of_claim(claim: claims.Claim, n: int) -> Iterator[Named]:
    yield Named(claim.about, PEOPLE, ("claims", n, "about"))
    yield from _one(claim.by, SPEAKER, "claims", n, "by")
    yield from _one(claim.other, PEOPLE, "claims", n, "other")
    for m, step in enumerate(claim.chain):
        yield from _who(step, ACTOR, "claims", n, "chain", m)
    for key, value in (("where", claim.where), ("from", claim.from_), ("to", claim.to)):
        yield from _one(value, PLACE, "claims", n, key)
    for key, value in (
        ("with", claim.with_),
        ("done_by", claim.done_by),
        ("court", claim.court),
    ):
        yield from _who(value, ACTOR, "claims", n, key)


def _of_names(names: tuple[records.Name, ...]) -> Iterator[Named]:
    for n, name in enumerate(names):
        yield from _who(name.source, TEXT, "names", n, "source")


def _one(target: str, kinds: frozenset[str], *steps: Step) -> Iterator[Named]:
    if target:
        yield Named(target, kinds, steps)


def _each(targets: tuple[str, ...], kinds: frozenset[str], *steps: Step) -> Iterator[Named]:
    for n, target in enumerate(targets):
        yield Named(target, kinds, (*steps, n))


def _who(target: str, kinds: frozenset[str], *steps: Step) -> Iterator[Named]:
    """An id or words."""
    if target and _ID.fullmatch(target):
        yield Named(target, kinds, steps, or_words=True)


def looks_like_id(text: str) -> bool:
    """Whether somebody must have meant an id: one of the usual prefixes and a hyphen."""
    return _PREFIXED.fullmatch(text) is not None
