from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from aigaq.pages import paging


@given(st.lists(st.integers()), st.integers(1, 20))
def test_pages_hold_every_item_once_and_in_order(items, size):
    parts = paging.cut(items, size)
    assert [item for part in parts for item in part] == items
    assert all(len(part) == size for part in parts[:-1])


@given(st.lists(st.integers()), st.integers(1, 20))
def test_steady_pages_hold_every_item_once_and_in_order(items, size):
    parts = paging.cut_steadily(items, size, str)
    assert [item for part in parts for item in part] == items
    assert all(abs(len(part) - size) <= size / 3 for part in parts[:-1])
    assert len(parts[-1]) <= size * 4 / 3


def test_a_new_item_changes_few_of_the_steady_pages():
    items = [*range(0, 4000, 2)]
    before = {*paging.cut_steadily(items, 50, str)}

    changed = []
    for new in range(1, 4000, 26):
        after = paging.cut_steadily(sorted([*items, new]), 50, str)
        changed.append(len({*after} - before))

    assert len(before) > 35
    assert sum(changed) / len(changed) < 2
    assert max(changed) < 15


def test_an_empty_list_has_one_page():
    assert paging.cut((), 50) == ((),)
    assert paging.cut_steadily((), 50, str) == ((),)


def test_a_single_page_leads_nowhere():
    assert not paging.ways(1, is_last=True, path=str)


def test_a_page_in_the_middle_leads_both_ways():
    ways = paging.ways(2, is_last=False, path=str)
    assert (ways.previous, ways.following) == ("1", "3")
