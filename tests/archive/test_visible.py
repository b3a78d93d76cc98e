from __future__ import annotations

import datetime

import pytest

from aigaq.archive import visibility
from aigaq.archive.visible import Seen

DAY = datetime.date(2026, 11, 22)


@pytest.fixture
def seen(sources):
    sources.person("p-open").person("p-two").person("p-h", protect="restricted")
    sources.person("p-c", protect="group-only").topics("police").organisation("un")
    sources.listed("glossary", {"id": "akim", "term": "akim", "meaning": "mayor"})
    archive, _ = sources.text("t-1").linked()
    visible, _ = visibility.of(archive, built=DAY)
    return Seen(archive, visible, {"p-two": "p-open"}, {})


@pytest.mark.parametrize(
    ("record", "shown"),
    [
        ("p-open", "p-open"),
        ("p-two", "p-open"),
        ("p-h", ""),
        ("p-c", ""),
        ("p-x", ""),
        ("", ""),
    ],
)
def test_an_id_is_that_of_who_stays_or_none(seen, record, shown):
    assert seen.id(record) == shown


def test_ids_that_become_one_stand_once(seen):
    assert seen.ids(("p-two", "p-h", "t-1", "p-open")) == ("p-open", "t-1")


@pytest.mark.parametrize(
    ("who", "shown"),
    [
        ("p-two", "p-open"),
        ("un", "un"),
        ("p-h", ""),
        ("p-c", ""),
        ("p-nobody", ""),
        ("police", "police"),
        ("akim", "akim"),
        ("The akim", "The akim"),
        ("", ""),
    ],
)
def test_where_words_may_stand_they_are_kept_and_ids_are_seen_to(seen, who, shown):
    assert seen.who(who) == shown


@pytest.mark.parametrize(
    ("who", "hidden"),
    [("p-h", True), ("p-nobody", True), ("p-c", False), ("p-open", False), ("akim", False)],
)
def test_who_is_hidden_leaves_no_trace(seen, who, hidden):
    assert seen.hides(who) is hidden


@pytest.mark.parametrize(
    ("record", "hidden"), [("p-h", True), ("p-c", False), ("t-1", False), ("c-1", True)]
)
def test_a_record_is_hidden_unless_it_is_seen_or_counted(seen, record, hidden):
    assert seen.is_hidden(record) is hidden


def test_a_day_is_a_date_like_any_other(seen):
    assert seen.day(DAY).notation == "2026-11-22"
