"""A site with a look of its own, and the way out of a site, as Chromium shows them."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import BrowserContext, Page

pytestmark = pytest.mark.browser
PROJECT = Path(__file__).resolve().parents[2]
PAGES = (
    *("index.html", "404.html", "en/index.html", "en/testimonies/index.html", "tr/wall.html"),
    *("ug/testimonies/t-6h1w.html", "en/people/p-8d5m.html", "en/people/p-8d5m-flyer.html"),
    *("en/search.html", "en/data.html", "en/timeline/2018.html"),
)
# Once the page has scrolled: that the focus lies below the way out, which lies at the top.
BELOW = """() => {
  const box = (element) => element.getBoundingClientRect();
  const bar = box(document.querySelector(".exit"));
  return bar.top >= 0 && box(document.activeElement).bottom > bar.bottom;
}"""
TARGETS = {
    "en": "https://weather.example.org/",
    "ug": "https://weather.example.org/ug/",
    "tr": "https://hava.example.org/",
}


@pytest.fixture(scope="module")
def newsroom(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The second theme's site, built by the command that editors use."""
    root = tmp_path_factory.mktemp("newsroom") / "site"
    shutil.copytree(PROJECT / "tests/sites/newsroom", root)
    command = ["build", "--no-search", "--date", "2026-11-22", "--root", str(root)]
    subprocess.run([sys.executable, str(PROJECT / "build.py"), *command], check=True)
    return root / "public"


@pytest.fixture(scope="module")
def home(newsroom: Path, serve: Callable[[Path], str]) -> str:
    return serve(newsroom)


@pytest.fixture
def page(context: Callable[..., BrowserContext]) -> Page:
    """A page for which every place to leave to is there, and tells who sent the reader."""
    made = context()
    made.route("**://*.example.org/**", lambda route: route.fulfill(body="Rain tomorrow."))
    return made.new_page()


def style(page: Page, selector: str, name: str) -> str:
    script = f"e => getComputedStyle(e).getPropertyValue('{name}')"
    return str(page.locator(selector).first.evaluate(script))


# --- a second theme ---


def test_the_site_looks_as_its_own_theme_says(page: Page, home: str) -> None:
    page.goto(f"{home}en/index.html")

    assert style(page, "header.site", "background-color") == "rgb(18, 48, 74)"
    assert "Verdana" in style(page, "body", "font-family")
    assert page.locator("h1").inner_text() == "Stories from our desk"
    assert page.locator(".masthead img").evaluate("e => e.naturalWidth") > 0
    assert "Write to our desk" in page.locator("footer ~ aside").inner_text()


def test_a_template_that_extends_the_one_of_the_program_shows_both(
    page: Page, home: str
) -> None:
    page.goto(f"{home}en/testimonies/index.html")

    assert page.locator("main > p.lead").inner_text() == (
        "Everything that our reporters recorded."
    )
    assert "Oldest first." in page.locator("main").inner_text()
    assert page.locator("footer.site nav a").count() > 2


def test_what_is_not_replaced_is_that_of_the_program(
    page: Page, home: str, newsroom: Path
) -> None:
    shipped = (PROJECT / "theme/js/exit.js").read_bytes()
    assert (newsroom / "assets/exit.js").read_bytes() == shipped
    assert (newsroom / "assets/icon.svg").read_bytes() != (
        PROJECT / "theme/icons/icon.svg"
    ).read_bytes()
    page.goto(f"{home}en/people/p-8d5m.html")
    assert "as told by his sister" in page.locator(".status").inner_text()


def test_one_interface_text_is_changed_and_no_other(page: Page, home: str) -> None:
    page.goto(f"{home}en/index.html")
    assert page.locator(".menu li").all_inner_texts() == [
        *("Home", "Testimonies", "People", "We are looking for them", "Search"),
    ]
    page.goto(f"{home}tr/index.html")
    assert page.locator("h1").inner_text() == "Masamızdan öyküler"
    assert "Kişiler" in page.locator(".menu").inner_text()


@pytest.mark.parametrize("path", PAGES)
def test_a_page_of_the_theme_breaks_no_rule(
    path: str, home: str, context: Callable[..., BrowserContext]
) -> None:
    page = context(viewport={"width": 320, "height": 800}).new_page()
    said: list[Any] = []
    asked: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))

    page.goto(home + path)

    assert said == []
    assert all(url.startswith(home) for url in asked), asked
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")


# --- the way out ---


@pytest.mark.parametrize("path", PAGES)
def test_the_way_out_comes_first_on_every_page_and_is_in_sight(
    path: str, page: Page, home: str
) -> None:
    page.goto(home + path)
    page.keyboard.press("Tab")

    lang = path.partition("/")[0] if "/" in path else "en"
    assert page.evaluate("document.activeElement.href") == TARGETS[lang]
    assert page.evaluate("document.activeElement.getBoundingClientRect().top") < 100


def test_without_scripts_it_is_a_plain_link(
    home: str, context: Callable[..., BrowserContext]
) -> None:
    page = context(java_script_enabled=False).new_page()
    heard: list[Any] = []

    def answer(route: Any) -> None:
        heard.append(route.request.headers.get("referer", ""))
        route.fulfill(body="Rain tomorrow.")

    page.route("**://*.example.org/**", answer)
    page.goto(f"{home}ug/testimonies/t-6h1w.html")
    assert page.locator(".exit span").is_hidden()  # of keys that do nothing, nothing is said
    page.locator(".exit a").click()

    assert page.url == TARGETS["ug"]
    assert heard == [""]


@pytest.mark.parametrize("way", ["click", "Escape"])
def test_the_page_that_was_left_is_not_in_the_way_back(way: str, page: Page, home: str) -> None:
    page.goto(f"{home}en/index.html")
    page.goto(f"{home}en/people/p-8d5m.html")
    assert page.locator(".exit span").is_visible()
    with page.expect_navigation(url=TARGETS["en"]):
        if way == "click":
            page.locator(".exit a").click()
        else:
            for _ in range(3):
                page.keyboard.press("Escape")
    page.go_back()

    assert page.url == f"{home}en/index.html"
    assert page.locator("h1").is_visible()


@pytest.mark.parametrize("keys", [["Escape", "Escape"], ["Escape", "Escape", "a", "Escape"]])
def test_other_keys_do_not_lead_out(keys: list[str], page: Page, home: str) -> None:
    page.goto(f"{home}en/index.html")
    for key in keys:
        page.keyboard.press(key)
    page.wait_for_timeout(300)

    assert page.url == f"{home}en/index.html"


def test_what_a_reader_tabs_to_is_not_behind_the_way_out(
    example: Path, context: Callable[..., BrowserContext]
) -> None:
    page = context(viewport={"width": 320, "height": 700}).new_page()
    page.goto((example / "public/en/testimonies/t-7q3z.html").as_uri())
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    page.locator("footer a").last.focus()
    for _ in range(12):
        page.keyboard.press("Shift+Tab")
        page.wait_for_function(BELOW)


def test_paper_has_no_way_out(page: Page, home: str) -> None:
    page.emulate_media(media="print")
    page.goto(f"{home}en/testimonies/t-6h1w.html")

    assert not page.locator(".exit").is_visible()
