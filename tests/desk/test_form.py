from __future__ import annotations

import gzip
import json
import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

from aigaq import cli
from aigaq.desk import form, papers, questions, scaffold, sheet, tongues
from aigaq.source.schema import claims, records, texts
from aigaq.words import vocabularies
from aigaq.words.tongue import ENGLISH

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

LANGUAGES = ("en", "kk", "ru")
KEYS = {one.key for part in questions.PARTS for one in part.questions}


def tongue_of(lang: str) -> Any:
    return ENGLISH if lang == "en" else tongues.read(lang)


def pages(lang: str = "en") -> list[str]:
    return [form.page(["en", "kk"], tongue_of(lang)), sheet.page(tongue_of(lang))]


class Read(HTMLParser):
    """The elements of a page, and which of them have labels."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.unlabelled: list[str] = []
        self._in_label = False
        self._labels: set[str | None] = set()
        self._fields: list[str | None] = []
        self.feed(text)
        self.unlabelled = [str(one) for one in self._fields if one not in self._labels]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.elements.append((tag, given))
        if tag == "label":
            self._in_label = True
            self._labels.add(given.get("for"))
        if tag in {"input", "select", "textarea"} and not self._in_label:
            self._fields.append(given.get("id"))

    def handle_endtag(self, tag: str) -> None:
        self._in_label = self._in_label and tag != "label"


# What is asked


@pytest.mark.parametrize(
    ("record", "model"),
    [("text", texts.Text), ("narrator", records.Person), ("consent", records.Consent)],
)
def test_whatever_a_record_must_have_is_asked_for(record: str, model: Any) -> None:
    others = {"text.told_by": "narrator.id", "text.consent": "consent.id"}
    others["consent.given_by"] = "narrator.id"
    wanted = {f"{record}.{key}" for key in (*model.required, *model.remedies)}
    assert {others.get(key, key) for key in wanted} - KEYS == set()


@pytest.mark.parametrize(
    ("prefix", "model"),
    [
        ("text", texts.Text),
        ("narrator", records.Person),
        ("about", records.Person),
        ("consent", records.Consent),
        ("interview", texts.Interview),
        ("original", texts.Original),
        ("claim", claims.Claim),
    ],
)
def test_whatever_is_asked_for_is_a_key_of_the_record(prefix: str, model: Any) -> None:
    own = {"text.lang", "text.words", "about.whom", "about.relation"}
    asked = {key for key in KEYS - own if key.startswith(f"{prefix}.")}
    assert {key.partition(".")[2] for key in asked} - {"id", *model.keys} == set()


@pytest.mark.parametrize("name", sorted(set(questions.WORDS) - {"about_whom", "claim_about"}))
def test_a_list_is_offered_whole_but_for_those_whose_words_may_not_be_here(name: str) -> None:
    hidden = vocabularies.PROTECT_HIDES if name == "protect" else ()
    known = [key for key in vocabularies.LISTS[name] if key not in hidden]
    assert list(questions.WORDS[name]) == known


@pytest.mark.parametrize(
    "question", [one for part in questions.PARTS for one in part.questions]
)
def test_what_a_question_hangs_on_is_asked_for(question: questions.Question) -> None:
    assert not question.when or question.when.partition("=")[0] in KEYS


def test_the_skeletons_have_every_line_that_the_script_fills() -> None:
    whole = "\n".join(scaffold.skeleton(name) for name in ("testimony", "person", "consent"))
    script = papers.inline("form.js")
    lines = re.findall(r'(?:\[|given\()"((?:# )?[ \-\w]+:(?: \w+| \[\])?)", ', script)
    assert len(lines) > 15
    assert [line for line in lines if not re.search(rf"(?m)^{re.escape(line)}", whole)] == []


# The page


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_page_names_an_address_or_another_file(lang: str) -> None:
    for page in pages(lang):
        assert re.findall(r"https?:|//[a-z]|\bsrc=|\bhref=|@import|url\(", page) == []
        assert "default-src 'none'" in page


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_field_has_a_label_and_no_two_elements_an_id(lang: str) -> None:
    for page in pages(lang):
        read = Read(page)
        ids = [given["id"] for _, given in read.elements if "id" in given]
        assert read.unlabelled == []
        assert len(ids) == len(set(ids))
        assert dict(read.elements[0][1]).get("lang") == lang


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_form_can_be_sent_in_a_chat(lang: str) -> None:
    assert len(gzip.compress(pages(lang)[0].encode())) <= 17_000


def test_the_script_asks_nobody_and_keeps_nothing() -> None:
    script = papers.inline("form.js")
    words = (
        r"fetch|XMLHttp|WebSocket|sendBeacon|[a-z]+Storage|indexedDB|cookie|innerHTML|eval\("
    )
    assert re.findall(words, script) == []


def test_data_cannot_end_the_script_early() -> None:
    page = form.page(["en"], ENGLISH)
    data = page.partition('id="data">')[2].partition("</script>")[0]
    assert "<" not in data
    assert json.loads(data)["skeletons"]["person"] == scaffold.skeleton("person")


@pytest.mark.parametrize("lang", ["kk", "ru"])
def test_a_language_that_nobody_has_checked_is_called_a_draft(lang: str) -> None:
    words = tongue_of(lang).say("The words of this page in this language are a draft.")
    assert all(words in page for page in pages(lang))
    assert all('class="draft"' not in page for page in pages())


@pytest.mark.parametrize("lang", ["kk", "ru"])
def test_every_sentence_is_translated(lang: str) -> None:
    texts_of = tongue_of(lang).texts
    assert [one for one in papers.sentences() if texts_of.gettext(one) == one] == []


# The commands


@pytest.fixture
def run(site: Any) -> Callable[..., Any]:
    return lambda *args: CliRunner().invoke(
        cli.main_group, [*map(str, args), "--root", str(site.root)]
    )


@pytest.mark.parametrize("name", ["form", "sheet"])
def test_a_command_writes_its_page(run: Callable[..., Any], name: str, tmp_path: Path) -> None:
    told = run(name, "--to", tmp_path / "a.html", "--language", "kk", "-q")

    assert (told.exit_code, told.output) == (0, f"{tmp_path / 'a.html'}\n")
    assert '<html lang="kk" dir="ltr"' in (tmp_path / "a.html").read_text("utf-8")


def test_the_form_offers_the_languages_of_the_site(
    run: Callable[..., Any], site: Any, tmp_path: Path
) -> None:
    site.config(languages=["ug", "zh-Hans"])

    run("form", "--to", tmp_path / "a.html")

    offered = re.findall(r'<option value="([\w-]+)">[^<]*\(', (tmp_path / "a.html").read_text())
    assert offered == ["ug", "zh-Hans"]


def test_a_page_is_made_anew_and_nothing_else_is_replaced(
    run: Callable[..., Any], tmp_path: Path
) -> None:
    (tmp_path / "mine.html").write_text("mine")
    run("sheet", "--to", tmp_path / "ours.html")

    again = run("sheet", "--to", tmp_path / "ours.html")
    refused = run("sheet", "--to", tmp_path / "mine.html")

    assert again.exit_code == 0
    assert refused.exit_code == 3
    assert "N007" in refused.output
    assert (tmp_path / "mine.html").read_text() == "mine"
