"""Names divided among files: each once, and few files that change with them."""

from __future__ import annotations

import pytest

from aigaq.pages import division


def parts(count: int) -> dict[int, tuple[str, ...]]:
    return dict(division.parts([f"t-{n:04}" for n in range(count)], 8))


def others(one: dict[int, tuple[str, ...]], two: dict[int, tuple[str, ...]]) -> set[int]:
    return {n for n in one.keys() | two.keys() if one.get(n) != two.get(n)}


@pytest.mark.parametrize("count", [0, 1, 7, 8, 16, 100, 511, 512, 2000])
def test_every_name_is_in_one_part(count: int) -> None:
    made = parts(count)

    assert sorted(one for held in made.values() for one in held) == sorted(
        f"t-{n:04}" for n in range(count)
    )
    assert all(held and list(held) == sorted(held) for held in made.values())
    assert all(0 <= number < max(1, count // 8) for number in made)


def test_the_order_in_which_names_come_is_nothing_to_a_part() -> None:
    ids = [f"t-{n:04}" for n in range(100)]

    assert dict(division.parts(ids[::-1], 8)) == parts(100)


def test_one_name_more_changes_three_parts_at_most() -> None:
    """Its own, and the one that is divided in two, at every size: none writes all anew."""
    found = {count: len(others(parts(count), parts(count + 1))) for count in range(700)}

    assert {count: many for count, many in found.items() if not 1 <= many <= 3} == {}


def test_a_part_holds_about_as_many_as_it_should() -> None:
    sizes = sorted(map(len, parts(20_000).values()))

    assert sizes[-1] <= 40
    assert 6 <= sizes[len(sizes) // 2] <= 10
