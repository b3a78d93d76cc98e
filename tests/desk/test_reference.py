"""Pages that are written from the code; `tests/test_docs.py` holds them to what is there."""

from __future__ import annotations

from aigaq.desk import reference
from aigaq.source.schema.claims import Claim
from aigaq.words.diagnostics import Problem, Severity


def test_gaps_of_a_sentence_are_shown_as_words_that_stand_for_something() -> None:
    assert reference.spelled('"{text}" has {{braces}}') == '"‹text›" has {braces}'


def test_every_module_is_searched_for_problems() -> None:
    letters = {problem.code[0] for problem in reference.problems()}
    assert letters == set(reference.AREAS)


def test_a_key_is_shown_as_it_is_written_in_a_file() -> None:
    page = reference.field_pages()
    assert "| `from` |" in page
    assert "from_" not in page


def test_a_required_key_is_marked() -> None:
    assert "about" in Claim.required
    assert "| `about` | id; **required** |" in reference.field_pages()


def test_a_default_is_told() -> None:
    assert "absent: `also-used`" in reference.field_pages()


def test_every_message_is_told_with_its_weight_and_its_remedy() -> None:
    page = reference.diagnostic_pages()
    warning = next(p for p in reference.problems() if p.severity is Severity.WARNING)
    section = page.partition(f"### {warning.code}\n")[2].partition("\n### ")[0]
    assert section.strip().startswith("*Warning.*")
    assert len(section.strip().split("\n\n")) >= 2


def test_a_problem_of_two_modules_is_told_once() -> None:
    codes = [problem.code for problem in reference.problems()]
    assert len(codes) == len(set(codes))
    assert all(isinstance(problem, Problem) for problem in reference.problems())


def test_a_long_page_begins_with_links_to_its_sections() -> None:
    page = reference.field_pages()
    assert "[Consent card](#consent-card)" in page.partition("\n## ")[0]


def test_what_is_said_of_a_file_stands_outside_of_its_name() -> None:
    assert "\nFile: `content/topics.yaml`, a list\n" in reference.field_pages()
