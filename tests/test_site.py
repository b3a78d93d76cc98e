"""The demonstration site as files: valid HTML, links that lead somewhere, nothing that runs.

What only a browser can tell is in `tests/browser/test_site.py`.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urljoin, urlsplit
from xml.etree import ElementTree

import pytest

from bench import reader

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

ADDRESS = "https://archive.example.org/"
LANGUAGES = ("en", "kk", "kk-Latn", "kk-Arab", "ru", "ug", "zh-Hans", "tr")
FIRST_VIEW = 15 * 1024  # bytes, compressed, besides the told words

VOID = frozenset({"br", "col", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
# No paragraph can hold these: a browser ends it before them.
BLOCKS = frozenset(
    {"address", "article", "aside", "blockquote", "details", "div", "dl", "figure", "footer"}
    | {"form", "header", "hr", "main", "nav", "ol", "p", "pre", "section", "table", "ul"}
    | set(HEADINGS)
)
# What may stand in a list, directly.
INSIDE = {
    "ul": {"li"},
    "ol": {"li"},
    "dl": {"dt", "dd", "div"},
    "tr": {"td", "th"},
    "tbody": {"tr"},
    "thead": {"tr"},
    "table": {"caption", "colgroup", "thead", "tbody", "tfoot", "tr"},
}
PARENTS = {
    "li": {"ul", "ol"},
    "dt": {"dl", "div"},
    "dd": {"dl", "div"},
    "summary": {"details"},
    "figcaption": {"figure"},
}
INTERACTIVE = frozenset({"a", "button", "summary", "label", "select"})
REFERRING = ("for", "aria-labelledby", "aria-describedby", "aria-controls", "aria-owns")


@dataclass
class Document:
    """What a check needs to know of a page."""

    path: str
    faults: list[str] = field(default_factory=list)
    ids: Counter[str] = field(default_factory=Counter)
    headings: list[int] = field(default_factory=list)
    links: list[tuple[str, str, Mapping[str, str]]] = field(default_factory=list)
    referred: list[str] = field(default_factory=list)
    html: Mapping[str, str] = field(default_factory=dict)
    head: list[tuple[str, Mapping[str, str]]] = field(default_factory=list)
    active: list[str] = field(default_factory=list)  # what could run, or style, in the page
    text: list[str] = field(default_factory=list)  # the words of the text that is told

    @property
    def alternates(self) -> dict[str, str]:
        return {
            attributes["hreflang"]: attributes["href"]
            for tag, attributes in self.head
            if tag == "link" and "hreflang" in attributes
        }


class Reader(HTMLParser):
    """One pass over a page."""

    def __init__(self, path: str) -> None:
        super().__init__(convert_charrefs=True)
        self.page = Document(path)
        self.open: list[str] = []
        self.block = 0  # how many tags were open when a block of a text began

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        if len(attributes) != len(attrs):
            self.fault(f"<{tag}> has an attribute twice")
        self.place(tag)
        self.look(tag, attributes)
        if tag not in VOID:
            if "block" in attributes.get("class", "").split():
                self.block = self.block or len(self.open) + 1
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open[-1] != tag:
            self.fault(f"</{tag}> where {self.open[-1:]} is open")
        if tag in self.open:
            while self.open.pop() != tag:
                pass
        self.block *= len(self.open) >= self.block

    def handle_data(self, data: str) -> None:
        inside = self.open[-1] if self.open else ""
        if data.strip() and (inside in INSIDE or inside in {"html", "head", ""}):
            self.fault(f"words in <{inside}>: {data.strip()[:20]!r}")
        if self.block:
            self.page.text.append(data)

    def handle_comment(self, data: str) -> None:
        self.fault(f"a comment: {data[:20]!r}")

    def fault(self, words: str) -> None:
        self.page.faults.append(f"{self.page.path}:{self.getpos()[0]}: {words}")

    def place(self, tag: str) -> None:
        parent = self.open[-1] if self.open else ""
        if parent in INSIDE and tag not in INSIDE[parent] | {"script", "template"}:
            self.fault(f"<{tag}> in <{parent}>")
        if tag in PARENTS and parent not in PARENTS[tag]:
            self.fault(f"<{tag}> in <{parent}>")
        if tag in BLOCKS and "p" in self.open:
            self.fault(f"<{tag}> in <p>")
        if tag in INTERACTIVE and INTERACTIVE & set(self.open) and tag != "select":
            self.fault(f"<{tag}> in {sorted(INTERACTIVE & set(self.open))}")

    def look(self, tag: str, attributes: dict[str, str]) -> None:
        page = self.page
        if tag == "html":
            page.html = attributes
        if self.open[-1:] == ["head"]:
            page.head.append((tag, attributes))
        page.headings += [int(tag[1])] if tag in HEADINGS else []
        page.ids.update([attributes["id"]] if "id" in attributes else [])
        for name in REFERRING:
            page.referred += attributes.get(name, "").split()
        for name in ("href", "src"):
            if name in attributes:
                page.links.append((tag, attributes[name], attributes))
        page.active += _active(tag, attributes)
        if tag == "img" and not {"alt", "width", "height"} <= attributes.keys():
            self.fault("a picture without its words or its size")
        if "" in (attributes.get("lang"), attributes.get("dir")):
            self.fault("an empty language or direction")


def _active(tag: str, attributes: Mapping[str, str]) -> list[str]:
    """What of a tag could run, or style, without a file of its own; data blocks do neither."""
    is_data = attributes.get("type") in {"application/ld+json", "application/json"}
    inline = tag == "style" or (tag == "script" and "src" not in attributes and not is_data)
    named = [name for name in attributes if name == "style" or name.startswith("on")]
    return [*named, *([f"<{tag}>"] if inline else [])]


def read(path: str, text: str) -> Document:
    reader = Reader(path)
    reader.feed(text)
    reader.close()
    if reader.open:
        reader.fault(f"never closed: {reader.open}")
    return reader.page


@pytest.mark.parametrize(
    "wrong",
    [
        "<p>One<p>Two",
        "<p>One</div>",
        "<ul><p>One</p></ul>",
        "<ul>One</ul>",
        "<div><li>One</li></div>",
        "<p><b><div>One</div></b></p>",
        '<a href="x"><button>One</button></a>',
        '<p id="a" id="b">One</p>',
        '<img src="x.webp" alt="A scarf">',
        '<p lang="">One</p>',
        "<!-- One -->",
        "<div><p>One</div></p>",
    ],
)
def test_the_check_itself_finds_what_is_wrong(wrong: str) -> None:
    before = '<html lang="en" dir="ltr"><body>'
    assert read("", f"{before}<p>Good</p></body></html>").faults == []
    assert read("", f"{before}{wrong}</body></html>").faults != []


@pytest.fixture(scope="module")
def site(demonstration: Path) -> Path:
    return demonstration / "public"


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[str, Document]:
    return pages_of(site)


def pages_of(site: Path) -> dict[str, Document]:
    """Every HTML page of the site, by path."""
    return {
        name: read(name, path.read_text("utf-8"))
        for path in sorted(site.rglob("*.html"))
        for name in [path.relative_to(site).as_posix()]
    }


def test_every_tag_is_closed_and_stands_where_it_may(pages: dict[str, Document]) -> None:
    assert [fault for page in pages.values() for fault in page.faults] == []


def test_a_page_says_its_language_and_direction(pages: dict[str, Document]) -> None:
    for path, page in pages.items():
        lang = path.partition("/")[0]
        expected = lang if lang in LANGUAGES else "en"
        direction = "rtl" if expected in {"ug", "kk-Arab"} else "ltr"
        assert (path, page.html) == (path, {"lang": expected, "dir": direction})


def test_a_page_has_one_first_heading_and_skips_no_level(pages: dict[str, Document]) -> None:
    wrong = [
        (path, page.headings)
        for path, page in pages.items()
        if page.headings[:1] != [1]
        or page.headings.count(1) != 1
        or any(after > before + 1 for before, after in pairwise(page.headings))
    ]
    assert wrong == []


def test_an_id_stands_once_and_whoever_refers_to_one_finds_it(
    pages: dict[str, Document],
) -> None:
    twice = [(p, i) for p, page in pages.items() for i, n in page.ids.items() if n > 1]
    lost = [(p, i) for p, page in pages.items() for i in page.referred if i not in page.ids]
    assert (twice, lost) == ([], [])


def internal(page: Document) -> Iterator[tuple[str, str, str]]:
    """Links within the site: as they are written, the path, the anchor."""
    for _, address, _ in page.links:
        parts = urlsplit(urljoin(ADDRESS + page.path, address))
        if f"{parts.scheme}://{parts.netloc}/" == ADDRESS:
            yield address, unquote(parts.path.lstrip("/")), unquote(parts.fragment)


def lost(site: Path, pages: Mapping[str, Document]) -> list[tuple[str, str]]:
    """Pages and their links within the site that lead to no file, or to no place in it."""
    there = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    return sorted(
        (page.path, address)
        for page in pages.values()
        for address, path, anchor in internal(page)
        if path not in there or (anchor and path in pages and anchor not in pages[path].ids)
    )


def test_every_link_within_the_site_leads_to_a_file_and_a_place_in_it(
    site: Path, pages: dict[str, Document]
) -> None:
    assert lost(site, pages) == []


def test_every_link_of_the_example_leads_to_a_file_and_a_place_in_it(example: Path) -> None:
    site = example / "public"
    assert lost(site, pages_of(site)) == []


def test_links_within_the_site_are_relative_and_name_a_file(
    pages: dict[str, Document],
) -> None:
    """So they work under any prefix and from a disk; not those for machines and of 404.html."""
    wrong = [
        (page.path, address)
        for page in pages.values()
        for tag, address, _ in page.links
        if page.path != "404.html" and tag != "link"
        if address.startswith(("/", ADDRESS)) or address.partition("#")[0].endswith("/")
        if not address.startswith(("https://", "http://")) or address.startswith(ADDRESS)
    ]
    assert wrong == []


def test_links_elsewhere_are_addresses_of_the_web_or_of_mail(
    pages: dict[str, Document],
) -> None:
    schemes = {
        urlsplit(address).scheme for page in pages.values() for _, address, _ in page.links
    }
    assert schemes <= {"", "https", "http", "mailto"}


def test_a_page_loads_nothing_from_elsewhere(pages: dict[str, Document]) -> None:
    loading = ("script", "img", "source", "video", "audio", "iframe", "embed", "object")
    foreign = [
        (page.path, tag, address)
        for page in pages.values()
        for tag, address, attributes in page.links
        if tag in loading or (tag == "link" and attributes["rel"] in {"stylesheet", "icon"})
        if urlsplit(address).scheme or address.startswith("//")
    ]
    assert foreign == []


def test_the_policy_comes_first_and_forbids_all_that_is_not_needed(
    pages: dict[str, Document],
) -> None:
    for path, page in pages.items():
        (first, charset), (second, policy) = page.head[:2]
        assert (path, first, charset) == (path, "meta", {"charset": "utf-8"})
        assert (second, policy.get("http-equiv")) == ("meta", "Content-Security-Policy")
        rules = dict(rule.strip().split(" ", 1) for rule in policy["content"].split(";"))
        assert rules["default-src"] == "'none'"
        assert "unsafe-inline" not in policy["content"]
        assert ("wasm" in policy["content"]) == path.endswith("/search.html")
        assert ("meta", {"name": "referrer", "content": "no-referrer"}) in page.head


def test_nothing_runs_or_styles_from_within_a_page(pages: dict[str, Document]) -> None:
    assert [(page.path, page.active) for page in pages.values() if page.active] == []


def test_only_the_search_page_has_a_script(pages: dict[str, Document]) -> None:
    scripted = {p.path for p in pages.values() for tag, _, _ in p.links if tag == "script"}
    assert scripted == {f"{lang}/search.html" for lang in LANGUAGES}


def test_languages_of_a_page_name_each_other(pages: dict[str, Document]) -> None:
    """hreflang is believed only where it is mutual."""
    wrong = [
        (page.path, tag, address)
        for page in pages.values()
        for tag, address in page.alternates.items()
        if pages[address.removeprefix(ADDRESS)].alternates != page.alternates
    ]
    assert wrong == []
    assert set(pages["en/index.html"].alternates) >= set(LANGUAGES)


def test_the_first_view_of_every_page_is_small(site: Path, pages: dict[str, Document]) -> None:
    """What a reader on a slow line waits for besides the told words; the font is left out."""
    style = reader.packed((site / "assets/site.css").read_text())
    written = {path: (site / path).read_text("utf-8") for path in pages}
    large = {path: html for path, html in written.items() if not fits(style, html)}
    assert len(written) > len(large) > 0
    assert [path for path, html in large.items() if not fits(style, reader.bare_of(html))] == []


def fits(style: int, html: str) -> bool:
    return style + reader.packed(html) <= FIRST_VIEW


def test_files_for_machines_can_be_read(site: Path, pages: dict[str, Document]) -> None:
    feeds = sorted(site.rglob("*.xml"))
    assert len(feeds) > len(LANGUAGES)
    for path in feeds:
        ElementTree.parse(path)
    for path in site.rglob("*.json"):
        json.loads(path.read_text("utf-8"))
    found = re.findall(r"<loc>(.+?)</loc>", (site / "sitemap.xml").read_text("utf-8"))
    assert {unquote(address.removeprefix(ADDRESS)) for address in found} <= set(pages)
    assert len(found) > len(pages) / 2


def test_data_in_a_page_can_be_read(site: Path) -> None:
    block = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
    found = [b for path in site.rglob("*.html") for b in block.findall(path.read_text("utf-8"))]
    assert found
    for one in found:
        assert json.loads(one)["@context"] == "https://schema.org"


def test_a_style_sheet_asks_for_nothing_that_is_not_there(site: Path) -> None:
    for path in site.glob("assets/*.css"):
        text = path.read_text("utf-8")
        assert "@import" not in text
        for name in re.findall(r"url\([\"']?([^\"')]+)", text):
            assert (path.parent / name).is_file()


def test_two_accounts_of_one_brother_differ_in_three_things_or_more(site: Path) -> None:
    """Each side has its value, who says it, and a way to its paragraph."""
    for lang in LANGUAGES:
        page = (site / lang / "people/p-2n8y.html").read_text("utf-8")
        section = re.search(r'<section class="differences".*?</section>', page, re.DOTALL)
        assert section
        found = section[0].split('<li class="difference">')[1:]
        told = [
            set(re.findall(r"testimonies/(t-6r2k|t-2z9p)\.html#p\d+", one)) for one in found
        ]
        assert told.count({"t-6r2k", "t-2z9p"}) >= 3, lang


def test_the_texts_on_one_brother_lead_to_where_they_differ(site: Path) -> None:
    for lang in LANGUAGES:
        for text in ("t-6r2k", "t-2z9p"):
            page = (site / lang / f"testimonies/{text}.html").read_text("utf-8")
            assert "../people/p-2n8y.html#differences" in page


def test_a_copy_shows_how_it_spells_an_outlet(site: Path) -> None:
    page = (site / "en/testimonies/t-2z9p.html").read_text("utf-8")
    words = re.sub(r"<[^>]+>", "", page)
    assert "Written in this copy as: RFE/RL, Radio Free Radio/Radio Liberty." in words


# What a page of a person says of them, by the part of the page.
STATEMENTS = {
    "status": r'<p class="status-line">.*?</p>',
    "last contact": r'<p class="heard">.*?</p>',
    "claim, or what was asked": r'<li class="event.*?</details>',
    "account that differs": r'<ul class="sides">.*?</ul>',
    "telling": r'<span class="told-in">.*?</span>',
    "tie": r'<li>(?:(?!</li>).)*?class="relation".*?</li>',
    "fact": r"<div><dt>(?!In this archive as).*?</div>",
}
PASSAGE = re.compile(r'href="\.\./testimonies/([\w-]+)\.html#(p\d+)"')


def statements(page: str) -> Iterator[tuple[str, str]]:
    """What a page says, by kind; facts are of the list of facts alone."""
    facts = "".join(re.findall(r'<dl class="facts">.*?</dl>', page, re.DOTALL))
    for kind, pattern in STATEMENTS.items():
        for found in re.findall(pattern, facts if kind == "fact" else page, re.DOTALL):
            yield kind, found


def test_every_statement_about_a_person_leads_in_one_step_to_a_paragraph(site: Path) -> None:
    kinds: set[str] = set()
    lost = []
    for path in sorted(site.glob("en/people/p-*.html")):
        for kind, words in statements(path.read_text("utf-8")):
            kinds.add(kind)
            lost += [] if PASSAGE.search(words) else [(path.name, kind, words[:200])]
    assert (lost, kinds) == ([], set(STATEMENTS))


def test_the_paragraphs_to_which_statements_lead_are_there(
    site: Path, pages: dict[str, Document]
) -> None:
    """In every language; where a translation lacks the paragraph, the link names the text."""
    for lang in LANGUAGES:
        for path in sorted(site.glob(f"{lang}/people/p-*.html")):
            for text, address in PASSAGE.findall(path.read_text("utf-8")):
                found = pages[f"{lang}/testimonies/{text}.html"].ids
                assert found[address] == 1, (path.name, text, address)
