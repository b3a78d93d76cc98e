"""What `aigaq new` asks, and how the answers come to stand in the lines of a new file.

Law: an answer is a quoted text, a key of a closed list, an id or a date: whatever somebody
types, the file can be read. What is not answered stays empty.
"""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from aigaq.desk import questions
from aigaq.desk.questions import Question
from aigaq.source.schema import dates, fields, records
from aigaq.words import edtf
from aigaq.words.diagnostics import Span

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aigaq.words.tongue import Tongue

INTRO = "Enter leaves an answer empty. Ctrl-C stops, and then nothing is written."
A_NUMBER = "Type the number of an answer:"
NUMBERS = "Type the numbers of all that are right, with spaces between them:"
NO_SUCH_NUMBER = "Type one of the numbers above."
NO_DAY = "Write the whole day: year, month and day with hyphens, such as 2026-11-22."
NEXT = {
    "told_by": "Who tells has no file yet: make one with `aigaq new person`.",
    "consent": "There is no consent card yet: make one with `aigaq new consent`.",
    "words": "Write the words below the second line ---.",
    "rest": "Open it and fill in what is empty; `aigaq check` says what is still missing.",
}

_KNOWN = {one.key: one for part in questions.PARTS for one in part.questions}
_NAME = Question("names", "Name", "As it is written in the language of the site.")
_OWN = (
    _NAME,
    Question("place.type", "What kind of place it is", kind="choice", list_name="place_type"),
    Question(
        "place.precision",
        "How exactly it may be shown",
        kind="choice",
        list_name="precision",
    ),
    Question(
        "organisation.type",
        "What kind of organisation it is",
        kind="choice",
        list_name="organisation_type",
    ),
    Question("group", "What they are called, such as: three of her sons"),
)
_KNOWN |= {one.key: one for one in _OWN}
_TITLE = (("text.title", "title:"), ("text.summary", "summary:"))

# By the name of a skeleton: what is asked, the line of it that the answer fills, and what
# stands there then, if that is not the line with the answer behind it.
_ASKED: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "testimony": (
        ("text.title", "title:"),
        ("text.title_is_quote", "# title_is_quote: true", "title_is_quote: {}"),
        ("text.summary", "summary:"),
        ("narrator.id", "told_by:"),
        ("interview.date", "  date:"),
        ("interview.place", "  place:"),
        ("interview.by", "  by:"),
        ("text.source", "# original:", "source: {}\n# original:"),
        ("consent.id", "consent:"),
    ),
    "person": (
        ("narrator.protect", "protect:"),
        ("narrator.names", "  - text:"),
        ("narrator.role", "role:"),
    ),
    "consent": (
        ("narrator.id", "given_by:"),
        ("consent.date", "date:"),
        ("consent.scope", "scope: []", "scope: [{}]"),
        ("consent.names", "names:"),
        ("consent.faces", "status: active", "faces: {}\nstatus: active"),
        ("consent.voices", "status: active", "voices: {}\nstatus: active"),
        ("consent.review_after", "review_after:"),
        ("consent.after_review", "status: active", "after_review: {}\nstatus: active"),
    ),
    "place": (
        ("names", "  - text:"),
        ("place.type", "type:"),
        ("place.precision", "precision:"),
    ),
    "organisation": (("names", "  - text:"), ("organisation.type", "type:")),
    "group": (("group", "  $lang:"),),
    "page": _TITLE,
    "translation": _TITLE,
}


def asked(form: str) -> tuple[Question, ...]:
    """What a skeleton asks for, in order; one that hangs on another names that in `when`."""
    return tuple(_here(form, _KNOWN[row[0]]) for row in _ASKED[form])


def _here(form: str, question: Question) -> Question:
    """As a terminal asks it, where no questions below stand for an id that is left empty."""
    hint = "" if question.kind == "id" else question.hint
    return replace(question, when=_when(form, question), hint=hint)


def heading(form: str, question: Question) -> str:
    """What a question is about, in a file that speaks of more than one thing."""
    several = (part for part in questions.PARTS if form in {"testimony", "consent"})
    return next((p.heading for p in several if _KNOWN[question.key] in p.questions), "")


