"""Records and converted bodies become one archive, where every name of a record leads to one.

What is missing, doubled or of the wrong kind is told at the very line that names it.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from aigaq.archive import paragraphs, private, references, speakers
from aigaq.archive.references import Named
from aigaq.source.schema import site as site_schema
from aigaq.source.schema.records import Consent
from aigaq.words.diagnostics import Problem, Severity, Span, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from aigaq.source.records import Records, Written
    from aigaq.source.schema import texts
    from aigaq.source.schema.validate import Located
    from aigaq.words.diagnostics import Diagnostic
    from aigaq.words.fragments import Fragment

ID_TWICE = Problem(
    "L001",
    'the id "{id}" is taken by {other}',
    "ids are unique across all kinds: choose another one",
)
UNKNOWN_ID = Problem(
    "L002",
    "nothing in the archive is called {id}; {expected} is expected here",
    "Add its file, or correct the id.{hint}",
)
WRONG_KIND = Problem(
    "L003", "{id} is {found}; {expected} is expected here", "Name the right record."
)
NO_ORIGINAL = Problem(
    "L004",
    'this is a translation, but the text "{id}" has no original',
    "add the original beside it, or take `translation:` out if this is the original",
)
TWO_ORIGINALS = Problem(
    "L005",
    'the text "{id}" has two originals: this one and {other}',
    "Add `translation:` to the one that was translated, or give it an id of its own.",
)
TWO_OF_A_LANGUAGE = Problem(
    "L006", '"{id}" has two files in {lang}: this one and {other}', "Keep one of them."
)
TRANSLATED_FROM_NOTHING = Problem(
    "L007",
    'this is said to be translated from {lang}, but "{id}" has no version in {lang}',
    "In `translation: from:` name a language in which the text is here: {known}.",
)
CIRCLE = Problem("L008", '"{id}" lies within itself: {path}', "Take one of these steps out.")
UNEQUAL = Problem(
    "L009",
    "the original has {original} paragraphs, this translation {here}",
    "The two are not shown side by side until the paragraphs match.",
    Severity.WARNING,
)

WORDS_OF_A_HIDDEN_TEXT = Problem(
    "L013",
    "this is a translation of words that may not be read here",
    "Take the words out of the repository at once; they stay in git's history: ask for help.",
)

_KINDS: tuple[tuple[str, str, Callable[[Any], Iterable[Named]]], ...] = (
    ("people", "person", references.of_person),
    ("groups", "group", references.of_group),
    ("places", "place", references.of_place),
    ("organisations", "organisation", references.of_organisation),
    ("series", "series", references.of_series),
    ("consent", "consent", references.of_consent),
    ("topics", "topic", references.of_topic),
)
_BODY_KINDS = {"org": "organisation", "testimony": "text"}
_IN_WORDS = {
    "text": "a text", "person": "a person", "group": "a group", "place": "a place",
    "organisation": "an organisation", "series": "a series", "topic": "a topic",
    "consent": "a consent card", "object": "an object", "term": "a glossary entry",
}  # fmt: skip


def archive(
    records: Records, bodies: Mapping[str, Fragment]
) -> tuple[private.Archive, list[Diagnostic]]:
    """The linked archive; `bodies` are the converted bodies by the path of their file."""
    kinds, found = _kinds(records)
    texts_, more = _texts(records, bodies)
    found += more
    pages, more = _pages(records, bodies)
    made = private.Archive(
        site=records.site,
        kinds=kinds,
        texts=texts_,
        pages=pages,
        records=records,
        **{name: {r.id: r for r in getattr(records, name)} for name, _, _ in _KINDS},
    )
    found += [*more, *_unresolved(made), *_circles(made), *_menu(made)]
    for text in texts_.values():
        found += [*paragraphs.problems(text), *speakers.problems(text)]
    return made, sorted(set(found))


def _kinds(records: Records) -> tuple[dict[str, str], list[Diagnostic]]:
    """The kind of every id, and ids that two records share; unread files have theirs, too."""
    first: dict[str, tuple[str, Span]] = {}
    found = []
    for record_id, kind, span in _ids(records):
        if record_id in first and first[record_id] != (kind, span):
            found.append(ID_TWICE.at(span, id=record_id, other=first[record_id][1]))
        first.setdefault(record_id, (kind, span))
    known = {record_id: kind for record_id, (kind, _) in first.items()}
    return dict(records.unread) | known, found


def _ids(records: Records) -> Iterator[tuple[str, str, Span]]:
    texts_: dict[str, Span] = {}
    for text in records.texts:  # two files of one text are told apart by `_texts`
        texts_.setdefault(text.id, Span(text.path))
    yield from ((text_id, "text", span) for text_id, span in texts_.items())
    for name, kind, _ in _KINDS:
        for located in getattr(records, name):
            yield located.id, kind, Span(located.path, *_line(located, kind))
    for text in records.texts:
        for n, thing in enumerate(text.record.objects):
            yield thing.id, "object", text.located.span_of("objects", n, "id")
    for entry in records.glossary:
        yield entry.id, "term", entry.span_of("id")


def _line(located: Located[Any], kind: str) -> tuple[int, int]:
    span = located.span_of("id") if kind == "topic" else Span(located.path)
    return span.line, span.column


def _texts(
    records: Records, bodies: Mapping[str, Fragment]
) -> tuple[dict[str, private.Text], list[Diagnostic]]:
    """Originals with their translations."""
    found: list[Diagnostic] = []
    originals: dict[str, Written[texts.Text]] = {}
    for text in records.texts:
        other = originals.setdefault(text.id, text)
        if other is not text:
            problem = TWO_OF_A_LANGUAGE if other.lang == text.lang else TWO_ORIGINALS
            found.append(
                problem.at(Span(text.path), id=text.id, other=other.path, lang=text.lang)
            )
    translations: dict[str, dict[str, Written[texts.Translation]]] = defaultdict(dict)
    unread = dict(records.unread)
    for one in records.translations:
        if one.id not in unread:
            found += _misplaced(one, originals.get(one.id), translations[one.id])
        translations[one.id].setdefault(one.lang, one)
    made = {}
    for text_id, original in sorted(originals.items()):
        body = bodies.get(original.path)
        if body is None:
            continue  # its own problems have been told
        spoken = [translations[text_id][lang] for lang in sorted(translations[text_id])]
        done = tuple(private.Translated(t, bodies[t.path]) for t in spoken if t.path in bodies)
        found += _versions(original, body, done) if text_id not in unread else ()
        made[text_id] = private.Text(text_id, original, body, done)
    return made, found


def _misplaced(
    one: Written[texts.Translation],
    original: Written[texts.Text] | None,
    others: Mapping[str, Written[texts.Translation]],
) -> Iterator[Diagnostic]:
    span = one.located.span_of("translation")
    if original is None:
        yield NO_ORIGINAL.at(span, id=one.id)
        return
    twin = original.path if original.lang == one.lang else ""
    twin = twin or (others[one.lang].path if one.lang in others else "")
    if twin:
        yield TWO_OF_A_LANGUAGE.at(Span(one.path), id=one.id, other=twin, lang=one.lang)


def _versions(
    original: Written[texts.Text], body: Fragment, translations: tuple[private.Translated, ...]
) -> Iterator[Diagnostic]:
    known = {original.lang, *(t.written.lang for t in translations)}
    for one in translations:
        facts, located = one.written.record.translation, one.written.located
        if facts.from_ not in known:
            yield TRANSLATED_FROM_NOTHING.at(
                located.span_of("translation", "from"),
                id=one.written.id,
                lang=facts.from_,
                known=", ".join(sorted(known)),
            )
        yield from _against(original, body, one)


def _against(
    original: Written[texts.Text], body: Fragment, one: private.Translated
) -> Iterator[Diagnostic]:
    """A translated body beside that of the original, which may have none."""
    span = Span(one.written.path, one.written.body_line)
    count, here = paragraphs.count(body), paragraphs.count(one.body)
    if original.record.protect.hides or original.record.rights == "unclear":
        if one.written.body.strip():
            yield WORDS_OF_A_HIDDEN_TEXT.at(span)
    elif count and here != count and not one.written.record.translation.abridged:
        yield UNEQUAL.at(span, original=count, here=here)


def _pages(
    records: Records, bodies: Mapping[str, Fragment]
) -> tuple[dict[str, private.Page], list[Diagnostic]]:
    """Content pages by slug; the version without `translation:` is the original, and first."""
    found: list[Diagnostic] = []
    by_slug: dict[str, list[Written[texts.Page]]] = defaultdict(list)
    for page in records.pages:
        by_slug[page.id].append(page)
    made = {}
    for slug, versions in sorted(by_slug.items()):
        ordered = sorted(versions, key=lambda v: (v.record.translation is not None, v.lang))
        if ordered[0].record.translation is not None:
            span = ordered[0].located.span_of("translation")
            found.append(NO_ORIGINAL.at(span, id=slug))
        seen: dict[str, str] = {}
        for version in ordered:
            other = seen.setdefault(version.lang, version.path)
            if other != version.path:
                words = {"id": slug, "other": other, "lang": version.lang}
                found.append(TWO_OF_A_LANGUAGE.at(Span(version.path), **words))
        made[slug] = private.Page(
            slug, tuple((v, bodies[v.path]) for v in ordered if v.path in bodies)
        )
    return {slug: page for slug, page in made.items() if page.versions}, found


def _unresolved(archive: private.Archive) -> Iterator[Diagnostic]:
    """Names of records that lead nowhere, or to a record of another kind."""
    for located, named in _all_named(archive):
        if _is_wrong(archive, named):
            yield _mismatch(
                archive, named, located.span_of(*named.steps), is_open=_is_open(located)
            )
    for text in archive.texts.values():
        yield from _in_body(archive, text.body, text.written.path)
        for translated in text.translations:
            yield from _in_body(archive, translated.body, translated.written.path)
    for page in archive.pages.values():
        for written, body in page.versions:
            yield from _in_body(archive, body, written.path)


def _is_wrong(archive: private.Archive, named: Named) -> bool:
    kind = archive.kinds.get(named.target)
    if kind in named.kinds:
        return False
    is_id = kind in references.NAMED or references.looks_like_id(named.target)
    return is_id or not named.or_words


def _is_open(located: Located[Any]) -> bool:
    """Whether the words of a record may be shown in a build's log; never those of a card."""
    protect = getattr(located.record, "protect", None)
    return protect.is_open if protect else not isinstance(located.record, Consent)


