from __future__ import annotations


def test_corrections_stand_newest_first_and_lead_to_their_record(archive, view_of):
    first, second = view_of(archive, "en/corrections.html").entries
    assert first.record.path == "en/testimonies/t-3333.html"
    assert (second.record, second.what.text) == (None, "A page was renamed.")


def test_where_nothing_was_put_right_the_page_says_so(build_archive, html_of):
    html = html_of(build_archive(corrections=()), "en/corrections.html")
    assert "No correction has been made yet." in html
