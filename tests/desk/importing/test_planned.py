"""What is planned, and whether it says the same as what is there."""

from __future__ import annotations

import pytest

from aigaq.desk.importing import planned

OURS = "---\ntitle: A\nrole: [x]\n---\n\nWords.\n"


@pytest.mark.parametrize(
    ("there", "keys"),
    [
        ('---\nrole: x\ntitle: "A"\nsummary:\n---\nWords.\n', []),
        ("---\ntitle: B\nrole: x\n---\nWords.\n", ["title"]),
        ("---\ntitle: A\nrole: x\nsummary: s\n---\nOther.\n", ["summary", "body"]),
        ("---\ntitle: A\nrole: x\ndraft: true\n---\nWords.\n", []),
        ("no header", ["title", "role", "body"]),
    ],
)
def test_files_differ_only_in_what_they_say(there: str, keys: list[str]) -> None:
    found = planned.differences("t.md", OURS, there, ignored=frozenset({"draft"}))
    assert found == keys


def test_comments_stand_in_the_header_and_the_body_below() -> None:
    text = planned.text_of({"title": "null"}, "\nWords.\n\n", ("A comment",))
    assert text == '---\n# A comment\ntitle: "null"\n---\n\nWords.\n'
