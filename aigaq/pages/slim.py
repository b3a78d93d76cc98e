"""What the search engine is fed: for each language of the site, bare pages of words and names.

A slim page has the path of the page that it stands for: a result is a path of the output. The
bundle of a language has the originals and translations in it and the record pages of its
tree; a text that is only shown untranslated is found in the bundle of its own language.
"""

from __future__ import annotations

import html
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aigaq.pages import addresses, han, naming
from aigaq.pages.page import Artifact
from aigaq.words import languages

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from aigaq.archive.public import Name, Person, Text, Version
    from aigaq.pages.index import Index
    from aigaq.pages.texts import Texts
    from aigaq.words.fragments import Block
    from aigaq.words.localised import Localised

BETWEEN_NAMES = " · "  # the search page takes the spellings apart here
RECORD = "record"  # a sort key, by which the search page knows pages of records
TITLE_LANGUAGE = "title-lang:"  # an id that is kept and not searched, unlike metadata


@dataclass(frozen=True, slots=True)
class _Part:
    """A piece of a page's words; `level` is that of a heading, 0 for a paragraph."""

    text: str
    anchor: str = ""
    level: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Slim:
    """A page as the engine gets it. `aka` are the spellings of those whom it is about."""

    path: str
    title: str
    kind: str
    title_lang: str = ""  # where it is not the bundle's
    date: str = ""
    aka: tuple[str, ...] = ()
    parts: tuple[_Part, ...] = ()
    is_record: bool = False  # has a page in every language, found by the same names


def pages(index: Index, texts_by_lang: Mapping[str, Texts]) -> dict[str, tuple[Artifact, ...]]:
    """The slim pages of each language of the site, sorted by path; none is without a page."""
    return {lang: _bundle(index, texts_by_lang[lang]) for lang in index.languages}


def _bundle(index: Index, say: Texts) -> tuple[Artifact, ...]:
    """One language. The home page is always there, so that no bundle is empty."""
    slim = (
        _home(index, say),
        *_texts(index, say),
        *_people(index, say),
        *_named(index, say),
        *_titled(index, say),
        *_content(index, say),
    )
    made = (_artifact(page, say.lang) for page in slim)
    return tuple(sorted(made, key=lambda artifact: artifact.path))


# --- what each kind of page gives ---


def _home(index: Index, say: Texts) -> _Slim:
    site = index.archive.site
    lang, title = _pick(site.title, index, say)
    description = _pick(site.description, index, say)[1]
    return _Slim(
        path=f"{say.lang}/index.html",
        title=title,
        title_lang=lang,
        kind=str(say.say("Home")),
        parts=_paragraphs(description),
    )


def _texts(index: Index, say: Texts) -> Iterator[_Slim]:
    for text in index.archive.texts.values():
        version = text.version(say.lang)
        if version is not None:
            yield _text(text, version, index, say)


def _text(text: Text, version: Version, index: Index, say: Texts) -> _Slim:
    about = (*(n.person for n in text.told_by), *(s.id for s in text.about))
    people = (index.archive.people[i] for i in about if i in index.archive.people)
    return _Slim(
        path=addresses.of_record("text", text.id, say.lang),
        title=version.title,
        kind=say.label("text_kind", text.kind),
        date=say.date(text.date),
        aka=_spellings(name for person in people for name in person.names),
        parts=(*_paragraphs(version.summary), *_body(version.body.blocks)),
    )


def _body(blocks: Iterable[Block]) -> Iterator[_Part]:
    for block in blocks:
        if block.kind == "heading":
            yield _Part(block.text, block.anchor, block.level)
        elif block.text:
            yield _Part(block.text, block.address)


def _people(index: Index, say: Texts) -> Iterator[_Slim]:
    for person in index.archive.people.values():
        words = (person.summary, person.note, *person.work)
        yield _record(
            index,
            say,
            path=addresses.of_record("person", person.id, say.lang),
            kind=str(say.say("Person")),
            names=person.names,
            words=(*(_pick(w, index, say)[1] for w in words), *_place_of(person, index, say)),
        )


