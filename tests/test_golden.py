"""A small site with every kind of claim, way of knowing and date, and what its pages say.

`golden.yaml` holds what must stand on the pages, in this order, in each language. Its
words were read before they were written down: where a sentence changes, read the page first.
"""

from __future__ import annotations

import html
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import pytest
import yaml

from aigaq.words import edtf, vocabularies

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from conftest import SiteBuilder

LANGUAGES = ("en", "kk", "ru", "ug", "zh-Hans", "tr")
EXPECTED: Mapping[str, Mapping[str, list[str]]] = yaml.safe_load(
    (Path(__file__).parent / "golden.yaml").read_text("utf-8")
)

# One claim of each kind, with all that makes it one.
CLAIMS: Mapping[str, Mapping[str, Any]] = {
    "detained": {"status": "police-custody", "where": "pl-county"},
    "held": {"status": "camp", "where": "pl-camp", "lasted": "about 2 years"},
    "moved-to": {"status": "prison"},
    "released": {"status": "released-watched"},
    "returned": {"status": "released"},
    "disappeared": {},
    "last-contact": {"contact": "letters", "with_": "p-daughter"},
    "contact": {"contact": "calls-supervised"},
    "sentenced": {
        "years": 12,
        "parts": [{"status": "prison", "years": 5}, {"status": "camp", "years": 7}],
        "court": "org-court",
    },
    "reason": {"reason": "religion-practice", "given_by": "official"},
    "charged": {"done_by": "org-police"},
    "tried": {"done_by": "org-court"},
    "questioned": {"done_by": "org-police"},
    "searched": {"where": "pl-county"},
    "threatened": {"because": "spoke"},
    "attacked": {},
    "fined": {"done_by": "a village office"},
    "watched": {},
    "account-lost": {},
    "sanctioned": {},
    "passport-taken": {},
    "travelled": {"from_": "pl-county", "to": "pl-city"},
    "emigrated": {"to": "pl-city"},
    "citizenship": {"value": "of Country Z"},
    "refugee-status": {},
    "repatriation-status": {},
    "visa": {},
    "born": {"where": "pl-county"},
    "died": {},
    "married": {},
    "child-born": {},
    "illness": {"words": "asthma"},
    "injury": {},
    "disability": {},
    "worked-as": {"value": "teacher"},
    "studied": {},
    "appointed": {},
    "lived-in": {"where": "pl-county"},
    "retired": {},
    "ethnicity": {"value": "Kazakh"},
    "family-member": {"other": "p-daughter", "relation": "daughter"},
    "forced-labour": {"done_by": "org-police"},
    "forced-denunciation": {},
    "state-media-appearance": {},
    "medical": {},
    "other": {"words": "something else"},
}
# Every form of a date, each in a claim of its own.
DATES = (
    "2017-08-10", "2017-08", "2017", "201X", "2017~", "2017?", "2017%", "2017-21", "XXXX-03-08",
    "2016/2018", "2016/..", "../2018", "2016/", "[2016,2018]", "[2016..2018-01-15]",
    "about 2017-05", "maybe 2018", "before 2018-01", "after 2018", "since 2017-05",
    "early 1990s", "2017 summer", "unknown", "2 and a half years before interview",
)  # fmt: skip
CHAIN = ("a neighbour", "p-neighbour", "narrator")


@pytest.fixture(scope="module")
def golden(
    tmp_path_factory: pytest.TempPathFactory, site_builder: type[SiteBuilder]
) -> SiteBuilder:
    """The site, built once; no person in it exists."""
    site = site_builder(tmp_path_factory.mktemp("golden"))
    site.config(languages=list(LANGUAGES), wall={"country": "pl-country"})
    records(site)
    texts(site)
    report = site.build()
    assert [str(p) for p in report.problems if p.is_error] == []
    return site


def records(site: SiteBuilder) -> None:
    site.place("pl-country", "Country A", type="country")
    site.place("pl-county", "County X", type="county", in_="pl-country")
    site.place("pl-camp", "Camp One", type="camp", in_="pl-county")
    site.place("pl-city", "City M", type="city")
    site.organisation("org-police", "Placeholder Police", type="authority")
    site.organisation("org-court", "Placeholder Court", type="court")
    site.person("p-daughter", "Placeholder Daughter", sex="female")
    site.person("p-neighbour", "Placeholder Neighbour")
    for who in ("kinds", "known", "dates", "two", "returned", "dead"):
        site.person(f"p-{who}", f"Placeholder {who.title()}", sex="male")
    site.person("p-hidden", "Pseudonym", protect="pseudonym")
    site.group("g-sons", "sons", of="p-two", count=3)


