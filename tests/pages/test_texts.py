from __future__ import annotations

import pytest
from markupsafe import Markup

from aigaq.pages import texts
from aigaq.words import edtf, kazakh, languages
from aigaq.words.diagnostics import Span

HEAD = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n{}"\n\n'


def catalogue(lang, *pairs, head=""):
    rows = [f'msgid "{msgid}"\nmsgstr "{words}"\n' for msgid, words in pairs]
    return texts.of(lang, HEAD.format(head) + "\n".join(rows))


def test_a_gap_is_isolated_so_that_no_name_turns_the_direction():
    said = catalogue("ug", ("By %(name)s", "%(name)s ئېيتقان")).say("By %(name)s", name="AIGUL")
    assert said == "<bdi>AIGUL</bdi> ئېيتقان"


def test_a_gap_is_escaped():
    said = texts.of("en", "").say("By %(name)s", name="<script>alert(1)</script>")
    assert said == "By <bdi>&lt;script&gt;alert(1)&lt;/script&gt;</bdi>"


def test_what_is_isolated_already_is_not_escaped_twice():
    assert texts.isolated(texts.isolated("a & b")) == "<bdi><bdi>a &amp; b</bdi></bdi>"


def test_a_text_without_gaps_may_hold_a_percent_sign():
    assert texts.of("en", "").say("100 % of it") == "100 % of it"


def test_a_text_that_is_missing_is_english():
    assert catalogue("kk", ("People", "Адамдар"), ("Home", "")).say("Home") == "Home"


def test_a_text_that_nobody_is_sure_of_is_not_used():
    po = HEAD.format("") + '#, fuzzy\nmsgid "Home"\nmsgstr "Үй"\n'
    assert texts.of("kk", po).say("Home") == "Home"


def test_labels_of_lists_have_a_context():
    po = HEAD.format("") + 'msgctxt "status"\nmsgid "in prison"\nmsgstr "түрмеде"\n'
    spoken = texts.of("kk", po)
    assert spoken.label("status", "prison") == "түрмеде"
    assert spoken.say("in prison") == "in prison"


@pytest.mark.parametrize(("head", "is_draft"), [("X-Status: draft\\n", True), ("", False)])
def test_a_draft_says_so_in_its_header(head, is_draft):
    assert catalogue("kk", ("People", "Адамдар"), head=head).is_draft is is_draft


@pytest.mark.parametrize(
    ("lang", "shown"),
    [
        ("ug", "A، B، C"),
        ("ug-Latn", "A, B, C"),
        ("ru", "A, B и C"),
        ("zh-Hans", "A、B和C"),
        ("tr", "A, B ve C"),
    ],
)
def test_names_are_joined_as_the_language_does(lang, shown):
    assert texts.of(lang, "").enumeration(["A", "B", "C"]) == shown


@pytest.mark.parametrize(
    ("lang", "shown"), [("en", "A, B, C"), ("ug", "A، B، C"), ("zh-Hans", "A、B、C")]
)
def test_links_are_joined_with_the_comma_of_the_language(lang, shown):
    assert texts.of(lang, "").joined(["A", "B", "C"], Markup) == shown


def test_what_is_joined_is_escaped_unless_it_is_html():
    shown = texts.of("en", "").joined(["<b>", Markup("<bdi>A</bdi>")], lambda item: item)
    assert shown == "&lt;b&gt;, <bdi>A</bdi>"


@pytest.mark.parametrize("lang", languages.KNOWN)
def test_every_known_language_can_say_lists_numbers_and_dates(lang):
    spoken = texts.of(lang, "")
    date = edtf.parse("2017-08-21~")
    shown = [spoken.enumeration(["A", "B"]), spoken.number(1234), spoken.date(date)]
    assert all(shown)


@pytest.mark.parametrize("lang", ["en", "ug"])
@pytest.mark.parametrize("items", [[], ["A"]])
def test_a_list_of_none_or_one_has_no_joiner(lang, items):
    assert texts.of(lang, "").enumeration(items) == "".join(items)


def test_no_date_is_no_words():
    assert texts.of("en", "").date(None) == ""


@pytest.mark.parametrize(
    ("lang", "direction"), [("ug", "rtl"), ("ug-Cyrl", "ltr"), ("en", "ltr")]
)
def test_the_direction_is_that_of_the_script(lang, direction):
    assert texts.of(lang, "").direction == direction


def test_a_language_without_a_catalogue_is_a_warning_at_its_place() -> None:
    span = Span("site.yaml", 2, 13)

    found = list(texts.problems({"en": Span("site.yaml", 2, 9), "he": span}, {"en": "#"}))

    told = [problem for problem in found if problem.code == "T004"]
    assert [problem.span for problem in told] == [span]
    assert not told[0].is_error


def test_a_broken_catalogue_is_an_error_at_its_line() -> None:
    found = list(texts.problems({"kk": Span("site.yaml")}, {"kk": 'msgid "A"\ngarbage"\n'}))

    assert [(problem.code, str(problem.span)) for problem in found] == [
        ("T005", "theme/locales/kk.po:2")
    ]


OURS = """
msgid ""
msgstr "X-Status: draft\\nContent-Type: text/plain; charset=utf-8\\n"

msgid "People"
msgstr "Адамдар"

msgctxt "status"
msgid "in prison"
msgstr "түрмеде"
"""
OWN = """
msgid ""
msgstr "Content-Type: text/plain; charset=utf-8\\n"

msgid "People"
msgstr "Біздің адамдар"
"""


@pytest.mark.parametrize("lang", ["kk", "kk-Latn"])
def test_a_site_changes_one_text_and_keeps_all_others(lang):
    made = texts.spoken(lang, {"kk": OWN, "shipped/kk": OURS})
    write = kazakh.writer(lang) or str
    assert made.say("People") == write("Біздің адамдар")
    assert made.say_in("status", "in prison") == write("түрмеде")


def test_the_texts_of_a_site_are_no_draft_where_it_has_every_one():
    assert texts.spoken("kk", {"kk": OWN, "shipped/kk": OURS}).is_draft
    whole = OWN + OURS.partition('msgstr "Адамдар"')[2]
    assert not texts.spoken("kk", {"kk": whole, "shipped/kk": OURS}).is_draft


def test_a_broken_catalogue_is_told_of_in_the_folder_of_the_theme():
    broken = 'msgid "One"\nmsgid "Two"\n'
    spoken = {"kk": Span("site.yaml", 2)}
    [problem] = texts.problems(spoken, {"kk": broken, "shipped/kk": OURS}, "look")
    assert problem.span.path == "look/locales/kk.po"
