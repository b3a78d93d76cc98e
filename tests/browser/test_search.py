"""The search page in a real browser, with a real index: what a reader finds and is told."""

from __future__ import annotations

import datetime
import functools
import gzip
import http.server
import pathlib
import re
import threading
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, ClassVar
from urllib.parse import quote, urlencode

import pytest

from aigaq.archive.public import (
    Name,
    Narrator,
    Person,
    Place,
    PublicArchive,
    Site,
    Text,
    Topic,
    Translation,
    Version,
)
from aigaq.output import search, theme
from aigaq.pages import facet_choices, name_index, press, routes, slim, texts, word_forms
from aigaq.pages.index import Index
from aigaq.words import edtf
from aigaq.words.fragments import Block, Fragment
from aigaq.words.localised import Localised

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, BrowserContext, Page

sync_api = pytest.importorskip("playwright.sync_api")
pytestmark = pytest.mark.browser
LANGUAGES = ("en", "kk", "ug", "zh-Hans", "tr")
PREFIX = "/a/b/"
ANSWER = re.compile("[0-9]|Nothing")
ROOT = pathlib.Path(__file__).parents[2]


def fragment(*paragraphs: str) -> Fragment:
    return Fragment(
        blocks=tuple(
            Block(kind="paragraph", html=f"<p>{t}</p>", text=t, line=1, address=f"p{n}")
            for n, t in enumerate(paragraphs, start=1)
        )
    )


def text(record_id: str, *versions: Version, teller: str = "", **more: Any) -> Text:
    return Text(
        id=record_id,
        kind=more.pop("kind", "testimony"),
        extent="full",
        voice="own",
        lang=versions[0].lang,
        versions=versions,
        told_by=(Narrator(person=teller),) if teller else (),
        **more,
    )


def date(notation: str) -> edtf.EdtfDate:
    found = edtf.parse(notation)
    assert isinstance(found, edtf.EdtfDate)
    return found


def name(written: str, lang: str, kind: str = "preferred") -> Name:
    return Name(text=written, lang=lang, kinds=(kind,))


def people() -> tuple[Person, ...]:
    mother = Person(
        id="p-bb22",
        names=(
            name("Qalida Placeholder", "en"),
            name("Khalida Placeholder", "en", "press-spelling"),
            name("Халида Плейсхолдер", "kk"),
            name("哈丽达", "zh-Hans", "registered"),
        ),
        summary=Localised.of({"en": "A retired teacher."}),
        place="pl-valley",
    )
    son = Person(id="p-cc33", names=(name("Құнболатұлы Еркін", "kk"),))
    hidden = Person(
        id="p-dd44", names=(name("Witness Z", "en", "pseudonym"),), protect="pseudonym"
    )
    return mother, son, hidden


def texts_in_four_languages() -> tuple[Text, ...]:
    english = fragment(
        "They lived by the river for years.",
        "In August <script>alert(1)</script> & then the uniforms came with flashlights.",
    )
    kazakh = fragment("Тамызда олар фонарьмен келді.", "Ол лагерьлерде және түрмеде болды.")
    kazakh_version = Version(
        lang="kk",
        title="Фонарьлар",
        body=kazakh,
        translation=Translation(source="en", status="reviewed"),
    )
    uyghur = fragment("ئۇ تۈرمىگە قامالدى.", "بالىلىرىمىز قالدى. كىتابلار كۆيدى.")
    chinese = fragment("他们把她送进看守所。", "她住在阿拉木图，Yerkin 也在那里。集中营。")
    hard = fragment("The river took what the guards had beaten.")
    turkish = fragment("Iğdır'da ışık söndü.")
    return (
        text(
            "t-1",
            Version(lang="en", title="Flashlights & dogs", body=english),
            kazakh_version,
            teller="p-bb22",
            date=date("2017"),
            topics=("prison",),
        ),
        text("t-2", Version(lang="ug", title="تۈرمە", body=uyghur), date=date("2018-05")),
        text("t-3", Version(lang="zh-Hans", title="她在哪里", body=chinese)),
        text("t-4", Version(lang="zh-Hans", title="别的", body=fragment("守所看了图木拉阿。"))),
        text(
            "t-5",
            Version(lang="en", title="A report", body=hard),
            kind="report",
            date=date("2018"),
            content_notes=("torture", "violence"),
            topics=("prison-camp",),
        ),
        text("t-6", Version(lang="tr", title="Gece", body=turkish)),
        *(
            text(f"t-9{n:02}", Version(lang="en", title=f"Letter {n}", body=fragment("Snow.")))
            for n in range(12)
        ),
    )


