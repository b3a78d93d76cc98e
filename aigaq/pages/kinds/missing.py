"""The page for an address that is not there: words in all languages of the site, and no more.

Servers show it at any depth, so nothing in it may be relative: no stylesheet, no picture, and
links only where the site knows its own address.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from aigaq.pages.context import Phrase
from aigaq.pages.labels import Labels
from aigaq.pages.page import Contents, Page
from aigaq.words import languages

if TYPE_CHECKING:
    from aigaq.pages.context import Context
    from aigaq.pages.index import Index

TEMPLATE = "missing.html"

# All languages stand on one page, while a page has the catalogue of one: hence a table here.
_WORDS = {
    "en": (
        "This page is not here.",
        "The address may have a mistake, or the page was moved or removed.",
    ),
    "kk": (
        "Мұндай бет жоқ.",
        "Мекенжайда қате болуы немесе бет көшірілген не алынған болуы мүмкін.",
    ),
    "kk-Latn": (
        "Mūndai bet joq.",
        "Mekenjaida qate boluy nemese bet köşırılgen ne alynğan boluy mümkın.",
    ),
    "kk-Arab": (
        "مۇنداي بەت جوق.",
        "مەكەنجايدا قاتە بولۋى نەمەسە بەت كوشىرىلگەن نە الىنعان بولۋى مۇمكىن.",
    ),
    "ru": (
        "Такой страницы нет.",
        "Возможно, в адресе ошибка или страница перенесена либо удалена.",
    ),
    "ug": (
        "بۇنداق بەت يوق.",
        "ئادرېستا خاتالىق بولۇشى ياكى بەت يۆتكەلگەن ياكى ئۆچۈرۈلگەن بولۇشى مۇمكىن.",
    ),
    "zh-Hans": ("没有这个页面。", "地址可能有误，或者页面已被移动或删除。"),
    "zh-Hant": ("沒有這個頁面。", "網址可能有誤，或者頁面已被移動或刪除。"),
    "tr": (
        "Bu sayfa yok.",
        "Adreste bir hata olabilir ya da sayfa taşınmış veya kaldırılmış olabilir.",
    ),
}


@dataclass(frozen=True, slots=True)
class Inputs:
    """Nothing but the site's own settings, which every page has."""


@dataclass(frozen=True, slots=True)
class Notice:
    """The words in one language; `home` is an absolute address or empty."""

    tag: str
    dir: str
    heading: str
    sentence: str
    home: str
    autonym: str


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What `missing.html` sees."""

    title: Phrase
    notices: tuple[Notice, ...]


def plan(index: Index) -> tuple[Page, ...]:
    first = index.languages[0]
    return (
        Page(
            path="404.html", kind="missing", lang=first, contents=Contents(Inputs(), Labels())
        ),
    )


def view(page: Page, context: Context) -> View:
    del page
    spoken = [tag for tag in context.site.languages if tag in _WORDS]
    if "en" not in spoken and len(spoken) < len(context.site.languages):
        spoken.append("en")  # for the languages that the table does not know
    return View(
        title=context.pick(context.site.title),
        notices=tuple(_notice(tag, context) for tag in spoken),
    )


def _notice(tag: str, context: Context) -> Notice:
    heading, sentence = _WORDS[tag]
    site = context.site
    has_home = bool(site.address) and tag in site.languages
    return Notice(
        tag=tag,
        dir=languages.direction(tag),
        heading=heading,
        sentence=sentence,
        home=f"{site.address}{tag}/index.html" if has_home else "",
        autonym=languages.of(tag).autonym,
    )
