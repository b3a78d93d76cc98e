"""XML of strangers is refused before anything of it is believed."""

from __future__ import annotations

import pytest

from aigaq.desk.importing import xml

_BOMB = b'<!DOCTYPE a [<!ENTITY x "ha"><!ENTITY y "&x;&x;&x;">]><a>&y;</a>'


def test_plain_xml_is_safe() -> None:
    assert xml.unsafe(b"<?xml version='1.0'?><a b='c'>d &amp; e</a>") == ""


@pytest.mark.parametrize(
    "data",
    [
        _BOMB,
        _BOMB.decode().encode("utf-16"),
        b"<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>",
        b"<!DOCTYPE html><a/>",
    ],
)
def test_a_document_type_is_refused_in_every_encoding(data: bytes) -> None:
    assert xml.unsafe(data) == xml.DECLARES


def test_broken_xml_is_told_with_its_line() -> None:
    assert xml.unsafe(b"<a>\n<b></a>") == "its XML is broken in line 2"
