"""How to cite a text, a paragraph of it, or somebody's page: in words, as BibTeX, as CSL-JSON.

Names are never split into first and last and never turned around: not every name has these
parts. No day of the build stands in a citation; a text has a mark of its words instead, which
changes exactly when they do.

BibTeX: fields of biblatex 3, whose `date` is EDTF. CSL-JSON: schema 1.0.2
(https://github.com/citation-style-language/schema).
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from aigaq.pages import addresses, data, data_scope, naming
from aigaq.pages.context import NO_PHRASE, UNKNOWN, Phrase
from aigaq.pages.page import Artifact
from aigaq.pages.texts import noted
from aigaq.words import languages

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from aigaq.archive.public import Credit, Original, Person, Site, Text, Version
    from aigaq.pages.context import Context
    from aigaq.pages.index import Index
    from aigaq.pages.labels import Label
    from aigaq.pages.texts import Texts
    from aigaq.words.date_points import Point
    from aigaq.words.edtf import EdtfDate

ENTRY = noted("entry on a person")
# What reference programs know of kinds of text; any other is a page of a site.
_CSL_TYPES = {"testimony": "interview", "interview": "interview", "report": "report"}
_DOTTED = frozenset({"tr", "kk-Latn"})  # the capital of their i keeps its dot
_ESCAPED = str.maketrans(
    {
        **{sign: f"\\{sign}" for sign in "%&#_$"},
        # BibTeX counts braces, those after a backslash too: one alone would end the file.
        "{": r"\textbraceleft{}", "}": r"\textbraceright{}",
        "\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
        "\n": " ", "\r": " ", "\t": " ",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """`parts` in their usual order, the page's address (or empty), and what programs read.

    `mark` changes with the words of the text. `paragraph` is the first one's full address, as
    an example, and `located` what reference programs are told of it: a paragraph is no work of
    its own but a place in one, a locator. `files` are pairs of a file's path and what it is
    called.
    """

    parts: tuple[Phrase, ...]
    address: str
    bibtex: str
    csl: str
    mark: str = ""
    paragraph: str = ""
    located: tuple[str, ...] = ()
    files: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Work:
    """What reference programs are told of a page."""

    key: str
    type: str
    title: str
    genre: str
    lang: str
    archive: str
    publisher: str
    address: str
    authors: tuple[str, ...] = ()
    interviewers: tuple[str, ...] = ()
    translators: tuple[str, ...] = ()
    outlet: str = ""
    date: EdtfDate | None = None
    date_words: str = ""
    mark: str = ""


# --- on a page ---


def of_text(text: Text, shown: Version, context: Context) -> Citation:
    """The citation of a text as this page shows it.

    Names, title, kind and date, outlet, archive: each a part of its own, so that no sentence
    has to be built that would read wrong in another language.
    """
    parts = (
        *_authors(text, context),
        context.phrase(shown.title, shown.lang),
        _opened(context.texts.label("text_kind", text.kind), context),
        _opened(context.date(text.interview.date if text.interview else None), context),
        *_published(text.original, context, text.lang),
        context.pick(context.site.title),
        context.pick(context.site.publisher),
    )
    work = _work(text, shown, context.site, context.texts, context.labels)
    work = dataclasses.replace(
        work, key=f"{text.id}-{context.lang}", address=_address(context.page.path, context.site)
    )
    first = next((block.address for block in shown.body.blocks if block.address), "")
    files = [(path_of(text.id, suffix), name) for suffix, name in _FORMS]
    if data_scope.allows(text):
        files.append((data.of_record(text.id), "JSON"))
    return _citation(
        parts,
        work,
        mark=work.mark,
        paragraph=f"{work.address}#{first}" if work.address and first else "",
        located=_located(work.key, first.removeprefix("p")) if first else (),
        files=tuple(files),
    )


def of_person(person: Person, context: Context) -> Citation:
    """The citation of somebody's page, by the name that readers are shown."""
    name, site = context.name(person.names), context.site
    genre = str(context.texts.say(ENTRY))
    archive, publisher = context.pick(site.title), context.pick(site.publisher)
    work = _Work(
        key=f"{person.id}-{context.lang}",
        type="entry",
        title=name.text,
        genre=genre,
        lang=context.lang,
        archive=archive.text,
        publisher=publisher.text,
        address=_address(context.page.path, site),
    )
    return _citation((name, _opened(genre, context), archive, publisher), work)


