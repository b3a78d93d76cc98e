from __future__ import annotations

import html
import itertools
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from aigaq.desk import form
from aigaq.desk.tongues import read as tongue_of
from aigaq.source import disk, frontmatter, records
from aigaq.source.document import Source
from aigaq.source.markup import convert
from aigaq.words.tongue import ENGLISH

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import BrowserContext, Page

pytestmark = pytest.mark.browser
LANGUAGES = ["en", "kk", "ug"]
TITLE = "She said: \"no\" — #1 {a: [b]} \\n & 'so' %s 🧣 بىر كۈنى"
WORDS = """\
# No heading, 10:30
---
They said: "yes", and *nobody* [looked] at <her> _again_ `now` \\ & &amp; {{x}} ((y)).

:::
::: hard death

---

    Four spaces, then words.
بىز ئۇنى كۆرمىدۇق، «ياق» دېدى. 🧣👩‍👩‍👧

- one
1. two
2024. a year
===
+++
name: Placeholder
other: Value

> told
| a | b |
| - | - |
<<<<<<< ours
[^1]: note ![x](y.jpg) http://example.org/a_b_c
—————"""


@pytest.fixture(params=["en", "kk"])
def opened(
    request: pytest.FixtureRequest,
    context: Callable[..., BrowserContext],
    tmp_path: Path,
) -> Iterator[Page]:
    """The form in a language, from a disk, in a browser without a network."""
    tongue = ENGLISH if request.param == "en" else tongue_of(request.param)
    (tmp_path / "form.html").write_text(form.page(LANGUAGES, tongue, mirrors=True), "utf-8")
    there = context(offline=True, accept_downloads=True)
    page = there.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda asked: said.append(asked.url))
    page.goto((tmp_path / "form.html").as_uri())
    said.clear()
    yield page
    assert [one for one in said if not re.match(r"blob:|file:.*/form\.html$", one)] == []


def fill(page: Page, **more: str | list[str]) -> None:
    """The answers of a testimony with all its records, and `more` by their keys."""
    answers: dict[str, Any] = {
        "text.lang": "ug",
        "text.title": TITLE,
        "text.summary": "One: two\nthree # four",
        "narrator.protect": "open",
        "narrator.names": "Placeholder: 'Name' #1",
        "narrator.role": "narrator",
        "about.whom": "other",
        "about.relation": "mother",
        "about.protect": "pseudonym",
        "about.names": "Aunt A.",
        "interview.date": "about 2024",
        "text.source": '"Interview": by #us',
        "consent.date": "2024-03-09",
        "consent.scope": ["site", "translate", "mirror", "data-download"],
        "consent.names": "real",
        "consent.faces": "none",
        "consent.voices": "own",
        "consent.review_after": "2034-03-09",
        "consent.after_review": "restrict",
        "text.words": WORDS,
    } | more
    for key, answer in answers.items():
        field = page.locator(f'[name="{key}"]').first
        if isinstance(answer, list):
            for one in answer:
                page.check(f'[name="{key}"][value="{one}"]')
        elif field.evaluate("one => one.tagName") == "SELECT":
            field.select_option(answer)
        else:
            field.fill(answer)


def save(page: Page, folder: Path) -> list[Path]:
    """The files that the form gives, in the folders that it names."""
    page.click("button[type=submit]")
    assert page.locator(".mistake:not(:empty)").all_inner_texts() == []
    made = []
    for link in page.locator("#made a").all():
        with page.expect_download() as download:
            link.click()
        name = download.value.suggested_filename
        told = link.locator("xpath=following-sibling::p[1]").inner_text()
        found = re.search(r"content/\w+", told)
        assert found
        made.append(folder / found[0] / name)
        made[-1].parent.mkdir(parents=True, exist_ok=True)
        download.value.save_as(made[-1])
    return made


def published(path: Path) -> None:
    """Takes out the line that keeps a text from being published, as an editor does."""
    text = path.read_text("utf-8")
    path.write_text(re.sub(r"(?m)^draft: true.*\n", "", text), "utf-8")


def typed(body: str) -> str:
    """What was typed, of what the form wrote: without backslashes and numbered signs."""
    return re.sub(
        r"\\([!-/:-@[-`{-~])|&#(\d+);",
        lambda one: one[1] or chr(int(one[2])),
        body,
        flags=re.ASCII,
    )


def seen(body: str) -> str:
    """What a reader sees of a body, with single spaces."""
    made, found = convert.convert(
        body, path="x", first_line=1, labels=frozenset(), language="ug"
    )
    assert [str(one) for one in found if one.is_error] == []
    shown = " ".join(re.sub(r"<[^>]*>", "", block.html) for block in made.blocks)
    return " ".join(html.unescape(shown).split())


def test_the_saved_files_make_a_site_without_an_error(
    opened: Page, site: Any, tmp_path: Path
) -> None:
    site.config(languages=LANGUAGES, mirrors=True)
    fill(opened)

    files = save(opened, site.root)
    published(files[0])

    assert [one.relative_to(site.root / "content").parts[0] for one in files] == [
        "testimonies",
        "people",
        "people",
        "consent",
    ]
    assert [str(one) for one in site.check() if one.is_error] == []
    assert site.build().status == 0


