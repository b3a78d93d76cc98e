"""Which pictures and films may show a face that a consent card keeps back.

Law: nobody can tell from a file whose face is in it, so a card that speaks of faces keeps every
picture of its texts back, and of those who gave it, until the picture's sidecar tells that it
keeps to the card: by `faces:`, or by boxes that were painted over. The strictest card wins.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from aigaq.archive import pictures
from aigaq.words.diagnostics import Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from aigaq.source.records import Records
    from aigaq.source.schema.records import MediaSidecar
    from aigaq.words.fragments import Fragment

NOT_SETTLED = Problem(
    "P028",
    "this picture is left out of the site: a consent card says whose face may be seen, and"
    " nothing says that the picture keeps to it",
    "Look at it. Paint over with redact: in its sidecar whoever must not be seen, or write"
    " there whose face can be seen: faces: none, or faces: narrator-only. A face that may not"
    " be seen should not be in the repository, either.",
    Severity.WARNING,
)

# What a card allows → what a picture may say of itself.
_FITTING: Mapping[str, frozenset[str]] = {
    "none": frozenset({"none"}),
    "narrator-only": frozenset({"none", "narrator-only"}),
}


def withheld(records: Records, bodies: Mapping[str, Fragment]) -> frozenset[str]:
    """The keys of pictures and recordings that show more faces than a card allows, or may."""
    sidecars = {
        pictures.key(one.path.removesuffix(".yaml")): one.record for one in records.sidecars
    }
    cards = {card.id: card.record.faces for card in records.consent}
    bound = ((path, cards.get(card, "")) for path, card in _bound(records, bodies))
    return frozenset(
        key
        for path, allowed in bound
        if allowed in _FITTING
        and _shows(sidecars.get(key := pictures.key(path))) not in _FITTING[allowed]
    )


def _shows(sidecar: MediaSidecar | None) -> str:
    """Whose faces can be seen, as its editors say; empty where nobody has looked."""
    if sidecar is None:
        return ""
    return sidecar.faces or ("none" if sidecar.redact else "")


def _bound(records: Records, bodies: Mapping[str, Fragment]) -> Iterator[tuple[str, str]]:
    """Each picture or film with each card that speaks for it."""
    for sidecar in records.sidecars:
        path = sidecar.path.removesuffix(".yaml")
        if not pictures.is_recording(path) or pictures.is_film(path):
            yield from ((path, card) for card in sidecar.record.consent)
    cards = {text.id: text.record.consent for text in records.texts}
    for text in records.texts:
        photos = [thing.photo for thing in text.record.objects if thing.photo]
        films = [path for path in text.record.recordings if pictures.is_film(path)]
        yield from ((path, card) for path in (*photos, *films) for card in text.record.consent)
    versions = [(text.id, text.path) for text in records.texts]
    versions += [(one.id, one.path) for one in records.translations]
    for text_id, place in versions:
        body = bodies.get(place)
        for path, _ in body.pictures if body else ():
            yield from ((path, card) for card in cards.get(text_id, ()))
    photo_of = {person.id: person.record.photo for person in records.people}
    for one in records.consent:
        for giver in one.record.given_by:
            if photo_of.get(giver):
                yield photo_of[giver], one.id
