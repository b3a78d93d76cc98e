from __future__ import annotations

import json
from typing import Any

import pytest

from aigaq.archive.identities import Candidate, Decision, Reason
from aigaq.desk import names_report
from aigaq.words.diagnostics import Span


def candidate(decision: Decision | None = None) -> Candidate:
    here, there = Span("content/people/p-1.yaml", 3, 5), Span("content/people/p-2.yaml", 4, 5)
    return Candidate(
        pair=("p-1", "p-2"),
        people=(("Sample Name", here), ("", there)),
        reasons=(
            Reason("the same name", 3, (here, there)),
            Reason("t-1 names both", -2, (there,)),
        ),
        decision=decision,
    )


OPEN = Decision("open", "two editors", Span("content/identities.yaml", 7, 3))


@pytest.mark.parametrize("form", ["text", "markdown"])
def test_the_report_says_for_and_against_with_file_and_line(form: str) -> None:
    said = names_report.FORMS[form]([candidate()])

    assert "p-1" in said
    assert "for: the same name" in said
    assert "against: t-1 names both" in said
    assert "content/people/p-2.yaml:4:5" in said
    assert "not decided (weight 1)" in said


@pytest.mark.parametrize("form", ["text", "markdown"])
def test_a_decision_is_shown_with_who_made_it_and_where(form: str) -> None:
    said = names_report.FORMS[form]([candidate(OPEN)])

    assert "decided: open, by two editors (content/identities.yaml:7:3)" in said
    assert "not decided" not in said


@pytest.mark.parametrize("form", ["text", "markdown"])
def test_somebody_protected_has_no_name_in_the_report(form: str) -> None:
    assert "protected, so nothing is compared" in names_report.FORMS[form]([candidate()])


@pytest.mark.parametrize("form", ["text", "markdown"])
def test_an_archive_without_doubts_says_so(form: str) -> None:
    assert names_report.FORMS[form]([]).startswith("Nobody here may be")


def test_machines_get_the_same() -> None:
    [row] = json.loads(names_report.as_json([candidate(OPEN)]))
    said: dict[str, Any] = row

    assert (said["pair"], said["decided"]) == (["p-1", "p-2"], "open")
    assert said["for"][0]["places"][0] == "content/people/p-1.yaml:3:5"
    assert said["against"][0]["weight"] == -2
