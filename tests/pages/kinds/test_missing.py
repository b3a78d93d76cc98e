from __future__ import annotations

import dataclasses
import re


def test_all_links_are_absolute_since_the_depth_is_unknown(archive, html_of):
    targets = re.findall(r'(?:href|src)="([^"]*)"', html_of(archive, "404.html"))
    assert targets == [
        f"https://archive.example.org/{lang}/index.html" for lang in ("en", "kk", "ug")
    ]


def test_without_an_address_there_are_words_and_no_links(archive, view_of):
    site = dataclasses.replace(archive.site, address="")
    view = view_of(dataclasses.replace(archive, site=site), "404.html")
    assert [notice.home for notice in view.notices] == ["", "", ""]


def test_the_words_are_in_every_language_of_the_site(archive, view_of):
    view = view_of(archive, "404.html")
    assert [notice.tag for notice in view.notices] == ["en", "kk", "ug"]


def test_a_language_without_words_falls_back_to_english(archive, view_of):
    site = dataclasses.replace(archive.site, languages=("ky",))
    view = view_of(dataclasses.replace(archive, site=site), "404.html")
    assert [notice.tag for notice in view.notices] == ["en"]
