from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

import pytest

from aigaq.source import ledger
from aigaq.source.document import Source

if TYPE_CHECKING:
    from aigaq.source.ledger import Entry

DAY = "2026-11-22"
GONE = f"t-1 withdrawn 3 {DAY}\n"


def entries(text: str) -> tuple[tuple[Entry, ...], list[str]]:
    made, found = ledger.read(Source(ledger.PATH, text, ""))
    return made, [str(problem.span) for problem in found]


def test_each_kind_of_event_is_read() -> None:
    made, _ = entries(f"t-1 1\np-2 hidden 2 {DAY}\nt-1 withdrawn - {DAY}\n")

    day = datetime.date.fromisoformat(DAY)
    assert made == (
        ledger.Entry("t-1", "published", 1),
        ledger.Entry("p-2", "hidden", 2, day),
        ledger.Entry("t-1", "withdrawn", None, day),
    )


@pytest.mark.parametrize("line", ["t-1 1", f"t-1 hidden 2 {DAY}", f"t-1 withdrawn - {DAY}"])
def test_an_event_is_written_as_it_was_read(line: str) -> None:
    [entry] = entries(line)[0]

    assert str(entry) == line


@pytest.mark.parametrize(
    "line",
    [
        *("", "t-1", "T-1 1", "t-1 1 # because", f"t-1 1 {DAY}"),
        *(f"t-1 gone 1 {DAY}", "t-1 withdrawn 1", "t-1 withdrawn 1 2026-02-30"),
        f" t-1 withdrawn 1 {DAY}",
    ],
)
def test_what_is_no_event_is_told_with_its_line(line: str) -> None:
    assert entries(f"{GONE}{line}\n") == (entries(GONE)[0], ["releases/LEDGER:2"])


def test_a_text_that_was_withdrawn_may_not_return(site: Any) -> None:
    site.testimony("t-1").translation("t-1", "kk").config(languages=["en", "kk"])

    found = site.write(ledger.PATH, GONE).check()

    assert [(p.code, p.span.path) for p in found] == [
        ("P027", "content/testimonies/t-1.en.md"),
        ("P027", "content/testimonies/t-1.kk.md"),
    ]


def test_a_draft_that_lacks_everything_may_not_return_either(site: Any) -> None:
    site.write("content/testimonies/t-1.en.md", "---\ndraft: true\n---\nWords.\n")

    assert "P027" in site.write(ledger.PATH, GONE).codes()


def test_a_person_who_was_withdrawn_may_not_return(site: Any) -> None:
    site.person("p-1", protect="pseudonym").write(ledger.PATH, f"p-1 withdrawn - {DAY}\n")

    assert "P027" in site.codes()


def test_what_was_hidden_may_return(site: Any) -> None:
    site.place("pl-1").testimony("t-1").write(ledger.PATH, f"t-1 hidden 2 {DAY}\n")

    assert site.codes() == ()


def test_what_is_left_of_a_withdrawn_text_is_no_return(site: Any) -> None:
    site.write("content/testimonies/t-1.en.md", "---\nprotect: withdrawn\n---\n")

    assert site.write(ledger.PATH, GONE).codes() == ()
