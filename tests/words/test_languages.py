from __future__ import annotations

import pytest
from babel import Locale

from aigaq.words import languages


@pytest.mark.parametrize("tag", ["kk", "zh-Hans", "es-GT", "zh-Hant-TW", "ckb", "es-419"])
def test_tags_in_canonical_case_are_tags(tag):
    assert languages.is_tag(tag)


@pytest.mark.parametrize(
    "text", ["", "KK", "kk-latn", "zh_Hans", "english", "kk-", "k", "zh-Hans-", "kk\n"]
)
def test_other_words_are_no_tags(text):
    assert not languages.is_tag(text)


@pytest.mark.parametrize("language", languages.KNOWN.values(), ids=lambda known: known.tag)
def test_cldr_knows_every_language_of_the_table(language):
    assert Locale.parse(language.babel).language == language.babel.partition("_")[0]


@pytest.mark.parametrize("tag", languages.KNOWN)
def test_the_tags_of_the_table_are_tags(tag):
    assert languages.is_tag(tag)


@pytest.mark.parametrize(
    ("tag", "direction"),
    [
        ("kk", "ltr"),
        ("kk-Latn", "ltr"),
        ("kk-Arab", "rtl"),
        ("ug", "rtl"),
        ("ug-Cyrl", "ltr"),
        ("uz-Arab", "rtl"),
        ("az-Arab-IR", "rtl"),
        ("ar-EG", "rtl"),
        ("he", "rtl"),
        ("ur", "rtl"),
        ("sw", "ltr"),
        ("zh-Latn-CN", "ltr"),
    ],
)
def test_the_direction_is_that_of_the_script(tag, direction):
    assert languages.direction(tag) == direction


@pytest.mark.parametrize(
    ("tag", "script", "babel", "autonym"),
    [
        ("zh-Hant-TW", "Hant", "zh_Hant", "繁體中文"),
        ("zh-TW", "Hans", "zh_Hans", "中文"),
        ("kk-Arab-CN", "Arab", "kk_Arab", "قازاقشا"),
        ("es-GT", "Latn", "es", "Español"),
        ("uz-Cyrl", "Cyrl", "uz", "Oʻzbekcha"),
        ("sw", "Latn", "sw", "sw"),
        ("sw-Arab", "Arab", "sw", "sw"),
    ],
)
def test_a_tag_that_is_not_in_the_table_is_that_of_its_beginning(tag, script, babel, autonym):
    made = languages.of(tag)
    assert (made.tag, made.script, made.babel, made.autonym) == (tag, script, babel, autonym)


def test_a_reader_is_given_their_own_language_then_near_ones_then_those_of_the_site():
    assert languages.reading_order("kk-Arab", ("tr", "kk")) == (
        *("kk-Arab", "kk", "ug", "tr", "en"),
    )


@pytest.mark.parametrize("tag", ["ug", "ug-Latn", "ug-Cyrl", "kk-Arab"])
def test_nobody_is_handed_chinese_for_their_own_language(tag):
    order = languages.reading_order(tag, ("en", "kk", "ru", "ug", "zh-Hans", "tr"))
    assert order[-2:] == ("zh-Hans", "tr")


def test_a_reader_of_a_regional_tag_reads_its_language():
    assert languages.reading_order("zh-Hant-TW", ("en",))[:3] == ("zh-Hant-TW", "zh-Hant", "zh")


@pytest.mark.parametrize("tag", [*languages.KNOWN, "sw", "es-GT"])
def test_everybody_is_given_english_in_the_end_and_no_language_twice(tag):
    order = languages.reading_order(tag, ("kk", "en", "kk"))
    assert "en" in order
    assert len(order) == len(set(order))
    assert order[0] == tag
