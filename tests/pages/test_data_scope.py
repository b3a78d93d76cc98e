"""What may not be downloaded stands in no byte of the data, nor what it alone tells of."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

import pytest

from aigaq.archive.public import FamilyTie, Name, Person
from aigaq.pages import data, data_scope
from aigaq.pages.index import Index

if TYPE_CHECKING:
    from collections.abc import Callable

    from aigaq.archive.public import PublicArchive

READ_ONLY = frozenset({"site", "translate", "mirror"})


@pytest.fixture(name="closed")
def _closed(archive: PublicArchive, changed: Callable[..., PublicArchive]) -> PublicArchive:
    """`t-2222` may be read and not downloaded; it alone names `p-only`."""
    names = (Name(text="Placeholder Only", lang="en"),)
    people = {**archive.people, "p-only": Person(id="p-only", names=names)}
    more = {"scope": READ_ONLY, "mentions": (*archive.texts["t-2222"].mentions, "p-only")}
    return changed(dataclasses.replace(archive, people=people), texts={"t-2222": more})


def data_of(archive: PublicArchive) -> bytes:
    made = list(data.artifacts(Index(archive)))
    return b"\n".join([one.path.encode() + b"\n" + one.data for one in made])


def own_words(archive: PublicArchive, text_id: str) -> set[str]:
    """Title, summary and paragraphs of every version, and what its claims say."""
    text = archive.texts[text_id]
    found = {text.id, *(claim.said for claim in text.claims)}
    for version in text.versions:
        found |= {version.title, version.summary, *(b.text for b in version.body.blocks)}
    return found - {""}


def test_where_all_may_be_downloaded_nothing_is_left_out(archive: PublicArchive) -> None:
    made = data_scope.of(Index(archive))

    assert made.archive is archive
    assert (made.texts_left_out, made.records_left_out) == (0, 0)


def test_a_text_without_the_scope_stands_in_no_byte(
    archive: PublicArchive, closed: PublicArchive
) -> None:
    before, after = data_of(archive), data_of(closed)

    words = own_words(archive, "t-2222")
    assert len(words) == 3
    for word in words:
        assert word.encode() in before, word
        assert word.encode() not in after, word


def test_who_is_known_through_it_alone_is_left_out_with_it(closed: PublicArchive) -> None:
    made = data_scope.of(Index(closed))

    assert "p-only" not in made.archive.people
    assert b"p-only" not in data_of(closed)
    assert b"Placeholder Only" not in data_of(closed)
    assert (made.texts_left_out, made.records_left_out) == (1, 1)


def test_who_is_named_elsewhere_too_keeps_the_names_and_loses_the_facts_of_the_file(
    archive: PublicArchive, changed: Callable[..., PublicArchive]
) -> None:
    both = changed(archive, texts={"t-3333": {"scope": READ_ONLY}})

    mother = data_scope.of(Index(both)).archive.people["p-bb22"]

    assert "Placeholder Mother" in {name.text for name in mother.names}
    assert "Placeholder Mothr" not in {name.text for name in mother.names}  # from t-3333
    assert (mother.born, mother.summary, mother.photo, mother.work) == (
        None,
        mother.note,
        None,
        (),
    )


def test_a_tie_to_somebody_left_out_is_left_out(
    closed: PublicArchive, changed: Callable[..., PublicArchive]
) -> None:
    tie = FamilyTie(person="p-only", relation="uncle")
    told = changed(closed, people={"p-aa11": {"family": (tie,)}})

    assert data_scope.of(Index(told)).archive.people["p-aa11"].family == ()
    assert b"p-only" not in data_of(told)


def test_the_last_name_stays_without_its_source(
    archive: PublicArchive, changed: Callable[..., PublicArchive]
) -> None:
    only = (Name(text="Placeholder Only", lang="en", source="t-3333"),)
    one = changed(
        archive,
        texts={"t-3333": {"scope": READ_ONLY}},
        people={"p-bb22": {"names": only}},
    )

    (name,) = data_scope.of(Index(one)).archive.people["p-bb22"].names
    assert (name.text, name.source) == ("Placeholder Only", "")


def test_corrections_of_it_are_left_out(
    archive: PublicArchive, changed: Callable[..., PublicArchive]
) -> None:
    made = data_scope.of(Index(changed(archive, texts={"t-3333": {"scope": READ_ONLY}})))

    assert any(one.record == "t-3333" for one in archive.corrections)
    assert not any(one.record == "t-3333" for one in made.archive.corrections)


def test_the_data_says_how_much_is_left_out(closed: PublicArchive) -> None:
    said = b'"left_out":{"texts":1,"records":1}'

    assert said in data_of(closed)


def test_a_protected_person_has_the_public_name_and_no_fact(archive: PublicArchive) -> None:
    files: dict[str, Any] = {a.path: a.data for a in data.artifacts(Index(archive))}

    made = files[data.of_record("p-dd44")].decode()
    assert "Interviewer A" in made
    assert not any(
        f'"{key}":' in made for key in ("born", "work", "family", "summary", "photo")
    )