def _citation(parts: Iterable[Phrase], work: _Work, **more: Any) -> Citation:
    return Citation(
        parts=tuple(_unstopped(part) for part in parts if part),
        address=work.address,
        bibtex=_bibtex(work),
        csl=_csl(work),
        **more,
    )


def _opened(words: str, context: Context) -> Phrase:
    """Words of ours with a capital, for a full stop stands before them."""
    first = "İ" if words[:1] == "i" and context.lang in _DOTTED else words[:1].upper()
    return Phrase(first + words[1:])


def _unstopped(part: Phrase) -> Phrase:
    """Without the full stop of an initial or a title: the citation sets one after each part."""
    return Phrase(part.text.removesuffix("."), part.lang, part.dir)


def _address(path: str, site: Site) -> str:
    return site.address + path if site.address else ""


def _authors(text: Text, context: Context) -> Iterable[Phrase]:
    if text.told_by:
        return [context.link(n.person).phrase for n in text.told_by]
    return [
        context.link(c.who).phrase if c.is_record else context.phrase(c.who, text.lang)
        for c in _named_authors(text)
    ]


def _named_authors(text: Text) -> list[Credit]:
    return [c for c in text.credits if c.role == "author" and c.who != UNKNOWN]


def _published(original: Original | None, context: Context, lang: str) -> Iterable[Phrase]:
    if original is None:
        return (NO_PHRASE,)
    outlet = context.phrase(original.outlet, lang)
    if original.is_record:
        outlet = context.link(original.outlet).phrase
    return (outlet, _opened(context.date(original.published), context))


# --- as files ---

_BIBTEX, _CSL = "bib", "json"
_FORMS = ((_BIBTEX, "BibTeX"), (_CSL, "CSL-JSON"))


def path_of(text: str, suffix: str) -> str:
    """Where the citations of a text stand, one for each language that it is in."""
    return f"cite/{text}.{suffix}"


def artifacts(index: Index, texts_by_lang: Mapping[str, Texts]) -> Iterator[Artifact]:
    """`cite/ID.bib` and `cite/ID.json` of every text, with all its languages."""
    site = index.archive.site
    for text in index.archive.texts.values():
        works = []
        for version in text.versions:
            lang = version.lang if version.lang in site.languages else site.languages[0]
            made = _work(text, version, site, texts_by_lang[lang], index.labels)
            works.append(made)
        bibtex = "\n".join(map(_bibtex, works))
        csl = ",\n".join(map(_csl, works))
        yield Artifact(path_of(text.id, _BIBTEX), f"{bibtex}\n".encode())
        yield Artifact(path_of(text.id, _CSL), f"[\n{csl}\n]\n".encode())


# --- for both ---


def mark(version: Version) -> str:
    """Eight hex digits that change with the words of a version, and with nothing else."""
    if not version.body.blocks:
        return ""
    words = (version.title, *(block.digest for block in version.body.blocks))
    return hashlib.sha256("\n".join(words).encode()).hexdigest()[:8]


