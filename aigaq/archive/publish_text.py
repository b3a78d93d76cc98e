"""Texts, translations and content pages on their way to the public archive."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aigaq.archive import (
    coarsening,
    phrases,
    public,
    publish_body,
    publish_claims,
    translations,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from aigaq.archive import private
    from aigaq.archive.publish_body import Made
    from aigaq.archive.visible import Seen
    from aigaq.source.records import Written
    from aigaq.source.schema import parts, texts
    from aigaq.words.diagnostics import Diagnostic
    from aigaq.words.fragments import Fragment
    from aigaq.words.stamps import Pair

    Labels = tuple[tuple[str, str], ...]  # (person, label), or the other way round when public


def text(seen: Seen, text: private.Text) -> tuple[public.Text, list[Diagnostic]]:
    """A visible text; the problems are those that only publication can see."""
    record = text.written.record
    interview = _interview(seen, record)
    published = record.original.published if record.original else None
    recorded = interview.date if interview else None
    anchors = {"interview": recorded, "published": published}
    versions, found = _versions(seen, text)
    claims, more = publish_claims.claims_of(seen, text, anchors)
    asked, most = publish_claims.asked_of(seen, text, anchors)
    about = tuple(dict.fromkeys(_subjects(seen, record)))
    objects = tuple(_objects(seen, text))
    date = published or recorded
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
        told_by=tuple(_narrators(seen, record)),
        about=about,
        mentions=seen.ids(record.mentions),
        interview=interview,
        original=_original(seen, record.original),
        source=coarsening.of(seen, (s.person for s in record.told_by)).words(record.source),
        credits=credit_list(seen, record.credits),
        claims=claims,
        asked=asked,
        objects=objects,
        recordings=tuple(_recordings(seen, text)),
        phrases=phrases.of(text, versions, (*claims, *asked, *about, *objects)),
        scope=seen.visible.texts[text.id],
    )
    return made, [*found, *more, *most]


def _narrators(seen: Seen, record: texts.Text) -> Iterator[public.Narrator]:
    for speaker in record.told_by:
        if seen.id(speaker.person):
            yield public.Narrator(person=seen.id(speaker.person), label=speaker.label)


def by_date(text: public.Text) -> tuple[object, ...]:
    """Order of texts: dated ones first, by date, then by id."""
    return (text.date is None, text.date.sort_key() if text.date else (), text.id)


def _versions(
    seen: Seen, text: private.Text
) -> tuple[tuple[public.Version, ...], list[Diagnostic]]:
    """The original, and the translations that the consent's scope allows."""
    record = text.written.record
    labels = tuple((s.person, s.label) for s in _speakers(record) if s.label)
    original = _body(seen, record, text.body, path=text.written.path, labels=labels)
    made = [
        public.Version(
            lang=text.written.lang,
            title=record.title,
            summary=record.summary,
            body=original.body,
            labels=_labels(seen, labels),
            pictures=original.pictures,
        )
    ]
    found = list(original.problems)
    for one in text.translations if "translate" in seen.visible.texts[text.id] else ():
        if seen.drafts or not one.written.record.draft:
            version, problems = _translated(seen, text, one, labels)
            made.append(version)
            found += problems
    return tuple(made), found


def _speakers(record: texts.Text) -> tuple[parts.Speaker, ...]:
    return (*record.told_by, *(record.interview.by if record.interview else ()))


def _labels(seen: Seen, labels: Labels) -> Labels:
    """Labels and who they mark, of those who may be named."""
    return tuple((label, seen.id(person)) for person, label in labels if seen.id(person))


def _body(seen: Seen, record: texts.Text, body: Fragment, *, path: str, labels: Labels) -> Made:
    """The words of a text, unless its rights keep all but its facts back."""
    if record.rights == "unclear":
        return publish_body.Made(public.NO_BODY, ())
    unnamed = {label for person, label in labels if not seen.id(person)}
    return publish_body.of(seen, body, path=path, unnamed=unnamed)


