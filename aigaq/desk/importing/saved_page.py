"""A web page that somebody saved, with one article or several, as a category page has them.

Articles are the elements `article`; where a page has none, each line that says where a text
was first published ends one.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from aigaq.desk.importing import articles, facts, html_blocks, tables
from aigaq.words.diagnostics import Diagnostic, Span

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from aigaq.desk.importing.articles import Article
    from aigaq.desk.importing.html_blocks import Block, Page

_LEAST = 40  # characters, of words that are an article


def read(path: Path) -> tuple[list[Article], list[Diagnostic]]:
    """The articles of a page, in its order."""
    raw = tables.content(path)
    if isinstance(raw, Diagnostic):
        return [], [raw]
    span = Span(path.name)
    try:
        html = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return [], [tables.NOT_UTF_8.at(span)]
    page = html_blocks.read(html)
    if len(page.blocks) > html_blocks.MOST:
        return [], [tables.TOO_MANY.at(span, limit=html_blocks.MOST, what="paragraphs")]
    made = [_article(run, page, path.name) for run in _runs(page.blocks)]
    whole = [one for one in made if len(one.body) >= _LEAST]
    if not whole:
        return [], [articles.NO_ARTICLES.at(span)]
    left = {
        f"elements {name}": count
        for name, count in page.dropped.items()
        if name not in {"script", "style", "noscript"}
    }
    left["texts that are too short"] = sum(bool(one.body) for one in made) - len(whole)
    left["paragraphs outside of the articles"] = _outside(page.blocks)
    return whole, [
        articles.LEFT_OUT.at(span, count=count, what=what)
        for what, count in left.items()
        if count
    ]


def _outside(blocks: Sequence[Block]) -> int:
    """How many paragraphs, long enough to be somebody's words, stand in no article."""
    if not any(block.article for block in blocks):
        return 0
    return sum(
        not block.article and block.kind != html_blocks.PICTURE and len(block.words) >= _LEAST
        for block in blocks
    )


def _runs(blocks: Sequence[Block]) -> list[list[Block]]:
    """The blocks of each article."""
    runs: dict[int, list[Block]] = {}
    for block in blocks:
        if block.article:
            runs.setdefault(block.article, []).append(block)
    if runs:
        return list(runs.values())
    made: list[list[Block]] = [[]]
    for block in blocks:
        made[-1].append(block)
        if facts.says_where_first(block.words):
            made.append([])
    return [run for run in made if run]


def _article(run: list[Block], page: Page, file: str) -> Article:
    place = Span(file, run[0].line)
    heading = next((b for b in run[:3] if b.kind == html_blocks.HEADING), None)
    rest = [block for block in run if block is not heading]
    title = heading.words if heading else ""
    words = "\n".join(block.words for block in run)
    url = heading.href if heading and heading.href else ""
    alone = page.address if len({block.article for block in page.blocks}) == 1 else ""
    digest = articles.digest_of(words)
    when = facts.date_of(page.times.get(run[0].article, ""))
    begun = articles.Article(url or digest, place, "", digest, title=title, url=url or alone)
    begun = replace(begun, published=when, lang=page.lang, heading=_of_several(heading, rest))
    made = articles.of_blocks(rest, begun)
    above = run[: run.index(heading)] if heading and made.heading else []
    return replace(made, above=articles.of_blocks(above, begun).body)


def _of_several(heading: Block | None, rest: list[Block]) -> str:
    """The Markdown of a title that may be that of a part only: the only h1 is one of all."""
    heads = [block for block in rest if block.kind == html_blocks.HEADING]
    is_alone = heading and "h1" in heading.within and not any("h1" in h.within for h in heads)
    return "" if heading is None or is_alone else heading.text