def _work(
    text: Text, version: Version, site: Site, texts: Texts, known: Mapping[str, Label]
) -> _Work:
    """A version for somebody who reads the language of `texts`."""
    reading = languages.reading_order(texts.lang, site.languages)

    def name(who: str) -> str:
        return naming.of_label(known[who], reading)[0] if who in known else who

    authors = [n.person for n in text.told_by] or [c.who for c in _named_authors(text)]
    made, date = version.translation, text.date
    home = addresses.of_record("text", text.id, texts.lang)
    return _Work(
        key=f"{text.id}-{version.lang}",
        type=_CSL_TYPES.get(text.kind, "webpage"),
        title=version.title,
        genre=texts.label("text_kind", text.kind),
        lang=version.lang,
        archive=site.title.best(reading)[1],
        publisher=site.publisher.best(reading)[1],
        address=_address(home, site),
        authors=tuple(map(name, authors)),
        interviewers=tuple(map(name, text.interview.by)) if text.interview else (),
        translators=tuple(map(name, made.by)) if made else (),
        outlet=name(text.original.outlet) if text.original else "",
        date=date,
        date_words=texts.date(date),
        mark=mark(version),
    )


def _bibtex(work: _Work) -> str:
    """An entry that BibTeX, biblatex and reference programs read alike."""
    date = work.date
    is_edtf = date is not None and date.kind in {"point", "interval"}
    years = {day.year for day in (date.earliest, date.latest) if day} if date else set()
    fields = {
        "author": " and ".join(_whole(name) for name in work.authors),
        "title": _whole(work.title),
        "date": date.notation if date and is_edtf else "",
        "year": str(min(years)) if len(years) == 1 and not is_edtf else "",
        "type": _plain(work.genre),
        "editora": " and ".join(_whole(name) for name in work.interviewers),
        "editoratype": "interviewer" if work.interviewers else "",
        "translator": " and ".join(_whole(name) for name in work.translators),
        "howpublished": _plain(work.outlet),
        "publisher": _whole(work.archive),
        "organization": _whole(work.publisher) if work.publisher else "",
        "version": work.mark,
        "language": work.lang,
        "url": work.address,
    }
    lines = [f"  {field} = {{{content}}}," for field, content in fields.items() if content]
    return "\n".join((f"@misc{{{work.key},", *lines, "}"))


def _located(key: str, number: str) -> tuple[str, ...]:
    """A paragraph for biblatex and for CSL (https://docs.citationstyles.org, "Locators")."""
    item = {"id": key, "label": "paragraph", "locator": number}
    return f"\\autocite[par.~{number}]{{{key}}}", json.dumps(item)


def _plain(text: str) -> str:
    return text.translate(_ESCAPED)


def _whole(text: str) -> str:
    """Kept as it is written: no part of it is a last name, no letter becomes small."""
    return f"{{{_plain(text)}}}"


def _csl(work: _Work) -> str:
    def names(several: tuple[str, ...]) -> list[dict[str, str]]:
        return [{"literal": name} for name in several]

    item = {
        "id": work.key,
        "type": work.type,
        "title": work.title,
        "author": names(work.authors),
        "interviewer": names(work.interviewers),
        "translator": names(work.translators),
        "genre": work.genre,
        "issued": _issued(work.date, work.date_words),
        "original-publisher": work.outlet,
        "container-title": work.archive,
        "publisher": work.publisher or work.archive,
        "version": work.mark,
        "language": work.lang,
        "URL": work.address,
    }
    return json.dumps({key: v for key, v in item.items() if v}, ensure_ascii=False)


def _issued(date: EdtfDate | None, words: str) -> dict[str, Any]:
    """The date in numbers where it has them, else in words."""
    if date is None or date.known_end is None:
        return {}
    ends = dict.fromkeys(date.stretches[0]) if date.kind in {"point", "interval"} else {}
    parts = [_date_parts(point) for point in ends if point]
    if not parts or len(parts) < len(ends) or not all(parts):
        return {"literal": words}
    about = {"circa": True} if date.approximate or date.uncertain else {}
    return {"date-parts": parts, **about}


def _date_parts(point: Point) -> list[int]:
    """Year, month, day as far as known; nothing where the year is not, or a season is."""
    if point.unit not in {"year", "month", "day"}:
        return []
    return [number for number in (point.year, point.month, point.day) if number]
