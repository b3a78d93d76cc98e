"""Slips in a site's own templates: each is found at its line, and good templates have none."""

from __future__ import annotations

import pathlib

import pytest

from aigaq.pages import template_faults

TEMPLATES = pathlib.Path(__file__).parents[2] / "templates"
OURS = {path.name: path.read_text("utf-8") for path in TEMPLATES.glob("*.html")}
BASE = '{% extends "base.html" %}\n'


def found(**own: str) -> list[tuple[str, str, int]]:
    """Code, file and line of each fault of templates that are named without `.html`."""
    given = {f"{name}.html": text for name, text in own.items()}
    shipped = {f"shipped/{name}": OURS[name] for name in given if name in OURS}
    told = template_faults.problems({**OURS, **shipped, **given}, given)
    return [(one.code, one.span.path, one.span.line) for one in told]


def test_what_the_program_brings_has_no_fault() -> None:
    assert list(template_faults.problems(OURS, OURS)) == []


@pytest.mark.parametrize(
    "text",
    [
        BASE + "{% block main %}<p>{{ words(page.title) }}</p>{% endblock %}",
        BASE + "{% block main %}{% block ours %}<p>One</p>{% endblock %}{% endblock %}",
        BASE + "{% block main %}<script type='application/json'>{}</script>{% endblock %}",
        BASE
        + "{% block main %}<script src=\"{{ href('assets/x.js') }}\"></script>{% endblock %}",
        BASE + '{% block main %}<a href="https://example.org/">There</a>{% endblock %}',
        BASE + "{# <style> and //x.example/ in a note #}{% block main %}{% endblock %}",
        '{% extends "shipped/person.html" %}{% block main %}{{ super() }}{% endblock %}',
    ],
)
def test_a_good_template_has_no_fault(text: str) -> None:
    assert found(person=text) == []


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("{% block mian %}<p>One</p>{% endblock %}", "T006"),
        ("{{ page.summary|safe }}", "T008"),
        ("{% block main %}{{ '<b>'|safe|upper }}{% endblock %}", "T008"),
        ("<style>p { color: red; }</style>", "T009"),
        ("<script>alert(1)</script>", "T009"),
        ('<p style="color: red">One</p>', "T009"),
        ('<p onclick="go()">One</p>', "T009"),
        ('<a href="javascript:go()">One</a>', "T009"),
        ('<img src="https://cdn.example.org/a.png" alt="">', "T010"),
        ('<img src="//cdn.example.org/a.png" alt="">', "T010"),
        ('<img srcset="a.png 1x, https://x.example/b.png 2x" src="a.png" alt="">', "T010"),
        ('<link rel="stylesheet" href="https://cdn.example.org/a.css">', "T010"),
        ('<iframe src="https://video.example.org/1"></iframe>', "T010"),
        ('<form action="https://mail.example.org/"></form>', "T010"),
        ("<head><title>One</title></head>", "T011"),
    ],
)
def test_a_slip_is_found_at_its_line(line: str, code: str) -> None:
    text = f"{BASE}{{# A note\nof two lines. #}}\n{line}\n"

    assert found(person=text) == [(code, "templates/person.html", 4)]


def test_an_unclosed_tag_is_found_where_the_template_ends() -> None:
    text = BASE + "{% block main %}\n{% if page.title %}\n"

    assert found(person=text) == [("T003", "templates/person.html", 3)]


def test_a_base_without_a_block_loses_what_others_say_there() -> None:
    whole = OURS["base.html"].replace("{% block main %}{% endblock %}", "")

    assert found(base=whole) == [("T007", "templates/base.html", 1)]
    assert found(base=OURS["base.html"]) == []


def test_a_template_that_extends_itself_is_told_what_to_write() -> None:
    [problem] = template_faults.problems({**OURS, "base.html": BASE}, ["base.html"])

    assert (problem.code, problem.span.line) == ("T012", 1)
    assert '"shipped/base.html"' in problem.remedy


def test_a_template_of_a_name_that_nothing_asks_for_is_told_of() -> None:
    [problem] = template_faults.problems({**OURS, "persn.html": BASE}, ["persn.html"])

    assert (problem.code, problem.is_error) == ("T013", False)
    assert "person.html" in problem.remedy


def test_a_piece_that_a_template_of_the_site_includes_is_used() -> None:
    text = BASE + '{% block main %}{% include "_ours.html" %}{% endblock %}'

    assert found(person=text, _ours="<p>One</p>") == []
