from __future__ import annotations

from typing import Any

import pytest

from aigaq.archive import events


@pytest.fixture(name="two")
def _two(sources: Any) -> Any:
    """`two(one, other)`: the world, and two claims about p-1, each of a text of its own."""

    def two(*told: dict[str, Any]) -> Any:
        sources.person("p-1").place("pl-land", type="country").place("pl-other", type="country")
        sources.place("pl-town", type="city", in_="pl-land")
        for n, claim in enumerate(told):
            sources.text(f"t-{n}", claims=[{"about": "p-1"} | claim])
        archive = sources.publish()
        return events.World(archive), *(archive.texts[f"t-{n}"].claims[0] for n in range(2))

    return two


def moved(**more: Any) -> dict[str, Any]:
    return {"what": "travelled", **more}


@pytest.mark.parametrize(
    ("one", "other", "is_one"),
    [
        ({"what": "born"}, {"what": "born"}, True),
        ({"what": "detained", "status": "camp"}, {"what": "detained", "status": "camp"}, True),
        (moved(from_="pl-land"), moved(from_="pl-town"), True),
        (moved(from_="pl-land"), moved(from_="pl-other"), False),
        (moved(from_="pl-land"), moved(to="pl-land"), False),
        (moved(), moved(), False),
        # the text was published in 2020 and cannot have told of it
        ({"what": "married"}, {"what": "married", "when": "2021"}, False),
    ],
)
def test_two_claims_may_be_of_one_event(
    two: Any,
    one: dict[str, Any],
    other: dict[str, Any],
    is_one: bool,
) -> None:
    world, *claims = two(one, other)
    assert events.is_one(*claims, world) is is_one
    assert events.is_one(*reversed(claims), world) is is_one


def test_what_happens_often_is_told_twice_only_in_two_texts(two: Any) -> None:
    world, claim, _ = two({"what": "married"}, {"what": "married"})
    assert not events.is_one(claim, claim, world)


def test_neither_of_two_places_apart_lies_in_the_other(two: Any) -> None:
    world, *_ = two({"what": "born"}, {"what": "born"})
    assert world.apart("pl-town", "pl-other")
    assert not world.apart("pl-town", "pl-land")
    assert not world.apart("pl-town", "")
