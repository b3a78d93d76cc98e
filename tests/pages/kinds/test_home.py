from __future__ import annotations

from types import MappingProxyType


def test_the_newest_texts_come_in_the_order_in_which_they_were_added(archive, view_of):
    view = view_of(archive, "en/index.html")
    assert [card.title.path for card in view.newest] == [
        "en/testimonies/t-2222.html",
        "en/testimonies/t-3333.html",
        "en/testimonies/t-1111.html",
    ]


def test_the_about_page_lends_its_first_paragraph_in_the_reader_s_language(archive, view_of):
    assert view_of(archive, "kk/index.html").about.text == "Бұл үлгі."


def test_without_an_about_page_nothing_leads_to_it(build_archive, view_of):
    view = view_of(build_archive(pages=MappingProxyType({})), "en/index.html")
    assert view.about_path == ""


def test_only_people_with_a_name_of_their_own_count_as_named(archive, view_of):
    assert view_of(archive, "en/index.html").people == 3


def test_the_figures_say_that_they_are_no_estimate(archive, html_of):
    html = html_of(archive, "en/index.html")
    assert '<a href="testimonies/index.html"><bdi>3</bdi> texts</a>' in html
    assert "They say nothing of how many people were affected." in html


def test_who_came_back_is_named_and_leads_to_the_wall(archive, html_of):
    html = html_of(archive, "en/index.html")
    assert '<a href="wall.html#returned">Released or returned</a>' in html
    assert '<a href="people/p-ee55.html"><bdi>Alem Placeholder</bdi></a>' in html
