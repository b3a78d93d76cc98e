from __future__ import annotations

import json
from typing import Any

import pytest

from aigaq.archive.identities import Candidate, Decision, Found, Reason
from aigaq.archive.letters import Slip, Wrong
from aigaq.archive.neighbours import Crowd
from aigaq.archive.spellings import Spelling
from aigaq.desk import names_report
from aigaq.desk.names_report import Report
from aigaq.words.diagnostics import Span

HERE, THERE = Span("content/people/p-1.yaml", 3, 5), Span("content/people/p-2.yaml", 4, 5)
TEXT = Span("content/testimonies/t-1.kk.md", 9, 7)
OPEN = Decision("open", "two editors", Span("content/identities.yaml", 7, 3))
SPELLING = Spelling("p-1", HERE, "Qunbolat", "en", "Kunbolat", is_first=False, places=(TEXT,))
SLIP = Slip(2, "\u0430", "the word is written in Latin letters", "Sample")
PEOPLE = (Wrong(HERE, "S\u0430mple", SLIP, "p-1"), Wrong(THERE, "", SLIP, "p-2"))


def report(decision: Decision | None = None, **parts: Any) -> Report:
    candidate = Candidate(
        pair=("p-1", "p-2"),
        people=(("Sample Name", HERE), ("", THERE)),
        reasons=(
            Reason("the same name", 3, (HERE, THERE)),
            Reason("t-1 names both", -2, (THERE,)),
        ),
        decision=decision,
    )
    return Report(**({"people": Found((candidate,)), "others": Found(())} | parts))


@pytest.fixture(params=["text", "markdown"])
def form(request: pytest.FixtureRequest) -> Any:
    return names_report.FORMS[request.param]


def test_the_report_says_for_and_against_with_file_and_line(form: Any) -> None:
    said = form(report())

    assert "p-1 and p-2: not decided (weight 1)" in said
    assert "for: the same name (content/people/p-1.yaml:3:5, " in said
    assert "against: t-1 names both (content/people/p-2.yaml:4:5)" in said


def test_a_decision_is_shown_with_who_made_it_and_where(form: Any) -> None:
    said = form(report(OPEN))

    assert "decided: open, by two editors (content/identities.yaml:7:3)" in said
    assert "not decided" not in said


def test_somebody_protected_has_no_name_in_the_report(form: Any) -> None:
    assert "protected, so nothing is compared" in form(report())


def test_a_spelling_comes_with_its_places_and_the_remedy_before_it(form: Any) -> None:
    said = form(report(people=Found(()), spellings=(SPELLING,)))

    assert said.index(names_report.REMEDIES["spellings"]) < said.index('"Qunbolat" (en)')
    assert 'like "Kunbolat", p-1' in said
    assert "names: content/people/p-1.yaml:3:5" in said
    assert "written: content/testimonies/t-1.kk.md:9:7" in said


def test_a_wrong_letter_is_named_and_of_somebody_protected_nothing_else(form: Any) -> None:
    said = form(report(people=Found(()), letters=PEOPLE))

    assert 'letter 2 is U+0430 CYRILLIC SMALL LETTER A; perhaps "Sample" was meant' in said
    assert "a name of somebody protected: letter 2 is U+0430 CYRILLIC SMALL LETTER A\n" in said


def test_what_was_not_compared_is_said(form: Any) -> None:
    crowd = Crowd((("name", "smpl"), ("name", "nm")), 70, "p-3")

    said = form(report(people=Found((), (crowd,))))

    assert "2 of these at once with more than 60 others" in said
    assert "1 such groups, the largest of 70, with p-3" in said


def test_a_long_part_is_cut_for_people_and_whole_for_programs(form: Any) -> None:
    many = report(people=Found(()), spellings=(SPELLING,) * (names_report.MOST + 3))

    assert "3 more are not shown" in form(many)
    assert len(json.loads(names_report.as_json(many))["spellings"]) == names_report.MOST + 3


def test_an_archive_without_doubts_says_so(form: Any) -> None:
    assert form(report(people=Found(()))) == names_report.NOTHING


def test_machines_get_the_same() -> None:
    said = json.loads(names_report.as_json(report(OPEN, spellings=(SPELLING,), letters=PEOPLE)))

    [row] = said["people"]
    assert (row["pair"], row["decided"]) == (["p-1", "p-2"], "open")
    assert row["for"][0]["places"][0] == "content/people/p-1.yaml:3:5"
    assert row["against"][0]["weight"] == -2
    assert said["spellings"][0]["places"] == ["content/testimonies/t-1.kk.md:9:7"]
    assert [one["word"] for one in said["letters"]] == ["S\u0430mple", None]
    assert said["letters"][1]["meant"] is None
