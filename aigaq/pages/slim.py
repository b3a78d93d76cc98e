"""What the search engine is fed: for each language of the site, bare pages of words and names.

A slim page has the path of the page that it stands for: a result is a path of the output. The
bundle of a language has the originals and translations in it and the record pages of its
tree; a text that is only shown untranslated is found in the bundle of its own language.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from aigaq.archive.public import NOTHING
from aigaq.pages import addresses, groups, naming, slim_facets, slim_page
from aigaq.words import languages

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from aigaq.archive.public import Name, Person, Text, Version
    from aigaq.pages.index import Index
    from aigaq.pages.slim_page import Fed
    from aigaq.pages.texts import Texts
    from aigaq.words.fragments import Block
    from aigaq.words.localised import Localised


def pages(index: Index, texts_by_lang: Mapping[str, Texts]) -> dict[str, tuple[Fed, ...]]:
    """The slim pages of each language of the site, sorted by path; none is without a page.

    Their HTML is made where it is asked for: most have not changed, and nobody asks.
    """
    facets = slim_facets.of_pages(index)
    return {lang: _bundle(index, texts_by_lang[lang], facets) for lang in index.languages}


def _bundle(
    index: Index, say: Texts, facets: Mapping[str, tuple[slim_facets.Value, ...]]
) -> tuple[Fed, ...]:
    """One language. The home page is always there, so that no bundle is empty."""
    slim = (
        _home(index, say),
        *_texts(index, say),
        *_people(index, say),
        *_named(index, say),
        *_titled(index, say),
        *_content(index, say),
    )
    made = (slim_page.fed(page, say.lang, facets[page.path.partition("/")[2]]) for page in slim)
    return tuple(sorted(made, key=lambda page: page.path))


# --- what each kind of page gives ---


def _home(index: Index, say: Texts) -> slim_page.SlimPage:
    site = index.archive.site
    lang, title = _pick(site.title, index, say)
    description = _pick(site.description, index, say)[1]
    return slim_page.SlimPage(
        path=f"{say.lang}/index.html",
        title=title,
        title_lang=lang,
        kind=str(say.say("Home")),
        parts=_paragraphs(description),
    )


def _texts(index: Index, say: Texts) -> Iterator[slim_page.SlimPage]:
    for text in index.archive.texts.values():
        version = text.version(say.lang)
        if version is not None:
            yield _text(text, version, index, say)


def _text(text: Text, version: Version, index: Index, say: Texts) -> slim_page.SlimPage:
    about = (*(n.person for n in text.told_by), *(s.id for s in text.about))
    people = (index.archive.people[i] for i in about if i in index.archive.people)
    return slim_page.SlimPage(
        path=addresses.of_record("text", text.id, say.lang),
        title=version.title,
        kind=slim_facets.kind_label(text.kind, say),
        date=say.date(text.date),
        aka=_spellings(name for person in people for name in person.names),
        content_notes=_content_notes(text, version),
        parts=(
            *_paragraphs(version.summary),
            *_body(version.body.blocks),
            *_paragraphs(", ".join(text.tags)),
        ),
    )


def _content_notes(text: Text, version: Version) -> tuple[str, ...]:
    """Keys of the text's notes, and of those that stand before single passages."""
    inner = (b.container.content_note for b in version.body.blocks if b.container)
    return tuple(dict.fromkeys(note for note in (*text.content_notes, *inner) if note))


def _body(blocks: Iterable[Block]) -> Iterator[slim_page.Part]:
    for block in blocks:
        if block.kind == "heading":
            yield slim_page.Part(block.text, block.anchor, block.level)
        elif block.text:
            yield slim_page.Part(block.text, block.address)


def _people(index: Index, say: Texts) -> Iterator[slim_page.SlimPage]:
    for person in index.archive.people.values():
        words = (person.summary, person.note, *person.work)
        yield _record(
            index,
            say,
            path=addresses.of_record("person", person.id, say.lang),
            kind=slim_facets.kind_label("person", say),
            names=person.names,
            words=(*(_pick(w, index, say)[1] for w in words), *_place_of(person, index, say)),
        )


