from __future__ import annotations

import dataclasses
import re
from typing import Any

import pytest

from aigaq.archive.public import Count, Duration
from aigaq.pages import context, moments, texts
from aigaq.words.counted_dates import RelativeDate


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


BEFORE = RelativeDate(3, "year", after=False, anchor="interview")


def test_a_date_that_was_counted_says_so_and_has_no_machines_form(here: Any, date: Any) -> None:
    moment = moments.of(date("2021~"), here, BEFORE)

    assert moment == moments.Moment(
        "about 2021",
        derived=moments.Derived(moments.Amount("3", "years"), "interview", after=False),
    )


def test_half_a_year_is_six_months(here: Any, date: Any) -> None:
    moment = moments.of(date("2021-09~"), here, dataclasses.replace(BEFORE, amount=0.5))

    assert moment is not None
    assert moment.derived is not None
    assert moment.derived.amount == moments.Amount("6", "months")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({}, "about 2021 (counted back from the interview: 3 years)"),
        ({"anchor": "published"}, "about 2021 (counted back from the publication: 3 years)"),
        ({"after": True}, "about 2021 (counted on from the interview: 3 years)"),
        (
            {"after": True, "anchor": "published"},
            "about 2021 (counted on from the publication: 3 years)",
        ),
        (
            {"bound": "more than"},
            "about 2021 (counted back from the interview: more than 3 years)",
        ),
        (
            {"amount": 2.5, "unit": "week"},
            "about 2021 (counted back from the interview: 2.5 weeks)",
        ),
    ],
)
def test_how_a_date_was_counted_is_said_in_words(
    archive: Any, recounted: Any, html_of: Any, change: Any, words: str
) -> None:
    html = html_of(recounted(archive, **change), "en/people/p-bb22.html")

    assert words in re.sub(r"<[^>]*>", "", html)


@pytest.mark.parametrize(
    "path",
    [
        *("en/people/p-bb22.html", "en/timeline/2021.html", "en/testimonies/t-1111.html"),
        *("en/places/pl-camp-1.html", "en/wall.html"),
    ],
)
def test_a_date_that_was_counted_says_so_wherever_it_is_shown(
    archive: Any, recounted: Any, html_of: Any, path: str
) -> None:
    html = re.sub(r"<[^>]*>", "", html_of(recounted(archive), path))

    shown = html.count("about 2021")
    assert shown == html.count("about 2021 (counted back from the interview: 3 years)") > 0


@pytest.fixture(name="recounted")
def _recounted(changed: Any, date: Any) -> Any:
    """`recounted(archive, **changes)`: its first claim counts its date from the interview."""

    def change(archive: Any, **changes: Any) -> Any:
        first, *others = archive.texts["t-1111"].claims
        counted = dataclasses.replace(BEFORE, **changes)
        claim = dataclasses.replace(first, when=date("2021~"), counted=counted)
        wall = [dataclasses.replace(c, status="") for c in others]
        return changed(archive, texts={"t-1111": {"claims": (claim, *wall)}})

    return change


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
