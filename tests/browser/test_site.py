"""The demonstration site in a real browser, as readers meet it: every page, over HTTP and from
a disk, narrow and wide, right to left, without JavaScript, in the dark, on paper.

What can be told without a browser is in `tests/test_site.py`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytestmark = pytest.mark.browser
LANGUAGES = ("en", "kk", "kk-Latn", "kk-Arab", "ru", "ug", "zh-Hans", "tr")
SCRIPTS = ("en", "ug", "zh-Hans")  # one for each way of writing
NARROW = {"width": 320, "height": 640}
WIDE = {"width": 1280, "height": 800}


@pytest.fixture(scope="module")
def site(demonstration: Path) -> Path:
    return demonstration / "public"


def paths(site: Path, lang: str) -> list[str]:
    """All pages of a language; with "" those of none."""
    folder = site / lang
    found = folder.rglob("*.html") if lang else folder.glob("*.html")
    return sorted(path.relative_to(site).as_posix() for path in found)


# Every page


def test_what_is_wrong_with_a_page_is_noticed(
    tmp_path: Path, serve: Callable[[Path], str], watched: Any
) -> None:
    policy = '<meta http-equiv="Content-Security-Policy" content="style-src \'self\'">'
    foreign = '<img src="http://localhost:9/x.png">'
    (tmp_path / "x.html").write_text(
        f'{policy}<p style="color: red">{foreign}<img src="no.png">'
    )
    address = serve(tmp_path)
    page = watched(address)
    page.open(f"{address}x.html")

    told = " ".join(page.complaints)
    assert "asked for http://localhost:9/x.png" in told
    assert "style-src 'self'" in told
    assert "got 404" in told


OVERFLOW = """() => {
  if (document.documentElement.scrollWidth <= innerWidth) return '';
  const past = [...document.querySelectorAll('body *')].find(e => {
    const box = e.getBoundingClientRect();
    return box.width && (box.right > innerWidth + 1 || box.left < -1);
  });
  return past ? past.outerHTML.slice(0, 120) : 'something';
}"""


@pytest.mark.parametrize("lang", ["", *LANGUAGES])
def test_every_page_is_quiet_asks_nobody_else_and_fits_a_narrow_screen(
    lang: str, site: Path, address: str, watched: Any
) -> None:
    page = watched(address, viewport=NARROW)
    for path in paths(site, lang):
        wide = page.open(address + path).evaluate(OVERFLOW)
        if wide:
            page.complain("is too wide:", wide)

    assert page.complaints == []


@pytest.mark.parametrize("lang", SCRIPTS)
def test_a_page_from_a_disk_is_whole(lang: str, site: Path, longest: Any, watched: Any) -> None:
    page = watched(site.as_uri(), viewport=WIDE)
    style = "getComputedStyle(document.querySelector('main')).maxInlineSize"
    for path in longest(lang):
        if page.open((site / path).as_uri()).evaluate(style) == "none":
            page.complain("has", "no style")

    assert page.complaints == []


def test_links_work_from_a_disk(site: Path, watched: Any) -> None:
    page = watched(site.as_uri(), viewport=WIDE).open((site / "index.html").as_uri())
    page.click('a[hreflang="ug"]')
    page.wait_for_url("**/ug/index.html")
    page.click("nav.menu a[href*='people/']")
    page.wait_for_url("**/ug/people/index.html")

    assert page.locator("h1").count() == 1


# Right to left

STARTS = """() => [...document.querySelectorAll('main h1, main h2, main p, main li')]
  .filter(e => e.innerText.trim() && e.checkVisibility() && !e.closest('[dir]:not(html)'))
  .filter(e => !e.querySelector('input'))
  .map(e => {
    const range = document.createRange();
    range.selectNodeContents(e);
    const lines = [...range.getClientRects()].filter(r => r.width > 1);
    const top = Math.min(...lines.map(r => r.top));
    const bottom = Math.min(...lines.filter(r => r.top < top + 1).map(r => r.bottom));
    const first = lines.filter(r => r.top < bottom - 2);  // letters of code are smaller
    const box = e.getBoundingClientRect(), style = getComputedStyle(e);
    return {
      words: e.innerText.slice(0, 40),
      left: Math.min(...first.map(r => r.left)) - box.left - parseFloat(style.paddingLeft)
        - parseFloat(style.borderLeftWidth),
      right: box.right - Math.max(...first.map(r => r.right)) - parseFloat(style.paddingRight)
        - parseFloat(style.borderRightWidth),
    };
  })"""


@pytest.mark.parametrize(("lang", "start"), [("en", "left"), ("ug", "right")])
def test_words_begin_at_the_side_where_their_script_begins(
    lang: str, start: str, address: str, longest: Any, context: Any
) -> None:
    page = context(viewport=WIDE).new_page()
    end = {"left": "right", "right": "left"}[start]
    wrong, short = [], 0
    for path in longest(lang):
        page.goto(address + path)
        for one in page.evaluate(STARTS):
            short += one[end] > 50
            # Only a line that does not fill its room shows its side.
            is_short = one[start] + one[end] > 50
            if is_short and abs(one[start]) > 3 and one[end] < one[start]:
                wrong.append((path, one))

    assert wrong == []
    assert short > 50


COMMA = """() => {
  const link = document.querySelector('.body p a'), range = document.createRange();
  range.setStart(link.nextSibling, 0);
  range.setEnd(link.nextSibling, 1);
  return [range.toString(), range.getBoundingClientRect().right
    <= link.getBoundingClientRect().left + 1];
}"""


def test_a_comma_behind_a_latin_name_stands_where_the_name_ends_for_who_reads_leftwards(
    address: str, context: Any
) -> None:
    page = context(viewport=WIDE).new_page()
    page.goto(f"{address}ug/testimonies/t-6r2k.html")
    assert page.evaluate(COMMA) == ["،", True]


# How far the words of an element are from its left and its right edge.
ROOM = """e => {
  const range = document.createRange(), box = e.getBoundingClientRect();
  range.selectNodeContents(e);
  const lines = [...range.getClientRects()];
  return [Math.min(...lines.map(r => r.left)) - box.left,
    box.right - Math.max(...lines.map(r => r.right))].map(Math.round);
}"""


def test_a_latin_name_begins_at_the_right_and_words_that_are_read_rightwards_at_the_left(
    address: str, context: Any
) -> None:
    page = context(viewport=WIDE).new_page()
    page.goto(f"{address}ug/people/p-2n8y.html")
    left, right = page.locator("h1").evaluate(ROOM)
    assert (right, left > 50) == (0, True)

    page.goto(f"{address}kk-Arab/index.html")
    told = [one.evaluate(ROOM) for one in page.locator(".welcome > p > bdi[lang=kk]").all()]
    assert [left for left, _ in told] == [0, 0]


EDGES = """() => ['h1', 'header', 'main'].map(one => {
  const box = document.querySelector(one).getBoundingClientRect();
  return [Math.round(box.left), Math.round(innerWidth - box.right)];
})"""


def test_a_right_to_left_page_is_the_mirror_image_of_the_other(
    address: str, longest: Any, context: Any
) -> None:
    page = context(viewport=WIDE).new_page()
    for path, kind in longest("ug").items():
        if kind == "parallel":
            continue  # what is written in English has no page beside its original there
        page.goto(address + path)
        right_to_left = [edges[::-1] for edges in page.evaluate(EDGES)]
        page.goto(address + path.replace("ug/", "en/", 1))
        assert (path, page.evaluate(EDGES)) == (path, right_to_left)


def test_the_menu_of_a_right_to_left_page_begins_at_the_right(
    address: str, context: Any
) -> None:
    page = context(viewport=WIDE).new_page()
    page.goto(f"{address}ug/index.html")
    entries = [one.bounding_box() for one in page.locator("nav.menu li").all()]
    first_row = [box["x"] for box in entries if abs(box["y"] - entries[0]["y"]) < 4]

    assert len(first_row) > 3
    assert first_row == sorted(first_row, reverse=True)


@pytest.mark.parametrize(("lang", "side"), [("en", "left"), ("ug", "right")])
def test_the_marker_of_an_event_stands_on_the_line_of_time(
    lang: str, side: str, site: Path, address: str, context: Any
) -> None:
    page = context(viewport=WIDE).new_page()
    path = next(p for p in paths(site, lang) if "/people/" in p and _has_timeline(site / p))
    page.goto(address + path)
    styles = page.locator(".timeline > .event").first.evaluate(
        "e => { const m = getComputedStyle(e, '::before'), l = getComputedStyle(e.parentNode);"
        " return ['left', 'right'].map(s => [s, parseFloat(m[s]) < 0,"
        " parseFloat(l[`border-${s}-width`]) > 0]); }"
    )

    assert [name for name, is_outside, has_line in styles if is_outside and has_line] == [side]


def _has_timeline(page: Path) -> bool:
    return '<ol class="timeline">' in page.read_text("utf-8")


# Without JavaScript, in the dark, on paper


def test_the_words_are_the_same_without_javascript(
    address: str, longest: Any, context: Any
) -> None:
    with_scripts = context(viewport=WIDE).new_page()
    without = context(viewport=WIDE, java_script_enabled=False).new_page()
    different = []
    for path, kind in longest("ug").items():
        if kind != "search":
            words = []
            for page in (with_scripts, without):
                page.goto(address + path)
                words.append(page.locator("body").inner_text())
            different += [path] if words[0] != words[1] or len(words[0]) < 100 else []

    assert different == []


def luminance(colour: str) -> float:
    """WCAG's relative luminance of `rgb(…)`."""
    parts = [int(part) / 255 for part in re.findall(r"\d+", colour)[:3]]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


