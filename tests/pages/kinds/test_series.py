from __future__ import annotations


def test_the_texts_of_a_series_stand_in_its_own_order(archive, view_of):
    cards = view_of(archive, "en/series/nearby.html").texts
    assert [card.title.path[-11:-5] for card in cards] == ["t-2222", "t-1111"]


def test_a_series_names_who_made_it(archive, html_of):
    html = html_of(archive, "kk/series/nearby.html")
    assert '<dt>partner</dt><dd><a href="../organisations/org-volunteers.html">' in html


def test_the_introduction_is_marked_where_it_is_in_another_language(archive, html_of):
    html = html_of(archive, "ug/series/nearby.html")
    assert '<bdi lang="en" dir="ltr">Conversations with neighbours.</bdi>' in html
