from __future__ import annotations

import pytest

from aigaq.words import labels, vocabularies

IN_WORDS = [(name, key) for name, keys in vocabularies.LISTS.items() for key in keys]


@pytest.mark.parametrize("name", vocabularies.LISTS)
def test_no_list_holds_a_key_twice(name: str) -> None:
    keys = vocabularies.LISTS[name]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize(("name", "key"), IN_WORDS)
def test_every_key_has_a_label_in_words(name: str, key: str) -> None:
    label = vocabularies.label(name, key)
    assert label.strip() == label
    assert label


@pytest.mark.parametrize("name", labels.LABELS)
def test_labels_belong_to_keys_that_exist(name: str) -> None:
    assert set(labels.LABELS[name]) <= set(vocabularies.LISTS[name])


@pytest.mark.parametrize("name", vocabularies.LISTS)
def test_two_keys_of_a_list_never_read_the_same(name: str) -> None:
    read = [vocabularies.label(name, key) for key in vocabularies.LISTS[name]]
    assert len(read) == len(set(read))


def test_catalogues_get_every_key_of_every_list() -> None:
    assert len(list(vocabularies.messages())) == len(IN_WORDS)
    assert ("known_by", "told by an official") in vocabularies.messages()


def test_a_key_is_its_own_label_with_spaces_for_hyphens() -> None:
    assert vocabularies.label("status", "died-in-custody") == "died in custody"


def test_every_kind_of_claim_has_a_rule() -> None:
    assert set(vocabularies.WHATS) == {
        what for group in vocabularies.CLAIM_GROUPS.values() for what in group
    }


def test_every_status_stands_in_one_group() -> None:
    grouped = [key for keys in vocabularies.STATUS_GROUPS.values() for key in keys]
    assert sorted(grouped) == sorted(vocabularies.STATUSES)


def test_who_was_released_is_not_on_the_wall() -> None:
    assert "released" not in vocabularies.ON_THE_WALL
    assert "held-by-private-person" not in vocabularies.ON_THE_WALL
    assert "cannot-leave" in vocabularies.ON_THE_WALL


def test_protection_grows_stricter_along_the_list() -> None:
    order = vocabularies.PROTECT.index
    assert order("open") < order("pseudonym") < order("sealed-until") < order("withdrawn")


@pytest.mark.parametrize(
    ("relation", "sex", "other"),
    [
        ("mother", "female", "daughter"),
        ("mother", "male", "son"),
        ("mother", "", "child"),
        ("son", "female", "mother"),
        ("husband", "female", "wife"),
        ("wife", "", "spouse"),
        ("elder-sister", "male", "younger-brother"),
        ("younger-brother", "", "sibling"),
        ("maternal-uncle", "female", "niece"),
        ("niece", "male", "uncle"),
        ("father-in-law", "male", "son-in-law"),
        ("lawyer", "", "client"),
        ("client", "female", "lawyer"),
        ("ward", "", "guardian"),
        ("neighbour", "male", "neighbour"),
        ("advocate", "", ""),
        ("other", "female", ""),
    ],
)
def test_a_relation_has_its_word_from_the_other_side(
    relation: str, sex: str, other: str
) -> None:
    assert vocabularies.inverse(relation, sex) == other


@pytest.mark.parametrize("relation", vocabularies.INVERSE)
@pytest.mark.parametrize("sex", ["", "female", "male"])
def test_what_is_seen_from_the_other_side_is_a_relation_with_a_way_back(
    relation: str, sex: str
) -> None:
    other = vocabularies.inverse(relation, sex)
    ways_back = {vocabularies.inverse(other, back) for back in ("", "female", "male")}
    assert other in vocabularies.RELATIONS
    assert relation in ways_back or other in {"relative", "sibling"} or "ternal" in relation


@pytest.mark.parametrize("relation", vocabularies.RELATIONS)
def test_only_advocate_and_other_are_shown_from_one_side_only(relation: str) -> None:
    one_sided = not vocabularies.inverse(relation)
    assert one_sided == (relation in {"advocate", "other"})
