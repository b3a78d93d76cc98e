from __future__ import annotations

import pytest

from aigaq.archive import spans
from aigaq.archive.public import Duration
from aigaq.words import edtf


def date(text: str) -> edtf.EdtfDate:
    found = edtf.parse(text)
    assert isinstance(found, edtf.EdtfDate)
    return found


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        ("2017", "2018", True),
        ("2017~", "2018", False),
        ("2017~", "2019", True),
        ("2017-05", "2017-06", True),
        ("2017-05?", "2017-06", False),
        ("since 2017", "2016", True),
        ("since 2017", "2026", False),
        ("before 2017", "2017", True),
        ("after 2017", "2017-12", True),
        ("../2017", "1900", False),
        ("unknown", "1900", False),
        ("1990/1993~", "1995", False),
    ],
)
def test_dates_are_apart_where_no_reading_brings_them_together(
    one: str, other: str, *, apart: bool
) -> None:
    assert spans.apart(date(one), date(other)) is apart
    assert spans.apart(date(other), date(one)) is apart


def test_no_date_is_apart_from_none() -> None:
    assert not spans.apart(None, date("2017"))


@pytest.mark.parametrize(
    ("text", "days"),
    [("2017-05", ("2017-05-01", "2017-05-31")), ("2017", None), ("2017-05~", None)],
)
def test_a_month_is_exact_and_a_year_is_not(text: str, days: tuple[str, str] | None) -> None:
    found = spans.exact(date(text))
    assert (found and tuple(map(str, found))) == days


def test_since_began_at_the_latest_when_its_unit_ended() -> None:
    assert str(spans.start(date("since 2017-05"))) == "2017-05-31"
    assert spans.start(date("after 2017")) is None


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        (Duration(number=1, unit="years"), Duration(number=12, unit="months"), False),
        (Duration(number=1, unit="years"), Duration(number=2, unit="years"), True),
        (Duration(number=1, unit="years"), Duration(number=15, unit="months"), False),
        (Duration(number=10, unit="days"), Duration(number=12, unit="days"), True),
        (Duration(number=2, unit="years", bound="more than"), Duration(number=9, unit="years"),
         False),
        (Duration(number=2, unit="years", bound="less than"), Duration(number=9, unit="years"),
         True),
    ],
)  # fmt: skip
def test_lengths_are_as_exact_as_their_unit(
    one: Duration, other: Duration, *, apart: bool
) -> None:
    assert spans.lengths_apart(one, other) is apart
    assert spans.lengths_apart(other, one) is apart
