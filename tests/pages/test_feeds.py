"""Feeds: valid Atom, newest first, in the right language, the same until one is added."""

from __future__ import annotations

import dataclasses
import datetime
import re
import uuid
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin
from xml.etree import ElementTree

import pytest

from aigaq.archive.public import Correction, Site
from aigaq.pages import feeds, texts
from aigaq.pages.index import Index
from aigaq.words.localised import Localised

if TYPE_CHECKING:
    from collections.abc import Callable

    from aigaq.archive.public import PublicArchive

ATOM = "{http://www.w3.org/2005/Atom}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def feeds_of(archive: PublicArchive) -> dict[str, ElementTree.Element]:
    spoken = {lang: texts.of(lang, "") for lang in archive.site.languages}
    made = feeds.artifacts(Index(archive), spoken)
    return {artifact.path: ElementTree.fromstring(artifact.data) for artifact in made}


def entries(feed: ElementTree.Element) -> list[ElementTree.Element]:
    return feed.findall(f"{ATOM}entry")


def address(entry: ElementTree.Element) -> str:
    """Where an entry's page is."""
    link = entry.find(f"{ATOM}link")
    return link.get("href", "") if link is not None else ""


def ids(archive: PublicArchive) -> list[tuple[str, str]]:
    """Every id of every feed, by the feed's path and in order."""
    return [
        (path, node.findtext(f"{ATOM}id", ""))
        for path, feed in feeds_of(archive).items()
        for node in (feed, *entries(feed))
    ]


def test_an_id_is_absolute_and_stays_under_another_address(archive: PublicArchive) -> None:
    elsewhere = dataclasses.replace(archive.site, address="https://mirror.example.net/a/b/")
    nowhere = dataclasses.replace(archive.site, address="")

    found = ids(archive)
    for site in (elsewhere, nowhere):
        assert ids(dataclasses.replace(archive, site=site)) == found
    for _, one in found:
        assert uuid.UUID(one).urn == one


def test_two_archives_have_no_id_in_common(archive: PublicArchive) -> None:
    title = Localised.of({"en": "Placeholder Other Archive"})
    other = dataclasses.replace(archive, site=dataclasses.replace(archive.site, title=title))

    assert not {one for _, one in ids(archive)} & {one for _, one in ids(other)}


def test_a_text_has_one_id_in_all_feeds_of_a_language_and_others_in_other_languages(
    archive: PublicArchive,
) -> None:
    by_page: dict[str, set[str]] = {}
    for feed in feeds_of(archive).values():
        for entry in entries(feed):
            by_page.setdefault(address(entry), set()).add(entry.findtext(f"{ATOM}id", ""))

    assert all(len(found) == 1 for found in by_page.values())
    assert len(set.union(*by_page.values())) == len(by_page)


def test_what_runs_from_right_to_left_says_so_where_atom_cannot(
    archive: PublicArchive, changed: Callable[..., PublicArchive]
) -> None:
    (version,) = archive.texts["t-2222"].versions
    version = dataclasses.replace(version, title="VOA: قايتىپ", summary="خەت & <سۆز>")
    told = changed(archive, texts={"t-2222": {"versions": (version,)}})
    (entry,) = (e for e in entries(feeds_of(told)["en/feed.xml"]) if "t-2222" in address(e))
    summary = entry.find(f"{ATOM}summary")

    assert entry.findtext(f"{ATOM}title") == "\u200fVOA: قايتىپ"
    assert summary is not None
    assert (summary.get("type"), summary.text) == (
        "html",
        '<p dir="rtl" lang="ug">خەت &amp; &lt;سۆز&gt;</p>',
    )


def titles(feed: ElementTree.Element) -> list[str]:
    return [entry.findtext(f"{ATOM}title", "") for entry in entries(feed)]


def test_each_language_series_and_topic_has_a_feed(archive: PublicArchive) -> None:
    found = feeds_of(archive)

    assert {"en/feed.xml", "kk/series/nearby.xml", "ug/topics/prison.xml"} <= set(found)
    assert len(found) == 3 * (1 + len(archive.series) + len(archive.topics))


def test_every_feed_and_entry_has_what_atom_requires(archive: PublicArchive) -> None:
    for feed in feeds_of(archive).values():
        for node in (feed, *entries(feed)):
            for name in ("id", "title", "updated"):
                assert node.findtext(f"{ATOM}{name}"), (feed.findtext(f"{ATOM}id"), name)
        assert feed.find(f"{ATOM}author/{ATOM}name") is not None


def test_what_was_added_last_comes_first(archive: PublicArchive) -> None:
    added = [
        entry.findtext(f"{ATOM}updated", "")
        for entry in entries(feeds_of(archive)["en/feed.xml"])
    ]

    assert added == sorted(added, reverse=True)
    assert added[0] == "2026-11-22T00:00:00Z"


def test_a_feed_does_not_depend_on_the_day_of_the_build(archive: PublicArchive) -> None:
    later = dataclasses.replace(archive, built=datetime.date(2030, 1, 1))
    spoken = {lang: texts.of(lang, "") for lang in archive.site.languages}

    first = feeds.artifacts(Index(archive), spoken)

    assert feeds.artifacts(Index(later), spoken) == first


