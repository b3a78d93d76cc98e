"""Atom feeds (RFC 4287): the newest texts of a language, and those of each series and topic.

Times come from `added`, the dates of the texts and of their corrections, never from the clock,
so that a feed changes only when something was added to it or corrected. Ids are made of the
archive's title and of paths: they stay the same under another address, on mirrors too.
"""

from __future__ import annotations

import datetime
import html
import unicodedata
import uuid
from functools import lru_cache
from typing import TYPE_CHECKING

from aigaq.pages import addresses, naming, xml
from aigaq.pages.context import UNKNOWN
from aigaq.pages.page import Artifact
from aigaq.words import languages

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from aigaq.archive.public import Text, Version
    from aigaq.pages.index import Index
    from aigaq.pages.texts import Texts
    from aigaq.pages.xml import Xml
    from aigaq.words.edtf import EdtfDate

    Entries = dict[tuple[str, str], Xml]  # by folder and text

SIZE = 50
_NAMESPACE = "http://www.w3.org/2005/Atom"
_URN = uuid.uuid5(uuid.NAMESPACE_URL, _NAMESPACE)
_NEVER = datetime.date(1970, 1, 1)  # of a feed in which nothing is dated


def artifacts(index: Index, texts_by_lang: Mapping[str, Texts]) -> tuple[Artifact, ...]:
    """Every feed: `LANG/feed.xml`, `LANG/series/ID.xml`, `LANG/topics/ID.xml`."""
    return tuple(feed for lang in index.languages for feed in _of(index, texts_by_lang[lang]))


def _of(index: Index, say: Texts) -> Iterator[Artifact]:
    archive, lang = index.archive, say.lang
    reading = languages.reading_order(lang, index.languages)
    site = archive.site.title.best(reading)[1]
    home = f"{lang}/index.html"
    known: Entries = {}
    yield _feed(index, say, (f"{lang}/feed.xml", home), site, archive.texts.values(), known)
    for series in archive.series.values():
        page = addresses.of_record("series", series.id, lang)
        title = f"{series.title.best(reading)[1]} — {site}"
        members = [archive.texts[i] for i in series.texts if i in archive.texts]
        yield _feed(index, say, (_beside(page), page), title, members, known)
    for topic in archive.topics.values():
        page = addresses.of_record("topic", topic.id, lang)
        title = f"{topic.label.best(reading)[1]} — {site}"
        members = [archive.texts[i] for i in index.back.by_topic.get(topic.id, ())]
        yield _feed(index, say, (_beside(page), page), title, members, known)


def _beside(page: str) -> str:
    return f"{page.removesuffix('.html')}.xml"


def _feed(
    index: Index,
    say: Texts,
    paths: tuple[str, str],
    title: str,
    texts: Iterable[Text],
    known: Entries,
) -> Artifact:
    """One feed; `paths` are its own and that of the page that it belongs to.

    `known` are entries that feeds of this language have in common, and gets more of them.
    """
    own, page = paths
    site = index.archive.site
    newest = sorted(texts, key=_order, reverse=True)[:SIZE]
    publisher = site.publisher.best(languages.reading_order(say.lang, site.languages))[1]
    root = xml.element(
        "feed",
        xml.element("id", _id(index, own)),
        _titled(title, say.lang),
        xml.element(
            "updated", _stamp(max((_changed(index, t) for t in newest), default=_NEVER))
        ),
        xml.element("author", xml.element("name", publisher or title)),
        *_links(index, own, page),
        *(_known_entry(index, say, own, text, known) for text in newest),
        attributes={"xmlns": _NAMESPACE, "xml:lang": say.lang},
    )
    return Artifact(own, xml.document(root))


def _links(index: Index, own: str, page: str) -> Iterator[Xml]:
    """Where the feed and its page are; without an address only the page, seen from the feed."""
    site = index.archive.site.address
    if site:
        self_link = {"rel": "self", "type": "application/atom+xml", "href": site + own}
        yield xml.element("link", attributes=self_link)
    yield xml.element("link", attributes={"rel": "alternate", "href": _href(index, own, page)})


