"""What an attacker writes, in a real browser: each thing is clicked, pointed at and focused,
under our Content Security Policy and, harder, without it.

The attacks are lines of `tests/hostile/attacks.txt`, the site is `tests/hostile/site.py`'s.
"""

from __future__ import annotations

import random
import re
from typing import TYPE_CHECKING, Any

import pytest

from aigaq.source.markup import convert, sanitise

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

pytestmark = pytest.mark.browser
A_PAGE = 60  # attacks in a page: what one does to the next is seen at its end
PIECES = (
    *("<", ">", "/", '"', "'", "`", "=", " ", "\n", "\n\n", "&", ";", "[", "](", ")", "!["),
    *("onerror=alert(1)", "onload=alert(1)", "javascript:alert(1)", "src=x", "href=", "style="),
    *("<svg", "<math", "<img", "<a", "<p", "</p", "<table", "<style", "<template", "<form"),
    *("<!", "]]>", "<mtext", "</", "/>", "&#", "{{", "}}", "((", "))", "person:", "media:"),
)  # fmt: skip
# Links and pictures of the archive, which get their addresses when a page is made.
PLACEHOLDERS = tuple(f"{kind}:" for kind in ("media", *sanitise.RECORDS))
# An attack counts when it runs anything, in the page or in a frame of it.
TOLD = """
window.alert = window.confirm = window.prompt = what => console.log('RAN ' + what);
addEventListener('securitypolicyviolation', e => console.log('STOPPED ' + e.violatedDirective));
// A link to elsewhere is for the reader to take; one that runs is not.
addEventListener('click', e => {
  const a = e.target.closest?.('a');
  if (a && /^(https?|mailto|file):$/.test(a.protocol)) e.preventDefault();
});
"""
DONE_WITH_ALL = """() => {
  const kinds = ['mouseover', 'mouseenter', 'mousemove', 'pointerover', 'pointerenter',
    'pointermove', 'mousedown', 'mouseup', 'pointerdown', 'pointerup', 'dblclick', 'dragstart',
    'contextmenu', 'keydown', 'input', 'change', 'wheel', 'touchstart', 'beforetoggle',
    'toggle', 'animationstart', 'transitionend'];
  const all = [...document.body.querySelectorAll('*')];
  const focused = 'a, button, input, select, textarea, summary, audio, video, [tabindex], ' +
    '[contenteditable], [autofocus], [onfocus]';
  for (const e of all) {
    for (const kind of kinds) e.dispatchEvent(new MouseEvent(kind, {bubbles: false}));
    if (e.matches(focused)) e.focus?.();
    e.click?.();
  }
  return all.length;
}"""
CLOBBERED = """() => {
  const names = ['querySelector', 'getElementById', 'cookie', 'body', 'forms', 'currentScript',
    'documentElement', 'baseURI', 'querySelectorAll', 'title', 'defaultView', 'location'];
  const odd = names.filter(name => document[name]?.id === name ||
    document[name]?.getAttribute?.('name') === name);
  const end = document.getElementById('end');
  if (end?.parentElement !== document.body) odd.push('the end of the page');
  else if (!end.getClientRects().length) odd.push('what is shown');
  return odd;
}"""


@pytest.fixture
def attacked(context: Any, tmp_path: Path, serve: Any) -> Callable[..., list[tuple[str, ...]]]:
    """Opens pages of HTML without a policy; returns all that each did, and what it broke."""
    home = serve(tmp_path)
    errors = pytest.importorskip("playwright.sync_api")

    def run(*bodies: str) -> list[tuple[str, ...]]:
        within = context(bypass_csp=True)
        within.add_init_script(TOLD)
        page, found = opened(within, home)
        done = []
        for number, body in enumerate(bodies):
            html = f'<!doctype html><meta charset="utf-8"><body>{body}\n<hr id="end">'
            (tmp_path / f"{number}.html").write_text(html, "utf-8", "surrogatepass")
            found.clear()
            try:
                page.goto(f"{home}{number}.html")
                page.evaluate(DONE_WITH_ALL)
                page.wait_for_timeout(20)
                found += page.evaluate(CLOBBERED)
            except errors.Error:
                found.append("left the page")
            done.append(tuple(found))
        return done

    return run


