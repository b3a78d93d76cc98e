from __future__ import annotations


def test_each_language_stands_in_its_own_name_and_direction(archive, html_of):
    html = html_of(archive, "index.html")
    assert '<li lang="ug" dir="rtl"><a href="ug/index.html" hreflang="ug">' in html
    assert "<strong>Қазақша</strong> <span>Үлгі мұрағаты</span>" in html


def test_nothing_sends_the_reader_on(archive, html_of):
    html = html_of(archive, "index.html")
    assert "<script" not in html
    assert 'http-equiv="refresh"' not in html
