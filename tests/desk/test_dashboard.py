from __future__ import annotations

import datetime
from typing import Any

from aigaq import pipeline
from aigaq.desk import dashboard

TODAY = datetime.date(2026, 11, 23)


def made(site: Any) -> str:
    options = pipeline.Options(drafts=True, jobs=1)
    read = pipeline.linked(site.root, options=options, step=str)
    assert read.archive is not None
    return dashboard.page(read.archive, read.problems, TODAY)


def section(page: str, heading: str) -> str:
    return page.partition(f"<h2>{heading} (")[2].partition("<h2>")[0]


def test_what_waits_stands_on_it(site: Any) -> None:
    site.config(languages=["en", "kk"]).person("p-1")
    site.consent("c-9", review_after="2026-01-01")
    site.testimony("t-1", draft=True).testimony("t-2", consent="c-9")
    site.translation("t-2", "kk", translation={"from": "en", "machine": True})

    page = made(site)

    assert '<a href="/en/testimonies/t-1.html">' in section(page, "Drafts")
    assert '<a href="/kk/testimonies/t-2.html">' in section(page, "Translations")
    assert "c-9" in section(page, "Reviews that are due")
    assert "Nothing." in section(page, "Names")


def test_two_who_may_be_one_stand_on_it_until_that_is_decided(site: Any) -> None:
    site.person("p-1", name="Placeholder Qalida").person("p-2", name="Placeholder Qalida")
    site.testimony("t-1", told_by="p-1", about="p-2")

    assert "p-1 · p-2" in section(made(site), "Names")

    site.listed(
        "identities", {"pair": ["p-1", "p-2"], "decided": "different", "by": "A", "why": "B"}
    )
    assert "p-1 · p-2" not in section(made(site), "Names")


def test_words_on_it_are_words(site: Any) -> None:
    site.testimony("t-1", kind="<script>")

    assert "<script>" not in made(site)
    assert "&lt;script&gt;" in section(made(site), "Problems")
