from __future__ import annotations

import posixpath
from itertools import pairwise

import pytest

from aigaq.archive.public import ContentPage, Version
from aigaq.pages import routes
from aigaq.pages.index import Index
from aigaq.words.fragments import Block, Fragment

WORDS = Fragment(blocks=(Block(kind="paragraph", html="<p>Words.</p>", text="Words.", line=1),))


def planned(build_archive, *slugs):
    pages = {
        slug: ContentPage(slug=slug, versions=(Version(lang="en", title="Page", body=WORDS),))
        for slug in slugs
    }
    return routes.plan(Index(build_archive(pages=pages)))


def test_pages_are_sorted_by_path(archive):
    pages, found = routes.plan(Index(archive))
    assert found == []
    assert [page.path for page in pages] == sorted(page.path for page in pages)


def test_all_languages_of_a_page_are_made_one_after_the_other(archive):
    pages, _ = routes.plan(Index(archive))

    made = [page.path for page in routes.in_groups(reversed(pages))]

    assert sorted(made) == [page.path for page in pages]
    same = [path.partition("/")[2] for path in made]
    ends = [one for one, after in pairwise([*same, None]) if one != after]
    assert len(ends) == len(set(ends)) < len(made)
    assert made.index("kk/wall.html") == made.index("en/wall.html") + 1


def test_every_page_is_among_its_own_alternates(archive):
    pages, _ = routes.plan(Index(archive))
    assert [
        p.path for p in pages if p.alternates and (p.lang, p.path) not in p.alternates
    ] == []


def test_alternates_are_reciprocal(archive):
    pages, _ = routes.plan(Index(archive))
    by_path = {page.path: page for page in pages}
    for page in pages:
        for _, path in page.alternates:
            assert by_path[path].alternates == page.alternates


def test_a_page_of_the_editors_on_the_path_of_another_is_an_error(build_archive):
    _, found = planned(build_archive, "wall")
    assert {problem.code for problem in found} == {"R001"}
    assert [problem.span.path for problem in found] == ["content/pages/wall.en.md"]


@pytest.mark.parametrize(
    "slugs",
    [("about", "About"), ("caf\u00e9", "cafe\u0301"), ("stra\u00dfe", "strasse")],
)
def test_paths_that_some_file_systems_take_for_one_collide(build_archive, slugs):
    _, found = planned(build_archive, *slugs)
    assert len(found) == 1  # told once, not once a language
    assert all(problem.code == "R001" for problem in found)


def test_paths_are_relative_and_stay_below_the_output(archive):
    pages, _ = routes.plan(Index(archive))
    assert all(posixpath.normpath(page.path) == page.path for page in pages)
    assert not any(page.path.startswith(("/", "..")) for page in pages)
