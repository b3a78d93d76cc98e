"""Answers of an editor in the lines of a new file: whatever is typed, the file can be read."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from aigaq.desk import asking, scaffold, tongues
from aigaq.source import disk, records
from aigaq.words.diagnostics import has_errors
from aigaq.words.tongue import ENGLISH

TODAY = datetime.date(2026, 11, 22)
NASTY = 'A "title": with # signs, $lang and {{brackets}} \\ \u202e\u00ad'
ANSWERS = {
    "testimony": {
        "text.title": NASTY,
        "text.title_is_quote": "true",
        "text.summary": NASTY,
        "narrator.id": "p-1",
        "interview.date": "about 2024",
        "text.source": NASTY,
        "consent.id": "c-1",
    },
    "person": {
        "narrator.protect": "open",
        "narrator.names": NASTY,
        "narrator.role": "narrator",
    },
    "consent": {
        "narrator.id": "p-1",
        "consent.date": "2024-03-09",
        "consent.scope": "site mirror",
        "consent.names": "real",
        "consent.faces": "all",
        "consent.voices": "own",
        "consent.review_after": "2030-01-01",
        "consent.after_review": "restrict",
    },
    "place": {"names": NASTY, "place.type": "county", "place.precision": "county"},
    "organisation": {"names": NASTY, "organisation.type": "ngo"},
    "page": {"text.title": NASTY, "text.summary": NASTY},
}


def made(form: str, answers: dict[str, str], lang: str = "en") -> str:
    text = scaffold.skeleton(form, lang).replace("$lang", "en")
    text = text.replace("$id", "t-1").replace("$original", "kk").replace("$today", str(TODAY))
    return asking.filled(form, text, answers, lang="en")


@pytest.mark.parametrize("lang", ["en", "kk", "ru"])
@pytest.mark.parametrize("form", sorted(ANSWERS))
def test_what_is_asked_makes_a_file_without_a_mistake(form: str, lang: str, site: Any) -> None:
    site.person("p-1").consent("c-1", given_by="p-1")
    path = {"page": "content/pages/about.en.md", "testimony": "content/testimonies/t-1.en.md"}
    kind = scaffold.KINDS[form]
    text = made(form, ANSWERS[form], lang)
    site.write(path.get(form, f"{kind.folder}/{kind.prefix}9.yaml"), text)

    sources, _, _ = disk.sources(site.root)
    _, problems = records.read(sources)

    assert not has_errors(problems), [str(one) for one in problems]
    assert all(answer in text for answer in ANSWERS[form].values() if answer.isidentifier())


def test_nothing_but_what_is_asked_stands_in_the_file_of_somebody_protected() -> None:
    answers = {"narrator.protect": "pseudonym", "narrator.names": "Placeholder"}
    lines = ["protect: pseudonym", "names:", '  - text: "Placeholder"', "    lang: en"]
    assert made("person", answers) == "\n".join([*lines, "    kind: pseudonym", ""])
    assert made("person", {"narrator.protect": "group-only"}) == "protect: group-only\n"


@pytest.mark.parametrize("lang", ["en", "kk", "ru"])
@pytest.mark.parametrize("form", sorted(asking._ASKED))
def test_a_skeleton_has_every_line_that_an_answer_fills(form: str, lang: str) -> None:
    empty = made(form, {}, lang)
    for question in asking.asked(form):
        answer = {"choice": "a-key", "yes": "true", "many": "a b"}.get(question.kind, "x")
        assert made(form, {question.key: answer}, lang) != empty, question.key


@pytest.mark.parametrize("form", sorted(asking._ASKED))
def test_what_a_question_hangs_on_was_asked_before(form: str) -> None:
    seen: set[str] = set()
    for question in asking.asked(form):
        assert question.when.partition("=")[0] in seen | {""}
        seen.add(question.key)


def test_nobody_is_asked_the_name_of_somebody_who_has_none_here() -> None:
    (name,) = (one for one in asking.asked("person") if one.key == "narrator.names")
    assert asking.is_wanted(name, {"narrator.protect": "initials"})
    assert not asking.is_wanted(name, {"narrator.protect": "group-only"})


@pytest.mark.parametrize(
    ("form", "key", "wrong", "right"),
    [
        ("testimony", "narrator.id", "My Mother", "p-7k3q"),
        ("testimony", "interview.date", "9.3.24", "about 2024"),
        ("testimony", "interview.date", "three years ago", "2024-03"),
        ("consent", "consent.date", "March 2024", "2024-03-09"),
    ],
)
def test_an_answer_that_cannot_stand_there_is_told(
    form: str, key: str, wrong: str, right: str
) -> None:
    (question,) = (one for one in asking.asked(form) if one.key == key)
    for tongue in (ENGLISH, tongues.read("kk"), tongues.read("ru")):
        assert asking.objection(question, wrong, {}, tongue)
        assert asking.objection(question, right, {}, tongue) == ""
        assert asking.objection(question, "", {}, tongue) == ""


@pytest.mark.parametrize("lang", ["en", "kk", "ru"])
def test_under_initials_no_whole_name_can_stand(lang: str) -> None:
    (name,) = (one for one in asking.asked("person") if one.key == "narrator.names")
    tongue = ENGLISH if lang == "en" else tongues.read(lang)
    level = {"narrator.protect": "initials"}
    assert asking.objection(name, "Placeholder Name", level, tongue)
    assert asking.objection(name, "P. N.", level, tongue) == ""
    assert asking.objection(name, "Placeholder", {"narrator.protect": "open"}, tongue) == ""


def test_words_stay_apart_and_nothing_in_them_is_a_gap() -> None:
    answer = "Placeholder\u00a0Name\tof\u3000$lang \u202e {}"
    text = made("person", {"narrator.protect": "open", "narrator.names": answer})
    assert '  - text: "Placeholder Name of $lang {}"\n' in text


def test_who_has_no_file_yet_is_the_next_step() -> None:
    steps = asking.next_steps("testimony", {"consent.id": "c-1"})
    assert steps == (asking.NEXT["told_by"], asking.NEXT["words"], asking.NEXT["rest"])
    assert asking.next_steps("place", {}) == (asking.NEXT["rest"],)


def test_an_id_is_asked_for_under_the_heading_that_says_whose() -> None:
    wanted = [one for one in asking.asked("testimony") if one.kind == "id"]

    assert [asking.heading("testimony", one) for one in wanted] == [
        "Who tells",
        "The interview",
        "The interview",
        "The consent",
    ]
    assert {one.hint for one in wanted} == {""}, "nothing that is left empty is asked below"
    assert {asking.heading("person", one) for one in asking.asked("person")} == {""}
