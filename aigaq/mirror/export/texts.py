"""Public texts and pages written as sources again: their headers; see `records` for the law."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from aigaq.archive import visibility
from aigaq.mirror.export import layout, records
from aigaq.words import stamps, vocabularies

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from aigaq.archive import public
    from aigaq.archive.public import PublicArchive
    from aigaq.mirror.export.records import Given
    from aigaq.words.fragments import Fragment
    from aigaq.words.stamps import Pair

    Fields = dict[str, Any]

_TOLD_KINDS = ("testimony", "interview")
_GONE = "p999999"  # a paragraph that no text has
_OTHER_WORDS = "0" * 16  # the digest of no paragraph


@dataclass(frozen=True, slots=True)
class Written:
    """What a file says that the public archive does not: its words as written.

    `turns` are labels that the body declares for nobody who may be named; `of` are stamps.
    """

    body: str
    turns: tuple[str, ...] = ()
    of: tuple[str, ...] = ()


def wordless(archive: PublicArchive) -> frozenset[str]:
    """Protected people of whom something is told that needs words, and has none."""
    kept = {person.id for person in archive.people.values() if person.protect != "open"}
    found: set[str] = set()
    for text in archive.texts.values():
        for claim in text.claims:
            if _lacks_words(claim):
                found |= {claim.about, claim.other, claim.with_whom}
        for asked in text.asked:
            if asked.how == "other" and not asked.words:
                found |= {*asked.by, *asked.about}
        if not (text.interview or text.original or text.source):
            found |= {narrator.person for narrator in text.told_by}
    return frozenset(found & kept)


def _lacks_words(claim: public.Claim) -> bool:
    return "other" in (claim.what, claim.reason, claim.relation) and not claim.words


def text(
    text: public.Text, written: Mapping[str, Written], known: Given
) -> Iterator[tuple[str, bytes]]:
    """The files of a text in all its languages."""
    original = text.original_version
    own = written[text.lang]
    body = own.body if original.body.blocks else ""
    header = _header(text, own.turns, known)
    yield _path(text, text.lang), layout.text(header, body)
    labels = dict(original.labels)
    for version in text.versions:
        facts = version.translation
        if facts is None:
            continue
        other = written[version.lang]
        header = {
            "title": version.title,
            "summary": version.summary,
            "translation": _facts(facts, known)
            | {
                "labels": _labels(version, labels, own.turns, other.turns, known),
                "phrases": [
                    [phrase, words.get(version.lang)]
                    for phrase, words in text.phrases
                    if words.get(version.lang)
                ],
                "of": " ".join(_stamps(text, version, other)),
            },
        }
        body = other.body if version.body.blocks else ""
        yield _path(text, version.lang), layout.text(header, body)


def _path(text: public.Text, lang: str) -> str:
    return layout.path("testimonies", f"{text.id}.{lang}.md")


def page(
    page: public.ContentPage, written: Mapping[str, Written], known: Given
) -> Iterator[tuple[str, bytes]]:
    """The files of a page in all its languages."""
    for version in page.versions:
        facts = version.translation
        header = {
            "title": version.title,
            "summary": version.summary,
            "translation": _facts(facts, known) if facts else {},
        }
        name = f"content/pages/{page.slug}.{version.lang}.md"
        yield name, layout.text(header, written[version.lang].body)


def _facts(facts: public.Translation, known: Given) -> Fields:
    return {
        "from": facts.source,
        "by": facts.by or ([] if facts.machine else known.unnamed()),
        "date": layout.date(facts.date),
        "status": facts.status,
        "machine": facts.machine,
        "abridged": facts.abridged,
    }


def _labels(
    version: public.Version,
    originals: Mapping[str, str],
    turns: tuple[str, ...],
    own: tuple[str, ...],
    known: Given,
) -> Fields:
    """How the turns are marked here, of those who are marked otherwise in the original."""
    found = {p: label for label, p in version.labels if originals.get(label) != p}
    others = [label for label in own if label not in turns]
    # Who is not named has a number by the order of the labels in the original.
    return found | {known.unnamed(number): label for number, label in enumerate(others, 1)}


def _stamps(text: public.Text, version: public.Version, written: Written) -> Iterator[str]:
    """Which paragraphs of the original were translated; of words that have gone no digest."""
    facts = version.translation
    assert facts is not None
    if facts.source != text.lang:
        yield from written.of
        return
    digests = _digests(text.original_version.body)
    for pair in facts.pairs:
        yield _stamp(pair, digests)


def _digests(body: Fragment) -> dict[str, str]:
    return {b.address: b.digest[: stamps.LENGTH] for b in stamps.paragraphs(body)}


def _stamp(pair: Pair, digests: Mapping[str, str]) -> str:
    if pair.changed:
        return f"{pair.there or _GONE}@{_OTHER_WORDS}"
    return f"{pair.there}@{digests[pair.there]}" if pair.there else stamps.NONE


def _header(text: public.Text, turns: tuple[str, ...], known: Given) -> Fields:
    extent = "summary" if text.voice == "summary" else "full"
    version = text.original_version
    hidden = [{"person": known.unnamed(n), "label": label} for n, label in enumerate(turns, 1)]
    return {
        "kind": "" if text.kind == "testimony" else text.kind,
        "voice": "" if text.voice == "own" else text.voice,
        "extent": "" if text.extent == extent else text.extent,
        "added": "" if text.added == text.date else layout.date(text.added),
        "title": version.title,
        "title_is_quote": text.title_is_quote,
        "title_by": "editor" if text.title_by_editor else "",
        "summary": version.summary,
        "series": text.series,
        "topics": text.topics,
        "tags": text.tags,
        "content_notes": text.content_notes,
        "told_by": _tellers(text, hidden, known),
        "about": _about(text, known),
        "mentions": text.mentions,
        "interview": _interview(text, hidden, known),
        "original": _original(text.original, known),
        "source": text.source or _origin(text),
        "credits": _credits(text, known),
        "claims": [_claim(claim, known) for claim in text.claims],
        "asked": [_asked(asked, text, known) for asked in text.asked],
        "objects": [
            {
                "id": thing.id,
                "what": thing.what,
                "of": thing.of,
                "kept_by": thing.kept_by,
                "photo": known.name(thing.photo),
                "at": thing.at,
            }
            for thing in text.objects
        ],
        "recordings": [*map(known.name, text.recordings)],
        "consent": consent_of(text),
    }


def _tellers(text: public.Text, hidden: list[Fields], known: Given) -> list[Fields]:
    told = [{"person": one.person, "label": one.label} for one in text.told_by]
    told += [] if text.interview else hidden
    needed = text.kind in _TOLD_KINDS and not _was_published(text.original)
    return told or ([{"person": known.unnamed()}] if needed else [])


def _was_published(original: public.Original | None) -> bool:
    keys = ("outlet", "published", "url", "url_as_printed", "archived", "chain")
    return original is not None and any(getattr(original, key) for key in keys)


def _about(text: public.Text, known: Given) -> list[Fields]:
    found: list[Fields] = [
        {
            "person": one.id,
            "of": one.of if one.relation or one.as_told else "",
            "relation": one.relation,
            "as_told": one.as_told,
        }
        | records.worded(one.relation)
        for one in text.about
    ]
    nobody = any(not asked.about for asked in text.asked)
    return [*found, {"person": known.unnamed()}] if nobody and len(found) == 1 else found


def _interview(text: public.Text, hidden: list[Fields], known: Given) -> Fields:
    interview = text.interview
    if interview is None:
        return {}
    narrators = {(one.label, one.person) for one in text.told_by}
    others = (one for one in text.original_version.labels if one not in narrators)
    labels = {person: label for label, person in others}
    made = {
        "date": layout.date(interview.date),
        "place": interview.place,
        "by": [{"person": one, "label": labels.get(one, "")} for one in interview.by] + hidden,
        "interpreter": interview.interpreter,
        "language": interview.language,
        "conditions": interview.conditions,
    }
    return made if any(made.values()) else {"by": known.unnamed()}


def _original(original: public.Original | None, known: Given) -> Fields:
    if original is None:
        return {}
    made = {
        "outlet": original.outlet,
        "published": layout.date(original.published),
        "published_basis": original.published_basis,
        "url": original.url,
        "url_as_printed": original.url_as_printed,
        "archived": original.archived,
        "rights": original.rights,
        "rights_text": original.rights_text,
        "chain": [
            {"outlet": step.outlet, "role": step.role, "date": layout.date(step.date)}
            | records.worded(step.role)
            for step in original.chain
        ],
    }
    return made if any(made.values()) else {"outlet": known.unnamed()}


def _origin(text: public.Text) -> str:
    """Where a text comes from must be said, though it may be too exact to be told."""
    return "" if text.interview or text.original else layout.NOT_TOLD


def _credits(text: public.Text, known: Given) -> list[Fields]:
    found = records.credit_list(text.credits)
    has_author = any(credit.role == "author" for credit in text.credits)
    if text.kind in _TOLD_KINDS or has_author:
        return found
    return [*found, {"who": known.unnamed(), "role": "author"}]


def _claim(claim: public.Claim, known: Given) -> Fields:
    when = layout.counted(claim.counted) if claim.counted else layout.date(claim.when)
    return {
        "about": claim.about,
        "what": claim.what,
        "by": claim.by or ("" if claim.by_words else known.unnamed()),
        "when": when,
        "said": claim.said,
        "where": claim.where,
        "lasted": _lasted(claim.lasted),
        "known_by": claim.known_by,
        "chain": claim.chain,
        "certainty": claim.certainty,
        "words": claim.words or (layout.NOT_TOLD if _lacks_words(claim) else ""),
        "at": claim.at,
        "status": claim.status,
        "contact": claim.contact,
        "with": claim.with_whom,
        "years": claim.years,
        "parts": [{"status": part.status, "years": part.years} for part in claim.parts],
        "done_by": claim.done_by,
        "court": claim.court,
        "reason": claim.reason,
        "given_by": claim.given_by,
        "because": claim.because,
        "from": claim.origin,
        "to": claim.destination,
        "value": claim.value,
        "other": claim.other,
        "relation": claim.relation,
    }


def _lasted(lasted: public.Duration | None) -> str:
    if lasted is None:
        return ""
    return f"{lasted.bound} {lasted.number:g} {lasted.unit}".strip()


def _asked(asked: public.Asked, text: public.Text, known: Given) -> Fields:
    when = layout.counted(asked.counted) if asked.counted else layout.date(asked.when)
    return {
        "how": asked.how,
        "by": asked.by or (known.unnamed() if text.told_by else ""),
        "to": asked.to,
        "for": asked.about,
        "when": when,
        "answer": asked.answer,
        "said": asked.said,
        "words": asked.words or (layout.NOT_TOLD if asked.how == "other" else ""),
        "at": asked.at,
    }


def consent_of(text: public.Text) -> str:
    """The id of a card that allows what the text may be used for; none where rights say it."""
    rights = text.original.rights if text.original else ""
    told = text.kind in _TOLD_KINDS and not _was_published(text.original)
    if rights and not told and visibility.RIGHTS[rights] == text.scope:
        return ""
    return consent_id(text.scope)


def consent_id(scope: Collection[str]) -> str:
    return "-".join(("scope", *sorted(scope)))


def cards(archive: PublicArchive, known: Given) -> Iterator[tuple[str, bytes]]:
    """A card for each scope, given by all who told a text that has it."""
    givers: dict[str, set[str]] = {}
    scopes: dict[str, frozenset[str]] = {}
    for text in archive.texts.values():
        if card := consent_of(text):
            scopes[card] = text.scope
            givers.setdefault(card, set()).update(one.person for one in text.told_by)
    for scope in archive.media_scopes.values():
        scopes[consent_id(scope)] = scope
        givers.setdefault(consent_id(scope), set())
    for card, scope in sorted(scopes.items()):
        fields = {
            "given_by": sorted(givers[card]) or [known.unnamed()],
            "scope": sorted(scope, key=vocabularies.CONSENT_SCOPES.index),
            "voices": "own",
        }
        yield layout.path("consent", f"{card}.yaml"), layout.record(fields)
