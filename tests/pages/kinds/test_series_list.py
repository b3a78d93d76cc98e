from __future__ import annotations


def test_the_list_has_each_series_with_its_introduction(archive, view_of):
    (entry,) = view_of(archive, "kk/series/index.html").series
    assert (entry.link.phrase.text, entry.count) == ("Жақын", 2)
    assert entry.introduction.text == "Conversations with neighbours."
