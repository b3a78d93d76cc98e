"""Names of a record say who has them: a text of the archive, or a source in words."""

from __future__ import annotations

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