def small_archive() -> PublicArchive:
    """A few people, places and texts that do not exist, in five languages."""
    valley = Place(
        id="pl-valley", type="county", names=(name("Valley", "en"),), within="pl-land"
    )
    land = Place(id="pl-land", type="region", names=(name("Land", "en"), name("Ел", "kk")))
    prison = Topic(id="prison", label=Localised.of({"en": "Prison", "kk": "Түрме"}))
    camp = Topic(id="prison-camp", label=Localised.of({"en": "Camp"}), broader="prison")
    records = {
        "texts": texts_in_four_languages(),
        "people": people(),
        "places": (land, valley),
        "topics": (prison, camp),
    }
    return PublicArchive(
        site=Site(title=Localised.of({"en": "Placeholder Archive"}), languages=LANGUAGES),
        built=datetime.date(2026, 11, 22),
        **{kind: MappingProxyType({r.id: r for r in some}) for kind, some in records.items()},
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
    told = (*name_index.artifacts(archive), *facet_choices.artifacts(index, spoken))
    for file in (*made, *look.assets, *bundles, *told):
        assert file is not None
        place = folder / file.path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(file.data)
    return folder


class UnderPrefix(http.server.SimpleHTTPRequestHandler):
    """A web server that knows the site under `PREFIX`, packs what it sends, and keeps a log."""

    log: ClassVar[list[str]] = []

    def translate_path(self, path: str) -> str:
        inside = path.startswith(PREFIX)
        return super().translate_path(f"/{path.removeprefix(PREFIX)}" if inside else "/nowhere")

    def log_message(self, *arguments: Any) -> None:
        self.log.append(str(arguments))


@pytest.fixture(scope="module")
def address(site: pathlib.Path) -> Iterator[str]:
    handler = functools.partial(UnderPrefix, directory=str(site))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}{PREFIX}"
        server.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def context(browser: Browser) -> Iterator[BrowserContext]:
    """One for most tests: what it keeps of the engine saves them time."""
    opened = browser.new_context()
    yield opened
    opened.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    opened = context.new_page()
    yield opened
    opened.close()


def answered(page: Page) -> None:
    """Waits until a search has ended."""
    sync_api.expect(page.locator("#count")).to_have_text(ANSWER, timeout=20_000)


def paths(page: Page) -> list[str]:
    """The paths that the results lead to, in their order."""
    links = page.locator("#results > li > h2 > a")
    found: list[str] = links.evaluate_all("all => all.map(a => new URL(a.href).pathname)")
    return [path.rpartition(PREFIX)[2] for path in found]


def ask(page: Page, address: str, tree: str, query: str, **more: str) -> list[str]:
    """The paths that a query leads to, in the order of the results.

    From one search to the next the page stays, and its script hears of the new address
    a moment later: the answer of before is taken away first, so that it is not read
    as the new one.
    """
    where = f"{address}{tree}/search.html#{urlencode({'q': query, **more})}"
    if page.url != where:
        page.evaluate("document.querySelector('#count')?.replaceChildren()")
    page.goto(where)
    answered(page)
    return paths(page)


EVERYWHERE = {"lang": "all"}


# --- names ---


@pytest.mark.parametrize(
    "spelling", ["Qalida", "Khalida", "Kalida", "Халида", "哈丽达", "丽达", "قاليدا"]
)
def test_a_person_is_found_first_by_any_spelling(
    page: Page, address: str, spelling: str
) -> None:
    assert ask(page, address, "en", spelling)[0] == "en/people/p-bb22.html"


def test_a_name_also_finds_the_texts_that_the_person_told(page: Page, address: str) -> None:
    assert "en/testimonies/t-1.html" in ask(page, address, "en", "Халида")


