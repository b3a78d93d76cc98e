"""JSON-LD: valid in form, of public data, in the languages that it says."""

from __future__ import annotations

import dataclasses
import json
from typing import TYPE_CHECKING, Any

import pytest

from aigaq.archive.public import Site
from aigaq.pages import jsonld, texts
from aigaq.pages.context import Context
from aigaq.pages.index import Index
from aigaq.pages.kinds import person, text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from aigaq.archive.public import PublicArchive

Node = dict[str, Any]


def context_of(archive: PublicArchive, path: str) -> Context:
    pages = (*text.plan(Index(archive)), *person.plan(Index(archive)))
    page = next(page for page in pages if page.path == path)
    return Context(page, archive.site, texts.of(page.lang, ""))


def text_at(archive: PublicArchive, path: str) -> Mapping[str, Any]:
    context = context_of(archive, path)
    return jsonld.of_text(context.page.inputs.text, context)


def person_at(archive: PublicArchive, path: str) -> Mapping[str, Any]:
    context = context_of(archive, path)
    return jsonld.of_person(context.page.inputs.person, context)


def test_a_translation_names_the_work_that_it_translates(archive: PublicArchive) -> None:
    found = text_at(archive, "en/testimonies/t-1111.html")

    assert found["inLanguage"] == "en"
    assert found["translationOfWork"]["inLanguage"] == "kk"
    assert found["translationOfWork"]["@id"].endswith("/kk/testimonies/t-1111.html")


def test_an_original_names_its_translations_and_translates_nothing(
    archive: PublicArchive,
) -> None:
    found = text_at(archive, "kk/testimonies/t-1111.html")

    assert found["workTranslation"]["inLanguage"] == "en"
    assert "translationOfWork" not in found


def test_a_text_shown_untranslated_says_that_it_is_in_its_own_language(
    archive: PublicArchive,
) -> None:
    found = text_at(archive, "en/testimonies/t-2222.html")

    assert found["inLanguage"] == "ug"
    assert found["@id"].endswith("/ug/testimonies/t-2222.html")


def test_a_text_is_by_those_who_told_it(archive: PublicArchive) -> None:
    found = text_at(archive, "en/testimonies/t-1111.html")

    assert found["author"]["name"] == "Placeholder Daughter"


def test_an_author_whom_nobody_knows_is_nobody(
    archive: PublicArchive, changed: Callable[..., PublicArchive]
) -> None:
    credit = dataclasses.replace(
        archive.texts["t-3333"].credits[0], who="unknown", is_record=False
    )
    told = changed(archive, texts={"t-3333": {"credits": (credit,)}})

    assert credit.role == "author"
    assert "author" not in text_at(told, "en/testimonies/t-3333.html")


def test_an_approximate_date_is_not_made_exact(
    archive: PublicArchive, date: Callable[[str], Any], changed: Callable[..., PublicArchive]
) -> None:
    about = changed(archive, texts={"t-1111": {"added": date("2026-11~")}})

    assert "datePublished" not in text_at(about, "en/testimonies/t-1111.html")
    assert "datePublished" in text_at(archive, "en/testimonies/t-1111.html")


def test_a_text_with_rights_of_others_does_not_carry_our_licence(
    archive: PublicArchive,
) -> None:
    assert "license" not in text_at(archive, "en/testimonies/t-3333.html")
    assert text_at(archive, "en/testimonies/t-1111.html")["license"].startswith("https://")


def test_a_person_has_every_attested_spelling_in_its_language(archive: PublicArchive) -> None:
    found = person_at(archive, "en/people/p-bb22.html")

    assert {"@value": "占位母亲", "@language": "zh-Hans"} in found["alternateName"]
    assert "Placeholder Mothr" in found["alternateName"]


def test_a_description_is_no_other_name(
    archive: PublicArchive, changed: Callable[..., PublicArchive]
) -> None:
    names = (*archive.people["p-bb22"].names, *archive.people["p-cc33"].names)
    both = changed(archive, people={"p-bb22": {"names": names}})

    assert "my aunt" not in person_at(both, "en/people/p-bb22.html")["alternateName"]


def test_a_protected_person_has_the_public_name_and_nothing_else(
    archive: PublicArchive,
) -> None:
    found = person_at(archive, "en/people/p-dd44.html")

    assert set(found) == {"@context", "@type", "@id", "url", "name"}
    assert found["name"] == "Interviewer A"


def test_without_an_address_the_links_are_relative_to_the_page(
    build_archive: Callable[..., PublicArchive], archive: PublicArchive
) -> None:
    site = Site(title=archive.site.title, languages=archive.site.languages)

    found = text_at(build_archive(site=site), "en/testimonies/t-1111.html")

    assert found["author"]["@id"] == "../people/p-aa11.html"


def test_the_site_offers_its_search_where_it_knows_its_address(archive: PublicArchive) -> None:
    found = jsonld.of_site(context_of(archive, "kk/people/p-bb22.html"))

    target = found["potentialAction"]["target"]["urlTemplate"]
    assert target == "https://archive.example.org/kk/search.html?q={words}"


@pytest.mark.parametrize("address", ["https://archive.example.org/", ""])
def test_every_node_is_as_schema_org_says(
    address: str,
    archive: PublicArchive,
    pages_of: Callable[..., Mapping[str, Any]],
    view_of: Callable[..., Any],
    schema_org_faults: Callable[..., list[str]],
) -> None:
    site = dataclasses.replace(archive.site, address=address)
    at = dataclasses.replace(archive, site=site)
    nodes = {
        path: node
        for path in pages_of(at)
        if path.endswith(".html") and (node := getattr(view_of(at, path), "jsonld", None))
    }

    assert {node["@type"] for node in nodes.values()} >= {
        "Article",
        "Dataset",
        "Person",
        "WebSite",
    }
    wrong = {path: found for path, node in nodes.items() if (found := schema_org_faults(node))}
    assert wrong == {}


@pytest.mark.parametrize(
    "wrong",
    [
        {"@type": "Testimony"},
        {"birthDate": "1958"},
        {"author": {"@type": "Place", "name": "X"}},
        {"datePublished": "about 2018"},
        {"isBasedOn": "no address"},
        {"about": {"@type": "Person", "headline": "X"}},
        {"headline": ""},
    ],
)
def test_what_schema_org_does_not_know_is_found(
    wrong: Node, archive: PublicArchive, schema_org_faults: Callable[..., list[str]]
) -> None:
    node = text_at(archive, "en/testimonies/t-1111.html")

    assert schema_org_faults(node) == []
    assert schema_org_faults({**node, **wrong})


@pytest.mark.parametrize("lang", ["en", "kk", "ug"])
def test_everything_is_plain_json(archive: PublicArchive, lang: str) -> None:
    found = [
        *(text_at(archive, f"{lang}/testimonies/{i}.html") for i in archive.texts),
        *(person_at(archive, f"{lang}/people/{i}.html") for i in archive.people),
    ]

    assert json.loads(json.dumps(found)) == found
