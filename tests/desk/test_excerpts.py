"""The mark stands under the very place, whatever letters are before it."""

from __future__ import annotations

import contextlib
import os
import pty
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len

from aigaq.desk import excerpts
from aigaq.words.diagnostics import Problem, Span

BUILD = Path(__file__).parents[2] / "build.py"
ODD = Problem("S999", "odd", "look")


@pytest.mark.parametrize(
    ("line", "column", "under"),
    [
        ("title: x", 8, "       ^"),
        ("title: x", 1, "^"),
        ("атауы: x", 8, "       ^"),
        ("标题: x", 5, "      ^"),  # two cells each
        ("e\u0301: x", 5, "   ^"),  # an accent has none
        ("a\tb", 3, "  ^"),
        ("a\u200bb", 2, " ^"),
        ("x", 0, ""),
    ],
)
def test_the_mark_counts_cells(line: str, column: int, under: str) -> None:
    assert excerpts.marked(line, column)[1] == under


def test_where_letters_run_from_right_to_left_the_word_is_shown_again() -> None:
    assert excerpts.marked("title: ئايدا سۆز", 14) == ("title: ئايدا سۆز", "^ سۆز")


@pytest.mark.parametrize("column", [1, 60, 150, 300])
def test_a_long_line_is_cut_and_the_mark_stays_under_its_letter(column: int) -> None:
    line = "a" * (column - 1) + "X" + "b" * 200

    shown, under = excerpts.marked(line, column)

    assert cell_len(shown) <= 75
    assert shown[under.index("^")] == "X"


def test_what_steers_a_terminal_is_not_printed() -> None:
    assert "\x1b" not in excerpts.marked("a\x1b[31mb", 3)[0]


def test_a_line_is_shown_with_its_number(site: Any) -> None:
    site.write("content/people/p-1.yaml", "names: X\nprotect: open\nrole: x\n")
    found = ODD.at(Span("content/people/p-1.yaml", 3, 7))
    assert excerpts.of(site.root, found) == ["  3 │ role: x", "    │       ^"]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("content/people/p-1.yaml", "names: X\nprotect: pseudonym\n"),
        ("content/people/p-1.yaml", "names: X\nprotekt: open\n"),
        ("content/people/p-1.yaml", "names: X\n"),
        ("content/people/p-1.yaml", "names: X\nprotect: open # no\n"),
        ("content/consent/c-1.yaml", "names: X\nprotect: open\n"),
        ("content/testimonies/t-1.en.md", "---\ntitle: X: y\nprotct: restricted\n---\n"),
    ],
)
def test_no_line_of_a_record_that_may_not_be_open_is_shown(
    path: str, text: str, site: Any
) -> None:
    site.write(path, text)
    assert excerpts.of(site.root, ODD.at(Span(path, 1, 1))) == []


def test_a_header_that_cannot_be_read_is_shown_where_nothing_is_hidden(site: Any) -> None:
    path = "content/testimonies/t-1.en.md"
    site.write(path, "---\ntitle: X: y\nprotect: open\n---\n")
    assert excerpts.of(site.root, ODD.at(Span(path, 2, 9)))[0] == "  2 │ title: X: y"


def on_a_terminal(root: Path, *options: str) -> str:
    """What `aigaq check` prints on a terminal."""
    ours, theirs = pty.openpty()
    command = [sys.executable, str(BUILD), "check", "-q", "--root", str(root), *options]
    with subprocess.Popen(command, stdout=theirs, stderr=subprocess.DEVNULL):
        os.close(theirs)
        said = b""
        with contextlib.suppress(OSError):  # how Linux ends a terminal
            while piece := os.read(ours, 4096):
                said += piece
    os.close(ours)
    return said.decode().replace("\r\n", "\n")


def test_a_terminal_shows_the_line_in_colours_and_a_pipe_does_not(site: Any) -> None:
    site.write("content/people/p-1.yaml", "names: X\nprotect: open\nrole: mising\n")
    piped = subprocess.run(
        [sys.executable, BUILD, "check", "-q", "--root", site.root],
        capture_output=True,
        check=False,
    ).stdout.decode()

    shown = on_a_terminal(site.root)

    plain = re.sub(r"\x1b\[[\d;]*m", "", shown).split("\n")
    assert "\x1b[31m" in shown
    assert plain[1:3] == ["  3 │ role: mising", "    │       ^"]
    assert [plain[0], *plain[3:]] == piped.split("\n")
    assert "\x1b" not in piped
