"""Dates: what is taken, what it means in days, and what is said about the rest."""

from __future__ import annotations

import datetime
import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from aigaq.words import edtf
from aigaq.words.diagnostics import Span
from aigaq.words.edtf import EdtfDate

HERE = Span("content/testimonies/t-1.en.md", 7, 3)


def known(text: str) -> EdtfDate:
    date = edtf.parse(text)
    assert isinstance(date, EdtfDate), text
    return date


# All examples of https://www.loc.gov/standards/datetime/ of 2019, by their level: the first and
# the last day of those that are taken, and why the others are refused.
LIBRARY_OF_CONGRESS = [
    ("0", "1985-04-12", "1985-04-12", "1985-04-12"),
    ("0", "1985-04", "1985-04-01", "1985-04-30"),
    ("0", "1985", "1985-01-01", "1985-12-31"),
    ("0", "1985-04-12T23:20:30", "refused", "D013"),
    ("0", "1985-04-12T23:20:30Z", "refused", "D013"),
    ("0", "1985-04-12T23:20:30-04", "refused", "D013"),
    ("0", "1985-04-12T23:20:30+04:30", "refused", "D013"),
    ("0", "1964/2008", "1964-01-01", "2008-12-31"),
    ("0", "2004-06/2006-08", "2004-06-01", "2006-08-31"),
    ("0", "2004-02-01/2005-02-08", "2004-02-01", "2005-02-08"),
    ("0", "2004-02-01/2005-02", "2004-02-01", "2005-02-28"),
    ("0", "2004-02-01/2005", "2004-02-01", "2005-12-31"),
    ("0", "2005/2006-02", "2005-01-01", "2006-02-28"),
    ("1", "Y170000002", "refused", "D005"),
    ("1", "Y-170000002", "refused", "D005"),
    ("1", "2001-21", "2001-03-01", "2001-05-31"),
    ("1", "1984?", "1984-01-01", "1984-12-31"),
    ("1", "2004-06~", "2004-06-01", "2004-06-30"),
    ("1", "2004-06-11%", "2004-06-11", "2004-06-11"),
    ("1", "201X", "2010-01-01", "2019-12-31"),
    ("1", "20XX", "2000-01-01", "2099-12-31"),
    ("1", "2004-XX", "2004-01-01", "2004-12-31"),
    ("1", "1985-04-XX", "1985-04-01", "1985-04-30"),
    ("1", "1985-XX-XX", "1985-01-01", "1985-12-31"),
    ("1", "1985-04-12/..", "1985-04-12", ""),
    ("1", "1985-04/..", "1985-04-01", ""),
    ("1", "1985/..", "1985-01-01", ""),
    ("1", "../1985-04-12", "", "1985-04-12"),
    ("1", "../1985-04", "", "1985-04-30"),
    ("1", "../1985", "", "1985-12-31"),
    ("1", "1985-04-12/", "1985-04-12", ""),
    ("1", "1985-04/", "1985-04-01", ""),
    ("1", "1985/", "1985-01-01", ""),
    ("1", "/1985-04-12", "", "1985-04-12"),
    ("1", "/1985-04", "", "1985-04-30"),
    ("1", "/1985", "", "1985-12-31"),
    ("1", "-1985", "refused", "D005"),
    ("2", "Y-17E7", "refused", "D005"),
    ("2", "1950S2", "refused", "D001"),
    ("2", "Y171010000S3", "refused", "D005"),
    ("2", "Y3388E2S3", "refused", "D005"),
    ("2", "2001-34", "refused", "D002"),
    ("2", "[1667,1668,1670..1672]", "1667-01-01", "1672-12-31"),
    ("2", "[..1760-12-03]", "", "1760-12-03"),
    ("2", "[1760-12..]", "1760-12-01", ""),
    ("2", "[1760-01,1760-02,1760-12..]", "1760-01-01", ""),
    ("2", "[1667,1760-12]", "1667-01-01", "1760-12-31"),
    ("2", "[..1984]", "", "1984-12-31"),
    ("2", "{1667,1668,1670..1672}", "refused", "D014"),
    ("2", "{1960,1961-12}", "refused", "D014"),
    ("2", "{..1984}", "refused", "D014"),
    ("2", "2004-06-11%", "2004-06-11", "2004-06-11"),
    ("2", "2004-06~-11", "refused", "D007"),
    ("2", "2004?-06-11", "refused", "D007"),
    ("2", "?2004-06-~11", "refused", "D007"),
    ("2", "2004-%06-11", "refused", "D007"),
    ("2", "156X-12-25", "refused", "D006"),
    ("2", "15XX-12-25", "refused", "D006"),
    ("2", "XXXX-12-XX", "", ""),
    ("2", "1XXX-XX", "refused", "D006"),
    ("2", "1XXX-12", "refused", "D006"),
    ("2", "1984-1X", "refused", "D006"),
    ("2", "2004-06-~01/2004-06-~20", "refused", "D007"),
    ("2", "2004-06-XX/2004-07-03", "2004-06-01", "2004-07-03"),
]
WHY = {
    "D001": "the significant digits of a year are written 19XX",
    "D002": "a quarter is neither month nor season; it is written 2001-04/2001-06",
    "D005": "nobody in an archive lived before 1000, or will after 2999",
    "D006": "unknown digits end a year; else a whole month or day is unknown, or only the year",
    "D007": "nobody says which part of a date is in doubt",
    "D013": "the time of day belongs in the words of the text",
    "D014": "a claim has one date; several events are several claims",
}
# Of the draft of 2012, in the notation of 2019, and of our own.
MORE = [
    ("2001-22", "2001-06-01", "2001-08-31"),
    ("2001-23", "2001-09-01", "2001-11-30"),
    ("2001-24", "2001-01-01", "2001-12-31"),
    ("1XXX", "1000-01-01", "1999-12-31"),
    ("1984~/2004-06", "1984-01-01", "2004-06-30"),
    ("1984/2004-06~", "1984-01-01", "2004-06-30"),
    ("1984~/2004~", "1984-01-01", "2004-12-31"),
    ("1984-06?/2004-08?", "1984-06-01", "2004-08-31"),
    ("1984-06-02?/2004-08-08~", "1984-06-02", "2004-08-08"),
    ("1984?/2004%", "1984-01-01", "2004-12-31"),
    ("[2018..2020-01-15]", "2018-01-01", "2020-01-15"),
    ("XXXX-03-08", "", ""),
    ("XXXX-02-29", "", ""),
    ("XXXX", "", ""),
    ("2000-02-29", "2000-02-29", "2000-02-29"),
]
TAKEN = [*(row[1:] for row in LIBRARY_OF_CONGRESS if row[2] != "refused"), *MORE]


