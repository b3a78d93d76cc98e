from __future__ import annotations

from types import MappingProxyType
from typing import Any

import pytest

GONE = MappingProxyType({"p-zz91": "person", "t-zz92": "text"})


@pytest.mark.parametrize("path", ["people/p-zz91.html", "testimonies/t-zz92.html"])
def test_it_stands_where_the_page_stood_in_every_language(
    build_archive: Any, pages_of: Any, path: str
) -> None:
    planned = pages_of(build_archive(tombstones=GONE))

    assert [planned[f"{lang}/{path}"].kind for lang in ("en", "kk", "ug")] == ["tombstone"] * 3


def test_it_says_what_it_was_and_nothing_of_it(build_archive: Any, html_of: Any) -> None:
    archive = build_archive(tombstones=GONE)

    person, text = (
        html_of(archive, f"en/{p}") for p in ("people/p-zz91.html", "testimonies/t-zz92.html")
    )

    assert "Somebody who is no longer told of" in person
    assert "A text stood here." in text


def test_search_engines_are_told_to_forget_it(build_archive: Any, html_of: Any) -> None:
    html = html_of(build_archive(tombstones=GONE), "en/people/p-zz91.html")

    assert '<meta name="robots" content="noindex">' in html
