"""The first page of a language: what this is, what is new, and how much is documented here."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from aigaq.pages import briefs, jsonld, naming
from aigaq.pages.context import Link, Phrase
from aigaq.pages.kinds import wall
from aigaq.words import languages
from aigaq.words.localised import Localised

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aigaq.archive.public import PublicArchive, Text
    from aigaq.pages.briefs import Brief, Card
    from aigaq.pages.context import Context
    from aigaq.pages.index import Index
    from aigaq.pages.page import Page

TEMPLATE = "home.html"
NEWEST = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """The newest texts, the series, the first paragraph of the page `about`, and figures."""

    newest: tuple[Brief, ...]
    series: tuple[tuple[str, int], ...]  # id, number of texts
    about: Localised
    texts: int
    people: int  # with a name that is shown
    languages: tuple[str, ...]  # in which there are texts
    returned: tuple[str, ...]  # the first who came back


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What `home.html` sees. Paths lead to the pages that open the archive."""

    title: Phrase
    description: Phrase
    about: Phrase
    about_path: str
    newest: tuple[Card, ...]
    series: tuple[tuple[Link, int], ...]
    texts: int
    people: int
    languages: tuple[Phrase, ...]
    texts_path: str
    people_path: str
    wall_path: str
    returned: tuple[Link, ...]
    returned_anchor: str
    timeline_path: str
    jsonld: Mapping[str, Any]


def plan(index: Index) -> tuple[Page, ...]:
    archive = index.archive
    newest = sorted(archive.texts.values(), key=_newest_first)[:NEWEST]
    inputs = partial(
        Inputs,
        newest=briefs.of_texts(index, (text.id for text in newest)),
        series=tuple((s.id, len(s.texts)) for s in archive.series.values()),
        about=_about(archive),
        texts=len(archive.texts),
        people=sum(
            p.protect == "open" and not naming.is_described(p.names)
            for p in archive.people.values()
        ),
        languages=_languages(archive),
        returned=wall.returned(index)[:NEWEST],
    )
    return index.in_every_language("home", lambda lang: f"{lang}/index.html", inputs)


def view(page: Page, context: Context) -> View:
    inputs: Inputs = page.inputs
    lang = page.lang
    return View(
        title=context.pick(context.site.title),
        description=context.pick(context.site.description),
        about=context.pick(inputs.about),
        about_path=f"{lang}/about.html" if inputs.about else "",
        newest=briefs.cards(inputs.newest, context),
        series=tuple((context.link(i), count) for i, count in inputs.series),
        texts=inputs.texts,
        people=inputs.people,
        languages=tuple(
            context.phrase(languages.of(tag).autonym, tag) for tag in inputs.languages
        ),
        texts_path=f"{lang}/testimonies/index.html",
        people_path=f"{lang}/people/index.html",
        wall_path=f"{lang}/wall.html",
        returned=context.links(inputs.returned),
        returned_anchor=wall.RETURNED,
        timeline_path=f"{lang}/timeline/index.html",
        jsonld=jsonld.of_site(context),
    )


def _newest_first(text: Text) -> tuple[int, str]:
    """By the day on which it came into the archive; those of one day by id."""
    day = text.added.known_end if text.added else None
    return (-day.toordinal() if day else 0, text.id)


def _about(archive: PublicArchive) -> Localised:
    """The first paragraph of the page `about` in each of its languages."""
    about = archive.pages.get("about")
    versions = about.versions if about else ()
    first = {
        v.lang: next((b.text for b in v.body.blocks if b.kind == "paragraph"), "")
        for v in versions
    }
    return Localised.of({lang: text for lang, text in first.items() if text})


def _languages(archive: PublicArchive) -> tuple[str, ...]:
    """In the order of the site, then the others."""
    found = {v.lang for text in archive.texts.values() for v in text.versions}
    spoken = archive.site.languages
    return tuple(lang for lang in spoken if lang in found) + tuple(
        sorted(found.difference(spoken))
    )
