from __future__ import annotations

import pickle

import pytest

from aigaq.pages.index import Index
from aigaq.pages.page import Contents


@pytest.fixture
def index(archive):
    return Index(archive)


def test_a_page_stands_in_every_language_of_the_site(index):
    pages = index.in_every_language(
        "person", lambda lang: f"{lang}/x.html", lambda: ("p-aa11",)
    )
    assert [(page.lang, page.path) for page in pages] == [
        ("en", "en/x.html"),
        ("kk", "kk/x.html"),
        ("ug", "ug/x.html"),
    ]


def test_all_versions_of_a_page_know_each_other(index):
    pages = index.in_every_language("person", lambda lang: f"{lang}/x.html", tuple)
    expected = (("en", "en/x.html"), ("kk", "kk/x.html"), ("ug", "ug/x.html"))
    assert {page.alternates for page in pages} == {expected}


def test_a_page_may_stand_in_some_languages_only(index):
    pages = index.in_every_language("x", lambda lang: f"{lang}/x.html", tuple, only=("kk",))
    assert [page.alternates for page in pages] == [(("kk", "kk/x.html"),)]


def test_a_page_has_the_labels_of_what_its_inputs_name(index):
    [page, *_] = index.in_every_language("x", lambda lang: lang, lambda: ("p-bb22", "nothing"))
    assert [label.id for label in page.labels.entries] == ["p-bb22"]


def test_what_a_page_is_made_from_is_worked_out_once_when_somebody_asks(index):
    asked = []

    def make() -> tuple[str, ...]:
        asked.append(None)
        return ("p-bb22",)

    pages = index.in_every_language("x", lambda lang: lang, make)
    assert asked == []
    assert {page.inputs for page in pages} == {("p-bb22",)}
    assert {page.labels for page in pages} == {pages[0].labels}
    assert asked == [None]


def test_in_another_process_it_arrives_worked_out(index):
    [page, *_] = index.in_every_language("x", lambda lang: lang, lambda: ("p-bb22",))

    sent = pickle.loads(pickle.dumps(page))

    assert type(sent.contents) is Contents
    assert (sent.inputs, sent.labels) == (page.inputs, page.labels)


def test_the_ways_back_are_those_of_the_archive(index):
    assert [m.text for m in index.back.mentions["p-ee55"]] == ["t-2222"]


@pytest.mark.parametrize(
    ("place", "is_here"),
    [("pl-county-x", True), ("pl-country-a", True), ("", True), ("pl-city-m", False)],
)
def test_a_place_lies_in_the_state_of_the_archive_or_not(index, place, is_here):
    assert index.is_here(place) == is_here