def bounds(text: str) -> tuple[str, str]:
    """The first and the last day, or that and why it is refused."""
    date, found = edtf.read(text, HERE)
    if found:
        return "refused", found[0].code
    assert isinstance(date, EdtfDate)
    return str(date.earliest or ""), str(date.latest or "")


@pytest.mark.parametrize(
    ("text", "one", "other"), [*(row[1:] for row in LIBRARY_OF_CONGRESS), *MORE]
)
def test_each_example_of_the_standard_has_its_days_or_is_refused(text, one, other):
    assert bounds(text) == (one, other)


def test_each_refusal_of_an_example_has_its_reason():
    assert {row[3] for row in LIBRARY_OF_CONGRESS if row[2] == "refused"} == {*WHY}


@pytest.mark.parametrize("text", [row[0] for row in TAKEN])
def test_canonical_notation_is_kept_as_it_was_written(text):
    assert known(text).notation == text


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("[1667, 1668]", "[1667,1668]"),
        ("[1668,1667,1668]", "[1667,1668]"),
        ("[2018]", "2018"),
        ("2018-03 / 2019", "2018-03/2019"),
        ("201x", "201X"),
        ("201Х", "201X"),  # Cyrillic
        ("xxxx-03-08", "XXXX-03-08"),
        ("XXXX-XX-XX", "XXXX"),
        ("2017\u201108", "2017-08"),  # non-breaking hyphen
        ("２０１７", "2017"),
        ("٢٠١٧", "2017"),
        ("2017–08", "2017-08"),  # en dash
    ],
)
def test_other_spellings_get_the_canonical_notation(text, canonical):
    assert known(text).notation == canonical


