"""What may not be downloaded stands in no byte of the data, nor what it alone tells of."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

import pytest

from aigaq.archive.public import (
    Correction,
    Credit,
    FamilyTie,
    Identity,
    Name,
    Organisation,
    Person,
    Recording,
)
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


# --- ways round the scope: what no text of its own says, but its file or a record beside it ---


def both(archive: PublicArchive, changed: Callable[..., PublicArchive]) -> PublicArchive:
    """`t-1111` may be downloaded and `t-3333` may not; both name `p-bb22`."""
    return changed(archive, texts={"t-3333": {"scope": READ_ONLY}})


def test_a_claim_of_a_closed_text_about_somebody_open_is_in_no_table(
    archive: PublicArchive, changed: Callable[..., PublicArchive]
) -> None:
    claims = tuple(
        dataclasses.replace(claim, about="p-bb22", said="closed words", chain=("closed chain",))
        for claim in archive.texts["t-3333"].claims
    )
    told = changed(archive, texts={"t-3333": {"claims": claims}})

    assert claims
    assert b"closed words" in data_of(told)
    assert b"closed words" not in data_of(both(told, changed))
    assert b"closed chain" not in data_of(both(told, changed))


def test_the_note_and_the_years_of_a_name_are_facts_of_the_file(
    archive: PublicArchive, changed: Callable[..., PublicArchive]
) -> None:
    assert b"as in the register" in data_of(archive)
    assert b"as in the register" not in data_of(both(archive, changed))


def test_how_many_a_group_are_may_come_from_either_text(
    archive: PublicArchive, changed: Callable[..., PublicArchive]
) -> None:
    told = changed(archive, texts={"t-3333": {"scope": READ_ONLY, "mentions": ("g-0007",)}})

    assert archive.groups["g-0007"].count is not None
    assert data_scope.of(Index(told)).archive.groups["g-0007"].count is None


def test_a_decision_on_two_people_does_not_tell_of_the_one_whom_a_closed_text_names(
    archive: PublicArchive, changed: Callable[..., PublicArchive], words: Callable[..., Any]
) -> None:
    why = Identity(other="p-bb22", decided="different", why=words(en="closed reason"))
    told = changed(archive, people={"p-ee55": {"identities": (why,)}})

    assert b"closed reason" in data_of(told)
    assert b"closed reason" not in data_of(both(told, changed))


def test_a_correction_on_somebody_whom_a_closed_text_names_is_left_out(
    archive: PublicArchive,
    changed: Callable[..., PublicArchive],
    date: Callable[[str], Any],
    words: Callable[..., Any],
) -> None:
    one = Correction(date=date("2026-11-02"), record="p-bb22", what=words(en="closed month"))
    told = dataclasses.replace(archive, corrections=(one,))

    assert b"closed month" in data_of(told)
    assert b"closed month" not in data_of(both(told, changed))


def test_a_series_with_a_closed_text_says_nothing_of_what_is_in_it(
    archive: PublicArchive, changed: Callable[..., PublicArchive], words: Callable[..., Any]
) -> None:
    texts = ("t-1111", "t-3333")
    told = changed(
        archive, series={"nearby": {"texts": texts, "introduction": words(en="closed story")}}
    )

    assert b"closed story" in data_of(told)
    assert b"closed story" not in data_of(both(told, changed))


def test_who_is_left_out_has_no_credit_in_a_series(
    archive: PublicArchive, changed: Callable[..., PublicArchive]
) -> None:
    names = (Name(text="Placeholder Partner", lang="en"),)
    partner = Organisation(id="org-partner", type="ngo", names=names)
    credit = Credit(who="org-partner", is_record=True, role="partner")
    told = dataclasses.replace(
        archive, organisations={**archive.organisations, "org-partner": partner}
    )
    told = changed(
        told,
        series={"nearby": {"credits": (credit,)}},
        texts={"t-3333": {"mentions": ("org-partner",)}},
    )

    assert b"org-partner" in data_of(told)
    assert b"org-partner" not in data_of(both(told, changed))


def test_a_picture_without_the_scope_leaves_neither_path_nor_words(
    archive: PublicArchive,
) -> None:
    shut = dataclasses.replace(archive, media_scopes={"media/p-bb22.jpg": READ_ONLY})

    assert b"p-bb22.jpg" in data_of(archive)
    assert b"p-bb22.jpg" not in data_of(shut)
    assert b"school gate" not in data_of(shut)
    assert b"scarf.jpg" in data_of(shut)


@pytest.mark.parametrize(
    "place", [{"path": "media/told.wav"}, {"hosts": ("https://a.example/",)}]
)
def test_a_recording_without_the_scope_leaves_neither_address_nor_words(
    place: dict[str, Any],
    archive: PublicArchive,
    changed: Callable[..., PublicArchive],
    words: Callable[..., Any],
) -> None:
    one = Recording(kind="audio", lang="kk", cues=(), caption=words(en="closed voice"), **place)
    told = changed(archive, texts={"t-1111": {"recordings": (one,)}})
    shut = dataclasses.replace(told, media_scopes={one.address: READ_ONLY})

    assert one.address.encode() in data_of(told)
    assert one.address.encode() not in data_of(shut)
    assert b"closed voice" not in data_of(shut)
