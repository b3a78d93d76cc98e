from __future__ import annotations

from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aigaq.archive.public import Site
from aigaq.pages import context, render, texts
from aigaq.pages.context import Link, Phrase
from aigaq.pages.labels import Label, Labels
from aigaq.pages.page import Contents, Page
from aigaq.words.localised import Localised

KNOWN = Labels(
    (
        Label(kind="person", id="p-1", title=Localised.of({"en": "A"})),
        Label(kind="organisation", id="org-1", title=Localised.of({"en": "O"})),
        Label(kind="text", id="t-1", title=Localised.of({"en": "T"})),
        Label(kind="group", id="g-1", title=Localised.of({"en": "G"})),
    )
)


@dataclass(frozen=True)
class View:
    """What the templates of these tests see."""

    title: Any = ""


def rendered(
    templates, view=View(), *, path="en/testimonies/t-9.html", po_text="", direction="ltr"
):
    """`(text, problems)` of the template `page.html`."""
    if isinstance(templates, str):
        templates = {"page.html": templates}
    page = Page(path=path, kind="x", lang="en", contents=Contents((), KNOWN))
    interface = texts.of("en", po_text)
    here = context.Context(page, Site(title=Localised()), interface)
    made, found = render.page(
        render.environment(templates, interface),
        "page.html",
        view=view,
        frame=SimpleNamespace(path=path, lang="en", dir=direction),
        context=here,
    )
    return made and made.data.decode(), found


def html(template, title=""):
    text, found = rendered(template, View(title))
    assert found == []
    return text


# --- empty lines ---


def test_empty_lines_go_but_not_where_text_is_preformatted():
    pre = "<pre>a\n\nb\n \nc</pre>"
    text = html(f"<p>\n\n\n</p>\n{pre}\n\n<p>\n \n</p>{pre}")
    assert text == f"<p>\n</p>\n{pre}\n<p>\n</p>{pre}"


# --- faults of templates ---


def test_what_a_view_does_not_have_is_told_with_template_and_line():
    text, [problem] = rendered("one\n{{ page.nothing }}\n")
    assert text is None
    assert (problem.code, str(problem.span)) == ("T001", "templates/page.html:2")
    assert "nothing" in problem.message
    assert "en/testimonies/t-9.html" in problem.message


@pytest.mark.parametrize(
    "templates",
    [
        {"page.html": "{% include 'in.html' %}", "in.html": "\n\n{{ nothing }}"},
        {"page.html": "{% extends 'in.html' %}", "in.html": "\n\n{{ nothing }}"},
        {
            "page.html": "{% import 'in.html' as m %}{{ m.f() }}",
            "in.html": "{% macro f() %}\n\n{{ nothing }}{% endmacro %}",
        },
    ],
)
def test_a_fault_is_told_in_the_template_in_which_it_is(templates):
    _, [problem] = rendered(templates)
    assert str(problem.span) == "templates/in.html:3"


@pytest.mark.parametrize(
    "fault",
    [
        "1 // 0",
        "page.title.x.y",
        "'a' + 1",
        "(1,).index(2)",
        "href()",
        "link(none)",
        "words(1)",
    ],
)
def test_whatever_goes_wrong_in_a_template_is_a_problem(fault):
    _, [problem] = rendered(f"{{{{ {fault} }}}}")
    assert (problem.code, problem.span.line) == ("T001", 1)


def test_a_template_that_is_missing_is_told():
    _, [problem] = rendered({})
    assert (problem.code, str(problem.span)) == ("T002", "templates/page.html")


def test_a_template_that_another_asks_for_is_told_where_it_is_asked_for():
    _, [problem] = rendered("\n{% include 'none.html' %}")
    assert (problem.code, str(problem.span)) == ("T002", "templates/page.html:2")
    assert "none.html" in problem.message


@pytest.mark.parametrize(
    "broken", ["{% if %}", "{{ x | nofilter }}", "{% block a %}", "{% nix %}"]
)
def test_a_template_that_cannot_be_read_is_told_with_its_line(broken):
    _, [problem] = rendered(f"one\n{broken}")
    assert (problem.code, str(problem.span)) == ("T003", "templates/page.html:2")


