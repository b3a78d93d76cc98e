"""Each fact of a person leads to the paragraph that tells it."""

from __future__ import annotations

import dataclasses
from typing import Any

MOTHER = "en/people/p-bb22.html"


def test_a_fact_leads_to_the_paragraph_that_tells_it(
    archive: Any, changed: Any, view_of: Any
) -> None:
    text = archive.texts["t-1111"]
    plain = dataclasses.replace(text.claims[0], status="", when=None, where="", chain=())
    told = {
        "born": {"when": archive.people["p-bb22"].born},
        "lived-in": {"where": "pl-county-x"},
        "worked-as": {},
        "ethnicity": {"at": "p3"},
    }
    claims = tuple(
        dataclasses.replace(plain, number=n, what=what, **fields)
        for n, (what, fields) in enumerate(told.items(), 1)
    )

    behind = view_of(changed(archive, texts={"t-1111": {"claims": claims}}), MOTHER).behind

    anchors = {fact: [link.anchor for link in links] for fact, links in behind.items()}
    assert anchors == {"born": ["p2"], "place": ["p2"], "work": ["p2"], "ethnicity": ["p3"]}


def test_a_birth_that_contradicts_the_fact_is_not_behind_it(
    archive: Any, changed: Any, view_of: Any, date: Any
) -> None:
    text = archive.texts["t-1111"]
    born = dataclasses.replace(text.claims[0], what="born", status="", when=date("1970"))

    behind = view_of(changed(archive, texts={"t-1111": {"claims": (born,)}}), MOTHER).behind

    assert behind["born"] == ()


def test_a_fact_shows_its_passage(archive: Any, changed: Any, html_of: Any) -> None:
    text = archive.texts["t-1111"]
    worked = dataclasses.replace(text.claims[0], what="worked-as", status="")
    html = html_of(changed(archive, texts={"t-1111": {"claims": (worked,)}}), MOTHER)

    work = html[html.index("<dt>Work</dt>") :]
    assert 'Told in: <a href="../testimonies/t-1111.html#p2">' in work[: work.index("</dd>")]
