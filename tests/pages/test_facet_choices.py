"""The values that a search is narrowed down by, as a reader of a language is offered them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from aigaq.archive.public import Place, PublicArchive
from aigaq.pages import facet_choices, slim_facets, texts
from aigaq.pages.index import Index

if TYPE_CHECKING:
    from collections.abc import Callable


def rows(archive: PublicArchive, lang: str) -> dict[str, list[list[Any]]]:
    """As the script of a language has them."""
    index = Index(archive)
    spoken = {tag: texts.of(tag, "") for tag in index.languages}
    made = {a.path: a.data.decode() for a in facet_choices.artifacts(index, spoken)}
    said: dict[str, list[list[Any]]] = json.loads(
        made[f"assets/choices/{lang}.js"].removeprefix("window.aigaqChoices = ").rstrip(";\n")
    )
    return said


def test_a_choice_has_a_label_for_the_reader_and_both_counts(archive: PublicArchive) -> None:
    kinds = {row[0]: row for row in rows(archive, "kk")["kind"]}

    assert kinds["person"][2:] == ["Person", len(archive.people), len(archive.people)]
    testimonies = [t for t in archive.texts.values() if t.kind == "testimony"]
    in_kazakh = [t for t in testimonies if t.version("kk")]
    assert kinds["testimony"][3:] == [len(in_kazakh), len(testimonies)]


def test_a_label_in_another_language_is_told_with_it(archive: PublicArchive) -> None:
    places = rows(archive, "ug")["place"]

    assert {row[5] for row in places if len(row) == 6} <= {"en", "kk", "zh-Hans"}
    assert any(len(row) == 6 for row in places)


def test_the_newest_year_comes_first_and_words_from_a_to_z(archive: PublicArchive) -> None:
    found = rows(archive, "en")
    years = [row[0] for row in found["year"]]
    kinds = [row[2].casefold() for row in found["kind"]]

    assert years == sorted(years, reverse=True)
    assert kinds == sorted(kinds)


def test_each_value_of_a_large_archive_is_offered(
    build_archive: Callable[..., PublicArchive], archive: PublicArchive
) -> None:
    name = next(iter(archive.places.values())).names[:1]
    many = {f"pl-{n}": Place(id=f"pl-{n}", type="county", names=name) for n in range(700)}

    found = rows(build_archive(places=many), "en")["place"]

    assert {row[0] for row in found} == set(many)
    assert len({row[1] for row in found}) == 700
    assert found[0][1] == slim_facets.token("place", found[0][0])
