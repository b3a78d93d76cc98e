"""Texts that are known are not read again, and what is looked for is the same."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aigaq.archive.protected import Protected, Value
from aigaq.output import leaks
from aigaq.output.known_texts import KnownTexts
from aigaq.output.watchlist import Watchlist

if TYPE_CHECKING:
    from aigaq.output.keys import Key

NAME = Value("p-1", "names.text", "Ainur Placeholder", "name")
RUN = Value("t-1", "words", "nobody saw the two men after that evening in town", "words")
VALUES = (NAME, RUN)
WORDS = ("Ainur", "ainur", "Placeholder", "Айнур", "winter", *RUN.text.split())


def entries(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def known_after(folder: Path, *texts: str) -> tuple[str, ...]:
    """Which of these texts are not known, where they were known to be public before."""
    leaks.watchlist(Protected(VALUES, (), texts), cache_dir=folder)
    return KnownTexts(Watchlist(VALUES), folder).others(texts)


def test_a_text_in_which_nothing_stands_is_read_once(tmp_path: Path) -> None:
    assert known_after(tmp_path, "winter came", "a second text") == ()
    assert KnownTexts(Watchlist(VALUES), tmp_path).others(["another"]) == ("another",)


def test_a_text_in_which_something_stands_is_read_again(tmp_path: Path) -> None:
    assert known_after(tmp_path, "winter came", "Ainur Placeholder") == ("Ainur Placeholder",)


def test_for_other_values_all_is_read(tmp_path: Path) -> None:
    known_after(tmp_path, "winter came")
    assert KnownTexts(Watchlist([NAME]), tmp_path).others(["winter came"]) == ("winter came",)


def test_a_list_from_outside_leaves_nothing_behind(tmp_path: Path) -> None:
    leaks.watchlist(Protected(VALUES, (), ("winter came",)), [NAME], cache_dir=tmp_path)
    assert entries(tmp_path) == []


@pytest.mark.parametrize(("values", "listed"), [((), ()), (VALUES, (NAME,))])
def test_what_was_known_goes_with_what_was_protected(
    tmp_path: Path, values: tuple[Value, ...], listed: tuple[Value, ...]
) -> None:
    known_after(tmp_path, "winter came")
    leaks.watchlist(Protected(values, (), ("winter came",)), listed, cache_dir=tmp_path)
    assert entries(tmp_path) == []


def test_no_words_are_kept(tmp_path: Path) -> None:
    known_after(tmp_path, "winter came", "Ainur saw the town")
    (entry,) = entries(tmp_path)
    assert not [word for word in (*WORDS, "came") if word.encode() in entry.read_bytes()]


@pytest.mark.parametrize("at", [0, 13, 40, 90, -1])
def test_a_damaged_entry_is_not_believed(tmp_path: Path, at: int) -> None:
    known_after(tmp_path, "winter came")
    (entry,) = entries(tmp_path)
    data = bytearray(entry.read_bytes())
    data[at] ^= 1
    entry.write_bytes(data)
    assert KnownTexts(Watchlist(VALUES), tmp_path).others(["winter came"]) == ("winter came",)


texts = st.lists(st.lists(st.sampled_from(WORDS), min_size=1).map(" ".join), max_size=6)


@given(before=st.tuples(texts, texts, texts), after=st.tuples(texts, texts, texts))
def test_what_is_known_changes_nothing_that_is_looked_for(
    tmp_path_factory: pytest.TempPathFactory,
    before: tuple[list[str], ...],
    after: tuple[list[str], ...],
) -> None:
    folder = tmp_path_factory.mktemp("texts")
    wanted_after(before, folder)

    assert wanted_after(after, folder) == wanted_after(after, None)


def wanted_after(groups: tuple[list[str], ...], cache: Path | None) -> set[Key]:
    """What is looked for where these are public names, words and the interface."""
    names, words, interface = groups
    told = Protected(VALUES, tuple(names), tuple(words))
    return set(leaks.watchlist(told, (), interface, cache_dir=cache).wanted)
