"""Originals and translations side by side in Chromium: what is beside what, and how it fits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

sync_api = pytest.importorskip("playwright.sync_api")
pytestmark = pytest.mark.browser
NARROW, WIDE = {"width": 320, "height": 640}, {"width": 1280, "height": 800}
TREES = ("en", "ug", "zh-Hans")  # trees with a translation: of Kazakh, English, Kazakh
ADDRESS = {"en": "t-1", "ug": "t-2", "zh-Hans": "t-3"}

# Everything that a body may have; `{0}` is a long word of the language, `{1}` its label.
BODY = """::: scene
{0} {0} {0}.
:::

{1}: {0} {0} {0} {0} {0} {0} {0} {0} {0} {0} {0} {0}.[^1]

## {0}

{1}: {0} [[{0}]] {0} {{{{{0}}}}} {0} (({0})).

::: hard torture
{1}: {0} {0} {0}.
:::

> {0} {0} {0} {0} {0} {0} {0} {0}.

| {0} | {0} | {0} |
|---|---|---|
| {0}{0} | {0}{0} | {0}{0} |

---

- {0}
- {0}

::: note by=editor source=https://example.org/other
{0} {0}.
:::

[^1]: {0} {0}.
"""
WORDS = {
    "en": ("neighbours", "NARRATOR"),
    "kk": ("көршілеріміз", "ӘҢГІМЕЛЕУШІ"),
    "ug": ("قوشنىلىرىمىز", "سۆزلىگۈچى"),
    "zh-Hans": ("邻居们都知道", "讲述者"),
}


def body(lang: str) -> str:
    return BODY.format(*WORDS[lang])


def fill(site: Any) -> None:
    """Three texts, each with a translation into another way of writing."""
    site.config(languages=["en", "kk", "ug", "zh-Hans"])
    for lang, text in ADDRESS.items():
        source = "en" if lang == "ug" else "kk"
        site.person(f"p-{text}").testimony(
            text,
            source,
            body(source),
            told_by={"person": f"p-{text}", "label": WORDS[source][1]},
        )
        facts = {
            "from": source,
            "by": "Placeholder Translator",
            "labels": {f"p-{text}": WORDS[lang][1]},
        }
        site.translation(text, lang, body(lang), translation=facts)


@pytest.fixture(scope="module")
def public(made_once: Callable[[str, Callable[[Path], None]], Path], site_builder: Any) -> Path:
    def make(root: Path) -> None:
        made = site_builder(root)
        fill(made)
        assert made.build().problems == ()

    return made_once("side-by-side", make) / "public"


@pytest.fixture
def opened(browser: Browser, public: Path) -> Iterator[Callable[..., Page]]:
    """Opens the page of a language without JavaScript: `opened("ug", NARROW)`."""
    made = []

    def open_(lang: str, viewport: Any, **more: Any) -> Page:
        context = browser.new_context(viewport=viewport, java_script_enabled=False, **more)
        made.append(context)
        page = context.new_page()
        page.goto((public / f"{lang}/testimonies/{ADDRESS[lang]}.parallel.html").as_uri())
        return page

    yield open_
    for context in made:
        context.close()


BOXES = """() => [...document.querySelectorAll('.pair:has(.original > .block)')]
  .filter(pair => pair.checkVisibility())
  .map(pair => ['div:first-child > .block', '.original > .block']
    .map(side => pair.querySelector(`:scope > ${side}`).getBoundingClientRect().toJSON()))"""
STICKS_OUT = """() => [...document.querySelectorAll('body *')]
  .filter(e => !e.closest('table') && !e.matches('.skip'))
  .filter(e => { const b = e.getBoundingClientRect();
    return b.width && (b.right > innerWidth + 1 || b.left < -1); })
  .map(e => e.outerHTML.slice(0, 80))"""


def boxes(page: Page) -> list[tuple[dict[str, float], dict[str, float]]]:
    """Where each paragraph stands, and its original, of those that can be seen."""
    return page.evaluate(BOXES)  # type: ignore[no-any-return]


@pytest.mark.parametrize("lang", TREES)
def test_on_a_wide_screen_each_paragraph_is_on_a_line_with_its_original(
    lang: str, opened: Any
) -> None:
    found = boxes(opened(lang, WIDE))

    assert len(found) > 6
    for here, there in found:
        assert abs(here["y"] - there["y"]) < 2
        first, second = (there, here) if lang == "ug" else (here, there)
        assert first["x"] + first["width"] < second["x"]


@pytest.mark.parametrize("lang", TREES)
def test_on_a_narrow_screen_the_original_follows_its_paragraph(lang: str, opened: Any) -> None:
    page = opened(lang, NARROW)
    found = boxes(page)

    assert len(found) > 6
    below = 0.0
    for here, there in found:
        assert below <= here["y"] < here["y"] + here["height"] <= there["y"]
        below = there["y"] + there["height"]


@pytest.mark.parametrize("lang", TREES)
@pytest.mark.parametrize("viewport", [NARROW, WIDE], ids=["320", "1280"])
def test_nothing_sticks_out_on_either_side(lang: str, viewport: Any, opened: Any) -> None:
    page = opened(lang, viewport)
    page.locator("summary").first.click()

    assert page.evaluate(STICKS_OUT) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize(
    ("lang", "here", "there"),
    [("en", "ltr", "ltr"), ("ug", "rtl", "ltr"), ("zh-Hans", "ltr", "ltr")],
)
def test_each_side_runs_its_own_way(lang: str, here: str, there: str, opened: Any) -> None:
    page = opened(lang, WIDE)
    sides = page.locator("#p2 .words, #o-p2 .words")

    found = [side.evaluate("e => getComputedStyle(e).direction") for side in sides.all()]
    assert found == [here, there]
    texts = [side.inner_text() for side in sides.all()]
    source = "en" if lang == "ug" else "kk"
    assert [WORDS[tag][0] in text for tag, text in zip((lang, source), texts, strict=True)] == [
        True,
        True,
    ]


def test_what_is_hard_is_opened_on_both_sides_at_once(opened: Any) -> None:
    page = opened("ug", WIDE)
    hard = page.locator("details.hard .words")
    assert [one.is_visible() for one in hard.all()] == [False, False]

    page.locator("details.hard > summary").click()

    assert [one.is_visible() for one in hard.all()] == [True, True]


@pytest.mark.parametrize("side", ["u-", "u-o-"])
def test_a_note_leads_back_to_its_own_side(side: str, opened: Any) -> None:
    page = opened("ug", WIDE)

    page.click(f"#{side}fnref-1 a")
    assert page.url.endswith(f"#{side}fn-1")
    page.click(f"#{side}fn-1 .footnote-backref")

    assert page.url.endswith(f"#{side}fnref-1")


def test_from_the_text_to_both_and_back_without_a_script(opened: Any) -> None:
    page = opened("ug", WIDE)
    page.click(".original .cite >> nth=0")
    assert page.url.endswith("/en/testimonies/t-2.html#p1")

    page.click(".versions a[href$='.parallel.html']")

    assert page.url.endswith("/ug/testimonies/t-2.parallel.html")


def test_in_forced_colours_the_original_is_still_marked(opened: Any) -> None:
    page = opened("en", NARROW, forced_colors="active")

    line = page.locator(".original:has(#o-p2)").evaluate(
        "e => getComputedStyle(e).borderInlineStart"
    )
    assert "solid" in line
    assert float(line.partition("px")[0]) > 2


def test_on_paper_both_are_side_by_side(opened: Any) -> None:
    page = opened("en", WIDE)
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 680, "height": 900})  # A4 without its margins

    for here, there in boxes(page):
        assert abs(here["y"] - there["y"]) < 2
