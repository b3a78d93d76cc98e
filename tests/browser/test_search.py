"""The search page in a real browser, with a real index: what a reader finds and is told."""

from __future__ import annotations

import datetime
import functools
import http.server
import pathlib
import re
import shutil
import threading
from types import MappingProxyType
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest

from aigaq.archive.public import (
    Name,
    Narrator,
    Person,
    PublicArchive,
    Site,
    Text,
    Translation,
    Version,
)
from aigaq.output import search, theme
from aigaq.pages import press, routes, slim, texts
from aigaq.pages.index import Index
from aigaq.words.fragments import Block, Fragment
from aigaq.words.localised import Localised

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

sync_api = pytest.importorskip("playwright.sync_api")
CHROMIUM = shutil.which("chromium")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium here"),
]
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
LANGUAGES = ("en", "kk", "ug", "zh-Hans")
ROOT = pathlib.Path(__file__).parents[2]


def fragment(*paragraphs: str) -> Fragment:
    return Fragment(
        blocks=tuple(
            Block(kind="paragraph", html=f"<p>{t}</p>", text=t, line=1, address=f"p{n}")
            for n, t in enumerate(paragraphs, start=1)
        )
    )


def text(record_id: str, *versions: Version, teller: str = "") -> Text:
    return Text(
        id=record_id,
        kind="testimony",
        extent="full",
        voice="own",
        lang=versions[0].lang,
        versions=versions,
        told_by=(Narrator(person=teller),) if teller else (),
    )


def small_archive() -> PublicArchive:
    """A few people and texts that do not exist, in four languages."""
    mother = Person(
        id="p-bb22",
        names=(
            Name(text="Qalida Placeholder", lang="en", kinds=("preferred",)),
            Name(text="Khalida Placeholder", lang="en", kinds=("press-spelling",)),
            Name(text="Халида Плейсхолдер", lang="kk", kinds=("preferred",)),
            Name(text="哈丽达", lang="zh-Hans", kinds=("registered",)),
        ),
        summary=Localised.of({"en": "A retired teacher."}),
    )
    english = fragment(
        "They lived by the river for years.",
        "In August <script>alert(1)</script> & then the uniforms came with flashlights.",
    )
    translated = Translation(source="en", status="reviewed")
    kazakh = Version(
        lang="kk",
        title="Фонарьлар",
        body=fragment("Тамызда олар фонарьмен келді.", "Содан кейін."),
        translation=translated,
    )
    uyghur = fragment("ئۇ تۈرمىگە قامالدى.", "بالىلار قالدى.")
    chinese = fragment("他们把她送进看守所。", "她住在阿拉木图，Yerkin 也在那里。")
    scrambled = fragment("守所看了图木拉阿。")
    found = (
        text(
            "t-1",
            Version(lang="en", title="Flashlights & dogs", body=english),
            kazakh,
            teller="p-bb22",
        ),
        text("t-2", Version(lang="ug", title="تۈرمە", body=uyghur)),
        text("t-3", Version(lang="zh-Hans", title="她在哪里", body=chinese)),
        text("t-4", Version(lang="zh-Hans", title="别的", body=scrambled)),
    )
    return PublicArchive(
        site=Site(title=Localised.of({"en": "Placeholder Archive"}), languages=LANGUAGES),
        built=datetime.date(2026, 11, 22),
        texts=MappingProxyType({t.id: t for t in found}),
        people=MappingProxyType({mother.id: mother}),
    )


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> pathlib.Path:
    """The archive above as a folder: all its pages, the theme, the search bundles."""
    archive, look = small_archive(), theme.read(ROOT)
    index = Index(archive)
    printer = press.of(archive.site, templates=look.templates, catalogues={})
    pages, _ = routes.plan(index)
    spoken = {lang: texts.of(lang, "") for lang in LANGUAGES}
    bundles, problems = search.bundles(slim.pages(index, spoken), cache_dir=None)
    assert not problems
    made = [press.artifact(printer, page)[0] for page in pages]
    folder = tmp_path_factory.mktemp("site")
    for file in (*made, *look.assets, *bundles):
        assert file is not None
        place = folder / file.path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(file.data)
    return folder


class Silent(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *arguments: Any) -> None:
        pass


@pytest.fixture(scope="module")
def address(site: pathlib.Path) -> Iterator[str]:
    handler = functools.partial(Silent, directory=str(site))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_api.sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        yield opened
        opened.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context()
    yield context.new_page()
    context.close()


def ask(
    page: Page, address: str, lang: str, query: str, *, everywhere: bool = False
) -> list[str]:
    """The paths that a query leads to, in the order of the results."""
    more = "&lang=all" if everywhere else ""
    page.goto(f"{address}/{lang}/search.html?q={quote(query)}{more}")
    answered = re.compile("[0-9]|Nothing|could not")
    sync_api.expect(page.locator("#count")).to_have_text(answered, timeout=20_000)
    links = page.locator("#results > li > h2 > a").all()
    return [str(link.evaluate("a => new URL(a.href).pathname")) for link in links]


@pytest.mark.parametrize("spelling", ["Qalida", "Khalida", "Халида", "哈丽达", "丽达"])
def test_any_attested_spelling_finds_the_person(
    page: Page, address: str, spelling: str
) -> None:
    assert "/en/people/p-bb22.html" in ask(page, address, "en", spelling)


def test_a_name_also_finds_the_texts_that_the_person_told(page: Page, address: str) -> None:
    assert "/en/testimonies/t-1.html" in ask(page, address, "en", "Халида")


