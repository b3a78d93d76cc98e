from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aigaq.words import alphabet


@pytest.mark.parametrize(
    ("name", "script"),
    [
        ("Placeholder", "Latn"),
        ("Плейсхолдер", "Cyrl"),
        ("پلېيسخولدېر", "Arab"),
        ("占位", "Hani"),
        ("“Ömir”", "Latn"),
        ("12", ""),
    ],
)
def test_the_script_of_a_name_is_that_of_its_first_letter(name: str, script: str) -> None:
    assert alphabet.script(name) == script


@pytest.mark.parametrize(
    ("name", "letter"),
    [
        ("şimşek", "S"),
        ("Ömir", "O"),
        ("ışık", "I"),
        ("İnci", "I"),
        ("ʻAziz", "A"),
        ("Әлем", "Ә"),
        ("іні", "І"),
        ("Ёлка", "Ё"),
        ("ئايگۈل", "ئا"),
        ("ايگۇل", "ئا"),
        ("ئېلى", "ئې"),
        ("پاتىمە", "پ"),
        ("کەنت", "ك"),
        ("占位母亲", "占"),
        ("77", "#"),
    ],
)
def test_a_name_stands_under_the_letter_where_its_readers_look(name: str, letter: str) -> None:
    assert alphabet.initial(name) == letter


@pytest.mark.parametrize(
    "names",
    [
        ("Абай", "Әлем", "Бақыт", "Қанат", "Лаура", "Ұлан", "Ыдырыс", "Іңкәр", "Эльмира"),
        (
            "ئايگۈل",
            "ئەلى",
            "باھار",
            "پاتىمە",
            "غالىب",
            "ئوسمان",
            "ئۇيغۇر",
            "ئۆمەر",
            "ئېلى",
            "يۈسۈپ",
        ),
        ("Ann", "Ann Placeholder", "Anna", "Äs", "Zed"),
        ("Zed", "Абай", "ئايگۈل", "占位", "12"),
    ],
)
def test_names_stand_in_the_order_of_their_alphabet(names: tuple[str, ...]) -> None:
    in_code_point_order = sorted(names)
    assert tuple(sorted(in_code_point_order, key=alphabet.sort_key)) == names


def test_an_apostrophe_does_not_move_a_name() -> None:
    assert alphabet.sort_key("Na'ima")[:2] == alphabet.sort_key("Naima")[:2]


@given(st.text())
def test_every_text_has_a_letter_and_a_place(text: str) -> None:
    assert alphabet.initial(text)
    assert alphabet.sort_key(text)[2] == text
