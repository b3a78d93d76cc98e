"""The page on the open data: every file of it, the rights, and what is left out."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urljoin

import pytest

from aigaq.pages import data
from aigaq.pages.index import Index


@pytest.mark.parametrize("lang", ["en", "kk", "ug"])
def test_it_leads_to_every_file_but_the_records(lang: str, archive: Any, html_of: Any) -> None:
    page = f"{lang}/data.html"
    found = {
        urljoin(page, href) for href in re.findall(r'href="([^"]+)"', html_of(archive, page))
    }
    files = {made.path for made in data.artifacts(Index(archive))}

    lost = {path for path in files - found if not path.startswith("data/records/")}
    assert lost == set()
    assert {path for path in found if path.startswith("data/")} <= files


def test_it_counts_texts_by_their_rights(archive: Any, view_of: Any) -> None:
    rights = view_of(archive, "en/data.html").rights

    assert sum(one.texts for one in rights) == len(archive.texts)
    by_rights = {one.rights: one.licence for one in rights}
    assert by_rights[""] == archive.site.licence_text
    assert by_rights["published with permission"] == ""


def test_it_says_what_is_left_out(archive: Any, changed: Any, html_of: Any) -> None:
    closed = changed(archive, texts={"t-2222": {"scope": frozenset({"site"})}})

    assert "Nothing that may be read here is left out." in html_of(archive, "en/data.html")
    said = re.sub(r"<[^>]+>", "", html_of(closed, "en/data.html"))
    assert "1 text may be read here, but" in said


def test_every_page_leads_to_it(archive: Any, html_of: Any) -> None:
    footer = html_of(archive, "en/people/p-bb22.html").partition("<footer")[2]

    assert 'href="../data.html"' in footer