def test_a_result_says_by_which_spelling_it_was_found(page: Page, address: str) -> None:
    ask(page, address, "en", "Халида")

    assert "also written Халида Плейсхолдер" in page.locator("#results .why").first.inner_text()


def test_a_uyghur_word_is_found(page: Page, address: str) -> None:
    assert ask(page, address, "ug", "قامالدى") == ["/ug/testimonies/t-2.html"]


@pytest.mark.parametrize(
    ("lang", "word", "path"),
    [
        ("ug", "تۈرمە", "/ug/testimonies/t-2.html"),
        ("ug", "بالا", "/ug/testimonies/t-2.html"),
        ("kk", "тамыздың", "/kk/testimonies/t-1.html"),
        ("kk", "фонарьды", "/kk/testimonies/t-1.html"),
    ],
)
def test_a_word_is_found_in_another_form_of_it(
    page: Page, address: str, lang: str, word: str, path: str
) -> None:
    assert path in ask(page, address, lang, word)


@pytest.mark.parametrize(
    "word", ["看守所", "拉木", "阿拉木图", "Yerkin 看守所", "阿拉木图看守所"]
)
def test_chinese_words_are_found_and_their_characters_elsewhere_are_not(
    page: Page, address: str, word: str
) -> None:
    assert ask(page, address, "zh-Hans", word) == ["/zh-Hans/testimonies/t-3.html"]


def test_characters_in_another_order_find_nothing(page: Page, address: str) -> None:
    assert ask(page, address, "zh-Hans", "所守看") == []


def test_a_chinese_passage_is_shown_without_the_spaces_of_the_index(
    page: Page, address: str
) -> None:
    ask(page, address, "zh-Hans", "看守所")

    assert (
        page.locator("#results .passage").first.inner_text().startswith("他们把她送进看守所。")
    )
    assert page.locator("#results mark").all_inner_texts() == ["看守所"]


def test_all_languages_find_what_the_own_one_does_not_have(page: Page, address: str) -> None:
    assert ask(page, address, "en", "قامالدى") == []
    assert ask(page, address, "en", "قامالدى", everywhere=True) == ["/ug/testimonies/t-2.html"]


def test_a_person_is_listed_once_when_all_languages_are_searched(
    page: Page, address: str
) -> None:
    found = ask(page, address, "en", "Khalida", everywhere=True)

    assert [path for path in found if "/people/" in path] == ["/en/people/p-bb22.html"]
    assert {p for p in found if "t-1" in p} == {
        "/en/testimonies/t-1.html",
        "/kk/testimonies/t-1.html",
    }


def test_the_checkbox_searches_again_in_all_languages(page: Page, address: str) -> None:
    ask(page, address, "en", "قامالدى")
    page.check("#all")
    page.wait_for_selector("#results > li")

    assert page.url.endswith("&lang=all")


def test_a_result_has_the_language_and_direction_of_what_it_shows(
    page: Page, address: str
) -> None:
    ask(page, address, "en", "قامالدى", everywhere=True)
    item = page.locator("#results > li")

    assert (item.get_attribute("lang"), item.get_attribute("dir")) == ("ug", "rtl")


def test_a_passage_leads_to_its_paragraph(page: Page, address: str) -> None:
    ask(page, address, "en", "flashlights uniforms")
    page.locator("#results .passage a").first.click()

    assert page.url == f"{address}/en/testimonies/t-1.html#p2"


def test_words_of_a_text_are_shown_as_text(page: Page, address: str) -> None:
    ask(page, address, "en", "uniforms")

    assert "<script>alert(1)</script> & then" in page.locator("#results").inner_text()
    assert page.locator("#results script").count() == 0


def test_the_count_is_the_number_of_results(page: Page, address: str) -> None:
    found = ask(page, address, "en", "Placeholder")

    assert page.locator("#count").inner_text() == f"Results: {len(found)}"


def test_a_search_without_results_says_so(page: Page, address: str) -> None:
    ask(page, address, "en", "zzzzqqq")

    assert "Nothing was found" in page.locator("#count").inner_text()
    assert page.locator("#results").is_hidden()


def test_searching_is_quiet_and_asks_nobody_else(page: Page, address: str) -> None:
    said: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    ask(page, address, "en", "Халида", everywhere=True)

    assert [line for line in said if "favicon" not in line] == []
    assert [url for url in asked if not url.startswith(address)] == []


def test_the_index_is_not_fetched_before_somebody_searches(page: Page, address: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{address}/en/search.html")
    page.wait_for_load_state("networkidle")

    assert [url for url in asked if "/search/" in url] == []


def test_from_a_disk_the_page_says_why_it_cannot_search(page: Page, site: pathlib.Path) -> None:
    page.goto((site / "en" / "search.html").as_uri() + "?q=Qalida")

    assert "does not run here" in page.locator("#count").inner_text()
    assert page.locator(".browse a").count() == 5


def test_without_javascript_the_page_says_why_it_cannot_search(
    browser: Browser, address: str
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/en/search.html?q=Qalida")

    assert "does not run here" in page.locator("#count").inner_text()
    context.close()


def test_without_webassembly_the_page_says_so(page: Page, address: str) -> None:
    page.add_init_script("delete window.WebAssembly")
    ask(page, address, "en", "Qalida")

    assert "could not start" in page.locator("#count").inner_text()


def test_a_missing_bundle_says_so(page: Page, address: str) -> None:
    page.route("**/search/en/*", lambda route: route.abort())
    ask(page, address, "en", "Qalida")

    assert "could not start" in page.locator("#count").inner_text()
