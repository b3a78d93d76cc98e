"""Which table holds what."""

from __future__ import annotations

import pytest

from aigaq.desk.importing import kinds


@pytest.mark.parametrize("name", ["people", "person", "People", " PERSON "])
def test_a_table_is_known_by_the_name_of_its_kind(name: str) -> None:
    kind = kinds.named(name)
    assert kind is not None
    assert kind.name == "people"


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("content/people/a/p-1.yaml", "people"),
        ("content/testimonies/t-1.en.md", "testimonies"),
        ("content/topics.yaml", "topics"),
        ("content/media/scarf.jpg.yaml", "media"),
        ("content/media/scarf.jpg", ""),
        ("site.yaml", ""),
        ("theme/site.css", ""),
    ],
)
def test_a_file_is_known_by_its_folder(path: str, name: str) -> None:
    kind = kinds.at(path)
    assert (kind.name if kind else "") == name
