"""A body becomes a fragment: safe HTML in blocks with addresses, and problems with places.

Law: the same body, labels and language give the same fragment, whatever was converted before.
"""

from __future__ import annotations

import hashlib
import re
import threading
import unicodedata
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from aigaq.source.markup import blocks, caps, findings, inline, marks, notes, sanitise
from aigaq.words.diagnostics import Problem, Span
from aigaq.words.fragments import Block, BlockKind, Container, Fragment

if TYPE_CHECKING:
    from aigaq.source.markup.blocks import Chunk
    from aigaq.source.markup.findings import Findings
    from aigaq.words.diagnostics import Diagnostic

COMMENT = Problem(
    "M010",
    "an HTML comment does not stay private: everybody can read this file",
    "Delete it from <!-- to -->. Notes for other editors go elsewhere.",
)
TOO_DEEP = Problem(
    "M011",
    "this paragraph is nested too deep to be read",
    "Look for long rows of stars, brackets or quotation signs and delete them.",
)
UNSTABLE = Problem(
    "M012",
    "this paragraph cannot be made safe for browsers",
    "Write it more simply: without links, pictures and stars first, then add them one by one.",
)

_KIND_OF_TAG: dict[str, BlockKind] = {
    "blockquote": "quotation", "ul": "list", "ol": "list", "table": "table", "pre": "code",
    "hr": "rule",
}  # fmt: skip
_CLOSING_MARKS = re.compile(r"(?:(?<=\s)|\A)#+\s*\Z")
_threads = threading.local()


# White space and punctuation among ASCII, and what else may be: all but letters and digits.
# The letters of our languages stand first, because asking for a range is cheaper than for \w.
_ASCII = bytes(n for n in range(128) if unicodedata.category(chr(n))[0] in "PZC")
# The bytes of ASCII and of the Cyrillic letters: where there are no others, nothing strange is.
_USUAL = bytes((*range(0xC0), *range(0xD0, 0xD4)))
_STRANGE = re.compile(r"[^\x00-\x7f\u0400-\u0481\u048a-\u052f\u0621-\u064a\u4e00-\u9fff\w]")


def convert(
    body: str,
    *,
    path: str,
    first_line: int,
    labels: frozenset[str] | tuple[str, ...],
    language: str,
) -> tuple[Fragment, list[Diagnostic]]:
    """The fragment of `body` and its problems in the order of the file.

    `first_line` is the line of the file on which the body starts, `labels` are those that its
    speakers declare, `language` is the body's own. Where a limit is broken or a comment found,
    nothing is converted and the fragment is empty. Record links and pictures stay placeholders.
    """
    raw = blocks.raw_lines(findings.without_strangers(body))
    lines = blocks.normal_lines(raw)
    chunks = tuple(blocks.cut(lines))
    found = caps.exceeded(lines, chunks, path=path, first_line=first_line)
    known = findings.Findings(path, first_line, language, raw, diagnostics=found)
    found += _comments(known)
    if found:
        return Fragment(), sorted(found)
    fragment = _Conversion(known, tuple(sorted(set(labels))), _engine(known)).run(chunks)
    return fragment, sorted(set(found))


def digest(text: str) -> str:
    """The first 16 hex digits that stay when only typography and white space change."""
    folded = unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold())
    code = folded.encode()
    if code.translate(None, _USUAL):
        code = _STRANGE.sub(_kept, folded).encode()
    return hashlib.sha256(code.translate(None, _ASCII)).hexdigest()[:16]


def _kept(found: re.Match[str]) -> str:
    """The character, unless it is white space or punctuation: six times a translation table."""
    return "" if unicodedata.category(found[0])[0] in "PZC" else found[0]


def _engine(known: Findings) -> inline.Engine:
    engine: inline.Engine | None = getattr(_threads, "engine", None)
    if engine is None:
        engine = _threads.engine = inline.Engine()
    engine.findings = known
    return engine


def _comments(known: Findings) -> list[Diagnostic]:
    return [
        COMMENT.at(known.span(number, comment.start() + 1))
        for number, line in enumerate(known.raw)
        if "<!--" in line
        for comment in re.finditer("<!--", line)
    ]


