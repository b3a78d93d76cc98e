"""The XML writer: whatever the words, a parser reads them back."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aigaq.pages import xml


@given(st.text(st.characters(codec="utf-8")), st.text(st.characters(codec="utf-8")))
def test_any_text_makes_a_file_that_can_be_parsed(text: str, value: str) -> None:
    made = xml.document(xml.element("a", text, attributes={"b": value}))

    assert ElementTree.fromstring(made).tag == "a"


def test_text_is_escaped_and_elements_are_not() -> None:
    made = xml.element("a", "<b> & ", xml.element("c", "]]>"))

    assert made == "<a>&lt;b&gt; &amp; <c>]]&gt;</c></a>"


def test_an_attribute_cannot_end_itself() -> None:
    made = xml.document(xml.element("a", attributes={"b": """x" c='y"""}))

    assert ElementTree.fromstring(made).attrib == {"b": """x" c='y"""}


@pytest.mark.parametrize("bad", ["\x00", "\x0b", "\x1b", "\ufffe", "\ud800", "\x85"])
def test_characters_that_xml_cannot_hold_are_dropped(bad: str) -> None:
    assert xml.legal(f"a{bad}b") == "ab"


@pytest.mark.parametrize("good", ["\t", "ئ", "母", "𠀀", "\u200d"])
def test_letters_of_every_script_stay(good: str) -> None:
    assert xml.legal(good) == good
