from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from aigaq.pages import claims, context, texts, timelines
from aigaq.pages.index import Index


@pytest.fixture(name="line")
def _line(archive: Any, pages_of: Any) -> Any:
    """`line(entries, person="")`: the timeline of entries on the mother's page."""
    page = pages_of(archive)["en/people/p-bb22.html"]
    here = context.Context(page, archive.site, texts.of("en", ""))

    def make(entries: Any, person: str = "") -> Any:
        known = {s.id: s for s in claims.sources(Index(archive), entries)}
        return timelines.of(entries, claims.views(entries, here, known), person=person)

    return make


def test_events_stand_in_the_order_of_their_dates(archive: Any, line: Any) -> None:
    text = archive.texts["t-1111"]
    entries = (*reversed(text.claims[:2]), *text.asked)

    shown = [event.entry.what for event in line(entries).events]

    assert shown == ["detained", "sentenced", "letter"]


def test_what_was_asked_is_a_strand_of_its_own(archive: Any, line: Any) -> None:
    text = archive.texts["t-1111"]

    strands = [event.strand for event in line((text.claims[0], *text.asked)).events]

    assert strands == ["reported", "family"]


def test_what_happened_to_others_because_they_spoke_stands_with_what_they_did(
    archive: Any,
) -> None:
    claim = archive.texts["t-1111"].claims[0]
    reprisal = dataclasses.replace(claim, about="p-aa11", what="threatened", because="spoke")

    assert timelines.strand(reprisal, "p-bb22") == "family"


def test_what_happened_to_somebody_because_they_spoke_is_reported_of_them(
    archive: Any,
) -> None:
    claim = archive.texts["t-1111"].claims[0]
    reprisal = dataclasses.replace(claim, about="p-aa11", what="threatened", because="spoke")

    assert timelines.strand(reprisal, "p-aa11") == "reported"


def test_an_event_without_a_date_stands_apart(archive: Any, line: Any) -> None:
    undated = dataclasses.replace(archive.texts["t-1111"].claims[0], when=None)

    made = line((undated,))

    assert (len(made.events), len(made.undated)) == (0, 1)


def test_an_event_whose_date_is_told_to_be_unknown_stands_apart(
    archive: Any, line: Any, date: Any
) -> None:
    unknown = dataclasses.replace(archive.texts["t-1111"].claims[0], when=date("unknown"))

    made = line((unknown,))

    assert (len(made.events), len(made.undated)) == (0, 1)


def test_a_fact_without_a_date_is_no_event(archive: Any, line: Any) -> None:
    reason = archive.texts["t-1111"].claims[2]

    assert not line((reason,))


def test_a_date_that_no_single_value_can_say_has_words_only(archive: Any, line: Any) -> None:
    between = archive.texts["t-1111"].claims[3]

    [event] = line((between,)).events

    assert event.entry.when.machine == ""
    assert event.entry.when.words != ""
