from __future__ import annotations

from typing import Any

import pytest

CODES = ("P020", "P021")


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
    sources.person("p-1", **{key: value})
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
