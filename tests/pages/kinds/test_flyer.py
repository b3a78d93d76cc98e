"""Flyers: of the missing only, in the words of the wall, with the way to their page."""

from __future__ import annotations

import dataclasses
import re
from typing import Any

import pytest

from aigaq.archive.public import Picture
from aigaq.pages import flyers
from aigaq.pages.index import Index
from aigaq.pages.kinds import wall

FLYER = re.compile(r"(\w+)/people/(.+)-flyer\.html")


@pytest.fixture(name="printed")
def _printed(archive: Any, changed: Any) -> Any:
    """The archive, with every text allowed to be printed."""
    scope = {"scope": archive.texts["t-1111"].scope | {"print"}}
    return changed(archive, texts=dict.fromkeys(archive.texts, scope))


def those(archive: Any, pages_of: Any) -> set[str]:
    return {found[2] for path in pages_of(archive) if (found := FLYER.fullmatch(path))}


def test_each_of_the_missing_has_a_flyer_and_nobody_else(printed: Any, pages_of: Any) -> None:
    missing = {entry.reported.person for entry in wall.taken(Index(printed))}

    assert missing
    assert those(printed, pages_of) == missing
    assert {printed.people[i].protect for i in missing} == {"open"}
    assert missing.isdisjoint(wall.returned(Index(printed)))


def test_it_is_there_in_every_language(printed: Any, pages_of: Any) -> None:
    found = [m for path in pages_of(printed) if (m := FLYER.fullmatch(path))]

    assert {m[1] for m in found} == set(printed.site.languages)
    assert len(found) == len(those(printed, pages_of)) * len(printed.site.languages)


def test_who_is_protected_has_none(printed: Any, changed: Any, pages_of: Any) -> None:
    (one, *_) = sorted(those(printed, pages_of))
    hidden = changed(printed, people={one: {"protect": "pseudonym"}})

    assert one not in those(hidden, pages_of)


def test_what_may_not_be_printed_makes_no_flyer(
    archive: Any, printed: Any, pages_of: Any, view_of: Any
) -> None:
    (one, *_) = sorted(those(printed, pages_of))

    assert those(archive, pages_of) == set()
    assert view_of(archive, f"en/people/{one}.html").flyer == ""
    assert view_of(printed, f"en/people/{one}.html").flyer == f"en/people/{one}-flyer.html"


def test_it_says_what_the_wall_says(printed: Any, pages_of: Any, view_of: Any) -> None:
    (one, *_) = sorted(those(printed, pages_of))
    flyer = view_of(printed, f"ug/people/{one}-flyer.html")

    stones = view_of(printed, "ug/wall.html").stones
    (stone,) = (s for s in stones if s.person.path == f"ug/people/{one}.html")
    assert flyer.status == stone.status
    assert flyer.title == stone.person.phrase


def test_a_name_stands_in_each_script_once(printed: Any, view_of: Any) -> None:
    made = view_of(printed, "en/people/p-bb22-flyer.html")

    assert made.title.text == "Placeholder Mother"
    assert [name.text for name in made.names] == [
        "Плейсхолдер Ана",
        "پلېيسخولدېر ئانا",
        "占位母亲",
    ]


def test_it_has_the_address_the_contact_and_the_code(printed: Any, html_of: Any) -> None:
    html = html_of(printed, "kk/people/p-bb22-flyer.html")

    assert "https://archive.example.org/kk/people/p-bb22.html" in html
    assert 'src="p-bb22-flyer.svg"' in html
    assert printed.site.contact.removeprefix("mailto:") in html


def test_without_an_address_it_says_so_and_has_no_code(
    printed: Any, html_of: Any, pages_of: Any
) -> None:
    bare = dataclasses.replace(printed, site=dataclasses.replace(printed.site, address=""))
    html = html_of(bare, "en/people/p-bb22-flyer.html")

    assert "no address on the network yet" in html
    assert '.svg" width' not in html
    assert list(flyers.artifacts(bare.site, pages_of(bare).values())) == []


def test_a_photograph_stands_on_it_where_there_is_one(
    printed: Any, changed: Any, html_of: Any
) -> None:
    photo = Picture(path="media/x.jpg", width=600, height=800)
    with_one = changed(printed, people={"p-bb22": {"photo": photo}})
    without = changed(printed, people={"p-bb22": {"photo": None}})

    assert "media/x.jpg" in html_of(with_one, "en/people/p-bb22-flyer.html")
    assert "<figure" not in html_of(without, "en/people/p-bb22-flyer.html")