def _translated(
    seen: Seen, text: private.Text, one: private.Translated, labels: Labels
) -> tuple[public.Version, Collection[Diagnostic]]:
    written = one.written
    given = dict(written.record.translation.labels)
    own = (*((p, label) for p, label in labels if p not in given), *given.items())
    shown = _body(seen, text.written.record, one.body, path=written.path, labels=own)
    # By the bodies as they were written: a picture that is not shown changes no words.
    pairs = translations.pairs(text, one) if shown.body.blocks else ()
    version = public.Version(
        lang=written.lang,
        title=written.record.title,
        summary=written.record.summary,
        body=shown.body,
        translation=_facts(seen, written.record.translation, pairs),
        labels=_labels(seen, own),
        pictures=shown.pictures,
    )
    return version, shown.problems


def _facts(
    seen: Seen, facts: texts.TranslationFacts, pairs: tuple[Pair, ...] = ()
) -> public.Translation:
    return public.Translation(
        source=facts.from_,
        status="reviewed" if facts.status == "reviewed" else "draft",
        by=seen.whos(facts.by),
        machine=facts.machine,
        abridged=facts.abridged,
        date=facts.date,
        pairs=pairs,
    )


def _subjects(seen: Seen, record: texts.Text) -> Iterator[public.Subject]:
    """Whom the text is about; a relation is told only where both who have it are open."""
    sole = record.told_by[0].person if len(record.told_by) == 1 else ""
    for about in record.about:
        of = about.of or sole
        is_told = seen.may_relate(of, about.person) if of else seen.is_named(about.person)
        if seen.id(about.person):
            yield public.Subject(
                id=seen.id(about.person),
                of=seen.id(of) if is_told and (about.of or about.relation) else "",
                relation=about.relation if is_told else "",
                as_told=about.as_told if is_told else public.NOTHING,
            )


def _objects(seen: Seen, text: private.Text) -> Iterator[public.Object]:
    """Things; one that was a hidden person's is left out, its keeper only is not named."""
    for thing in text.written.record.objects:
        if not seen.hides(thing.of):
            yield public.Object(
                id=thing.id,
                text=text.id,
                what=thing.what,
                of=seen.id(thing.of),
                kept_by=seen.who(thing.kept_by),
                photo=seen.picture(thing.photo),
                at=thing.at.address if thing.at else "",
            )


def _recordings(seen: Seen, text: private.Text) -> Iterator[public.Recording]:
    """What may be heard of a text whose words may be read."""
    record = text.written.record
    for path in record.recordings if record.rights != "unclear" else ():
        recording = seen.recording(text.id, path)
        if recording is not None:
            yield recording


def _interview(seen: Seen, record: texts.Text) -> public.Interview | None:
    """How a text was recorded, as exactly as its narrators may be known."""
    interview = record.interview
    if interview is None:
        return None
    coarse = coarsening.of(seen, (s.person for s in record.told_by))
    return public.Interview(
        date=coarse.date(interview.date),
        place=coarsening.place(seen, interview.place, coarse),
        by=seen.ids(s.person for s in interview.by),
        interpreter=seen.ids(interview.interpreter),
        language=interview.language,
        conditions=coarse.words(interview.conditions),
    )


def _original(seen: Seen, original: parts.Original | None) -> public.Original | None:
    if original is None:
        return None
    return public.Original(
        outlet=seen.who(original.outlet),
        is_record=seen.is_record(original.outlet) and bool(seen.id(original.outlet)),
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


def pages(seen: Seen) -> tuple[dict[str, public.ContentPage], list[Diagnostic]]:
    """Content pages; a draft version is left out unless drafts are shown."""
    made: dict[str, public.ContentPage] = {}
    found: list[Diagnostic] = []
    for slug, page in sorted(seen.archive.pages.items()):
        versions = []
        for written, body in page.versions:
            if seen.drafts or not written.record.draft:
                version, problems = _page_version(seen, written, body)
                versions.append(version)
                found += problems
        if versions:
            made[slug] = public.ContentPage(slug=slug, versions=tuple(versions))
    return made, found


def _page_version(
    seen: Seen, written: Written[texts.Page], body: Fragment
) -> tuple[public.Version, Collection[Diagnostic]]:
    record = written.record
    shown = publish_body.of(seen, body, path=written.path)
    version = public.Version(
        lang=written.lang,
        title=record.title,
        summary=record.summary,
        body=shown.body,
        translation=_facts(seen, record.translation) if record.translation else None,
        pictures=shown.pictures,
    )
    return version, shown.problems
