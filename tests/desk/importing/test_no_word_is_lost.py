"""Pages of any blocks in any order: every word stands in one draft, or is told in its lines."""

from __future__ import annotations

import re
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from aigaq.desk.importing import markdown_folder, narrators, saved_page

if TYPE_CHECKING:
    from aigaq.desk.importing.articles import Article

UNTOLD = {"key", "place", "digest", "heading", "above"}
LONG = "that are long enough to be the words of somebody who tells of what was"
HTML = (
    "<h1>{w} of all</h1>",
    "<h2>{w} was said</h2>",
    "<h2>Ann {w}</h2>",
    "<h3>‘{w} is quoted’</h3>",
    "<h3>Bob {w}</h3>",
    "<h4>{w}</h4>",
    "<p>‘{w} is quoted’</p>",
    "<p><b>{w} in bold</b></p>",
    "<p>“{w} is quoted”<br>Cid {w}b</p>",
    "<p><b>{w} in bold</b><br>Cid {w}b<br>and {w}c " + LONG + "</p>",
    "<p>Ann {w}</p>",
    "<p><b>Bob {w}</b></p>",
    "<p>Ann {w}<br>and {w}b " + LONG + "</p>",
    "<p>{w} " + LONG + "</p>",
    "<p>{w}.</p>",
    "<figure><img src='a.jpg' alt='Ann {w}'><figcaption>Ann {w}</figcaption></figure>",
    "<img src='a.jpg' alt='Bob {w}'><h3>Bob {w}</h3>",
    "<figure><figcaption>{w} is seen here.</figcaption></figure>",
    "<blockquote><p>“{w} is quoted”</p><p>Cid {w}b</p></blockquote>",
    "<ul><li>{w}</li><li>Cid {w}b</li></ul>",
    "<p>Photos by Eve {w}</p>",
    "<p>Interviews by Eve {w} with assistance from Dan {w}b</p>",
    "<p>Thanks to Eve {w} for her help, and {w}b</p>",
    "<p>By Dan {w}</p>",
    "<p>Source: example.org/{w}</p>",
    "<p>Read more {w}</p>",
    "<p>{w}<sup>1</sup></p>",
    "<p>Share this with {w}, I said</p>",
)
MARKDOWN = (
    "## {w} was said",
    "## Ann {w}",
    "### Bob {w} {{#id}}",
    "“{w} is quoted”",
    "**{w} in bold**",
    "**Bob {w}**",
    "Ann {w}",
    "‘{w} is quoted’\nCid {w}b",
    "{w} " + LONG + "\nand {w}b",
    "Ann {w}  \n{w}b " + LONG,
    "{w} is called[^{w}n].",
    "[^{w}n]: {w}b is a note",
    "[^{w}x]: {w} is a note\n[^{w}y]: {w}b is another\n\n    {w}c is of it, too",
    "```\n## Ann {w}\n\n‘{w}b’\n```",
    "::: note\n{w} is a caption\n:::",
    "::: note\nBob {w}\n:::",
    "> “{w} is quoted”\n> Cid {w}b",
    "- {w}\n- Ann {w}b",
    "Photos by Eve {w}",
    "Translated by Eve {w}. It {w}b was.",
)


def words(number: int) -> str:
    """A word that begins with a capital letter, and is the only one of its number."""
    return "W" + "".join(chr(ord("a") + int(digit)) for digit in f"{number:03}") + "x"


def page_of(kinds: list[str]) -> tuple[str, list[str]]:
    """The text, and each word in it that is to be found again."""
    told = [kind.format(w=words(n)) for n, kind in enumerate(kinds)]
    marks = [
        words(n) + end
        for n, kind in enumerate(kinds)
        for end in ("", "b", "c")
        if "{w}" + end in kind.replace("{w}n", "").replace("{w}x", "").replace("{w}y", "")
    ]
    return "\n\n".join(told), marks


def found(parts: list[Article], mark: str) -> tuple[int, bool]:
    """How many bodies have a word, and whether anything that a draft tells has it."""
    whole = re.compile(rf"{mark}(?![a-z])")
    bodies = sum(whole.search(one.body) is not None for one in parts)
    return bodies, any(mark in _draft(one) for one in parts)


def _draft(part: Article) -> str:
    """All that a draft tells: the key and the place of a text are not in it."""
    return str({name: value for name, value in asdict(part).items() if name not in UNTOLD})


def lost(read: list[Article], marks: list[str]) -> list[tuple[str, int]]:
    parts, _ = narrators.of_all(read, ())
    assert len({one.key for one in parts}) == len(parts)
    told = {mark: found(parts, mark) for mark in marks} if parts else {}
    return [(mark, n) for mark, (n, is_told) in told.items() if n > 1 or not is_told]


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(HTML), min_size=3, max_size=25))
def test_every_word_of_a_page_is_told_once(kinds: list[str]) -> None:
    html, marks = page_of([*kinds, HTML[13]])
    with TemporaryDirectory() as folder:
        path = Path(folder, "saved.html")
        path.write_text(f"<html><body>{html}</body></html>", "utf-8")
        read, problems = saved_page.read(path)
    assert problems == []
    assert lost(read, marks) == []


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(MARKDOWN), min_size=3, max_size=25))
def test_every_word_of_a_text_in_markdown_is_told_once(kinds: list[str]) -> None:
    body, marks = page_of([*kinds, MARKDOWN[8]])
    with TemporaryDirectory() as folder:
        Path(folder, "a.md").write_text(f"---\ntitle: A title\n---\n{body}\n", "utf-8")
        read, problems = markdown_folder.read(Path(folder))
    assert problems == []
    assert lost(read, marks) == []


def test_a_word_that_is_nowhere_is_found_to_be_lost() -> None:
    with TemporaryDirectory() as folder:
        body = f"## Ann Wx\n\n{LONG}\n\n## Bob Wy\n\n{LONG}"
        Path(folder, "a.md").write_text(body, "utf-8")
        read, _ = markdown_folder.read(Path(folder))
    assert lost(read, ["Wgone", "Wx", "Wy"]) == [("Wgone", 0)]
