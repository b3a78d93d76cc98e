from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aigaq.words import kazakh

if TYPE_CHECKING:
    from collections.abc import Callable

PUBLISHED = (Path(__file__).parent / "kazakh.txt").read_text("utf-8")
BOTH = pytest.mark.parametrize("write", [kazakh.latin, kazakh.arabic])
LETTERS = "".join(letter + letter.upper() for letter, _, _ in kazakh.TABLE)
CYRILLIC = re.compile(r"[\u0400-\u052f]")

kazakh_words = st.text(LETTERS, min_size=1, max_size=12)
foreign = st.text(st.characters(exclude_characters=LETTERS, exclude_categories=("Cs",)))
gaps = st.sampled_from(
    (
        *("%(name)s", "%(num)s", "{date}", "{0}"),
        *("<bdi>", "<a title='Ақ, қара?'>", "</a>", "&amp;", "&nbsp;"),
        *("https://example.org/?q=а,б;в", "mailto:a@example.org?subject=Сұрақ"),
    )
)
texts = st.lists(kazakh_words | gaps | st.sampled_from("?,;.:!-–— 1"), max_size=12).map(
    " ".join
)


def published(script: str) -> list[tuple[str, str]]:
    """The pairs of all parts whose title begins with `script`."""
    pairs, part = [], ""
    for line in PUBLISHED.splitlines():
        if line.startswith("= "):
            part = line[2:].partition(":")[0]
        elif line and not line.startswith("#") and part == script:
            cyrillic, _, written = line.partition(" ")
            pairs.append((cyrillic, written))
    return pairs


@pytest.mark.parametrize(("cyrillic", "latin"), published("latin"))
def test_latin_is_as_it_was_published(cyrillic: str, latin: str) -> None:
    assert kazakh.latin(cyrillic) == latin


@pytest.mark.parametrize(("cyrillic", "arabic"), published("arabic"))
def test_arabic_is_as_it_was_published(cyrillic: str, arabic: str) -> None:
    assert kazakh.arabic(cyrillic) == arabic


@pytest.mark.parametrize("script", ["latin", "arabic"])
def test_there_are_words_enough_to_tell(script: str) -> None:
    assert len(set(published(script))) >= 80


def test_the_table_has_the_whole_alphabet() -> None:
    alphabet = "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя"
    assert "".join(cyrillic for cyrillic, _, _ in kazakh.TABLE) == alphabet


def test_latin_has_the_31_letters_of_the_alphabet_and_no_other() -> None:
    used = {letter for _, latin, _ in kazakh.TABLE for letter in latin}
    assert "".join(sorted(used)) == "".join(sorted("aäbdefgğhıijklmnñoöpqrsştuūüvyz"))


def test_the_capitals_of_the_two_i_are_two() -> None:
    assert kazakh.latin("ІіИиЙйЫы") == "IıİiİiYy"


@pytest.mark.parametrize(
    ("cyrillic", "arabic"),
    [
        ("ер", "ەر"),
        ("көз", "كوز"),
        ("гүл", "گۇل"),
        ("қазір", "قازىر"),
        ("мұғалім", "مۇعالىم"),
        ("ән", "ٴان"),
        ("ан", "ان"),
        ("үй-ішінен", "ٴۇي-ىشىنەن"),
    ],
)
def test_the_hamza_stands_only_where_no_letter_tells_that_a_word_is_soft(
    cyrillic: str, arabic: str
) -> None:
    assert kazakh.arabic(cyrillic) == arabic


@pytest.mark.parametrize(
    ("cyrillic", "arabic"),
    [
        ("Кім? Біз, сіз; олар!", "كىم؟ ٴبىز، ٴسىز؛ ولار!"),
        ("12,5 жыл, 2 ай", "12,5 جىل، 2 اي"),
        ("2018, 2019 жыл", "2018، 2019 جىل"),
        ("%(a)s, %(b)s жылы", "%(a)s، %(b)s جىلى"),
    ],
)
def test_the_marks_of_a_sentence_become_arabic_and_digits_stay(
    cyrillic: str, arabic: str
) -> None:
    assert kazakh.arabic(cyrillic) == arabic


@BOTH
@pytest.mark.parametrize(
    "kept",
    [
        *("aigaq", "RFE/RL", "#p", "№ 4", "«…»", "12,5", "ئۇيغۇر", "{күн}", "&quot;"),
        *("https://example.org/қазақ?a,b", "<a title='Қазақ, сөз?'>"),
    ],
)
def test_what_is_not_kazakh_in_cyrillic_stays(write: Callable[[str], str], kept: str) -> None:
    assert write(kept) == kept
    assert write(f"қара {kept}").endswith(f" {kept}")


@BOTH
@given(foreign)
def test_a_text_without_kazakh_letters_is_not_touched(
    write: Callable[[str], str], text: str
) -> None:
    assert write(text) == text


@BOTH
@given(texts)
def test_gaps_tags_and_addresses_survive_in_their_order(
    write: Callable[[str], str], text: str
) -> None:
    kept = kazakh._KEPT.findall(text)
    assert kazakh._KEPT.findall(write(text)) == kept


@BOTH
@given(texts)
def test_no_cyrillic_letter_is_left(write: Callable[[str], str], text: str) -> None:
    assert not CYRILLIC.search(kazakh._KEPT.sub("", write(text)))


@BOTH
@given(texts)
def test_what_was_written_once_is_not_changed_again(
    write: Callable[[str], str], text: str
) -> None:
    assert write(write(text)) == write(text)


@given(texts)
def test_the_case_of_a_text_does_not_change_its_arabic(text: str) -> None:
    words = kazakh._KEPT.sub("", text)
    assert kazakh.arabic(words.upper()) == kazakh.arabic(words)


@given(kazakh_words.map(str.lower).filter(lambda word: len(word) > 1))
def test_capitals_in_latin_are_those_of_its_small_letters(word: str) -> None:
    assert kazakh.latin(word.upper()) == kazakh.latin(word).replace("i", "İ").upper()


@given(kazakh_words)
def test_a_word_has_one_hamza_at_most_and_at_its_head(word: str) -> None:
    assert kazakh.HIGH_HAMZA not in kazakh.arabic(word)[1:]


@pytest.mark.parametrize(
    ("tag", "written"),
    [
        ("kk-Latn", "söz"),
        ("kk-Latn-KZ", "söz"),
        ("kk-Arab", "ٴسوز"),
        ("kk-Arab-CN", "ٴسوز"),
    ],
)
def test_each_script_has_its_writer(tag: str, written: str) -> None:
    write = kazakh.writer(tag)
    assert write is not None
    assert write("сөз") == written


@pytest.mark.parametrize("tag", ["kk", "kk-Cyrl", "kk-KZ", "ug-Latn", "ug-Arab", "en"])
def test_other_languages_have_none(tag: str) -> None:
    assert kazakh.writer(tag) is None
