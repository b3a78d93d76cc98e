"""What is told of protected people so exactly that an editor must decide whether it may."""

from __future__ import annotations

from typing import Any

import pytest

FINE: dict[str, dict[str, Any]] = {
    "dates": {"when": "2017-08"},
    "place": {"where": "pl-v"},
    "words": {"words": "behind the mill"},
}


def asked_about(sources: Any) -> list[str]:
    """The keys on which somebody must decide."""
    _, problems = sources.published()
    return sorted(dict(one.words)["key"] for one in problems if one.code == "P022")


def told(sources: Any, coarsen: Any = None, /, protect: str = "pseudonym", **claim: Any) -> Any:
    sources.place("pl-f", type="prefecture").place("pl-v", type="village", in_="pl-f")
    sources.person("p-1", protect=protect, coarsen=coarsen)
    fields = {"about": "p-1", "what": "detained", "status": "camp"} | claim
    return sources.text("t-1", claims=[fields])


@pytest.mark.parametrize("key", FINE)
def test_what_is_told_exactly_wants_a_decision(sources: Any, key: str) -> None:
    assert asked_about(told(sources, **FINE[key])) == [key]


@pytest.mark.parametrize("key", FINE)
def test_exact_on_purpose_is_a_decision(sources: Any, key: str) -> None:
    assert asked_about(told(sources, {key: "exact"}, **FINE[key])) == []


@pytest.mark.parametrize(
    "coarsen", [{"dates": "year"}, {"place": "region"}, {"words": "hide"}, {"work": "hide"}]
)
def test_words_that_are_hidden_want_none(sources: Any, coarsen: dict[str, str]) -> None:
    assert asked_about(told(sources, coarsen, words="behind the mill")) == []


@pytest.mark.parametrize(
    "claim", [{"when": "2017"}, {"where": "pl-f"}, {"done_by": "org-1"}, {}]
)
def test_what_is_coarse_already_wants_none(sources: Any, claim: dict[str, Any]) -> None:
    sources.organisation("org-1", type="authority")
    fields = claim | ({"what": "charged", "status": None} if "done_by" in claim else {})
    assert asked_about(told(sources, **fields)) == []


def test_open_and_counted_people_want_none(sources: Any) -> None:
    exact = {**FINE["dates"], **FINE["place"], **FINE["words"]}
    assert asked_about(told(sources, protect="open", **exact)) == []
    assert asked_about(told(sources, protect="group-only", **exact)) == []


def test_a_group_tells_of_the_person_whose_it_is(sources: Any) -> None:
    told(sources).group("g-1", of="p-1")
    claim = {"about": "g-1", "what": "detained", "status": "camp", "when": "2017-08"}
    assert asked_about(sources.text("t-2", claims=[claim])) == ["dates"]


def test_the_day_and_place_of_an_interview_tell_of_its_narrator(sources: Any) -> None:
    told(sources)
    interview = {"date": "2024-03-09", "place": "pl-v"}
    assert asked_about(sources.testimony("t-2", told_by="p-1", interview=interview)) == [
        "dates",
        "place",
    ]


def test_what_was_asked_tells_of_those_for_whom(sources: Any) -> None:
    told(sources)
    asked = [{"how": "letter", "for": "p-1", "when": "2019-11-02", "to": ["the akim"]}]
    assert asked_about(sources.text("t-2", asked=asked)) == ["dates", "words"]


def test_the_warning_names_the_person_s_file_and_the_first_text(sources: Any) -> None:
    _, problems = told(sources, when="2017-08").published()
    [one] = (p for p in problems if p.code == "P022")
    assert one.span.path == "content/people/p-1.yaml"
    assert dict(one.words)["path"] == "content/testimonies/t-1.en.md"
    assert "{dates: year}" in one.remedy
    assert not one.is_error