def test_an_untranslated_text_is_marked_with_its_own_language(archive: PublicArchive) -> None:
    found = {
        entry.findtext(f"{ATOM}title"): entry.get(LANG)
        for entry in entries(feeds_of(archive)["en/feed.xml"])
    }

    assert found["مەن قايتىپ كەلدىم"] == "ug"
    assert found["If I do not look for her, who will?"] is None


def test_a_topic_has_its_own_texts_only(archive: PublicArchive) -> None:
    assert titles(feeds_of(archive)["en/topics/detention.xml"]) == ["مەن قايتىپ كەلدىم"]


def test_without_an_address_ids_are_names_and_links_are_relative(
    archive: PublicArchive, build_archive: Callable[..., PublicArchive]
) -> None:
    site = Site(title=archive.site.title, languages=("en",))
    feed = feeds_of(build_archive(site=site))["en/series/nearby.xml"]
    link = entries(feed)[0].find(f"{ATOM}link")

    assert feed.findtext(f"{ATOM}id", "").startswith("urn:uuid:")
    assert link is not None
    assert link.get("href", "").startswith("../testimonies/")


def test_where_only_links_are_wanted_a_feed_leads_to_the_original(
    archive: PublicArchive, build_archive: Callable[..., PublicArchive]
) -> None:
    site = dataclasses.replace(archive.site, untranslated="link")
    feed = feeds_of(build_archive(site=site))["en/topics/detention.xml"]
    link = entries(feed)[0].find(f"{ATOM}link")

    assert link is not None
    assert link.get("href") == "https://archive.example.org/ug/testimonies/t-2222.html"


def test_a_feed_has_the_newest_fifty(
    archive: PublicArchive, build_archive: Callable[..., PublicArchive]
) -> None:
    text = archive.texts["t-1111"]
    many = {f"t-{n:04}": dataclasses.replace(text, id=f"t-{n:04}") for n in range(60)}

    assert len(entries(feeds_of(build_archive(texts=many))["en/feed.xml"])) == feeds.SIZE


@pytest.mark.parametrize("path", ["en/feed.xml", "kk/topics/prison.xml"])
def test_those_who_tell_are_the_authors(archive: PublicArchive, path: str) -> None:
    names: dict[str | None, Any] = {
        address(entry): entry.findtext(f"{ATOM}author/{ATOM}name")
        for entry in entries(feeds_of(archive)[path])
    }

    told = next(name for address, name in names.items() if address and "t-1111" in address)
    assert told in {"Placeholder Daughter", "Плейсхолдер Қызы"}


MOMENT = re.compile(r"\d{4}-\d\d-\d\dT00:00:00Z")
ONCE = ("id", "title", "updated")  # RFC 4287, sections 4.1.1 and 4.1.2
OF_FEED = {"id", "title", "updated", "author", "link", "entry"}
OF_ENTRY = {"id", "title", "updated", "published", "author", "link", "summary"}


def test_every_feed_is_valid_atom(archive: PublicArchive) -> None:
    for path, feed in feeds_of(archive).items():
        assert feed.tag == f"{ATOM}feed"
        for node, known in ((feed, OF_FEED), *((entry, OF_ENTRY) for entry in entries(feed))):
            assert {child.tag.removeprefix(ATOM) for child in node} <= known, path
            assert [len(node.findall(f"{ATOM}{name}")) for name in ONCE] == [1, 1, 1], path
            assert MOMENT.fullmatch(node.findtext(f"{ATOM}updated", "")), path
            links = node.findall(f"{ATOM}link")
            ways = [(one.get("rel"), one.get("type"), one.get("hreflang")) for one in links]
            assert len(ways) == len(set(ways)), path
            assert all(one.get("href") for one in links), path
            assert "alternate" in {one.get("rel") for one in links}, path
        ids = [entry.findtext(f"{ATOM}id") for entry in entries(feed)]
        assert len(ids) == len(set(ids)), path
        newest = [feed.findtext(f"{ATOM}updated", "")]
        changed = [entry.findtext(f"{ATOM}updated", "") for entry in entries(feed)]
        assert max(changed, default=newest[0]) == newest[0], path


def test_a_correction_updates_a_text_and_does_not_make_it_new(
    archive: PublicArchive, date: Callable[[str], Any], words: Callable[..., Any]
) -> None:
    late = Correction(date=date("2027-01-05"), record="t-3333", what=words(en="A month."))
    told = dataclasses.replace(archive, corrections=(late,))

    before, after = (feeds_of(one)["en/feed.xml"] for one in (archive, told))

    assert titles(after) == titles(before)
    (entry,) = (e for e in entries(after) if "t-3333" in address(e))
    assert entry.findtext(f"{ATOM}updated") == "2027-01-05T00:00:00Z"
    assert entry.findtext(f"{ATOM}published") != "2027-01-05T00:00:00Z"
    assert after.findtext(f"{ATOM}updated") == "2027-01-05T00:00:00Z"


def test_a_feed_and_its_page_lead_to_each_other(
    archive: PublicArchive, html_of: Callable[..., str]
) -> None:
    site = archive.site.address
    for path, feed in feeds_of(archive).items():
        ways = {link.get("rel"): link.get("href", "") for link in feed.findall(f"{ATOM}link")}
        assert ways["self"] == site + path
        page = ways["alternate"].removeprefix(site)
        head = html_of(archive, page).partition("</head>")[0]
        found = re.findall(r'type="application/atom\+xml"[^>]*href="([^"]+)"', head)
        assert path in {urljoin(page, href) for href in found}, path
