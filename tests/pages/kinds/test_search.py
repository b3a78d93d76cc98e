"""The search page: useful without a script, and it tells the script what that needs."""

from __future__ import annotations

import dataclasses
import json
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from aigaq.archive.public import PublicArchive

View = Callable[["PublicArchive", str], Any] if TYPE_CHECKING else Any
Html = Callable[["PublicArchive", str], str] if TYPE_CHECKING else Any


def data_of(page: str) -> dict[str, Any]:
    found = re.search(r'<script type="application/json"[^>]*>(.*?)</script>', page, re.DOTALL)
    assert found is not None
    data: dict[str, Any] = json.loads(found[1])
    return data


def test_the_own_language_comes_first(archive: PublicArchive, view_of: View) -> None:
    view = view_of(archive, "kk/search.html")

    assert [bundle["tag"] for bundle in view.bundles] == ["kk", "en", "ug"]
    assert view.bundles[0]["folders"] == ("search/kk/",)


def test_every_way_to_browse_leads_to_a_page(
    archive: PublicArchive,
    view_of: View,
    pages_of: Callable[[PublicArchive], Mapping[str, Any]],
) -> None:
    planned = pages_of(archive)

    assert [link.path for link in view_of(archive, "ug/search.html").browse] == [
        path
        for path in (
            "ug/people/index.html",
            "ug/testimonies/index.html",
            "ug/places/index.html",
            "ug/topics/index.html",
            "ug/timeline/index.html",
        )
        if path in planned
    ]


def test_nothing_of_the_form_is_ever_sent_to_a_server(
    archive: PublicArchive, html_of: Html
) -> None:
    form = re.search(r"<form.*?</form>", html_of(archive, "en/search.html"), re.DOTALL)

    assert form is not None
    assert re.search(r" hidden>", form[0].partition("\n")[0])
    assert not re.search(r"\b(?:action|name)=", form[0])


def test_until_a_script_runs_the_page_says_that_it_cannot_search(
    archive: PublicArchive, html_of: Html
) -> None:
    page = html_of(archive, "en/search.html")

    said = r'id="count" role="status"><span class="late">The search needs JavaScript'
    assert re.search(said, page)
    assert '<ol class="results" id="results" hidden></ol>' in page


def test_a_choice_of_one_value_is_not_offered(
    archive: PublicArchive, build_archive: Callable[..., PublicArchive], view_of: View
) -> None:
    topic = next(iter(archive.topics.values()))
    bare = build_archive(topics={topic.id: dataclasses.replace(topic, broader="")})

    assert "topic" not in {facet.name for facet in view_of(bare, "en/search.html").facets}


def test_what_to_narrow_down_by_is_not_in_the_page(
    archive: PublicArchive, html_of: Html
) -> None:
    page = html_of(archive, "en/search.html")

    assert re.findall(r'<select id="(\w+)" disabled>', page) == [
        "kind",
        "year",
        "place",
        "topic",
    ]
    assert page.count("<option") == 4


def test_only_this_page_may_run_webassembly(archive: PublicArchive, html_of: Html) -> None:
    assert "wasm-unsafe-eval" in html_of(archive, "en/search.html")
    assert "wasm-unsafe-eval" not in html_of(archive, "en/people/p-bb22.html")


def test_the_script_is_told_where_the_output_begins(
    archive: PublicArchive, html_of: Html
) -> None:
    data = data_of(html_of(archive, "en/search.html"))

    assert data["root"] == "../"
    assert data["words"]["count"] == "Results: {n}"


def test_a_site_in_one_language_does_not_offer_all_of_them(
    archive: PublicArchive, build_archive: Callable[..., PublicArchive], html_of: Html
) -> None:
    site = type(archive.site)(title=archive.site.title, languages=("en",))

    assert 'id="all"' not in html_of(build_archive(site=site), "en/search.html")