@pytest.mark.parametrize(
    ("text", "code", "way_out"),
    [
        ("", "D001", "unknown"),
        ("Placeholder", "D001", "2017-08-15"),
        ("2018-13", "D002", "01 to 12"),
        ("2018-00", "D002", "01 to 12"),
        ("2018-25", "D002", "22 (summer)"),
        ("1990-91", "D002", "1990/1991"),
        ("2018-02-30", "D003", "last day is 28"),
        ("1900-02-29", "D003", "1900-02"),
        ("XXXX-02-30", "D003", "29"),
        ("about 2018-04-31", "D003", "2018-04"),
        ("1990-1-2", "D004", "1990-01-02"),
        ("2018-3", "D004", "2018-03"),
        ("2018-3/2019", "D004", "2018-03"),
        ("2018/3", "D004", "2018-03"),
        ("2018.03.05", "D004", "2018-03-05"),
        ("0985", "D005", "four digits"),
        ("3018", "D005", "four digits"),
        ("-1985", "D005", "four digits"),
        ("Y170000002", "D005", "four digits"),
        ("after 2999", "D005", "four digits"),
        ("before 1000", "D005", "four digits"),
        ("X018", "D006", "201X"),
        ("20X8", "D006", "201X"),
        ("2018-1X", "D006", "[2018-10..2018-12]"),
        ("2018-XX-05", "D006", "2018-XX"),
        ("201X-03", "D006", "201X"),
        ("2018?~", "D007", "2018%"),
        ("2004-06~-11", "D007", "2004-06-11~"),
        ("?2004-06", "D007", "2004-06?"),
        ("05.03.2018", "D008", "2018-03-05"),
        ("5.3.2018 г.", "D008", "2018-03-05"),
        ("13/05/2018", "D008", "2018-05-13"),
        ("05/13/2018", "D008", "2018-05-13"),
        ("03.2018", "D008", "2018-03"),
        ("03/05/2018", "D009", "2018-05-03 if 5 is the month, 2018-03-05 if 3 is"),
        ("March 2018", "D010", "2018-03."),
        ("5 March 2018", "D010", "2018-03-05."),
        ("March 5, 2018", "D010", "2018-03-05."),
        ("5 марта 2018 г.", "D010", "2018-03-05."),
        ("2018 жылғы 5 наурыз", "D010", "2018-03-05."),
        ("since May 2017", "D010", "2017-05."),
        ("April 9", "D010", "XXXX-04-09, or the year"),
        ("2019/2018", "D011", "earlier date comes first"),
        ("2018-03 to 2018-02", "D011", "earlier date comes first"),
        ("[2019..2018]", "D011", "earlier date comes first"),
        ("../..", "D012", "unknown"),
        ("/", "D012", "unknown"),
        ("[..]", "D012", "unknown"),
        ("XXXX-03-08/2018", "D012", "unknown"),
        ("1985-04-12T23:20:30Z", "D013", "1985-04-12"),
        ("{1667,1668}", "D014", "square brackets"),
        ("three years ago", "D015", "before interview"),
        ("в прошлом году", "D015", "before interview"),
        ("past: былтыр", "D015", "before interview"),
        ("about unknown", "D016", "unknown alone"),
        ("early 2018-05", "D016", "about"),
        ("before 2017/2018", "D016", "one year"),
        ("the 90s", "D017", "1990s"),
        ("05.03.18", "D017", "1998"),
        ("2017 to " + "2018 to " * 50, "D001", "unknown"),
    ],
)
def test_what_is_no_date_is_explained_with_a_way_out(text, code, way_out):
    date, [found] = edtf.read(text, HERE)

    assert (date, found.code, found.span) == (None, code, HERE)
    assert way_out in found.remedy
    assert "{" not in found.message.replace(text, "")


