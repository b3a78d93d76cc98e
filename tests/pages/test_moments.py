from __future__ import annotations

from typing import Any

import pytest

from aigaq.archive.public import Count, Duration
from aigaq.pages import context, moments, texts


@pytest.fixture(name="here")
def _here(archive: Any, pages_of: Any) -> Any:
    page = pages_of(archive)["en/people/p-bb22.html"]
    return context.Context(page, archive.site, texts.of("en", ""))


@pytest.mark.parametrize("known", ["2017", "2017-08", "2017-08-15"])
def test_a_plain_date_has_the_machines_form(here: Any, date: Any, known: str) -> None:
    assert moments.of(date(known), here).machine == known  # type: ignore[union-attr]


@pytest.mark.parametrize("open_", ["2017/2019", "before 2018", "unknown", "[2018,2019]"])
def test_a_date_that_is_no_single_day_month_or_year_has_none(
    here: Any, date: Any, open_: str
) -> None:
    assert moments.of(date(open_), here).machine == ""  # type: ignore[union-attr]


def test_no_date_is_no_moment(here: Any) -> None:
    assert moments.of(None, here) is None


def test_a_duration_keeps_its_bound() -> None:
    assert moments.duration(Duration(number=3, unit="months", bound="about")) == moments.Amount(
        "3", "months", "about"
    )


def test_a_fraction_takes_the_plural_form() -> None:
    amount = moments.duration(Duration(number=1.5, unit="years"))

    assert amount is not None
    assert (amount.number, amount.plural) == ("1.5", 2)


def test_unknown_years_are_no_amount() -> None:
    assert moments.years("unknown") is None


def test_a_range_of_people_has_both_ends() -> None:
    assert moments.count(Count(low=2, high=3)) == moments.Amount("2", "people", "to", "3")
