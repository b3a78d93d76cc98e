"""What a reader on a slow line waits for: of docs/reader.md what no machine changes."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import Any

import pytest

from bench import reader

pytestmark = pytest.mark.browser
KB = 1024
PROJECT = Path(__file__).resolve().parents[2]
WITHOUT_FONT = 15 * KB  # besides the texts themselves
WITH_FONT = 40 * KB


@pytest.mark.parametrize(
    ("lang", "limit"), [("en", WITHOUT_FONT), ("zh-Hans", WITHOUT_FONT), ("ug", WITH_FONT)]
)
@pytest.mark.parametrize("kind", ["home", "text", "person", "wall"])
def test_the_first_view_is_small_and_needs_no_script(
    lang: str, limit: int, kind: str, demonstration: Path, kinds_of_pages: Any, browser: Any
) -> None:
    """Of half of the pages of its kind; of texts, the longest."""
    public = demonstration / "public"
    found = [path for path, of in kinds_of_pages(demonstration).items() if of == kind]
    found = [path for path in found if path.startswith(f"{lang}/")]
    found.sort(key=lambda path: (public / path).stat().st_size)
    with reader.served(public) as home:
        size = reader.weight(browser, home + found[-1 if kind == "text" else len(found) // 2])

    assert size.besides <= limit, size
    assert (size.script, size.requests <= 5) == (0, True), size
    assert (size.font > 0) == (lang == "ug"), size


MOVED = """() => new Promise(done => {
  let moved = 0;
  const watch = new PerformanceObserver(list => {
    moved += list.getEntries().reduce((sum, one) => sum + one.value, 0);
  });
  watch.observe({ type: 'layout-shift', buffered: true });
  requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => done(moved), 100)));
})"""


@pytest.mark.parametrize("lang", ["en", "ug"])
def test_nothing_moves_while_a_page_comes(
    lang: str, demonstration: Path, longest: Any, context: Any
) -> None:
    """But for words that wait for their font: these move by the face that a system has."""
    page = context(viewport={"width": 412, "height": 823}).new_page()
    page.route("**/naskh.woff2", lambda route: route.abort())
    moved = {}
    with reader.served(demonstration / "public") as home:
        for path in longest(lang):
            page.goto(home + path, wait_until="networkidle")
            moved[path] = page.evaluate(MOVED)

    assert {path: far for path, far in moved.items() if far > 0.005} == {}


# A browser's own words for colours, in red, green and blue.
COLOURS = """() => {
  const probe = document.body.appendChild(document.createElement('p'));
  const named = name => {
    probe.style.color = `var(--${name})`;
    return getComputedStyle(probe).color.match(/\\d+/g).map(Number);
  };
  return Object.fromEntries(['ink', 'muted', 'link', 'mark', 'line', 'paper', 'sheet', 'wash']
    .map(name => [name, named(name)]));
}"""
WANTED = {"ink": 7, "muted": 4.5, "link": 4.5, "mark": 4.5, "line": 3}


def contrast(one: list[int], other: list[int]) -> float:
    """WCAG 2.2, from 1 to 21."""

    def light(colour: list[int]) -> float:
        parts = [part / 255 for part in colour]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    dark, bright = sorted((light(one), light(other)))
    return (bright + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_colours_stand_out_as_far_as_is_wanted_on_every_ground(
    scheme: str, tmp_path: Path, context: Any
) -> None:
    style = (PROJECT / "theme/css/site.css").as_uri()
    (tmp_path / "x.html").write_text(f'<!doctype html><link rel="stylesheet" href="{style}">')
    page = context(color_scheme=scheme).new_page()
    page.goto((tmp_path / "x.html").as_uri())
    found = page.evaluate(COLOURS)
    measured = {
        (name, ground): contrast(found[name], found[ground])
        for name in WANTED
        for ground in ("paper", "sheet", "wash")
    }

    assert {at: far for at, far in measured.items() if far < WANTED[at[0]]} == {}
    assert contrast([0, 0, 0], [255, 255, 255]) == pytest.approx(21)


def test_a_reader_leaves_nothing_in_the_browser(
    demonstration: Path, longest: Any, context: Any
) -> None:
    """On every kind of page, and after a search."""
    visit = context()
    page = visit.new_page()
    with reader.served(demonstration / "public") as home:
        for path in longest("en"):
            page.goto(home + path)
        page.goto(f"{home}en/search.html?q=Qalida")
        page.wait_for_selector("#results > li")
        kept = page.evaluate(
            "async () => [localStorage.length, sessionStorage.length,"
            " (await indexedDB.databases()).length, (await caches.keys()).length]"
        )

    assert (kept, visit.cookies()) == ([0, 0, 0, 0], [])


def test_a_weight_is_what_crosses_the_line(tmp_path: Path, browser: Any) -> None:
    page = (
        '<!doctype html><link rel="stylesheet" href="x.css"><script src="x.js"></script>'
        f'<img src="x.png"><p class="block">{"Told. " * 500}</p>'
    )
    for name, text in {"x.html": page, "x.css": "p {}", "x.js": "1", "x.png": "1"}.items():
        (tmp_path / name).write_text(text)
    with reader.served(tmp_path) as home:
        size = reader.weight(browser, f"{home}x.html")

    html, css, js = (len(gzip.compress(one.encode(), 6)) for one in (page, "p {}", "1"))
    assert (size.html, size.style, size.script, size.font) == (html, css, js, 0)
    assert size.requests == 4
    assert size.whole == html + css + js
    without = page.replace("Told. " * 500, "")
    assert size.besides == size.whole - html + len(gzip.compress(without.encode(), 6))
