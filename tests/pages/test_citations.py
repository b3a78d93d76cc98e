"""Citations: names as readers are shown them, dates as told, no day of the build."""

from __future__ import annotations

import dataclasses
import json
import re
from typing import Any

import pytest

from aigaq.pages import citations, context, texts
from aigaq.pages.context import Phrase
from aigaq.pages.index import Index


@pytest.fixture(name="told")
def _told(archive: Any, pages_of: Any) -> Any:
    """`told(text, archive=…, lang=…)`: `(text, context of its page)`."""

    def make(text_id: str, archive: Any = archive, lang: str = "en") -> Any:
        page = pages_of(archive)[f"{lang}/testimonies/{text_id}.html"]
        return page.inputs.text, context.Context(page, archive.site, texts.of(lang, ""))

    return make


def cited(told: Any, text_id: str, *args: Any, **more: Any) -> citations.Citation:
    text, here = told(text_id, *args, **more)
    return citations.of_text(text, text.shown_in(here.lang), here)


def files(archive: Any) -> dict[str, bytes]:
    spoken = {lang: texts.of(lang, "") for lang in archive.site.languages}
    return {a.path: a.data for a in citations.artifacts(Index(archive), spoken)}


def entries(bibtex: str) -> dict[str, dict[str, str]]:
    """Entries by key, each with its fields: a strict reader of our own small subset."""
    found = {}
    for entry in re.split(r"\n(?=@)", bibtex.strip()):
        head, *lines, end = entry.split("\n")
        (key,) = re.fullmatch(r"@misc\{([\w-]+),", head).groups()  # type: ignore[union-attr]
        pairs = [re.fullmatch(r"  (\w+) = \{(.*)\},", line) for line in lines]
        assert (end, None in pairs) == ("}", False), entry
        found[key] = {p[1]: p[2] for p in pairs if p}
        assert len(found[key]) == len(pairs)
    return found


def test_a_citation_names_narrator_title_kind_date_and_archive(told: Any) -> None:
    text, here = told("t-1111")

    made = citations.of_text(text, text.shown_in("en"), here)

    assert [part.text for part in made.parts] == [
        "Placeholder Daughter",
        "If I do not look for her, who will?",
        "Testimony",
        "9 March 2024",
        "Placeholder Archive",
        "Placeholder Group",
    ]


def test_a_citation_of_a_text_without_narrator_names_its_author_and_outlet(told: Any) -> None:
    text, here = told("t-3333")

    made = citations.of_text(text, text.shown_in("en"), here)

    words = [part.text for part in made.parts]
    assert words[0] == "Placeholder Reporter"
    assert "Example Magazine" in words


def test_a_citation_has_the_address_of_its_page(told: Any) -> None:
    text, here = told("t-1111")

    made = citations.of_text(text, text.shown_in("en"), here)

    assert made.address == "https://archive.example.org/en/testimonies/t-1111.html"


def test_without_an_address_of_the_site_a_citation_has_none(archive: Any, told: Any) -> None:
    site = dataclasses.replace(archive.site, address="")
    text, here = told("t-1111", dataclasses.replace(archive, site=site))

    assert citations.of_text(text, text.shown_in("en"), here).address == ""


def test_a_citation_sets_one_full_stop_after_a_part() -> None:
    assert citations._unstopped(Phrase("A. B.")) == Phrase("A. B")
    assert citations._unstopped(Phrase("Archive")) == Phrase("Archive")


def test_bibtex_and_csl_say_the_same_as_the_words(told: Any) -> None:
    made = cited(told, "t-1111")

    fields = entries(made.bibtex)["t-1111-en"]
    item = json.loads(made.csl)
    assert fields["author"] == "{Placeholder Daughter}"
    assert fields["title"] == "{If I do not look for her, who will?}"
    assert fields["date"] == "2024-03-09"
    assert fields["publisher"] == "{Placeholder Archive}"
    assert fields["url"] == item["URL"] == made.address
    assert item["author"] == [{"literal": "Placeholder Daughter"}]
    assert item["issued"] == {"date-parts": [[2024, 3, 9]]}
    assert item["container-title"] == "Placeholder Archive"
    assert item["type"] == "interview"


def test_a_citation_is_in_the_words_of_the_page(told: Any) -> None:
    made = cited(told, "t-1111", lang="kk")

    assert made.parts[0].text == "Плейсхолдер Қызы"
    assert entries(made.bibtex)["t-1111-kk"]["language"] == "kk"


def test_a_protected_narrator_is_cited_by_the_name_that_is_shown(
    archive: Any, changed: Any, told: Any
) -> None:
    narrator = dataclasses.replace(archive.texts["t-1111"].told_by[0], person="p-dd44")
    made = cited(told, "t-1111", changed(archive, texts={"t-1111": {"told_by": (narrator,)}}))

    assert made.parts[0].text == "Interviewer A"
    assert json.loads(made.csl)["author"] == [{"literal": "Interviewer A"}]


@pytest.mark.parametrize(
    ("when", "issued", "field"),
    [
        ("2019", {"date-parts": [[2019]]}, "2019"),
        ("2019-05~", {"date-parts": [[2019, 5]], "circa": True}, "2019-05~"),
        ("2018/2019-02", {"date-parts": [[2018], [2019, 2]]}, "2018/2019-02"),
        ("201X", {"literal": "2010s"}, "201X"),
        ("[2018..2018-06]", {"literal": "between 2018 and June 2018"}, ""),
        ("unknown", {}, ""),
    ],
)
def test_a_date_is_as_exact_as_it_was_told(
    archive: Any, changed: Any, told: Any, date: Any, when: str, issued: Any, field: str
) -> None:
    made = cited(told, "t-1111", changed(archive, texts={"t-1111": {"date": date(when)}}))

    found = json.loads(made.csl).get("issued", {})
    assert {**found, "literal": ""} == {**issued, "literal": ""}
    assert ("literal" in found) == ("literal" in issued)
    fields = entries(made.bibtex)["t-1111-en"]
    assert fields.get("date", "") == field
    assert fields.get("year", "") == ("2018" if when.startswith("[") else "")