def _when(form: str, question: Question) -> str:
    """Only what is asked here can be hung on: whose file this is has no file yet."""
    keys = {row[0] for row in _ASKED[form]}
    return question.when if question.when.partition("=")[0] in keys else ""


def is_wanted(question: Question, answers: Mapping[str, str]) -> bool:
    """Whether the answers so far leave room for a question; nobody hidden has a name."""
    if question.key == "narrator.names" and answers.get("narrator.protect") == "group-only":
        return False
    key, equals, value = question.when.partition("=")
    return not equals or answers.get(key, "") == value


def objection(
    question: Question, answer: str, answers: Mapping[str, str], tongue: Tongue
) -> str:
    """Why an answer cannot stand beside the `answers` so far; empty where it can."""
    if not answer:
        return ""
    if question.kind == "id" and not fields.is_id(answer):
        return tongue.say(questions.SAID["id"])
    if question.kind == "date":
        date, _ = edtf.read(answer, Span(""))
        return "" if isinstance(date, edtf.EdtfDate) else tongue.say(questions.SAID["date"])
    if question.kind == "day" and dates.day_of(answer) is None:
        return tongue.say(NO_DAY)
    level = answers.get("narrator.protect") if question.key == "narrator.names" else ""
    if level == "initials" and not records.is_initials(answer):
        return tongue.say(questions.SAID["initials"])
    return ""


def sentences() -> tuple[str, ...]:
    """All that is said here and nowhere else, for the catalogues."""
    own = (part for one in _OWN for part in (one.ask, one.hint) if part)
    lines = (INTRO, A_NUMBER, NUMBERS, NO_SUCH_NUMBER, NO_DAY)
    return (*lines, *own, *NEXT.values())


def next_steps(form: str, answers: Mapping[str, str]) -> tuple[str, ...]:
    """What is to be done with the file, the first first."""
    steps = []
    if form == "testimony":
        steps += [] if answers.get("narrator.id") else [NEXT["told_by"]]
        steps += [] if answers.get("consent.id") else [NEXT["consent"]]
    if form in {"testimony", "page", "translation"}:
        steps.append(NEXT["words"])
    return (*steps, NEXT["rest"])


def filled(form: str, text: str, answers: Mapping[str, str], *, lang: str) -> str:
    """`text`, a skeleton with its ids, with the answers in its lines."""
    level = answers.get("narrator.protect", "")
    if form == "person" and level not in {"", "open"}:
        text = _protected(text, level)
    for key, line, *written in _ASKED[form]:
        if answers.get(key):
            line = line.replace("$lang", lang)  # noqa: PLW2901 - as it stands in this file
            stands = (written or [f"{line} {{}}"])[0].replace("{}", _value(key, answers[key]))
            text = _with(text, line, stands)
    return text


def _protected(text: str, level: str) -> str:
    """Nothing but what is asked stands in the file of somebody who is protected."""
    lines = [one for one in text.split("\n") if one and not one.startswith(("#", "role:"))]
    if level == "group-only":
        lines = lines[: lines.index("names:")]
    kind = "pseudonym" if level == "pseudonym" else "preferred"
    return "\n".join([*lines, ""]).replace("kind: preferred", f"kind: {kind}")


def _with(text: str, line: str, stands: str) -> str:
    return re.sub(rf"(?m)^{re.escape(line)}(?=\s|$)", lambda _: stands, text, count=1)


def _value(key: str, answer: str) -> str:
    """An answer as YAML: a key, an id or a day as it is, all else in quotes."""
    kind = _KNOWN[key].kind
    if kind == "many":
        return ", ".join(answer.split())
    plain = kind in {"choice", "yes", "day", "id"}
    return answer if plain else json.dumps(_tidy(answer), ensure_ascii=False)


def _tidy(answer: str) -> str:
    """Words in one line, without signs that a paste brings along."""
    seen = (one for one in answer if one.isprintable() or one.isspace())
    return " ".join("".join(seen).split())