def test_a_broken_template_within_another_is_told_in_its_own_file():
    _, [problem] = rendered({"page.html": "{% include 'in.html' %}", "in.html": "\n{% if %}"})
    assert str(problem.span) == "templates/in.html:2"


# --- values are data ---


@settings(deadline=None)  # the machine may be busy
@given(st.text(max_size=30))
def test_no_value_becomes_markup(value):
    text = html("{{ page.title }}", value)
    assert not set("<>\"'") & set(text)


@pytest.mark.parametrize("hostile", ["<script>", '" onclick="x', "'><img src=x>", "{{ 7*7 }}"])
def test_hostile_words_stay_words_wherever_they_stand(hostile):
    template = (
        '<p title="{{ page.title }}">{{ words(page.title|phrase) }}</p>'
        "{{ link(page.title|there) }}{{ page.title|bdi }}"
    )
    env_text, found = rendered_with_filters(template, hostile)
    assert found == []
    assert "<script" not in env_text
    assert "<img" not in env_text
    assert 'onclick="' not in env_text
    assert "49" not in env_text


def rendered_with_filters(template, value):
    page = Page(path="en/x.html", kind="x", lang="en", contents=Contents((), KNOWN))
    interface = texts.of("en", "")
    env = render.environment({"page.html": template}, interface)
    env.filters["phrase"] = lambda text: Phrase(text, "kk", "ltr")
    env.filters["there"] = lambda text: Link(Phrase(text), "en/y.html", text)
    made, found = render.page(
        env,
        "page.html",
        view=View(value),
        frame=SimpleNamespace(path="en/x.html", dir="ltr"),
        context=context.Context(page, Site(title=Localised()), interface),
    )
    return made.data.decode(), found


def test_data_in_a_script_is_safe():
    assert "</script>" not in html("{{ page.title|tojson }}", "</script>")


def test_words_are_isolated_and_marked_with_their_language():
    assert html("{{ words(page.title) }}", Phrase("سۆز", "ug", "rtl")) == (
        '<bdi lang="ug" dir="rtl">سۆز</bdi>'
    )


def test_words_in_the_language_of_the_page_are_isolated_only():
    assert html("{{ words(page.title) }}", Phrase("A & B")) == "<bdi>A &amp; B</bdi>"


def test_words_of_a_right_to_left_page_run_that_way_even_with_a_latin_name_first():
    view = View(Phrase("Placeholder نىڭ ئانىسى"))
    text, found = rendered("{{ words(page.title) }}", view, direction="rtl")

    assert found == []
    assert text == '<bdi dir="rtl">Placeholder نىڭ ئانىسى</bdi>'


# --- links ---


def test_a_link_is_relative_to_its_page():
    link = Link(Phrase("A"), "en/people/p-1.html", "g-1")
    assert html("{{ link(page.title) }}", link) == (
        '<a href="../people/p-1.html#g-1"><bdi>A</bdi></a>'
    )


def test_a_link_that_leads_nowhere_is_its_words():
    assert html("{{ link(page.title) }}", Link(Phrase("A"))) == "<bdi>A</bdi>"


@pytest.mark.parametrize(
    ("call", "address"),
    [
        ("href('assets/site.css')", "../../assets/site.css"),
        ("href('en/testimonies/t-9.html')", "t-9.html"),
        ("href('en/testimonies/t-9.html', 'p4')", "#p4"),
        ("href('en/testimonies/t-8.html', 'p4')", "t-8.html#p4"),
    ],
)
def test_an_address_is_relative_to_its_page(call, address):
    assert html(f"{{{{ {call} }}}}") == address


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        ('<a href="person:p-1">x</a>', '<a href="../people/p-1.html">x</a>'),
        ('<a href="org:org-1">x</a>', '<a href="../organisations/org-1.html">x</a>'),
        ('<a href="testimony:t-1#p4">x</a>', '<a href="t-1.html#p4">x</a>'),
        ('<a href="group:g-1">x</a>', '<a href="../people/g-1.html">x</a>'),
        (
            '<a href="https://a.example/" rel="x">x</a>',
            '<a href="https://a.example/" rel="x">x</a>',
        ),
        ('<img src="media:media/0a.webp" alt="x">', '<img src="../../media/0a.webp" alt="x">'),
        (
            '<img src="media:a.webp" srcset="media:a.webp 9w, media:b.webp 99w">',
            '<img src="../../a.webp" srcset="../../a.webp 9w, ../../b.webp 99w">',
        ),
        ('<img alt="as media:a.webp here">', '<img alt="as media:a.webp here">'),
    ],
)
def test_placeholders_of_a_body_get_their_addresses(body, shown):
    assert html("{{ body(page.title) }}", body) == shown


