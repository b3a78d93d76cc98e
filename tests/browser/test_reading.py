"""What readers come for, done to the end: without JavaScript, at 320 pixels, by ear, by keys.

Find a person by name, read how something is known, cite the paragraph, change the language.
"""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

pytestmark = pytest.mark.browser
NARROW = {"width": 320, "height": 640}


class Seeing:
    """A reader who clicks, or touches, what stands on the screen."""

    def __init__(self, page: Any) -> None:
        self.page = page

    def follow(self, name: str, *, after: str = "") -> None:
        """The first link with that name, below a disclosure that was opened if one is named."""
        place = self.page.locator("details", has_text=after).first if after else self.page
        self._press(place.get_by_role("link", name=name, exact=True).first)

    def unfold(self, name: str) -> None:
        self._press(self.page.locator("summary", has_text=name).first)

    def meets(self, words: str) -> bool:
        """Whether the words are shown, and nothing is beyond the edge of the screen."""
        assert self.page.locator("body").evaluate(
            "() => document.documentElement.scrollWidth <= innerWidth"
        )
        return words in " ".join(self.page.locator("body").inner_text().split())

    def _press(self, what: Any) -> None:
        what.tap() if self.page.viewport_size == NARROW else what.click()


class Node(NamedTuple):
    """Of the accessibility tree."""

    role: str
    name: str
    element: int


class Listening:
    """A reader who has Chromium's accessibility tree, read from top to bottom, and the keys."""

    def __init__(self, page: Any) -> None:
        self.page = page
        self.tree = page.context.new_cdp_session(page)
        self.tree.send("Accessibility.enable")

    def nodes(self) -> Iterator[Node]:
        """All that is not hidden from them, in the order in which it is read."""
        found = self.tree.send("Accessibility.getFullAXTree")["nodes"]
        by_id = {node["nodeId"]: node for node in found}
        todo = [found[0]]
        while todo:
            node = todo.pop()
            if not node["ignored"]:
                name = str(node.get("name", {}).get("value", ""))
                yield Node(node["role"]["value"], name, node.get("backendDOMNodeId", 0))
            todo += [by_id[child] for child in reversed(node["childIds"]) if child in by_id]

    def follow(self, name: str, *, after: str = "") -> None:
        self._press("link", name, after)

    def unfold(self, name: str) -> None:
        self._press("DisclosureTriangle", name, "")

    def meets(self, words: str) -> bool:
        told = (node.name for node in self.nodes() if node.role == "StaticText")
        return words in " ".join("".join(told).split())

    def _press(self, role: str, name: str, after: str) -> None:
        nodes = list(self.nodes())
        start = next(
            n for n, node in enumerate(nodes) if not after or node.name.strip() == after
        )
        node = next(
            node for node in nodes[start:] if (node.role, node.name.strip()) == (role, name)
        )
        self.tree.send("DOM.enable")
        self.tree.send("DOM.focus", {"backendNodeId": node.element})
        self.page.keyboard.press("Enter")


@pytest.fixture(params=["without JavaScript", "on a narrow screen", "by ear"])
def reader(request: Any, context: Any) -> Seeing | Listening:
    options: dict[str, dict[str, Any]] = {
        "without JavaScript": {"java_script_enabled": False},
        "on a narrow screen": {"viewport": NARROW, "has_touch": True},
        "by ear": {},
    }
    page = context(**options[request.param]).new_page()
    return Listening(page) if request.param == "by ear" else Seeing(page)


class Words(NamedTuple):
    """What a language calls the way; `how_to_cite` stands beside the citation."""

    door: str
    people: str
    known: str
    told: str
    said_by: str
    paragraph: str
    title: str
    how_to_cite: str
    others: tuple[tuple[str, str], ...]