COLOURS = """() => {
  const back = e => {
    for (; e; e = e.parentElement) {
      const colour = getComputedStyle(e).backgroundColor;
      if (!/, 0\\)$|transparent/.test(colour)) return colour;
    }
    return getComputedStyle(document.documentElement).backgroundColor;
  };
  const seen = new Map();
  for (const e of document.querySelectorAll('body *')) {
    const own = [...e.childNodes].some(n => n.nodeType == 3 && n.data.trim());
    if (own && e.checkVisibility()) {
      const pair = [getComputedStyle(e).color, back(e)];
      seen.set(pair.join(), [...pair, e.outerHTML.slice(0, 80)]);
    }
  }
  return [...seen.values()];
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_stand_out_in_light_and_dark(
    scheme: str, address: str, longest: Any, context: Any
) -> None:
    page = context(viewport=WIDE, color_scheme=scheme).new_page()
    faint = []
    for path in longest("en"):
        page.goto(address + path)
        ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
        assert (luminance(ground) < 0.2) == (scheme == "dark"), (path, ground)
        for ink, paper, where in page.evaluate(COLOURS):
            one, other = sorted((luminance(ink), luminance(paper)))
            if (other + 0.05) / (one + 0.05) < 4.5:
                faint.append((path, ink, paper, where))

    assert faint == []


HIDDEN = """() => [...document.querySelectorAll('main *')]
  .filter(e => !e.closest('nav, .machine'))
  .filter(e => [...e.childNodes].some(n => n.nodeType == 3 && n.data.trim()))
  .filter(e => !e.checkVisibility() || !e.getClientRects().length)
  .map(e => e.innerText || e.textContent)"""


def test_what_is_closed_on_the_screen_is_open_on_paper(
    address: str, longest: Any, context: Any
) -> None:
    page = context(viewport=WIDE).new_page()
    folded = 0
    for path, kind in longest("en").items():
        if kind == "search":
            continue
        page.emulate_media(media="screen")
        page.goto(address + path)
        folded += len(page.evaluate(HIDDEN))
        page.emulate_media(media="print")
        assert (path, page.evaluate(HIDDEN)) == (path, [])

    assert folded > 20


def test_paper_has_no_menu_and_no_dark_ground(address: str, longest: Any, context: Any) -> None:
    page = context(viewport=WIDE, color_scheme="dark").new_page()
    page.goto(address + next(path for path, kind in longest("en").items() if kind == "text"))
    page.emulate_media(media="print", color_scheme="dark")

    style = "getComputedStyle(document.body)"
    ground, ink = page.evaluate(f"[{style}.backgroundColor, {style}.color]")
    assert not page.locator("nav.menu").is_visible()
    assert luminance(ink) < 0.1
    assert ground in {"rgba(0, 0, 0, 0)", "rgb(255, 255, 255)"}
