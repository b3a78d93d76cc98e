"""Records and converted bodies become one archive, where every name of a record leads to one.

What is missing, doubled or of the wrong kind is told at the very line that names it.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, TypeVar

from aigaq.archive import (
    identities,
    letters,
    paragraphs,
    phrases,
    private,
    speakers,
    translations,
    unresolved,
)
from aigaq.source.records import Written
from aigaq.source.schema import site as site_schema
from aigaq.source.schema.validate import Located
from aigaq.words.diagnostics import Problem, Span

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

    from aigaq.source.records import Records
    from aigaq.source.schema import texts
    from aigaq.words.diagnostics import Diagnostic
    from aigaq.words.fragments import Fragment

ID_TWICE = Problem(
    "L001",
    'two records have the id "{id}": this one and the one in {other}',
    "No two records share an id, whatever their kind. If one file is a copy of the other,"
    " delete or rename the copy; else give one of them another id.",
)
NO_ORIGINAL = Problem(
    "L004",
    'this is a translation, but the text "{id}" has no original',
    "Add the original beside it, or take `translation:` out if this is the original.",
)
TWO_ORIGINALS = Problem(
    "L005",
    'the text "{id}" has two originals: this one and {other}',
    "Add `translation:` to the one that was translated, or give it an id of its own.",
)
TWO_OF_A_LANGUAGE = Problem(
    "L006",
    '"{id}" has two files in {lang}: this one and {other}',
    "Keep one: delete the copy, or give it an id of its own.",
)
TRANSLATED_FROM_NOTHING = Problem(
    "L007",
    'this is said to be translated from {lang}, but "{id}" has no version in {lang}',
    "In `translation: from:` name a language in which the text is here: {known}.",
)
CIRCLE = Problem("L008", '"{id}" lies within itself: {path}', "Take one of these steps out.")
WORDS_OF_A_HIDDEN_TEXT = Problem(
    "L013",
    "this is a translation of words that may not be read here",
    "Take the words out of the repository at once; they stay in git's history: ask for help.",
)

F = TypeVar("F", Written[Any], Located[Any])

_KINDS = (
    ("people", "person"),
    ("groups", "group"),
    ("places", "place"),
    ("organisations", "organisation"),
    ("series", "series"),
    ("consent", "consent"),
    ("topics", "topic"),
)


def archive(
    records: Records, bodies: Mapping[str, Fragment], *, broken: Collection[str] = ()
) -> tuple[private.Archive, list[Diagnostic]]:
    """The linked archive; `bodies` are the converted bodies by the path of their file.

    `broken` are the paths of those with errors: what only follows from these is not told.
    """
    kinds, found = _kinds(records)
    texts_, more = _texts(records, bodies, broken)
    found += more
    pages, more = _pages(records, bodies)
    made = private.Archive(
        site=records.site,
        kinds=kinds,
        texts=texts_,
        pages=pages,
        records=records,
        **{name: {r.id: r for r in getattr(records, name)} for name, _ in _KINDS},
    )
    found += [*more, *unresolved.problems(made), *_circles(made), *_menu(made)]
    found += [*identities.problems(made), *letters.problems(made)]
    for text in texts_.values():
        found += problems_of(text)
    return made, sorted(set(found))


def problems_of(text: private.Text) -> list[Diagnostic]:
    """What is wrong between the header of a text and its words."""
    return [*paragraphs.problems(text), *speakers.problems(text), *phrases.problems(text)]


def _kinds(records: Records) -> tuple[dict[str, str], list[Diagnostic]]:
    """The kind of every id, and ids that two records share; unread files have theirs, too."""
    first: dict[str, tuple[str, Span]] = {}
    found = []
    for record_id, kind, span in _ids(records):
        if record_id in first and first[record_id] != (kind, span):
            found.append(ID_TWICE.at(span, id=record_id, other=first[record_id][1]))
        first.setdefault(record_id, (kind, span))
    known = {record_id: kind for record_id, (kind, _) in first.items()}
    return {i: kind for i, kind in records.unread if kind != "page"} | known, found


def _ids(records: Records) -> Iterator[tuple[str, str, Span]]:
    texts_: dict[str, Span] = {}
    for text in _by_depth(records.texts):  # two files of one text are told apart by `_texts`
        texts_.setdefault(text.id, Span(text.path))
    yield from ((text_id, "text", span) for text_id, span in texts_.items())
    for name, kind in _KINDS:
        for located in _by_depth(getattr(records, name)):
            yield located.id, kind, Span(located.path, *_line(located, kind))
    for text in records.texts:
        for n, thing in enumerate(text.record.objects):
            yield thing.id, "object", text.located.span_of("objects", n, "id")
    for entry in records.glossary:
        yield entry.id, "term", entry.span_of("id")


def _line(located: Located[Any], kind: str) -> tuple[int, int]:
    span = located.span_of("id") if kind == "topic" else Span(located.path)
    return span.line, span.column


def _by_depth(files: Iterable[F]) -> list[F]:
    """Copies are made into folders: of two files the one further up is meant."""
    return sorted(files, key=lambda file: file.path.count("/"))


def _texts(
    records: Records, bodies: Mapping[str, Fragment], broken: Collection[str]
) -> tuple[dict[str, private.Text], list[Diagnostic]]:
    """Originals with their translations."""
    found: list[Diagnostic] = []
    originals: dict[str, Written[texts.Text]] = {}
    for text in _by_depth(records.texts):
        other = originals.setdefault(text.id, text)
        if other is not text:
            problem = TWO_OF_A_LANGUAGE if other.lang == text.lang else TWO_ORIGINALS
            found.append(
                problem.at(Span(text.path), id=text.id, other=other.path, lang=text.lang)
            )
    translations: dict[str, dict[str, Written[texts.Translation]]] = defaultdict(dict)
    unread = _unread(records, "text")
    for one in _by_depth(records.translations):
        if one.id not in unread:
            found += _misplaced(one, originals.get(one.id), translations[one.id])
        translations[one.id].setdefault(one.lang, one)
    found += _unfinished(records, originals)
    made = {}
    for text_id, original in sorted(originals.items()):
        body = bodies.get(original.path)
        if body is None:
            continue  # its own problems have been told
        spoken = [translations[text_id][lang] for lang in sorted(translations[text_id])]
        done = tuple(
            private.Translated(t, bodies[t.path], is_whole=t.path not in broken)
            for t in spoken
            if t.path in bodies
        )
        linked = private.Text(
            text_id, original, body, done, is_whole=original.path not in broken
        )
        found += _versions(linked) if text_id not in unread else ()
        made[text_id] = linked
    return made, found


def _unfinished(
    records: Records, originals: Mapping[str, Written[texts.Text]]
) -> Iterator[Diagnostic]:
    """Words of a hidden text stay an error, however little of their translation is there."""
    for draft in records.unfinished:
        original = originals.get(draft.id)
        if original and draft.body.strip() and _keeps_its_words(original.record):
            yield WORDS_OF_A_HIDDEN_TEXT.at(Span(draft.path, draft.body_line))


def _keeps_its_words(text: texts.Text) -> bool:
    """Whether no words of the text may stand in the repository, in no language."""
    return text.protect.hides or text.rights == "unclear"


def _unread(records: Records, kind: str) -> set[str]:
    """The ids of files that are there and could not be read: who names them is not wrong."""
    return {record_id for record_id, unread in records.unread if unread == kind}


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


def _versions(text: private.Text) -> Iterator[Diagnostic]:
    known = {text.written.lang, *(t.written.lang for t in text.translations)}
    for one in text.translations:
        facts, located = one.written.record.translation, one.written.located
        if facts.from_ not in known:
            yield TRANSLATED_FROM_NOTHING.at(
                located.span_of("translation", "from"),
                id=one.written.id,
                lang=facts.from_,
                known=", ".join(sorted(known)),
            )
        yield from _against(text, one)


def _against(text: private.Text, one: private.Translated) -> Iterator[Diagnostic]:
    """A translated body beside that of the original, which may have none."""
    if not _keeps_its_words(text.written.record):
        yield from translations.problems(text, one)
    elif one.written.body.strip():
        yield WORDS_OF_A_HIDDEN_TEXT.at(Span(one.written.path, one.written.body_line))


def _pages(
    records: Records, bodies: Mapping[str, Fragment]
) -> tuple[dict[str, private.Page], list[Diagnostic]]:
    """Content pages by slug; the version without `translation:` is the original, and first."""
    found: list[Diagnostic] = []
    by_slug: dict[str, list[Written[texts.Page]]] = defaultdict(list)
    unread = _unread(records, "page")
    for page in _by_depth(records.pages):
        by_slug[page.id].append(page)
    made = {}
    for slug, versions in sorted(by_slug.items()):
        ordered = sorted(versions, key=lambda v: (v.record.translation is not None, v.lang))
        if ordered[0].record.translation is not None and slug not in unread:
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
    slugs = {*archive.pages, *_unread(archive.records, "page")}
    yield from site_schema.menu_problems(entries, slugs)