WORDS = {
    "en": Words(
        "English Aigaq — demonstration archive",
        "People",
        "How do we know?",
        "invited his brother to Kazakhstan in 2011, when the brother had finished school",
        "This was told by Baibolat Kunbolatuly; how it is known was not said.",
        "Link to paragraph 8",
        "A brother’s search, from letters to chains",
        "its address ends in #p and that number",
        (("ئۇيغۇرچە", "ug"), ("简体中文", "zh-Hans")),
    ),
    "ug": Words(
        "ئۇيغۇرچە ئايغاق — ئۈلگە ئارخىپ",
        "كىشىلەر",
        "بۇنى قەيەردىن بىلىمىز؟",
        "2011-يىلى قېرىندىشىنى قازاقىستانغا تەكلىپ قىلدى",
        "بۇنى بايان قىلغۇچى — Baibolat Kunbolatuly",
        "8-ئابزاسنىڭ ئۇلانمىسى",
        "قېرىندىشىنى ئىزدەش: خەتتىن زەنجىرگىچە",
        "ئابزاسنىڭ يېنىدىكى سان شۇ ئابزاسنىڭ ئۇلانمىسى",
        (("简体中文", "zh-Hans"), ("English", "en")),
    ),
    "zh-Hans": Words(  # the text is not translated: it is read as it was written
        "简体中文 Aigaq — 演示档案",
        "人物",
        "如何得知？",
        "invited his brother to Kazakhstan in 2011, when the brother had finished school",
        "此事由Baibolat Kunbolatuly讲述，未说明如何得知。",
        "第8段的链接",
        "A brother’s search, from letters to chains",
        "其网址以 #p 加该数字结尾",
        (("English", "en"), ("ئۇيغۇرچە", "ug")),
    ),
}


@pytest.mark.parametrize("lang", WORDS)
def test_a_reader_finds_a_person_reads_how_it_is_known_cites_it_and_changes_the_language(
    lang: str, reader: Seeing | Listening, address: str
) -> None:
    def arrives(path: str) -> None:
        reader.page.wait_for_url(address + path)

    words = WORDS[lang]
    reader.page.goto(f"{address}index.html")
    reader.follow(words.door)
    arrives(f"{lang}/index.html")
    reader.follow(words.people)
    arrives(f"{lang}/people/index.html")
    reader.follow("Baimurat")
    arrives(f"{lang}/people/p-2n8y.html")

    assert not reader.meets(words.told)
    reader.unfold(words.known)
    assert reader.meets(words.told)
    assert reader.meets(words.said_by)

    reader.follow(words.title, after=words.known)
    arrives(f"{lang}/testimonies/t-6r2k.html#p1")
    reader.follow(words.paragraph)
    arrives(f"{lang}/testimonies/t-6r2k.html#p8")
    assert reader.meets(f"Baibolat Kunbolatuly. {words.title}.")
    assert reader.meets(words.how_to_cite)

    for autonym, other in words.others:
        reader.follow(autonym)
        arrives(f"{other}/testimonies/t-6r2k.html")


def test_every_testimony_is_four_clicks_from_home_without_javascript(
    demonstration: Path, address: str, context: Any, ways: Callable[[str], dict[str, list[str]]]
) -> None:
    """All by the links of the files; the farthest of each language in the browser, too."""
    page = context(java_script_enabled=False).new_page()
    for lang in ("en", "ug", "zh-Hans"):
        found = ways(lang)
        texts = {
            path.relative_to(demonstration / "public").as_posix()
            for path in (demonstration / "public" / lang / "testimonies").glob("t-*.html")
        }
        assert texts <= found.keys()
        far = max(texts, key=lambda path: (len(found[path]), path))
        assert 1 <= len(found[far]) <= 4

        page.goto(f"{address}{lang}/index.html")
        for href in found[far]:
            page.locator(f'a[href="{href}"]').first.click()
        assert page.url.partition("#")[0] == address + far


