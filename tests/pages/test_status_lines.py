from __future__ import annotations

import dataclasses
import re
from typing import Any

import pytest

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
    assert sentence.endswith(" It is held to be possible.")


def test_without_place_and_date_there_are_no_brackets(said: Any) -> None:
    [sentence] = said(when=None, where="")
    assert sentence.startswith("Reported in a camp, as told")


@pytest.mark.parametrize(
    ("changes", "start"),
    [
        ({"what": "died", "status": ""}, "Reported to have died ("),
        ({"status": "died-in-custody"}, "Reported to have died in custody ("),
        ({"status": "unknown"}, "Reported with fate unknown ("),
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
    assert sentences[2] == "Which of these came last is not told."


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
