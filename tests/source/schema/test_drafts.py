"""What a draft still lacks is a warning; what is wrong in it stays an error."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest

from aigaq.source import records
from aigaq.source.document import Source

SITE = 'title: "Placeholder Archive"\nlanguages: [en, kk]\n'


def read(path: str, text: str) -> tuple[Any, list[Any]]:
    files = {"site.yaml": SITE, path: text}
    return records.read(
        [Source(p, t, hashlib.sha256(t.encode()).hexdigest()) for p, t in files.items()]
    )


def told(text: str, path: str = "content/testimonies/t-1.en.md") -> dict[str, str]:
    """How each problem of a file weighs, by its code."""
    return {p.code: p.problem.severity.value for p in read(path, text)[1]}


UNCLEAR_CLAIM = (
    "---\ndraft: true\ntitle: T\nkind: news\nsource: X\ncredits: {who: X, role: author}\n"
    "original: {rights: own}\nclaims: [{about: p-1, what: detained}]\n---\n"
)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("---\ndraft: true\nadded: 2026-11-22\n---\nWords.\n", {"S002", "S030", "S031"}),
        ("---\ndraft: true\ntitle: T\nkind: news\nsource: X\n---\n", {"S033", "S034"}),
        (UNCLEAR_CLAIM, {"S020"}),
    ],
)
def test_what_a_draft_lacks_is_a_warning_and_without_the_line_draft_an_error(
    text: str, codes: set[str]
) -> None:
    finished = text.replace("draft: true\n", "")
    assert {code: told(text).get(code) for code in codes} == dict.fromkeys(codes, "warning")
    assert {code: told(finished).get(code) for code in codes} == dict.fromkeys(codes, "error")


def test_a_draft_of_a_translation_may_wait_for_its_title_and_its_translator() -> None:
    text = "---\ndraft: true\ntitle:\ntranslation: {from: en}\n---\n"
    assert told(text, "content/testimonies/t-1.kk.md") == {"S002": "warning", "S041": "warning"}


def test_a_draft_of_a_page_may_wait_for_its_title() -> None:
    assert told("---\ndraft: true\n---\n", "content/pages/about.en.md") == {"S002": "warning"}


def test_a_draft_that_lacks_something_is_left_out_and_who_names_it_is_not_wrong() -> None:
    path = "content/testimonies/t-1.en.md"
    written, _ = read(path, "---\ndraft: true\n---\nWords.\n")
    assert (written.texts, written.unread) == ((), (("t-1", "text"),))
    assert [draft.path for draft in written.unfinished] == [path]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("kind: tesimony", "S003"),
        ("titel: T", "S001"),
        ("draft: yes", "S008"),
        ("added: yesterday", "S014"),
    ],
)
def test_what_is_written_wrong_in_a_draft_is_an_error(line: str, code: str) -> None:
    draft = "" if line.startswith("draft") else "draft: true\n"
    found = told(f"---\n{draft}{line}\n---\n")
    assert found.get(code, found) == "error"


def test_broken_syntax_in_a_draft_is_an_error() -> None:
    assert "error" in told("---\ndraft: true\ntitle: [\n---\n").values()


@pytest.mark.parametrize(
    "line",
    [
        "protect: restricted\nclaims: [{about: p-1}]",
        "protect: sealed-until 2030-01-01\nclaims: [{about: p-1}]",
        "original: {rights: unclear}",
    ],
)
def test_a_draft_with_words_that_must_not_stand_there_may_not_wait(line: str) -> None:
    assert "error" in told(f"---\ndraft: true\n{line}\n---\nWords.\n").values()
    assert "error" not in told(f"---\ndraft: true\n{line}\n---\n").values()
