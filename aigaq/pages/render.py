"""Views and templates become bytes. Templates are code and trusted; a view's content is data.

Record links in a body stay placeholders until here, where the page that they stand on is known.
"""

from __future__ import annotations

import re
from functools import cache, partial
from typing import TYPE_CHECKING, Any

import jinja2
from markupsafe import Markup, escape

from aigaq.pages import addresses, compiling, texts
from aigaq.pages.page import Artifact
from aigaq.words import languages
from aigaq.words.diagnostics import Problem, Span

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from aigaq.pages.context import Context, Link, Phrase
    from aigaq.pages.frame import Frame
    from aigaq.words.diagnostics import Diagnostic

FAULT = Problem(
    "T001",
    'the template stops here while the page {page} is made: "{reason}"',
    "It uses something that its page does not have; docs/theme.md lists what each has.",
)
MISSING = Problem(
    "T002",
    "there is no template {name}",
    "Add it to templates/, or remove your copy of the one that asks for it.",
)
BROKEN = Problem(
    "T003",
    'the template cannot be read: "{reason}"',
    "Look for an unclosed `{{%` or `{{{{` above this line.",
)

FOLDER = "templates/"
SHIPPED = texts.SHIPPED
_PLACEHOLDER = re.compile(
    r'<a href="(person|place|org|group|topic|series|testimony|page):([^"#]+)(?:#([^"]+))?">'
)
_MEDIA = re.compile(r' (?:src|srcset|href)="media:[^"]+"')
_FILE = re.compile(r'(?<=[" ])media:([^" ]+)')
_EMPTY_LINES = re.compile(r"\n\s*\n")
_FIRST_LAZY = re.compile(r'(<img [^>]*?) loading="lazy"')


def environment(
    templates: Mapping[str, str],
    interface: texts.Texts,
    compiled: compiling.Cache | None = None,
) -> jinja2.Environment:
    """A template environment for one language. `templates` are texts by name."""
    env = jinja2.Environment(
        loader=jinja2.FunctionLoader(lambda name: _source(templates, name)),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        extensions=["jinja2.ext.i18n"],
        bytecode_cache=compiled,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    # `tojson` escapes what could end a script; other letters are half as long unescaped.
    env.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "sort_keys": True}
    compiling.install(env, interface.catalogue)
    env.globals.update(
        t=interface,
        label=interface.label,
        autonym=_autonym,
        direction=languages.direction,
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
            link=_link(frame.path, frame.dir),
            words=partial(_words, page_dir=frame.dir),
            body=lambda html: Markup(_resolved(html, context)),  # noqa: S704  # sanitised
        )
    except jinja2.TemplateNotFound as error:
        return None, [MISSING.at(_place(error, template), name=error.name)]
    except jinja2.TemplateSyntaxError as error:
        where = Span(FOLDER + (error.name or template), error.lineno)
        return None, [BROKEN.at(where, reason=error.message)]
    except Exception as error:  # a template can raise whatever Python can
        reason = str(error) or type(error).__name__
        return None, [FAULT.at(_place(error, template), page=frame.path, reason=reason)]
    # The first picture is what a reader waits for; all others wait for the reader.
    text = _squeezed(_FIRST_LAZY.sub(r"\1", text, count=1))
    return Artifact(frame.path, text.encode("utf-8")), []


def _squeezed(html: str) -> str:
    """Without the empty lines that templates leave; preformatted text stays as it is."""
    done: list[str] = []
    while html:
        before, pre, rest = html.partition("<pre")
        kept, end, html = rest.partition("</pre>")
        done += (_EMPTY_LINES.sub("\n", before), pre, kept, end)
    return "".join(done)


def _source(
    templates: Mapping[str, str], name: str
) -> tuple[str, str, Callable[[], bool]] | None:
    """A template's text, and the file name by which a traceback tells it from others."""
    found = resolved(name, templates)
    return (templates[found], FOLDER + found, lambda: True) if found else None


def resolved(name: str, templates: Collection[str]) -> str:
    """The name of the template that is meant, or an empty text where there is none.

    `shipped/person.html` is the program's own `person.html`, whether a site has another or not.
    """
    names = (name, name.removeprefix(SHIPPED))
    return next((one for one in names if one in templates), "")


def _place(error: BaseException, template: str) -> Span:
    """The innermost line of a template that led to a fault: Jinja rewrites tracebacks."""
    place, step = Span(FOLDER + template), error.__traceback__
    while step:
        if step.tb_frame.f_code.co_filename.startswith(FOLDER):
            place = Span(step.tb_frame.f_code.co_filename, step.tb_lineno)
        step = step.tb_next
    return place


def _autonym(tag: str) -> str:
    return languages.of(tag).autonym


def _href(path: str) -> Callable[..., str]:
    """`href(target, anchor)`: the address of an output path as seen from this page."""

    @cache  # as long as the page
    def href(target: str, anchor: str = "") -> str:
        address = "" if target == path and anchor else addresses.relative(path, target)
        return f"{address}#{anchor}" if anchor else address

    return href


def _link(path: str, page_dir: str) -> Callable[[Link], Markup]:
    """`link(l)`: a `Link` as HTML, with its language where that is not the page's."""
    href = _href(path)

    def link(value: Link) -> Markup:
        if not value.path:
            return _words(value.phrase, page_dir=page_dir)
        # Built by hand: `Markup.format` takes five times as long, and pages are made of links.
        address = escape(href(value.path, value.anchor))
        if value.phrase.lang:  # a link with a direction is isolated as `bdi` is
            return Markup(f'<a href="{address}"{_language(value.phrase)}</a>')  # noqa: S704
        inner = _words(value.phrase, page_dir=page_dir)
        return Markup(f'<a href="{address}">{inner}</a>')  # noqa: S704

    return link


def _words(phrase: Phrase, *, page_dir: str) -> Markup:
    """A `Phrase` as HTML: isolated, and marked with its language where it is not the page's.

    On a page that runs from right to left its own words say so, too: `bdi` alone would take
    the direction of their first letter, which may be that of a Latin name.
    """
    if not phrase.lang:
        way = ' dir="rtl"' if page_dir == "rtl" else ""
        return Markup(f"<bdi{way}>{escape(phrase.text)}</bdi>")  # noqa: S704
    return Markup(f"<bdi{_language(phrase)}</bdi>")  # noqa: S704


def _language(phrase: Phrase) -> str:
    """The end of a start tag that says the language of what is inside, and that."""
    return f' lang="{escape(phrase.lang)}" dir="{phrase.dir}">{escape(phrase.text)}'


def _resolved(html: str, context: Context) -> str:
    """Record links with their relative addresses; `publish` has left only public records."""
    href = _href(context.page.path)

    def anchor(found: re.Match[str]) -> str:
        kind, record, place = found.groups()
        if kind == "page":
            return f'<a href="{href(f"{context.lang}/{record}.html")}">'
        link = context.link(record, place or "")
        return f'<a href="{href(link.path, link.anchor)}">'

    def file(found: re.Match[str]) -> str:
        return addresses.relative(context.page.path, found[1])

    def files(found: re.Match[str]) -> str:
        return _FILE.sub(file, found[0])

    return _MEDIA.sub(files, _PLACEHOLDER.sub(anchor, html))
