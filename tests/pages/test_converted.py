"""Kazakh in Latin and Arabic letters: texts by table, and no page in letters of another script.

The pages are those of the placeholder archive, with the catalogues as they are shipped.
"""

from __future__ import annotations

import dataclasses
import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest

from aigaq.output import shipped, theme
from aigaq.pages import press, texts
from aigaq.pages.kinds import missing
from aigaq.words import edtf, kazakh, wording
from aigaq.words.diagnostics import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from aigaq.archive.public import PublicArchive

HEAD = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n{}"\n\n'
SCRIPTS = ("kk-Latn", "kk-Arab")
FOREIGN = {
    "kk-Latn": re.compile(r"[\u0400-\u052f]"),
    "kk-Arab": re.compile(r"[A-Za-z\u00c0-\u024f\u0400-\u052f]"),
}
# In the texts themselves: what has no other spelling.
TECHNICAL = re.compile(
    r"JavaScript|WebAssembly|Enter|Escape|#p|all.json|data/parts|data/records/ID.json|ID|BibTeX"
    r"|(CSL-)?JSON( Schema| Lines)?|CSV|UTF-8"
)
VOID = frozenset({"br", "col", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})
SPOKEN = ("aria-label", "placeholder", "alt")


def po(*pairs: tuple[str, str], head: str = "") -> str:
    rows = [f'msgid "{msgid}"\nmsgstr "{words}"\n' for msgid, words in pairs]
    return HEAD.format(head) + "\n".join(rows)


KAZAKH = po(("People", "Адамдар"), ("Search", "Іздеу"), ("By %(name)s", "Айтқан: %(name)s"))


@pytest.mark.parametrize(
    ("lang", "people", "search"),
    [("kk-Latn", "Adamdar", "Izdeu"), ("kk-Arab", "ادامدار", "ىزدەۋ")],
)
def test_texts_are_the_kazakh_ones_in_another_script(lang, people, search):
    spoken = texts.spoken(lang, {"kk": KAZAKH})
    assert (spoken.say("People"), spoken.say("Search")) == (people, search)
    assert spoken.is_converted


def test_a_name_in_a_gap_stays_as_it_is_written():
    spoken = texts.spoken("kk-Latn", {"kk": KAZAKH})
    assert spoken.say("By %(name)s", name="Қыз") == "Aitqan: <bdi>Қыз</bdi>"


def test_both_forms_of_a_plural_are_converted():
    head = "Plural-Forms: nplurals=2; plural=(n != 1);\\n"
    plural = 'msgid "%(n)s day"\nmsgid_plural "%(n)s days"\nmsgstr[0] "%(n)s күн"\n'
    spoken = texts.spoken("kk-Arab", {"kk": po(head=head) + plural + 'msgstr[1] "%(n)s күн"\n'})
    said = [spoken.catalogue.ngettext("%(n)s day", "%(n)s days", n) for n in (1, 2)]
    assert said == ["%(n)s كۇن", "%(n)s كۇن"]


def test_a_text_that_is_missing_in_kazakh_is_english():
    assert texts.spoken("kk-Arab", {"kk": KAZAKH}).say("Home") == "Home"


def test_an_editors_own_text_goes_before_and_the_table_gives_the_rest():
    own = po(("Search", "İzdeu"), ("People", ""), ("Home", "Basty bet"))
    spoken = texts.spoken("kk-Latn", {"kk": KAZAKH, "kk-Latn": own})
    said = [str(spoken.say(msgid)) for msgid in ("Search", "People", "Home")]
    assert said == ["İzdeu", "Adamdar", "Basty bet"]
    assert spoken.is_converted


@pytest.mark.parametrize(("head", "is_draft"), [("", False), ("X-Status: draft\\n", True)])
def test_a_whole_catalogue_of_its_own_tells_its_own_status(head, is_draft):
    own = po(
        *(("People", "Adamdar"), ("Search", "Izdeu"), ("By %(name)s", "%(name)s aitqan")),
        head=head,
    )
    spoken = texts.spoken("kk-Latn", {"kk": KAZAKH, "kk-Latn": own})
    assert (spoken.is_converted, spoken.is_draft) == (False, is_draft)


@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
def test_other_languages_are_not_converted(lang):
    spoken = texts.spoken(lang, {"kk": KAZAKH, "ru": po(("People", "Люди"))})
    assert not spoken.is_converted


def test_without_kazakh_there_is_nothing_to_convert_and_a_warning_says_so():
    told = list(texts.problems({"kk-Arab": Span("site.yaml", 2)}, {"ru": KAZAKH}))
    assert [problem.code for problem in told] == ["T004"]
    assert texts.spoken("kk-Arab", {}).say("People") == "People"


def test_with_kazakh_no_catalogue_is_missing():
    spoken = {lang: Span("site.yaml", 2) for lang in SCRIPTS}
    assert list(texts.problems(spoken, {"kk": KAZAKH})) == []


def test_a_broken_kazakh_catalogue_is_told_once_for_all_scripts():
    spoken = {lang: Span("site.yaml", 2) for lang in ("kk", *SCRIPTS)}
    told = list(texts.problems(spoken, {"kk": 'msgid "A"\ngarbage"\n'}))
    assert [(p.code, str(p.span)) for p in told] == [("T005", "theme/locales/kk.po:2")]


