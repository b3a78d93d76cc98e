"""All pages and feeds of two sites before the reference validators: the W3C's for HTML and CSS,
and Jing, which is part of it, with the schema of Atom."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

ATOM = Path(__file__).with_name("atom.rnc")
JING = "nu.validator.vendor.thaiopensource.relaxng.util.Driver"
# Said of a style sheet or script by itself, which is then a site of its own: none is 'self'.
OF_ITS_OWN = "Content Security Policy"


@pytest.fixture(scope="module")
def validator(checker: Callable[[str], Path], lacking: Callable[[str], Any]) -> list[str]:
    """The start of a command that runs what the file holds."""
    java = shutil.which("java") or lacking("there is no Java here")
    return [java, "-Xss16m", "-cp", str(checker("vnu-jar/build/dist/vnu.jar"))]


def complaints(validator: Sequence[str], places: Iterable[Path]) -> list[str]:
    """Of all HTML and CSS there, in one run; with warnings; not what only informs.

    Which language a page is in is not guessed: töte is taken for Uyghur.
    """
    options = ["--skip-non-html", "--also-check-css", "--no-langdetect"]
    options += ["--format", "json", "--stdout"]
    command = [*validator, "nu.validator.client.SimpleCommandLineValidator", *options]
    run = subprocess.run([*command, *map(str, places)], capture_output=True, check=False)
    messages: list[dict[str, Any]] = json.loads(run.stdout)["messages"]
    return [
        f"{one.get('url')}:{one.get('lastLine')}: {one['message']}"
        for one in messages
        if one.get("subType", one["type"]) != "info" and OF_ITS_OWN not in one["message"]
    ]


def not_atom(validator: Sequence[str], feeds: Iterable[Path]) -> str:
    """What the schema forbids."""
    command = [*validator, JING, "-c", str(ATOM), *map(str, feeds)]
    return subprocess.run(command, capture_output=True, check=False, text=True).stdout


def test_every_page_is_valid(validator: list[str], demonstration: Path, example: Path) -> None:
    assert complaints(validator, [demonstration / "public", example / "public"]) == []


def test_the_validator_finds_what_is_wrong(validator: list[str], tmp_path: Path) -> None:
    page = '<!doctype html><html lang="en"><title>X</title><p><div>One</div></p></html>'
    (tmp_path / "x.html").write_text(page)
    (tmp_path / "x.css").write_text("p { colour: red }")

    told = complaints(validator, [tmp_path])
    assert [one for one in told if "x.html" in one and "“p”" in one] != []
    assert [one for one in told if "x.css" in one and "colour" in one] != []


def test_every_feed_is_atom(validator: list[str], demonstration: Path, example: Path) -> None:
    feeds = sorted((demonstration / "public").glob("*/**/*.xml"))
    assert len(feeds) > 100
    assert not_atom(validator, [*feeds, *(example / "public").glob("*/**/*.xml")]) == ""


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("<id>", "<guid>"),
        ("T00:00:00Z</updated>", "</updated>"),
        ("<entry>", "<entry><title>Two</title>"),
        (' href="', ' src="'),
    ],
)
def test_the_schema_finds_what_is_wrong(
    right: str, wrong: str, validator: list[str], demonstration: Path, tmp_path: Path
) -> None:
    feed = (demonstration / "public/en/feed.xml").read_text("utf-8")
    assert right in feed
    (tmp_path / "feed.xml").write_text(feed.replace(right, wrong), "utf-8")

    assert "error" in not_atom(validator, [tmp_path / "feed.xml"])
