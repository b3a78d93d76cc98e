"""The search page: a form, ways to browse that need no script, what its script must know."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from aigaq.pages import addresses, bundles, slim_facets, slim_page, word_forms
from aigaq.pages.context import Link, Phrase
from aigaq.pages.texts import noted
from aigaq.words import languages, vocabularies

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aigaq.pages.context import Context
    from aigaq.pages.index import Index
    from aigaq.pages.page import Page

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
    """By what a search can be narrowed down, and how many pages each language's index has."""

    facets: tuple[str, ...]
    pages: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class FacetView:
    """A choice: its name for the script, its label for the reader."""

    name: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What `search.html` sees; from `bundles` on for the script alone.

    `bundles` begin with the page's own language.
    """

    title: Phrase
    browse: tuple[Link, ...]
    facets: tuple[FacetView, ...]
    bundles: tuple[Mapping[str, Any], ...]
    reading: tuple[str, ...]
    forms: Mapping[str, Any]
    kinds: Mapping[str, str]
    notes: Mapping[str, str]
    between_names: str = slim_page.BETWEEN_NAMES
    title_language: str = slim_page.TITLE_LANGUAGE
    content_note: str = slim_page.CONTENT_NOTE


def plan(index: Index) -> tuple[Page, ...]:
    facets = tuple(facet.name for facet in slim_facets.of_archive(index))
    inputs = partial(Inputs, facets=facets, pages=slim_facets.sizes(index))
    return index.in_every_language("search", lambda lang: f"{lang}/search.html", inputs)


def view(page: Page, context: Context) -> View:
    inputs: Inputs = page.inputs
    others = (tag for tag in context.site.languages if tag != page.lang)
    sizes = dict(inputs.pages)
    found = tuple(_bundle(tag, sizes[tag]) for tag in (page.lang, *others))
    say = context.texts
    return View(
        title=Phrase(str(say.say("Search"))),
        browse=_browse(context),
        facets=tuple(FacetView(name, str(say.say(_FACETS[name]))) for name in inputs.facets),
        bundles=found,
        reading=context.reading,
        forms={b["forms"]: word_forms.TABLES[b["forms"]] for b in found if b["forms"]},
        kinds={kind: slim_facets.kind_label(kind, say) for kind in _NAMED},
        notes={n: say.label("content_note", n) for n in vocabularies.CONTENT_NOTES},
    )


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
