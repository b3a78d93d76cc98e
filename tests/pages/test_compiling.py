from __future__ import annotations

import gc
import gettext
from typing import Any

import jinja2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2.runtime import Context
from markupsafe import Markup

from aigaq.pages import compiling


class Catalogue(gettext.NullTranslations):
    """Says every text in capitals, and numbers in words."""

    def gettext(self, message: str) -> str:
        return message.replace("a", "A")

    def ngettext(self, one: str, many: str, num: int) -> str:
        return one if num == 1 else many

    def pgettext(self, context: str, message: str) -> str:
        return f"{context}: {message}"

    def npgettext(self, context: str, one: str, many: str, num: int) -> str:
        return f"{context}: {self.ngettext(one, many, num)}"


def environments() -> tuple[compiling.Environment, jinja2.Environment]:
    """Ours, and what Jinja makes of the same."""
    settings: dict[str, Any] = {"autoescape": True, "extensions": ["jinja2.ext.i18n"]}
    ours, theirs = compiling.Environment(**settings), jinja2.Environment(**settings)
    compiling.install(ours, Catalogue())
    theirs.install_gettext_translations(Catalogue(), newstyle=True)
    return ours, theirs


TEMPLATES = [
    "{{ _('a cat') }}",
    "{{ _('a %(x)s and %(y)s', x=v, y=1) }}{{ _('a %(x)s and %(y)s', x=2, y=v) }}",
    "{{ gettext('100 %% of %(x)s', x=v) }}",
    "{{ gettext('%(n)03d', n=7) }}",
    "{{ ngettext('%(num)s cat', '%(num)s cats', 1) }}{{ ngettext('cat', '%(num)s cats', 3) }}",
    "{{ pgettext('door', 'open %(x)s %(context)s', x=v) }}{{ pgettext('door', 'shut') }}",
    "{{ npgettext('door', '%(num)s way', '%(num)s ways %(x)s', 2, x=v) }}",
    "{% trans %}a cat{% endtrans %}{% trans x=v %}of {{ x }}{% endtrans %}",
    (
        "{% macro m(x, y=2) %}{{ x }}{{ y }}{{ varargs }}{{ kwargs }}{% endmacro %}{{ m(v) }}"
        "{{ m(1, v) }}{{ m(1, 2, 3) }}{{ m(y=v, x=1) }}{{ m(*[1, v]) }}{{ m(1, **{'y': v}) }}"
        "{{ m(x=1, z=2) }}{{ m(1, **{'class': 2}) }}"
    ),
    "{% macro m() %}<b>{{ caller(v) }}</b>{% endmacro %}{% call(x) m() %}{{ x }}{% endcall %}",
    "{% for n in range(3) %}{{ loop.cycle('a', 'b') }}{{ loop.changed(n // 2) }}{% endfor %}",
    (
        "{% for n in [[1], [2]] recursive %}{% if n is iterable %}{{ loop(n) }}"
        "{% else %}{{ n }}{% endif %}{% endfor %}"
    ),
    "{{ v.upper() }}{{ '%s'.format() }}{{ dict(a=1).items()|list }}{{ namespace(a=1).a }}",
    "{% block b %}{{ v }}{% endblock %}{{ self.b() }}",
    "{{ {'a': v, 'items': 1}.a }}{{ {'items': 1}.items is mapping }}{{ v.nothing is defined }}",
    "{{ v.upper().lower().split('&')[0].strip() }}{{ (v ~ '<b>'|safe).upper() }}",
    "{% autoescape false %}{% macro m(x) %}{{ x }}{% endmacro %}{{ m(v) }}{% endautoescape %}",
]


@pytest.mark.parametrize("template", TEMPLATES, ids=range(len(TEMPLATES)))
def test_templates_say_what_jinja_says(template: str) -> None:
    ours, theirs = (env.from_string(template).render(v="<i> & a") for env in environments())
    assert ours == theirs
    assert ours


@given(st.text(max_size=20), st.text(max_size=20))
def test_what_fills_a_gap_stays_words(message: str, value: str) -> None:
    env = jinja2.Environment(autoescape=True)
    compiling.install(env, gettext.NullTranslations())
    _ = env.globals["_"]
    text = message.replace("%", "%%") + "%(x)s"
    assert _(text, x=value) == Markup(message) + value
    assert _(text, x=Markup("<b>")) == Markup(message) + Markup("<b>")


@pytest.mark.parametrize("template", ["{{ _('%(x)s') }}", "{{ _('%(n)d', n='a') }}"])
def test_what_jinja_refuses_is_refused(template: str) -> None:
    for env in environments():
        with pytest.raises((KeyError, ValueError)):
            env.from_string(template).render(v="a")


def test_a_template_is_compiled_once(monkeypatch: pytest.MonkeyPatch) -> None:
    cache, compiled = compiling.Cache(), []
    source = {"a.html": "{{ v }}"}
    for _ in range(2):
        env = jinja2.Environment(
            autoescape=True, loader=jinja2.DictLoader(source), bytecode_cache=cache
        )
        whole = env.compile

        def compile_(*given: Any, whole: Any = whole) -> Any:
            compiled.append(given)
            return whole(*given)

        monkeypatch.setattr(env, "compile", compile_)
        assert env.get_template("a.html").render(v=1) == "1"
    assert len(compiled) == 1


