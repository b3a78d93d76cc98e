"""Views and templates become bytes. Templates are code and are trusted; a view's content is data.

Record links in a body stay placeholders until here, where the page that they stand on is known.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import jinja2
from markupsafe import Markup

from aigaq.pages import addresses, texts
from aigaq.pages.page import Artifact
from aigaq.words import languages
from aigaq.words.diagnostics import Problem, Span

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from aigaq.pages.context import Context, Link, Phrase
    from aigaq.pages.frame import Frame
    from aigaq.words.diagnostics import Diagnostic

FAULT = Problem(
    "T001",
    'the template stops here while the page {page} is made: "{reason}"',
    "a template uses something that its page does not have; docs/themes.md lists what each page has",
)
MISSING = Problem(
    "T002",
    "there is no template {name}",
    "add it to templates/, or remove your copy of the one that asks for it",
)
BROKEN = Problem(
    "T003",
    'the template cannot be read: "{reason}"',
    "look for an unclosed `{{%` or `{{{{` above this line",
)

_PLACEHOLDER = re.compile(
    r'<a href="(person|place|org|group|topic|series|testimony):([^"#]+)(?:#([^"]+))?">'
)
_MEDIA = re.compile(r'src="media:([^"]+)"')


def environment(templates: Mapping[str, str], interface: texts.Texts) -> jinja2.Environment:
    """A template environment for one language. `templates` are texts by name."""
    env = jinja2.Environment(
        loader=jinja2.DictLoader(dict(templates)),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
    )
    install: Callable[..., None] = env.install_gettext_translations  # type: ignore[attr-defined]
    install(interface.catalogue, newstyle=True)
    env.globals.update(
        t=interface, label=interface.label, autonym=_autonym, direction=languages.direction
    )
    env.filters.update(bdi=texts.isolated)
    return env


def page(
    env: jinja2.Environment, template: str, *, view: Any, frame: Frame, context: Context
) -> tuple[Artifact | None, list[Diagnostic]]:
    """A view and its template → the finished file, or why the template could not make it."""
    try:
        text = env.get_template(template).render(
            page=view,
            frame=frame,
            href=_href(frame.path),
            link=_link(frame.path),
            words=_words,
            body=lambda html: Markup(_resolved(html, context)),  # noqa: S704 (sanitised in source.markup)
        )
    except jinja2.TemplateNotFound as error:
        return None, [MISSING.at(Span(f"templates/{template}"), name=error.name)]
    except jinja2.TemplateSyntaxError as error:
        where = Span(f"templates/{error.name or template}", error.lineno)
        return None, [BROKEN.at(where, reason=error.message)]
    except (jinja2.UndefinedError, TypeError, AttributeError, KeyError) as error:
        line, name = _place(error, template)
        return None, [FAULT.at(Span(f"templates/{name}", line), page=frame.path, reason=error)]
    return Artifact(frame.path, text.encode("utf-8")), []


def _place(error: BaseException, template: str) -> tuple[int, str]:
    """Line and template of a fault, from the traceback that Jinja rewrites."""
    line, name, step = 0, template, error.__traceback__
    while step:
        if (
            "jinja" not in step.tb_frame.f_code.co_filename
            and step.tb_frame.f_code.co_filename == "<template>"
        ):
            line = step.tb_lineno
        step = step.tb_next
    return line, name


def _autonym(tag: str) -> str:
    return languages.of(tag).autonym


def _href(path: str) -> Callable[..., str]:
    """`href(target, anchor)`: the address of an output path as seen from this page."""

    def href(target: str, anchor: str = "") -> str:
        address = "" if target == path and anchor else addresses.relative(path, target)
        return f"{address}#{anchor}" if anchor else address

    return href


def _link(path: str) -> Callable[[Link], Markup]:
    """`link(l)`: a `Link` as HTML, with language and direction where they differ from the page's."""
    href = _href(path)

    def link(value: Link) -> Markup:
        inner = _words(value.phrase)
        if not value.path:
            return inner
        return Markup('<a href="{}">{}</a>').format(href(value.path, value.anchor), inner)

    return link


def _words(phrase: Phrase) -> Markup:
    """A `Phrase` as HTML: isolated, and marked with its language where it is not the page's."""
    if not phrase.lang:
        return Markup("<bdi>{}</bdi>").format(phrase.text)
    return Markup('<bdi lang="{}" dir="{}">{}</bdi>').format(
        phrase.lang, phrase.dir, phrase.text
    )


_KIND = {"org": "organisation", "testimony": "text"}


def _resolved(html: str, context: Context) -> str:
    """Record links with their relative addresses; `publish` has left only public records."""

    def anchor(found: re.Match[str]) -> str:
        _, record, place = found.groups()
        link = context.link(record, place or "")
        return (
            f'<a href="{_href(context.page.path)(link.path, link.anchor)}">'
            if link.path
            else "<a>"
        )

    def picture(found: re.Match[str]) -> str:
        return f'src="{addresses.relative(context.page.path, found[1])}"'

    return _MEDIA.sub(picture, _PLACEHOLDER.sub(anchor, html))
