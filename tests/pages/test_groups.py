"""Which groups stand on a page of their own, and what they show."""

from __future__ import annotations

from typing import Any

import pytest

from aigaq.pages import groups
from aigaq.pages.index import Index


@pytest.mark.parametrize(
    ("of", "protect", "own"),
    [
        ("p-bb22", "open", ()),
        ("p-bb22", "pseudonym", ("g-0007",)),
        ("", "open", ("g-0007",)),
        ("p-gone", "open", ("g-0007",)),
    ],
)
def test_a_group_has_a_page_of_its_own_where_nobodys_page_can_hold_it(
    archive: Any, changed: Any, of: str, protect: str, own: tuple[str, ...]
) -> None:
    told = changed(
        archive, groups={"g-0007": {"of": of}}, people={"p-bb22": {"protect": protect}}
    )

    assert groups.with_own_page(Index(told)) == own


def test_a_group_has_what_is_said_about_it_and_asked_for_it(archive: Any, changed: Any) -> None:
    asked = archive.texts["t-1111"].asked
    for_all = tuple(type(a)(text=a.text, how=a.how, about=("g-0007",)) for a in asked)
    told = changed(archive, texts={"t-1111": {"asked": for_all}})

    entries = groups.counted(Index(told), "g-0007").claims

    assert [entry.text for entry in entries] == ["t-1111", "t-2222"]
