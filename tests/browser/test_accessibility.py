"""Every kind of page under axe: in three scripts, light and dark, narrow and wide."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from aigaq.pages import kinds

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytestmark = pytest.mark.browser
SCRIPTS = ("en", "ug", "zh-Hans")  # one for each way of writing
WIDTHS = (320, 1280)
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN = """rules => axe.run({runOnly: rules, resultTypes: ['violations']})
  .then(found => found.violations.map(one => [one.id, one.nodes[0].html]))"""
# Whether anything was closed.
OPEN = """() => [...document.querySelectorAll('details:not([open])')]
  .map(one => one.open = true).length > 0"""


@pytest.fixture(scope="module")
def axe(checker: Callable[[str], Path]) -> str:
    return checker("axe-core/axe.min.js").read_text("utf-8")


@pytest.fixture(scope="module")
def addresses(serve: Callable[[Path], str], demonstration: Path, example: Path) -> Any:
    return {root: serve(root / "public") for root in (demonstration, example)}


def findings(page: Any, axe: str, *states: str) -> list[tuple[Any, ...]]:
    """What axe finds in the page, at each width; not twice where nothing opens."""
    page.evaluate(axe)
    found: list[tuple[Any, ...]] = []
    for number, state in enumerate(states):
        if (state == "open" and page.evaluate(OPEN)) or number == 0:
            for width in WIDTHS:
                page.set_viewport_size({"width": width, "height": 900})
                found += [(state, width, *one) for one in page.evaluate(RUN, RULES)]
    return found


@pytest.mark.parametrize("lang", SCRIPTS)
def test_no_kind_of_page_is_forgotten(lang: str, samples: Any) -> None:
    of_no_language = {"chooser", "missing"} if lang != "en" else set()
    found = {sample.kind for sample in samples(lang)}
    assert found == set(kinds.KINDS) - {"redirect"} - of_no_language


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("lang", SCRIPTS)
def test_axe_finds_nothing(
    lang: str, scheme: str, axe: str, samples: Any, addresses: Any, context: Any
) -> None:
    """In the dark only with all disclosures open: what is closed is not more than that."""
    page = context(color_scheme=scheme).new_page()
    states = {"light": ("closed", "open"), "dark": ("open",)}[scheme]
    found = []
    for kind, root, path in samples(lang):
        page.goto(f"{addresses[root]}{path}")
        found += [(kind, path, *one) for one in findings(page, axe, *states)]

    assert found == []


def test_axe_finds_what_is_wrong(axe: str, tmp_path: Path, context: Any) -> None:
    """In what was closed, too, and at one width alone."""
    (tmp_path / "x.html").write_text(
        '<!doctype html><html lang="en"><meta name="viewport" content="width=device-width">'
        "<title>X</title><style>@media (width > 600px) { b { color: #888 } }</style>"
        "<main><h1>X</h1><p><b>Faint</b></p>"
        '<details><summary>More</summary><img src="no.png"></details></main>'
    )
    page = context().new_page()
    page.goto((tmp_path / "x.html").as_uri())

    assert [one[:3] for one in findings(page, axe, "closed", "open")] == [
        ("closed", 1280, "color-contrast"),
        ("open", 320, "image-alt"),
        ("open", 1280, "color-contrast"),
        ("open", 1280, "image-alt"),
    ]
