from __future__ import annotations

import datetime
from typing import Any

import pytest

from aigaq import pipeline
from aigaq.desk import consent_report

TODAY = datetime.date(2026, 11, 23)


def report(site: Any) -> dict[str, dict[str, str]]:
    options = pipeline.Options(drafts=True, jobs=1)
    archive = pipeline.linked(site.root, options=options, step=str).archive
    assert archive is not None
    made = consent_report.of(archive, TODAY)
    return {one.heading: {row.what: row.said for row in one.rows} for one in made}


@pytest.mark.parametrize(
    ("day", "heading"),
    [
        ("2026-11-22", "Reviews that are due"),
        ("2026-11-23", "Reviews that are due"),
        ("2026-11-24", "Reviews in the next 90 days"),
        ("2027-02-21", "Reviews in the next 90 days"),
        ("2027-02-22", None),
    ],
)
def test_a_review_is_told_when_it_is_due(site: Any, day: str, heading: str | None) -> None:
    site.consent("c-9", review_after=day, after_review="restrict")
    site.testimony("t-1", consent="c-9").testimony("t-2", consent="c-9")

    made = report(site)

    told = [name for name, rows in made.items() if "c-9" in rows and name.startswith("Rev")]
    assert told == ([heading] if heading else [])
    if heading:
        assert made[heading]["c-9"] == (
            f"{day}; it speaks for t-1, t-2; they are hidden from that day"
        )


def test_a_text_without_a_card_is_told_with_its_rights(site: Any) -> None:
    site.testimony("t-1")
    site.write(
        "content/testimonies/t-2.en.md",
        "---\nkind: news\nextent: excerpt\ntitle: A\n"
        "original: {outlet: Placeholder Paper, published: 2020, rights: excerpt-only}\n"
        "credits: [{who: unknown, role: author}]\n"
        "---\nWords.\n",
    )

    assert report(site)["Texts without a card"] == {"t-2": "rights: excerpt-only"}


def test_a_card_says_what_it_allows_and_not_who_gave_it(site: Any) -> None:
    site.consent("c-9", scope=["site", "print"], status="paused").testimony("t-1")

    said = report(site)["What each card allows"]["c-9"]

    assert said == ("allows site, print; not data-download, mirror, translate; paused; 0 texts")