def texts(site: SiteBuilder) -> None:
    kinds = [{"about": "p-kinds", "what": w, "at": "p1", **more} for w, more in CLAIMS.items()]
    known = [
        {"about": "p-known", "what": "studied", "value": key, "known_by": key, "at": "p2"}
        for key in vocabularies.KNOWN_BY
    ]
    chains = [
        {"about": "p-known", "what": "studied", "value": f"chain {n}", "chain": CHAIN[:n]}
        for n in range(1, len(CHAIN) + 1)
    ]
    dates = [{"about": "p-dates", "what": "travelled", "when": when} for when in DATES]
    returned = [
        {"about": "p-returned", "what": "detained", "status": "camp", "when": "2017-05",
         "where": "pl-camp"},
        {"about": "p-returned", "what": "returned", "status": "released", "when": "2019-01"},
        {"about": "p-dead", "what": "died", "when": "2018", "certainty": "likely"},
    ]  # fmt: skip
    told: dict[str, Any] = {"told_by": "p-daughter", "interview": {"date": "2020-03-09"}}
    claims = [*kinds, *known, *chains, *dates, *returned]
    site.testimony("t-1", body="One.\n\nTwo.\n\nThree.\n", claims=claims, source=None, **told)
    site.testimony(
        "t-2",
        told_by="p-daughter",
        about=[
            {"person": "p-two", "of": "p-daughter", "relation": "father"},
            {"person": "p-hidden", "of": "p-two", "relation": "wife"},
        ],
        claims=[account("2017-08", status="camp", where="pl-camp"), birth("1960")],
        asked=[
            {"by": "p-daughter", "to": "org-police", "for_": "p-two", "how": "letter"}
            | {"when": "2019-11", "answer": "none", "at": "p1"}
        ],
        objects=[{"id": "ob-1", "what": "scarf", "of": "p-two", "at": "p1"}],
    )
    other = [account("2018-02", status="prison"), birth("1965")]
    site.testimony("t-3", told_by="p-neighbour", claims=other)


def account(when: str, **fields: str) -> dict[str, str]:
    return {"about": "p-two", "what": "detained", "when": when, "at": "p1", **fields}


def birth(when: str) -> dict[str, str]:
    return {"about": "p-two", "what": "born", "when": when, "at": "p1"}


def words(site: SiteBuilder, path: str) -> str:
    """What a reader reads on a page, without tags and with single spaces."""
    main = site.read(path).partition("<main")[2].partition("</main>")[0].partition(">")[2]
    shown = re.sub(r"<(/?(bdi|a|span|time|strong|q|summary)\b)[^>]*>", "", main)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", shown)).split())


@pytest.mark.parametrize(
    ("lang", "page"), [(lang, page) for lang in LANGUAGES for page in EXPECTED[lang]]
)
def test_a_page_says_what_was_told(golden: SiteBuilder, lang: str, page: str) -> None:
    said = words(golden, f"{lang}/{page}.html")
    place = 0
    for fragment in EXPECTED[lang][page]:
        found = said.find(fragment, place)
        assert found >= 0, f"{fragment!r} is not in {said[place : place + 3000]!r}"
        place = found + len(fragment)


@pytest.mark.parametrize("what", vocabularies.WHATS)
def test_the_site_has_a_claim_of_every_kind(golden: SiteBuilder, what: str) -> None:
    assert what in CLAIMS
    label = vocabularies.label("what", what)
    assert any(line.startswith(label) for line in EXPECTED["en"]["people/p-kinds"])


@pytest.mark.parametrize("key", vocabularies.KNOWN_BY)
def test_the_pages_expect_every_way_of_knowing(key: str) -> None:
    said = EXPECTED["en"]["people/p-known"]
    assert any(line.startswith(f"studied In detail {key} ") for line in said)


def test_the_site_has_every_form_of_a_date() -> None:
    found = [d for d in map(edtf.parse, DATES) if isinstance(d, edtf.EdtfDate)]
    assert {d.kind for d in found} == {*get_args(edtf.Kind)}
    assert {d.sense for d in found} == {*get_args(edtf.Sense)}
    assert len(EXPECTED["en"]["people/p-dates"]) == len(DATES)


def test_every_language_has_words_for_every_page() -> None:
    assert {lang: sorted(pages) for lang, pages in EXPECTED.items()} == dict.fromkeys(
        LANGUAGES, sorted(EXPECTED["en"])
    )
    assert all(said for pages in EXPECTED.values() for said in pages.values())


def test_the_data_of_every_kind_of_claim_and_date_is_as_its_schema_says(
    golden: SiteBuilder, schema_faults: Callable[[Any, Mapping[str, Any]], list[str]]
) -> None:
    schema = json.loads(golden.read("data/schema-2.json"))
    files = [path for path in golden.files() if path.startswith("data/records/")]

    assert len(files) > 15
    for path in (*files, "data/all.json"):
        assert schema_faults(json.loads(golden.read(path)), schema) == [], path
    told = {claim["what"] for claim in json.loads(golden.read(files[-3]))["claims"]}
    assert told >= set(CLAIMS)