@dataclass(slots=True)
class _Conversion:
    known: Findings
    labels: tuple[str, ...]
    engine: inline.Engine
    made: list[Block] = field(default_factory=list)  # their HTML not yet cleaned
    container: Container | None = None
    opened: tuple[int, str] | None = None  # line, kind: also of a container that makes no sense
    containers: int = 0
    headings: int = 0
    addressed: int = 0

    def run(self, chunks: tuple[Chunk, ...]) -> Fragment:
        for chunk in chunks:
            if chunk.kind == "note":
                notes.collect(chunk, self.known)
            elif chunk.kind == "target":
                name = " ".join(chunk.label.split()).casefold()
                column = self.known.raw[chunk.start].find(chunk.address) + 1
                span = self.known.span(chunk.start, column)
                self.known.targets.setdefault(name, (chunk.address, chunk.title, span))
        for chunk in chunks:
            if chunk.kind == "fence":
                self._fence(chunk)
            elif chunk.kind not in ("note", "target"):
                self._block(chunk)
        self._unclosed()
        footnotes = self._footnotes()
        self.known.diagnostics += notes.unused(self.known)
        return self._fragment(footnotes)

    def _fragment(self, footnotes: str) -> Fragment:
        known = self.known
        return Fragment(
            blocks=_shifted(self._cleaned()),
            references=tuple(sorted(known.references, key=lambda one: (one.line, one.column))),
            pictures=tuple(sorted(known.pictures, key=lambda one: one[1])),
            glosses=tuple(sorted(known.glosses, key=lambda one: one.line)),
            footnotes=footnotes,
        )

    def _fence(self, chunk: Chunk) -> None:
        span = self.known.span(chunk.start, 1)
        found = self.known.diagnostics
        if not chunk.label:
            if not self.opened:
                found.append(marks.NOT_OPEN.at(span))
            self.opened = self.container = None
            return
        kind = chunk.label.split()[0]
        if self.opened:
            found.append(marks.NESTED.at(span, kind=self.opened[1], line=self.opened[0]))
        self.opened = (span.line, kind)
        self.containers += 1
        self.container, problems = marks.container(chunk, self.containers, span)
        found += problems

    def _unclosed(self) -> None:
        if self.opened:
            span = self.known.span(self.opened[0] - self.known.first_line, 1)
            self.known.diagnostics.append(marks.UNCLOSED.at(span, kind=self.opened[1]))

    def _block(self, chunk: Chunk) -> None:
        self.known.begin(chunk.start)
        try:
            self._convert(chunk)
        except RecursionError:
            self.known.diagnostics.append(TOO_DEEP.at(self.known.span(chunk.start)))

    def _convert(self, chunk: Chunk) -> None:
        if chunk.kind == "heading":
            self._heading(chunk)
        elif chunk.kind == "paragraph":
            self._paragraph(chunk)
        else:
            text = self.known.signed(chunk.lines, chunk.start)
            for element in self.engine.inlined(self.engine.parsed(text)):
                self._add(_KIND_OF_TAG.get(str(element.tag), "paragraph"), element)

    def _heading(self, chunk: Chunk) -> None:
        text = _CLOSING_MARKS.sub("", self.known.signed(chunk.lines, chunk.start)).strip()
        if self._is_plain(text):
            html, words = inline.simple("h2", text), inline.spaced(text)
        else:
            html, words = self._written(self._prose("h2", text))
        self.headings += 1
        block = Block(
            kind="heading",
            html=html[4:-5],
            text=words,
            line=self.known.line(chunk.start),
            container=self.container,
            level=chunk.level,
            anchor=f"h-{self.headings}",
        )
        self.made.append(block)

    def _paragraph(self, chunk: Chunk) -> None:
        first = chunk.lines[0].lstrip()
        speaker, rest = marks.turn(first, self.labels)
        if not speaker:
            column = 1 + len(self.known.raw[chunk.start]) - len(first)
            span = self.known.span(chunk.start, column)
            self.known.diagnostics += marks.undeclared(first, self.labels, span)
        text = self.known.signed((rest, *chunk.lines[1:]), chunk.start).strip()
        if self._is_plain(text):
            kind: BlockKind = "turn" if speaker else "paragraph"
            self._made(kind, inline.simple("p", text), inline.spaced(text), speaker)
            return
        element = self._prose("p", text)
        if speaker:
            self._add("turn", element, speaker)
        elif _is_picture(element):
            self._add("picture", _figure(element[0]))
        else:
            self._add("paragraph", element)

    def _is_plain(self, text: str) -> bool:
        return not self.known.signs and not inline.is_special(text)

    def _prose(self, tag: str, text: str) -> ElementTree.Element:
        root = ElementTree.Element("div")
        ElementTree.SubElement(root, tag).text = text
        return self.engine.inlined(root)[0]

    def _written(self, element: ElementTree.Element) -> tuple[str, str]:
        return inline.written(element, self.known.unsigned)

    def _add(self, kind: BlockKind, element: ElementTree.Element, speaker: str = "") -> None:
        self._made(kind, *self._written(element), speaker)

    def _made(self, kind: BlockKind, html: str, words: str, speaker: str = "") -> None:
        counts = kind != "rule"
        self.addressed += counts
        block = Block(
            kind=kind,
            html=html,
            text=words,
            line=self.known.line(self.known.start),
            address=f"p{self.addressed}" if counts else "",
            digest=digest(words) if counts else "",
            speaker=speaker,
            container=self.container,
        )
        self.made.append(block)

    def _cleaned(self) -> list[Block]:
        """The blocks with clean HTML.

        They are cleaned together first. Where nothing changes, each is what its parser reads,
        so that alone it would not change either; else each is cleaned by itself.
        """
        whole = "\n".join([block.html for block in self.made])
        if sanitise.is_clean(whole):
            return self.made
        return [replace(block, html=self._clean(block.html, block.line)) for block in self.made]

    def _clean(self, html: str, line: int) -> str:
        cleaned = sanitise.clean(html)
        if cleaned is None:
            self.known.diagnostics.append(UNSTABLE.at(Span(self.known.path, line)))
        return cleaned or ""

    def _footnotes(self) -> str:
        """The list of notes; one note may call another, so it may grow while it is made."""
        known = self.known
        elements: list[ElementTree.Element] = []
        while len(elements) < len(known.cited):
            chunk = known.notes[list(known.cited)[len(elements)]]
            known.begin(chunk.start)
            try:
                text = known.signed(chunk.lines, chunk.start)
                elements.append(self.engine.inlined(self.engine.parsed(text)))
            except RecursionError:
                known.diagnostics.append(TOO_DEEP.at(known.span(chunk.start)))
                elements.append(ElementTree.Element("div"))
        if not elements:
            return ""
        whole = ElementTree.Element("ol")
        times = known.cited.values()
        whole.extend(
            notes.item(element, number, count)
            for number, (element, count) in enumerate(zip(elements, times, strict=True), 1)
        )
        return self._clean(inline.written(whole)[0], known.line(known.start))


def _is_picture(paragraph: ElementTree.Element) -> bool:
    if len(paragraph) != 1 or paragraph[0].tag != "img":
        return False
    around = (paragraph.text or "") + (paragraph[0].tail or "")
    return not findings.without_signs(around).strip()


def _figure(picture: ElementTree.Element) -> ElementTree.Element:
    figure = ElementTree.Element("figure")
    figure.append(picture)
    picture.tail = None
    caption = picture.attrib.pop("title", "")
    if caption:
        ElementTree.SubElement(figure, "figcaption").text = caption
    return figure


def _shifted(made: list[Block]) -> tuple[Block, ...]:
    """Headings so that the highest is of level 2 and none below 6."""
    levels = [block.level for block in made if block.level]
    shift = 2 - min(levels, default=2)
    if not shift:
        return tuple(made)
    return tuple(
        replace(block, level=min(block.level + shift, 6)) if block.level else block
        for block in made
    )
