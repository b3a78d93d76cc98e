from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup, escape

from aigaq.pages import escaping


class Tag:
    """Knows how it stands in HTML."""

    def __html__(self) -> str:
        return "<b>&</b>"


class Words(str):
    """A text of a kind of its own."""


@given(st.text())
def test_words_are_escaped_as_markupsafe_escapes_them(words: str) -> None:
    assert escaping.shown(words) == escape(words)
    assert escaping.shown(Markup(words)) == words


@pytest.mark.parametrize(
    "value", [7, 1.5, None, True, ("<",), Tag(), Words("<i>"), Markup("<i>")]
)
def test_so_is_every_other_value(value: object) -> None:
    assert escaping.shown(value) == escape(value)


def test_html_stays_html_among_words() -> None:
    assert escaping.markup("<i>") + "<b>" == Markup("<i>&lt;b&gt;")
