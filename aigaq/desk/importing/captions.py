"""Captions of pictures: a page says each twice, in words and below the picture.

Law: a heading is never taken for a caption, nor a name alone: they tell who speaks.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from aigaq.desk.importing import html_blocks, names

if TYPE_CHECKING:
    from aigaq.desk.importing.html_blocks import Block


class Captions:
    """Which captions there were: a page says each twice, in words and below the picture."""

    def __init__(self) -> None:
        self.pictures: list[str] = []
        self._described: set[str] = set()
        self._noted: set[str] = set()
        self._before = ""

    def judged(self, block: Block) -> tuple[bool, str]:
        """Whether a block says what was said before, and what stays of it as Markdown."""
        folded = _folded(block.words)
        if block.kind == html_blocks.PICTURE:
            self.pictures.append(" ".join(filter(None, (block.words, block.href))))
            self._described |= {folded} - {""}
            return False, ""
        if block.kind == html_blocks.HEADING or names.is_name(block.words):
            self._before = folded
            return self._of_a_name(block, folded)
        twin = bool(folded) and (folded in self._noted or folded == self._before)
        self._before = folded
        if twin:
            return True, ""
        described = folded in self._described
        if described or "figcaption" in block.within:
            self._noted.add(folded)
            return described, _note(block)
        return False, block.text

    def _of_a_name(self, block: Block, folded: str) -> tuple[bool, str]:
        """What may tell who speaks is kept as it is; only below a picture it is a caption."""
        if block.kind == html_blocks.HEADING or "figcaption" not in block.within:
            return False, block.text
        return folded in self._described, _note(block)


def _note(block: Block) -> str:
    """A caption without its picture, as a note of the editors."""
    return f"::: note\n{block.text}\n:::"


def _folded(words: str) -> str:
    """Words without what differs between a caption and its twin: quotes, dashes, spaces."""
    return re.sub(r"[\W_]+", " ", words).casefold().strip()
