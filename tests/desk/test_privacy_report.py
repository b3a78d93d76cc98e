from __future__ import annotations

import datetime
from typing import Any

from aigaq import pipeline
from aigaq.desk import privacy_report, sections

TODAY = datetime.date(2026, 11, 23)
HIDDEN = "Placeholder Hidden"


def made(site: Any) -> tuple[sections.Section, ...]:
    options = pipeline.Options(drafts=True, jobs=1)
    archive = pipeline.linked(site.root, options=options, step=str).archive
    assert archive is not None
    problems, _ = pipeline.check(site.root, step=str)
    return privacy_report.of(archive, problems, TODAY)


def report(site: Any) -> dict[str, dict[str, str]]:
    return {one.heading: {row.what: row.said for row in one.rows} for one in made(site)}


def test_who_is_protected_is_told_by_level_and_id_alone(site: Any) -> None:
    site.person("p-1").person("p-2", name=HIDDEN, protect="restricted")
    site.person("p-3", name=HIDDEN, protect="restricted")
    site.testimony("t-1", protect="sealed-until 2027-01-01")

    assert report(site)["Protected"] == {
        "hidden": "2: p-2, p-3",
        "hidden until a day": "1: t-1",
    }
    assert HIDDEN not in sections.text(made(site)) + sections.as_json(made(site))


def test_a_seal_is_told_a_year_before_it_ends_and_after(site: Any) -> None:
    site.testimony("t-1", protect="sealed-until 2027-11-23")
    site.testimony("t-2", protect="sealed-until 2027-11-24")
    site.testimony("t-3", protect="sealed-until 2026-11-01")

    assert report(site)["Seals that end within a year"] == {
        "t-1": "ends on 2027-11-23",
        "t-3": "has ended on 2026-11-01",
    }


def test_what_check_says_of_consent_stands_in_it(site: Any) -> None:
    site.consent("c-9", scope=["translate"]).testimony("t-1", consent="c-9")

    said = " ".join(report(site)["What check says about people and consent"].values())

    assert "P010" in said
