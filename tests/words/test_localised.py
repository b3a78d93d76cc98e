from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aigaq.words.localised import Localised

TEXTS = Localised.of({"ru": "Р", "en": "E", "kk": "Қ"})


@settings(deadline=None)  # the machine may be busy
@given(st.dictionaries(st.sampled_from(["en", "kk", "ru", "ug"]), st.text()))
def test_the_same_texts_are_the_same_value_in_whatever_order(texts):
    assert Localised.of(texts) == Localised.of(dict(reversed(texts.items())))
    assert hash(Localised.of(texts)) == hash(Localised.of(dict(reversed(texts.items()))))


def test_texts_come_sorted_by_tag():
    assert list(TEXTS) == [("en", "E"), ("kk", "Қ"), ("ru", "Р")]


@pytest.mark.parametrize(
    ("reading", "best"),
    [
        (("ru", "en"), ("ru", "Р")),
        (("ug", "kk", "en"), ("kk", "Қ")),
        (("ug",), ("en", "E")),
        ((), ("en", "E")),
    ],
)
def test_the_best_text_is_the_first_that_the_reader_reads_else_any(reading, best):
    assert TEXTS.best(reading) == best


def test_of_no_texts_the_best_is_empty():
    assert Localised().best(("en",)) == ("", "")


@pytest.mark.parametrize(("tag", "text"), [("kk", "Қ"), ("kk-Latn", "")])
def test_a_text_is_got_in_exactly_one_language(tag, text):
    assert TEXTS.get(tag) == text


def test_no_texts_are_nothing():
    assert (bool(Localised()), bool(TEXTS)) == (False, True)
