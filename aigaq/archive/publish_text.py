"""Texts, translations and content pages on their way to the public archive."""

from __future__ import annotations

import dataclasses
import re
from typing import TYPE_CHECKING

from aigaq.archive import public, speakers
from aigaq.words import edtf
from aigaq.words.diagnostics import Problem, Span

if TYPE_CHECKING:
    from aigaq.archive import private
    from aigaq.archive.visible import Seen
    from aigaq.source.records import Written
    from aigaq.source.schema import claims, parts, texts
    from aigaq.words.diagnostics import Diagnostic
    from aigaq.words.edtf import EdtfDate, RelativeDate
    from aigaq.words.fragments import Fragment

NAMES_A_HIDDEN_RECORD = Problem(
    "P005",
    "the body links to a record that is not public; the words of the link would stay readable",
    "take the link and the words that identify somebody out, or ask an experienced editor",
)
NO_ANCHOR = Problem(
    "P006",
    "this date counts from the {anchor}, and the text has no date for that",
    "add the date of the {anchor}, or write the date itself",
)

_LINK = re.compile(
    r'<a href="(person|place|org|group|topic|series|testimony):([^"#]+)(#[^"]+)?">(.*?)</a>'
)
_NO_WORDS = frozenset({"group-only"})


def text(seen: Seen, text: private.Text) -> tuple[public.Text, list[Diagnostic]]:
    """A visible text; `problems` are those that only publication can see."""
    record, scope = text.written.record, seen.visible.texts[text.id]
    versions, found = _versions(seen, text)
    claims_, more = _claims(seen, text)
    asked, most = _asked(seen, text)
    date = _date(record)
    made = public.Text(
        id=text.id,
        kind=record.kind,
        extent=record.extent,
        voice=record.voice,
        lang=text.written.lang,
        versions=versions,
        title_is_quote=record.title_is_quote,
        title_by_editor=record.title_by == "editor",
        added=seen.day(record.added) if record.added else date,
        date=date,
        series=seen.ids(record.series),
        topics=seen.ids(record.topics),
        tags=record.tags,
        content_notes=record.content_notes,
        told_by=tuple(
            public.Narrator(person=seen.id(s.person), label=s.label)
            for s in record.told_by
            if seen.id(s.person)
        ),
        about=_subjects(seen, record),
        mentions=seen.ids(record.mentions),
        interview=_interview(seen, record.interview),
        original=_original(seen, record.original),
        source=record.source,
        credits=credit_list(seen, record.credits),
        claims=claims_,
        asked=asked,
        objects=tuple(
            public.Object(
                id=thing.id,
                text=text.id,
                what=thing.what,
                of=seen.id(thing.of),
                kept_by=seen.who(thing.kept_by),
                photo=seen.picture(thing.photo),
            )
            for thing in record.objects
        ),
        scope=scope,
    )
    return made, [*found, *more, *most]


def by_date(text: public.Text) -> tuple[object, ...]:
    """Order of texts: dated ones first, by date, then by id."""
    return (text.date is None, text.date.sort_key() if text.date else (), text.id)


def _date(record: texts.Text) -> EdtfDate | None:
    """The date that lists and years go by: published, else recorded."""
    if record.original and record.original.published:
        return record.original.published
    return record.interview.date if record.interview else None


def _versions(
    seen: Seen, text: private.Text
) -> tuple[tuple[public.Version, ...], list[Diagnostic]]:
    """The original, and the translations that the consent's scope allows."""
    record = text.written.record
    body, found = _body(seen, text.body, text.written.path)
    labels = tuple((s.label, seen.id(s.person)) for s in _speakers(record) if s.label)
    made = [
        public.Version(
            lang=text.written.lang,
            title=record.title,
            summary=record.summary,
            body=body,
            labels=tuple(pair for pair in labels if pair[1]),
        )
    ]
    if "translate" in seen.visible.texts[text.id]:
        for one in text.translations:
            version, more = _translated(seen, record, one)
            made.append(version)
            found += more
    return tuple(made), found


def _speakers(record: texts.Text) -> tuple[parts.Speaker, ...]:
    return (*record.told_by, *(record.interview.by if record.interview else ()))


