"""How names and words are found in a text, and what is left alone so that builds go on."""

from __future__ import annotations

import pytest

from aigaq.archive.protected import Value
from aigaq.output.watchlist import Watchlist


def watch(*texts: str, kind: str = "name") -> Watchlist:
    return Watchlist([Value(f"p-{n}", "names.text", t, kind) for n, t in enumerate(texts)])  # type: ignore[arg-type]


def finds(list_: Watchlist, text: str) -> bool:
    return any(list_.found(text))


@pytest.mark.parametrize(
    "text",
    [
        "Serik and Nurlan went home",  # words of a name, and a word between
        "Aigul Serik, Nurlan Omar, Dana",  # the end of one name, the start of the next
        "They found Serik. Nurlan came later",  # two sentences
        "Serik | Nurlan",  # two fields
        "Aigul Serik\nNurlan Omar",  # a list, one a line
        "Aigul Serik 和 Nurlan Omar",
        "Nurlan (Serik)",
        "Nurlanov Erik",  # other names
    ],
)
def test_two_people_are_not_taken_for_one_name(text: str) -> None:
    assert not finds(watch("Nurlan Serik"), text)


@pytest.mark.parametrize(
    "text",
    ["Nurlan Serik", "SERIK NURLAN", "nurlan-serik", "Serik, Nurlan", "Nurlan B. Serik",
     "Нұрлан Серікке", "نۇرلان سەرىك"],
)  # fmt: skip
def test_a_name_is_found_in_other_orders_scripts_and_cases(text: str) -> None:
    assert finds(watch("Nurlan Serik"), text)


def test_a_short_name_needs_capitals_and_its_own_letters() -> None:
    short = watch("Li Na")
    assert finds(short, "there Li Na said")
    assert not finds(short, "на ли, pili na polu, li na")


@pytest.mark.parametrize("name", ["Aigul", "Li", "A. B.", "2017", "王"])
def test_what_is_too_plain_is_not_looked_for(name: str) -> None:
    assert not watch(name)


def test_one_rare_word_is_looked_for_alone() -> None:
    assert finds(watch("Qarabulaq"), "in Қарабұлақта, they say")


def test_a_word_that_public_texts_write_small_is_left_alone() -> None:
    list_ = watch("Winter")
    list_.without((), ["the winter was long"], ())
    assert not list_


def test_a_word_that_public_texts_write_only_as_a_name_is_looked_for() -> None:
    list_ = watch("Gulnara")
    list_.without((), ["then Gulnara came"], ())
    assert finds(list_, "Gulnara")


def test_a_name_that_a_public_record_has_is_left_alone_but_its_pair_is_not() -> None:
    list_ = watch("Aigerim", "Aigerim Sadykova")
    list_.without(["Айгерім Омарова"], (), ())
    assert not finds(list_, "Aigerim came")
    assert finds(list_, "Aigerim Sadykova came")


def test_a_name_in_public_words_stays_a_leak() -> None:
    list_ = watch("Aigerim Sadykova")
    list_.without((), ["Aigerim Sadykova came"], ["Aigerim Sadykova"])
    assert finds(list_, "Aigerim Sadykova")


def test_a_run_of_words_that_is_public_is_left_alone_and_its_neighbours_are_not() -> None:
    list_ = watch("he wrote to the office every single month in vain", kind="words")
    list_.without((), ["he wrote to the office every year"], ())
    assert not finds(list_, "he wrote to the office every")
    assert finds(list_, "to the office every single month")


def test_fewer_than_four_words_are_not_looked_for() -> None:
    assert not watch("prefecture office mill", kind="words")


def test_a_chinese_name_of_two_is_found_only_where_it_stands_alone() -> None:
    list_ = watch("李明")
    assert finds(list_, "<td>李 明</td>")
    assert not finds(list_, "桃李明天开")


def test_exact_values_are_found_as_they_stand() -> None:
    assert finds(watch("43.87654", kind="exact"), "[43.87654, 81.5]")
    assert not finds(watch("43.87654", kind="exact"), "[43.87, 81.5]")
    assert finds(watch("t-7k3q", kind="exact"), "../testimonies/t-7k3q.html")