def test_a_name_and_a_text_about_it_are_one_result(page: Page, address: str) -> None:
    found = ask(page, address, "en", "Qalida")

    assert found.count("en/people/p-bb22.html") == 1


def test_a_result_says_by_which_spelling_it_was_found(page: Page, address: str) -> None:
    ask(page, address, "en", "Халида")

    assert "also written Халида Плейсхолдер" in page.locator("#results .why").first.inner_text()


def test_a_name_with_a_mistake_is_called_similar(page: Page, address: str) -> None:
    assert ask(page, address, "en", "Qalidda Placehlder") == ["en/people/p-bb22.html"]
    assert page.locator("#results .why").inner_text().startswith("similar name: ")


def test_a_protected_person_is_found_by_the_public_name_alone(page: Page, address: str) -> None:
    assert "en/people/p-dd44.html" in ask(page, address, "en", "Witness Z")
    page.goto("about:blank")  # or the first answer may be taken for the second
    assert "en/people/p-dd44.html" not in ask(page, address, "en", "", place="pl-valley")


# --- words ---


@pytest.mark.parametrize(
    ("lang", "word", "path"),
    [
        ("ug", "قامالدى", "ug/testimonies/t-2.html"),
        ("ug", "تۈرمە", "ug/testimonies/t-2.html"),
        ("ug", "تۈرمىلەردىن", "ug/testimonies/t-2.html"),
        ("ug", "بالا", "ug/testimonies/t-2.html"),
        ("ug", "کىتـابى", "ug/testimonies/t-2.html"),
        ("kk", "тамыздың", "kk/testimonies/t-1.html"),
        ("kk", "лагерьде", "kk/testimonies/t-1.html"),
        ("kk", "турмеден", "kk/testimonies/t-1.html"),
        ("kk", "Құнболаттың", "kk/people/p-cc33.html"),
        ("kk", "еркин", "kk/people/p-cc33.html"),
        ("kk", "تۇرمەدە", "kk/testimonies/t-1.html"),
        ("tr", "IŞIK", "tr/testimonies/t-6.html"),
        ("tr", "isik", "tr/testimonies/t-6.html"),
        ("tr", "igdirdan", "tr/testimonies/t-6.html"),
        ("en", "flashlight", "en/testimonies/t-1.html"),
        ("zh-Hans", "集中營", "zh-Hans/testimonies/t-3.html"),
    ],
)
def test_a_word_is_found_in_another_form_of_it(
    page: Page, address: str, lang: str, word: str, path: str
) -> None:
    assert path in ask(page, address, lang, word)


def test_the_words_that_were_meant_are_marked(page: Page, address: str) -> None:
    ask(page, address, "kk", "турмеден")

    marked = page.locator("#results > li", has_text="лагерьлерде").locator("mark")
    assert marked.all_inner_texts() == ["түрмеде"]


def test_words_as_typed_stand_before_other_forms(page: Page, address: str) -> None:
    found = ask(page, address, "kk", "түрмеде")

    assert found == ["kk/testimonies/t-1.html", "kk/topics/prison.html"]


@pytest.mark.parametrize(
    ("query", "is_found"),
    [
        ('"lived by the river"', True),
        ('"the river by"', False),
        ('uniforms "the river"', True),
        ("“by the river”", True),
        ('"the river', True),
    ],
)
def test_a_phrase_is_found_as_it_stands(
    page: Page, address: str, query: str, is_found: bool
) -> None:
    assert ("en/testimonies/t-1.html" in ask(page, address, "en", query)) is is_found


@pytest.mark.parametrize(
    "word", ["看守所", "拉木", "阿拉木图", "阿拉木圖", "Yerkin 看守所", "阿拉木图看守所"]
)
def test_chinese_words_are_found_and_their_characters_elsewhere_are_not(
    page: Page, address: str, word: str
) -> None:
    assert ask(page, address, "zh-Hans", word) == ["zh-Hans/testimonies/t-3.html"]


def test_characters_in_another_order_find_nothing(page: Page, address: str) -> None:
    assert ask(page, address, "zh-Hans", "所守看") == []


