from __future__ import annotations

import dataclasses
from types import MappingProxyType


def test_there_is_a_general_text_where_editors_wrote_none(archive, html_of):
    html = html_of(archive, "en/how-to-cite.html")
    assert "Please name who speaks" in html
    assert "<bdi>https://archive.example.org/</bdi>" in html


def test_what_editors_wrote_replaces_the_general_text(archive, html_of):
    own = dataclasses.replace(archive.pages["coverage"], slug="how-to-cite")
    pages = MappingProxyType({"how-to-cite": own})
    html = html_of(dataclasses.replace(archive, pages=pages), "en/how-to-cite.html")
    assert "Many are not here." in html
    assert "Please name who speaks" not in html
