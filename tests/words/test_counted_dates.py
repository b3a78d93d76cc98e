"""Dates that count from another day: their words, and what they lead to."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from aigaq.words import edtf
from aigaq.words.counted_dates import RelativeDate
from aigaq.words.edtf import EdtfDate

# As told, then en, kk, ru, tr, ug, zh
SAID = {
    (2.5, "year", False, "interview"): (
        ("2 and a half years before interview", "two and a half years before the interview"),
        (
            "сұхбаттан 2 жарым жыл бұрын",
            "сұхбаттан екі жарым жыл бұрын",
            "сұхбаттан 2,5 жыл бұрын",
        ),
        ("за 2 с половиной года до интервью", "2,5 года до интервью"),
        ("röportajdan 2 buçuk yıl önce",),
        ("سۆھبەتتىن 2 يېرىم يىل بۇرۇن",),
        ("采访前2年半", "采访前两年半"),
    ),
    (3, "year", False, "interview"): (
        ("3 years before interview", "three years before interview"),
        ("сұхбаттан үш жыл бұрын",),
        ("за три года до интервью",),
        ("röportajdan üç yıl önce",),
        ("سۆھبەتتىن 3 يىل بۇرۇن",),
        ("采访前三年",),
    ),
    (5, "month", True, "published"): (
        ("5 months after published", "5 months after the publication"),
        ("жарияланғаннан 5 ай кейін",),
        ("через 5 месяцев после публикации",),
        ("yayından 5 ay sonra",),
        ("ئېلان قىلىنىشتىن 5 ئاي كېيىن",),
        ("发表后5个月",),
    ),
    (1.5, "year", False, "published"): (
        ("one and a half years before published",),
        ("жарияланғаннан бір жарым жыл бұрын",),
        ("полтора года до публикации",),
        ("yayından bir buçuk yıl önce",),
        ("ئېلان قىلىنىشتىن بىر يېرىم يىل بۇرۇن",),
        ("发表前一年半",),
    ),
    (0.5, "year", False, "interview"): (
        ("half a year before interview",),
        ("сұхбаттан жарты жыл бұрын",),
        ("за полгода до интервью",),
        ("röportajdan yarım yıl önce",),
        ("سۆھبەتتىن يېرىم يىل بۇرۇن",),
        ("采访前半年",),
    ),
    (0.5, "month", True, "interview"): (
        ("half a month after interview",),
        ("сұхбаттан жарты ай кейін",),
        ("через полмесяца после интервью",),
        ("röportajdan yarım ay sonra",),
        ("سۆھبەتتىن يېرىم ئاي كېيىن",),
        ("采访后半个月",),
    ),
    (2, "week", False, "interview"): (
        ("2 weeks before interview",),
        ("сұхбаттан 2 апта бұрын",),
        ("за две недели до интервью",),
        ("röportajdan 2 hafta önce",),
        ("سۆھبەتتىن 2 ھەپتە بۇرۇن",),
        ("采访前2周",),
    ),
    (3, "year", False, "interview", "about"): (
        ("about 3 years before interview",),
        ("сұхбаттан шамамен 3 жыл бұрын",),
        ("примерно 3 года до интервью", "примерно за 3 года до интервью"),
        ("röportajdan yaklaşık 3 yıl önce",),
        ("سۆھبەتتىن تەخمىنەن 3 يىل بۇرۇن",),
        ("采访前大约3年", "采访前约3年"),
    ),
    (5, "year", False, "published", "more than"): (
        ("more than 5 years before published", "over five years before the publication"),
        ("жарияланғаннан 5 жылдан астам бұрын", "жарияланғаннан 5 жылдан көп уақыт бұрын"),
        ("более чем за 5 лет до публикации", "более 5 лет до публикации"),
        ("yayından 5 yıldan fazla önce", "yayından 5 yıldan fazla bir süre önce"),
        ("ئېلان قىلىنىشتىن 5 يىلدىن ئارتۇق بۇرۇن",),
        ("发表前5年多", "发表前超过5年"),
    ),
    (2, "month", True, "interview", "less than"): (
        ("less than 2 months after interview", "under two months after the interview"),
        ("сұхбаттан 2 айдан аз уақыт кейін",),
        ("менее чем через 2 месяца после интервью",),
        ("röportajdan 2 aydan az sonra",),
        ("سۆھبەتتىن 2 ئايدىن ئاز كېيىن",),
        ("采访后不到两个月",),
    ),
}


@pytest.mark.parametrize(
    ("words", "meaning"),
    [(words, told) for told, rows in SAID.items() for row in rows for words in row],
)
def test_counting_means_the_same_in_every_language(words, meaning):
    assert edtf.parse(words) == RelativeDate(*meaning)


def test_each_language_says_everything():
    assert {len(rows) for rows in SAID.values()} == {6}


@pytest.mark.parametrize(
    "words", ["interview", "3 before interview", "years before interview", "3 years before"]
)
def test_half_of_the_words_is_no_date(words):
    assert edtf.parse(words) is None


def resolved(words: str, anchor: str) -> EdtfDate | None:
    relative, day = edtf.parse(words), edtf.parse(anchor)
    assert isinstance(relative, RelativeDate)
    assert isinstance(day, EdtfDate)
    return edtf.resolve(relative, day)


@pytest.mark.parametrize(
    ("words", "anchor", "notation"),
    [
        ("3 years before interview", "2024-03-09", "2021~"),
        ("2 and a half years before interview", "2024-03-09", "2021-09~"),
        ("half a year after interview", "2024-03-09", "2024-09~"),
        ("3 months before published", "2024-02~", "2023-11~"),
        ("3 months before published", "2024-05-31", "2024-02~"),
        ("half a month after interview", "2024-03-09", "2024-03~"),
        ("2 weeks before interview", "2024-03-09", "2024-02-24~"),
        ("10 days after published", "2024-12-25", "2025-01-04~"),
    ],
)
def test_the_result_is_as_coarse_as_the_words(words, anchor, notation):
    assert resolved(words, anchor).notation == notation


@pytest.mark.parametrize(
    ("words", "anchor", "notation"),
    [
        ("2 weeks before interview", "2024-03", "[2024-02~..2024-03~]"),
        ("2 weeks before interview", "2022~", "[2021~..2022~]"),
        ("3 months before interview", "2022", "[2021~..2022~]"),
        ("2 and a half years before interview", "2024", "[2021~..2022~]"),
        ("2 weeks before interview", "2017-22", "[2017-05~..2017-08~]"),
        ("2 weeks before interview", "2017-24", "[2016~..2017~]"),
        ("3 years before interview", "201X", "[200X~..201X~]"),
        ("3 days before interview", "19XX", "[18XX~..19XX~]"),
        ("3 years before interview", "2023-12/2024-01", "[2020~..2021~]"),
        ("3 months before interview", "2020/2021-03-05", "[2019~..2020~]"),
        ("3 months before interview", "[2020-03-01,2021]", "[2019~..2021~]"),
    ],
)
def test_the_result_is_as_coarse_as_the_day_counted_from(words, anchor, notation):
    assert resolved(words, anchor).notation == notation


@pytest.mark.parametrize(
    ("words", "notation", "sense"),
    [
        ("about 5 years before published", "2018~", ""),
        ("more than 5 years before published", "[..2018~]", "before"),
        ("more than 2 months after published", "[2023-09~..]", "after"),
        ("less than 5 years before published", "[2018~..2023]", ""),
        ("less than 2 months after published", "[2023-07..2023-09~]", ""),
    ],
)
def test_more_than_is_a_bound_and_less_than_lies_between(words, notation, sense):
    date = resolved(words, "2023-07-15")

    assert (date.notation, date.sense) == (notation, sense)


@pytest.mark.parametrize(
    "anchor", [None, "unknown", "before 2024", "since 2020", "1001", "1000-02-01"]
)
def test_counting_from_a_day_that_is_not_known_leads_nowhere(anchor):
    relative = RelativeDate(3, "year", after=False, anchor="interview")

    assert edtf.resolve(relative, anchor and edtf.parse(anchor)) is None


def test_a_length_beyond_the_calendar_leads_nowhere():
    relative = RelativeDate(10**9, "day", after=True, anchor="interview")

    assert edtf.resolve(relative, edtf.parse("2024")) is None


relatives = st.builds(
    RelativeDate,
    amount=st.integers(0, 200).map(lambda n: n / 2),
    unit=st.sampled_from(["year", "month", "week", "day"]),
    after=st.booleans(),
    anchor=st.just("interview"),
    bound=st.sampled_from(["", "about", "more than", "less than"]),
)
years = st.integers(1600, 2400).map(str)
anchors = st.one_of(
    years,
    st.tuples(years, st.sampled_from(["01", "06", "12", "21", "24"])).map("-".join),
    st.tuples(years, st.sampled_from(["02-28", "08-31", "12-01"])).map("-".join),
    years.map(lambda year: year[:3] + "X"),
    st.tuples(years, years).map("/".join),
)


@given(relatives, anchors)
def test_no_day_is_named_that_neither_the_words_nor_the_anchor_had(relative, anchor):
    given_day = edtf.parse(anchor)
    assume(isinstance(given_day, EdtfDate))

    date = edtf.resolve(relative, given_day)

    coarseness = {"day": 0, "month": 1, "season": 1, "year": 2, "decade": 3, "century": 4}
    given_points = [point for point in given_day.stretches[0] if point]
    wanted = max(coarseness[unit] for unit in (relative.grain, *(p.unit for p in given_points)))
    assert all(
        coarseness[point.unit] >= wanted
        for stretch in date.stretches
        for point in stretch
        if point
    )
    assert edtf.parse(date.notation) == date
    assert date.approximate
