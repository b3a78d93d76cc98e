"""What is protected follows from where a value stands, whatever `publish` made of it."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

import pytest

from aigaq import pipeline
from aigaq.archive import protected, publish

if TYPE_CHECKING:
    from collections.abc import Callable

    from aigaq.archive.protected import Protected

DAY = datetime.date(2026, 11, 22)


@pytest.fixture
def of() -> Callable[..., Protected]:
    """What is protected of a site; `leaky` publishes it as if nothing were hidden."""

    def compute(site: Any) -> Protected:
        read = pipeline.linked(site.root, options=pipeline.Options(jobs=1), step=str)
        assert read.archive is not None, read.problems
        public, _ = publish.view_of(read.archive, publish.Options(built=DAY))
        return protected.of(read.archive, public)

    return compute


def texts(found: Protected, record: str) -> set[tuple[str, str]]:
    return {(one.field, one.text) for one in found.values if one.record == record}


def test_nothing_is_protected_where_all_is_open(site: Any, of: Any) -> None:
    site.person("p-a1b2", name="Placeholder Name").testimony("t-1", consent="consent-card")
    site.consent("consent-card", given_by="p-narrator")
    assert of(site).values == ()


def test_a_hidden_person_is_protected_by_name_and_id(site: Any, of: Any) -> None:
    site.person("p-a1b2", name="Placeholder Name", protect="restricted")
    assert texts(of(site), "p-a1b2") == {("names.text", "Placeholder Name"), ("id", "p-a1b2")}


def test_the_pseudonym_of_somebody_who_is_shown_by_it_is_public(site: Any, of: Any) -> None:
    site.person("p-a1b2", name="Placeholder Name", protect="pseudonym")
    found = of(site)
    assert found.values == ()
    assert "Placeholder Name" in found.public_names


def test_the_words_of_a_text_without_consent_are_protected(site: Any, of: Any) -> None:
    site.consent("c-a1b2", given_by="p-narrator", status="paused")
    site.testimony("t-1", consent="c-a1b2", body="Nobody wrote to them.\n")
    assert ("body", "Nobody wrote to them.") in texts(of(site), "t-1")


def test_a_translation_that_may_not_be_shown_is_protected(site: Any, of: Any) -> None:
    site.config(languages=["en", "ru"])
    site.consent("c-a1b2", given_by="p-narrator", scope=["site"])
    site.testimony("t-1", consent="c-a1b2")
    site.translation("t-1", "ru", body="Никто не писал.\n")
    assert ("ru.body", "Никто не писал.") in texts(of(site), "t-1")


def test_a_claim_of_somebody_hidden_is_protected_in_an_open_text(site: Any, of: Any) -> None:
    site.person("p-a1b2", name="Placeholder Name", protect="restricted")
    claim = {"about": "p-a1b2", "what": "other", "words": "was seen at the mill"}
    site.testimony("t-1", claims=[claim])
    assert ("claims.words", "was seen at the mill") in texts(of(site), "t-1")


def test_what_others_object_on_a_card_is_protected(site: Any, of: Any) -> None:
    site.testimony("t-1").consent("c-t-1", others_object="relatives inside were not asked")
    assert ("others_object", "relatives inside were not asked") in texts(of(site), "c-t-1")


@pytest.mark.parametrize("kind", ["place", "organisation"])
def test_the_names_of_what_is_renamed_are_protected(site: Any, of: Any, kind: str) -> None:
    names = [
        {"text": "Placeholder Town", "lang": "en", "kind": "preferred"},
        {"text": "a town in the north", "lang": "en", "kind": "pseudonym"},
    ]
    getattr(site, kind)("pl-a1b2", names=names, protect="pseudonym")
    assert texts(of(site), "pl-a1b2") == {("names.text", "Placeholder Town")}


def test_a_point_on_the_map_is_protected_as_exactly_as_it_was_written(
    site: Any, of: Any
) -> None:
    site.place("pl-1", type="village", at=[43.87654, 81.54321])
    assert texts(of(site), "pl-1") == {("at", "43.87654"), ("at", "81.54321")}


def test_the_day_of_an_interview_is_protected_where_only_its_year_is_told(
    site: Any, of: Any
) -> None:
    coarsen = {"dates": "year", "place": "region", "work": "hide", "words": "exact"}
    site.person("p-a1b2", protect="pseudonym", coarsen=coarsen)
    site.testimony("t-1", told_by="p-a1b2", interview={"date": "2024-03-17"})
    assert ("interview.date", "2024-03-17") in texts(of(site), "t-1")
