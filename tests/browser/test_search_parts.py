"""A language in several bundles is searched like one: nothing twice, nothing lost."""

from __future__ import annotations

import datetime
import functools
import http.server
import pathlib
import re
import threading
from types import MappingProxyType
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import pytest

from aigaq.archive.public import PublicArchive, Site, Text, Topic, Version
from aigaq.output import search, theme
from aigaq.pages import bundles, facet_choices, name_index, press, routes, slim, texts
from aigaq.pages.index import Index
from aigaq.words import edtf
from aigaq.words.fragments import Block, Fragment
from aigaq.words.localised import Localised

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Page

    Ask = Callable[..., tuple[list[str], str]]

sync_api = pytest.importorskip("playwright.sync_api")
pytestmark = pytest.mark.browser
ROOT = pathlib.Path(__file__).parents[2]
LANGUAGES = ("en", "kk")
PARTS = 4
FILLING = "The road was long and nobody spoke of it for years afterwards."


def text(number: int) -> Text:
    """Every third tells of the river, the later the oftener; every fourth has a phrase."""
    river = "river " * (number // 3) if number % 3 == 0 else "valley "
    phrase = "They crossed the frozen bridge." if number % 4 == 0 else "A bridge was frozen."
    english = f"{FILLING} {river}. {phrase}"
    kazakh = "Ла ла ла." if number == 1 else "Ол лагерьлерде болды."
    date = edtf.parse(str(2017 + number % 2))
    assert isinstance(date, edtf.EdtfDate)
    told = [("en", "Letter", english), ("kk", "Хат", kazakh)]
    return Text(
        id=f"t-{number:02}",
        kind="testimony",
        extent="full",
        voice="own",
        lang="en",
        date=date,
        topics=("prison",) if number % 5 == 0 else ("road",) if number % 7 == 0 else (),
        versions=tuple(
            Version(lang=lang, title=f"{title} {number}", body=fragment(words))
            for lang, title, words in told
        ),
    )


def fragment(words: str) -> Fragment:
    block = Block(kind="paragraph", html=f"<p>{words}</p>", text=words, line=1, address="p1")
    return Fragment(blocks=(block,))


def archive() -> PublicArchive:
    named = (("prison", "Prison"), ("road", "Road"))
    topics = {key: Topic(id=key, label=Localised.of({"en": label})) for key, label in named}
    return PublicArchive(
        site=Site(title=Localised.of({"en": "Placeholder Archive"}), languages=LANGUAGES),
        built=datetime.date(2026, 11, 22),
        texts=MappingProxyType({one.id: one for one in map(text, range(1, 31))}),
        topics=MappingProxyType(topics),
    )


def built(folder: pathlib.Path) -> pathlib.Path:
    """The archive above as a site, in as many bundles as `bundles.LARGEST` says."""
    index, look = Index(archive()), theme.read(ROOT)
    printer = press.of(index.archive.site, templates=look.templates, catalogues={})
    pages, _ = routes.plan(index)
    spoken = {lang: texts.of(lang, "") for lang in LANGUAGES}
    made, problems = search.bundles(slim.pages(index, spoken), cache_dir=None)
    assert not problems
    searches = [page for page in pages if page.path.endswith("/search.html")]
    shown = [press.artifact(printer, page)[0] for page in searches]
    told = (*name_index.artifacts(index.archive), *facet_choices.artifacts(index, spoken))
    for file in (*shown, *look.assets, *made, *told):
        assert file is not None
        place = folder / file.path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(file.data)
    return folder


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *arguments: Any) -> None:
        pass


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> dict[str, pathlib.Path]:
    """The same site in one bundle a language, and in parts."""
    whole = built(tmp_path_factory.mktemp("whole"))
    with pytest.MonkeyPatch.context() as settings:
        settings.setattr(bundles, "LARGEST", 10)
        parts = built(tmp_path_factory.mktemp("parts"))
    return {"whole": whole, "parts": parts}


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    opened = browser.new_page()
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def ask(sites: dict[str, pathlib.Path], page: Page) -> Iterator[Ask]:
    """Asks one of the sites: the paths of all results in their order, and what is counted."""
    servers = {
        name: http.server.ThreadingHTTPServer(
            ("127.0.0.1", 0), functools.partial(Quiet, directory=str(folder))
        )
        for name, folder in sites.items()
    }
    for server in servers.values():
        threading.Thread(target=server.serve_forever).start()

    def search_page(
        site: str, query: str, tree: str = "en", **more: str
    ) -> tuple[list[str], str]:
        port = servers[site].server_port
        page.goto("about:blank")  # another address behind # alone would not be loaded again
        page.goto(
            f"http://127.0.0.1:{port}/{tree}/search.html#{urlencode({'q': query, **more})}"
        )
        count = page.locator("#count")
        sync_api.expect(count).to_have_text(re.compile("[0-9]|Nothing"), timeout=20_000)
        while page.locator("#more").is_visible():
            before = page.locator("#results > li").count()
            page.click("#more")
            sync_api.expect(page.locator("#results > li")).not_to_have_count(before)
        links = page.locator("#results > li > h2 > a")
        found = links.evaluate_all("all => all.map(a => new URL(a.href).pathname.slice(1))")
        return found, count.inner_text()

    yield search_page
    for server in servers.values():
        server.shutdown()
        server.server_close()