def test_a_chinese_passage_is_shown_without_the_spaces_of_the_index(
    page: Page, address: str
) -> None:
    ask(page, address, "zh-Hans", "看守所")

    shown = page.locator("#results .passage").first.inner_text()
    assert shown.startswith("他们把她送进看守所。")
    assert page.locator("#results mark").all_inner_texts() == ["看守所"]


def test_the_letter_with_which_hidden_words_begin_finds_none_of_them(
    page: Page, address: str
) -> None:
    assert "en/testimonies/t-5.html" not in ask(page, address, "en", "z")


# --- all languages ---


def test_all_languages_find_what_the_own_one_does_not_have(page: Page, address: str) -> None:
    assert ask(page, address, "en", "قامالدى") == []
    assert ask(page, address, "en", "قامالدى", **EVERYWHERE) == ["ug/testimonies/t-2.html"]


def test_a_page_is_one_result_in_whatever_languages_it_is_found(
    page: Page, address: str
) -> None:
    found = ask(page, address, "en", "Khalida", **EVERYWHERE)
    text = page.locator("#results > li", has=page.locator('a[href$="en/testimonies/t-1.html"]'))

    assert sorted(found) == ["en/people/p-bb22.html", "en/testimonies/t-1.html"]
    assert (
        text.locator('.why a[lang="kk"]').get_attribute("href") == "../kk/testimonies/t-1.html"
    )


def test_the_checkbox_searches_again_in_all_languages(page: Page, address: str) -> None:
    ask(page, address, "en", "قامالدى")
    page.check("#all")
    page.wait_for_selector("#results > li")

    assert page.url.endswith("&lang=all")


def test_other_languages_are_fetched_only_when_they_are_searched(
    page: Page, address: str
) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    ask(page, address, "en", "river")

    assert {url.split("/search/")[1][:2] for url in asked if "/search/" in url} == {"en"}


# --- what a result says ---


def test_a_result_has_the_language_and_direction_of_what_it_shows(
    page: Page, address: str
) -> None:
    ask(page, address, "en", "قامالدى", **EVERYWHERE)
    item = page.locator("#results > li")

    assert (item.get_attribute("lang"), item.get_attribute("dir")) == ("ug", "rtl")


def test_a_result_says_its_kind_date_and_language(page: Page, address: str) -> None:
    ask(page, address, "en", "uniforms")

    assert page.locator("#results .facts").inner_text() == "testimony · 2017 · English"


def test_a_passage_leads_to_its_paragraph(page: Page, address: str) -> None:
    ask(page, address, "en", "flashlights uniforms")
    page.locator("#results .passage a").first.click()

    assert page.url == f"{address}en/testimonies/t-1.html#p2"


def test_content_notes_stand_before_a_passage_that_stays_closed(
    page: Page, address: str
) -> None:
    ask(page, address, "en", "guards beaten")
    note = page.locator("#results summary")

    assert note.inner_text() == "This text speaks of: torture · violence"
    assert not page.locator("#results .passage").is_visible()
    note.click()
    assert page.locator("#results .passage").is_visible()


def test_words_of_a_text_are_shown_as_text(page: Page, address: str) -> None:
    ask(page, address, "en", "uniforms")

    assert "<script>alert(1)</script> & then" in page.locator("#results").inner_text()
    assert page.locator("#results script").count() == 0


def test_the_count_is_the_number_of_results(page: Page, address: str) -> None:
    found = ask(page, address, "en", "Placeholder")

    assert page.locator("#count").inner_text() == f"Results: {len(found)}"


def test_a_search_without_results_says_so(page: Page, address: str) -> None:
    ask(page, address, "en", "qqqqqq")

    assert "Nothing was found" in page.locator("#count").inner_text()
    assert page.locator("#results").is_hidden()


# --- narrowing down ---


def choose(page: Page) -> None:
    """Opens what to narrow down by, and waits until it is there."""
    page.locator("#facets summary").click()
    page.wait_for_selector("#kind:enabled")


def options(page: Page, facet: str) -> list[str]:
    texts: list[str] = page.locator(f"#{facet} option:not([hidden])").all_inner_texts()
    return texts[1:]


