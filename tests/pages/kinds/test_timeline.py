from __future__ import annotations

import dataclasses
from types import MappingProxyType

import pytest


def anchors(view):
    return [event.entry.id for month in view.months for event in month.timeline.events]


def test_a_year_has_what_lies_wholly_in_it(archive, view_of):
    assert anchors(view_of(archive, "en/timeline/2017.html")) == [
        "claim-t-1111-1",
        "claim-t-3333-1",
        "claim-t-2222-1",
    ]


def test_what_spans_more_than_one_year_stands_across_years(archive, view_of):
    assert anchors(view_of(archive, "en/timeline/index.html")) == ["claim-t-1111-4"]


@pytest.mark.parametrize(
    ("when", "page"),
    [
        ("since 2016-05", "en/timeline/2016.html"),
        ("before 2016-05", "en/timeline/2016.html"),
        ("2016-11~", "en/timeline/2016.html"),
        ("2015/2016", "en/timeline/index.html"),
        ("201X", "en/timeline/index.html"),
    ],
)
def test_a_date_is_found_where_its_known_days_are(archive, changed, view_of, date, when, page):
    claim = dataclasses.replace(archive.texts["t-3333"].claims[0], when=date(when))
    moved = changed(archive, texts={"t-3333": {"claims": (claim,)}})
    assert "claim-t-3333-1" in anchors(view_of(moved, page))


def test_what_has_no_date_stands_in_no_year(archive, pages_of):
    shown = {
        (entry.text, getattr(entry, "what", ""))
        for page in pages_of(archive).values()
        if page.kind == "timeline"
        for entry in page.inputs.entries
    }
    assert ("t-1111", "reason") not in shown


def test_the_index_counts_each_year_by_kind(archive, view_of):
    rows = view_of(archive, "en/timeline/index.html").rows
    assert [(row.year, row.reported, row.asked, row.interviews) for row in rows] == [
        ("2017", 3, 0, 0),
        ("2018", 2, 1, 0),
        ("2019", 0, 1, 0),
        ("2023", 0, 0, 1),
        ("2024", 0, 0, 1),
    ]


def test_a_year_leads_to_the_years_before_and_after_it(archive, html_of):
    html = html_of(archive, "en/timeline/2019.html")
    assert '<a href="2018.html" rel="prev">2018</a>' in html
    assert '<a href="2023.html" rel="next">2023</a>' in html


def test_interviews_stand_in_their_year(archive, view_of):
    (card,) = view_of(archive, "en/timeline/2024.html").interviews
    assert card.title.path == "en/testimonies/t-1111.html"


def test_an_archive_without_dates_has_an_index_that_says_so(build_archive, html_of):
    empty = build_archive(
        texts=MappingProxyType({}), series=MappingProxyType({}), corrections=()
    )
    assert "There is nothing here yet." in html_of(empty, "en/timeline/index.html")


def test_the_months_of_a_year_stand_apart_and_the_rest_comes_last(
    archive, changed, view_of, date
):
    claim = dataclasses.replace(archive.texts["t-3333"].claims[0], when=date("2017"))
    whole = changed(archive, texts={"t-3333": {"claims": (claim,)}})
    months = view_of(whole, "en/timeline/2017.html").months
    assert [(m.name, len(m.timeline.events)) for m in months] == [
        ("August 2017", 1),
        ("November 2017", 1),
        ("", 1),
    ]


def test_a_month_is_a_heading_and_so_is_the_rest(archive, changed, html_of, date):
    claim = dataclasses.replace(archive.texts["t-3333"].claims[0], when=date("2017"))
    whole = changed(archive, texts={"t-3333": {"claims": (claim,)}})
    html = html_of(whole, "en/timeline/2017.html")
    assert "<h3>August 2017</h3>" in html
    assert "<h3>In this year, the month not told</h3>" in html


def test_a_new_claim_in_a_long_year_changes_few_of_its_pages(archive, changed, pages_of, date):
    def year(days):
        one = archive.texts["t-3333"].claims[0]
        claims = tuple(
            dataclasses.replace(one, number=day + 1, when=date(f"2016-{day // 28 + 1:02}"))
            for day in days
        )
        made = pages_of(changed(archive, texts={"t-3333": {"claims": claims}}))
        return {
            path: page.inputs.entries
            for path, page in made.items()
            if path.startswith("en/timeline/2016")
        }

    before = year([day for day in range(330) if day != 30])
    after = year(range(330))

    assert len(before) > 5
    assert len([path for path in after if after[path] != before.get(path)]) <= 2