QUERIES = [
    ("river", {}),
    ("letter", {}),
    ("river bridge", {}),
    ('"crossed the frozen bridge"', {}),
    ('valley "the frozen bridge"', {}),
    ("river", {"year": "2018"}),
    ("", {"year": "2017"}),
    ("", {"topic": "prison"}),
    ("bridge", {"topic": "prison", "year": "2018"}),
    ("лагерьде", {"tree": "kk"}),
    ("letter", {"lang": "all"}),
    ("river qqqqqq", {}),
    ("qqqqqq", {}),
]


def test_the_language_of_the_test_does_stand_in_parts(sites: dict[str, pathlib.Path]) -> None:
    held = {
        name: sum(1 for _ in (folder / "search/en").rglob("pagefind-entry.json"))
        for name, folder in sites.items()
    }
    filled = [*(sites["parts"] / "search/en").glob("*/fragment")]

    assert held == {"whole": 1, "parts": PARTS}
    assert len(filled) == PARTS


@pytest.mark.parametrize(("query", "more"), QUERIES)
def test_the_same_pages_are_found_and_counted_as_in_one_bundle(
    ask: Ask, query: str, more: dict[str, str]
) -> None:
    whole, count = ask("whole", query, **more)
    parts, counted = ask("parts", query, **more)

    assert sorted(parts) == sorted(whole)
    assert counted == count


@pytest.mark.parametrize(("query", "more"), QUERIES)
def test_no_page_stands_twice_among_the_results(
    ask: Ask, query: str, more: dict[str, str]
) -> None:
    found, counted = ask("parts", query, **more)

    assert len(found) == len(set(found))
    assert "Nothing" in counted or counted.endswith(f" {len(found)}")


def test_the_order_is_that_of_one_bundle_but_for_how_rare_a_word_is_in_a_part(
    ask: Ask, sites: dict[str, pathlib.Path]
) -> None:
    (whole, _), (parts, _) = ask("whole", "river"), ask("parts", "river")
    part_of = {
        f"en/{path.name.partition('.')[0].replace('~', '/')}.html": path.parts[-3]
        for path in (sites["parts"] / "search/en").rglob("*.pf_fragment")
    }

    for part in {part_of[one] for one in parts}:
        inside = [[one for one in found if part_of[one] == part] for found in (whole, parts)]
        assert inside[0] == inside[1]
    assert whole[0] in parts[:3]
    assert len({part_of[one] for one in parts[:5]}) > 1


def test_a_title_stands_before_texts_of_other_parts(ask: Ask) -> None:
    found, _ = ask("parts", "Letter 17")

    assert found[0] == "en/testimonies/t-17.html"


@pytest.mark.parametrize("site", ["whole", "parts"])
def test_a_word_with_which_the_typed_one_begins_stands_after_its_forms(
    ask: Ask, site: str
) -> None:
    found, _ = ask(site, "лагерьден", tree="kk")

    assert len(found) == 30
    assert found[-1] == "kk/testimonies/t-01.html"


def test_the_counts_beside_what_narrows_down_are_those_of_all_parts(
    ask: Ask, page: Page
) -> None:
    _, counted = ask("parts", "", year="2018")
    page.wait_for_selector("#year:enabled")
    options = page.locator("#year option:not([hidden])").all_inner_texts()

    assert f"2018 ({counted.removeprefix('Results: ')})" in options