def test_two_placeholders_side_by_side_are_two_links():
    body = '<p><a href="person:p-1">a</a><a href="testimony:t-1">b</a></p>'
    assert html("{{ body(page.title) }}", body).count("href=") == 2


def test_no_placeholder_is_left(archive, pages_of, html_of):
    for path in ("en/testimonies/t-1111.html", "kk/testimonies/t-1111.html"):
        shown = html_of(archive, path)
        assert 'href="person:' not in shown
        assert 'href="../people/p-bb22.html"' in shown


# --- interface texts ---

PO = """
msgid ""
msgstr "Content-Type: text/plain; charset=utf-8\\nPlural-Forms: nplurals=2; plural=(n != 1);\\n"

msgid "By %(name)s"
msgstr "%(name)s айтқан"

msgctxt "menu"
msgid "Home"
msgstr "Басты"

msgid "%(num)s text"
msgid_plural "%(num)s texts"
msgstr[0] "%(num)s мәтін"
msgstr[1] "%(num)s мәтіндер"
"""


@pytest.mark.parametrize(
    ("call", "shown"),
    [
        ("_('By %(name)s', name=page.title|bdi)", "<bdi>&lt;b&gt;</bdi> айтқан"),
        ("pgettext('menu', 'Home')", "Басты"),
        ("_('Home')", "Home"),
        ("ngettext('%(num)s text', '%(num)s texts', 2)", "2 мәтіндер"),
    ],
)
def test_templates_speak_the_language_of_the_catalogue(call, shown):
    text, found = rendered(f"{{{{ {call} }}}}", View("<b>"), po_text=PO)
    assert (text, found) == (shown, [])


def test_a_template_may_ask_for_labels_names_and_directions():
    template = "{{ label('status', 'prison') }} {{ autonym('kk') }} {{ direction('ug') }}"
    assert html(template) == "in prison Қазақша rtl"


def test_the_labels_that_a_page_lacks_are_told_as_a_fault():
    _, [problem] = rendered("{{ body(page.title) }}", View('<a href="person:p-2">x</a>'))
    assert (problem.code, problem.span.line) == ("T001", 1)


# --- what pages share ---


MACRO = "{% macro m(one) %}{{ one|seen }}{{ href('en/b/x.html', 'p1') }}{% endmacro %}"


def shared_on(*paths: str) -> tuple[list[str], int]:
    """A macro on each of these pages, and how often it was called."""
    calls: list[object] = []
    page_html = "{% from 'm.html' import m %}{{ once(m, page.title) }}"
    env = render.environment({"page.html": page_html, "m.html": MACRO}, texts.of("en", ""))
    env.filters["seen"] = lambda value: calls.append(value) or value
    view, found = View("A"), []
    for path in paths:
        page = Page(path=path, kind="x", lang="en", contents=Contents((), KNOWN))
        made, _ = render.page(
            env,
            "page.html",
            view=view,
            frame=SimpleNamespace(path=path, dir="ltr"),
            context=context.Context(page, Site(title=Localised()), texts.of("en", "")),
        )
        assert made is not None
        found.append(made.data.decode())
    return found, len(calls)


def test_pages_of_a_folder_share_what_is_made_once() -> None:
    assert shared_on("en/a/1.html", "en/a/2.html") == (["A../b/x.html#p1"] * 2, 1)


def test_another_folder_has_its_own() -> None:
    assert shared_on("en/a/1.html", "en/1.html") == (["A../b/x.html#p1", "Ab/x.html#p1"], 2)


def test_a_page_to_a_place_of_which_it_leads_has_its_own() -> None:
    found, times = shared_on("en/b/1.html", "en/b/x.html", "en/b/2.html")
    assert found == ["Ax.html#p1", "A#p1", "Ax.html#p1"]
    assert times == 2
