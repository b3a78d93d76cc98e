"""The search page: a form, ways to browse that need no script, what its script must know."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Any

from aigaq.pages import addresses, bundles, han, slim_facets, slim_page, word_forms
from aigaq.pages.context import Link, Phrase
from aigaq.pages.slim_facets import Facet
from aigaq.pages.texts import noted
from aigaq.words import alphabet, languages, vocabularies

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from aigaq.archive.public import PublicArchive
    from aigaq.pages.context import Context
    from aigaq.pages.index import Index
    from aigaq.pages.page import Page
    from aigaq.pages.slim_facets import Counted

TEMPLATE = "search.html"
_FACETS = {
    "kind": noted("Kind"),
    "year": noted("Year"),
    "place": noted("Place"),
    "topic": noted("Topic"),
}
_NAMED = ("person", "place", "organisation")


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """What a search can be narrowed down by, and the site's characters for others typed.

    `pages` is how many pages the index of each language has.
    """

    facets: tuple[Facet, ...]
    han: tuple[tuple[str, str], ...]
    pages: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class FacetView:
    """A choice: its name for the script, its label for the reader."""

    name: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What `search.html` sees; from `bundles` on for the script alone.

    `bundles` begin with the page's own language. `choices` are by facet: key, token, label,
    number of pages in this language and in all, and the label's language where it is another.
    """

    title: Phrase
    browse: tuple[Link, ...]
    facets: tuple[FacetView, ...]
    bundles: tuple[Mapping[str, Any], ...]
    reading: tuple[str, ...]
    forms: Mapping[str, Any]
    han: Mapping[str, str]
    choices: Mapping[str, tuple[tuple[Any, ...], ...]]
    kinds: Mapping[str, str]
    notes: Mapping[str, str]
    between_names: str = slim_page.BETWEEN_NAMES
    title_language: str = slim_page.TITLE_LANGUAGE
    content_note: str = slim_page.CONTENT_NOTE


def plan(index: Index) -> tuple[Page, ...]:
    used = han.characters(_texts(index.archive))
    inputs = Inputs(
        facets=slim_facets.of_archive(index),
        han=tuple(han.variants(used).items()),
        pages=slim_facets.sizes(index),
    )
    return index.in_every_language("search", lambda lang: f"{lang}/search.html", inputs)


def _texts(archive: PublicArchive) -> Iterator[str]:
    """All words that may be in Han characters."""
    written = (t.versions for t in archive.texts.values())
    for version in chain.from_iterable(
        (*written, *(p.versions for p in archive.pages.values()))
    ):
        yield from (version.title, version.summary)
        yield from (block.text for block in version.body.blocks)
    for named in (archive.people, archive.places, archive.organisations):
        yield from (name.text for record in named.values() for name in record.names)
    for topic in archive.topics.values():
        yield from (text for _, text in (*topic.label, *topic.note))
    for series in archive.series.values():
        yield from (text for _, text in (*series.title, *series.introduction))


def view(page: Page, context: Context) -> View:
    inputs: Inputs = page.inputs
    others = (tag for tag in context.site.languages if tag != page.lang)
    sizes = dict(inputs.pages)
    found = tuple(_bundle(tag, sizes[tag]) for tag in (page.lang, *others))
    say = context.texts
    return View(
        title=Phrase(str(say.say("Search"))),
        browse=_browse(context),
        facets=tuple(FacetView(f.name, str(say.say(_FACETS[f.name]))) for f in inputs.facets),
        bundles=found,
        reading=context.reading,
        forms={b["forms"]: word_forms.TABLES[b["forms"]] for b in found if b["forms"]},
        han=dict(inputs.han),
        choices={facet.name: _choices(facet, context) for facet in inputs.facets},
        kinds={kind: slim_facets.kind_label(kind, say) for kind in _NAMED},
        notes={n: say.label("content_note", n) for n in vocabularies.CONTENT_NOTES},
    )


def _choices(facet: Facet, context: Context) -> tuple[tuple[Any, ...], ...]:
    """The values as a reader looks for them: from the newest year, or from A to Z."""
    rows = [(_label(facet.name, value, context), value) for value in facet.values]
    if facet.name == "year":
        rows.sort(key=lambda row: row[1].key, reverse=True)
    else:
        rows.sort(key=lambda row: (*alphabet.sort_key(row[0].text), row[1].key))
    return tuple(_choice(facet.name, label, value, context) for label, value in rows)


def _choice(facet: str, label: Phrase, value: Counted, context: Context) -> tuple[Any, ...]:
    own = dict(value.by_language).get(context.lang, 0)
    row = (value.key, slim_facets.token(facet, value.key), label.text, own, value.everywhere)
    return (*row, label.lang) if label.lang else row


def _label(facet: str, value: Counted, context: Context) -> Phrase:
    if facet == "kind":
        return Phrase(slim_facets.kind_label(value.key, context.texts))
    return Phrase(value.key) if facet == "year" else context.link(value.key).phrase


def _browse(context: Context) -> tuple[Link, ...]:
    """Lists that lead to everything without a search."""
    say, lang = context.texts.say, context.lang
    lists = (
        (say("People from A to Z"), addresses.of_list("person", lang)),
        (say("Testimonies"), addresses.of_list("text", lang)),
        (say("Places"), addresses.of_list("place", lang)),
        (say("Topics"), addresses.of_list("topic", lang)),
        (say("Years"), f"{lang}/timeline/index.html"),
    )
    return tuple(Link(Phrase(str(words)), path) for words, path in lists)


def _bundle(tag: str, pages: int) -> Mapping[str, Any]:
    """The index of one language; `folders` are output paths that end in `/`."""
    return {
        "tag": tag,
        "autonym": languages.of(tag).autonym,
        "dir": languages.direction(tag),
        "folders": bundles.folders(tag, pages),
        "forms": word_forms.table(tag),
    }
