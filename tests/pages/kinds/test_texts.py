from __future__ import annotations

import dataclasses
from types import MappingProxyType

import pytest


@pytest.fixture(name="many")
def _many(archive):
    """The archive with 51 texts."""
    text = archive.texts["t-2222"]
    more = {
        f"t-{n:04}": dataclasses.replace(text, id=f"t-{n:04}", claims=()) for n in range(48)
    }
    return dataclasses.replace(
        archive, texts=MappingProxyType(dict(archive.texts) | more), series=MappingProxyType({})
    )


def test_texts_stand_oldest_first(archive, view_of):
    view = view_of(archive, "en/testimonies/index.html")
    assert [card.title.path[-11:-5] for card in view.texts] == ["t-3333", "t-2222", "t-1111"]


def test_the_fifty_first_text_opens_a_second_page(many, view_of):
    view = view_of(many, "en/testimonies/page-2.html")
    assert len(view.texts) == 1
    assert view.pager.previous == "en/testimonies/index.html"
    assert view.pager.following == ""


def test_the_first_page_leads_to_the_second(many, html_of):
    html = html_of(many, "kk/testimonies/index.html")
    assert '<a href="page-2.html" rel="next">Next page</a>' in html


def test_a_new_text_leaves_the_earlier_pages_as_they_were(many, pages_of):
    text = dataclasses.replace(many.texts["t-1111"], id="t-new", claims=(), asked=())
    grown = dataclasses.replace(
        many, texts=MappingProxyType(dict(many.texts) | {"t-new": text})
    )
    path = "en/testimonies/index.html"
    assert pages_of(many)[path].inputs == pages_of(grown)[path].inputs


def test_an_empty_archive_says_so(build_archive, html_of):
    nothing = MappingProxyType({})
    empty = build_archive(texts=nothing, series=nothing, corrections=(), redirects=nothing)
    assert "There is nothing here yet." in html_of(empty, "en/testimonies/index.html")