def test_what_to_narrow_down_by_has_its_counts(page: Page, address: str) -> None:
    ask(page, address, "en", "river")
    choose(page)

    assert options(page, "year") == ["2018 (1)", "2017 (1)"]
    assert options(page, "topic") == ["Camp (2)", "Prison (4)"]
    assert "report (1)" in options(page, "kind")


@pytest.mark.parametrize("lang", ["en", "kk"])
def test_each_count_is_what_a_reader_finds(page: Page, address: str, lang: str) -> None:
    page.goto(f"{address}{lang}/search.html")
    for more in ({}, EVERYWHERE):
        for facet in ("kind", "year", "place", "topic"):
            page.goto(f"{address}{lang}/search.html#{urlencode(more)}")
            page.reload()
            choose(page)
            values = page.locator(f"#{facet} option:not([disabled])").evaluate_all(
                "all => all.slice(1).map(o => [o.value, o.text])"
            )
            for value, label in values:
                ask(page, address, lang, "", **{facet: value, **more})
                number = page.locator("#count").inner_text().removeprefix("Results: ")
                assert label.endswith(f"({number})"), (facet, value, more)


def test_words_and_a_choice_both_count(page: Page, address: str) -> None:
    assert len(ask(page, address, "en", "river")) == 2
    assert ask(page, address, "en", "river", year="2018") == ["en/testimonies/t-5.html"]
    assert ask(page, address, "en", "river", year="2018", kind="testimony") == []
    assert ask(page, address, "en", "Qalida", kind="testimony") == ["en/testimonies/t-1.html"]


def test_a_choice_alone_lists_all_that_have_it(page: Page, address: str) -> None:
    found = ask(page, address, "en", "", place="pl-land")

    assert set(found) == {
        "en/people/p-bb22.html",
        "en/places/pl-land.html",
        "en/places/pl-valley.html",
    }


def test_choosing_searches_again_and_stays_where_it_is(page: Page, address: str) -> None:
    ask(page, address, "en", "river")
    choose(page)
    page.focus("#year")
    page.keyboard.type("2018")
    sync_api.expect(page.locator("#count")).to_have_text("Results: 1")

    assert page.url.endswith("#q=river&year=2018")
    assert page.evaluate("document.activeElement.id") == "year"


