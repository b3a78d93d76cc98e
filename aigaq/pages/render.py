"""Views and templates become bytes. Templates are code and trusted; a view's content is data.

Record links in a body stay placeholders until here, where the page that they stand on is known.
"""

from __future__ import annotations

import re
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import jinja2

from aigaq.pages import addresses, compiling, escaping, texts
from aigaq.pages.page import Artifact
from aigaq.words import languages
from aigaq.words.diagnostics import Problem, Span

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping

    from markupsafe import Markup

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
_KEPT = 2**13  # pieces of HTML that pages share, for each language: some 8 MB
_PLACEHOLDER = re.compile(
    r'<a href="(person|place|org|group|topic|series|testimony|page):([^"#]+)(?:#([^"]+))?">'
)
_MEDIA = re.compile(r' (?:src|srcset|href)="media:[^"]+"')
_FILE = re.compile(r'(?<=[" ])media:([^" ]+)')
_LAZY = ' loading="lazy"'
_FIRST_LAZY = re.compile(r'(<img [^>]*?) loading="lazy"')


def environment(
    templates: Mapping[str, str],
    interface: texts.Texts,
    compiled: compiling.Cache | None = None,
) -> compiling.Environment:
    """A template environment for one language. `templates` are texts by name."""
    env = compiling.Environment(
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
    here = Here()
    env.globals.update(
        here=here,
        href=here.href,
        link=here.link,
        once=here.once,
        words=here.words,
        body=here.body,
        t=interface,
        label=interface.label,
        autonym=_autonym,
        direction=languages.direction,
    )
    env.filters.update(bdi=texts.isolated)
    return env


def page(
    env: compiling.Environment, template: str, *, view: Any, frame: Frame, context: Context
) -> tuple[Artifact | None, list[Diagnostic]]:
    """A view and its template → the finished file, or why the template could not make it."""
    try:
        here: Here = env.globals["here"]  # type: ignore[assignment]  # `environment` put it there
        with here.on(frame, context):
            text = env.rendered(template, page=view, frame=frame)
    except jinja2.TemplateNotFound as error:
        return None, [MISSING.at(_place(error, template), name=error.name)]
    except jinja2.TemplateSyntaxError as error:
        where = Span(FOLDER + (error.name or template), error.lineno)
        return None, [BROKEN.at(where, reason=error.message)]
    except Exception as error:  # a template can raise whatever Python can
        reason = str(error) or type(error).__name__
        return None, [FAULT.at(_place(error, template), page=frame.path, reason=reason)]
    # The first picture is what a reader waits for; all others wait for the reader.
    if _LAZY in text:
        text = _FIRST_LAZY.sub(r"\1", text, count=1)
    text = _squeezed(text)
    return Artifact(frame.path, text.encode("utf-8")), []


def _squeezed(html: str) -> str:
    """Without the empty lines that templates leave; preformatted text stays as it is."""
    done: list[str] = []
    while html:
        before, pre, rest = html.partition("<pre")
        kept, end, html = rest.partition("</pre>")
        done += (_closed_up(before), pre, kept, end)
    return "".join(done)


def _closed_up(html: str) -> str:
    lines = html.split("\n")
    lines[1:-1] = filter(str.strip, lines[1:-1])
    return "\n".join(lines)


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


class Here:
    """What templates call about the page that they make. One page at a time: see `on`.

    The functions are the same for all pages, so that what imports them is made once. HTML is
    built by hand: `Markup.format` takes five times as long, and pages are made of links.
    """

    def __init__(self) -> None:
        self._at_work = threading.Lock()
        self._made: dict[tuple[Any, int], tuple[object, Markup, frozenset[str]]] = {}
        self._folder = ""
        self._anchored: set[str] = set()  # pages of which a place was linked

    @contextmanager
    def on(self, frame: Frame, context: Context) -> Iterator[None]:
        """Inside the block all are of this page; other threads wait."""
        with self._at_work:
            self._path, self._context = frame.path, context
            folder = frame.path.rpartition("/")[0]
            if folder != self._folder:  # pages are made folder by folder
                self._folder = folder
                self._made.clear()
            self._anchored = set()
            self._way = ' dir="rtl"' if frame.dir == "rtl" else ""
            yield

    def href(self, target: str, anchor: str = "") -> str:
        """The address of an output path as seen from this page."""
        if not anchor:
            return addresses.relative(self._path, target)
        self._anchored.add(target)
        address = "" if target == self._path else addresses.relative(self._path, target)
        return f"{address}#{anchor}"

    def once(self, macro: Callable[[Any], Markup], value: object) -> Markup:
        """`macro(value)`, which the pages of a folder share; it must ask for nothing else.

        Lists show a few texts on many pages: half of the time of a page went into cards. A page
        to a place of which something leads makes its own, for there it is a leap.
        """
        key = (macro, id(value))
        made = self._made.get(key)
        if made and made[0] is value and self._path not in made[2]:
            self._anchored |= made[2]
            return made[1]
        around, self._anchored = self._anchored, set()
        html = macro(value)
        if len(self._made) >= _KEPT:
            self._made.clear()
        if self._path not in self._anchored:
            self._made[key] = (value, html, frozenset(self._anchored))
        self._anchored |= around
        return html

    def link(self, value: Link) -> Markup:
        """A `Link` as HTML, with its language where that is not the page's."""
        phrase = value.phrase
        if not value.path:
            return self.words(phrase)
        address = escaping.shown(self.href(value.path, value.anchor))
        if phrase.lang:  # a link with a direction is isolated as `bdi` is
            return escaping.markup(f'<a href="{address}"{_language(phrase)}</a>')
        text = escaping.shown(phrase.text)
        return escaping.markup(f'<a href="{address}"><bdi{self._way}>{text}</bdi></a>')

    def words(self, phrase: Phrase) -> Markup:
        """A `Phrase` as HTML: isolated, and marked with its language if not the page's.

        On a page that runs from right to left its own words say so, too: `bdi` alone would take
        the direction of their first letter, which may be that of a Latin name.
        """
        if not phrase.lang:
            return escaping.markup(f"<bdi{self._way}>{escaping.shown(phrase.text)}</bdi>")
        return escaping.markup(f"<bdi{_language(phrase)}</bdi>")

    def body(self, html: str) -> Markup:
        """A block, which was sanitised, with its links to records and files as addresses."""
        if '"media:' in html:
            html = _MEDIA.sub(self._files, html)
        return escaping.markup(_PLACEHOLDER.sub(self._anchor, html))

    def _anchor(self, found: re.Match[str]) -> str:
        """`publish` has left only public records."""
        kind, record, place = found.groups()
        if kind == "page":
            return f'<a href="{self.href(f"{self._context.lang}/{record}.html")}">'
        link = self._context.link(record, place or "")
        return f'<a href="{self.href(link.path, link.anchor)}">'

    def _files(self, found: re.Match[str]) -> str:
        return _FILE.sub(lambda file: addresses.relative(self._path, file[1]), found[0])


def _language(phrase: Phrase) -> str:
    """The end of a start tag that says the language of what is inside, and that."""
    lang, text = escaping.shown(phrase.lang), escaping.shown(phrase.text)
    return f' lang="{lang}" dir="{phrase.dir}">{text}'