def test_signs_of_bibtex_in_a_title_stay_signs(archive: Any, changed: Any, told: Any) -> None:
    text = archive.texts["t-1111"]
    title = "100% {sure} & _not_ \\ #1 $2 ~^"
    versions = tuple(dataclasses.replace(v, title=title) for v in text.versions)

    made = cited(told, "t-1111", changed(archive, texts={"t-1111": {"versions": versions}}))

    written = entries(made.bibtex)["t-1111-en"]["title"]
    assert written == (
        r"{100\% \textbraceleft{}sure\textbraceright{} \& \_not\_ \textbackslash{} \#1 \$2 "
        r"\textasciitilde{}\textasciicircum{}}"
    )
    assert json.loads(made.csl)["title"] == title


def test_the_mark_changes_with_the_words_and_with_nothing_else(archive: Any) -> None:
    version = archive.texts["t-1111"].shown_in("en")
    block, *others = version.body.blocks
    typeset = dataclasses.replace(block, html="<p>other quotes</p>", line=9)
    reworded = dataclasses.replace(block, digest="0" * 16)

    def mark_of(first: Any) -> str:
        body = dataclasses.replace(version.body, blocks=(first, *others))
        return citations.mark(dataclasses.replace(version, body=body))

    assert re.fullmatch(r"[0-9a-f]{8}", citations.mark(version))
    assert mark_of(typeset) == citations.mark(version)
    assert mark_of(reworded) != citations.mark(version)
    assert (
        f"version = {{{citations.mark(version)}}}" in files(archive)["cite/t-1111.bib"].decode()
    )


def test_a_paragraph_is_cited_by_its_full_address(archive: Any, told: Any) -> None:
    assert cited(told, "t-1111").paragraph == (
        "https://archive.example.org/en/testimonies/t-1111.html#p1"
    )
    bare = dataclasses.replace(archive, site=dataclasses.replace(archive.site, address=""))
    assert cited(told, "t-1111", bare).paragraph == ""


def test_a_paragraph_is_a_place_in_the_work_that_programs_know(told: Any) -> None:
    made = cited(told, "t-1111")

    bibtex, csl = made.located
    (key,) = entries(made.bibtex)
    assert bibtex == f"\\autocite[par.~1]{{{key}}}"
    item = json.loads(made.csl)
    assert json.loads(csl) == {"id": item["id"], "label": "paragraph", "locator": "1"}


def test_our_own_words_begin_with_a_capital_after_the_full_stop(
    archive: Any, changed: Any, told: Any, view_of: Any, date: Any
) -> None:
    interview = dataclasses.replace(archive.texts["t-1111"].interview, date=date("2024~"))
    about = changed(archive, texts={"t-1111": {"interview": interview}})

    words = [part.text for part in cited(told, "t-1111", about).parts]
    assert words[2:4] == ["Testimony", "About 2024"]
    assert view_of(archive, "en/people/p-bb22.html").citation.parts[1].text == (
        "Entry on a person"
    )


@pytest.mark.parametrize(
    ("lang", "words"), [("en", "Interview"), ("tr", "İnterview"), ("kk-Latn", "İnterview")]
)
def test_the_capital_of_an_i_is_that_of_the_language(told: Any, lang: str, words: str) -> None:
    _, here = told("t-1111")
    page = dataclasses.replace(here.page, lang=lang)

    assert citations._opened("interview", dataclasses.replace(here, page=page)).text == words


def test_the_files_have_an_entry_for_each_language_of_the_text(archive: Any) -> None:
    made = files(archive)

    assert set(made) == {f"cite/{i}.{form}" for i in archive.texts for form in ("bib", "json")}
    for text in archive.texts.values():
        keys = [f"{text.id}-{version.lang}" for version in text.versions]
        assert list(entries(made[f"cite/{text.id}.bib"].decode())) == keys
        items = json.loads(made[f"cite/{text.id}.json"])
        assert [item["id"] for item in items] == keys
        assert [item["language"] for item in items] == [v.lang for v in text.versions]


def test_the_box_leads_to_the_files_and_to_the_data_only_where_it_may(
    archive: Any, changed: Any, told: Any
) -> None:
    closed = changed(archive, texts={"t-1111": {"scope": frozenset({"site"})}})

    assert [path for path, _ in cited(told, "t-1111").files] == [
        "cite/t-1111.bib",
        "cite/t-1111.json",
        "data/records/t-1111.json",
    ]
    assert len(cited(told, "t-1111", closed).files) == 2


def test_somebody_s_page_is_cited_by_the_name_that_is_shown(archive: Any, view_of: Any) -> None:
    made = view_of(archive, "en/people/p-dd44.html").citation

    assert made.parts[0].text == "Interviewer A"
    assert made.address == "https://archive.example.org/en/people/p-dd44.html"
    assert json.loads(made.csl)["title"] == "Interviewer A"


@pytest.mark.parametrize("page", ["testimonies/t-1111", "people/p-bb22", "people/p-dd44"])
def test_a_page_shows_its_citation_without_scripts(
    page: str, archive: Any, html_of: Any
) -> None:
    html = html_of(archive, f"en/{page}.html")

    box = html[html.index('<section class="citation"') :]
    assert "<details" in box
    assert "@misc{" in box
    assert "<script" not in box
