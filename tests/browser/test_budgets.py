"""What a reader on a slow line waits for: of docs/reader.md what no machine changes."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING, Any

import pytest

from bench import reader

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.browser
KB = 1024
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
    page = context(viewport={"width": 412, "height": 823}).new_page()
    moved = {}
    with reader.served(demonstration / "public") as home:
        for path in longest(lang):
            page.goto(home + path, wait_until="networkidle")
            moved[path] = page.evaluate(MOVED)

    assert {
        path: far for path, far in moved.items() if far > 0.005
    } == {}  # seldom a word waits for its font


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