def opened(within: Any, home: str) -> tuple[Any, list[str]]:
    """A page, and a list of all that it will run, ask elsewhere for, and be stopped at."""
    page, found = within.new_page(), []
    page.route(re.compile("evil"), lambda route: route.abort())  # asked for, and not waited for

    def heard(message: Any) -> None:
        if message.text.startswith(("RAN", "STOPPED")) or "Content Security" in message.text:
            found.append(message.text)

    def asked(request: Any) -> None:
        if not request.url.startswith((home, *PLACEHOLDERS)):
            found.append(f"asked for {request.url}")

    page.on("console", heard)
    page.on("pageerror", lambda error: found.append(f"raised {error}"))
    page.on("dialog", lambda dialog: (found.append("a dialog"), dialog.dismiss()))
    page.on("popup", lambda other: found.append(f"opened {other.url}"))
    page.on("request", asked)
    return page, found


def written(body: str) -> str:
    """What the converter makes of it, though an error may keep it from publication."""
    made, _ = convert.convert(body, path="t.md", first_line=1, labels=(), language="en")
    return "\n".join([*(block.html for block in made.blocks), made.footnotes])


def cleaned(html: str) -> str:
    """What the second net lets through if HTML passed the first."""
    return sanitise.clean(f"<div><p>{html}</div>") or ""


def mixed(attacks: tuple[str, ...], seed: int) -> str:
    chance = random.Random(seed)
    parts = []
    for _ in range(chance.randint(1, 4)):
        attack = chance.choice(attacks)
        cut, end = sorted(chance.randrange(len(attack) + 1) for _ in range(2))
        parts += [attack[:cut] + chance.choice(PIECES) + attack[end:], chance.choice(PIECES)]
    return "".join(parts)


def pages(bodies: list[str]) -> Iterator[str]:
    for start in range(0, len(bodies), A_PAGE):
        yield "\n".join(f"<section>{body}</section>" for body in bodies[start : start + A_PAGE])


def test_unchecked_the_attacks_run(attacked: Any, hostile: Any, size: Any) -> None:
    """Else there is nothing to be safe from, or nobody who looks."""
    chosen = hostile.ATTACKS[: size(30, 1_000)]
    does = [" ".join(found) for found in attacked(*chosen)]
    assert sum("RAN" in found for found in does) > len(chosen) / 5
    assert sum("evil.example" in found for found in does) > len(chosen) / 30
    assert sum("the end of the page" in found for found in does) > len(chosen) / 30


@pytest.mark.parametrize("through", [written, cleaned])
def test_no_attack_does_anything_where_no_policy_stops_it(
    through: Any, attacked: Any, hostile: Any
) -> None:
    bodies = [through(attack) for attack in hostile.ATTACKS]
    assert set(attacked(*pages(bodies))) == {()}


@pytest.mark.parametrize("through", [written, cleaned])
def test_no_mixture_of_attacks_does_anything_where_no_policy_stops_it(
    through: Any, attacked: Any, hostile: Any, size: Any
) -> None:
    bodies = [through(mixed(hostile.ATTACKS, seed)) for seed in range(size(240, 6_000))]
    assert set(attacked(*pages(bodies))) == {()}


@pytest.mark.parametrize("bypass", [True, False], ids=["without policy", "with policy"])
def test_no_page_of_a_hostile_site_runs_asks_or_needs_to_be_stopped(
    bypass: bool, hostile_site: Path, serve: Any, context: Any, size: Any
) -> None:
    public = hostile_site / "public"
    paths = sorted(path.relative_to(public).as_posix() for path in public.rglob("*.html"))
    attacks = [path for path in paths if "t-attack" in path and path.startswith("en/")]
    chosen = {*attacks[:: size(5, 1)], *paths[:: size(12, 1)]}
    home = serve(public)
    within = context(bypass_csp=bypass)
    within.add_init_script(TOLD)
    page, found = opened(within, home)
    did = {}
    for path in sorted(chosen):
        found.clear()
        page.goto(home + path)
        assert page.evaluate(DONE_WITH_ALL) > 9
        did[path] = tuple(found)
    assert {path: what for path, what in did.items() if what} == {}
