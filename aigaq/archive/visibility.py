"""What may be seen on the build date: protection, consent, embargo, withdrawal; the strictest wins.

Law: nothing becomes visible by default. A text is public only if its own state, its narrators,
its consent cards and its series all let it.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aigaq.words import vocabularies
from aigaq.words.diagnostics import Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from aigaq.archive.private import Archive, Text
    from aigaq.source.schema.dates import Protect
    from aigaq.source.schema.records import Consent
    from aigaq.source.schema.validate import Located
    from aigaq.words.diagnostics import Diagnostic

REVIEW_IS_DUE = Problem(
    "P001",
    "the consent card asked for a review, and the day has passed",
    "speak with the narrator; then write the new date, or use `aigaq withdraw`",
    Severity.WARNING,
)
HIDDEN_AFTER_REVIEW = Problem(
    "P002",
    "the day of review has passed and the card says restrict: what it covers is hidden now",
    "speak with the narrator, or use `aigaq withdraw`: the words still stand in the repository",
    Severity.WARNING,
)
NAMES_DO_NOT_FIT = Problem(
    "P003",
    "the card's names: and the protection of a person who gave it do not go together",
    "names: real and first-name go with `protect: open`, names: pseudonym with `pseudonym` or "
    "`initials`; ask the narrator, never guess",
)
NOT_FOR_MIRRORS = Problem(
    "P004",
    "the site is meant for mirrors, but this text may not be copied by them",
    "ask for the consent scope `mirror`, or write `mirrors: false` in site.yaml",
)

# What rights allow where no consent card speaks (CONTENT-MODEL, "Texts").
_EVERYTHING = frozenset({"site", "translate", "data-download", "mirror", "print"})
RIGHTS: Mapping[str, frozenset[str]] = {
    "own": _EVERYTHING,
    "permission": _EVERYTHING,
    "open-licence": _EVERYTHING,
    "public-domain": _EVERYTHING,
    "author-released": _EVERYTHING,
    "excerpt-only": frozenset({"site", "translate", "mirror", "print"}),
    "unclear": frozenset({"site", "translate", "mirror", "print"}),
}


@dataclass(frozen=True, slots=True)
class Visibility:
    """The ids of records that readers may see, and the consent scope of each visible text.

    `people` holds those with a page: open, by initials or by pseudonym.
    """

    texts: Mapping[str, frozenset[str]]
    people: frozenset[str]
    groups: frozenset[str]
    others: frozenset[str]  # places, organisations, series, topics

    def __contains__(self, record_id: str) -> bool:
        return (
            record_id in self.others
            or record_id in self.people
            or record_id in self.groups
            or record_id in self.texts
        )


def hides(protect: Protect, built: datetime.date) -> bool:
    """Whether a record is hidden on the build date.

    A seal ends when its day has ended everywhere on Earth, at noon UTC of the next day; a build
    date is a day without an hour, so the day after that is the first on which it may be seen.
    """
    if protect.level == "sealed-until" and protect.until:
        return built < protect.until + datetime.timedelta(days=2)
    return protect.level in vocabularies.PROTECT_HIDES


def of(
    archive: Archive, *, built: datetime.date, drafts: bool = False
) -> tuple[Visibility, list[Diagnostic]]:
    """What is visible. `drafts` shows drafts too: for the preview, never for a publication."""
    found = [
        p for card in archive.consent.values() for p in _card_problems(archive, card, built)
    ]
    texts = {}
    for text in archive.texts.values():
        scope = scope_of(archive, text, built)
        if (drafts or not text.written.record.draft) and "site" in scope:
            texts[text.id] = scope
            if archive.site.record.mirrors and "mirror" not in scope:
                found.append(NOT_FOR_MIRRORS.at(text.written.located.span_of("consent")))
    others = (archive.places, archive.organisations, archive.series)
    shown = {
        i for kind in others for i, r in kind.items() if not hides(r.record.protect, built)
    }
    seen = Visibility(
        texts=texts,
        people=frozenset(
            i
            for i, person in archive.people.items()
            if not hides(person.record.protect, built)
            and person.record.protect.level != "group-only"
        ),
        groups=frozenset(
            i for i, group in archive.groups.items() if not hides(group.record.protect, built)
        ),
        others=frozenset({*shown, *archive.topics}),
    )
    return seen, found


def scope_of(archive: Archive, text: Text, built: datetime.date) -> frozenset[str]:
    """What a text may be used for: by its cards, else by its rights; empty while it is hidden."""
    record = text.written.record
    guards = [
        record.protect,
        *(
            archive.people[s.person].record.protect
            for s in record.told_by
            if s.person in archive.people
        ),
        *(archive.series[s].record.protect for s in record.series if s in archive.series),
    ]
    if any(hides(protect, built) for protect in guards):
        return frozenset()
    cards = [archive.consent[c] for c in record.consent if c in archive.consent]
    scopes = [_scope(card.record, built) for card in cards]
    if record.rights:
        scopes.append(RIGHTS[record.rights])
    return _all_of(scopes)


def _all_of(scopes: Iterable[frozenset[str]]) -> frozenset[str]:
    """What every one of `scopes` allows; nothing where there is none."""
    allowed: frozenset[str] | None = None
    for scope in scopes:
        allowed = scope if allowed is None else allowed & scope
    return allowed or frozenset()


def _scope(card: Consent, built: datetime.date) -> frozenset[str]:
    if card.status != "active" or _is_overdue(card, built, "restrict"):
        return frozenset()
    return frozenset(card.scope)


def _is_overdue(card: Consent, built: datetime.date, after: str) -> bool:
    return card.after_review == after and bool(card.review_after) and built > card.review_after  # type: ignore[operator]


def _card_problems(
    archive: Archive, card: Located[Consent], built: datetime.date
) -> Iterator[Diagnostic]:
    """A consent card is never quoted: each sentence speaks of it without its words."""
    record = card.record
    if record.status == "active" and _is_overdue(record, built, "warn"):
        yield REVIEW_IS_DUE.at(card.span_of("review_after"))
    if record.status == "active" and _is_overdue(record, built, "restrict"):
        yield HIDDEN_AFTER_REVIEW.at(card.span_of("review_after"))
    fitting = {"pseudonym": {"pseudonym", "initials"}, "real": {"open"}, "first-name": {"open"}}
    for person in record.given_by:
        level = archive.people[person].record.protect.level if person in archive.people else ""
        in_the_open = level in {"open", "pseudonym", "initials"}
        if record.names and in_the_open and level not in fitting[record.names]:
            yield NAMES_DO_NOT_FIT.at(card.span_of("names"))