def test_what_to_narrow_down_by_is_fetched_when_it_is_opened(page: Page, address: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    ask(page, address, "en", "river")
    assert not [url for url in asked if "/choices/" in url]
    choose(page)

    assert [url.rpartition("/")[2] for url in asked if "/choices/" in url] == ["en.js"]


def test_a_choice_in_the_address_is_shown_as_chosen(page: Page, address: str) -> None:
    assert ask(page, address, "en", "river", year="2018") == ["en/testimonies/t-5.html"]

    assert page.locator("#facets").evaluate("details => details.open")
    assert page.input_value("#year") == "2018"


def test_values_that_do_not_come_are_told_and_words_are_found(page: Page, address: str) -> None:
    page.route("**/choices/*", lambda route: route.abort())
    assert "en/testimonies/t-5.html" in ask(page, address, "en", "river")
    page.locator("#facets summary").click()

    sync_api.expect(page.locator("#hint")).to_contain_text("Try again")


# --- the address ---


def test_what_is_searched_for_stays_out_of_the_log_of_the_server(
    page: Page, address: str
) -> None:
    UnderPrefix.log.clear()
    page.goto(f"{address}en/search.html")
    page.fill("#q", "uniforms")
    page.keyboard.press("Enter")
    answered(page)
    page.reload()
    answered(page)

    assert page.url.endswith("en/search.html#q=uniforms")
    assert paths(page) == ["en/testimonies/t-1.html"]
    assert not [line for line in UnderPrefix.log if "uniforms" in line]


def test_an_address_with_a_question_mark_is_a_way_in(page: Page, address: str) -> None:
    page.goto(f"{address}en/search.html?q={quote('قامالدى')}&lang=all")
    answered(page)

    assert paths(page) == ["ug/testimonies/t-2.html"]
    assert "?" not in page.url


def test_the_way_back_leads_to_the_search_before(page: Page, address: str) -> None:
    ask(page, address, "en", "uniforms")
    page.fill("#q", "qqqqqq")
    page.keyboard.press("Enter")
    sync_api.expect(page.locator("#count")).to_contain_text("Nothing")
    page.go_back()
    page.wait_for_selector("#results > li")

    assert page.input_value("#q") == "uniforms"


# --- by keyboard, by ear, in any look ---


def test_more_results_take_the_focus_to_the_first_new_one(page: Page, address: str) -> None:
    assert len(ask(page, address, "en", "snow")) == 5
    page.focus("#more")
    page.keyboard.press("Enter")
    sync_api.expect(page.locator("#results > li")).to_have_count(10)
    sixth = page.locator("#results > li").nth(5).locator("a").first

    assert sixth.evaluate("a => a === document.activeElement")
    page.focus("#more")
    page.keyboard.press("Enter")
    sync_api.expect(page.locator("#results > li")).to_have_count(12)
    assert page.locator("#more").is_hidden()
    assert page.evaluate("document.activeElement.tagName") == "A"


def test_the_keyboard_leads_from_the_words_to_the_results_and_out(
    page: Page, address: str
) -> None:
    page.goto(f"{address}en/search.html")
    page.focus("#q")
    page.keyboard.type("uniforms")
    page.keyboard.press("Enter")
    answered(page)
    choose(page)
    page.focus("#q")
    reached = []
    for _ in range(14):
        page.keyboard.press("Tab")
        reached.append(
            page.evaluate("document.activeElement.id || document.activeElement.text")
        )

    assert reached[1] == "all"
    assert reached[3:7] == ["kind", "year", "place", "topic"]
    assert "Flashlights & dogs" in reached
    assert "People from A to Z" in reached


RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN_AXE = "axe.run({runOnly: %s}).then(r => r.violations.map(v => [v.id, v.nodes[0].html]))"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("lang", ["en", "ug", "zh-Hans"])
def test_results_fit_a_narrow_screen_and_axe_finds_nothing_narrow_or_wide(
    browser: Browser, address: str, lang: str, scheme: str, checker: Callable[[str], Any]
) -> None:
    screen = {"width": 320, "height": 640}
    context = browser.new_context(viewport=screen, color_scheme=scheme)
    page = context.new_page()
    ask(page, address, lang, "river", **EVERYWHERE)
    unlabelled = "all => all.filter(one => !one.labels.length).length"

    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.locator("input, select").evaluate_all(unlabelled) == 0
    page.evaluate(checker("axe-core/axe.min.js").read_text("utf-8"))
    assert page.evaluate(RUN_AXE % RULES) == []
    page.set_viewport_size({"width": 1280, "height": 900})
    assert page.evaluate(RUN_AXE % RULES) == []
    context.close()


@pytest.mark.parametrize("lang", ["kk", "ug", "tr"])
def test_the_browser_makes_the_same_keys_of_words(page: Page, address: str, lang: str) -> None:
    text = " ".join(p.read_text("utf-8") for p in (ROOT / "content").rglob(f"*.{lang}.md"))
    table = word_forms.table(lang)
    page.goto(f"{address}{lang}/search.html")
    made = page.evaluate(
        "([text, table]) => [...new Set(aigaqWords.keys(text, table))].sort()",
        [text, word_forms.TABLES[table]],
    )

    assert len(made) > 500
    assert sorted(made) == sorted(word_forms.keys(text, table))


def test_to_tell_one_page_from_another_nothing_more_is_fetched(
    page: Page, address: str
) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    found = ask(page, address, "en", "Qalida")

    assert len([url for url in asked if ".pf_index" in url]) <= 1
    assert len([url for url in asked if ".pf_fragment" in url]) == len(found)
    assert [url for url in asked if ".json" in url and "pagefind-entry" not in url] == []


def test_searching_is_quiet_and_asks_nobody_else(page: Page, address: str) -> None:
    said: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    ask(page, address, "en", "Халида", **EVERYWHERE)

    assert [line for line in said if "favicon" not in line] == []
    assert [url for url in asked if not url.startswith(address)] == []


def test_the_index_is_not_fetched_before_somebody_searches(page: Page, address: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{address}en/search.html")
    page.wait_for_load_state("networkidle")

    kinds = ("/search/", "names", "choices", "engine")
    assert [url for url in asked if any(kind in url for kind in kinds)] == []


def test_what_comes_before_somebody_types_is_small(site: pathlib.Path) -> None:
    def packed(*names: str) -> int:
        return sum(len(gzip.compress((site / n).read_bytes(), mtime=0)) for n in names)

    scripts = ("assets/search.js", "assets/search-words.js")
    assert packed(*scripts) < 9_000
    assert packed("ug/search.html", "assets/site.css", "assets/search.css", *scripts) < 20_000


# --- where not everything runs ---


def test_from_a_disk_names_are_found_and_the_page_says_what_is_not(
    page: Page, site: pathlib.Path
) -> None:
    page.goto((site / "en" / "search.html").as_uri() + "#q=Khalida")
    answered(page)

    assert "opened from a disk" in page.locator("#hint").inner_text()
    assert page.locator("#facets").is_hidden()
    page.locator("#results a").first.click()
    assert page.url == (site / "en" / "people" / "p-bb22.html").as_uri()


def test_without_javascript_the_page_says_so_and_sends_nothing(
    browser: Browser, address: str
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}en/search.html?q=Qalida")

    assert "needs JavaScript" in page.locator("#count").inner_text()
    assert not page.locator("form").is_visible()
    page.locator(".browse a").first.click()
    assert page.url == f"{address}en/people/index.html"
    context.close()


def test_without_webassembly_names_are_found_and_the_page_says_what_is_not(
    launch: Callable[..., Browser], address: str
) -> None:
    opened = launch("--js-flags=--jitless")
    page = opened.new_page()

    assert ask(page, address, "en", "Khalida") == ["en/people/p-bb22.html"]
    assert "WebAssembly" in page.locator("#hint").inner_text()
    assert ask(page, address, "en", "uniforms") == []
    assert page.locator("#facets").is_hidden()
    opened.close()


def test_a_missing_index_says_so_and_names_are_found(page: Page, address: str) -> None:
    page.route("**/search/en/*", lambda route: route.abort())

    assert ask(page, address, "en", "Khalida") == ["en/people/p-bb22.html"]
    assert "could not be searched just now" in page.locator("#hint").inner_text()


def test_a_language_that_is_missing_is_told(page: Page, address: str) -> None:
    page.route("**/search/ug/*", lambda route: route.abort())

    assert ask(page, address, "en", "uniforms", **EVERYWHERE) == ["en/testimonies/t-1.html"]
    assert "Some languages" in page.locator("#hint").inner_text()


def test_an_index_that_never_comes_is_waited_for_no_longer_than_that(
    page: Page, address: str
) -> None:
    page.clock.install()
    page.route("**/search/en/*", lambda route: None)
    page.goto(f"{address}en/search.html#q=Khalida")
    sync_api.expect(page.locator("#count")).to_have_text("Searching …")
    page.clock.run_for(40_000)
    answered(page)

    assert paths(page) == ["en/people/p-bb22.html"]


@pytest.mark.parametrize(
    "older",
    [
        "delete window.DecompressionStream",
        """const read = Response.prototype.json;
        Response.prototype.json = async function () {
          return {...await read.call(this), version: '9.9.9'}; }""",
    ],
)
def test_an_older_browser_or_another_engine_finds_the_same(
    browser: Browser, address: str, older: str
) -> None:
    context = browser.new_context()
    plain, page = context.new_page(), context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.add_init_script(older)

    for lang, words in (("en", "river"), ("kk", "турмеден"), ("zh-Hans", "集中營")):
        expected = ask(plain, address, lang, words, **EVERYWHERE)
        shown = plain.locator("#results").inner_text()
        assert ask(page, address, lang, words, **EVERYWHERE) == expected != []
        assert page.locator("#results").inner_text() == shown
    assert [url for url in asked if url.endswith("/pagefind.js")]
    context.close()


def test_the_script_of_the_engine_is_not_needed(page: Page, address: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    ask(page, address, "en", "river")

    assert not [url for url in asked if url.endswith("/pagefind.js")]


def test_without_the_names_words_are_found(page: Page, address: str) -> None:
    page.route("**/assets/names*", lambda route: route.abort())

    assert ask(page, address, "en", "uniforms") == ["en/testimonies/t-1.html"]
