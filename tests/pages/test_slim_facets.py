"""What a search can be narrowed down by: values, counts and the words that stand for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from aigaq.pages import slim, slim_facets, texts
from aigaq.pages.index import Index

if TYPE_CHECKING:
    from aigaq.archive.public import PublicArchive

KEYS = st.tuples(st.sampled_from(slim_facets.FACETS), st.text(max_size=12))


@given(KEYS, KEYS)
def test_no_token_is_the_beginning_of_another(
    one: tuple[str, str], other: tuple[str, str]
) -> None:
    first, second = slim_facets.token(*one), slim_facets.token(*other)

    assert len(first) == len(second)
    assert (first == second) == (one == other)


def test_a_text_has_its_kind_topics_years_and_places(archive: PublicArchive) -> None:
    values = slim_facets.of_pages(Index(archive))["testimonies/t-1111.html"]

    assert ("kind", "testimony") in values
    assert {facet for facet, _ in values} == set(slim_facets.FACETS)


def test_a_place_is_found_by_what_encloses_it(archive: PublicArchive) -> None:
    inner = next(place for place in archive.places.values() if place.within in archive.places)
    values = slim_facets.of_pages(Index(archive))[f"places/{inner.id}.html"]

    assert {("place", inner.id), ("place", inner.within)} <= set(values)


def test_of_a_protected_person_nothing_is_told_but_that(archive: PublicArchive) -> None:
    values = slim_facets.of_pages(Index(archive))["people/p-dd44.html"]

    assert archive.people["p-dd44"].protect != "open"
    assert values == (("kind", "person"),)


def test_each_count_is_the_number_of_pages_that_are_fed(archive: PublicArchive) -> None:
    index = Index(archive)
    spoken = {tag: texts.of(tag, "") for tag in archive.site.languages}
    fed = {
        lang: {page.path.partition("/")[2]: page.data.decode() for page in pages}
        for lang, pages in slim.pages(index, spoken).items()
    }

    for facet in slim_facets.of_archive(index):
        for value in facet.values:
            token = slim_facets.token(facet.name, value.key)
            having = {
                lang: {path for path, page in pages.items() if token in page}
                for lang, pages in fed.items()
            }
            assert dict(value.by_language) == {
                tag: len(paths) for tag, paths in having.items() if paths
            }
            assert value.everywhere == len(set().union(*having.values()))


def test_the_sizes_are_those_of_what_is_fed(archive: PublicArchive) -> None:
    index = Index(archive)
    spoken = {tag: texts.of(tag, "") for tag in archive.site.languages}
    fed = slim.pages(index, spoken)

    assert dict(slim_facets.sizes(index)) == {lang: len(pages) for lang, pages in fed.items()}
