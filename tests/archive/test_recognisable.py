"""Protected people whom rare facts may give away: told, counted, and decided on."""

from __future__ import annotations

from typing import Any

import pytest

ABOUT = {"about": "p-1"}
BORN = {"what": "born", "when": "1961-03-02"}
BORN_IN = {"what": "born", "when": "1961"}
TEACHER = {"what": "worked-as", "value": "teacher"}
AT_SCHOOL = {"what": "worked-as", "value": "teacher", "where": "pl-school"}
CHILD = {"what": "child-born"}
LIVED = {"what": "lived-in", "where": "pl-v"}
TAKEN = {"what": "detained", "status": "camp", "when": "2017-08-14"}

RARE: dict[str, list[dict[str, Any]]] = {
    "birth": [BORN],
    "age-work": [BORN_IN, TEACHER],
    "children-place": [CHILD, LIVED],
    "workplace": [AT_SCHOOL],
    "event": [TAKEN],
}
COARSE = {
    "birth": {"dates": "year"},
    "age-work": {"work": "hide"},
    "children-place": {"place": "prefecture"},
    "workplace": {"work": "hide"},
    "event": {"dates": "year"},
}


def told(sources: Any, claims: Any, coarsen: Any = None, protect: str = "pseudonym") -> Any:
    sources.place("pl-f", type="prefecture").place("pl-v", type="village", in_="pl-f")
    sources.place("pl-school", type="school", in_="pl-v")
    sources.person("p-1", protect=protect, coarsen=coarsen)
    return sources.text("t-1", claims=[ABOUT | claim for claim in claims])


def rare(sources: Any) -> list[str]:
    """The combinations that somebody must decide on."""
    return sorted(dict(one.words)["key"] for one in warned(sources))


def warned(sources: Any) -> list[Any]:
    return [problem for problem in sources.published()[1] if problem.code == "P029"]


@pytest.mark.parametrize("key", RARE)
@pytest.mark.parametrize("protect", ["pseudonym", "initials"])
def test_a_rare_combination_wants_a_decision(sources: Any, key: str, protect: str) -> None:
    assert rare(told(sources, RARE[key], protect=protect)) == [key]


@pytest.mark.parametrize("key", RARE)
def test_what_is_told_less_exactly_wants_none(sources: Any, key: str) -> None:
    assert rare(told(sources, RARE[key], COARSE[key])) == []


@pytest.mark.parametrize("key", RARE)
def test_a_decision_is_recorded_for_this_combination_alone(sources: Any, key: str) -> None:
    everything = [claim for claims in RARE.values() for claim in claims]
    decided = {"place": "exact", "dates": "exact", "words": "exact", "together": key}
    left = rare(told(sources, everything, decided))
    assert left == sorted(RARE.keys() - {key})


def test_one_half_of_a_combination_is_none(sources: Any) -> None:
    halves = [BORN_IN, CHILD]
    assert rare(told(sources, halves)) == []
    assert rare(told(sources, [TEACHER, LIVED])) == []


@pytest.mark.parametrize("protect", ["open", "group-only", "restricted"])
def test_who_is_named_or_not_shown_at_all_wants_none(sources: Any, protect: str) -> None:
    assert rare(told(sources, [TAKEN, BORN], protect=protect)) == []


@pytest.mark.parametrize(("others", "is_rare"), [(3, True), (4, False)])
@pytest.mark.parametrize("key", RARE)
def test_in_a_group_of_five_nobody_stands_out(
    sources: Any, key: str, others: int, is_rare: bool
) -> None:
    told(sources, RARE[key])
    for n in range(others):
        claims = [{"about": f"p-o{n}"} | claim for claim in RARE[key]]
        sources.person(f"p-o{n}").text(f"t-o{n}", claims=claims)
    assert (key in rare(sources)) is is_rare


def test_facts_of_two_texts_are_put_together_as_a_reader_would(sources: Any) -> None:
    told(sources, [BORN_IN]).text("t-2", claims=[ABOUT | TEACHER])
    assert rare(sources) == ["age-work"]


def test_the_place_of_an_interview_is_one_of_its_narrator(sources: Any) -> None:
    told(sources, [CHILD])
    interview = {"date": "2024", "place": "pl-v"}
    sources.testimony("t-2", told_by="p-1", interview=interview)
    assert rare(sources) == ["children-place"]


def test_the_warning_stands_where_the_decision_goes_and_names_the_claim(sources: Any) -> None:
    [problem] = warned(told(sources, [LIVED, TAKEN]))
    assert problem.span.path == "content/people/p-1.yaml"
    assert "content/testimonies/t-1.en.md:" in str(problem)
    assert "2017-08-14" not in str(problem)
    assert not problem.is_error
