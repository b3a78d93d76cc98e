"""`aigaq new` on a terminal, as whoever types meets it: asked, written, told what is next."""

from __future__ import annotations

import os
import pty
import re
import select
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from aigaq import cli
from aigaq.desk import asking, tongues
from aigaq.words.tongue import ENGLISH

BUILD = Path(__file__).parents[2] / "build.py"
TYPED = {
    "testimony": (
        "Placeholder title",
        "2",
        "Placeholder words.",
        "",
        "2024-03",
        "",
        "",
        "",
        "",
    ),
    "person": ("99", "1", "Placeholder Name", "2"),
}
FIRST = {"en": "# A testimony.", "kk": "# Айғақ.", "ru": "# Свидетельство."}


def on_a_terminal(root: Path, lang: str, kind: str, typed: tuple[str, ...]) -> tuple[int, str]:
    """Status and all that was shown; an answer is typed whenever a question waits for it."""
    ours, theirs = pty.openpty()
    command = [sys.executable, BUILD, "new", kind, "--language", lang, "--root", root]
    with subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs) as running:
        os.close(theirs)
        left, shown, until = list(typed), "", time.monotonic() + 60
        while time.monotonic() < until:
            if not select.select([ours], [], [], 0.5)[0]:
                if left and shown.endswith(": "):
                    os.write(ours, f"{left.pop(0)}\n".encode())
                continue
            try:
                shown += os.read(ours, 4096).decode("utf-8", "replace")
            except OSError:  # the other side is closed
                break
        os.close(ours)
    assert left == [], shown
    return running.returncode, shown.replace("\r\n", "\n")


@pytest.mark.parametrize("lang", ["en", "kk", "ru"])
def test_a_testimony_is_asked_for_and_written_in_the_language(lang: str, site: Any) -> None:
    tongue = ENGLISH if lang == "en" else tongues.read(lang)

    status, shown = on_a_terminal(site.root, lang, "testimony", TYPED["testimony"])

    (path,) = (site.root / "content/testimonies").glob("*.md")
    text = path.read_text("utf-8")
    assert status == 0, shown
    for question in asking.asked("testimony"):
        assert tongue.say(question.ask) in shown
    for line in (asking.INTRO, *asking.next_steps("testimony", {})):
        assert tongue.say(line) in shown
    assert 'title: "Placeholder title"' in text
    assert '  date: "2024-03"' in text
    assert text.split("\n")[1].startswith(FIRST[lang])
    if lang != "en":
        assert re.findall(r"(?m)^ +\d[.] [A-Z].*|^[A-Z][a-z]+ [a-z ]+: ", shown) == []


def test_what_cannot_be_is_asked_again(site: Any) -> None:
    status, shown = on_a_terminal(site.root, "kk", "person", TYPED["person"])

    (path,) = (site.root / "content/people").glob("*.yaml")
    assert status == 0, shown
    assert tongues.read("kk").say(asking.NO_SUCH_NUMBER) in shown
    assert "\nprotect: open\n" in path.read_text("utf-8")
    assert '\n  - text: "Placeholder Name"\n' in path.read_text("utf-8")


def test_whoever_is_protected_by_initials_gets_no_whole_name(site: Any) -> None:
    typed = ("2", "Placeholder Name", "P. N.")

    status, shown = on_a_terminal(site.root, "en", "person", typed)

    (path,) = (site.root / "content/people").glob("*.yaml")
    assert status == 0, shown
    assert "under initials only these: A. B.): " in " ".join(shown.split())
    assert '  - text: "P. N."\n' in path.read_text("utf-8")


def test_whoever_stops_leaves_no_file(site: Any) -> None:
    status, _ = on_a_terminal(site.root, "en", "testimony", ("A title", "\x04"))
    assert status == cli.Exit.NOT_NOW
    assert not [*(site.root / "content").rglob("t-*")]


def test_without_a_terminal_nothing_is_asked(site: Any) -> None:
    ran = subprocess.run(
        [sys.executable, BUILD, "new", "place", "--language", "ru", "--root", site.root],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=True,
        timeout=60,
    )
    assert ran.stdout.decode().startswith(str(site.root / "content/places/pl-"))
    assert ran.stderr.decode().strip() == tongues.read("ru").say(asking.NEXT["rest"])
