from __future__ import annotations

from aigaq.archive import neighbours
from aigaq.archive.neighbours import CROWD, RARE, Traits


def one(*words: str, home: str = "") -> Traits:
    keys = tuple(frozenset({("name", key) for key in word.split("|")}) for word in words)
    return Traits(keys, frozenset({("from", home)} if home else ()))


def many(amount: int, *words: str, home: str = "") -> dict[str, Traits]:
    return {f"p-{n:03}": one(*words, home=home) for n in range(amount)}


def test_who_shares_something_rare_is_compared() -> None:
    near, left = neighbours.pairs({"a": one("x"), "b": one("x", "y"), "c": one("y")})

    assert near == {("a", "b"), ("b", "c")}
    assert left == ()


def test_one_thing_that_many_share_makes_no_neighbours_and_is_counted() -> None:
    near, left = neighbours.pairs(many(RARE + 1, "common"))

    assert near == frozenset()
    assert [(crowd.keys, crowd.size, crowd.example) for crowd in left] == [
        ((("name", "common"),), RARE + 1, "p-000")
    ]


def test_two_common_things_together_make_neighbours() -> None:
    people = many(RARE + 1, "given") | {f"q-{n:03}": one("father") for n in range(RARE)}
    people |= {"r-1": one("given", "father"), "r-2": one("given", "father")}

    near, _ = neighbours.pairs(people)

    assert near == {("r-1", "r-2")}


def test_several_readings_of_one_word_are_one_thing() -> None:
    near, left = neighbours.pairs(many(RARE + 1, "kunbolat|kunbolatuly"))

    assert near == frozenset()
    assert {len(crowd.keys) for crowd in left} == {1}


def test_a_crowd_of_two_names_is_parted_by_a_home() -> None:
    people = many(CROWD + 1, "given", "father")
    people |= {one_: one("given", "father", home="pl-1") for one_ in ("q-1", "q-2")}
    people |= {f"r-{n}": one("other", home="pl-1") for n in range(RARE)}

    near, left = neighbours.pairs(people)

    assert ("q-1", "q-2") in near
    assert ("p-000", "p-001") not in near
    assert CROWD + 3 in [crowd.size for crowd in left if len(crowd.keys) == 2]
