from __future__ import annotations

import re

from aigaq.desk import questions, sheet
from aigaq.words.tongue import ENGLISH


def test_the_sheet_has_no_script_and_no_field() -> None:
    assert re.findall(r"<(?:script|input|select|textarea|form)\b", sheet.page(ENGLISH)) == []


def test_the_sheet_asks_yes_or_no_of_each_use() -> None:
    page = sheet.page(ENGLISH)
    for words in questions.WORDS["consent_scope"].values():
        assert re.search(rf'<th scope="row">{words}</th>(<td.*?</td>){{2}}</tr>', page)


def test_the_sheet_asks_in_the_order_of_the_form() -> None:
    page = sheet.page(ENGLISH)
    rest = [part for part in questions.PARTS if part.key not in {"consent", "claim"}]
    places = [page.index(f"<h2>{part.heading}</h2>") for part in rest]
    assert places == sorted(places)


def test_what_must_not_stand_on_it_comes_before_the_first_question() -> None:
    page = sheet.page(ENGLISH)
    assert 0 < page.index("a code word") < page.index('class="question"')
