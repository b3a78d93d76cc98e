from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

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


# --- the laws that every ledger keeps ---


@pytest.mark.parametrize(
    "text",
    [
        *("", "t-1 1\nt-2 1\nt-3 3\n", f"t-1 1\nt-1 hidden 2 {DAY}\nt-1 3\n"),
        *(f"t-1 1\nt-1 withdrawn 2 {DAY}\n", f"t-1 1\nt-1 withdrawn - {DAY}\n"),
        f"t-1 1\nt-1 hidden 2 {DAY}\nt-1 withdrawn 3 {DAY}\n",
        f"t-9 withdrawn 1 {DAY}\n",
    ],
)
def test_a_ledger_tells_what_came_what_was_hidden_and_what_went(text: str) -> None:
    assert ledger.breaches(entries(text)[0], path=ledger.PATH, seq=3) == []


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("t-1 2\nt-2 1\n", 2),
        ("t-1 1\nt-2 4\n", 2),
        ("t-1 1\nt-1 2\n", 2),
        (f"t-1 hidden 1 {DAY}\n", 1),
        (f"t-1 1\nt-1 hidden 2 {DAY}\nt-1 hidden 3 {DAY}\n", 3),
        (f"t-1 withdrawn 1 {DAY}\nt-1 2\n", 2),
        (f"t-1 withdrawn 1 {DAY}\nt-1 withdrawn 2 {DAY}\n", 2),
        (f"t-1 1\nt-1 withdrawn - {DAY}\nt-2 3\n", 3),
    ],
)
def test_a_line_that_cannot_follow_those_before_it_is_told(text: str, line: int) -> None:
    found = ledger.breaches(entries(text)[0], path=ledger.PATH, seq=3)

    assert [str(problem.span) for problem in found] == [f"{ledger.PATH}:{line}"]


def grown(text: str, *, there: str = "", withdrawn: str = "", published: str = "") -> Any:
    """The lines that a release 3 adds, and what is wrong."""
    before = entries(text)[0]
    day = datetime.date.fromisoformat(DAY)
    after, found = ledger.grown(
        before,
        published=published.split(),
        there=there.split(),
        withdrawn=withdrawn.split(),
        seq=3,
        day=day,
    )
    filled = [line.replace(" - ", " 3 ") for line in text.splitlines()]
    assert [str(entry) for entry in after[: len(before)]] == filled
    return [str(entry) for entry in after[len(before) :]], [problem.code for problem in found]


def test_what_is_new_is_added_in_the_order_of_the_ids() -> None:
    assert grown("t-5 1\n", published="t-9 t-1 t-5") == (["t-1 3", "t-9 3"], [])


def test_what_waited_for_a_release_gets_its_number() -> None:
    assert grown(f"t-1 1\nt-1 withdrawn - {DAY}\n") == ([], [])


def test_what_is_not_shown_any_more_and_has_a_file_is_hidden() -> None:
    assert grown("t-1 1\n", there="t-1") == ([f"t-1 hidden 3 {DAY}"], [])


def test_what_its_file_says_is_withdrawn_is_withdrawn() -> None:
    assert grown("t-1 1\n", there="t-1", withdrawn="t-1") == ([f"t-1 withdrawn 3 {DAY}"], [])


def test_what_was_shown_and_has_no_file_is_an_error() -> None:
    assert grown("t-1 1\nt-2 1\n", published="t-2") == ([], ["A058"])


def test_what_was_hidden_returns_with_a_line_of_its_own() -> None:
    assert grown(f"t-1 1\nt-1 hidden 2 {DAY}\n", published="t-1") == (["t-1 3"], [])


@given(st.lists(st.sets(st.sampled_from("abcdef")), max_size=8), st.data())
def test_whatever_comes_and_goes_the_ledger_keeps_its_laws(shown: Any, data: Any) -> None:
    whole: tuple[Entry, ...] = ()
    gone: set[str] = set()
    day = datetime.date.fromisoformat(DAY)
    for seq, published in enumerate(shown, start=1):
        gone |= data.draw(st.sets(st.sampled_from("abcdef"), max_size=2))
        before = whole
        whole, found = ledger.grown(
            before,
            published=published - gone,
            there="abcdef",
            withdrawn=gone,
            seq=seq,
            day=day,
        )
        assert (found, whole[: len(before)]) == ([], before)
        assert ledger.breaches(whole, path=ledger.PATH, seq=seq) == []
        now = {i for i, entry in ledger.states(whole).items() if entry.state == "published"}
        assert now == published - gone
