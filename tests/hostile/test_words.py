"""Hostile words in every field stay words: programs read back each file that is made.

What the words do in a browser is in `tests/browser/test_attacks.py`.
"""

from __future__ import annotations

import csv
import io
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

FORMULA = tuple("=+-@\t\r\n＝＋－＠")
DATA = ("application/ld+json", "application/json")
CUE = re.compile(
    r"(?:[\w-]+\n)?[\d:.]+ --> [\d:.]+(?: [\w:%-]+)*\n((?:(?!-->).)+)\Z", re.DOTALL
)
Built = "Callable[[str], dict[str, str]]"


@pytest.fixture(scope="module")
def built(hostile_site: Path, hostile: Any) -> Built:
    """All built files with an ending, by path; hostile words are in some of them."""
    public = hostile_site / "public"

    def files(ending: str) -> dict[str, str]:
        found = sorted(public.rglob(f"*{ending}"))
        texts = {p.relative_to(public).as_posix(): p.read_bytes().decode() for p in found}
        assert any(hostile.MARK in text for text in texts.values())
        return texts

    return files


class Reading(HTMLParser):
    """What another parser than ours and the browser's sees in a page."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.words, self.data, self.strange = "", list[str](), list[str]()
        self._script = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self._script = tag if tag in {"script", "style"} else ""
        runs = tag == "script" and "src" not in found and found.get("type") not in DATA
        if runs or tag in {"style", "svg", "iframe", "object", "plaintext", "qzj"}:
            self.strange.append(tag)
        for name, value in attrs:
            if name.startswith("on") or "qzj" in name or name in {"style", "srcdoc"}:
                self.strange.append(f"{name}={value}")
            if name in {"href", "src"} and re.match(r"\s*(?!https?:|mailto:)\w+:", value or ""):
                self.strange.append(f"{name}={value}")

    def handle_endtag(self, _: str) -> None:
        self._script = ""

    def handle_data(self, data: str) -> None:
        if self._script:
            self.data.append(data)
        else:
            self.words += data

    def handle_comment(self, data: str) -> None:
        self.strange.append(f"<!--{data}")

    def handle_pi(self, data: str) -> None:
        self.strange.append(f"<?{data}")


def test_no_word_becomes_markup_in_any_page(built: Built) -> None:
    pages = built(".html")
    assert len(pages) > 100
    assert {
        path: found for path, page in pages.items() if (found := Reading(page).strange)
    } == {}


def test_every_hostile_word_is_shown_as_it_was_written(built: Built, hostile: Any) -> None:
    """None is run as a template, filled in as a gap or read as an entity."""
    shown = " ".join(" ".join(Reading(page).words.split()) for page in built(".html").values())
    assert [w for w in hostile.WORDS if " ".join(w.split()) not in shown] == []


def test_data_in_a_page_cannot_end_its_script(built: Built) -> None:
    found = [data for page in built(".html").values() for data in Reading(page).data]
    assert len(found) > 50
    for data in found:
        json.loads(data, parse_constant=pytest.fail)
        assert not set("<>") & set(data)


def test_every_json_file_is_read_back_with_its_words(built: Built, hostile: Any) -> None:
    files = built(".json")
    read = [json.loads(text, parse_constant=pytest.fail) for text in files.values()]
    strings = {part for one in read for part in texts_of(one)}
    assert [w for w in hostile.WORDS if not any(s.startswith(w) for s in strings)] == []


def texts_of(value: Any) -> Iterator[str]:
    match value:
        case str():
            yield value
        case list():
            for one in value:
                yield from texts_of(one)
        case dict():
            for one in value.values():
                yield from texts_of(one)


def test_every_feed_and_the_sitemap_are_read_back_with_their_words(
    built: Built, hostile: Any
) -> None:
    files = built(".xml")
    assert "sitemap.xml" in files
    trees = [ElementTree.fromstring(text) for text in files.values()]
    names = {element.tag.rpartition("}")[2] for tree in trees for element in tree.iter()}
    assert names.isdisjoint({"script", "img", hostile.MARK})
    titles = {e.text for tree in trees for e in tree.iter() if e.tag.endswith("}title")}
    assert any(str(title).startswith(w) for title in titles for w in hostile.WORDS)
    assert not any(
        "<!DOCTYPE" in t.split(">", 2)[1] or "<![CDATA[" in t for t in files.values()
    )


def test_no_cell_of_a_table_is_a_formula_and_none_breaks_its_row(built: Built) -> None:
    for path, text in built(".csv").items():
        head, *rows = csv.reader(
            io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True
        )
        assert rows, path
        for row in rows:
            assert len(row) == len(head)
            assert [
                c for c in row if c.startswith(FORMULA) and not re.fullmatch(r"-[\d.]+", c)
            ] == []


def test_bibtex_has_just_its_own_entries_as_it_counts_braces(built: Built) -> None:
    assert any("textbraceright" in text for text in built(".bib").values())
    for path, text in built(".bib").items():
        record = Path(path).stem
        keys = [re.match(r"@misc\{([\w-]+),", entry) for entry in entries(text)]
        assert all(key and key[1].startswith(f"{record}-") for key in keys), path


def entries(text: str) -> Iterator[str]:
    """What BibTeX takes for entries: braces count, after a backslash too."""
    depth, start = 0, -1
    for at, sign in enumerate(text):
        if sign == "@" and depth == 0:
            start = at
        depth += {"{": 1, "}": -1}.get(sign, 0)
        assert depth >= 0
        if sign == "}" and depth == 0:
            yield text[start : at + 1]
            start = -1
        assert depth or start >= 0 or sign in "}\n", text[at : at + 40]
    assert depth == 0


def test_words_in_captions_begin_no_cue_and_no_markup(built: Built) -> None:
    for path, text in built(".vtt").items():
        head, *blocks = text.strip().split("\n\n")
        assert head.startswith("WEBVTT"), path
        cues = [CUE.match(block) for block in blocks]
        assert None not in cues, path
        assert not any("<" in cue[1] for cue in cues if cue), path


def test_robots_are_told_nothing_but_our_own_lines(hostile_site: Path) -> None:
    lines = (hostile_site / "public/robots.txt").read_text("utf-8").splitlines()
    known = re.compile(r"|User-agent: \*|(Disallow|Allow): /?[\w/]*|Sitemap: https://[\w./]+")
    assert [line for line in lines if not known.fullmatch(line)] == []


def test_no_path_is_made_of_words(hostile_site: Path) -> None:
    public = hostile_site / "public"
    paths = [path.relative_to(public).as_posix() for path in public.rglob("*")]
    assert [
        path for path in paths if not re.fullmatch(r"\.?[\w./-]+", path) or "QZJ" in path
    ] == []
