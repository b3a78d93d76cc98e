"""A testimony and a flyer on paper, as Chromium prints them: A4, whole, nothing to press."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

sync_api = pytest.importorskip("playwright.sync_api")
CHROMIUM = shutil.which("chromium")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium here"),
]
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
