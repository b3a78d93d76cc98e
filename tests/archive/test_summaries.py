from __future__ import annotations

import datetime
from typing import Any

import pytest

CODES = ("P020", "P021", "P023", "P024")


def found(sources: Any) -> list[tuple[str, str]]:
    _, problems = sources.published()
    return [(one.code, dict(one.words).get("key", "")) for one in problems if one.code in CODES]


def claims(sources: Any, *told: dict[str, Any]) -> Any:
    return sources.text("t-1", claims=[{"about": "p-1"} | one for one in told])


FACTS = {
    "born": ("1958", {"what": "born", "when": "1958-03"}),
    "from_": ("pl-town", {"what": "lived-in", "where": "pl-street"}),
    "ethnicity": ("Kazakh", {"what": "ethnicity", "value": "Kazakh"}),
    "work": ("teacher", {"what": "worked-as", "value": "teacher"}),
}


@pytest.mark.parametrize("key", FACTS)
def test_a_fact_that_no_text_tells_is_pointed_out(sources: Any, key: str) -> None:
    value, claim = FACTS[key]
    sources.place("pl-town").place("pl-street", in_="pl-town")
    sources.person("p-1", **{key: value}).text("t-0", mentions="p-1")
    assert found(sources) == [("P021", key.removesuffix("_"))]
    assert found(claims(sources, claim)) == []


def test_another_year_of_birth_does_not_stand_behind_it(sources: Any) -> None:
    claims(sources.person("p-1", born="1958"), {"what": "born", "when": "1960"})
    assert found(sources) == [("P021", "born")]


@pytest.mark.parametrize(
    ("born", "is_told"),
    [("2012", True), ("2008-11-23", True), ("2008-11-22", False), ("1958", False)],
)
def test_a_child_is_not_named(sources: Any, born: str, is_told: bool) -> None:
    claims(sources.person("p-1"), {"what": "born", "when": born})
    assert found(sources) == ([("P020", "")] if is_told else [])


def test_nothing_is_said_of_protected_people(sources: Any) -> None:
    names = [{"text": "P. P.", "kind": "pseudonym"}]
    sources.person("p-1", protect="pseudonym", names=names)
    assert found(claims(sources, {"what": "born", "when": "2015"})) == []


def test_somebody_missing_of_whom_no_text_tells_a_status_is_pointed_out(sources: Any) -> None:
    sources.person("p-1", role="missing").text("t-0", mentions="p-1")
    assert found(sources) == []  # a text may stand without claims
    assert found(claims(sources, {"what": "last-contact", "contact": "none"})) == [("P023", "")]
    assert found(claims(sources, {"what": "detained", "status": "camp"})) == []


@pytest.mark.parametrize("what", ["disappeared", "died"])
def test_some_claims_tell_a_status_by_themselves(sources: Any, what: str) -> None:
    assert found(claims(sources.person("p-1", role="missing"), {"what": what})) == []


def test_a_page_that_would_tell_nothing_is_pointed_out(sources: Any) -> None:
    sources.person("p-1").group("g-1").person("p-hidden", protect="pseudonym")
    assert found(sources) == [("P024", ""), ("P024", "")]
    assert found(sources.text("t-1", mentions=["p-1", "g-1"])) == []


def test_a_text_that_is_hidden_names_nobody(sources: Any) -> None:
    sources.person("p-1").text("t-1", mentions="p-1", draft=True)
    assert found(sources) == [("P024", "")]


def test_relatives_and_their_groups_are_told_by_each_other(sources: Any) -> None:
    sources.person("p-1", family=[{"person": "p-2", "is": "aunt"}]).person("p-2")
    assert found(sources.group("g-1", of="p-1")) == []


@pytest.mark.parametrize(("born", "is_told"), [("1990", False), ("2012", True)])
def test_without_a_build_date_age_counts_from_the_last_telling(
    sources: Any, born: str, is_told: bool
) -> None:
    claims(sources.person("p-1"), {"what": "born", "when": born})
    sources.text("t-2", interview={"date": "2020-03-09"})
    _, problems = sources.published(built=datetime.date.min)
    assert ("P020" in [one.code for one in problems]) == is_told
