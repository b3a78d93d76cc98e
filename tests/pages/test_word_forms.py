"""Words in any of their forms: which ones share a key, and which do not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aigaq.pages import word_forms

SAME = {
    "kk": (
        "лагерьде лагерьлерде лагері лагерьлеріне",
        "Құнболат Құнболаттың Құнболатұлы Кунболат",
        "түрме түрмеге түрмесінен турме TÜRME turmede تۇرمە تۇرمەدە",
        "Еркін Еркіннің еркинге",
        "кітап кітабында китаптар",
        "мектепте мектебі мектептеріміз",
        "үй үйінде үйлерден",
        "халық халқының халыққа",
        "орын орны орындарда",
        "Қалида Калида Қалиданы",
        "ٴومىر ومىر ءومىر",
        "балаларымызға баласының балам",
    ),
    "ug": (
        "تۈرمە تۈرمىگە تۈرمىلەردىن",
        "بالا بالىلىرىمىزغا بالىسى بالام",
        "كىتاب کىتاب كىتـاب كىتابى كىتابلار",
        "ئادەم ئادىمى ئادەملەرنىڭ",
        "ئات ئېتى ئاتلار",
        "ئوغۇل ئوغلى ئوغۇللىرى",
        "مەكتەپ مەكتىپىدە",
        "ئۆي ئۆيدە ئۆيلىرىدە",
        "لاگېر لاگېرلاردىكى لاگېرىغا",
    ),
    "tr": (
        "ışık IŞIK isik ışığı",
        "Iğdır igdir Iğdırdan",
        "kitap kitabı kitaplarımızda",
    ),
    "Arab": ("کتاب كتاب كتـاب", "می\u200cخواهم میخواهم مي\u200cخواهم"),
}
DIFFERENT = {
    "kk": ("түрме тұрды", "қала қол", "бала бөле", "адам Әлем", "лагерь лақап", "сот сөз"),
    "ug": ("بالا بۆلۈم", "تۈرمە تۇرمۇش", "كىتاب كاتىپ", "ئادەم ئالەم", "يول يىل"),
    "tr": ("ışık eşik", "kitap kapı", "gün gece"),
}


def pairs(groups: dict[str, tuple[str, ...]]) -> list[tuple[str, str, str]]:
    return [
        (table, words.split()[0], other)
        for table, some in groups.items()
        for words in some
        for other in words.split()[1:]
    ]


@pytest.mark.parametrize(("table", "one", "other"), pairs(SAME))
def test_forms_of_a_word_share_a_key(table: str, one: str, other: str) -> None:
    assert word_forms.keys(one, table) == word_forms.keys(other, table) != ()


@pytest.mark.parametrize(("table", "one", "other"), pairs(DIFFERENT))
def test_different_words_do_not(table: str, one: str, other: str) -> None:
    assert word_forms.keys(one, table) != word_forms.keys(other, table)


@pytest.mark.parametrize(
    ("tag", "name"),
    [
        *(("kk", "kk"), ("kk-Latn", "kk"), ("kk-Arab", "kk"), ("ug", "ug"), ("tr", "tr")),
        *(("fa", "Arab"), ("en", ""), ("ru", ""), ("zh-Hans", ""), ("ug-Latn", "")),
    ],
)
def test_a_language_has_the_table_of_its_words(tag: str, name: str) -> None:
    assert word_forms.table(tag) == name


@given(st.text("абғқіүнңерілардзтпәыьАЛَـاەىلرنىڭٴabıİşüq -1", max_size=30))
@pytest.mark.parametrize("table", word_forms.TABLES)
def test_every_key_is_whole_and_ends_so_that_it_begins_no_other(table: str, text: str) -> None:
    for key in word_forms.keys(text, table):
        assert key[:-1].isalpha()
        assert key[-1] == word_forms.END


def test_numbers_and_chinese_have_no_key() -> None:
    assert word_forms.keys("2017 жылы 看守所", "kk") == word_forms.keys("жыл", "kk")
