from __future__ import annotations


def test_places_stand_under_what_encloses_them(archive, view_of):
    first, second = view_of(archive, "en/places/index.html").tree
    (region,) = first.below
    assert [first.link.phrase.text, region.link.phrase.text] == ["Country A", "Region B"]
    assert second.below[0].link.phrase.text == "City M"


def test_each_place_says_what_it_is_and_how_many_texts_name_it(archive, html_of):
    html = html_of(archive, "kk/places/index.html")
    assert (
        '<span class="kind">county</span> <span class="count"><bdi>2</bdi> texts</span>' in html
    )