def _translated(
    seen: Seen, record: texts.Text, one: private.Translated
) -> tuple[public.Version, list[Diagnostic]]:
    written = one.written
    body, found = _body(seen, one.body, written.path)
    own = dict(written.record.translation.labels)
    labels = ((own.get(s.person, s.label), seen.id(s.person)) for s in _speakers(record))
    version = public.Version(
        lang=written.lang,
        title=written.record.title,
        summary=written.record.summary,
        body=body,
        translation=_facts(seen, written.record.translation),
        labels=tuple((label, person) for label, person in labels if label and person),
    )
    return version, found


def _facts(seen: Seen, facts: texts.TranslationFacts) -> public.Translation:
    return public.Translation(
        source=facts.from_,
        status="reviewed" if facts.status == "reviewed" else "draft",
        by=seen.whos(facts.by),
        machine=facts.machine,
        abridged=facts.abridged,
        date=facts.date,
    )


def _body(seen: Seen, body: Fragment, path: str) -> tuple[Fragment, list[Diagnostic]]:
    """A body whose links all lead to public records.

    A link to somebody who is only counted loses its address; a link to a record that is hidden
    is an error, because its words would stay.
    """
    found = []
    for reference in body.references:
        counted = reference.target in seen.archive.people and (
            seen.archive.people[reference.target].record.protect.level in _NO_WORDS
        )
        if reference.target not in seen.visible and not counted:
            found.append(NAMES_A_HIDDEN_RECORD.at(Span(path, reference.line, reference.column)))
    if all(seen.id(r.target) == r.target for r in body.references):
        return body, found
    blocks = tuple(dataclasses.replace(b, html=_links(seen, b.html)) for b in body.blocks)
    references = tuple(
        dataclasses.replace(r, target=seen.id(r.target))
        for r in body.references
        if seen.id(r.target)
    )
    footnotes = _links(seen, body.footnotes)
    return dataclasses.replace(
        body, blocks=blocks, references=references, footnotes=footnotes
    ), found


def _links(seen: Seen, html: str) -> str:
    def link(match: re.Match[str]) -> str:
        kind, target, anchor, words = match.groups()
        public_id = seen.id(target)
        return f'<a href="{kind}:{public_id}{anchor or ""}">{words}</a>' if public_id else words

    return _LINK.sub(link, html)


def _subjects(seen: Seen, record: texts.Text) -> tuple[public.Subject, ...]:
    narrator = record.told_by[0].person if len(record.told_by) == 1 else ""
    return tuple(
        public.Subject(
            id=seen.id(about.person),
            of=seen.id(about.of or (narrator if about.relation else "")),
            relation=about.relation,
            as_told=about.as_told,
        )
        for about in record.about
        if seen.id(about.person)
    )


def _interview(seen: Seen, interview: parts.Interview | None) -> public.Interview | None:
    if interview is None:
        return None
    return public.Interview(
        date=interview.date,
        place=seen.id(interview.place),
        by=seen.ids(s.person for s in interview.by),
        interpreter=seen.ids(interview.interpreter),
        language=interview.language,
        conditions=interview.conditions,
    )


def _original(seen: Seen, original: parts.Original | None) -> public.Original | None:
    if original is None:
        return None
    return public.Original(
        outlet=seen.who(original.outlet),
        is_record=seen.is_record(original.outlet),
        published=original.published,
        published_basis=original.published_basis,
        url=original.url,
        url_as_printed=original.url_as_printed,
        archived=original.archived,
        rights=original.rights,
        rights_text=original.rights_text,
        chain=tuple(
            public.ProvenanceStep(
                outlet=seen.who(step.outlet),
                is_record=seen.is_record(step.outlet),
                role=step.role,
                date=step.date,
            )
            for step in original.chain
            if seen.who(step.outlet)
        ),
    )


def credit_list(seen: Seen, credits_: tuple[parts.Credit, ...]) -> tuple[public.Credit, ...]:
    """Credits of those who may be named."""
    return tuple(
        public.Credit(
            who=seen.who(credit.who),
            is_record=seen.is_record(credit.who),
            role=credit.role,
            source_language=credit.from_,
            abridged=credit.abridged,
            reviewed_by=seen.whos(credit.reviewed_by),
            date=credit.date,
        )
        for credit in credits_
        if seen.who(credit.who)
    )


