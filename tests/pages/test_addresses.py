from __future__ import annotations

import posixpath

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aigaq.pages import addresses

PARTS = st.sampled_from(["en", "kk", "people", "a", "b"])
PATHS = st.lists(PARTS, max_size=4).map(lambda folders: "/".join([*folders, "page.html"]))


@settings(deadline=None)  # the machine may be busy
@given(PATHS, PATHS)
def test_a_relative_link_is_what_posix_says(source, target):
    expected = posixpath.relpath(target, posixpath.dirname(source) or ".")
    assert addresses.relative(source, target) == expected


@settings(deadline=None)  # the machine may be busy
@given(PATHS, PATHS)
def test_a_relative_link_leads_there(source, target):
    joined = posixpath.join(posixpath.dirname(source), addresses.relative(source, target))
    assert posixpath.normpath(joined) == target


def test_a_relative_link_always_names_a_file():
    assert addresses.relative("en/people/p-1.html", "en/people/index.html") == "index.html"


@pytest.mark.parametrize(
    ("number", "path"), [(1, "kk/people/index.html"), (2, "kk/people/page-2.html")]
)
def test_the_pages_of_a_list_are_counted_from_one(number, path):
    assert addresses.of_list("person", "kk", number) == path


@pytest.mark.parametrize("kind", addresses.FOLDERS)
def test_a_record_has_its_page_in_the_tree_of_the_language(kind):
    path = addresses.of_record(kind, "x-1", "ug")
    assert path == f"ug/{addresses.FOLDERS[kind]}/x-1.html"
