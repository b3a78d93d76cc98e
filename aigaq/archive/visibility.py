"""What may be seen on the build date: protection, consent, embargo; the strictest wins.

Law: nothing becomes visible by default. A text is public only if its own state, its narrators,
its consent cards and those who gave them, its series and its rights all let it.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aigaq.archive import faces, pictures
from aigaq.words import vocabularies
from aigaq.words.diagnostics import Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from aigaq.archive.private import Archive, Text
    from aigaq.source.records import Records
    from aigaq.source.schema.dates import Protect
    from aigaq.source.schema.records import Consent
    from aigaq.source.schema.validate import Located
    from aigaq.words.diagnostics import Diagnostic
    from aigaq.words.fragments import Fragment

REVIEW_IS_DUE = Problem(
    "P001",
    "the consent card asked for a review, and the day has passed",
    "Speak with the narrator; then write the new date, or `status: withdrawn`.",
    Severity.WARNING,
)
HIDDEN_AFTER_REVIEW = Problem(
    "P002",
    "the day of review has passed and the card says restrict: what it covers is hidden now",
    "Speak with the narrator; if consent has ended, take the words out of the repository.",
    Severity.WARNING,
)
NAMES_DO_NOT_FIT = Problem(
    "P003",
    "the card's names: and the protection of a person who gave it do not go together",
    "`names: real` and `first-name` go with `protect: open`, `names: pseudonym` with"
    " `pseudonym` or `initials`. Ask the narrator, never guess.",
)
NOT_FOR_MIRRORS = Problem(
    "P004",
    "the site is meant for mirrors, but this text may not be copied by them",
    "Ask for the consent scope `mirror`, or write `mirrors: false` in site.yaml.",
)
SEAL_HAS_ENDED = Problem(
    "P007",
    "the seal of this record has ended, and nothing stands here that could be shown",
    "Write what may be read now and take sealed-until out, or write `protect: restricted`.",
    Severity.WARNING,
)
NOTHING_TO_RENAME = Problem(
    "P008",
    "this level renames or counts people; {kind} has no name that it could change",
    "Write it in the files of the people; here write `open`, or `restricted` to hide it.",
    Severity.WARNING,
)

# What readers, machines and mirrors may do; the rest of a card's scope is nobody's business.
USES = frozenset({"site", "translate", "data-download", "mirror", "print"})
# What rights allow where no consent card speaks (CONTENT-MODEL, "Texts").
RIGHTS: Mapping[str, frozenset[str]] = {
    "own": USES,
    "permission": USES,
    "open-licence": USES,
    "public-domain": USES,
    "author-released": USES,
    "excerpt-only": USES - {"data-download"},
    "unclear": USES - {"data-download"},
}
_FITTING: Mapping[str, frozenset[str]] = {
    "pseudonym": frozenset({"pseudonym", "initials"}),
    "real": frozenset({"open"}),
    "first-name": frozenset({"open"}),
}
_SHOWN_WITH_A_NAME = frozenset({"open", "pseudonym", "initials"})


# The build date where none is known: no seal has ended, and every review is due.
NO_DATE = datetime.date.min


@dataclass(frozen=True, slots=True)
class Visibility:
    """The ids of records that readers may see, and the consent scope of each visible text.

    `people` holds those with a page: open, by initials or by pseudonym. `counted` are those
    whom others may tell of, without a name, a page or a link (`group-only`). Who is in none of
    these leaves no trace. `media` holds the scope of each picture or recording that has a card,
    by `pictures.key`; `withheld` are the keys of those that may not be shown.
    """

    texts: Mapping[str, frozenset[str]]
    people: frozenset[str]
    counted: frozenset[str]
    groups: frozenset[str]
    others: frozenset[str]  # places, organisations, series, topics
    media: Mapping[str, frozenset[str]]

    @property
    def withheld(self) -> frozenset[str]:
        return _withheld(self.media)

    @property
    def ids(self) -> tuple[Collection[str], ...]:
        """All that may be named."""
        return self.others, self.people, self.groups, self.texts

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
    if protect.level == "sealed-until":
        return protect.until is None or (built - protect.until).days < 2
    return protect.level in vocabularies.PROTECT_HIDES


def of(
    archive: Archive, *, built: datetime.date, drafts: bool = False
) -> tuple[Visibility, list[Diagnostic]]:
    """What is visible. `drafts` shows drafts too: for the preview, never for a publication."""
    texts, found = _texts(archive, built, drafts=drafts)
    counted, hidden = _unnamed(archive, built)
    seen = Visibility(
        texts=texts,
        people=frozenset(archive.people) - counted - hidden,
        counted=counted,
        groups=frozenset(
            i
            for i, group in archive.groups.items()
            if not hides(group.record.protect, built) and group.record.of not in hidden
        ),
        others=frozenset({*_others(archive, built), *archive.topics}),
        media=_media_scopes(archive.records, built)
        | dict.fromkeys(faces.withheld(archive.records, _bodies(archive)), frozenset[str]()),
    )
    for card in archive.consent.values():
        found += _card_problems(archive, card, built)
    return seen, [*found, *_level_problems(archive, built)]


def _texts(
    archive: Archive, built: datetime.date, *, drafts: bool
) -> tuple[dict[str, frozenset[str]], list[Diagnostic]]:
    texts: dict[str, frozenset[str]] = {}
    found = []
    in_series = _listed(archive)
    for text in archive.texts.values():
        scope = scope_of(archive, text, built, in_series.get(text.id, ()))
        if (drafts or not text.written.record.draft) and "site" in scope:
            texts[text.id] = scope
            if archive.site.record.mirrors and "mirror" not in scope:
                found.append(NOT_FOR_MIRRORS.at(text.written.located.span_of("consent")))
    return texts, found


def _listed(archive: Archive) -> Mapping[str, tuple[str, ...]]:
    """The series of each text: those that it names, and those that name it in their order."""
    found: dict[str, list[str]] = defaultdict(list)
    for text in archive.texts.values():
        found[text.id] += text.written.record.series
    for series_id, series in archive.series.items():
        for text_id in series.record.order:
            found[text_id].append(series_id)
    return {text_id: tuple(dict.fromkeys(ids)) for text_id, ids in found.items()}


def scope_of(
    archive: Archive, text: Text, built: datetime.date, in_series: Iterable[str]
) -> frozenset[str]:
    """What a text may be used for: by its cards and its rights; empty while it is hidden."""
    record = text.written.record
    if not record.title or record.protect.level == "group-only":
        return frozenset()
    cards = [archive.consent.get(card) for card in record.consent]
    narrators = (s.person for s in record.told_by)
    givers = (person for card in cards if card for person in card.record.given_by)
    guards = [
        record.protect,
        *(
            archive.people[p].record.protect
            for p in (*narrators, *givers)
            if p in archive.people
        ),
        *(archive.series[s].record.protect for s in in_series if s in archive.series),
    ]
    if any(hides(protect, built) for protect in guards):
        return frozenset()
    scopes = [_scope(card, built) for card in cards]
    if record.rights:
        scopes.append(RIGHTS[record.rights])
    return _all_of(scopes)


def _all_of(scopes: Iterable[frozenset[str]]) -> frozenset[str]:
    """What every one of `scopes` allows; nothing where there is none."""
    allowed: frozenset[str] | None = None
    for scope in scopes:
        allowed = scope if allowed is None else allowed & scope
    return allowed or frozenset()


def _scope(card: Located[Consent] | None, built: datetime.date) -> frozenset[str]:
    if card is None or not is_in_force(card.record, built):
        return frozenset()
    return frozenset(card.record.scope) & USES


def is_in_force(card: Consent, built: datetime.date) -> bool:
    """Whether a card allows anything at all on the build date."""
    ended = card.after_review == "restrict" and _is_overdue(card, built)
    return card.status == "active" and not ended


def _is_overdue(card: Consent, built: datetime.date) -> bool:
    """Whether the day of review has passed; without any known date it counts as passed."""
    day = card.review_after
    return day is not None and (built > day or built == NO_DATE)


def _unnamed(archive: Archive, built: datetime.date) -> tuple[frozenset[str], frozenset[str]]:
    """People who are only counted, and people of whom nothing may be seen."""
    people = {i: person.record for i, person in archive.people.items()}
    counted = frozenset(i for i, p in people.items() if p.protect.level == "group-only")
    hidden = frozenset(i for i, p in people.items() if hides(p.protect, built) or not p.names)
    return counted, hidden - counted


def _others(archive: Archive, built: datetime.date) -> Iterator[str]:
    """Places and organisations that have a name to be shown by, and series."""
    for kind in (archive.places, archive.organisations):
        for record_id, located in kind.items():
            level = located.record.protect.level
            renamed = level in {"initials", "pseudonym"}
            if hides(located.record.protect, built) or level == "group-only":
                continue
            if not renamed or any("pseudonym" in name.kind for name in located.record.names):
                yield record_id
    for series_id, series in archive.series.items():
        protect = series.record.protect
        if not hides(protect, built) and protect.level != "group-only":
            yield series_id


def withheld(
    records: Records, bodies: Mapping[str, Fragment], built: datetime.date
) -> Mapping[str, Problem]:
    """Why pictures are kept back, by key: by a consent card, or by who gave it."""
    kept = dict.fromkeys(_withheld(_media_scopes(records, built)), pictures.WITHHELD)
    return kept | dict.fromkeys(faces.withheld(records, bodies), faces.NOT_SETTLED)


def _bodies(archive: Archive) -> dict[str, Fragment]:
    """The bodies of texts and their translations, by path."""
    found = {text.written.path: text.body for text in archive.texts.values()}
    versions = (one for text in archive.texts.values() for one in text.translations)
    return found | {one.written.path: one.body for one in versions}


def _withheld(scopes: Mapping[str, frozenset[str]]) -> frozenset[str]:
    return frozenset(key for key, scope in scopes.items() if "site" not in scope)


def _media_scopes(records: Records, built: datetime.date) -> dict[str, frozenset[str]]:
    """What every card of a picture or recording allows; nothing where a giver is hidden."""
    cards = {card.id: card for card in records.consent}
    hidden = {p.id for p in records.people if hides(p.record.protect, built)}
    found = {}
    for sidecar in records.sidecars:
        scopes = [
            frozenset[str]()
            if card in cards and _is_given_by(cards[card], hidden)
            else _scope(cards.get(card), built)
            for card in sidecar.record.consent
        ]
        if scopes:
            found[pictures.key(sidecar.path.removesuffix(".yaml"))] = _all_of(scopes)
    return found


def _is_given_by(card: Located[Consent], people: Collection[str]) -> bool:
    return any(person in people for person in card.record.given_by)


def _card_problems(
    archive: Archive, card: Located[Consent], built: datetime.date
) -> Iterator[Diagnostic]:
    """A consent card is never quoted: each sentence speaks of it without its words."""
    record = card.record
    if record.status == "active" and _is_overdue(record, built):
        warns = record.after_review == "warn"
        yield (REVIEW_IS_DUE if warns else HIDDEN_AFTER_REVIEW).at(card.span_of("review_after"))
    levels = [
        archive.people[p].record.protect.level for p in record.given_by if p in archive.people
    ]
    fitting = _FITTING.get(record.names, _SHOWN_WITH_A_NAME)
    if any(level in _SHOWN_WITH_A_NAME - fitting for level in levels):
        yield NAMES_DO_NOT_FIT.at(card.span_of("names"))


def _level_problems(archive: Archive, built: datetime.date) -> Iterator[Diagnostic]:
    for person in archive.people.values():
        record = person.record
        is_bare = record.protect.level == "sealed-until" and not record.names
        if is_bare and not hides(record.protect, built):
            yield SEAL_HAS_ENDED.at(person.span_of("protect"))
    for text in archive.texts.values():
        located = text.written.located
        if not located.record.title and not hides(located.record.protect, built):
            yield SEAL_HAS_ENDED.at(located.span_of("protect"))
        if located.record.protect.level in vocabularies.PROTECT_RENAMES:
            yield NOTHING_TO_RENAME.at(located.span_of("protect"), kind="a text")
    for series in archive.series.values():
        if series.record.protect.level in vocabularies.PROTECT_RENAMES:
            yield NOTHING_TO_RENAME.at(series.span_of("protect"), kind="a series")
