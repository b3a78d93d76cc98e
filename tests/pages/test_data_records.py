"""One record of the data: the way to its pages, and whose its words are."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

from aigaq.pages import data_records

if TYPE_CHECKING:
    from aigaq.archive.public import PublicArchive

KINDS = {"t": "text", "p": "person", "g": "group"}


def record(archive: PublicArchive, record_id: str) -> dict[str, Any]:
    return data_records.of(archive, KINDS[record_id[0]], record_id)


def test_what_a_text_may_be_used_for_is_nobody_s_business(archive: PublicArchive) -> None:
    assert "scope" not in record(archive, "t-1111")


def test_only_our_own_words_carry_our_licence(archive: PublicArchive) -> None:
    assert record(archive, "t-1111")["licence"] == archive.site.licence_text
    assert "licence" not in record(archive, "t-3333")
    assert record(archive, "t-3333")["original"]["rights"] == "permission"


def test_a_text_leads_to_the_page_of_each_of_its_languages(archive: PublicArchive) -> None:
    made = record(archive, "t-1111")

    assert made["page"].endswith("/kk/testimonies/t-1111.html")
    assert {lang: p.split("/")[3] for lang, p in made["pages"].items()} == {
        "kk": "kk",
        "en": "en",
    }


def test_a_counted_group_leads_to_where_it_is_shown(archive: PublicArchive) -> None:
    group = next(g for g in archive.groups.values() if g.of == "p-bb22")

    page = record(archive, group.id)["page"]
    assert page.endswith(f"/en/people/p-bb22.html#{group.id}")


def test_without_an_address_pages_are_paths(archive: PublicArchive) -> None:
    bare = dataclasses.replace(archive, site=dataclasses.replace(archive.site, address=""))

    assert data_records.page(bare, "person", "p-bb22") == "en/people/p-bb22.html"


def test_every_record_has_a_kind(archive: PublicArchive) -> None:
    found = data_records.kinds(archive)

    assert {one for one, kind in found.items() if kind == "person"} == set(archive.people)
    assert all(data_records.of(archive, kind, one)["id"] == one for one, kind in found.items())
