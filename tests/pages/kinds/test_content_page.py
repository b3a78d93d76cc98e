from __future__ import annotations


def test_a_page_stands_in_the_reader_s_language(archive, view_of):
    view = view_of(archive, "kk/about.html")
    assert (view.title.text, view.article.state) == ("Жоба туралы", "own")


def test_an_untranslated_page_is_shown_in_the_original_and_says_so(archive, html_of):
    html = html_of(archive, "ug/about.html")
    assert '<h1><bdi lang="en" dir="ltr">About</bdi></h1>' in html
    assert "not translated into" in html
    assert "This is a placeholder." in html


def test_a_page_that_the_site_makes_itself_is_not_planned_twice(archive, pages_of):
    assert pages_of(archive)["en/coverage.html"].kind == "coverage"
