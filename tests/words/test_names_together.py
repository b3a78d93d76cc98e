"""Many words at once are read as each of them alone."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from aigaq.words import names, names_together

LETTERS = (
    "abcdefghijklmnopqrstuvwxyzабвгғде"
    "ёжзийкқлмнңоөпрстуұүфхһцчшщыіэюяьъۇۆەىيكقجشچڭغھابтşçğñıəßæΣσς"
)
SPELLED = [
    "kashgar",
    "shchukin",
    "wright",
    "ibrahim",
    "khyzy",
    "qyzy",
    "w",
    "y",
    "aigulova",
    "wang",
]
words = st.lists(
    st.one_of(
        st.text(LETTERS, min_size=1, max_size=9),
        st.sampled_from([*SPELLED, *map(str.title, SPELLED), *names.TABLES["same"]]),
        st.text(min_size=1, max_size=4),
    ),
    max_size=12,
)


@given(words)
def test_words_are_folded_as_each_of_them(many: list[str]) -> None:
    assert names_together.folded(many) == [names.folded(one) for one in many]


@given(words)
def test_words_sound_and_have_the_consonants_of_each_of_them(many: list[str]) -> None:
    plain = [one for one in map(names.folded, many) if names.words(one) == (one,)]
    owners, sounds = names_together.heard(plain)
    bones = names_together.bones(sounds)
    assert sounds[: len(plain)] == [names.sounded(one) for one in plain]
    for number, one in enumerate(plain):
        own = {bone for owner, bone in zip(owners, bones, strict=True) if owner == number}
        assert own >= set(names.keys(one))


def test_of_no_words_there_is_nothing() -> None:
    assert names_together.folded([]) == []
    assert names_together.heard([]) == ([], [])
    assert names_together.bones([]) == []