def test_what_is_a_date_is_read_without_a_word():
    assert edtf.read("2017-08~", HERE) == (known("2017-08~"), [])


def test_what_cannot_be_read_is_none_for_who_only_asks():
    assert edtf.parse("2018-02-30") is None


@pytest.mark.parametrize(
    ("text", "sense"),
    [
        ("before 2018-01", "before"),
        ("[..2017-12]", "before"),
        ("after 2018", "after"),
        ("[2019..]", "after"),
        ("since 2017-05", "since"),
        ("2017-05/..", "since"),
        ("2017-05/", ""),
        ("../2018", ""),
        ("2018", ""),
        ("[2017,2019..]", ""),
    ],
)
def test_a_bound_and_what_is_still_going_on_stay_apart(text, sense):
    assert known(text).sense == sense


@pytest.mark.parametrize(
    ("text", "approximate", "uncertain"),
    [
        ("2018", False, False),
        ("2018~", True, False),
        ("2018?", False, True),
        ("2018%", True, True),
        ("2017/2018~", True, False),
        ("[2017?,2018]", False, True),
    ],
)
def test_a_mark_anywhere_marks_the_date(text, approximate, uncertain):
    date = known(text)

    assert (date.approximate, date.uncertain) == (approximate, uncertain)


@pytest.mark.parametrize(
    ("text", "year", "within"),
    [
        ("2018", 2018, True),
        ("2018-03-05", 2018, True),
        ("2018-01/2018-12", 2018, True),
        ("2017-12/2018-01", 2018, False),
        ("201X", 2018, False),
        ("2018-24", 2018, True),
        ("since 2018-03", 2018, True),
        ("since 2018-03", 2019, False),
        ("before 2018", 2017, True),
        ("before 2018", 2018, False),
        ("XXXX-03-08", 2018, False),
        ("unknown", 2018, False),
    ],
)
def test_a_date_belongs_to_a_year_that_holds_all_of_it(text, year, within):
    assert known(text).lies_within(year) is within


def test_dates_sort_by_first_day_then_last_day_then_certainty_and_the_unknown_come_last():
    in_order = [
        "2017",
        "[..2017-12]",
        "2017-12",
        "../2018",
        "2018-01-01",
        "2018-01",
        "2018",
        "2018~",
        "2018?",
        "2018%",
        "2018/..",
        "2018-02",
        "../2018-03",
        "/2018-03",
        "2018-03-01",
        "XXXX",
        "XXXX-03-08",
    ]

    assert sorted({*in_order}, key=lambda text: known(text).sort_key()) == in_order


@pytest.mark.parametrize(
    ("one", "other", "possible"),
    [
        ("2018", "2018-03", True),
        ("2018-02", "2018-03", False),
        ("before 2018", "2018", False),
        ("since 2017", "2019-05-05", True),
        ("unknown", "2018", True),
    ],
)
def test_two_dates_may_be_the_same_day_where_their_bounds_meet(one, other, possible):
    assert known(one).may_overlap(known(other)) is possible


@pytest.mark.parametrize(
    ("texts", "notation"),
    [
        (["2018-03", "2017"], "[2017,2018-03]"),
        (["2017"], "2017"),
        (["2017", "2017"], "2017"),
        (["2017/2018", "2019~"], "[2017..2018,2019~]"),
        (["since 2019", "before 2016"], "[..2015,2019..]"),
        (["2018", "unknown"], "XXXX"),
        (["2018", "XXXX-03-08"], "XXXX"),
    ],
)
def test_a_list_means_one_of_these(texts, notation):
    assert edtf.one_of(known(text) for text in texts).notation == notation


