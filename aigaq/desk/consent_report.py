"""The report on consent: what was allowed, which reviews are due, and what has no card."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aigaq.archive import visibility
from aigaq.desk.sections import Row, Section
from aigaq.pages import addresses
from aigaq.words import vocabularies

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterator

    from aigaq.archive.private import Archive
    from aigaq.source.schema.records import Consent

SOON = 90  # days before a review is due from which it is shown


def of(archive: Archive, today: datetime.date) -> tuple[Section, ...]:
    """What people should look at; a card is told by its id, never by who gave it."""
    cards = {i: located.record for i, located in sorted(archive.consent.items())}
    texts = _texts(archive)
    dated = [(card.review_after, i) for i, card in cards.items() if card.review_after]
    due = [(day, i) for day, i in sorted(dated) if day <= today]
    soon = [(day, i) for day, i in sorted(dated) if 0 < (day - today).days <= SOON]
    return (
        Section(
            "Reviews that are due",
            tuple(_review(day, i, cards[i], texts.get(i, ())) for day, i in due),
            "Ask whether the consent still stands. If it does, write a later day into"
            " `review_after:`; if it does not, `status: withdrawn`.",
        ),
        Section(
            f"Reviews in the next {SOON} days",
            tuple(_review(day, i, cards[i], texts.get(i, ())) for day, i in soon),
        ),
        Section(
            "Texts without a card",
            tuple(_without_card(archive)),
            "They rest on what the rights allow. Where these are unclear, only facts are shown:"
            " ask who holds them.",
        ),
        Section(
            "What each card allows",
            tuple(_card(i, card, texts.get(i, ())) for i, card in cards.items()),
        ),
    )


def _texts(archive: Archive) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for text in archive.texts.values():
        for card in text.written.record.consent:
            found.setdefault(card, []).append(text.id)
    return found


def _review(
    day: datetime.date, card_id: str, card: Consent, texts: list[str] | tuple[str, ...]
) -> Row:
    after = "they are hidden from that day" if card.after_review == "restrict" else "they stay"
    spoken = f"it speaks for {', '.join(texts)}; {after}" if texts else "no text names it"
    return Row(card_id, f"{day}; {spoken}")


def _without_card(archive: Archive) -> Iterator[Row]:
    for text in archive.texts.values():
        record = text.written.record
        if not record.consent and not record.protect.hides:
            page = addresses.of_record("text", text.id, text.written.lang)
            yield Row(text.id, f"rights: {record.rights}", page)


def _card(card_id: str, card: Consent, texts: list[str] | tuple[str, ...]) -> Row:
    allowed = [use for use in vocabularies.CONSENT_SCOPES if use in card.scope]
    refused = sorted(visibility.USES - {*card.scope})
    said = [f"allows {', '.join(allowed)}" if allowed else "allows nothing"]
    said += [f"not {', '.join(refused)}"] if refused else []
    said += [card.status] if card.status != "active" else []
    said += [f"{len(texts)} texts" if len(texts) != 1 else "1 text"]
    return Row(card_id, "; ".join(said))
