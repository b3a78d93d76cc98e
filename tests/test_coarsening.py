"""A whole site that tells of a protected person: what is told less exactly stands nowhere."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from conftest import SiteBuilder

EXACT = {"place": "exact", "dates": "exact", "words": "exact"}
COARSE = {"place": "country", "dates": "year"}
LANGUAGES = ("en", "kk", "ru", "ug", "zh-Hans", "tr")
# One canary for each place where free words stand; each is translated into every language.
WORDS = (
    *("said", "words", "value", "chain", "with", "doneby", "court", "because"),
    *("askedwords", "askedto", "askedsaid", "groupwords"),
)
# … and for each that an editor writes in all languages at once.
OWN = ("conditions", "source", "ownwords", "ownvalue")


def canary(word: str, lang: str = "en") -> str:
    return f"qzx{word}{lang.replace('-', '').lower()}qzx"


def in_all(word: str) -> dict[str, str]:
    return {lang: canary(word, lang) for lang in LANGUAGES}


def told(site: SiteBuilder, coarsen: Mapping[str, str]) -> SiteBuilder:
    """Everything that claims can say of `p-1`, in one text with all its translations."""
    about: dict[str, Any] = {"about": "p-1", "when": "2017-08-14", "where": "pl-qzxvillage"}
    site.config(languages=LANGUAGES)
    site.place("pl-c", "Country", type="country")
    site.place("pl-qzxvillage", "Qzxvillage", type="village", in_="pl-c")
    site.person("p-1", "A. B.", protect="initials", coarsen=coarsen)
    site.group("g-1", of="p-1", protect="open")
    charged = {key: canary(key.replace("_", "")) for key in ("done_by", "because")}
    site.testimony(
        "t-1",
        told_by="p-n",
        claims=[
            about | {"what": "detained", "status": "camp", "said": canary("said")},
            about | {"what": "illness", "words": canary("words"), "chain": canary("chain")},
            about | {"what": "citizenship", "value": canary("value")},
            about | {"what": "contact", "with": canary("with")},
            about | {"what": "charged"} | charged,
            about | {"what": "sentenced", "years": 5, "court": canary("court")},
            about | {"about": "g-1", "what": "illness", "words": canary("groupwords")},
        ],
        asked=[
            {"how": "letter", "for": "p-1", "when": "2017-08-14", "to": canary("askedto")}
            | {"said": canary("askedsaid"), "words": canary("askedwords")}
        ],
    )
    site.testimony(
        "t-2",
        told_by="p-1",
        source=in_all("source"),
        interview={
            "date": "2017-08-14",
            "place": "pl-qzxvillage",
            "conditions": in_all(OWN[0]),
        },
        claims=[
            about | {"what": "illness", "words": in_all("ownwords")},
            about | {"what": "citizenship", "value": in_all("ownvalue")},
        ],
    )
    site.person("p-n")
    for lang in LANGUAGES[1:]:
        phrases = [[canary(word), canary(word, lang)] for word in WORDS]
        facts = {"from": "en", "machine": True, "phrases": phrases}
        site.translation("t-1", lang, translation=facts)
    return site


def found(site: SiteBuilder) -> set[str]:
    """Which of all that might betray somebody stands in any built file, also compressed."""
    betraying = {canary(word, lang) for word in (*WORDS, *OWN) for lang in LANGUAGES}
    betraying |= {"qzxvillage", "2017-08", "2017-жыл", "august 2017"}
    files = "\n".join(_contents(site)).casefold()
    return {one for one in betraying if one in files}


def _contents(site: SiteBuilder) -> Iterator[str]:
    for path in site.files():
        data = (site.public / path).read_bytes()
        is_packed = data.startswith(b"\x1f\x8b")
        yield (gzip.decompress(data) if is_packed else data).decode("utf-8", "replace")


@pytest.fixture(scope="module")
def everything(
    tmp_path_factory: pytest.TempPathFactory, site_builder: type[SiteBuilder]
) -> set[str]:
    """What stands on the site where all is told on purpose."""
    site = told(site_builder(tmp_path_factory.mktemp("exact")), EXACT)
    site.build(search=True)
    return found(site)


def test_what_is_told_on_purpose_is_found(everything: set[str]) -> None:
    """Else the next test could find nothing."""
    assert everything >= {canary(word, lang) for word in (*WORDS, *OWN) for lang in LANGUAGES}
    assert everything >= {"qzxvillage", "2017-08"}


@pytest.fixture(scope="module")
def coarse(
    tmp_path_factory: pytest.TempPathFactory, site_builder: type[SiteBuilder]
) -> SiteBuilder:
    """The site where all is told less exactly."""
    site = told(site_builder(tmp_path_factory.mktemp("coarse")), COARSE)
    site.build(search=True)
    return site


def test_what_is_told_less_exactly_stands_in_no_file(coarse: SiteBuilder) -> None:
    assert found(coarse) == {"qzxvillage"}  # the place has a page, like every place


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_language_says_more_than_the_original(coarse: SiteBuilder, lang: str) -> None:
    pages = "\n".join(
        coarse.read(path) for path in coarse.files() if path.startswith(f"{lang}/")
    )
    words = {canary(word, one) for word in (*WORDS, *OWN) for one in LANGUAGES}
    assert {word for word in words if word in pages.casefold()} == set()
    village = coarse.read(f"{lang}/places/pl-qzxvillage.html")
    assert "p-1.html" not in village
    assert "t-1.html" not in village
    for page in ("people/p-1.html", "testimonies/t-1.html", "testimonies/t-2.html"):
        assert "qzxvillage" not in coarse.read(f"{lang}/{page}").casefold()