@pytest.mark.parametrize(
    ("lang", "shown"), [("kk-Latn", "{0} jäne Қ"), ("kk-Arab", "{0} جانە Қ")]
)
def test_names_are_joined_by_words_of_the_script_and_stay_themselves(lang, shown):
    assert texts.of(lang, "").enumeration(["{0}", "Қ"]) == shown


@pytest.mark.parametrize("lang", SCRIPTS)
def test_months_are_those_of_the_table(lang):
    write = kazakh.writer(lang)
    assert write is not None
    assert wording.month_names(lang) == tuple(map(write, wording.month_names("kk")))


@pytest.mark.parametrize("lang", SCRIPTS)
def test_the_words_for_a_wrong_address_are_those_of_the_table(lang):
    write = kazakh.writer(lang)
    assert write is not None
    assert missing._WORDS[lang] == tuple(map(write, missing._WORDS["kk"]))


# --- all pages ---


class Words(HTMLParser):
    """What a page says in its own language: `(inside a name or number, words)`."""

    def __init__(self, lang: str) -> None:
        super().__init__()
        self.lang = lang
        self.open = [("", lang)]
        self.said: list[tuple[bool, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        lang = attributes.get("lang", self.open[-1][1])
        if lang == self.lang:
            spoken = {k: v for k, v in attributes.items() if k in SPOKEN or k[:5] == "data-"}
            self.said += [(False, words) for words in spoken.values()]
        if tag not in VOID:
            self.open.append((tag, lang))

    def handle_endtag(self, tag: str) -> None:
        self.open.pop()

    def handle_data(self, data: str) -> None:
        tag, lang = self.open[-1]
        # <title> may hold a title in another language, <script> and <pre> hold data.
        if lang == self.lang and tag not in {"title", "script", "pre"}:
            self.said.append((any(name == "bdi" for name, _ in self.open), data.strip()))


@pytest.fixture
def pages(
    archive: PublicArchive, pages_of: Callable[[PublicArchive], Mapping], tmp_path: Path
) -> Callable[[str], Iterator[tuple[str, str]]]:
    """`pages(lang)`: path and HTML of every page of a language, as a reader gets them."""
    site = dataclasses.replace(archive.site, languages=("en", *SCRIPTS))
    made = dataclasses.replace(archive, site=site)
    look = theme.read(tmp_path)
    printer = press.of(site, templates=look.templates, catalogues=look.catalogues)

    def of(lang: str) -> Iterator[tuple[str, str]]:
        for path, page in pages_of(made).items():
            if page.lang == lang:
                artifact, problem = press.artifact(printer, page)
                assert artifact is not None, problem
                yield path, artifact.data.decode("utf-8")

    return of


def said(html: str, lang: str) -> list[tuple[bool, str]]:
    words = Words(lang)
    words.feed(html)
    return words.said


@pytest.mark.parametrize("lang", SCRIPTS)
def test_no_page_has_a_word_in_cyrillic_that_is_not_marked_so(pages, lang):
    # A list of names stands under their first letters, in any script.
    found = [
        (path, words)
        for path, html in pages(lang)
        for _, words in said(html, lang)
        if FOREIGN["kk-Latn"].search(words) and len(words) > 1
    ]
    assert found == []


def test_no_page_in_arabic_letters_has_a_latin_word_but_names_and_codes(pages):
    found = [
        (path, words)
        for path, html in pages("kk-Arab")
        for is_name, words in said(html, "kk-Arab")
        if not is_name and FOREIGN["kk-Arab"].search(TECHNICAL.sub("", words))
    ]
    assert found == []


@pytest.mark.parametrize("lang", SCRIPTS)
def test_every_page_says_that_it_was_converted(pages, lang):
    notice = texts.spoken(lang, {"kk": KAZAKH_AS_SHIPPED}).say(NOTICE)
    silent = [path for path, html in pages(lang) if "<body>" in html and notice not in html]
    assert silent == []
    assert notice != NOTICE


def test_marks_in_arabic_letters_are_arabic_too(pages):
    found = [
        (path, words)
        for path, html in pages("kk-Arab")
        for is_name, words in said(html, "kk-Arab")
        if not is_name and re.search(r"[?;]|,(?!\d)", words)
    ]
    assert found == []


def test_every_form_of_a_date_is_in_its_script():
    forms = ["2018~", "before 2018-03", "since 2018-03-05", "[2017,2019]", "199X", "2017-22"]
    for lang in SCRIPTS:
        spoken = texts.spoken(lang, {"kk": KAZAKH_AS_SHIPPED})
        for form in forms:
            date = edtf.parse(form)
            assert isinstance(date, edtf.EdtfDate)
            assert not FOREIGN[lang].search(spoken.date(date)), form


NOTICE = (
    "The words of this interface were converted by machine from another script; "
    "no native reader has checked them yet."
)
KAZAKH_AS_SHIPPED = (shipped.folder("theme") / "locales" / "kk.po").read_text("utf-8")
