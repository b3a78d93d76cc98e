"""Python-Markdown with our own inline step: from the lines of a block to elements to HTML.

Raw HTML is off in both its forms, so every `<` of an author is text; entities become the
characters they name; what Python-Markdown does for links, notes and addresses is replaced,
because it says no places and is slow on nested brackets (Python-Markdown issue 798).
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Any, cast
from xml.etree import ElementTree

import markdown
from markdown.extensions.tables import TableExtension
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import InlineProcessor as InlineStep

from aigaq.source import characters
from aigaq.source.markup import links, marks, notes
from aigaq.source.markup.findings import SIGN, without_signs
from aigaq.words.diagnostics import Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

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
_REMOVED_BLOCK = ("hashheader", "setextheader", "reference")
_SPECIAL = re.compile(r"[`\\\[*_<&{]|\(\(|  \n")
# Which patterns there are, in their order, and the signs without which one cannot match. Asking
# only those whose signs are there halves the time of ordinary prose.
_NEEDS = (
    ("backtick", ("`",)),
    ("escape", ("\\",)),
    ("nonverbal", ("[[",)),
    ("insertion", ("{{",)),
    ("gloss", ("((",)),
    ("note", ("[^",)),
    ("link", ("[",)),
    ("picture", ("![",)),
    ("autolink", ("<",)),
    ("automail", ("<",)),
    ("entity", ("&",)),
    ("linebreak", ("  \n",)),
    ("em_strong", ("*", "_")),
)
_TAG = re.compile(rf"<{SIGN}(/?[A-Za-z][^<>]{{0,80}})>")
_APART = ("p", "li", "td", "th", "br", "pre")  # a space keeps the words of two apart


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
        self.markdown = md = markdown.Markdown(extensions=[TableExtension()])
        md.ESCAPED_CHARS += ["<", "&", ":", '"']
        for name in _REMOVED_INLINE:
            md.inlinePatterns.deregister(name)
        md.preprocessors.deregister("html_block")
        for name in _REMOVED_BLOCK:
            md.parser.blockprocessors.deregister(name)
        setattr(md.parser.blockprocessors["olist"], "LAZY_OL", False)  # noqa: B010 - not in the stubs; "3." stays a 3
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
        step = md.treeprocessors["inline"]
        assert isinstance(step, InlineStep)
        self._step = step
        self._patterns = tuple((md.inlinePatterns[name], needs) for name, needs in _NEEDS)

    def parsed(self, text: str) -> ElementTree.Element:
        """A root with the block elements of `text`: a list, a quotation, a table."""
        self.markdown.parser.state.clear()  # what a RecursionError may have left behind
        root = ElementTree.Element("div")
        self.markdown.parser.parseChunk(root, text)
        return root

    def inlined(self, root: ElementTree.Element) -> ElementTree.Element:
        """The same root with what stands inside its blocks converted; complaints gathered."""
        text = "".join(root.itertext())
        if _SPECIAL.search(text):
            self.markdown.reset()
            asked = [
                one for one, needs in self._patterns if any(sign in text for sign in needs)
            ]
            self._step.inlinePatterns = cast("Any", asked)  # only len() and [number] are asked
            self._step.run(root)
            self._complain(root, code=False)
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
        if not re.search(SIGN, text):
            return
        findings.diagnostics += marks.not_closed(text, findings)
        findings.diagnostics += links.broken(text, findings)
        tag = _TAG.search(text)
        if tag and findings.start not in findings.with_tags:  # one is like the others
            findings.with_tags.add(findings.start)
            found = TAG.at(findings.at(tag[0]), tag=f"<{without_signs(tag[1])}>")
            findings.diagnostics.append(found)


def written(element: ElementTree.Element) -> tuple[str, str]:
    """The HTML of an element, and its words as plain text without the numbers of notes.

    RecursionError where it is deeper than DEPTH, whoever calls.
    """
    for code in element.iter("code"):
        # Python-Markdown escapes code itself, so that nothing reads it as markup again.
        code.text = html.unescape(code.text or "")
    words = without_signs("".join(_words(element, 0)))
    shown = ElementTree.tostring(element, encoding="unicode", method="html")
    return without_signs(shown), " ".join(words.split())


def _words(element: ElementTree.Element, depth: int) -> Iterator[str]:
    if depth > DEPTH:
        raise RecursionError
    if element.tag == "sup":
        return
    if element.tag == "img":
        yield f" {element.get('alt', '')} {element.get('title', '')} "
    yield element.text or ""
    for child in element:
        yield from _words(child, depth + 1)
        yield child.tail or ""
    if element.tag in _APART:
        yield " "
