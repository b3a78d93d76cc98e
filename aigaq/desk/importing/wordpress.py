"""Exports of WordPress (WXR): the public posts, and nothing of who wrote or answered them.

An export holds much that was never public: drafts, private posts and those behind a password,
comments with addresses, accounts. All that is counted, and none of it is read.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from aigaq.desk.importing import articles, facts, html_blocks, tables, xml
from aigaq.words.diagnostics import Diagnostic, Problem, Span

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from aigaq.desk.importing.articles import Article

NOT_WXR = Problem(
    "I054",
    "the file is no export of WordPress that can be read: {reason}",
    "Export the posts once more in WordPress: Tools, Export.",
)

_CAPTION = re.compile(
    r"\[caption[^\]]{0,500}\]\s*((?:<a[^>]{0,2000}>)?<img[^>]{0,2000}>(?:</a>)?)(.{0,2000}?)\[/caption\]",
    re.DOTALL,
)
_SHORT_CODE = re.compile(
    r"\[/?(?:gallery|embed|audio|video|playlist|contact-form)[^\]]{0,500}\]"
)
_EMPTY_LINES = re.compile(r"\n[ \t\r]*\n\s*")
_BLOCK = re.compile(
    r"</?(?:p|div|h[1-6]|[uod]l|li|d[td]|blockquote|fig\w+|table|t[rdh]|pre|section|article)\b",
    re.IGNORECASE,
)
_CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
_CREATOR = "{http://purl.org/dc/elements/1.1/}creator"


def read(path: Path) -> tuple[list[Article], list[Diagnostic]]:
    """The public posts of an export, in its order; what was left out is a warning."""
    raw = tables.content(path)
    if isinstance(raw, Diagnostic):
        return [], [raw]
    span = Span(path.name)
    reason = xml.unsafe(raw)
    root = None if reason else ElementTree.fromstring(raw)  # noqa: S314 - it has no entities
    channel = root.find("channel") if root is not None and root.tag == "rss" else None
    if channel is None:
        return [], [NOT_WXR.at(span, reason=reason or "it has no channel")]
    people = dict(_authors(channel))
    made: list[Article] = []
    left: dict[str, int] = {}
    for number, item in enumerate(channel.findall("item"), start=1):
        what = _is_left_out(item)
        if what:
            left[what] = left.get(what, 0) + 1
        else:
            made.append(_article(item, Span(f"{path.name}, item {number}"), channel, people))
    found = [
        articles.LEFT_OUT.at(span, count=n, what=tables.seen(what)) for what, n in left.items()
    ]
    return made, found or ([] if made else [articles.NO_ARTICLES.at(span)])


def _wp(item: ElementTree.Element, name: str) -> str:
    """A field of WordPress's own, whatever version of the format wrote it."""
    for child in item:
        if child.tag.startswith("{http://wordpress.org/export/") and child.tag.endswith(
            f"}}{name}"
        ):
            return (child.text or "").strip()
    return ""


def _authors(channel: ElementTree.Element) -> Iterator[tuple[str, str]]:
    for child in channel:
        if child.tag.endswith("}author"):
            yield _wp(child, "author_login"), _wp(child, "author_display_name")


def _is_left_out(item: ElementTree.Element) -> str:
    """What an item is that is not imported; empty for a public post."""
    kind, status = _wp(item, "post_type"), _wp(item, "status")
    if kind != "post":
        return f"things that are no posts ({kind or 'unknown'})"
    if _wp(item, "post_password"):
        return "posts behind a password"
    return "" if status == "publish" else f"posts that are not public ({status or 'unknown'})"


def _article(
    item: ElementTree.Element, place: Span, channel: ElementTree.Element, people: dict[str, str]
) -> Article:
    html = item.findtext(_CONTENT) or ""
    # Between paragraphs WordPress keeps empty lines, not always tags.
    page = html_blocks.read(_plain(html))
    key = item.findtext("guid") or item.findtext("link") or articles.digest_of(html)
    link = (item.findtext("link") or "").strip()
    day = facts.date_of(_wp(item, "post_date"))
    begun = articles.Article(key, place, "", articles.digest_of(html), published=day, url=link)
    made = articles.of_blocks(page.blocks, begun)
    poster = people.get((item.findtext(_CREATOR) or "").strip(), "")
    guesses = [] if made.author or made.first or not poster else ["the author, who posted it"]
    tags = (one.text or "" for one in item.findall("category") if one.get("domain"))
    dropped = (f"{count} {name}" for name, count in page.dropped.items())
    return replace(
        made,
        title=" ".join((item.findtext("title") or "").split()),
        author=made.author or ("" if made.first else poster),
        outlet=" ".join((channel.findtext("title") or "").split()),
        lang=(channel.findtext("language") or "").strip(),
        tags=tuple(dict.fromkeys(" ".join(tag.split()) for tag in tags if tag.strip())),
        guesses=(*made.guesses, *guesses),
        left_out=(*made.left_out, *dropped),
    )


def _plain(html: str) -> str:
    """The words of a post as HTML: its short codes are WordPress's own."""
    html = _CAPTION.sub(r"<figure>\1<figcaption>\2</figcaption></figure>", html)
    html = _SHORT_CODE.sub("", html)
    parts = _EMPTY_LINES.split(html)
    return "\n\n".join(part if _BLOCK.search(part) else f"<p>{part}</p>" for part in parts)
