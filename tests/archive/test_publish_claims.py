from __future__ import annotations

import pytest

from aigaq.words.counted_dates import RelativeDate


@pytest.fixture
def claims(sources):
    """The public claims of a text with these."""

    def write(*given, **fields):
        sources.person("p-1").person("p-2")
        sources.text("t-1", claims=list(given), **fields)
        return sources.publish().texts["t-1"].claims

    return write


def test_every_field_of_a_claim_is_carried_over(claims, sources):
    sources.place("pl-1").organisation("org-1")
    given = {
        "about": "p-1",
        "what": "sentenced",
        "years": "12",
        "parts": [{"status": "prison", "years": "5"}, {"status": "camp", "years": "unknown"}],
        "when": "2018-04",
        "said": "in April",
        "where": "pl-1",
        "lasted": "about 2 years",
        "known_by": "from-family",
        "chain": ["a neighbour", "the aunt"],
        "certainty": "likely",
        "words": "By a court.",
        "by": "p-2",
        "at": "p1",
        "court": "org-1",
        "done_by": "the judge",
    }
    [claim] = claims(given)
    assert (claim.text, claim.number, claim.about, claim.what) == ("t-1", 1, "p-1", "sentenced")
    assert (claim.years, [(p.status, p.years) for p in claim.parts]) == (
        "12",
        [("prison", "5"), ("camp", "unknown")],
    )
    assert (claim.when.notation, claim.said, claim.where) == ("2018-04", "in April", "pl-1")
    assert (claim.lasted.number, claim.lasted.unit, claim.lasted.bound) == (2, "years", "about")
    assert (claim.known_by, claim.chain) == ("from-family", ("a neighbour", "the aunt"))
    assert (claim.certainty, claim.words.get("en")) == ("likely", "By a court.")
    assert (claim.by, claim.by_words, claim.at) == ("p-2", "", "p1")
    assert (claim.court, claim.done_by) == ("org-1", "the judge")


def test_a_chain_may_name_the_same_twice(claims):
    [claim] = claims({"about": "p-1", "what": "died", "chain": ["a cousin", "X", "a cousin"]})
    assert claim.chain == ("a cousin", "X", "a cousin")


@pytest.mark.parametrize(
    ("anchor", "notation"), [("interview", "2021-09~"), ("published", "2017-11~")]
)
def test_a_date_may_count_from_the_interview_or_the_publication(claims, anchor, notation):
    when = f"2 and a half years before {anchor}"
    [claim] = claims(
        {"about": "p-1", "what": "died", "when": when}, interview={"date": "2024-03-09"}
    )
    assert claim.when.notation == notation


def test_a_date_that_was_counted_keeps_how(sources):
    sources.person("p-1")
    when = "more than 3 months before interview"
    sources.text(
        "t-1",
        interview={"date": "2024-03-09"},
        claims=[{"about": "p-1", "what": "died", "when": when}],
        asked=[{"how": "letter", "when": when}, {"how": "petition", "when": "2020"}],
    )
    text = sources.publish().texts["t-1"]
    counted = RelativeDate(3, "month", after=False, anchor="interview", bound="more than")
    assert [e.counted for e in (*text.claims, *text.asked)] == [counted, counted, None]
    assert text.claims[0].when.notation == "[..2023-12~]"


def test_a_date_that_counts_from_nothing_is_told_where_it_stands(sources):
    sources.person("p-1")
    claim = {"about": "p-1", "what": "died", "when": "2 years before interview"}
    sources.text(
        "t-1", claims=[claim], asked=[{"how": "letter", "when": "a year after interview"}]
    )
    found = [p for p in sources.published()[1] if p.code == "P006"]
    assert [p.span.line for p in found] == [6, 7]
    assert "counts from the interview" in found[0].message


def test_who_asked_and_about_whom_is_the_narrator_and_the_sole_subject(sources):
    sources.person("p-1").person("p-2")
    sources.text("t-1", told_by="p-1", about="p-2", asked=[{"how": "letter"}])
    [asked] = sources.publish().texts["t-1"].asked
    assert (asked.by, asked.about) == (("p-1",), ("p-2",))


def test_of_several_subjects_none_is_guessed(sources):
    sources.person("p-1").person("p-2")
    sources.text("t-1", about=["p-1", "p-2"], asked=[{"how": "letter"}])
    assert sources.publish().texts["t-1"].asked[0].about == ()


@pytest.mark.parametrize(
    "asked",
    [{"by": "p-h"}, {"for": "p-h"}, {"for": ["p-h", "p-c"]}, {"for": "p-c"}],
)
def test_what_hidden_people_did_or_is_about_nobody_seen_is_left_out(sources, asked):
    sources.person("p-h", protect="restricted").person("p-c", protect="group-only")
    sources.text("t-1", asked=[{"how": "letter"} | asked])
    assert sources.publish().texts["t-1"].asked == ()


def test_claims_are_numbered_as_if_there_were_no_others(sources):
    sources.person("p-1").person("p-h", protect="restricted")
    about = ("p-1", "p-h", "p-1")
    sources.text("t-1", claims=[{"about": who, "what": "died"} for who in about])
    assert [c.number for c in sources.publish().texts["t-1"].claims] == [1, 2]


def test_a_claim_by_somebody_hidden_is_not_told(sources):
    sources.person("p-1").person("p-h", protect="restricted")
    sources.text("t-1", claims=[{"about": "p-1", "what": "died", "by": "p-h"}])
    assert sources.publish().texts["t-1"].claims == ()


def test_a_word_that_is_an_open_topic_stays_a_word(sources):
    sources.person("p-1").topics("police")
    sources.text("t-1", claims=[{"about": "p-1", "what": "fined", "done_by": "police"}])
    assert sources.publish().texts["t-1"].claims[0].done_by == "police"
