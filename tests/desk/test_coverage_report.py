from __future__ import annotations

import datetime
from typing import Any

from aigaq import pipeline
from aigaq.archive import publish
from aigaq.desk import coverage_report

TODAY = datetime.date(2026, 11, 23)


def report(site: Any) -> dict[str, dict[str, str]]:
    options = pipeline.Options(drafts=True, jobs=1)
    archive = pipeline.linked(site.root, options=options, step=str).archive
    assert archive is not None
    public, _ = publish.view_of(archive, publish.Options(built=TODAY))
    made = coverage_report.of(public)
    return {one.heading: {row.what: row.said for row in one.rows} for one in made}


def test_each_language_says_how_its_texts_came_about(site: Any) -> None:
    site.config(languages=["en", "kk", "ru"]).testimony("t-1").testimony("t-2")
    site.translation("t-1", "kk", translation={"from": "en", "machine": True})
    site.translation("t-2", "kk", translation={"from": "en", "by": "A", "status": "reviewed"})

    assert report(site)["Languages"] == {
        "en": "2 original",
        "kk": "1 by machine, draft, 1 reviewed",
        "ru": "2 not translated",
    }


def test_what_leads_nowhere_is_told(site: Any) -> None:
    claim = {"about": "p-1", "what": "detained", "status": "camp"}
    site.person("p-1").person("p-2", name="Placeholder Two")
    site.testimony("t-1", told_by="p-1", claims=[{**claim, "at": "p1"}, claim])
    site.testimony("t-2", told_by="p-1")

    made = report(site)

    assert list(made["Texts without any claim"]) == ["t-2"]
    assert made["Claims that lead to no paragraph"] == {"t-1": "1 of 2"}
    assert list(made["People of whom no text tells"]) == ["p-2"]
    assert made["What there is"]["claims"] == "2"


def test_drafts_and_what_is_hidden_are_not_counted(site: Any) -> None:
    site.testimony("t-1").testimony("t-2", draft=True)
    site.testimony("t-3", protect="restricted", body="")

    assert report(site)["What there is"]["testimony"] == "1"
