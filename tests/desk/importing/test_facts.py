"""Lines of a page that tell of its article, and lines that are words of somebody."""

from __future__ import annotations

import pytest

from aigaq.desk.importing import facts


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2020-07-21 10:00:00", "2020-07-21"),
        ("2020-07-21T10:00+05:00", "2020-07-21"),
        ("0000-00-00 00:00:00", ""),
        ("2020-13-40", ""),
        ("yesterday", ""),
        ("21 July, 2020", "2020-07-21"),
        ("March 4, 2019", "2019-03-04"),
        ("31 June 2020", ""),
        ("12 Anything 2020", ""),
    ],
)
def test_a_date_that_is_none_is_left_open(text: str, day: str) -> None:
    assert facts.date_of(text) == day


def test_a_line_of_a_listing_tells_who_posted_it_when_and_of_what() -> None:
    line = "By Example Mission | 21 July, 2020 | Topics: Art, Human Rights | Tags: film"
    assert facts.told(line, at_an_end=True) == facts.Facts(
        author="Example Mission",
        published="2020-07-21",
        topics=("Art", "Human Rights"),
        tags=("film",),
    )


@pytest.mark.parametrize(
    "line",
    [
        "21 July, 2020 | they took her",
        "By evening | it was dark",
        "Tags were on all doors",
        "Topics: none of us knew | and so on",
    ],
)
def test_a_line_that_says_anything_else_is_words(line: str) -> None:
    assert facts.told(line, at_an_end=True) is None


@pytest.mark.parametrize(
    "line", ["21 July, 2020", "Date: 21 July, 2020", "Source: example.org/1"]
)
def test_a_day_or_a_source_in_the_middle_is_words(line: str) -> None:
    assert facts.told(line, at_an_end=False) is None


@pytest.mark.parametrize("who", ["a neighbour at 3/4", "a cousin in Urumqi/Ghulja", "he/she"])
def test_a_source_that_is_no_address_is_words(who: str) -> None:
    assert facts.told(f"Source: {who}", at_an_end=True) is None
