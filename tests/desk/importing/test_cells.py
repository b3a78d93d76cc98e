"""Words go into a cell and come back as they were, and none of them is a formula."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aigaq.desk.importing import cells

_TRICKY = st.text(alphabet="'=+-@＝\n\t ab", max_size=8)


@given(_TRICKY)
def test_words_come_back_as_they_were(words: str) -> None:
    assert cells.meant(cells.shown(words)) == words


@given(_TRICKY)
def test_no_cell_begins_like_a_formula(words: str) -> None:
    assert not cells.shown(words).startswith(tuple("=+-@＝\t\n"))


def test_an_ordinary_cell_is_shown_as_it_is() -> None:
    assert cells.shown("'quoted' words") == "'quoted' words"


def test_line_ends_of_every_system_are_one() -> None:
    assert cells.meant("a\r\nb\rc") == "a\nb\nc"


@pytest.mark.parametrize("length", [0, 1, cells.LONGEST, 3 * cells.LONGEST + 1])
def test_a_long_text_is_cut_into_cells_and_joined_again(length: int) -> None:
    text = "қ" * length
    pieces = cells.pieces(text)
    assert "".join(pieces) == text
    assert max(map(len, pieces)) <= cells.LONGEST
