from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aigaq.pages import labels
from aigaq.pages.labels import Label
from aigaq.words import edtf

KNOWN = {i: Label(kind="person", id=i) for i in ("p-1", "p-2", "p-3")}


@dataclass(frozen=True, slots=True)
class Box:
    """Something that holds something."""

    inside: Any


@settings(deadline=None)  # the machine may be busy
@given(
    st.recursive(
        st.just("p-2"),
        lambda deeper: st.one_of(
            deeper.map(Box),
            deeper.map(lambda value: ("words", value, 7, None)),
            deeper.map(lambda value: MappingProxyType({"key": value})),
        ),
        max_leaves=8,
    )
)
def test_an_id_is_found_however_deep_it_stands(values):
    assert labels.mentioned(values, KNOWN).entries == (KNOWN["p-2"],)


@pytest.mark.parametrize(
    "values", [frozenset({"p-1"}), MappingProxyType({"p-1": 1}), Box(Box(("p-1",)))]
)
def test_an_id_is_found_in_sets_and_in_keys(values):
    assert labels.mentioned(values, KNOWN).entries == (KNOWN["p-1"],)


def test_labels_are_sorted_and_each_stands_once():
    found = labels.mentioned(("p-3", "p-1", Box("p-3")), KNOWN)
    assert [label.id for label in found.entries] == ["p-1", "p-3"]


def test_an_id_within_other_words_is_no_id():
    assert labels.mentioned(("see p-1", edtf.parse("2017")), KNOWN).entries == ()


def test_a_group_brings_the_person_on_whose_page_it_stands():
    known = KNOWN | {"g-1": Label(kind="group", id="g-1", of="p-3")}
    assert [label.id for label in labels.mentioned(("g-1",), known).entries] == ["g-1", "p-3"]


def test_every_record_of_an_archive_has_a_label(archive):
    found = labels.of_archive(archive)
    kinds = ("people", "groups", "places", "organisations", "texts", "topics", "series")
    assert set(found) == {i for kind in kinds for i in getattr(archive, kind)}


def test_the_label_of_a_text_knows_its_languages_the_original_first(archive):
    assert labels.of_archive(archive)["t-1111"].languages == ("kk", "en")


def test_the_label_of_a_protected_person_says_so(archive):
    assert labels.of_archive(archive)["p-dd44"].protect == "pseudonym"


def test_all_ids_that_a_record_names_are_found(archive):
    found = labels.mentioned(archive.texts["t-1111"], labels.of_archive(archive)).by_id()
    named = {
        "p-aa11",
        "p-bb22",
        "p-cc33",
        "p-dd44",
        "g-0007",
        "pl-camp-1",
        "pl-city-m",
        "nearby",
    }
    assert named | {"org-embassy", "prison", "families-apart"} <= set(found)


def test_what_pages_share_is_found_on_each_of_them(archive: Any) -> None:
    text, known = archive.texts["t-1111"], labels.of_archive(archive)
    mentions = labels.Mentions(known)

    found = [mentions.of(Box(text.claims)) for _ in range(2)]

    assert found[0] == found[1] == labels.mentioned(Box(text.claims), known)
    assert len(found[0].entries) > 2
