from __future__ import annotations

from typing import Any

import pytest

from aigaq.archive import namesakes


def found(sources: Any) -> Any:
    return namesakes.found(sources.linked()[0]).candidates


def pairs(sources: Any) -> list[tuple[str, str]]:
    return [candidate.pair for candidate in found(sources)]


def two(sources: Any, one: str, other: str, **both: Any) -> Any:
    sources.place("pl-1", names=one, **both)
    return sources.place("pl-2", names=other, **both)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Placetown", "placetown"), ("Serikzhan", "Серікжан"), ("Қонаев", "Konaev")],
)
def test_places_of_one_name_are_a_candidate(sources: Any, one: str, other: str) -> None:
    assert pairs(two(sources, one, other)) == [("pl-1", "pl-2")]


@pytest.mark.parametrize(
    ("one", "other"),
    [("Example County", "Example Prefecture"), ("Example", "Example County"), ("AP", "AFP")],
)
def test_a_word_in_common_is_not_enough(sources: Any, one: str, other: str) -> None:
    assert pairs(two(sources, one, other)) == []


def test_a_place_in_another_of_its_name_is_another(sources: Any) -> None:
    sources.place("pl-1", names="Sample").place("pl-2", names="Sample", in_="pl-1")

    assert pairs(sources) == []


def test_what_lies_far_apart_is_two(sources: Any) -> None:
    sources.place("pl-1", names="Sample", at=["44.0", "81.3"])
    sources.place("pl-2", names="Sample", at=["51.0", "71.3"])

    assert pairs(sources) == []


def test_an_organisation_and_a_person_or_a_place_may_be_one(sources: Any) -> None:
    sources.organisation("org-1", names="Placeholder Name")
    sources.person("p-1", names=[{"text": "Placeholder Name", "lang": "en"}])
    sources.place("pl-1", names="Placeholder Name")

    assert pairs(sources) == [("org-1", "p-1"), ("org-1", "pl-1")]


def test_a_building_has_the_name_of_its_office(sources: Any) -> None:
    sources.organisation("org-1", names="Example Consulate")
    sources.place("pl-1", names="Example Consulate", type="consulate")

    assert pairs(sources) == []


def test_a_decision_is_shown_as_one(sources: Any) -> None:
    entry = {"pair": ["pl-2", "pl-1"], "decided": "different", "by": "two editors"}
    two(sources, "Sample", "Sample").listed("identities", entry)

    [candidate] = found(sources)

    assert (candidate.decision.decided, candidate.decision.by) == ("different", "two editors")


def test_not_same_as_is_a_decision(sources: Any) -> None:
    sources.organisation("org-1", names="Sample", not_same_as="org-2")
    sources.organisation("org-2", names="Sample")

    [candidate] = found(sources)

    assert candidate.decision.decided == "different"
    assert str(candidate.decision.span).startswith("content/organisations/org-1.yaml:2")


def test_a_successor_is_another(sources: Any) -> None:
    sources.organisation("org-1", names="Sample")
    sources.organisation("org-2", names="Sample", predecessor="org-1")

    assert pairs(sources) == []


def test_evidence_says_where_it_is_written(sources: Any) -> None:
    two(sources, "Sample", "Sample", in_="pl-3").place("pl-3")
    sources.text("t-1", mentions=["pl-1", "pl-2"])

    [candidate] = found(sources)

    assert [(reason.weight, reason.words) for reason in candidate.reasons] == [
        (3, 'the same name: "Sample", "Sample"'),
        (1, "both lie in pl-3"),
        (-1, "1 texts name both: t-1"),
    ]
    assert str(candidate.reasons[0].spans[0]).startswith("content/places/pl-1.yaml:1")


def test_what_is_protected_is_not_compared(sources: Any) -> None:
    two(sources, "Sample", "Sample", protect="restricted")

    assert pairs(sources) == []