def _mismatch(
    archive: private.Archive, named: Named, span: Span, *, is_open: bool = True
) -> Diagnostic:
    kinds, kind = named.kinds, archive.kinds.get(named.target)
    few = " or ".join(_IN_WORDS[k] for k in sorted(kinds))
    words = {
        "id": f'"{named.target}"' if is_open else "what stands here",
        "expected": few if len(kinds) < 5 else "a record",
    }
    if kind is not None:
        return WRONG_KIND.at(span, found=_IN_WORDS[kind], **words)
    known = (i for i, k in archive.kinds.items() if k in kinds)
    hint = did_you_mean(named.target, known) if is_open else ""
    return UNKNOWN_ID.at(span, hint=hint, **words)


def _all_named(archive: private.Archive) -> Iterator[tuple[Located[Any], Named]]:
    for name, _, named_in in _KINDS:
        for located in getattr(archive, name).values():
            yield from ((located, named) for named in named_in(located.record))
    for text in archive.texts.values():
        located = text.written.located
        yield from ((located, named) for named in references.of_text(located.record))
        for one in text.translations:
            here = one.written.located
            yield from ((here, named) for named in references.of_translation(here.record))
    for correction in archive.records.corrections:
        yield from ((correction, n) for n in references.of_correction(correction.record))
    for sidecar in archive.records.sidecars:
        yield from ((sidecar, n) for n in references.of_sidecar(sidecar.record))
    for identity in archive.records.identities:
        yield from ((identity, n) for n in references.of_identity(identity.record))
    yield from ((archive.site, named) for named in references.of_site(archive.site.record))


