"""What is wrong with a site's own templates, found before a page is made of them.

A template is code and trusted: nothing here keeps anybody out. It finds slips that a page would
not show to the one who makes it: words that stand nowhere, a style that no browser applies, a
picture of another site.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import jinja2
from jinja2 import nodes

from aigaq.pages import kinds, render
from aigaq.words.diagnostics import Problem, Severity, Span, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from aigaq.words.diagnostics import Diagnostic

NO_SUCH_BLOCK = Problem(
    "T006",
    "what stands in the block {name} is shown nowhere: the template that this one extends has"
    " no such block",
    "Its blocks are: {known}.{hint}",
)
BLOCK_IS_MISSING = Problem(
    "T007",
    "other templates fill the block {name}, and it is missing here: what they say is lost",
    "Write {{% block {name} %}}{{% endblock %}} where it belongs; or extend {shipped} and"
    " change single blocks only.",
)
UNESCAPED = Problem(
    "T008",
    "`|safe` lets everything through that stands in the words, scripts too",
    "Take it out. The words of a text go through body(), names and titles through words() or"
    " link(), and all other words as they are.",
)
INLINE = Problem(
    "T009",
    "no browser heeds this: the content security policy of every page forbids {what}",
    "Put it into a file of the theme folder, such as css/NAME.css or js/NAME.js, and name that"
    " file: {{{{ href('assets/NAME.css') }}}}.",
)
FOREIGN = Problem(
    "T010",
    "this would be fetched from another site, which would learn who reads: {address}",
    "Put the file into the theme folder, and write {{{{ href('assets/NAME') }}}}.",
)
NO_POLICY = Problem(
    "T011",
    "this template makes whole pages without a content security policy",
    "Extend base.html; or copy the line with Content-Security-Policy from it, first in <head>.",
)
EXTENDS_ITSELF = Problem(
    "T012",
    "this template extends itself",
    'To change a part of the one that comes with the program: {{% extends "{shipped}" %}}.',
)
UNUSED = Problem(
    "T013",
    "no page and no other template uses this template",
    "Give it the name of the one that it is to replace, or take it away.{hint}",
    Severity.WARNING,
)

# As in `render`, so that lines are the same; nothing is rendered with it.
_ENVIRONMENT = jinja2.Environment(
    autoescape=True, extensions=["jinja2.ext.i18n"], trim_blocks=True, lstrip_blocks=True
)
_NAMING = (nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport)
_CODE = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_ELSEWHERE = re.compile(r"(?:^|[\s,])((?:https?:)?//[^\s,]+)", re.IGNORECASE)
_FETCHED = frozenset({"src", "srcset", "poster", "data", "action", "formaction"})
_LINKED = frozenset({"stylesheet", "icon", "preload", "modulepreload", "manifest"})
_DATA = frozenset({"application/ld+json", "application/json"})
_POLICY = "content-security-policy"


@dataclass(frozen=True, slots=True)
class _Read:
    """What a template's text says of itself; blocks and names with their lines."""

    extends: str = ""
    line: int = 0  # on which it extends
    uses: tuple[str, ...] = ()
    blocks: frozenset[str] = frozenset()
    outer: tuple[tuple[str, int], ...] = ()  # blocks that are in no other block
    unescaped: tuple[int, ...] = ()
    broken: tuple[int, str] | None = None


def problems(templates: Mapping[str, str], own: Collection[str]) -> Iterator[Diagnostic]:
    """Every fault of the templates in `own`; `templates` are the texts of all, by name."""
    known = {name: _read(text) for name, text in templates.items()} if own else {}
    for name in sorted(own):
        broken = known[name].broken
        if broken:
            yield render.BROKEN.at(_span(name, broken[0]), reason=broken[1])
            continue
        if _turns(name, known):
            shipped = render.SHIPPED + name
            yield EXTENDS_ITSELF.at(_span(name, known[name].line), shipped=shipped)
        yield from (UNESCAPED.at(_span(name, line)) for line in known[name].unescaped)
        yield from _in_markup(name, templates[name])
        yield from _lost(name, known)
    yield from _missing(known, own)
    yield from _unused(known, own)


def _span(name: str, line: int) -> Span:
    return Span(render.FOLDER + name, line)


# --- what Jinja makes of it ---


@cache
def _read(text: str) -> _Read:
    try:
        tree = _ENVIRONMENT.parse(text)
    except jinja2.TemplateSyntaxError as error:
        return _Read(broken=(error.lineno, error.message or ""))
    found = tuple(_walk(tree, in_block=False))
    extends = next((one for one, _ in found if isinstance(one, nodes.Extends)), None)
    blocks = [(one, inner) for one, inner in found if isinstance(one, nodes.Block)]
    return _Read(
        extends=_constant(extends) if extends else "",
        line=extends.lineno if extends else 0,
        uses=tuple(_constant(one) for one, _ in found if isinstance(one, _NAMING)),
        blocks=frozenset(block.name for block, _ in blocks),
        outer=tuple((block.name, block.lineno) for block, inner in blocks if not inner),
        unescaped=tuple(
            one.lineno
            for one, _ in found
            if isinstance(one, nodes.Filter) and one.name == "safe"
        ),
    )


