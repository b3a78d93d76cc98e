from __future__ import annotations

from typing import Any

import pytest

from aigaq.archive import kin


def test_of_a_chain_of_people_who_may_be_one_each_page_has_the_difference(sources: Any) -> None:
    told = []
    for n, relation in ((2, "aunt"), (3, "cousin"), (4, "aunt")):
        sources.person(f"p-{n}")
        claim = {"about": "p-1", "what": "family-member", "other": f"p-{n}"}
        sources.text(f"t-{n}", claims=[claim | {"relation": relation}])
        told.append(f"p-{n}")
    pairs = [(told[1], told[0]), (told[2], told[1])]
    decisions = [{"pair": [*p], "decided": "open", "by": "two", "why": "…"} for p in pairs]
    found = kin.differences(sources.person("p-1").listed("identities", *decisions).publish())
    assert {person: len(here) for person, here in found.items()} == dict.fromkeys(
        ("p-1", *told), 1
    )


def test_people_who_are_decided_to_be_two_are_not_compared(sources: Any) -> None:
    for n, relation in ((2, "aunt"), (3, "cousin")):
        claim = {"about": "p-1", "what": "family-member", "other": f"p-{n}"}
        sources.person(f"p-{n}").text(f"t-{n}", claims=[claim | {"relation": relation}])
    decision = {"pair": ["p-2", "p-3"], "decided": "different", "by": "two", "why": "…"}
    assert kin.differences(sources.person("p-1").listed("identities", decision).publish()) == {}


@pytest.mark.parametrize(
    ("told", "closest"),
    [
        (["brother"], "brother"),
        (["brother", "elder-brother"], "elder-brother"),
        (["brother", "aunt"], ""),
        (["elder-brother", "younger-brother", "brother"], ""),
    ],
)
def test_the_closest_word_is_one_that_the_others_say_too(told: list[str], closest: str) -> None:
    assert kin.closest(told) == closest