def _known_entry(index: Index, say: Texts, feed: str, text: Text, known: Entries) -> Xml:
    """An entry; the feeds of one folder have the same, for addresses are as seen from there."""
    key = (feed.rpartition("/")[0], text.id)
    if key not in known:
        known[key] = _entry(index, say, feed, text)
    return known[key]


def _entry(index: Index, say: Texts, feed: str, text: Text) -> Xml:
    """A text in the version that this language's reader is shown, marked with its language."""
    version = text.shown_in(say.lang)
    page = addresses.of_record("text", text.id, _tree(index, say, version))
    people = tuple(_authors(index, say, text))
    summary = (_summed(version),) if version.summary else ()
    return xml.element(
        "entry",
        xml.element("id", _id(index, page)),
        _titled(version.title, version.lang),
        xml.element("published", _stamp(_day(text))),
        xml.element("updated", _stamp(_changed(index, text))),
        *(xml.element("author", xml.element("name", name)) for name in people),
        xml.element(
            "link",
            attributes={
                "rel": "alternate",
                "type": "text/html",
                "hreflang": version.lang,
                "href": _href(index, feed, page),
            },
        ),
        *summary,
        attributes={} if version.lang == say.lang else {"xml:lang": version.lang},
    )


def _tree(index: Index, say: Texts, version: Version) -> str:
    """The language in whose tree the text is read: its own one where no copy is shown here."""
    links_only = index.archive.site.untranslated == "link"
    return version.lang if links_only else say.lang


def _authors(index: Index, say: Texts, text: Text) -> Iterator[str]:
    """Public names of those who tell, else of the authors."""
    reading = languages.reading_order(say.lang, index.languages)
    for narrator in text.told_by:
        yield naming.of_label(index.labels[narrator.person], reading)[0]
    if not text.told_by:
        for credit in text.credits:
            if credit.role == "author" and credit.who != UNKNOWN:
                known = index.labels.get(credit.who) if credit.is_record else None
                yield naming.of_label(known, reading)[0] if known else credit.who


# --- addresses and times ---


def _href(index: Index, feed: str, page: str) -> str:
    site = index.archive.site.address
    return site + page if site else addresses.relative(feed, page)


def _id(index: Index, path: str) -> str:
    """What never changes about a feed or entry, wherever the site stands (RFC 4287, 4.2.6)."""
    site = index.archive.site
    return uuid.uuid5(_archive_id(site.title.best(site.languages)[1]), path).urn


@lru_cache(maxsize=1)
def _archive_id(title: str) -> uuid.UUID:
    return uuid.uuid5(_URN, title)


def _titled(title: str, lang: str) -> Xml:
    """A title; Atom has no direction, so a mark goes before one that would be misread."""
    ways = (unicodedata.bidirectional(letter) for letter in title)
    first = next((way for way in ways if way in {"L", "R", "AL"}), "")
    is_turned = first == "L" and languages.direction(lang) == "rtl"
    return xml.element("title", f"\u200f{title}" if is_turned else title)


def _summed(version: Version) -> Xml:
    """A summary; one that runs from right to left says so in HTML, as Atom itself cannot."""
    way = languages.direction(version.lang)
    if way == "ltr":
        return xml.element("summary", version.summary)
    words = f'<p dir="{way}" lang="{version.lang}">{html.escape(version.summary)}</p>'
    return xml.element("summary", words, attributes={"type": "html"})


def _day(text: Text) -> datetime.date:
    """The day on which the text was added, else its own."""
    return _last_day(text.added) or _last_day(text.date) or _NEVER


def _changed(index: Index, text: Text) -> datetime.date:
    """The day on which the text was added or last corrected."""
    corrected = index.back.corrections_of.get(text.id, ())
    return max([_day(text), *(_last_day(one.date) or _NEVER for one in corrected)])


def _last_day(date: EdtfDate | None) -> datetime.date | None:
    return (date.latest or date.earliest) if date else None


def _order(text: Text) -> tuple[datetime.date, datetime.date, str]:
    return _day(text), _last_day(text.date) or _NEVER, text.id


def _stamp(day: datetime.date) -> str:
    return f"{day.isoformat()}T00:00:00Z"
