from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from aigaq.pages import claims, context, moments, silences, texts, timelines
from aigaq.pages.index import Index


@pytest.fixture(name="line")
def _line(archive: Any, pages_of: Any) -> Any:
    """`line(entries, person="")`: the timeline of entries on the mother's page."""
    page = pages_of(archive)["en/people/p-bb22.html"]
    here = context.Context(page, archive.site, texts.of("en", ""))

    def make(entries: Any, person: str = "", silences: Any = ()) -> Any:
        known = {s.id: s for s in claims.sources(Index(archive), entries)}
        return timelines.of(
            entries, claims.views(entries, here, known), person=person, silences=silences
        )

    return make


def test_events_stand_in_the_order_of_their_dates(archive: Any, line: Any) -> None:
    text = archive.texts["t-1111"]
    entries = (*reversed(text.claims[:2]), *text.asked)

    shown = [event.entry.what for event in line(entries).events]

    assert shown == ["detained", "sentenced", "letter"]


def test_what_was_asked_is_a_strand_of_its_own(archive: Any, line: Any) -> None:
    text = archive.texts["t-1111"]

    strands = [event.strand for event in line((text.claims[0], *text.asked)).events]

    assert strands == ["reported", "asked"]


def test_what_happened_to_others_because_they_spoke_stands_with_what_they_did(
    archive: Any,
) -> None:
    claim = archive.texts["t-1111"].claims[0]
    reprisal = dataclasses.replace(claim, about="p-aa11", what="threatened", because="spoke")

    assert timelines.strand(reprisal, "p-bb22") == "reprisal"


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


@pytest.mark.parametrize(
    ("when", "shape"),
    [
        ("2018-03", ()),
        ("2017/2019", ("span",)),
        ("since 2017", ("span", "open-end")),
        ("../2018", ("span", "open-start")),
        ("before 2018", ("open-start",)),
        ("after 2018", ("open-end",)),
        ("about 2018", ("about",)),
        ("between 2017 and 2018", ("about",)),
        ("2018?", ("uncertain",)),
        ("2018%", ("about", "uncertain")),
    ],
)
def test_open_and_uncertain_dates_have_a_shape(
    archive: Any, line: Any, date: Any, when: str, shape: tuple[str, ...]
) -> None:
    claim = dataclasses.replace(archive.texts["t-1111"].claims[0], when=date(when))

    [event] = line((claim,)).events

    assert event.shape == shape


def test_a_silence_stands_where_it_begins(archive: Any, line: Any, date: Any) -> None:
    text = archive.texts["t-1111"]
    entries = (*text.claims[:2], *text.asked)  # 2017-08, 2018-04~, 2019-11
    silence = silences.Silence(start=date("2018-05"), end=date("2021"), years=2)
    drawn = silences.SilenceView(None, None, moments.Amount("2", "years"))

    made = line(entries, silences=[(silence, drawn)])

    assert [event.silence for event in made.events] == [None, drawn, None]


def test_a_silence_that_lasts_stands_last(archive: Any, line: Any, date: Any) -> None:
    text = archive.texts["t-1111"]
    silence = silences.Silence(start=date("2018-05"), end=None, years=2)
    drawn = silences.SilenceView(None, None, moments.Amount("2", "years"))

    made = line((*text.claims[:2], *text.asked), silences=[(silence, drawn)])

    assert [event.silence for event in made.events] == [None, None, drawn]
