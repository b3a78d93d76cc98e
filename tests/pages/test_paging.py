from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from aigaq.pages import paging


@given(st.lists(st.integers()), st.integers(1, 20))
def test_pages_hold_every_item_once_and_in_order(items, size):
    parts = paging.cut(items, size)
    assert [item for part in parts for item in part] == items
    assert all(len(part) == size for part in parts[:-1])


def test_an_empty_list_has_one_page():
    assert paging.cut((), 50) == ((),)


def test_a_single_page_leads_nowhere():
    assert not paging.ways(1, is_last=True, path=str)


def test_a_page_in_the_middle_leads_both_ways():
    ways = paging.ways(2, is_last=False, path=str)
    assert (ways.previous, ways.following) == ("1", "3")