def _place_of(person: Person, index: Index, say: Texts) -> tuple[str, ...]:
    if person.place not in index.archive.places:
        return ()
    names = index.archive.places[person.place].names
    return (naming.in_language(names, _reading(index, say)).text,)


def _named(index: Index, say: Texts) -> Iterator[_Slim]:
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
) -> _Slim:
    """What has names: the one that a reader of this language sees, and all the others."""
    shown = naming.in_language(names, _reading(index, say))
    return _Slim(
        path=path,
        title=shown.text,
        title_lang=shown.lang,
        kind=kind,
        aka=_spellings(names),
        parts=tuple(part for text in words for part in _paragraphs(text)),
        is_record=True,
    )


def _titled(index: Index, say: Texts) -> Iterator[_Slim]:
    """Topics and series, in the reader's language or the nearest that there is."""
    archive = index.archive
    records = (
        *(("topic", t.id, t.label, t.note) for t in archive.topics.values()),
        *(("series", s.id, s.title, s.introduction) for s in archive.series.values()),
    )
    kinds = {"topic": str(say.say("Topic")), "series": str(say.say("Series"))}
    for kind, record_id, title, words in records:
        lang, shown = _pick(title, index, say)
        yield _Slim(
            path=addresses.of_record(kind, record_id, say.lang),
            title=shown,
            title_lang=lang,
            kind=kinds[kind],
            aka=tuple(dict.fromkeys(text for _, text in title)),
            parts=_paragraphs(_pick(words, index, say)[1]),
            is_record=True,
        )


def _content(index: Index, say: Texts) -> Iterator[_Slim]:
    for page in index.archive.pages.values():
        for version in page.versions:
            if version.lang == say.lang:
                yield _Slim(
                    path=f"{say.lang}/{page.slug}.html",
                    title=version.title,
                    kind=str(say.say("Page")),
                    parts=tuple(_body(version.body.blocks)),
                )


# --- pieces ---


def _reading(index: Index, say: Texts) -> tuple[str, ...]:
    return languages.reading_order(say.lang, index.languages)


def _pick(words: Localised, index: Index, say: Texts) -> tuple[str, str]:
    return words.best(_reading(index, say))


def _paragraphs(text: str) -> tuple[_Part, ...]:
    return (_Part(text),) if text else ()


def _spellings(names: Iterable[Name]) -> tuple[str, ...]:
    """Every attested spelling once, in the order of the records."""
    return tuple(dict.fromkeys(name.text for name in names))


# --- bytes ---


def _artifact(page: _Slim, lang: str) -> Artifact:
    title = _escaped(page.title)
    elsewhere = page.title_lang not in {"", lang}
    mark = _place(f"{TITLE_LANGUAGE}{page.title_lang}") if elsewhere else ""
    record = f' data-pagefind-sort="{RECORD}:1"' if page.is_record else ""
    meta = {
        "kind": page.kind,
        "date": page.date,
        "aka": BETWEEN_NAMES.join(page.aka),
    }
    head = "".join(
        f'<meta data-pagefind-meta="{key}[content]" content="{_escaped(value)}">\n'
        for key, value in meta.items()
        if value
    )
    body = "\n".join(_element(part) for part in page.parts)
    text = (
        f'<!doctype html>\n<html lang="{_escaped(lang)}">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{title}</title>\n{head}</head>\n"
        f"<body data-pagefind-body{record}>\n{mark}<h1>{title}</h1>\n{body}\n</body>\n</html>\n"
    )
    return Artifact(page.path, text.encode("utf-8"))


def _element(part: _Part) -> str:
    """A passage after its address: the engine tells at which word an `id` stands."""
    tag = f"h{part.level}" if part.level else "p"
    place = _place(part.anchor) if part.anchor else ""
    return f"{place}<{tag}>{_escaped(part.text)}</{tag}>"


def _place(anchor: str) -> str:
    """An empty element: one around the text would have the engine keep that text twice."""
    return f'<span id="{html.escape(anchor)}"></span>'


def _escaped(text: str) -> str:
    return html.escape(han.apart(unicodedata.normalize("NFC", text)))
