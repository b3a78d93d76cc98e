from __future__ import annotations


def test_a_thing_stands_with_whose_it_is_and_who_keeps_it(archive, view_of):
    (scarf,) = view_of(archive, "kk/objects.html").objects
    assert scarf.what.text == "орамал"
    assert scarf.of.path == "kk/people/p-bb22.html"


def test_its_picture_is_found_from_every_language(archive, html_of):
    assert '<img src="../media/scarf.jpg"' in html_of(archive, "ug/objects.html")
