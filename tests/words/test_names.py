from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aigaq.words import names

PAIRS = [
    tuple(line.split("\t"))
    for line in Path(__file__).with_name("name_pairs.txt").read_text("utf-8").splitlines()
    if not line.startswith("#")
]
SAME = [pair for *pair, sign in PAIRS if sign == "+"]
APART = [pair for *pair, sign in PAIRS if sign == "-"]
LETTERS = "".join(letter for letter in names.TABLES["letters"] if letter.isalpha())


def test_there_are_enough_pairs_and_each_has_its_sign():
    assert len(SAME) >= 150
    assert len(APART) >= 150
    assert len(SAME) + len(APART) == len(PAIRS)


@pytest.mark.parametrize(("one", "other"), SAME)
def test_spellings_of_one_name_are_found_by_each_other(one, other):
    assert set(names.keys(one)) & set(names.keys(other))
    assert names.alike(one, other)


@pytest.mark.parametrize(("one", "other"), APART)
def test_names_that_are_near_but_different_are_told_apart(one, other):
    assert not names.alike(one, other)


def test_keys_alone_let_few_wrong_names_through():
    wrong = [pair for pair in APART if set(names.keys(pair[0])) & set(names.keys(pair[1]))]
    assert len(wrong) <= len(APART) / 6


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Қалида", "qalida"),
        ("قاليدا", "qalyda"),
        ("Khalida", "khalida"),
        ("Şyñğys", "shyngghys"),
        ("IŞIL İsmail", "ishil ismail"),
        ("\u0674ومىر", "omir"),  # high hamza
        ("قـالـى", "qali"),  # tatweel
        ("کیم", "kym"),  # letters of a Persian keyboard
        ("Serik-Zhan  d’Arc", "serik zhan darc"),
        ("哈丽达", "哈丽达"),
    ],
)
def test_a_name_is_folded_to_plain_letters(text, plain):
    assert names.folded(text) == plain


@given(st.text())
def test_folding_twice_changes_nothing(text):
    once = names.folded(text)
    assert names.folded(once) == once


@given(st.text(alphabet=LETTERS, min_size=1))
def test_every_letter_of_the_tables_becomes_a_latin_one(text):
    assert names.folded(text).isascii()


@given(st.text())
def test_any_text_has_a_skeleton_with_as_many_words(text):
    assert len(names.skeleton(text).split()) == len(names.folded(text).split())


@given(
    st.text(alphabet="абқлнеуاڭ abkn", max_size=12), st.text(alphabet="абқaiknе", max_size=12)
)
def test_who_is_like_another_is_liked_back(one, other):
    assert names.alike(one, other) == names.alike(other, one)


def test_a_name_of_no_letters_has_no_keys_and_is_like_none():
    assert names.keys(" – ") == ()
    assert not names.alike("–", "–")


def test_a_father_is_told_from_his_son_where_endings_count():
    assert names.alike("Kunbolat", "Құнболатұлы")
    assert not names.alike("Kunbolat", "Құнболатұлы", with_endings=False)


def test_two_words_may_be_one():
    assert set(names.keys("Serik Zhan")) & set(names.keys("Серікжан"))


@pytest.mark.parametrize(
    ("one", "other", "cost"),
    [
        ("marat", "marat", 0),
        ("marat", "meret", 2 * names.NEAR),
        ("marat", "murat", names.OTHER),
        ("marat", "mart", names.MORE),
        ("marat", "marta", names.SWAPPED),
        ("", "ab", 2 * names.MORE),
    ],
)
def test_a_vowel_nearby_costs_less_than_another_letter(one, other, cost):
    assert names.distance(one, other) == cost == names.distance(other, one)


def test_a_distance_is_not_counted_beyond_its_cap():
    assert names.distance("marat", "serikbol", 3) == 4


def test_a_kazakh_name_is_spelt_in_other_scripts_for_finding():
    made = names.spellings("Қалида", "kk")
    assert {"Qalida", "Kalida", "Khalida"} <= set(made["Latn"])
    assert "قاليدا" in made["Arab"]
    assert made["Cyrl"] == ("Калида",)  # as in Russian


def test_an_uyghur_name_is_spelt_in_other_scripts_for_finding():
    made = names.spellings("ئەركىن", "ug")
    assert (made["Latn"], made["Cyrl"]) == (("Erkin",), ("Эркин",))
    assert "ئەركىن" in names.spellings("Erkin", "en")["Arab"]


@pytest.mark.parametrize(
    ("name", "lang"), [("哈丽达", "zh-Hans"), ("Wang Wenbin", "zh"), ("", "kk")]
)
def test_no_spelling_is_made_of_a_chinese_name(name, lang):
    assert names.spellings(name, lang) == {}


@pytest.mark.parametrize("name", ["Қалида Ақытхан", "Şolpan", "سەرىكجان", "Gulbahar", "Юлия"])
def test_a_made_spelling_is_like_its_name(name):
    made = names.spellings(name, "kk")
    unlike = [one for row in made.values() for one in row if not names.alike(name, one)]
    assert made
    assert unlike == []


def test_twenty_thousand_names_are_folded_in_a_second():
    some = ["Қалида Ақытхан", "قاليدا", "Khalida", "Şyñğys"] * 5000
    start = time.process_time()
    for name in some:
        names.folded(name)
    assert time.process_time() - start < 1
