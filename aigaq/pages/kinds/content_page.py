"""A page that editors wrote, at `/LANG/SLUG.html` in every language of the site."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from aigaq.pages import articles, editions

if TYPE_CHECKING:
    from aigaq.archive.public import ContentPage
    from aigaq.pages.articles import Article
    from aigaq.pages.bodies import Body
    from aigaq.pages.context import Context, Phrase
    from aigaq.pages.index import Index
    from aigaq.pages.page import Page

TEMPLATE = "content_page.html"


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """The page in all its languages."""

    page: ContentPage


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What `content_page.html` sees; `body` is that of `article`."""

    title: Phrase
    article: Article
    body: Body


def plan(index: Index) -> tuple[Page, ...]:
    pages: list[Page] = []
    for page in index.archive.pages.values():
        if page.slug not in articles.MERGED:
            made = index.in_every_language(
                "content_page",
                partial(_path, page.slug),
                partial(Inputs, page=page),
            )
            told = editions.of(page.versions, made[0].alternates)
            pages += (dataclasses.replace(one, editions=told) for one in made)
    return tuple(pages)


def _path(slug: str, lang: str) -> str:
    return f"{lang}/{slug}.html"


def view(page: Page, context: Context) -> View:
    inputs: Inputs = page.inputs
    article = articles.of(inputs.page, context)
    return View(title=article.title, article=article, body=article.body)
