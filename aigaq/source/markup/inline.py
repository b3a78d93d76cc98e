"""Python-Markdown with our own inline step: from the lines of a block to elements to HTML.

Raw HTML is off in both its forms, so every `<` of an author is text; entities become the
characters they name; what Python-Markdown does for links, notes and addresses is replaced,
because it says no places and is slow on nested brackets (Python-Markdown issue 798).
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, cast
from xml.etree import ElementTree

import markdown
from markdown.inlinepatterns import InlineProcessor

from aigaq.source import characters
from aigaq.source.markup import links, marks, notes, steps
from aigaq.source.markup.findings import SIGN, without_signs
from aigaq.words.diagnostics import Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from aigaq.source.markup.findings import Findings

TAG = Problem(
    "M032",
    "the HTML in this paragraph is not read: {tag} will be shown to readers as it stands",
    "Delete all that stands between < and >. Stars make *emphasis* and **strong** words, a "
    "blank line a new paragraph.",
    Severity.WARNING,
)

DEPTH = 100  # of elements in each other: far below what the stack of any caller allows
_REMOVED_INLINE = (
    "reference", "link", "image_link", "image_reference", "short_reference",
    "short_image_ref", "autolink", "automail", "html", "entity",
)  # fmt: skip
# Whether one character is in a text is told in no time; patterns take ten times as long.
_SINGLE = "`\\[*_<&{"
# Which patterns there are, in their order, and what of the above has to be in a text, and what
# else, that one can match. Asking only those halves the time of ordinary prose.
_NEEDS = (
    ("backtick", "`", ""),
    ("escape", "\\", ""),
    ("nonverbal", "[", "[["),
    ("insertion", "{", "{{"),
    ("gloss", "((", ""),
    ("note", "[", "[^"),
    ("link", "[", ""),
    ("picture", "[", "!["),
    ("autolink", "<", ""),
    ("automail", "<", ""),
    ("entity", "&", ""),
    ("linebreak", "  \n", ""),
    ("em_strong", "*_", ""),
)
_ANY_SIGN = re.compile(SIGN)
_TAG = re.compile(rf"<{SIGN}(/?[A-Za-z][^<>]{{0,80}})>")
_APART = frozenset(("p", "li", "td", "th", "br", "pre"))  # a space keeps words of two apart
_SPACES = tuple(chr(n) for n in range(0x3001) if chr(n).isspace() and chr(n) != " ")
_VOID = frozenset(("br", "hr", "img"))
_IN_TEXT = (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ("\N{NO-BREAK SPACE}", "&nbsp;"))
_IN_QUOTES = (("&", "&amp;"), (">", "&gt;"), ('"', "&quot;"), ("\N{NO-BREAK SPACE}", "&nbsp;"))


class Entity(InlineProcessor):
    """An entity becomes its character, unless that is one which nobody can see."""

    def __init__(self, engine: Engine) -> None:
        pattern = (
            rf"&({SIGN})(#[0-9]{{1,7}};|#[xX][0-9a-fA-F]{{1,6}};|[A-Za-z][A-Za-z0-9]{{1,30}};)"
        )
        super().__init__(pattern, engine.markdown)
        self.engine = engine

    def handleMatch(  # type: ignore[override]  # noqa: N802 - the parser's own name
        self, m: re.Match[str], data: str
    ) -> tuple[str, int, int]:
        findings = self.engine.findings
        shown = html.unescape(f"&{m[2]}")
        allowed = characters.needed_by(findings.language)
        hidden = "".join(char for char in shown if char not in allowed)
        found = characters.unseen(hidden, findings.at(m[1]))
        findings.diagnostics.extend(found)
        return ("\N{REPLACEMENT CHARACTER}" if found else shown), m.start(), m.end()


class Engine:
    """A Markdown instance with our patterns, made once a thread, and the findings it fills."""

    findings: Findings

    def __init__(self) -> None:
        self.markdown = md = markdown.Markdown()
        md.ESCAPED_CHARS += ["<", "&", ":", '"', "|"]
        for name in _REMOVED_INLINE:
            md.inlinePatterns.deregister(name)
        self._parser = steps.Blocks(md)
        self._step = steps.Inline(md)
        self._stress = steps.Stress(md)
        md.treeprocessors.register(self._step, "inline", 20)
        md.inlinePatterns.register(self._stress, "em_strong", 60)
        self._register()

    def _register(self) -> None:
        md = self.markdown

        def now() -> Findings:
            return self.findings

        patterns: tuple[tuple[InlineProcessor, str], ...] = (
            (marks.Mark(marks.NONVERBAL, md, "nonverbal", "[]"), "nonverbal"),
            (marks.Mark(marks.INSERTION, md, "insertion", "[]"), "insertion"),
            (marks.GlossMark(md, now), "gloss"),
            (notes.Call(md, now), "note"),
            (links.Link(links.LINK, md, now), "link"),
            (links.Picture(links.PICTURE, md, now), "picture"),
            (links.Autolink(links.AUTOLINK, md, "", now), "autolink"),
            (links.Autolink(links.AUTOMAIL, md, "mailto:", now), "automail"),
            (Entity(self), "entity"),
        )
        for place, (pattern, name) in enumerate(patterns):
            md.inlinePatterns.register(
                pattern, name, 175 - place
            )  # after escapes, before stress
        self._patterns = tuple(
            (cast("InlineProcessor", md.inlinePatterns[name]), frozenset(_special(signs)), more)
            for name, signs, more in _NEEDS
        )

    def parsed(self, text: str) -> ElementTree.Element:
        """A root with the block elements of `text`: a list, a quotation, a table."""
        self._parser.state.clear()  # what a RecursionError may have left behind
        root = ElementTree.Element("div")
        self._parser.parseChunk(root, text)
        return root

    def inlined(self, root: ElementTree.Element) -> ElementTree.Element:
        """The same root with what stands inside its blocks converted; complaints gathered."""
        text = "".join(root.itertext())
        found = _special(text)
        if found:
            self._stress.reset()
            self._step.patterns = [
                pattern
                for pattern, signs, more in self._patterns
                if not signs.isdisjoint(found) and more in text
            ]
            self._step.run(root)
            if self.findings.signs:
                self._complain(root, code=False)
            if "\\" in found:
                self.markdown.treeprocessors["unescape"].run(root)
        return root

    def _complain(self, element: ElementTree.Element, *, code: bool) -> None:
        code = code or element.tag == "code"
        if element.text and not code:
            self._complain_of(element.text)
        for child in element:
            self._complain(child, code=code)
            if child.tail:
                self._complain_of(child.tail)

    def _complain_of(self, text: str) -> None:
        findings = self.findings
        if not _ANY_SIGN.search(text):
            return
        findings.diagnostics += marks.not_closed(text, findings)
        findings.diagnostics += links.broken(text, findings)
        tag = _TAG.search(text)
        if tag and findings.start not in findings.with_tags:  # one is like the others
            findings.with_tags.add(findings.start)
            found = TAG.at(findings.at(tag[0]), tag=f"<{without_signs(tag[1])}>")
            findings.diagnostics.append(found)


def is_special(text: str) -> bool:
    """Whether anything in `text` may be more than words."""
    return bool(_special(text))


def _special(text: str) -> list[str]:
    found = [sign for sign in _SINGLE if sign in text]
    if "(" in text and "((" in text:
        found.append("((")
    if "\n" in text and "  \n" in text:
        found.append("  \n")
    return found


def simple(tag: str, text: str) -> str:
    """The HTML of an element whose text is not special and has no signs."""
    return f"<{tag}>{_escaped(text)}</{tag}>"


def written(
    element: ElementTree.Element, unsigned: Callable[[str], str] = without_signs
) -> tuple[str, str]:
    """The HTML of an element, and its words as plain text without the numbers of notes.

    `unsigned` takes the signs out. RecursionError where it is deeper than DEPTH, whoever calls.
    """
    parts: list[str] = []
    words: list[str] = []
    _write(element, parts, words, 0)
    return unsigned("".join(parts)), spaced(unsigned("".join(words)))


def spaced(text: str) -> str:
    """The words of a text with single spaces."""
    if "  " in text or any(map(text.__contains__, _SPACES)):
        return " ".join(text.split())
    return text.strip(" ")  # nearly always, and in a third of the time


def _write(
    element: ElementTree.Element, parts: list[str], words: list[str], depth: int
) -> None:
    """Three times as fast as ElementTree's own writer, which must know of namespaces."""
    if depth > DEPTH:
        raise RecursionError
    tag = element.tag
    attributes = "".join(
        [f' {name}="{_escaped(said, _IN_QUOTES)}"' for name, said in element.items()]
    )
    parts.append(f"<{tag}{attributes}>")
    if tag == "sup":
        words, depth = [], 0  # the number of a note
    elif tag == "img":
        words.append(f" {element.get('alt', '')} {element.get('title', '')} ")
    if element.text:
        # Python-Markdown escapes code itself, so that nothing reads it as markup again.
        text = html.unescape(element.text) if tag == "code" else element.text
        parts.append(_escaped(text))
        words.append(text)
    for child in element:
        _write(child, parts, words, depth + 1)
        words.append(child.tail or "")
    if tag in _APART:
        words.append(" ")
    ending = "" if tag in _VOID else f"</{tag}>"
    parts.append(ending + _escaped(element.tail or ""))


def _escaped(text: str, signs: Sequence[tuple[str, str]] = _IN_TEXT) -> str:
    """As an HTML parser would write it, so that the sanitiser need not mend it."""
    for sign, entity in signs:
        if sign in text:
            text = text.replace(sign, entity)
    return text
