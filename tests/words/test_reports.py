from __future__ import annotations

import json

import pytest

from aigaq.words import reports
from aigaq.words.diagnostics import Problem, Severity, Span

LOST = Problem("A001", "nothing is called {id}", "correct it,\nor not: 100 %")
ODD = Problem("A002", "odd", "look", Severity.WARNING)
TWO = [LOST.at(Span("a b/c,d:e.yaml", 3, 7), id="x|y"), ODD.at(Span("a.yaml"))]


@pytest.mark.parametrize("form", ["text", "github"])
def test_of_no_problems_there_is_nothing_to_say(form):
    assert reports.FORMS[form]([]) == ""


def test_a_text_has_all_problems_in_their_order():
    shown = reports.text(TWO)
    assert shown.index("A001") < shown.index("A002")
    assert shown.endswith("look\n")


def test_a_workflow_command_is_one_line_with_its_values_escaped():
    assert reports.github(TWO).splitlines() == [
        (
            "::error file=a b/c%2Cd%3Ae.yaml,line=3,col=7,title=A001"
            "::nothing is called x|y – correct it,%0Aor not: 100 %25"
        ),
        "::warning file=a.yaml,line=1,col=1,title=A002::odd – look",
    ]


@pytest.mark.parametrize(("count", "is_told"), [(10, False), (11, True)])
def test_that_a_code_review_leaves_some_out_is_told(count, is_told):
    told = reports.github([ODD.at(Span("a.yaml", n)) for n in range(count)]).splitlines()
    assert told[-1].startswith("::notice title=aigaq::all 11") == is_told
    assert sum(line.startswith("::warning") for line in told) == count


def test_json_has_everything():
    assert json.loads(reports.as_json(TWO))[0] == {
        "path": "a b/c,d:e.yaml",
        "line": 3,
        "column": 7,
        "severity": "error",
        "code": "A001",
        "message": "nothing is called x|y",
        "remedy": "correct it,\nor not: 100 %",
    }


def test_json_of_no_problems_is_an_empty_list():
    assert json.loads(reports.as_json([])) == []


def test_a_table_has_a_row_a_problem():
    assert reports.markdown(TWO).splitlines()[2:] == [
        "| a b/c,d:e.yaml:3:7 | A001 | nothing is called x\\|y | correct it, or not: 100 % |",
        "| a.yaml | A002 | odd | look |",
    ]


def test_a_table_of_no_problems_says_so():
    assert reports.markdown([]) == "No problems found.\n"


@pytest.mark.parametrize(
    "hostile",
    ["<img src=x>", "[a](https://b.example)", "`code`", "**bold**", "a|b", "@someone", "\\|"],
)
def test_what_an_editor_wrote_is_no_markup_in_a_comment(hostile):
    row = reports.markdown([LOST.at(Span("a"), id=hostile)]).splitlines()[2]
    told = row.replace("\\\\", "").replace("\\|", "")
    assert "<" not in row
    assert told.count("|") == 5
    assert all(f"\\{letter}" in row for letter in set(hostile) & set("[]`*|@"))
