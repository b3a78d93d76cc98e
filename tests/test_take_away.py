"""What can be taken away from a built site: data within consent, valid, ever the same."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from conftest import SiteBuilder

SCARF = Path(__file__).parents[1] / "docs/example/content/media/scarf.jpg"
READ_ONLY = ("site", "translate", "mirror", "print")


@pytest.fixture(name="told")
def _told(site: SiteBuilder) -> SiteBuilder:
    """An open text, one that may be read only, and a person under a pseudonym."""
    site.config(address="https://archive.example.org/", languages=["en", "kk"])
    site.person("p-narrator", "Placeholder Narrator")
    site.person("p-hidden", "Alias Only", protect="pseudonym")
    site.person("p-alone", "Placeholder Alone")
    site.testimony(
        "t-open",
        about=["p-hidden"],
        claims=[{"about": "p-narrator", "what": "detained", "status": "camp", "at": "p1"}],
        body="Openly told, see [the other](testimony:t-read).\n",
    )
    site.consent("c-read", scope=READ_ONLY)
    site.write(
        "content/testimonies/t-read.en.md",
        "---\ntitle: Quietly titled\nsummary: Quietly summed\ntold_by: p-narrator\n"
        "source: Quiet source\nconsent: c-read\nabout: [p-alone]\n"
        "claims:\n  - {about: p-alone, what: worked-as, value: quiet trade, at: p1}\n"
        "objects:\n  - {id: ob-quiet, what: quiet scarf, of: p-alone}\n---\nQuietly told.\n",
    )
    return site


def data_of(site: SiteBuilder) -> dict[str, bytes]:
    return {path: (site.public / path).read_bytes() for path in site.files() if "data/" in path}


def records_of(site: SiteBuilder) -> list[dict[str, Any]]:
    """Of all parts that the head lists."""
    parts = json.loads(site.read("data/all.json"))["parts"]
    joined = b"".join((site.public / "data" / part["path"]).read_bytes() for part in parts)
    return [json.loads(line) for line in joined.splitlines()]


def test_what_consent_does_not_let_be_downloaded_is_in_no_byte_of_the_data(
    told: SiteBuilder,
) -> None:
    told.build()

    assert "Quietly told." in told.read("en/testimonies/t-read.html")
    for path, content in data_of(told).items():
        for word in (b"t-read", b"uiet", b"p-alone", b"Placeholder Alone"):
            assert word not in content, path
            assert word not in path.encode()
    assert json.loads(told.read("data/all.json"))["left_out"] == {"texts": 1, "records": 1}
    assert "1 text may be read here, but" in re.sub(r"<[^>]+>", "", told.read("en/data.html"))


def test_with_the_scope_the_same_text_is_there(told: SiteBuilder) -> None:
    told.consent("c-read", scope=(*READ_ONLY, "data-download"))
    told.build()

    head = json.loads(told.read("data/all.json"))
    assert head["left_out"] == {"texts": 0, "records": 0}
    assert head["counts"]["texts"] == 2
    assert {"t-open", "t-read"} <= {one["id"] for one in records_of(told)}
    assert "quiet trade" in told.read("data/claims.csv")


def test_a_text_whose_rights_are_others_stays_out_of_the_data(told: SiteBuilder) -> None:
    told.write(
        "content/testimonies/t-other.en.md",
        "---\nkind: news\nextent: excerpt\ntitle: Anothers words\n"
        "original: {outlet: Placeholder Paper, published: 2020, rights: excerpt-only}\n"
        "credits: [{who: unknown, role: author}]\n---\nExcerpted here.\n",
    )
    told.build()

    assert "Excerpted here." in told.read("en/testimonies/t-other.html")
    assert not any(b"Excerpted" in content for content in data_of(told).values())


def test_pages_of_what_may_not_be_downloaded_have_no_json_ld(told: SiteBuilder) -> None:
    told.build()

    def marked(page: str) -> bool:
        return "application/ld+json" in told.read(f"en/{page}.html")

    assert not marked("testimonies/t-read")
    assert not marked("people/p-alone")
    assert marked("testimonies/t-open")
    assert marked("people/p-narrator")
    told.consent("c-read", scope=(*READ_ONLY, "data-download")).build()
    assert marked("testimonies/t-read")
    assert marked("people/p-alone")


@pytest.mark.parametrize("use", ["data-download", "print"])
def test_a_picture_is_used_only_as_its_own_consent_allows(use: str, told: SiteBuilder) -> None:
    scope = {*READ_ONLY, "data-download"}
    told.consent("c-more", scope=sorted(scope)).consent("c-face", scope=sorted(scope))
    told.write("content/media/face.jpg", SCARF.read_bytes())
    told.write("content/media/face.jpg.yaml", "alt: Quiet face\nconsent: c-face\n")
    told.person("p-lost", "Placeholder Lost", photo="face.jpg")
    claims = [{"about": "p-lost", "what": "detained", "status": "camp", "when": "2018"}]
    body = "They took him.\n\n![Quiet portrait](face.jpg)\n"
    told.testimony("t-more", consent="c-more", claims=claims, body=body)
    told.build()
    assert (shown_in_data(told), shown_on_flyer(told)) == (True, True)

    told.consent("c-face", scope=sorted(scope - {use})).build()
    assert "Quiet face" in told.read("en/people/p-lost.html")
    assert "Quiet portrait" in told.read("en/testimonies/t-more.html")
    assert shown_in_data(told) is (use == "print")
    assert shown_on_flyer(told) is (use == "data-download")


def shown_in_data(site: SiteBuilder) -> bool:
    """Whether the data has both the photograph and the picture of the text; else neither."""
    whole = json.dumps(records_of(site))
    found = {words in whole for words in ("Quiet face", "Quiet portrait")}
    assert len(found) == 1
    return found.pop()


def shown_on_flyer(site: SiteBuilder) -> bool:
    return "Quiet face" in site.read("en/people/p-lost-flyer.html")


def test_a_protected_person_is_in_the_data_by_the_public_name_alone(told: SiteBuilder) -> None:
    told.build()

    assert set(json.loads(told.read("data/records/p-hidden.json"))) == {
        "$schema", "record", "page", "id", "names", "protect",
    }  # fmt: skip
    assert not (told.public / "en/people/p-hidden-flyer.html").exists()


def test_who_came_back_has_no_flyer(told: SiteBuilder) -> None:
    told.person("p-lost", "Placeholder Lost")
    claims = [{"about": "p-lost", "what": "detained", "status": "camp", "when": "2018"}]
    told.consent("c-t-more", scope=(*READ_ONLY, "data-download"))
    told.testimony("t-more", consent="c-t-more", claims=claims)
    told.build()
    assert (told.public / "kk/people/p-lost-flyer.html").exists()
    assert (told.public / "kk/people/p-lost-flyer.svg").exists()

    back = [
        *claims,
        {"about": "p-lost", "what": "returned", "status": "released", "when": "2020"},
    ]
    told.testimony("t-more", consent="c-t-more", claims=back)
    assert told.build().status == 0
    assert not (told.public / "kk/people/p-lost-flyer.html").exists()
    assert not (told.public / "kk/people/p-lost-flyer.svg").exists()


def test_all_that_can_be_taken_away_is_the_same_on_another_day_and_in_another_folder(
    told: SiteBuilder, new_site: Callable[[str], SiteBuilder]
) -> None:
    told.build()
    other = new_site("other")
    for path in told.sources():
        other.write(path, (told.root / path).read_bytes())
    other.build(date=None)

    kinds = (".json", ".jsonl", ".csv", ".bib", ".svg", ".xml")
    files = [path for path in told.files() if path.endswith(kinds)]
    assert len(files) > 15
    for path in files:
        assert (told.public / path).read_bytes() == (other.public / path).read_bytes(), path


def test_the_data_of_the_demonstration_is_as_its_schema_says(
    demonstration: Path, schema_faults: Callable[[Any, Mapping[str, Any]], list[str]]
) -> None:
    folder = demonstration / "public/data"
    schema = json.loads((folder / "schema-2.json").read_text("utf-8"))

    records = sorted(folder.glob("records/*.json"))
    parts = sorted(folder.glob("parts/*.jsonl"))
    assert len(records) > 200
    assert len(parts) > 20
    for path in (*records, *parts, folder / "all.json", folder / "changes.json"):
        for line in path.read_bytes().splitlines():
            assert schema_faults(json.loads(line), schema) == [], path.name


def test_the_json_ld_of_the_demonstration_is_as_schema_org_says(
    demonstration: Path, schema_org_faults: Callable[[Mapping[str, Any]], list[str]]
) -> None:
    block = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
    kinds = set()
    for path in sorted((demonstration / "public").rglob("*.html")):
        for found in block.findall(path.read_text("utf-8")):
            node = json.loads(found)
            kinds.add(node["@type"])
            assert schema_org_faults(node) == [], path

    assert kinds >= {"Person", "WebSite", "Dataset"}