IN_OTHERS = {
    "deep.html": "{% macro deep() %}{{ g }}{{ v|default('-') }}{% endmacro %}",
    "plain.html": "{% macro plain(x) %}{{ g }}{{ x }}{% endmacro %}",
    "page.html": "{% macro here(x) %}{{ v }}{{ x }}{% endmacro %}",
    "over.html": "{% from 'deep.html' import deep with context %}"
    "{% macro over() %}{{ deep() }}{% endmacro %}",
    "named.html": "{% set name = 'plain.html' %}{% import name as m with context %}"
    "{% macro named(x) %}{{ m.plain(x) }}{% endmacro %}",
}
IMPORTS = [
    "{% from 'plain.html' import plain with context %}{{ plain(v) }}",
    "{% from 'page.html' import here with context %}{{ here(1) }}",
    "{% set g = 'own' %}{% from 'plain.html' import plain with context %}{{ plain(1) }}",
    "{% set v = 'own' %}{% from 'over.html' import over with context %}{{ over() }}",
    "{% from 'over.html' import over with context %}{{ over() }}",
    "{% from 'named.html' import named with context %}{{ named(v) }}",
    "{% for g in [1] %}{% import 'plain.html' as m with context %}{{ m.plain(g) }}{% endfor %}",
    (
        "{% macro m(g) %}{% import 'plain.html' as p with context %}{{ p.plain(1) }}"
        "{% endmacro %}{{ m(3) }}"
    ),
    "{% block b %}{% from 'page.html' import here with context %}{{ here(2) }}{% endblock %}",
    "{% if none %}{% import 'no.html' as n with context %}{% endif %}{{ v }}",
]


@pytest.mark.parametrize("template", IMPORTS, ids=range(len(IMPORTS)))
def test_what_is_imported_with_context_has_it_on_each_page(template: str) -> None:
    told = []
    for env in environments():
        env.loader = jinja2.DictLoader({**IN_OTHERS, "made.html": template})
        env.globals["g"] = "<g>"
        told.append([env.get_template("made.html").render(v=v) for v in ("<i>", "other")])
    assert told[0] == told[1]
    assert all(told[0])


@pytest.mark.parametrize("template", IMPORTS, ids=range(len(IMPORTS)))
def test_what_a_page_was_made_of_ends_with_it(template: str) -> None:
    """And with nothing else: the next page is the same as if it were the first."""
    ours, theirs = environments()
    others = {**IN_OTHERS, "also.html": "{% macro own() %}{{ v }}{% endmacro %}{{ own() }}"}
    page = "{% set v = page %}{% macro own() %}{{ v }}{% endmacro %}{{ own() }}"
    page = f"{page}{{% include 'also.html' %}}{template}"
    told = []
    for env in (ours, theirs):
        env.loader = jinja2.DictLoader({**others, "made.html": page})
        env.globals["g"] = "<g>"
    gc.collect()
    gc.disable()
    try:
        for view in ("<i>", "other"):
            made = ours.rendered("made.html", page=view, frame=None)
            told.append((made, theirs.get_template("made.html").render(page=view, frame=None)))
            left = [one for one in gc.get_objects() if isinstance(one, Context)]
            left = [one for one in left if "page" in one and one.environment is ours]
            assert not left or "macro m(" in template  # which sees itself, and so stays
    finally:
        gc.enable()
    assert all(made == as_jinja_does for made, as_jinja_does in told)
    assert all(len(made) > len("other") for made, _ in told)


def test_a_page_that_fails_leaves_nothing_and_names_its_line() -> None:
    ours, _ = environments()
    ours.loader = jinja2.DictLoader({"made.html": "{% set x = page %}\n{{ page.no.such }}"})
    with pytest.raises(jinja2.UndefinedError) as failed:
        ours.rendered("made.html", page="v", frame=None)
    assert failed.traceback[-1].lineno == 1  # counted from 0
    assert ours.of_page == []


def test_what_asks_for_nothing_of_the_page_is_made_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    env, _ = environments()
    page = (
        "{% from 'plain.html' import plain with context %}"
        "{% from 'page.html' import here with context %}{{ plain(1) }}{{ here(1) }}"
    )
    env.loader = jinja2.DictLoader({**IN_OTHERS, "made.html": page})
    env.globals["g"] = "g"
    made: list[str | None] = []
    whole = jinja2.Template.make_module

    def make_module(self: jinja2.Template, *given: Any, **named: Any) -> Any:
        made.append(self.name)
        return whole(self, *given, **named)

    monkeypatch.setattr(jinja2.Template, "make_module", make_module)
    for v in range(3):
        env.get_template("made.html").render(v=v)

    assert made.count("page.html") == 3
    assert made.count("plain.html") <= 1


def test_a_template_that_changes_between_two_environments_is_compiled_anew() -> None:
    cache, said = compiling.Cache(), []
    for text in ("{{ 1 }}a", "{{ 1 }}b"):
        loader = jinja2.DictLoader({"m.html": text})
        env = compiling.Environment(loader=loader, bytecode_cache=cache)
        said.append(env.get_template("m.html").render())

    assert said == ["1a", "1b"]


def test_templates_see_the_names_of_their_environment_and_keep_their_own() -> None:
    env = compiling.Environment(loader=jinja2.DictLoader({"m.html": "{{ a }}{{ b }}"}))
    env.globals["a"] = 1

    said = env.get_template("m.html", globals={"b": 2}).render()

    assert (said, "b" in env.globals) == ("12", False)
