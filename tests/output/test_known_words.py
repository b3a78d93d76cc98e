"""A word is known by its letters, look, sound or case ending, whatever is learnt beside it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aigaq.output.known_words import ALIKE, EXACT, KnownWords

SPOKEN, WRITTEN = ("qalida", "zhandosova", "serik"), ("window", "nurlanserik")
WORDS = (
    "Qalida", "Қалида", "قاليدا", "Khalida", "Калиду", "Жандосовой", "Zhandos", "Serikten",
    "Sеrik", "ЅЕRІК", "window", "windows", "wíndow", "nurlanserik", "house", "дом", "a", "卡",
)  # fmt: skip


def known(*words: str) -> KnownWords:
    one = KnownWords(SPOKEN, WRITTEN)
    one.learn(words)
    return one


@pytest.mark.parametrize(
    ("word", "spelling"),
    [
        ("QALIDA", ("qalida", EXACT)),
        ("Қалида", ("qalida", EXACT)),
        ("قاليدا", ("qalida", ALIKE)),
        ("Sеrik", ("serik", EXACT)),  # with a Cyrillic е
        ("Khalida", ("qalida", ALIKE)),
        ("Жандосовой", ("zhandosova", ALIKE)),
        ("window", ("window", EXACT)),
    ],
)
def test_a_spelling_is_known(word: str, spelling: tuple[str, int]) -> None:
    assert spelling in known(word).of(word)


@pytest.mark.parametrize("word", ["windows", "vindov", "house", "Alida", "kl", ""])
def test_another_word_is_not(word: str) -> None:
    one = known(word)
    assert one.of(word) == ()
    assert word not in one.some


@given(st.permutations(WORDS), st.integers(1, 6))
def test_words_learnt_together_are_read_as_each_alone(words: list[str], size: int) -> None:
    together = KnownWords(SPOKEN, WRITTEN)
    for at in range(0, len(words), size):
        together.learn(words[at : at + size])
    assert [together.of(word) for word in words] == [known(word).of(word) for word in words]


def test_a_stem_of_a_search_index_is_known_as_its_word() -> None:
    assert known().stems(["qalid", "zhandosov", "qal", "window", "house"]) == {
        "qalid": ("qalida",),
        "zhandosov": ("zhandosova",),
        "window": ("window",),
    }


@given(st.sets(st.sampled_from((*SPOKEN, *WRITTEN))), st.lists(st.sampled_from(WORDS)))
def test_looking_for_fewer_words_is_as_if_the_others_had_never_been(
    left: set[str], words: list[str]
) -> None:
    spoken, written = left.intersection(SPOKEN), left.intersection(WRITTEN)
    narrowed, fresh = known(*words), KnownWords(spoken, written)
    narrowed.look_for(spoken, written)
    for one in (narrowed, fresh):
        one.learn(WORDS)
    assert narrowed.some == fresh.some
    assert [narrowed.of(word) for word in WORDS] == [fresh.of(word) for word in WORDS]


def test_spellings_are_told_by_line() -> None:
    known = KnownWords({"nurlan"}, {"nurlan"})
    words = ["we", "saw", "Nurlan", "\n", "there", "\n", "Нұрлан", "and", "nurlan"]
    assert known.by_line(words) == {0: ["Nurlan"], 2: ["Нұрлан", "nurlan"]}