@pytest.mark.parametrize(
    ("text", "notation"),
    [
        ("2018-03-05~", "2018~"),
        ("2018-03-XX", "2018"),
        ("2018-22", "2018"),
        ("2017-08/2018-03", "2017/2018"),
        ("2018-01/2018-04~", "2018~"),
        ("2018-01/2018-03", "2018"),
        ("2018-03/..", "2018/.."),
        ("/2018-03", "/2018"),
        ("[2018-03,2018-05,2019]", "[2018,2019]"),
        ("before 2018-03", "[..2018]"),
        ("199X", "199X"),
        ("XXXX-03-08", "XXXX"),
        ("unknown", "XXXX"),
    ],
)
def test_a_coarsened_date_has_nothing_finer_than_years(text, notation):
    assert edtf.coarsened(known(text)).notation == notation


years = st.integers(1000, 2999).map(str)
months = st.integers(1, 12).map("{:02}".format)
marks = st.sampled_from(["", "?", "~", "%"])
days = st.dates(datetime.date(1000, 1, 1), datetime.date(2999, 12, 31)).map(str)
bare_points = st.one_of(
    days,
    years,
    st.tuples(years, months).map("-".join),
    st.tuples(years, st.sampled_from(["21", "22", "23", "24", "XX"])).map("-".join),
    st.tuples(years, st.integers(1, 3)).map(lambda p: p[0][: 4 - p[1]] + "X" * p[1]),
)
points = st.tuples(bare_points, marks).map("".join)
open_ends = st.sampled_from(["", ".."])
intervals = st.tuples(points | open_ends, points | open_ends).map("/".join)
elements = points | st.tuples(points | st.just(""), points | st.just("")).map("..".join)
sets = st.lists(elements, min_size=1, max_size=4).map(lambda parts: f"[{','.join(parts)}]")
undated = st.sampled_from(["XXXX", "XXXX-03-08", "XXXX-03?"])
notations = points | intervals | sets | undated


@st.composite
def dates(draw):
    date = edtf.parse(draw(notations))
    assume(isinstance(date, EdtfDate))
    return date


@given(dates())
def test_no_date_ends_before_it_starts(date):
    assert (date.earliest or datetime.date.min) <= (date.latest or datetime.date.max)


@given(dates())
def test_the_notation_is_all_there_is_to_a_date(date):
    assert edtf.parse(date.notation) == date


@given(dates(), dates(), dates())
def test_the_order_is_total(a, b, c):
    first, second, third = sorted([a, b, c], key=EdtfDate.sort_key)

    assert first.sort_key() <= second.sort_key() <= third.sort_key()
    assert (a.sort_key() == b.sort_key()) == (a == b)


@given(points, st.sampled_from(["before", "after"]))
def test_a_bound_excludes_the_unit_that_it_names(point, word):
    named = known(point)
    assume(named.stretches[0][0].unit != "season")
    assume(named.earliest.year > 1000 and named.latest.year < 2999)

    bound = known(f"{word} {point}")

    assert not bound.may_overlap(named)
    nearest = bound.latest if word == "before" else bound.earliest
    assert abs((nearest - (named.earliest if word == "before" else named.latest)).days) == 1


@given(dates())
def test_a_coarsened_date_still_holds_the_days_of_the_finer_one(date):
    coarse = edtf.coarsened(date)

    assert coarse.may_overlap(date)
    assert not re.search(r"\d-", coarse.notation)


@given(st.text(max_size=40) | st.text("0123456789X-/.[],?~% ", max_size=14))
def test_any_text_is_a_date_or_gets_exactly_one_reason(text):
    date, found = edtf.read(text, HERE)

    assert (date is None) == (len(found) == 1)
    assert all(str(diagnostic) for diagnostic in found)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("30.02.2017", "D003"),
        ("02/30/2017", "D003"),
        ("2017-2-30", "D003"),
        ("30 February 2017", "D003"),
        ("2017-02-30T10:00", "D003"),
        ("13.2017", "D002"),
        ("15.00.2017", "D002"),
    ],
)
def test_no_remedy_is_a_date_that_would_be_refused(written, code):
    _, (found,) = edtf.read(written, Span("a.md"))

    assert (found.code, f'"{written}"' in found.message) == (code, True)
