"""A release as a ZIM file, as Debian's zimcheck and Kiwix see it."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

import pytest

from aigaq.mirror import payload, zim
from aigaq.output import refusal

if TYPE_CHECKING:
    from pathlib import Path

SHELF = zim.Shelf(
    title="Placeholder Archive",
    description="Testimonies of people who do not exist",
    publisher="",
    languages=("en", "kk", "ug", "zh-Hans"),
)
WORDS = {"en": "witnesses", "kk": "түрмеде", "ug": "تۈرمە", "zh-Hans": "关押"}


def page(lang: str, title: str, words: str, link: str = "") -> bytes:
    head = f'<!doctype html><html lang="{lang}"><head><meta charset="utf-8">'
    body = f"<title>{title}</title></head><body><p>{words}</p>{link}</body></html>"
    return f"{head}{body}".encode()


@pytest.fixture
def tools(lacking: Any) -> None:
    for name in ("zimwriterfs", "zimcheck"):
        if not shutil.which(name):
            lacking(f"there is no {name}: install zim-tools")


@pytest.fixture
def book(copy: Any, tools: None) -> Path:
    """Of a page in each language that links to the next."""
    pages = {
        f"{lang}/page.html": page(lang, f"Page-{lang}", f"Home {words} here")
        for lang, words in WORDS.items()
    }
    pages["en/sentence.html"] = page("zh-Hans", "Sentence", "他们把她关押在看守所里")
    links = "".join(f'<a href="{path}">x</a>' for path in pages)
    for path in copy.paths():
        if path.endswith(".html"):
            (copy.folder / path).unlink()
    copy.release({**pages, "index.html": page("en", "Home", "Welcome", links), "empty": b""})
    return zim.write(payload.of(copy.folder), SHELF)


def ran(*command: object) -> str:
    done = subprocess.run([*map(str, command)], check=True, capture_output=True, text=True)
    return done.stdout


def test_zimcheck_of_the_same_package_finds_nothing_wrong(book: Path) -> None:
    said = ran("zimcheck", "--all", book)

    assert book.name == "archive.example.org-1.zim"
    assert "Overall Test Status: Pass" in said
    assert "ERROR" not in said


@pytest.mark.parametrize(("lang", "words"), WORDS.items())
def test_kiwix_finds_a_word_of_each_language(
    book: Path, lacking: Any, lang: str, words: str
) -> None:
    if not shutil.which("kiwix-search"):
        lacking("there is no kiwix-search: install kiwix-tools")

    assert f"Page-{lang}" in ran("kiwix-search", book, words)


def test_kiwix_finds_chinese_inside_of_a_sentence(book: Path, lacking: Any) -> None:
    if not shutil.which("kiwix-search"):
        lacking("there is no kiwix-search: install kiwix-tools")

    assert "Sentence" in ran("kiwix-search", book, "看守")


def test_a_library_shows_what_it_is(book: Path, tmp_path: Path, lacking: Any) -> None:
    if not shutil.which("kiwix-manage"):
        lacking("there is no kiwix-manage: install kiwix-tools")
    ran("kiwix-manage", tmp_path / "library.xml", "add", book)

    shown = ElementTree.parse(tmp_path / "library.xml").getroot()[0].attrib

    assert shown["title"] == "Placeholder Archive"
    assert shown["description"] == "Testimonies of people who do not exist"
    assert shown["language"] == "mul"
    assert shown["publisher"] == "Placeholder Archive"
    assert shown["faviconMimeType"] == "image/png"
    assert "main page: index.html" in ran("zimdump", "info", book)


def test_nothing_else_is_left_beside_the_folder(book: Path, copy: Any) -> None:
    assert sorted(p.name for p in book.parent.iterdir()) == [book.name, copy.folder.name]
    assert not (copy.folder / "illustration_48x48.png").exists()


def test_without_the_tool_it_is_said_what_to_install(
    copy: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    carried = payload.of(copy.folder)
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(refusal.Refused) as refused:
        zim.write(carried, SHELF)

    assert (refused.value.exit_status, "A094" in str(refused.value)) == (4, True)
    assert "apt install zim-tools" in str(refused.value)


def test_what_the_tool_says_is_passed_on(copy: Any, tools: None) -> None:
    (copy.folder / "index.html").unlink()
    copy.release({"other.html": page("en", "Other", "other")})

    with pytest.raises(refusal.Refused) as refused:
        zim.write(payload.of(copy.folder), SHELF)

    assert (refused.value.exit_status, "A095" in str(refused.value)) == (4, True)
    assert [p for p in copy.folder.parent.iterdir() if p != copy.folder] == []


@pytest.mark.parametrize(
    ("tags", "codes"),
    [
        (("en",), "eng"),
        (("kk", "kk-Latn", "kk-Arab", "ckb"), "kaz,ckb"),
        (("en", "kk", "ru", "tr"), "mul"),
        (("xx",), "mul"),
    ],
)
def test_languages_have_three_letters_there(tags: Any, codes: str) -> None:
    assert zim.language(tags) == codes
