from __future__ import annotations

import dataclasses
import pathlib
import re
from typing import Any

import pytest

from aigaq.pages import context, kinds, texts

LOCALES = pathlib.Path(__file__).parents[2] / "theme" / "locales"
MOTHER = "en/people/p-bb22.html"
SURVIVOR = "en/people/p-ee55.html"


def lines(html: str) -> list[str]:
    """The sentences of the status block as a reader sees them."""
    found = re.search(r'<div class="status">(.*?)</div>', html, re.DOTALL)
    inner = found[1] if found else ""
    return [
        re.sub(r"<[^>]+>", "", p).strip() for p in re.findall(r"<p.*?</p>", inner, re.DOTALL)
    ]


@pytest.fixture(name="said")
def _said(archive: Any, changed: Any, html_of: Any) -> Any:
    """`said(status="prison")`: the sentences, with one claim about the mother, so changed."""

    def said(_people: Any = None, **changes: Any) -> list[str]:
        text = archive.texts["t-1111"]
        claim = dataclasses.replace(text.claims[0], **changes)
        texts = {"t-1111": {"claims": (claim,)}, "t-3333": {"claims": ()}}
        return lines(html_of(changed(archive, texts=texts, people=_people or {}), MOTHER))

    return said


def test_the_sentence_says_what_who_and_when(said: Any) -> None:
    [sentence] = said()

    assert sentence == (
        "Reported in a camp (August 2017, Camp One), "
        "as told by her daughter Placeholder Daughter (9 March 2024)."
    )


def test_a_teller_of_whom_no_kinship_is_told_has_the_name_alone(said: Any) -> None:
    [sentence] = said(by="p-ee55")
    assert "as told by Alem Placeholder (9 March 2024)." in sentence


def test_a_protected_teller_has_no_relation(said: Any, archive: Any) -> None:
    [sentence] = said({"p-aa11": {"protect": "pseudonym"}})
    assert "daughter Placeholder" not in sentence


def test_who_tells_of_themself_is_not_named_again(said: Any) -> None:
    [sentence] = said(by="p-bb22")
    assert sentence.endswith("in the person’s own words (9 March 2024).")


def test_where_nobody_is_named_the_sentence_says_so(said: Any) -> None:
    [sentence] = said(by="")
    assert sentence.endswith("by whom is not named here (9 March 2024).")


def test_the_sentence_says_how_sure_it_is(said: Any) -> None:
    [sentence] = said(certainty="possible")
    assert sentence.endswith(" This is considered possible.")


def test_without_place_and_date_there_are_no_brackets(said: Any) -> None:
    [sentence] = said(when=None, where="")
    assert sentence.startswith("Reported in a camp, as told")


@pytest.mark.parametrize(
    ("changes", "start"),
    [
        ({"what": "died", "status": ""}, "Reported to have died ("),
        ({"status": "died-in-custody"}, "Reported to have died in custody ("),
        ({"what": "held", "status": "unknown"}, "Reported with fate unknown ("),
        ({"what": "detained", "status": "unknown"}, "Reported detained ("),
        ({"what": "sentenced", "status": "", "years": "12"}, "Reported sentenced (12 years, "),
        ({"what": "sentenced", "status": "", "years": "unknown"}, "Reported sentenced (Aug"),
        ({"what": "released", "status": "released"}, "Reported released ("),
        ({"what": "released", "status": "left-country"}, "Reported to have left the country ("),
        ({"what": "disappeared", "status": ""}, "Reported missing ("),
        ({"status": "held-by-private-person"}, "Reported held by a private person ("),
    ],
)
def test_every_kind_of_status_has_its_words(said: Any, changes: Any, start: str) -> None:
    assert said(**changes)[0].startswith(start)


def test_two_statuses_that_nothing_puts_in_order_are_both_said(
    archive: Any, changed: Any, html_of: Any
) -> None:
    text = archive.texts["t-1111"]
    other = dataclasses.replace(text.claims[0], number=5, status="prison")
    texts = {"t-1111": {"claims": (text.claims[0], other)}, "t-3333": {"claims": ()}}
    both = changed(archive, texts=texts)

    sentences = lines(html_of(both, MOTHER))

    assert sentences[0].startswith("Reported in a camp (")
    assert sentences[1].startswith("Reported in prison (")
    assert sentences[2] == "Which of these came last is not recorded here."


def test_the_status_leads_to_its_paragraph(archive: Any, html_of: Any) -> None:
    html = html_of(archive, SURVIVOR)
    assert (
        '<a href="../testimonies/t-2222.html#p1"><bdi>to have left the country</bdi></a>'
        in html
    )


def test_who_came_back_has_what_was_before_in_the_past(archive: Any, html_of: Any) -> None:
    came_back, now, before = lines(html_of(archive, SURVIVOR))

    assert came_back.startswith("As told here, this person is no longer held.")
    assert now.startswith("Reported to have left the country (December 2018, City M), in ")
    assert before == "Reported before: in a camp."


def test_in_another_language_no_name_is_declined(archive: Any, view_of: Any) -> None:
    *_, line = view_of(archive, MOTHER.replace("en/", "kk/")).status.lines
    assert line.evidence.by.phrase.text == "Плейсхолдер Қызы"


SENTENCES = """
en Reported in a camp (August 2017, X), as told by her daughter N (9 March 2024).
kk Хабар бойынша: лагерьде (2017 ж. тамыз, X); айтқан — оның қызы N (2024 ж. 9 наурыз).
ru По сообщениям: в лагере (август 2017 г., X); источник — её дочь N (9 марта 2024 г.).
ug خەۋەر قىلىنغىنى: لاگېردا (2017-يىلى 8-ئاي، X)؛ بايان قىلغۇچى — ئۇنىڭ قىزى N (2024-يىلى 3-ئاينىڭ 9-كۈنى).
zh-Hans 据她的女儿N讲述（2024年3月9日）：在拘禁营中（2017年8月、X）。
tr Bildirilen: kampta (Ağustos 2017, X); anlatan: kızı N (9 Mart 2024).
"""  # noqa: E501  # a sentence a line


@pytest.mark.parametrize("row", SENTENCES.strip().splitlines(), ids=lambda row: row.split()[0])
def test_the_sentence_reads_well_in_every_language(
    archive: Any, pages_of: Any, changed: Any, row: str
) -> None:
    lang, sentence = row.split(maxsplit=1)
    site = dataclasses.replace(archive.site, languages=(lang, "en"))
    made = changed(archive, texts={"t-3333": {"claims": ()}})
    page = pages_of(dataclasses.replace(made, site=site))[f"{lang}/people/p-bb22.html"]
    po_text = (LOCALES / f"{lang}.po").read_text("utf-8")
    here = context.Context(page, site, texts.of(lang, po_text))
    [line] = kinds.KINDS["person"].view(page, here).status.lines

    shown = line.in_words(
        here.texts,
        lambda link: texts.isolated(link.phrase.text),
        lambda moment: texts.isolated(moment.words),
        lambda amount: texts.isolated(amount.number),
    )

    words = re.sub(r"<[^>]+>", "", shown).replace("\u202f", " ").replace("Camp One", "X")
    assert re.sub("Placeholder Daughter|Плейсхолдер Қызы", "N", words) == sentence
