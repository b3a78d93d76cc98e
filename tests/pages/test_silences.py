from __future__ import annotations

import datetime
from typing import Any

import pytest

from aigaq.archive.public import Claim
from aigaq.pages import silences
from aigaq.words import edtf

BUILT = datetime.date(2026, 11, 22)


@pytest.fixture(name="drawn")
def _drawn(date: Any) -> Any:
    """`drawn(("held", "camp", "2017"), …, until=…)`: start, end and years of each silence."""

    def drawn(
        *claims: Any, until: Any = None, told: str = "2024"
    ) -> list[tuple[str, str, int]]:
        made = [
            Claim(
                text="t-1",
                number=n,
                about="p-1",
                what=one[0],
                status=one[1],
                when=date(one[2]) if one[2] else None,
                **(one[3] if len(one) > 3 else {}),
            )
            for n, one in enumerate(claims, 1)
        ]
        found = silences.of(made, "p-1", {"t-1": date(told)}, until)
        return [(s.start.notation, s.end.notation if s.end else "", s.years) for s in found]

    return drawn


CAMP, FREE = ("held", "camp", "2017-05"), ("released", "released", "2021-04-09")


def test_a_long_time_without_news_is_drawn(drawn: Any) -> None:
    assert drawn(CAMP, FREE) == [("2017-05", "2021-04-09", 3)]


@pytest.mark.parametrize(
    ("first", "last", "years"),
    [
        ("2017", "2020", 2),  # 2018 and 2019
        ("2017-02-01", "2019-02-01", 1),  # two years to the day are not more than two
        ("2019-06-01", "2020-06-02", 1),
        ("2019-06-01", "2020-06-01", 0),
    ],
)
def test_whole_years_are_counted_by_the_calendar(
    drawn: Any, first: str, last: str, years: int
) -> None:
    found = drawn(("held", "camp", first), ("released", "released", last))
    assert [n for _, _, n in found] == ([years] if years else [])


def test_less_than_a_year_is_none(drawn: Any) -> None:
    assert drawn(CAMP, ("released", "released", "2018-04")) == []


def test_before_somebody_was_taken_nothing_is_silent(drawn: Any) -> None:
    assert drawn(("born", "", "1980"), CAMP) == []


def test_after_somebody_came_free_nothing_is_silent(drawn: Any) -> None:
    assert drawn(FREE, ("married", "", "2024")) == []


def test_a_stretch_is_silent_from_its_end(drawn: Any) -> None:
    assert drawn(("held", "prison", "2017-05/2019-03"), FREE) == [("2019-03", "2021-04-09", 2)]


@pytest.mark.parametrize("when", ["after 2017", "since 2017", "2017/2023", "before 2022"])
def test_what_may_reach_into_it_breaks_the_silence(drawn: Any, when: str) -> None:
    assert drawn(CAMP, ("held", "prison", when), FREE) == []


def test_a_date_in_doubt_draws_none(drawn: Any) -> None:
    assert drawn(("held", "camp", "2017?"), FREE) == []


def test_a_counted_date_draws_none(drawn: Any) -> None:
    counted = edtf.parse("4 years before published")
    assert drawn(("held", "camp", "2017~", {"counted": counted}), FREE) == []


def test_about_reaches_as_far_again(drawn: Any) -> None:
    assert drawn(("held", "camp", "2019~"), FREE) == []


def test_news_without_a_date_may_be_of_that_time(drawn: Any) -> None:
    assert drawn(CAMP, ("contact", "", "", {"contact": "letters"}), FREE) == []


def test_that_there_is_no_contact_is_no_news(drawn: Any) -> None:
    assert drawn(CAMP, ("contact", "", "", {"contact": "none"}), FREE) != []


def test_a_fact_without_a_date_is_no_news(drawn: Any) -> None:
    assert drawn(CAMP, ("ethnicity", "", ""), FREE) != []


def test_of_who_is_still_held_the_silence_lasts_to_the_build(drawn: Any) -> None:
    assert drawn(CAMP, until=BUILT, told="2017-05") == [("2017-05", "", 9)]


def test_of_others_it_does_not(drawn: Any) -> None:
    assert drawn(CAMP, until=None) == []


def test_a_silence_never_begins_before_the_last_thing_told(drawn: Any) -> None:
    later = ("held", "prison", "[2021..2022-06-07]")
    assert drawn(("held", "camp", "2021~"), later, until=BUILT, told="2021") == [
        ("2022-06-07", "", 3)
    ]


def test_a_silence_never_ends_after_the_next_thing_told(drawn: Any) -> None:
    around, exact = ("contact", "", "2021~", {"contact": "letters"}), ("medical", "", "2020-06")
    assert drawn(("held", "camp", "2016"), around, exact) == [("2016", "2020-06", 3)]


def test_that_one_begins_with_the_last_telling(drawn: Any) -> None:
    assert drawn(CAMP, until=BUILT, told="2021-10") == [("2021-10", "", 5)]
