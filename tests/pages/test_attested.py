"""Names of a record say who has them: a text of the archive, or a source in words."""

from __future__ import annotations

import dataclasses
from typing import Any

from aigaq.archive.public import Name, PublicArchive
from aigaq.pages import attested, texts
from aigaq.pages.context import Context
from aigaq.pages.index import Index
from aigaq.pages.kinds import person


def names_of(archive: PublicArchive, *names: Name) -> list[attested.AttestedName]:
    page = next(iter(person.plan(Index(archive))))
    return list(attested.of(names, Context(page, archive.site, texts.of(page.lang, ""))))


def test_former_names_stand_last(archive: PublicArchive) -> None:
    names = names_of(
        archive, Name(text="Old X", lang="en", kinds=("former",)), Name(text="X", lang="en")
    )

    assert [one.name.text for one in names] == ["X", "Old X"]


def test_a_preferred_name_needs_no_label(archive: PublicArchive) -> None:
    [name] = names_of(archive, Name(text="X", lang="en", kinds=("preferred", "registered")))

    assert name.kinds == ("in the register",)


def test_a_source_in_words_is_shown_without_a_link(archive: PublicArchive) -> None:
    [name] = names_of(archive, Name(text="X", lang="en", source="Atlas of Placeholders, 1990"))

    assert name.source is not None
    assert (name.source.phrase.text, name.source.path) == ("Atlas of Placeholders, 1990", "")


def test_a_name_without_a_source_claims_none(archive: PublicArchive) -> None:
    [name] = names_of(archive, Name(text="X", lang="en"))

    assert name.source is None


def test_a_source_in_words_reads_as_one(
    archive: PublicArchive, changed: Any, html_of: Any
) -> None:
    name = Name(text="X", lang="en", source="common usage")
    named = changed(archive, places={"pl-camp-1": {"names": (name,)}})

    html = html_of(named, "en/places/pl-camp-1.html")

    assert "Source: <bdi>common usage</bdi>" in html
    assert "Found in:" not in html


def test_a_name_of_another_time_is_said_where_that_time_is(
    archive: PublicArchive, changed: Any, html_of: Any, date: Any
) -> None:
    old = Name(text="Camp Zero", lang="en", kinds=("former",), since=date("2016"))
    now = Name(text="Camp One", lang="en", kinds=("preferred",))

    def page(until: str, path: str) -> str:
        names = (now, dataclasses.replace(old, until=date(until)))
        return str(html_of(changed(archive, places={"pl-camp-1": {"names": names}}), path))

    person_page, text_page = "en/people/p-bb22.html", "en/testimonies/t-1111.html"

    assert "Camp Zero" in page("2020", person_page)  # she was taken there in 2017
    assert "Camp Zero" not in page("2017-01", person_page)
    assert "<bdi>Camp One</bdi></a> was then called" in page("2025", text_page)  # told in 2024


def test_a_name_says_from_when_until_when(
    archive: PublicArchive, changed: Any, html_of: Any, date: Any
) -> None:
    old = Name(text="X", lang="en", kinds=("former",), since=date("2016"), until=date("2019"))
    html = html_of(
        changed(archive, places={"pl-camp-1": {"names": (old,)}}), "en/places/pl-camp-1.html"
    )

    assert "from <bdi>2016</bdi> until <bdi>2019</bdi>" in html