def _place_of(person: Person, index: Index, say: Texts) -> tuple[str, ...]:
    if person.place not in index.archive.places:
        return ()
    names = index.archive.places[person.place].names
    return (naming.in_language(names, _reading(index, say)).text,)


def _named(index: Index, say: Texts) -> Iterator[slim_page.SlimPage]:
    """Places and organisations, with the words that an editor gave to describe them."""
    for place in index.archive.places.values():
        yield _record(
            index,
            say,
            path=addresses.of_record("place", place.id, say.lang),
            kind=say.label("place_type", place.type),
            names=place.names,
            words=(_pick(place.words, index, say)[1],),
        )
    for organisation in index.archive.organisations.values():
        yield _record(
            index,
            say,
            path=addresses.of_record("organisation", organisation.id, say.lang),
            kind=say.label("organisation_type", organisation.type),
            names=organisation.names,
            words=(_pick(organisation.words, index, say)[1],),
        )


def _record(
    index: Index,
    say: Texts,
    *,
    path: str,
    kind: str,
    names: tuple[Name, ...],
    words: Iterable[str],
) -> slim_page.SlimPage:
    """What has names: the one that a reader of this language sees, and all the others."""
    shown = naming.in_language(names, _reading(index, say))
    told = (*words, *_described(names))
    return slim_page.SlimPage(
        path=path,
        title=shown.text,
        title_lang=shown.lang,
        kind=kind,
        aka=_spellings(names),
        parts=tuple(part for text in told for part in _paragraphs(text)),
        is_described=naming.is_described(names),
    )


def _titled(index: Index, say: Texts) -> Iterator[slim_page.SlimPage]:
    """Topics, series and groups, in the reader's language or the nearest that there is."""
    archive = index.archive
    records = (
        *(("topic", t.id, t.label, t.note) for t in archive.topics.values()),
        *(("series", s.id, s.title, s.introduction) for s in archive.series.values()),
        *(("group", i, archive.groups[i].label, NOTHING) for i in groups.with_own_page(index)),
    )
    for kind, record_id, title, words in records:
        lang, shown = _pick(title, index, say)
        yield slim_page.SlimPage(
            path=addresses.of_record(kind, record_id, say.lang),
            title=shown,
            title_lang=lang,
            kind=slim_facets.kind_label(kind, say),
            aka=tuple(dict.fromkeys(text for _, text in title)),
            parts=_paragraphs(_pick(words, index, say)[1]),
        )


def _content(index: Index, say: Texts) -> Iterator[slim_page.SlimPage]:
    for page in index.archive.pages.values():
        for version in page.versions:
            if version.lang == say.lang:
                yield slim_page.SlimPage(
                    path=f"{say.lang}/{page.slug}.html",
                    title=version.title,
                    kind=slim_facets.kind_label("page", say),
                    parts=tuple(_body(version.body.blocks)),
                )


# --- pieces ---


def _reading(index: Index, say: Texts) -> tuple[str, ...]:
    return languages.reading_order(say.lang, index.languages)


def _pick(words: Localised, index: Index, say: Texts) -> tuple[str, str]:
    return words.best(_reading(index, say))


def _paragraphs(text: str) -> tuple[slim_page.Part, ...]:
    return (slim_page.Part(text),) if text else ()


def _described(names: Iterable[Name]) -> tuple[str, ...]:
    """Descriptions in all languages, to be found like any other words."""
    return tuple(dict.fromkeys(name.text for name in names if "described" in name.kinds))


def _spellings(names: Iterable[Name]) -> tuple[str, ...]:
    """Every attested spelling once, in the order of the records.

    A description ("the wife of …") is no spelling: it holds the name of somebody else.
    """
    return tuple(dict.fromkeys(name.text for name in names if "described" not in name.kinds))