def _in_body(archive: private.Archive, body: Fragment, path: str) -> Iterator[Diagnostic]:
    for reference in body.references:
        kind = _BODY_KINDS.get(reference.kind, reference.kind)
        span = Span(path, reference.line, reference.column)
        if archive.kinds.get(reference.target) != kind:
            yield _mismatch(archive, Named(reference.target, frozenset({kind}), ()), span)
        elif reference.anchor and reference.target in archive.texts:
            target = archive.texts[reference.target]
            yield from paragraphs.missing(target, reference.anchor, span)
    for block in body.blocks:
        for named in references.of_note(block.container.by if block.container else ""):
            if _is_wrong(archive, named):
                yield _mismatch(archive, named, Span(path, block.line))


def _circles(archive: private.Archive) -> Iterator[Diagnostic]:
    """Places, topics and organisations must not lie within themselves."""
    steps: tuple[
        tuple[Mapping[str, Located[Any]], str, Callable[[Any], tuple[str, ...]]], ...
    ] = (
        (archive.places, "in", lambda r: (r.in_,)),
        (archive.topics, "broader", lambda r: (r.broader,)),
        (archive.organisations, "predecessor", lambda r: r.predecessor),
    )
    for located, key, above in steps:
        for start in located:
            path = _way_back(start, located, above)
            if path:
                yield CIRCLE.at(located[start].span_of(key), id=start, path=" → ".join(path))


def _way_back(
    start: str, located: Mapping[str, Located[Any]], above: Callable[[Any], tuple[str, ...]]
) -> tuple[str, ...]:
    """The steps from `start` back to itself, or none."""
    ways: list[tuple[str, ...]] = [(start,)]
    seen: set[str] = set()
    while ways:
        way = ways.pop()
        for target in above(located[way[-1]].record) if way[-1] in located else ():
            if target == start:
                return (*way, start)
            if target and target not in seen:
                seen.add(target)
                ways.append((*way, target))
    return ()


def _menu(archive: private.Archive) -> Iterator[Diagnostic]:
    entries = [
        (entry, archive.site.span_of("menu", n))
        for n, entry in enumerate(archive.site.record.menu)
    ]
    yield from site_schema.menu_problems(entries, tuple(archive.pages))
