from __future__ import annotations

import pytest

from aigaq.archive import inflection


@pytest.mark.parametrize(
    ("lang", "word", "name"),
    [
        *[("kk", f"еркін{ending}", "еркін") for ending in ("нің", "ге", "ді", "де", "нен")],
        *[("kk", f"алматы{ending}", "алматы") for ending in ("ның", "да", "дағы", "лық")],
        ("kk", "сериктің", "серик"),
        ("kk", "сейтебіңіз", "сейтеп"),
        *[("ru", word, "гульпия") for word in ("гульпии", "гульпию", "гульпией")],
        *[("ru", word, "умарова") for word in ("умаровой", "умарову")],
        *[("ru", f"серик{ending}", "серик") for ending in ("а", "у", "ом", "е")],
        ("ru", "алтаем", "алтай"),
        *[("ug", f"ئالمۇتا{ending}", "ئالمۇتا") for ending in ("دىكى", "غا", "نىڭ", "دىن")],
        ("ug", "كۇچارلىقلار", "كۇچار"),
        ("ug", "ئالمۇتىنىڭ", "ئالمۇتا"),
        ("tr", "serik’in", "serik"),
        ("tr", "serik'e", "serik"),
        ("tr", "almatılı", "almatı"),
        ("en", "serik’s", "serik"),
        ("en", "qur'an", "quran"),
    ],
)
def test_a_name_is_found_below_its_ending(lang: str, word: str, name: str) -> None:
    assert name in list(inflection.bases(word, lang))


@pytest.mark.parametrize(
    ("lang", "word", "name"),
    [
        ("kk", "құнболатұлы", "құнболат"),  # his son
        ("ru", "серикжан", "серик"),
        ("en", "serikzhan", "serik"),
        ("zh-Hans", "serikin", "serik"),
    ],
)
def test_more_than_an_ending_stays(lang: str, word: str, name: str) -> None:
    assert name not in list(inflection.bases(word, lang))
