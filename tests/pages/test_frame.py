from __future__ import annotations

import dataclasses
import re

import pytest

from aigaq.pages import context, frame, texts
from aigaq.words.localised import Localised

PO = """
msgid ""
msgstr "X-Status: draft\\nContent-Type: text/plain; charset=utf-8\\n"

msgid "People"
msgstr "Адамдар"
"""


@pytest.fixture
def framed(archive, pages_of):
    """The frame of a page, under a site with some settings of its own."""

    def make(path, po_text="", **site):
        page = pages_of(archive)[path]
        made = dataclasses.replace(archive.site, **site)
        return frame.of(context.Context(page, made, texts.of(page.lang, po_text)))

    return make


def test_the_menu_is_that_of_the_site(framed):
    menu = framed("kk/wall.html", PO, menu=("home", "people", "about", "wall")).menu
    assert [entry.path for entry in menu] == [
        "kk/index.html",
        "kk/people/index.html",
        "kk/about.html",
        "kk/wall.html",
    ]
    assert [entry.phrase.text for entry in menu[1:3]] == ["Адамдар", "Жоба туралы"]


def test_the_menu_says_where_the_reader_is(framed):
    menu = framed("en/wall.html", menu=("home", "wall")).menu
    assert [entry.current for entry in menu] == [False, True]


def test_without_a_menu_of_its_own_a_site_has_the_usual_one(framed):
    assert len(framed("en/index.html", menu=()).menu) == len(frame.DEFAULT_MENU)


def test_the_menu_leads_to_pages_that_exist(framed, archive, pages_of):
    keys = (*frame._LISTS, *frame._SINGLE)
    site = dataclasses.replace(archive.site, mirrors=True)
    there = set(pages_of(dataclasses.replace(archive, site=site)))
    assert {entry.path for entry in framed("en/wall.html", menu=keys).menu} <= there


def test_pages_that_are_not_in_the_menu_stand_in_the_footer(framed):
    shown = framed("kk/wall.html", menu=("home", "corrections")).footer
    paths = [entry.path for entry in shown]
    assert "kk/about.html" in paths
    assert "kk/coverage.html" in paths
    assert "kk/corrections.html" not in paths


def test_the_footer_leads_to_pages_that_exist(framed, archive, pages_of):
    footer = framed("en/wall.html", menu=("home",)).footer
    assert {entry.path for entry in footer} <= set(pages_of(archive))


def test_the_languages_are_told_in_their_own_names(framed):
    shown = framed("kk/wall.html").languages
    assert [(e.tag, e.autonym, e.dir, e.path, e.current) for e in shown] == [
        ("en", "English", "ltr", "en/wall.html", False),
        ("kk", "Қазақша", "ltr", "kk/wall.html", True),
        ("ug", "ئۇيغۇرچە", "rtl", "ug/wall.html", False),
    ]


def test_alternates_are_whole_addresses_with_a_default(framed):
    assert framed("kk/wall.html", address="https://a.example/b/").alternates == (
        ("en", "https://a.example/b/en/wall.html"),
        ("kk", "https://a.example/b/kk/wall.html"),
        ("ug", "https://a.example/b/ug/wall.html"),
        ("x-default", "https://a.example/b/en/wall.html"),
    )


def test_alternates_are_the_same_on_every_page_that_they_name(framed):
    assert len({framed(f"{lang}/wall.html").alternates for lang in ("en", "kk", "ug")}) == 1


def test_without_an_address_there_is_neither_canonical_nor_alternate(framed):
    made = framed("en/wall.html", address="")
    assert (made.canonical, made.alternates) == ("", ())


def test_the_canonical_address_is_the_page_itself(framed):
    made = framed("ug/wall.html", address="https://a.example/")
    assert made.canonical == "https://a.example/ug/wall.html"


@pytest.mark.parametrize(("po_text", "is_draft"), [(PO, True), ("", False)])
def test_a_draft_of_the_interface_is_told(framed, po_text, is_draft):
    assert framed("kk/wall.html", po_text).draft_interface is is_draft


@pytest.mark.parametrize(("path", "needs"), [("en/search.html", True), ("en/wall.html", False)])
def test_only_the_search_needs_webassembly(framed, path, needs):
    assert framed(path).needs_wasm is needs


def test_the_exit_leads_where_the_readers_language_says(framed):
    ways = Localised.of({"en": "https://en.example.org/", "kk": "https://kk.example.org/"})
    assert framed("kk/index.html", exit_link=ways).exit == "https://kk.example.org/"


def test_a_site_without_an_exit_shows_none(html_of, archive):
    assert 'class="exit"' not in html_of(archive, "en/index.html")


def test_the_exit_stands_before_all_else_of_the_page(html_of, archive):
    ways = Localised.of({"en": "https://en.example.org/"})
    site = dataclasses.replace(archive.site, exit_link=ways)
    html = html_of(dataclasses.replace(archive, site=site), "en/index.html")
    assert html.index('class="exit"') < html.index('class="skip"')


def test_the_exit_tells_nobody_where_it_was_pressed(html_of, archive):
    ways = Localised.of({"en": "https://en.example.org/"})
    site = dataclasses.replace(archive.site, exit_link=ways)
    html = html_of(dataclasses.replace(archive, site=site), "en/index.html")
    (link,) = re.findall('<a href="https://en.example.org/"([^>]*)>', html)
    assert link.split() == ['rel="noreferrer', 'noopener"', 'referrerpolicy="no-referrer"']


@pytest.mark.parametrize("path", ["index.html", "404.html", "en/wall.html", "ug/search.html"])
def test_every_page_has_the_exit_also_those_with_a_frame_of_their_own(path, html_of, archive):
    ways = Localised.of({"en": "https://en.example.org/", "ug": "https://ug.example.org/"})
    site = dataclasses.replace(archive.site, exit_link=ways)
    html = html_of(dataclasses.replace(archive, site=site), path)
    assert f'href="https://{"ug" if path.startswith("ug") else "en"}.example.org/"' in html
    assert html.count('class="exit"') == 1