def test_several_people_facts_and_where_it_was_published_are_files_without_an_error(
    opened: Page, site: Any
) -> None:
    site.config(languages=LANGUAGES, mirrors=True)
    fill(opened)
    opened.click('[data-add="about"]')
    fill(opened, **{
        "about2.whom": "other", "about2.relation": "brother", "about2.protect": "open",
        "about2.names": 'B. "Two"', "about2.role": "missing",
    })  # fmt: skip
    for _ in range(3):
        opened.click('[data-add="claim"]')
    fill(opened, **{
        "claim.what": "detained", "claim.about": "about2", "claim.status": "camp",
        "claim.when": "about 2017", "claim.known_by": "from-family", "claim.at": "1",
        "claim2.what": "sentenced", "claim2.about": "about2", "claim2.years": "1.5",
        "claim3.what": "other", "claim3.about": "narrator", "claim3.words": "One: # two",
        "claim4.what": "reason", "claim4.about": "about2", "claim4.reason": "religion-practice",
        "claim4.given_by": "family", "claim4.certainty": "possible",
        "original.outlet": "Example: Outlet", "original.published": "2020-03",
        "original.url": "https" + "://example.org/a?b=c#d", "original.rights": "permission",
    })  # fmt: skip

    files = save(opened, site.root)
    published(files[0])

    assert [one.parent.name for one in files[1:]] == ["people"] * 3 + ["consent"]
    assert [str(one) for one in site.check() if one.is_error] == []
    sources, _, _ = disk.sources(site.root)
    (text,) = records.read(sources)[0].texts
    told, brother = text.record.claims, files[3].stem
    assert [one.what for one in told] == ["detained", "sentenced", "other", "reason"]
    assert [one.about for one in told] == [brother, brother, files[1].stem, brother]
    assert (told[0].status, told[1].years, told[3].reason) == ("camp", 1.5, "religion-practice")
    assert [one.person for one in text.record.about] == [files[2].stem, brother]
    assert text.record.original.rights == "permission"
    assert "# about:" not in files[0].read_text("utf-8")


@pytest.mark.parametrize(
    ("answers", "where"),
    [
        ({"claim.what": "died"}, "claim-about"),
        ({"claim.about": "about", "claim.what": "detained"}, "claim-status"),
        (
            {"claim.about": "about", "claim.what": "sentenced", "claim.years": "many"},
            "claim-years",
        ),
        (
            {"claim.about": "about", "claim.what": "died", "claim.when": "in the summer"},
            "claim-when",
        ),
        ({"claim.about": "about", "claim.what": "died", "claim.at": "0"}, "claim-at"),
        ({"original.outlet": "X"}, "original-rights"),
        ({"original.url": "example.org", "original.rights": "own"}, "original-url"),
        ({"original.outlet": "X", "original.rights": "unclear"}, "original-rights"),
    ],
)
def test_what_a_fact_or_a_publication_lacks_is_told_at_the_field(
    opened: Page, answers: dict[str, str], where: str
) -> None:
    fill(opened, **answers)
    opened.click("button[type=submit]")
    wrong = opened.locator("[aria-invalid=true]").evaluate_all("all => all.map(one => one.id)")
    assert wrong == [where]


def test_words_come_back_byte_for_byte(opened: Page, site: Any) -> None:
    site.config(languages=LANGUAGES)
    fill(opened)

    save(opened, site.root)

    sources, _, _ = disk.sources(site.root)
    written, _ = records.read(sources)
    (text,) = written.texts
    assert text.record.title == TITLE
    assert text.record.summary == "One: two three # four"
    assert typed(text.body).strip("\n") == WORDS
    assert seen(text.body) == " ".join(WORDS.split())
    narrator = next(one for one in written.people if one.id == text.record.told_by[0].person)
    assert narrator.record.names[0].text == "Placeholder: 'Name' #1"


SIGNS = (
    "#",
    "---",
    ":::",
    "*",
    "_",
    "a: b",
    " ",
    "    ",
    "\n",
    "\n\n",
    "1.",
    ">",
    "|",
    "=",
    "[^x]",
)
MORE = ("`", "\\", "{{", "((", "<b>", "&amp;", "ئۇ", "🧣", "word", "[[", "](", "~~~", "NAME:")


def test_any_signs_are_read_as_words(opened: Page, size: Callable[[int, int], int]) -> None:
    pairs = list(itertools.product((*SIGNS, *MORE), repeat=3))
    some = ["".join(one) for one in pairs[:: size(7, 1)]]

    bodies = opened.evaluate("some => some.map(plain)", some)

    wrong = []
    for before, body in zip(some, bodies, strict=True):
        source = Source("content/pages/x.ug.md", f"---\ntitle: x\n---\n\n{body}\n", "")
        document, found = frontmatter.parse(source, language="ug")
        if found or document is None or seen(body) != " ".join(before.split()):
            wrong.append((before, body, [str(one) for one in found]))
    assert wrong == []


