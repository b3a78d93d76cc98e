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
from aigaq.words.diagnostics import Problem
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


class _Kept(dict[int, int | None]):
    """For `str.translate`: what counts for a digest, all but white space and punctuation."""

    def __missing__(self, code: int) -> int | None:
        category = unicodedata.category(chr(code))
        self[code] = None if category[0] in "PZC" else code
        return self[code]


_KEPT = _Kept()


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
    return hashlib.sha256(folded.translate(_KEPT).encode()).hexdigest()[:16]


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
        for comment in re.finditer("<!--", line)
    ]


@dataclass(slots=True)
class _Conversion:
    known: Findings
    labels: tuple[str, ...]
    engine: inline.Engine
    made: list[Block] = field(default_factory=list)
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
            blocks=_shifted(self.made),
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
        html, words = inline.written(self._prose("h2", text))
        self.headings += 1
        block = Block(
            kind="heading",
            html=self._clean(html[4:-5]),
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
        element = self._prose("p", text)
        if speaker:
            self._add("turn", element, speaker)
        elif _is_picture(element):
            self._add("picture", _figure(element[0]))
        else:
            self._add("paragraph", element)

    def _prose(self, tag: str, text: str) -> ElementTree.Element:
        root = ElementTree.Element("div")
        ElementTree.SubElement(root, tag).text = text
        return self.engine.inlined(root)[0]

    def _add(self, kind: BlockKind, element: ElementTree.Element, speaker: str = "") -> None:
        html, words = inline.written(element)
        counts = kind != "rule"
        self.addressed += counts
        block = Block(
            kind=kind,
            html=self._clean(html),
            text=words,
            line=self.known.line(self.known.start),
            address=f"p{self.addressed}" if counts else "",
            digest=digest(words) if counts else "",
            speaker=speaker,
            container=self.container,
        )
        self.made.append(block)

    def _clean(self, html: str) -> str:
        cleaned = sanitise.clean(html)
        if cleaned is None:
            self.known.diagnostics.append(UNSTABLE.at(self.known.span(self.known.start)))
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
        return self._clean(inline.written(whole)[0])


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
