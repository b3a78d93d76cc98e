from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from aigaq.desk import stamping

if TYPE_CHECKING:
    from pathlib import Path

STAMPS = ("3f9c77", "-", "p4@0b2e1f")
OF = 'of: "3f9c77 - p4@0b2e1f"'


def file(header: str) -> str:
    return f'---\ntitle: "T"\n{header}---\n\ntranslation:\n  of: in the body\n'


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("translation:\n  from: en\n", f"translation:\n  from: en\n  {OF}\n"),
        ("translation:\n  of: abcd\n  from: en\n", f"translation:\n  {OF}\n  from: en\n"),
        (
            "translation:\n    from: en\n    of: >\n      abcd\n      ef01\ntags: [a]\n",
            f"translation:\n    from: en\n    {OF}\ntags: [a]\n",
        ),
        (
            'translation:  # by hand\n  phrases:\n    - ["of: x", y]\nsummary: "S"\n',
            f'translation:  # by hand\n  phrases:\n    - ["of: x", y]\n  {OF}\nsummary: "S"\n',
        ),
        ("translation: {from: en}\n", f"translation: {{from: en, {OF}}}\n"),
        (
            'translation: {from: en, of: "abcd -", date: 2024}\n',
            f"translation: {{from: en, date: 2024, {OF}}}\n",
        ),
    ],
)
def test_stamps_go_below_the_key_and_nothing_else_changes(before: str, after: str) -> None:
    assert stamping.stamped(file(before), STAMPS) == file(after)


def test_line_ends_stay_those_of_the_file() -> None:
    before = file("translation:\n  from: en\n").replace("\n", "\r\n")

    made = stamping.stamped(before, STAMPS)

    assert made == file(f"translation:\n  from: en\n  {OF}\n").replace("\n", "\r\n")


def test_a_header_in_another_shape_is_left_to_the_editor(tmp_path: Path) -> None:
    text = file("translation: {from: en,\n  machine: true}\n")
    (tmp_path / "t.md").write_text(text)

    changed, problems = stamping.write(tmp_path, {"t.md": STAMPS})

    assert (changed, [p.code for p in problems]) == ([], ["N004"])
    assert (tmp_path / "t.md").read_text() == text


def test_without_known_pairs_nothing_is_written(tmp_path: Path) -> None:
    changed, problems = stamping.write(tmp_path, {"t.md": ()})

    assert (changed, [p.code for p in problems]) == ([], ["N005"])


def test_stamps_that_are_there_already_are_no_change(tmp_path: Path) -> None:
    (tmp_path / "t.md").write_text(file(f"translation:\n  {OF}\n"))

    assert stamping.write(tmp_path, {"t.md": STAMPS}) == ([], [])
