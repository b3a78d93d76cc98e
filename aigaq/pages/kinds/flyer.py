"""The flyer of one of the missing: one sheet of paper, with the way to their page.

It says what the wall says, and who said it; no more than was told here, and nobody's guess.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from aigaq.pages import addresses, claims, contacts, flyers, naming, objects, status_lines
from aigaq.pages.kinds import wall
from aigaq.words import languages

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aigaq.archive.public import Claim, Name, Picture
    from aigaq.pages.claims import Source
    from aigaq.pages.contacts import Heard
    from aigaq.pages.context import Context, Link, Phrase
    from aigaq.pages.index import Index
    from aigaq.pages.objects import PictureView
    from aigaq.pages.page import Page
    from aigaq.pages.status_lines import Reported, StatusView

TEMPLATE = "flyer.html"


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """The person's names and photograph, what is told last, and the texts that tell it."""

    person: str
    names: tuple[Name, ...]
    photo: Picture | None
    reported: Reported
    contacts: tuple[tuple[str, Claim], ...]
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What `flyer.html` sees. `address` and `code` are empty where the site has no address.

    `names` are those in other scripts than the title's; `reach` is `contact` as one reads it.
    """

    title: Phrase
    person: Link
    names: tuple[Phrase, ...]
    photo: PictureView | None
    status: StatusView | None
    heard: tuple[Heard, ...]
    archive: Phrase
    contact: str
    reach: str
    address: str
    code: str


def plan(index: Index) -> tuple[Page, ...]:
    pages: list[Page] = []
    for entry in wall.taken(index):
        if flyers.has_one(index, entry.reported):
            path = partial(flyers.path_of, entry.reported.person)
            pages += index.in_every_language(flyers.KIND, path, partial(_inputs, index, entry))
    return tuple(pages)


def _inputs(index: Index, entry: wall.Entry) -> Inputs:
    person = entry.reported.person
    about = claims.sort(index.back.claims_about.get(person, ()))
    heard = contacts.last((c for c in about if flyers.may_print(index, c.text)), person)
    told = (*entry.reported.claims, *(claim for _, claim in heard))
    return Inputs(
        person=person,
        names=index.archive.people[person].names,
        photo=entry.photo if flyers.may_show(index, entry.photo) else None,
        reported=entry.reported,
        contacts=heard,
        sources=claims.sources(index, told),
    )


def view(page: Page, context: Context) -> View:
    inputs: Inputs = page.inputs
    known = {source.id: source for source in inputs.sources}
    site, title = context.site, context.name(inputs.names)
    home = addresses.of_record("person", inputs.person, page.lang)
    return View(
        title=title,
        person=context.link(inputs.person),
        names=tuple(_in_other_scripts(inputs.names, context)),
        photo=objects.picture(inputs.photo, context, instead=title) if inputs.photo else None,
        status=status_lines.view(inputs.reported, context, known),
        heard=contacts.views(inputs.contacts, context, known),
        archive=context.pick(site.title),
        contact=site.contact,
        reach=site.contact.removeprefix("mailto:"),
        address=site.address + home if site.address else "",
        code=flyers.code_of(inputs.person, page.lang) if site.address else "",
    )


def _in_other_scripts(names: tuple[Name, ...], context: Context) -> Iterator[Phrase]:
    """One name for each script, but that of the name that is shown large."""
    shown = naming.in_language(names, context.reading)
    by_script: dict[str, list[Name]] = {}
    for name in names:
        by_script.setdefault(languages.of(name.lang).script, []).append(name)
    for script, several in by_script.items():
        if script != languages.of(shown.lang).script:
            best = naming.in_language(several, context.reading)
            yield context.phrase(best.text, best.lang)
