"""What the conversion of one body learns besides its HTML, and where in the file it learned it.

Places travel through Python-Markdown as signs: behind each bracket that may start something
stands one private-use character whose number says which place it is. The reader refuses such
characters in files, so a sign is always ours; what is left of them is taken out at the end.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from aigaq.words.diagnostics import Span

if TYPE_CHECKING:
    from aigaq.source.markup.blocks import Chunk
    from aigaq.words.diagnostics import Diagnostic
    from aigaq.words.fragments import Gloss, Reference

_FIRST = 0xF0000
_LAST = 0x10FFFD
_FEW = 8
SIGN = f"[{chr(_FIRST)}-{chr(_LAST)}]"
_SIGNS = re.compile(SIGN)
_ESCAPED = re.compile(
    "\x02([0-9]+)\x03"
)  # what Python-Markdown makes of a backslash and a sign
# A link that a space breaks in two: in front of an address, nothing else is meant.
SPACED = r"\] +\((?=(?:person|place|org|group|topic|testimony|series|https?|mailto):)"
# Each branch starts with one sign, so that the search asks for the first characters only.
_SIGNED = re.compile(rf"\[\[|\{{\{{|\(\(|\]\(|{SPACED}|\[\^|<|&")
_STRANGERS = re.compile(f"[\x02\x03\ud800-\udfff{SIGN[1:-1]}]")
# One of these is in the code of each of them: looked for first, because it is quicker.
_STRANGE_BYTES = (0x02, 0x03, 0xED, 0xF3, 0xF4)


@dataclass(slots=True)
class Findings:
    """The one mutable thing of a conversion; it lives as long as the conversion of one body."""

    path: str
    first_line: int
    language: str
    raw: list[str]
    diagnostics: list[Diagnostic] = field(default_factory=list)
    references: list[Reference] = field(default_factory=list)
    pictures: list[tuple[str, int]] = field(default_factory=list)
    glosses: list[Gloss] = field(default_factory=list)
    targets: dict[str, tuple[str, str, Span]] = field(default_factory=dict)  # [name]: address
    notes: dict[str, Chunk] = field(default_factory=dict)
    cited: dict[str, int] = field(default_factory=dict)  # note: how often, in order of citing
    with_tags: set[int] = field(default_factory=set)  # blocks whose HTML has been told
    start: int = 0  # the line of the block at hand
    _places: list[tuple[int, int]] = field(default_factory=list)

    def line(self, start: int) -> int:
        """The line of the file that is line `start`, from 0, of the body."""
        return self.first_line + start

    def span(self, start: int, column: int = 0) -> Span:
        return Span(self.path, self.line(start), column)

    def begin(self, start: int) -> None:
        """From now on the block at `start` is read; the places of others are forgotten."""
        self.start = start
        self._places.clear()

    @property
    def signs(self) -> bool:
        """Whether there are any signs in the block at hand."""
        return bool(self._places)

    def unsigned(self, text: str) -> str:
        """`text` of the block at hand without its signs; quick where there are few."""
        if len(self._places) > _FEW:
            return without_signs(text)
        for number in range(len(self._places)):
            text = text.replace(chr(_FIRST + number), "")
        return text

    def signed(self, lines: tuple[str, ...], start: int) -> str:
        """The lines joined, with a sign behind each bracket that may start something."""
        return "\n".join(self._signed(line, start + n) for n, line in enumerate(lines))

    def _signed(self, line: str, number: int) -> str:
        if not any(map(line.__contains__, "[{(]<&")):
            return line
        lost = len(self.raw[number]) - len(line)

        def with_sign(match: re.Match[str]) -> str:
            if len(self._places) > _LAST - _FIRST:
                return match[0]
            # Of a link the address is told: it is what has to be mended.
            at = match.end() if match[0][0] == "]" else match.start()
            self._places.append((number, at + 1 + lost))
            return match[0] + chr(_FIRST + len(self._places) - 1)

        return _SIGNED.sub(with_sign, line)

    def at(self, text: str) -> Span:
        """The place of the first sign in `text`, else of the block."""
        sign = _SIGNS.search(text)
        if not sign:
            return self.span(self.start)
        number, column = self._places[ord(sign[0]) - _FIRST]
        return self.span(number, column)


def without_signs(text: str) -> str:
    """`text` as its author wrote it."""
    return _SIGNS.sub("", text)


def plain(text: str) -> str:
    """`text` of an attribute as a reader sees it: no signs, escapes and entities resolved."""
    return html.unescape(_ESCAPED.sub(lambda code: chr(int(code[1])), without_signs(text)))


def without_strangers(body: str) -> str:
    """`body` without what could be taken for a sign, or could not be encoded."""
    code = body.encode("utf-8", "surrogatepass")
    if any(map(code.__contains__, _STRANGE_BYTES)):
        return _STRANGERS.sub("\N{REPLACEMENT CHARACTER}", body)
    return body