def _claims(
    seen: Seen, text: private.Text
) -> tuple[tuple[public.Claim, ...], list[Diagnostic]]:
    """Claims about those who may be named; the numbers stay those of the file."""
    made, found = [], list(speakers.problems(text))
    for n, claim in enumerate(text.written.record.claims):
        when, problems = _when(
            text, claim.when, text.written.located.span_of("claims", n, "when")
        )
        found += problems
        if seen.id(claim.about) and (not claim.other or seen.id(claim.other)):
            made.append(_claim(seen, text, n, when))
    return tuple(made), found


def _claim(seen: Seen, text: private.Text, n: int, when: EdtfDate | None) -> public.Claim:
    claim: claims.Claim = text.written.record.claims[n]
    by, by_words = speakers.of_claim(text, n)
    lasted = claim.lasted
    return public.Claim(
        text=text.id,
        number=n + 1,
        about=seen.id(claim.about),
        what=claim.what,
        by=seen.id(by),
        by_words=by_words,
        when=when,
        said=claim.said,
        where=seen.id(claim.where),
        lasted=public.Duration(number=lasted.number, unit=lasted.unit, bound=lasted.bound)  # type: ignore[arg-type]
        if lasted
        else None,
        known_by=claim.known_by,
        chain=claim.chain,
        certainty=claim.certainty,
        words=claim.words,
        at=claim.at.address if claim.at else "",
        status=claim.status,
        contact=claim.contact,
        with_whom=seen.who(claim.with_),
        years="" if claim.years is None else str(claim.years),
        parts=tuple(
            public.SentencePart(status=p.status, years="" if p.years is None else str(p.years))
            for p in claim.parts
        ),
        done_by=seen.who(claim.done_by),
        court=seen.who(claim.court),
        reason=claim.reason,
        given_by=claim.given_by,
        because=claim.because,
        origin=seen.id(claim.from_),
        destination=seen.id(claim.to),
        value=claim.value,
        other=seen.id(claim.other),
        relation=claim.relation,
    )


def _asked(seen: Seen, text: private.Text) -> tuple[tuple[public.Asked, ...], list[Diagnostic]]:
    made, found = [], []
    record = text.written.record
    narrators = tuple(s.person for s in record.told_by)
    subjects = tuple(about.person for about in record.about)
    for n, one in enumerate(record.asked):
        when, problems = _when(text, one.when, text.written.located.span_of("asked", n, "when"))
        found += problems
        made.append(
            public.Asked(
                text=text.id,
                how=one.how,
                by=seen.ids(one.by or narrators),
                to=seen.whos(one.to),
                about=seen.ids(one.for_ or (subjects if len(subjects) == 1 else ())),
                when=when,
                answer=one.answer,
                said=one.said,
                words=one.words,
                at=one.at.address if one.at else "",
            )
        )
    return tuple(made), found


def _when(
    text: private.Text, when: EdtfDate | RelativeDate | None, span: Span
) -> tuple[EdtfDate | None, list[Diagnostic]]:
    """A date of its own; one that counts from the interview or the publication is resolved."""
    if not isinstance(when, edtf.RelativeDate):
        return when, []
    record = text.written.record
    anchors = {
        "interview": record.interview.date if record.interview else None,
        "published": record.original.published if record.original else None,
    }
    resolved = edtf.resolve(when, anchors[when.anchor])
    words = {"interview": "interview", "published": "publication"}
    return resolved, [] if resolved else [NO_ANCHOR.at(span, anchor=words[when.anchor])]


def pages(
    seen: Seen, *, drafts: bool
) -> tuple[dict[str, public.ContentPage], list[Diagnostic]]:
    """Content pages; a draft version is left out unless `drafts` are shown."""
    made, found = {}, []
    for slug, page in sorted(seen.archive.pages.items()):
        versions = []
        for written, body in page.versions:
            if drafts or not written.record.draft:
                version, problems = _page_version(seen, written, body)
                versions.append(version)
                found += problems
        if versions:
            made[slug] = public.ContentPage(slug=slug, versions=tuple(versions))
    return made, found


def _page_version(
    seen: Seen, written: Written[texts.Page], body: Fragment
) -> tuple[public.Version, list[Diagnostic]]:
    record = written.record
    shown, found = _body(seen, body, written.path)
    version = public.Version(
        lang=written.lang,
        title=record.title,
        summary=record.summary,
        body=shown,
        translation=_facts(seen, record.translation) if record.translation else None,
    )
    return version, found
