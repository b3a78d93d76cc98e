from __future__ import annotations

import pytest
import segno
from hypothesis import given, settings
from hypothesis import strategies as st

from aigaq.pages import qr


@settings(deadline=None, max_examples=60)
@given(st.text("abc/-.0123456789", min_size=1, max_size=250), st.sampled_from("lmq"))
def test_a_code_is_the_one_that_segno_makes(end: str, error: str) -> None:
    address = f"https://archive.example.org/{end}"
    theirs = segno.make(address, error=error, micro=False)

    ours = qr.made(address, error)

    assert (ours.mask, ours.matrix) == (theirs.mask, theirs.matrix)


@pytest.mark.parametrize(
    "words", ["0", "A" * 40, "https://archive.example.org/kk/people/p.html"]
)
def test_the_designator_and_the_mask_of_a_code_go_with_its_modules(words: str) -> None:
    theirs = segno.make(words, error="m", micro=False)

    ours = qr.made(words, "m")

    assert (ours.designator, ours.mask) == (theirs.designator, theirs.mask)
