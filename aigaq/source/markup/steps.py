"""Python-Markdown's steps, specialised by subclass: the same elements, with fewer questions.

The inline step walks as the stock one does (also where that reads a text twice) but keeps no
lists of ancestors, which none of our patterns asks for, and leaves at once what a pattern does
not find: 0.4 of the stock step's time. The block step knows the first signs of a paragraph.
"""

from __future__ import annotations

import re
from collections import deque
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

from markdown import blockprocessors, inlinepatterns, treeprocessors
from markdown.blockparser import BlockParser
from markdown.extensions.tables import TableExtension, TableProcessor
from markdown.util import INLINE_PLACEHOLDER, INLINE_PLACEHOLDER_PREFIX, AtomicString

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown import Markdown

_PLACEHOLDER = re.compile(INLINE_PLACEHOLDER % "([0-9]+)")
# What may be a quotation or a rule though the block starts as a paragraph does.
_LATER = re.compile(r"\n {0,3}[>_*-]")


class Blocks(BlockParser):
    """The block step without headings and link definitions, which are cut before.

    A block that starts with a letter and has no sign of a table, quotation or rule is given to
    no other processor than that of paragraphs: half of the time of lists and quotations.
    """

    def __init__(self, md: Markdown) -> None:
        super().__init__(md)
        numbered = blockprocessors.OListProcessor(self)
        setattr(numbered, "LAZY_OL", False)  # noqa: B010 - not in the stubs; "3." stays a 3
        self._paragraph = blockprocessors.ParagraphProcessor(self)
        self._order = (
            blockprocessors.EmptyBlockProcessor(self),
            blockprocessors.ListIndentProcessor(self),
            blockprocessors.CodeBlockProcessor(self),
            TableProcessor(self, TableExtension().getConfigs()),
            blockprocessors.HRProcessor(self),
            numbered,
            blockprocessors.UListProcessor(self),
            blockprocessors.BlockQuoteProcessor(self),
            self._paragraph,
        )

    def parseBlocks(  # noqa: N802 - the parser's own name
        self, parent: ElementTree.Element, blocks: list[str]
    ) -> None:
        while blocks:
            block = blocks[0]
            if block[:1].isalpha() and "|" not in block and not _LATER.search(block):
                self._paragraph.run(parent, blocks)
                continue
            for processor in self._order:
                if processor.test(parent, block) and processor.run(parent, blocks) is not False:
                    break


class Stress(inlinepatterns.DelimiterProcessor):
    """Emphasis, looking for the next sign with a pattern and not character by character."""

    def __init__(self, md: Markdown) -> None:
        super().__init__("*", "strong,em", md)
        self.add("_", "strong,em", smart=True)

    def search(self, data: str, start: int) -> re.Match[str] | None:
        for sign in self.compiled_re.finditer(data, start):
            delimiter = self.delimiters[sign[0]]
            found: re.Match[str] | None = delimiter.boundary.match(data, sign.start())
            if found and (delimiter.stack or found.lastgroup != "end"):
                return found
        return None


class Inline(treeprocessors.InlineProcessor):
    """The inline step with a choice of `patterns`, for each text anew, in their order."""

    patterns: Sequence[inlinepatterns.InlineProcessor] = ()
    stashed_nodes: dict[str, ElementTree.Element | str]

    def run(
        self, tree: ElementTree.Element, ancestors: list[str] | None = None
    ) -> ElementTree.Element:
        self.stashed_nodes = {}
        waiting = deque([tree])
        while waiting:
            element = waiting.popleft()
            grown = []
            for child in element:
                text = child.text
                if text and not isinstance(text, AtomicString):
                    child.text = None
                    made = self._unpacked(self._packed(text, 0), child, is_tail=False)
                    waiting += made
                    grown.append((child, made))
                if child.tail:
                    self._tail(element, child)
                if len(child):
                    waiting.append(child)
            for child, made in grown:
                child[:0] = made
        return tree

    def _tail(self, parent: ElementTree.Element, child: ElementTree.Element) -> None:
        tail = self._packed(child.tail or "", 0)
        around = ElementTree.Element("d")
        child.tail = None
        made = self._unpacked(tail, around, is_tail=True)
        if around.tail:
            child.tail = around.tail
        place = list(parent).index(child) + 1
        parent[place:place] = made

    def _packed(self, data: str, first: int) -> str:
        """`data` with a placeholder for each thing that the patterns from `first` on find."""
        if isinstance(data, AtomicString):
            return data
        for number in range(first, len(self.patterns)):
            pattern = self.patterns[number]
            find = pattern.getCompiledRegExp().finditer
            start = 0
            while True:
                for match in find(data, start):
                    node, begin, end = pattern.handleMatch(match, data)
                    if begin is not None and end is not None:
                        break
                else:
                    break
                if node is None:
                    start = end
                    continue
                placeholder = self._stashed(node, number)
                data = f"{data[:begin]}{placeholder}{data[end:]}"
                start = begin + len(placeholder)
        return data

    def _stashed(self, node: ElementTree.Element | str, number: int) -> str:
        """The placeholder of what a pattern has made, with what stands in it packed first."""
        if not isinstance(node, str) and not isinstance(node.text, AtomicString):
            for child in (node, *node):
                if child.text:
                    child.text = self._packed(child.text, number + 1)
                if child.tail:
                    child.tail = self._packed(child.tail, number)
        name = f"{len(self.stashed_nodes):04d}"
        self.stashed_nodes[name] = node
        return INLINE_PLACEHOLDER % name

    def _unpacked(
        self, data: str, parent: ElementTree.Element, *, is_tail: bool
    ) -> list[ElementTree.Element]:
        """The elements that stand for placeholders; text goes to `parent` and between them."""
        made: list[ElementTree.Element] = []
        if INLINE_PLACEHOLDER_PREFIX not in data:
            _add(data, made, parent, is_tail=is_tail)
            return made
        start = 0
        while True:
            index = data.find(INLINE_PLACEHOLDER_PREFIX, start)
            if index == -1:
                break
            found = _PLACEHOLDER.search(data, index)
            node = self.stashed_nodes.get(found[1]) if found else None
            if found is None or node is None:  # letters that only look like a placeholder
                index += len(INLINE_PLACEHOLDER_PREFIX)
                _add(data[start:index], made, parent, is_tail=is_tail)
                start = index
                continue
            _add(data[start:index], made, parent, is_tail=is_tail)
            start = found.end()
            if isinstance(node, str):
                _add(node, made, parent, is_tail=is_tail)
            else:
                self._open(node)
                made.append(node)
        rest = data[start:]
        whole = AtomicString(rest) if isinstance(data, AtomicString) else rest
        _add(whole, made, parent, is_tail=is_tail)
        return made

    def _open(self, node: ElementTree.Element) -> None:
        """Unpack what stands in a node and behind its children."""
        for child in (node, *node):
            tail, text = child.tail, child.text
            if tail and tail.strip():
                child.tail = None
                place = 0 if child is node else list(node).index(child) + 1
                node[place:place] = self._unpacked(tail, child, is_tail=True)
            if text and text.strip():
                child.text = None
                child[:0] = self._unpacked(text, child, is_tail=False)


def _add(
    text: str, made: list[ElementTree.Element], parent: ElementTree.Element, *, is_tail: bool
) -> None:
    """Text behind the last element made, or else into (or behind) the parent."""
    if not text:
        return
    place: Any = made[-1] if made else parent
    if made or is_tail:
        place.tail = place.tail + text if place.tail else text
    else:
        place.text = place.text + text if place.text else text
