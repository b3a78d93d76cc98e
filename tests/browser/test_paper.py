"""A testimony and a flyer on paper, as Chromium prints them: A4, whole, nothing to press."""

from __future__ import annotations

import re
import shutil
import unicodedata
import zlib
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

sync_api = pytest.importorskip("playwright.sync_api")
pytestmark = pytest.mark.browser
LANGUAGES = ("en", "kk", "kk-Latn", "kk-Arab", "ru", "ug", "zh-Hans", "tr")


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page of its own for each test: what it pretends to be printed on does not stay."""
    opened = browser.new_page()
    yield opened
    opened.close()


def sheets(page: Page, path: Path) -> int:
    """How many sheets of A4 a page of the site takes, opened as a file."""
    page.goto(path.as_uri())
    return len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4")))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_flyer_is_one_sheet(lang: str, demonstration: Path, page: Page) -> None:
    found = sorted((demonstration / "public" / lang / "people").glob("*-flyer.html"))

    assert len(found) > 5
    assert {path.name: sheets(page, path) for path in found} == {path.name: 1 for path in found}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_flyer_with_the_most_words_and_a_photograph_is_one_sheet(
    lang: str, demonstration: Path, page: Page, tmp_path: Path
) -> None:
    flyers = sorted((demonstration / "public" / lang / "people").glob("*-flyer.html"))
    source = max(flyers, key=lambda path: len(path.read_bytes()))
    site = tmp_path / "site"
    shutil.copytree(demonstration / "public/assets", site / "assets")
    html = source.read_text("utf-8")
    picture = (
        '<figure class="portrait"><img src="x.svg" width="1200" height="1600" alt="X"></figure>'
    )
    drawn = '<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="1600"></svg>'
    (site / "en/people").mkdir(parents=True)
    (site / "en/people/x.svg").write_text(drawn, "utf-8")
    path = site / "en/people/flyer.html"
    path.write_text(
        html.replace('<div class="status">', picture + '<div class="status">'), "utf-8"
    )

    assert sheets(page, path) == 1
    page.emulate_media(media="print")
    picture = "document.querySelector('.portrait img')"
    assert page.evaluate(f"{picture}.getBoundingClientRect().height") > 100


def shown(page: Page, selector: str) -> list[Any]:
    script = "all => all.map(e => e.checkVisibility() && e.getClientRects().length > 0)"
    return page.locator(selector).evaluate_all(script)


def test_a_hand_out_has_the_words_and_how_to_cite_them_and_nothing_to_press(
    demonstration: Path, page: Page
) -> None:
    for path in sorted((demonstration / "public/en/testimonies").glob("t-*.html")):
        page.emulate_media(media="print")
        page.goto(path.as_uri())
        assert all(shown(page, ".block > .words, #cite > p, article h1")), path.name
        assert not any(shown(page, "nav, form, .machine pre, .machine summary")), path.name
        wide = "document.documentElement.scrollWidth > innerWidth"
        assert not page.evaluate(wide), path.name


def test_a_flyer_on_paper_has_its_code_and_no_menu(demonstration: Path, page: Page) -> None:
    path = next((demonstration / "public/ug/people").glob("*-flyer.html"))
    page.emulate_media(media="print")
    page.goto(path.as_uri())

    assert all(shown(page, ".flyer h1, .flyer .status p, .reach img, .reach p"))
    assert not any(shown(page, "body > header *, body > footer *, nav"))
    assert page.evaluate("document.querySelector('.reach img').naturalWidth") > 0


# The file that is printed


def words_of(pdf: bytes) -> str:
    """The plain words of a file that Chromium printed, in scripts that go to the right."""
    objects = dict(re.findall(rb"(?s)(\d+) 0 obj\n(.*?)\nendobj", pdf))
    tables = {
        name: _letters(_stream(objects[found[1]]))
        for name, body in objects.items()
        if (found := re.search(rb"/ToUnicode (\d+) 0 R", body))
    }
    drawn = [_stream(body) for body in objects.values() if b"/FlateDecode" in body]
    words, table = "", dict[bytes, str]()
    for part in (part for part in drawn if b" Tf\n" in part):
        for font, codes in re.findall(rb"/F(\d+) \S+ Tf|<([0-9A-F]+)>", part):
            table = tables[font] if font else table
            size = max(map(len, table))
            letters = (codes[n : n + size] for n in range(0, len(codes), size))
            words += "".join(table.get(one, "") for one in letters)
    return plain(words)


def plain(words: str) -> str:
    """Without spaces, capitals and ligatures."""
    return "".join(unicodedata.normalize("NFKC", words).casefold().split())


def _stream(body: bytes) -> bytes:
    packed = body.partition(b"stream\n")[2]
    return zlib.decompressobj().decompress(packed) if b"/FlateDecode" in body else packed


def _letters(table: bytes) -> dict[bytes, str]:
    """What each glyph stands for, by its code in hexadecimal."""
    found: dict[bytes, str] = {}
    for part in re.findall(rb"(?s)beginbf(?:char|range)(.*?)endbf", table):
        for code, end, to in re.findall(rb"<(\w+)> (?:<(\w+)> )?<(\w+)>\n", part):
            text = bytes.fromhex(to.decode()).decode("utf-16-be")
            for n in range(int(end or code, 16) - int(code, 16) + 1):
                name = f"{int(code, 16) + n:0{len(code)}X}".encode()
                found[name] = text[:-1] + chr(ord(text[-1]) + n)
    return found


def printed(page: Page, path: Path) -> bytes:
    page.goto(path.as_uri())
    return page.pdf(format="A4")


@pytest.mark.parametrize("name", ["people/p-2n8y.html", "testimonies/t-2z9p.html"])
def test_what_is_printed_has_what_was_closed_and_where_links_lead(
    name: str, demonstration: Path, page: Page
) -> None:
    pdf = printed(page, demonstration / "public/en" / name)
    foot = page.locator(".site-title").text_content() or ""  # below each sheet
    words = words_of(pdf).replace(plain(foot), "")
    closed = page.locator("details:not(.machine) :is(dd, .known, .excerpt)").evaluate_all(
        "all => all.map(e => e.textContent)"
    )
    links = page.locator("main a[href^=http]").evaluate_all("all => all.map(e => e.href)")

    assert len(closed) > 5
    assert [one for one in closed if plain(one) not in words] == []
    assert [one for one in links if f"({plain(one)})" not in words] == []
    assert [one for one in links if one.encode() not in pdf] == []
    assert links or name.startswith("people")


@pytest.mark.parametrize("lang", ["en", "ug", "zh-Hans"])
def test_what_is_printed_brings_its_fonts(lang: str, demonstration: Path, page: Page) -> None:
    pdf = printed(
        page, next((demonstration / "public" / lang / "testimonies").glob("t-*.html"))
    )
    fonts = re.findall(rb"(?s)<</Type /Font\n.*?endobj", pdf)
    described = re.findall(rb"(?s)<</Type /FontDescriptor\n.*?endobj", pdf)
    drawn = {
        found[1]
        for one in fonts
        if b"/Type3" in one
        if (found := re.search(rb"/FontDescriptor (\d+)", one))
    }
    missing = [
        one
        for number, one in re.findall(
            rb"(?s)(\d+) 0 obj\n(<</Type /FontDescriptor\n.*?)endobj", pdf
        )
        if b"/FontFile" not in one and number not in drawn
    ]

    assert len(described) > 1
    assert missing == []
    loaded = "() => [...document.fonts].some(font => font.status == 'loaded')"
    assert page.evaluate(loaded) == (lang == "ug")