def test_a_fact_of_somebody_who_is_gone_is_nobodys_until_somebody_says_whose(
    opened: Page,
) -> None:
    fill(opened, **{"claim.what": "died", "claim.about": "about"})
    opened.click('[data-add="claim"]')

    opened.select_option('[name="about.whom"]', "narrator")
    opened.select_option('[name="about.whom"]', "other")
    opened.click("button[type=submit]")

    assert opened.input_value('[name="claim.about"]') == ""
    assert opened.input_value('[name="claim2.about"]') == ""
    assert opened.locator("[aria-invalid=true]").get_attribute("id") == "claim-about"


def test_what_is_missing_is_told_at_the_field(opened: Page) -> None:
    fill(opened, **{"text.title": "  ", "interview.date": "31.2.2024", "consent.scope": []})

    opened.click("button[type=submit]")

    wrong = opened.locator("[aria-invalid=true]").evaluate_all("all => all.map(one => one.id)")
    assert wrong == ["text-title", "interview-date", "consent-scope"]
    assert opened.evaluate("document.activeElement.id") == "text-title"
    assert opened.locator("#made a").count() == 0


def test_nobody_leaves_with_words_that_are_not_saved(opened: Page, tmp_path: Path) -> None:
    asked: list[str] = []
    opened.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    fill(opened)
    opened.reload()
    assert asked == ["beforeunload"]
    assert opened.input_value('[name="text.words"]') == ""

    fill(opened)
    save(opened, tmp_path)
    opened.reload()

    assert asked == ["beforeunload"]


@pytest.mark.parametrize(
    ("level", "name"), [("initials", "A. B."), ("pseudonym", "Aunt A."), ("group-only", None)]
)
def test_a_protected_person_gets_a_file_that_check_accepts(
    opened: Page, site: Any, level: str, name: str | None
) -> None:
    site.config(languages=LANGUAGES)
    fill(opened, **{"narrator.names": "A. B.", "narrator.protect": "open"})
    opened.select_option('[name="narrator.protect"]', level)
    if name:
        opened.fill('[name="narrator.names"]', name)
    opened.select_option('[name="consent.names"]', "pseudonym")

    files = save(opened, site.root)

    assert [str(one) for one in site.check() if one.is_error] == []
    assert "#" not in files[1].read_text("utf-8")
    assert ("names:" in files[1].read_text("utf-8")) == (name is not None)


def test_records_that_are_there_are_named_and_not_made_again(
    opened: Page, tmp_path: Path
) -> None:
    opened.fill('[name="narrator.id"]', "p-6k3t")
    opened.fill('[name="consent.id"]', "c-7m2p")
    opened.fill('[name="text.title"]', "A title")
    opened.fill('[name="interview.date"]', "2024")

    (text,) = save(opened, tmp_path)

    written = text.read_text("utf-8")
    assert "\ntold_by: p-6k3t\n" in written
    assert "\nconsent: c-7m2p\n" in written


def test_it_fits_a_narrow_screen(opened: Page) -> None:
    opened.set_viewport_size({"width": 320, "height": 600})
    fill(opened)
    opened.click("button[type=submit]")
    assert opened.evaluate("document.documentElement.scrollWidth") <= 320


def test_nothing_is_kept_in_the_browser(opened: Page, tmp_path: Path) -> None:
    fill(opened)
    save(opened, tmp_path)

    assert opened.evaluate("[localStorage.length, sessionStorage.length, document.cookie]") == [
        0,
        0,
        "",
    ]


def test_letters_that_nobody_sees_do_not_come_along(opened: Page, site: Any) -> None:
    site.config(languages=LANGUAGES)
    hidden = "a\u00adb\u200cc\u202ed\ufeff e\u2028f\tg"
    fill(opened, **{"text.lang": "kk", "text.title": hidden, "text.words": hidden})

    text = save(opened, site.root)[0].read_text("utf-8")

    assert '\ntitle: "abcd e f g"\n' in text
    assert text.endswith("\n---\n\nabcd e\nf g\n")
    assert [str(one) for one in site.check() if one.is_error] == []


def test_a_testimony_is_written_with_the_keyboard_alone(opened: Page) -> None:
    opened.focus('[name="text.lang"]')
    seen = []
    for _ in range(60):
        opened.keyboard.press("Tab")
        seen.append(
            opened.evaluate("document.activeElement.name || document.activeElement.type")
        )
    opened.focus('[name="text.title"]')
    opened.keyboard.press("Enter")

    assert {"text.title", "narrator.protect", "consent.scope", "text.words", "submit"} <= {
        *seen
    }
    assert opened.locator("[aria-invalid=true]").count() > 0


def test_axe_finds_nothing(
    opened: Page, checker: Callable[[str], Path], tmp_path: Path
) -> None:
    opened.evaluate(checker("axe-core/axe.min.js").read_text("utf-8"))
    opened.select_option('[name="about.whom"]', "other")
    opened.click("button[type=submit]")
    found = opened.evaluate("axe.run().then(({violations}) => violations.map(one => one.id))")
    fill(opened)
    save(opened, tmp_path)
    found += opened.evaluate("axe.run().then(({violations}) => violations.map(one => one.id))")
    assert found == []
