from __future__ import annotations

from aigaq.source.markup import convert
from aigaq.words.diagnostics import Diagnostic
from aigaq.words.fragments import Fragment


def both(body: str) -> tuple[Fragment, list[Diagnostic]]:
    return convert.convert(body, path="t.md", first_line=10, labels=(), language="en")


def problems(body: str) -> list[tuple[str, int, int, bool]]:
    return [(one.code, one.span.line, one.span.column, one.is_error) for one in both(body)[1]]


def test_a_note_is_called_by_its_number_and_leads_back() -> None:
    made, _ = both("a[^x]\n\n[^x]: Some *words*.\n\n    More.")
    assert made.blocks[0].html == (
        '<p>a<sup id="u-fnref-1"><a href="#u-fn-1" class="footnote-ref">1</a></sup></p>'
    )
    assert made.footnotes == (
        '<ol><li id="u-fn-1"><p>Some <em>words</em>.</p><p>More. '
        '<a href="#u-fnref-1" class="footnote-backref">↩</a></p></li></ol>'
    )


def test_notes_are_numbered_in_the_order_of_their_first_calls() -> None:
    made, _ = both("a[^z] b[^y]\n\n[^y]: second\n[^z]: first")
    assert made.footnotes.index("first") < made.footnotes.index("second")


def test_a_note_that_is_called_twice_leads_back_to_both() -> None:
    made, _ = both("a[^1] b[^1]\n\n[^1]: x")
    assert 'href="#u-fnref-1"' in made.footnotes
    assert 'href="#u-fnref-1-2"' in made.footnotes
    assert 'id="u-fnref-1-2"' in made.blocks[0].html


def test_a_note_may_call_another() -> None:
    made, found = both("a[^1]\n\n[^1]: x[^2]\n[^2]: y[^1]")
    assert found == []
    assert made.footnotes.count("<li") == 2


def test_links_in_a_note_are_references_at_their_place() -> None:
    made, _ = both("a[^1]\n\n[^1]: x\n\n    [b](person:p-1)")
    assert [(one.target, one.line, one.column) for one in made.references] == [("p-1", 14, 9)]


def test_a_call_of_no_note_is_an_error_at_its_place() -> None:
    assert problems("x\n\nab[^1]") == [("M060", 12, 3, True)]


def test_a_note_that_nobody_calls_is_a_warning() -> None:
    assert problems("x\n\n[^1]: y") == [("M061", 12, 1, False)]


def test_two_notes_of_one_name_are_an_error_at_the_second() -> None:
    assert problems("x[^1]\n\n[^1]: y\n[^1]: z") == [("M062", 13, 1, True)]


def test_a_name_of_a_note_never_reaches_the_page() -> None:
    made, _ = both('a[^"><b>]\n\n[^"><b>]: x')
    assert "b>" not in made.blocks[0].html + made.footnotes
