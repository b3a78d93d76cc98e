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


def canary(word: str, lang: str = "en") -> str:
    return f"qzx{word}{lang.replace('-', '').lower()}qzx"


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
    site.person("p-n")
    for lang in LANGUAGES[1:]:
        phrases = [[canary(word), canary(word, lang)] for word in WORDS]
        facts = {"from": "en", "machine": True, "phrases": phrases}
        site.translation("t-1", lang, translation=facts)
    return site


def found(site: SiteBuilder) -> set[str]:
    """Which of all that might betray somebody stands in any built file, also compressed."""
    betraying = {canary(word, lang) for word in WORDS for lang in LANGUAGES}
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
    assert everything >= {canary(word, lang) for word in WORDS for lang in LANGUAGES}
    assert everything >= {"qzxvillage", "2017-08"}


def test_what_is_told_less_exactly_stands_on_no_page_in_no_language(site: SiteBuilder) -> None:
    told(site, COARSE).build(search=True)
    assert found(site) == {"qzxvillage"}  # the place has a page, like every place
    for lang in LANGUAGES:
        village = site.read(f"{lang}/places/pl-qzxvillage.html")
        assert "p-1.html" not in village
        assert "t-1.html" not in village
        assert "qzxvillage" not in site.read(f"{lang}/people/p-1.html").casefold()
        assert "qzxvillage" not in site.read(f"{lang}/testimonies/t-1.html").casefold()
