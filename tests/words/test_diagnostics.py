from __future__ import annotations

import pytest

from aigaq.words import diagnostics
from aigaq.words.diagnostics import Problem, Severity, Span

LOST = Problem("A001", 'nothing is called "{id}"', "correct it.{hint}")
ODD = Problem("A002", "this is odd", "", Severity.WARNING)


@pytest.mark.parametrize(
    ("span", "text"),
    [
        (Span("a.yaml"), "a.yaml"),
        (Span("a.yaml", 3), "a.yaml:3"),
        (Span("a.yaml", 3, 7), "a.yaml:3:7"),
    ],
)
def test_a_place_is_written_as_far_as_it_is_known(span, text):
    assert str(span) == text


def test_a_problem_is_told_with_place_code_sentence_and_remedy():
    found = LOST.at(Span("a.yaml", 3, 7), id="p-1", hint=' Did you mean "p-2"?')
    assert str(found) == (
        'a.yaml:3:7: error A001: nothing is called "p-1"\n    correct it. Did you mean "p-2"?'
    )


def test_a_problem_without_a_remedy_is_one_line():
    assert str(ODD.at(Span("a.yaml"))) == "a.yaml: warning A002: this is odd"


def test_braces_in_what_an_editor_wrote_are_left_alone():
    assert (
        LOST.at(Span("a"), id="{hint}{0}", hint="").message == 'nothing is called "{hint}{0}"'
    )


def test_problems_are_sorted_by_place_then_code():
    one, two, three = (
        ODD.at(Span("a", 9)),
        LOST.at(Span("a", 10), id="", hint=""),
        ODD.at(Span("b")),
    )
    assert sorted([three, two, one]) == [one, two, three]


def test_the_same_problem_twice_is_one():
    assert len({LOST.at(Span("a"), id="x", hint=""), LOST.at(Span("a"), hint="", id="x")}) == 1


@pytest.mark.parametrize(("problem", "stops"), [(LOST, True), (ODD, False)])
def test_an_error_stops_publication_and_a_warning_does_not(problem, stops):
    found = problem.at(Span("a"), id="", hint="")
    assert (found.is_error, diagnostics.has_errors([found])) == (stops, stops)


@pytest.mark.parametrize(
    ("word", "hint"),
    [("prision", ' Did you mean "prison"?'), ("xyz", ""), ("", "")],
)
def test_the_nearest_known_word_is_proposed_if_it_is_near(word, hint):
    assert diagnostics.did_you_mean(word, {"prison", "camp"}) == hint


def test_of_two_equally_near_words_always_the_same_is_proposed():
    hints = {
        diagnostics.did_you_mean("p-x", known) for known in (["p-1", "p-2"], ["p-2", "p-1"])
    }
    assert len(hints) == 1
