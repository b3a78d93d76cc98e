"""What stands around every page: head, menu, language switcher, footer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from aigaq.pages import addresses
from aigaq.pages.context import Phrase
from aigaq.pages.page import Edition
from aigaq.pages.texts import noted
from aigaq.words import languages

if TYPE_CHECKING:
    from aigaq.pages.context import Context
    from aigaq.pages.page import Page

_LISTS = {
    "testimonies": ("text", noted("Testimonies")),
    "people": ("person", noted("People")),
    "places": ("place", noted("Places")),
    "organisations": ("organisation", noted("Organisations")),
    "topics": ("topic", noted("Topics")),
    "series": ("series", noted("Series")),
}
# Pages of their own: key of `menu` in site.yaml → file below the language's folder, msgid.
_SINGLE = {
    "home": ("index.html", noted("Home")),
    "wall": ("wall.html", noted("The missing")),
    "timeline": ("timeline/index.html", noted("Timeline")),
    "objects": ("objects.html", noted("Objects")),
    "glossary": ("glossary.html", noted("Glossary")),
    "search": ("search.html", noted("Search")),
    "coverage": ("coverage.html", noted("What this archive is not")),
    "how-to-cite": ("how-to-cite.html", noted("How to cite")),
    "corrections": ("corrections.html", noted("Corrections")),
    "data": ("data.html", noted("Open data")),
    "verify": ("verify.html", noted("How to check this copy")),
}
_ABOUT = ("how-to-cite", "corrections", "coverage", "data")  # there in every site
DEFAULT_MENU = (
    "home",
    "testimonies",
    "people",
    "wall",
    "timeline",
    "places",
    "topics",
    "search",
)


@dataclass(frozen=True, slots=True)
class MenuEntry:
    """One entry of the menu; `current` where it is the page itself."""

    phrase: Phrase
    path: str
    current: bool = False


@dataclass(frozen=True, slots=True)
class LanguageEntry:
    """The page in another language, in that language's own name; `made` as in `Edition`."""

    tag: str
    autonym: str
    dir: str
    path: str
    current: bool
    made: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """All that `base.html` shows. `path` is the page's own, for relative links."""

    path: str
    lang: str
    dir: str
    site_title: Phrase
    home: str
    menu: tuple[MenuEntry, ...]
    footer: tuple[MenuEntry, ...]  # pages that explain the archive and are not in the menu
    languages: tuple[LanguageEntry, ...]
    alternates: tuple[
        tuple[str, str], ...
    ]  # (hreflang, absolute address); empty without `address`
    canonical: str
    feed: str
    exit: str  # where the exit link leads; empty where the site has none
    publisher: Phrase
    contact: str
    licence: str
    draft_interface: bool
    converted_interface: bool
    needs_wasm: bool = False


def of(context: Context) -> Frame:
    """The frame of a page."""
    page, site = context.page, context.site
    menu, footer = context.once("menus", site, lambda _: _menus(context))
    return Frame(
        path=page.path,
        lang=page.lang,
        dir=languages.direction(page.lang),
        site_title=context.pick(site.title),
        home=f"{page.lang}/index.html",
        menu=_marked(menu, page.path),
        footer=_marked(footer, page.path),
        languages=tuple(_language(edition, page.lang) for edition in _editions(page)),
        alternates=_alternates(context),
        canonical=site.address + (page.canonical or page.path) if site.address else "",
        feed=f"{page.lang}/feed.xml",
        exit=site.exit_link.best(context.reading)[1],
        publisher=context.pick(site.publisher),
        contact=site.contact,
        licence=site.licence_text,
        draft_interface=context.texts.is_draft,
        converted_interface=context.texts.is_converted,
        needs_wasm=page.kind == "search",
    )


def _editions(page: Page) -> tuple[Edition, ...]:
    return page.editions or tuple(Edition(lang, path) for lang, path in page.alternates)


def _language(edition: Edition, lang: str) -> LanguageEntry:
    return LanguageEntry(
        tag=edition.lang,
        autonym=languages.of(edition.lang).autonym,
        dir=languages.direction(edition.lang),
        path=edition.path,
        current=edition.lang == lang,
        made=edition.made,
    )


def _menus(context: Context) -> tuple[tuple[MenuEntry, ...], tuple[MenuEntry, ...]]:
    """The menu and the footer, on no page in particular."""
    site = context.site
    menu = site.menu or DEFAULT_MENU
    of_copies = ("verify",) if site.mirrors else ()
    about = dict.fromkeys((*_ABOUT, *of_copies, *(slug for slug, _ in site.page_titles)))
    footer = (key for key in about if key not in menu)
    return (
        tuple(_menu_entry(context, key) for key in menu),
        tuple(_menu_entry(context, key) for key in footer),
    )


def _marked(entries: tuple[MenuEntry, ...], path: str) -> tuple[MenuEntry, ...]:
    """The entries, that of the page itself as such."""
    if all(one.path != path for one in entries):
        return entries
    return tuple(MenuEntry(one.phrase, one.path, current=one.path == path) for one in entries)


def _menu_entry(context: Context, key: str) -> MenuEntry:
    lang, path = context.lang, ""
    if key in _LISTS:
        kind, msgid = _LISTS[key]
        path, phrase = addresses.of_list(kind, lang), Phrase(str(context.texts.say(msgid)))
    elif key in _SINGLE:
        name, msgid = _SINGLE[key]
        path, phrase = f"{lang}/{name}", Phrase(str(context.texts.say(msgid)))
    else:
        path, phrase = f"{lang}/{key}.html", context.pick(dict(context.site.page_titles)[key])
    return MenuEntry(phrase, path)


def _alternates(context: Context) -> tuple[tuple[str, str], ...]:
    site, alternates = context.site, context.page.alternates
    if not site.address or len(alternates) < 2:
        return ()
    default = dict(alternates).get(site.languages[0], alternates[0][1])
    pairs = (*alternates, ("x-default", default))
    return tuple((lang, site.address + path) for lang, path in pairs)
