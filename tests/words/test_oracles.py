"""First and last days of dates, beside those that two libraries find in the same notation.

What is compared is what the notation says. `edtf` can also widen a date that is "about"
(`lower_fuzzy`); nobody told by how much, so here no date is widened.
"""

from __future__ import annotations

import datetime
import math

import pytest
from edtf import parse_edtf
from hypothesis import given, settings
from hypothesis import strategies as st
from undate import Undate, UndateInterval

from aigaq.words import edtf
from aigaq.words.edtf import EdtfDate

Bounds = tuple[str, str]

# What a library says of an example, where we differ on purpose: the reason, then what it says
# (None: it does not read that), then what we say.
DISAGREEMENTS = {
    ("edtf", "winter"): (
        "2001-24",
        "it takes the last month for all of winter; a winter is at either end of its year",
        ("2001-12-01", "2001-12-31"),
        ("2001-01-01", "2001-12-31"),
    ),
    ("edtf", "unknown end"): (
        "1985-04/",
        "it supposes ten years; the standard says nothing of how long, and nobody told it",
        ("1985-04-01", "1995-04-01"),
        ("1985-04-01", ""),
    ),
    ("edtf", "unknown start"): (
        "/1985-04",
        "as with an unknown end",
        ("1975-04-30", "1985-04-30"),
        ("", "1985-04-30"),
    ),
    ("undate", "interval to a part"): (
        "2004/2004-06",
        "it does not compare a date with another that holds it",
        None,
        ("2004-01-01", "2004-06-30"),
    ),
    ("undate", "season"): (
        "2001-22",
        "it knows no seasons",
        None,
        ("2001-06-01", "2001-08-31"),
    ),
    ("undate", "winter"): (
        "2001-24",
        "it knows no seasons",
        None,
        ("2001-01-01", "2001-12-31"),
    ),
}


def ours(text: str) -> Bounds:
    date = edtf.parse(text)
    assert isinstance(date, EdtfDate)
    return str(date.earliest or ""), str(date.latest or "")


def of_edtf(text: str) -> Bounds:
    """Its `struct_time`s, or an infinite number for an end that is open."""
    date = parse_edtf(text)
    lower, upper = (
        ""
        if isinstance(end, float) and math.isinf(end)
        else datetime.date(*end[:3]).isoformat()
        for end in (date.lower_strict(), date.upper_strict())
    )
    return lower, upper


def of_undate(text: str) -> Bounds:
    """Its intervals are of two dates, each of which has a first and a last day."""
    date = Undate.parse(text, "EDTF")
    if isinstance(date, UndateInterval):
        return (
            str(date.earliest.earliest) if date.earliest else "",
            str(date.latest.latest) if date.latest else "",
        )
    return str(date.earliest), str(date.latest)


ORACLES = {"edtf": of_edtf, "undate": of_undate}

years = st.integers(1000, 2999).map(str)
months = st.integers(1, 12).map("{:02}".format)
days = st.dates(datetime.date(1000, 1, 1), datetime.date(2999, 12, 31)).map(str)
year_months = st.tuples(years, months).map("-".join)
level_0 = years | year_months | days
qualified = st.tuples(level_0, st.sampled_from("?~%")).map("".join)
dates = level_0 | qualified
forms = {
    "level 0": level_0,
    "qualified": qualified,
    "unknown digits": st.tuples(years, st.integers(1, 2)).map(
        lambda part: part[0][: 4 - part[1]] + "X" * part[1]
    ),
    "unknown month or day": st.one_of(
        years.map("{}-XX".format), years.map("{}-XX-XX".format), year_months.map("{}-XX".format)
    ),
    "season": st.tuples(years, st.sampled_from(["21", "22", "23"])).map("-".join),
    "winter": years.map("{}-24".format),
    "interval": st.tuples(dates, dates)
    .filter(lambda ends: ends[0][:4] < ends[1][:4])
    .map("/".join),
    "interval to a part": st.tuples(years, months).map("{0[0]}/{0[0]}-{0[1]}".format),
    "open end": dates.map("{}/..".format),
    "open start": dates.map("../{}".format),
    "unknown end": dates.map("{}/".format),
    "unknown start": dates.map("/{}".format),
}


@pytest.mark.parametrize(
    ("oracle", "form"),
    [(o, form) for o in ORACLES for form in forms if (o, form) not in DISAGREEMENTS],
)
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_first_and_last_day_are_those_of_the_library(oracle, form, data):
    text = data.draw(forms[form])

    assert ours(text) == ORACLES[oracle](text)


@pytest.mark.parametrize(("oracle", "form"), DISAGREEMENTS)
def test_a_disagreement_is_still_one(oracle, form):
    text, _, theirs, wanted = DISAGREEMENTS[oracle, form]
    try:
        found = ORACLES[oracle](text)
    except Exception:  # each library has its own for what it does not read
        found = None

    assert (found, ours(text)) == (theirs, wanted)