def _walk(node: nodes.Node, *, in_block: bool) -> Iterator[tuple[nodes.Node, bool]]:
    """Every node below this one, and whether it is in a block."""
    for child in node.iter_child_nodes():
        yield child, in_block
        yield from _walk(child, in_block=in_block or isinstance(child, nodes.Block))


def _constant(node: nodes.Node) -> str:
    template = getattr(node, "template", None)
    return str(template.value) if isinstance(template, nodes.Const) else ""


def _above(name: str, known: Mapping[str, _Read]) -> tuple[str, ...]:
    """The templates that a template extends, the nearest first."""
    found: list[str] = []
    while name in known and (name := render.resolved(known[name].extends, known)):
        if name in found:
            break
        found.append(name)
    return tuple(found)


def _turns(name: str, known: Mapping[str, _Read]) -> bool:
    return name in _above(name, known)


def _lost(name: str, known: Mapping[str, _Read]) -> Iterator[Diagnostic]:
    """Blocks of a template that nothing above it has."""
    above = [one for one in _above(name, known) if one in known]
    there = sorted({block for one in above for block in known[one].blocks})
    for block, line in known[name].outer if above else ():
        if block not in there:
            hint = did_you_mean(block, there)
            yield NO_SUCH_BLOCK.at(
                _span(name, line), name=block, known=", ".join(there), hint=hint
            )


def _missing(known: Mapping[str, _Read], own: Collection[str]) -> Iterator[Diagnostic]:
    """Blocks that the program's templates fill, and the site's own above them lacks."""
    found = {}
    for name in sorted(known.keys() - set(own)):
        above = [one for one in _above(name, known) if one in known]
        there = {block for one in above for block in known[one].blocks}
        nearest = next((one for one in above if one in own), "")
        if not nearest or known[nearest].broken or _turns(nearest, known):
            continue
        for block, _ in known[name].outer:
            if block not in there:
                found[nearest, block] = BLOCK_IS_MISSING.at(
                    _span(nearest, 1), name=block, shipped=render.SHIPPED + nearest
                )
    return iter(found.values())


def _unused(known: Mapping[str, _Read], own: Collection[str]) -> Iterator[Diagnostic]:
    pages = {kind.TEMPLATE for kind in kinds.KINDS.values()}
    used = {render.resolved(name, known) for read in known.values() for name in read.uses}
    for name in sorted(set(own) - pages - used):
        hint = did_you_mean(name, pages | (used & known.keys()))
        yield UNUSED.at(_span(name, 1), hint=hint)


# --- what a browser makes of it ---


def _in_markup(name: str, text: str) -> Iterator[Diagnostic]:
    reader = _Markup()
    reader.feed(_CODE.sub(_blank, text))
    reader.close()
    for problem, line, words in reader.found:
        yield problem.at(_span(name, line), **words)
    if reader.head and not reader.has_policy:
        yield NO_POLICY.at(_span(name, reader.head))


def _blank(code: re.Match[str]) -> str:
    """As many lines, and something where a value will stand."""
    return ("x" if code[0].startswith("{{") else " ") + "\n" * code[0].count("\n")


@dataclass
class _Markup(HTMLParser):
    found: list[tuple[Problem, int, dict[str, str]]] = field(default_factory=list)
    head: int = 0  # the line of <head>
    has_policy: bool = False

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        line = self.getpos()[0]
        for what in _inline(tag, given):
            self.found.append((INLINE, line, {"what": what}))
        for address in _foreign(tag, given):
            self.found.append((FOREIGN, line, {"address": address}))
        self.head = line if tag == "head" else self.head
        self.has_policy |= given.get("http-equiv", "").lower() == _POLICY


def _inline(tag: str, given: Mapping[str, str]) -> Iterator[str]:
    if tag == "style" or (tag == "script" and "src" not in given and not _is_data(given)):
        yield f"a <{tag}> in the page itself"
    for name, value in given.items():
        if name == "style" or re.fullmatch(r"on[a-z]+", name):
            yield f"{name}="
        if value.lower().lstrip().startswith("javascript:"):
            yield "javascript:"


def _is_data(given: Mapping[str, str]) -> bool:
    return given.get("type", "") in _DATA


def _foreign(tag: str, given: Mapping[str, str]) -> Iterator[str]:
    is_linked = tag == "link" and _LINKED & set(given.get("rel", "").lower().split())
    for name in _FETCHED | ({"href"} if is_linked else set()):
        yield from _ELSEWHERE.findall(given.get(name, ""))
