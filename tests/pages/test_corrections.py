from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("record", "path"),
    [
        ("p-bb22", "en/people/p-bb22.html"),
        ("pl-county-x", "en/places/pl-county-x.html"),
        ("org-embassy", "en/organisations/org-embassy.html"),
        ("t-1111", "en/testimonies/t-1111.html"),
    ],
)
def test_whoever_reads_what_was_wrong_meets_the_correction(
    archive, build_archive, html_of, record, path
):
    newest, *_ = archive.corrections
    moved = type(newest)(date=newest.date, record=record, what=newest.what)
    html = html_of(build_archive(corrections=(moved,)), path)
    assert html.index('class="notice corrected"') < html.index("<h2")
    assert newest.what.best(("en",))[1] in html


def test_a_page_that_nobody_corrected_says_nothing(archive, html_of):
    assert "notice corrected" not in html_of(archive, "en/people/p-bb22.html")