# A browser scrolls to what it leads to a moment later.
STOP = """async () => {
  const e = document.activeElement, style = getComputedStyle(e);
  const all = [...document.querySelectorAll('a[href], summary, input, select, button')];
  const isShown = () => {
    const box = e.getBoundingClientRect();
    return box.width > 0 && box.bottom > 0 && box.top < innerHeight
      && box.right > 0 && box.left < innerWidth;
  };
  for (let n = 0; n < 60 && !isShown(); n++) await new Promise(requestAnimationFrame);
  return {
    place: all.indexOf(e),
    name: e.textContent.trim() || e.id,
    ring: style.outlineStyle != 'none' && parseFloat(style.outlineWidth) >= 2,
    shown: isShown(),
  };
}"""
# Those that are there to be reached, by their place among all.
REACHABLE = """() => [...document.querySelectorAll('a[href], summary, input, select, button')]
  .map((e, place) => e.checkVisibility() ? place : -1).filter(place => place >= 0)"""


def stops(page: Any) -> Iterator[Any]:
    """What the tabulator key stops at, until it leaves the page."""
    while True:
        page.keyboard.press("Tab")
        stop = page.evaluate(STOP)
        if stop["place"] < 0:
            return
        yield stop


@pytest.mark.parametrize("lang", ["en", "ug"])
@pytest.mark.parametrize("kind", ["home", "person", "text", "people", "search"])
def test_the_keys_reach_everything_in_order_and_one_sees_where_one_is(
    lang: str, kind: str, samples: Any, serve: Any, context: Any
) -> None:
    _, root, path = next(sample for sample in samples(lang) if sample.kind == kind)
    page = context(viewport={"width": 1280, "height": 720}).new_page()
    page.goto(f"{serve(root / 'public')}{path}")
    found = list(stops(page))

    assert [stop["place"] for stop in found] == page.evaluate(REACHABLE)
    assert [stop for stop in found if not (stop["ring"] and stop["shown"])] == []
    assert len(found) > 15


def test_the_first_key_leads_past_the_menu_and_another_opens_what_is_closed(
    address: str, page: Any
) -> None:
    page.goto(f"{address}en/people/p-2n8y.html")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getBoundingClientRect().top >= 0")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")

    summary = page.locator("summary").first
    while not summary.evaluate("e => e === document.activeElement"):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.locator("details").first.evaluate("e => e.open")
    page.keyboard.press("Enter")
    assert not page.locator("details").first.evaluate("e => e.open")


def test_the_keys_reach_another_language_and_the_search(address: str, page: Any) -> None:
    page.goto(f"{address}en/index.html")
    _tab_to(page, "ئۇيغۇرچە")
    page.wait_for_url("**/ug/index.html")
    page.goto(f"{address}en/index.html")
    _tab_to(page, "Search")
    page.wait_for_url("**/en/search.html")
    while page.evaluate("document.activeElement.id") != "q":
        page.keyboard.press("Tab")
    page.keyboard.type("Qalida")
    page.keyboard.press("Enter")
    page.wait_for_selector("#results > li")


def _tab_to(page: Any, name: str) -> None:
    assert any(stop["name"] == name for stop in stops(page))
    page.keyboard.press("Enter")


@pytest.fixture
def page(context: Any) -> Any:
    return context().new_page()


@pytest.fixture(scope="module")
def ways(demonstration: Path) -> Callable[[str], dict[str, list[str]]]:
    """The fewest links from a language's home to each of its pages, by path."""

    def of(lang: str) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {f"{lang}/index.html": []}
        todo = list(found)
        for path in todo:
            text = (demonstration / "public" / path).read_text("utf-8").partition("<body>")[2]
            for href in re.findall(r'<a [^>]*?href="([^":]+\.html(?:#[^"]*)?)"', text):
                target = posixpath.normpath(f"{posixpath.dirname(path)}/{href.split('#')[0]}")
                if target.startswith(f"{lang}/") and target not in found:
                    found[target] = [*found[path], href]
                    todo.append(target)
        return found

    return of
