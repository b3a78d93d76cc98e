from __future__ import annotations

from typing import Any

import pytest

from aigaq.archive import spellings


def person(sources: Any, *names: str, record: str = "p-1", lang: str = "en") -> Any:
    return sources.person(record, names=[{"text": name, "lang": lang} for name in names])


def found(sources: Any) -> list[tuple[str, str, str]]:
    archive, _ = sources.linked()
    return [(one.record, one.text, one.resembles) for one in spellings.found(archive)]


def test_a_spelling_that_no_record_declares_is_found(sources: Any) -> None:
    person(sources, "Kunbolat", "Құнболат").text(
        "t-1", body="Then [Qunbolat](person:p-1) left.\n"
    )

    [one] = spellings.found(sources.linked()[0])

    assert (one.record, one.text, one.resembles) == ("p-1", "Qunbolat", "Kunbolat")
    assert [str(place) for place in one.places] == ["content/testimonies/t-1.en.md:7:7"]
    assert str(one.span).startswith("content/people/p-1.yaml:1")


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        ("kk", "Сол күні Еркіннің үйіне Еркінге барды."),
        ("ru", "Потом Еркіна увидели у Еркіну."),
        ("tr", "Sonra Serikzhan’ın evi."),
        ("en", "It was Serikzhan’s house."),
        ("ug", "ئۇ سېرىكجاننىڭ ئۆيى."),
    ],
)
def test_a_declared_name_with_an_ending_is_declared(sources: Any, lang: str, told: str) -> None:
    person(sources, "Еркін", "Serikzhan", "سېرىكجان")
    sources.site(languages=["en", "kk", "ru", "tr", "ug"])
    sources.text("t-1", lang, body=f"{told}\n", mentions=["p-1"])

    assert found(sources) == []


@pytest.mark.parametrize(
    ("lang", "told", "spelling"),
    [
        ("kk", "Сол күні Кунболаттың үйі.", "Кунболат"),
        ("ru", "Тогда Кунбулата увезли.", "Кунбулат"),
        ("tr", "Sonra Künbolat’ın evi.", "Künbolat"),
        ("ug", "ئۇ قۇنبولاتنىڭ ئۆيى.", "قۇنبولات"),
    ],
)
def test_an_undeclared_one_is_shown_without_its_ending(
    sources: Any, lang: str, told: str, spelling: str
) -> None:
    person(sources, "Kunbolat").site(languages=["en", "kk", "ru", "tr", "ug"])
    sources.text("t-1", lang, body=f"{told}\n", mentions=["p-1"])

    assert [text for _, text, _ in found(sources)] == [spelling]


def test_it_is_said_where_a_name_has_no_spelling_in_the_script(sources: Any) -> None:
    person(sources, "Kunbolat").text(
        "t-1", "kk", body="Сол Құнболат кетті.\n", mentions=["p-1"]
    )

    [one] = spellings.found(sources.linked()[0])

    assert one.is_first


@pytest.mark.parametrize(
    "told",
    [
        "Marked by the sea.",  # an ordinary word at the head of a sentence, small elsewhere
        "He was Kunbolatuly then.",  # his son, perhaps
        "Ola came.",  # short words are alike by chance
    ],
)
def test_what_is_no_spelling_of_a_name_is_left_alone(sources: Any, told: str) -> None:
    person(sources, "Merket", "Kunbolat", "Ali")
    sources.text("t-1", body=f"{told}\n\nIt was marked.\n", mentions=["p-1"])

    assert found(sources) == []


def test_a_name_of_another_person_is_theirs_where_the_whole_name_stands(sources: Any) -> None:
    person(sources, "Sample Kunbolat")
    person(sources, "Other Qunbolat", record="p-2")
    sources.text("t-1", body="Then Other Qunbolat left.\n", mentions=["p-1"])

    assert found(sources) == []


def test_another_persons_spelling_alone_is_none_of_this_one(sources: Any) -> None:
    person(sources, "Sample Kunbolat")
    person(sources, "Other Qunbolat", record="p-2")
    sources.text("t-1", body="Then Qunbolat left.\n", mentions=["p-1"])

    assert found(sources) == [("p-1", "Qunbolat", "Sample Kunbolat")]


def test_of_people_whom_the_text_does_not_name_two_words_count(sources: Any) -> None:
    person(sources, "Serikzhan Kunbolat")
    sources.text("t-1", body="Then Serikjan Qunbolat left.\n")
    sources.text("t-2", body="Then Qunbolat left.\n")

    assert found(sources) == [
        ("p-1", "Qunbolat", "Serikzhan Kunbolat"),
        ("p-1", "Serikjan", "Serikzhan Kunbolat"),
    ]


def test_words_of_an_office_are_no_names(sources: Any) -> None:
    sources.organisation("org-1", names="Example Committee")
    sources.text("t-1", body="The Commitee met.\n", mentions=["org-1"])

    assert found(sources) == []


def test_a_place_is_found_in_any_text(sources: Any) -> None:
    sources.place("pl-1", names="Mongolkure").text("t-1", body="They lived in Mongolkyre.\n")

    assert found(sources) == [("pl-1", "Mongolkyre", "Mongolkure")]


def test_free_words_of_claims_are_read(sources: Any) -> None:
    claim = {"about": "p-1", "what": "other", "words": "as Qunbolat said"}
    person(sources, "Kunbolat").text("t-1", claims=[claim])

    assert found(sources) == [("p-1", "Qunbolat", "Kunbolat")]


def test_protected_people_are_compared_with_nothing(sources: Any) -> None:
    names = [{"text": "Kunbolat", "lang": "en", "kind": "pseudonym"}]
    sources.person("p-1", protect="pseudonym", names=names)
    sources.text("t-1", body="Then Qunbolat left.\n", mentions=["p-1"])

    assert found(sources) == []


def test_a_word_in_many_texts_is_ordinary_where_there_are_no_capitals(sources: Any) -> None:
    person(sources, "قۇنبولات").text("t-1", "ug", body="ئۇ قۇنبۇلات.\n", mentions=["p-1"])
    for n in range(2, 8):
        sources.text(f"t-{n}", "ug", body="ئۇ قۇنبۇلات.\n")

    assert found(sources) == []
