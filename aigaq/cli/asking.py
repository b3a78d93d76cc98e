"""The questions of `aigaq new` on a terminal: one after the other, in the editor's language."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING

import click

from aigaq.cli import console

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from aigaq.desk.questions import Question


def is_possible() -> bool:
    """Whether somebody sits there who can answer."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def ask(form: str) -> dict[str, str]:
    """The answers by the keys of the questions that a skeleton asks; empty ones stay out.

    Questions go to standard error, so that the path alone is on standard output.
    """
    from aigaq.desk import asking  # noqa: PLC0415

    answers: dict[str, str] = {}
    click.echo(console.said(asking.INTRO), err=True)
    part = None
    for question in asking.asked(form):
        if asking.is_wanted(question, answers):
            before, part = part, asking.heading(form, question)
            if part != before:
                click.secho(f"\n{console.said(part)}" if part else "", bold=True, err=True)
            answer = _answer(question, answers)
            if answer:
                answers[question.key] = answer
    return answers


def _answer(question: Question, answers: Mapping[str, str]) -> str:
    """What was typed, asked again until it can stand in the file."""
    from aigaq.desk import asking  # noqa: PLC0415

    # The stop of a sentence goes, that of an initial stays.
    hint = re.sub(r"(?<=\w\w)\.$", "", console.said(question.hint))
    hint = f" ({hint})" if hint else ""
    asked = f"{console.said(question.ask)}{hint}"
    known = _choices(question)
    if known:
        return _chosen(asked, known, many=question.kind == "many")
    while True:
        typed = _typed(asked)
        objection = asking.objection(question, typed, answers, console.tongue())
        if not objection:
            return typed
        click.echo(f"  {objection}", err=True)


def _choices(question: Question) -> Sequence[tuple[str, str]]:
    from aigaq.desk import papers  # noqa: PLC0415

    if question.kind == "yes":
        return [("true", console.said("Yes")), ("", console.said("No"))]
    return papers.choices(question, console.tongue()) if question.list_name else ()


def _chosen(asked: str, known: Sequence[tuple[str, str]], *, many: bool) -> str:
    from aigaq.desk import asking  # noqa: PLC0415

    click.echo(asked, err=True)
    for number, (_, words) in enumerate(known, start=1):
        click.echo(f"  {number}. {words}", err=True)
    while True:
        typed = _typed(console.said(asking.NUMBERS if many else asking.A_NUMBER)).split()
        numbers = [int(one) for one in typed if one.isdecimal() and one.isascii()]
        there = all(1 <= number <= len(known) for number in numbers)
        if there and len(numbers) == len(typed) and (many or len(typed) < 2):
            return " ".join(known[number - 1][0] for number in dict.fromkeys(numbers))
        click.echo(f"  {console.said(asking.NO_SUCH_NUMBER)}", err=True)


def _typed(asked: str) -> str:
    end = " " if asked.endswith(":") else ": "
    typed: str = click.prompt(
        asked, default="", show_default=False, prompt_suffix=end, err=True
    )
    return typed.strip()
