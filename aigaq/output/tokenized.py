r"""Texts taken apart into lines, and lines into tokens, many at once: with what C does fast.

A token is a run of letters, digits and the signs with which letters are disguised (`&shy;`,
`%D0`, `\u049b`, `'`, base64), so that what may be read in it does not depend on what is beside
it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cached_property
from itertools import compress
from typing import TYPE_CHECKING

from aigaq.output import disguises

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from collections.abc import Set as AbstractSet

_KEPT = b"&#;%\\{}'`-_/+"  # what a token has beside letters and digits
APART = bytes(
    code if code >= 0x80 or bytes([code]).isalnum() or code in _KEPT else 0x20
    for code in range(256)
)
_LINE_END = b"\x00"  # a token that no line has
_LINES_APART = APART[:10] + b"\n" + APART[11:]
_NO_ESCAPES = bytes.maketrans(b"&#;%\\", b"     ")
OPEN = b"<"  # a token that no text has: mark-up inside of a word that goes on in the next line
_LOOKS = disguises.LOOK_NAMES.replace(r"[\w-]", r"[\w\x80-\xff-]")
_LOOK = re.compile(f"<{_LOOKS}[^<>]*>".encode())
_SPLIT = re.compile(
    rf"<(?<=[\w\x80-\xff;'`\\]<)(?:{_LOOKS}[^<>\n]*><)*"
    rf"{_LOOKS}[^<>\n]*(?:>[\w\x80-\xff&%'`\\]|\n|\Z)".encode()
)
_JOINTS = ((b"},{", b"},\n{"), (b'","', b'",\n"'), (b"><entry>", b">\n<entry>"))
_LONG = 4096  # bytes of a line
# With so few tokens each is looked for by itself, unless one in so many stands there.
_FEW, _SELDOM = 8, 50


def in_lines(text: bytes) -> list[bytes]:
    """A text of few lines, as JSON or a feed, with a line for each value or entry.

    Nothing reads on there but runs of words, which do so over ends of lines, too.
    """
    lines = text.split(b"\n")
    if len(text) < _LONG or len(lines) > len(text) // _LONG + 1:
        return lines
    for joint, divided in _JOINTS:
        text = text.replace(joint, divided)
    return text.split(b"\n")


class Lines:
    """Lines taken apart at once, which costs a third of taking apart each.

    `tokens` are those of all lines, with a sign of its own between two lines; `split` the lines
    with mark-up inside of words, which hold more tokens than those; `distinct` is all tokens.
    """

    def __init__(self, lines: Sequence[bytes]) -> None:
        joined = b"\n".join(lines)
        self._more: dict[int, set[bytes]] = defaultdict(set)
        for number, own in _inside_of_words(lines, joined):
            self._more[number].update(own)
        self.split = {lines[number] for number in self._more}
        apart = joined.translate(_LINES_APART).replace(b"\n", b" %b " % _LINE_END)
        self._apart = b" %b " % apart
        self.tokens = apart.split()

    @cached_property
    def distinct(self) -> set[bytes]:
        return set(self.tokens).union(*self._more.values())

    def with_any(self, some: AbstractSet[bytes]) -> AbstractSet[int]:
        """The lines, by number, in which `some` tokens stand.

        A quarter of the time of `by_line` where these are few, as those that lead mostly are.
        """
        found = self._looked_up(some) if len(some) < _FEW else None
        if found is None:
            return self.by_line(some).keys()
        return found | {n for n, own in self._more.items() if not some.isdisjoint(own)}

    def by_line(self, some: AbstractSet[bytes]) -> dict[int, set[bytes]]:
        """The lines, by number, in which `some` tokens stand, and which of them do."""
        told = {number: both for number, own in self._more.items() if (both := own & some)}
        marked = some | {_LINE_END}
        number = 0
        for token in compress(self.tokens, map(marked.__contains__, self.tokens)):
            if token == _LINE_END:
                number += 1
            else:
                told.setdefault(number, set()).add(token)
        return told

    def _looked_up(self, some: AbstractSet[bytes]) -> set[int] | None:
        """The lines of `tokens` that hold `some`; `None` where too many do."""
        places = [b" %b " % one for one in some]
        if sum(map(self._apart.count, places)) > len(self.tokens) // _SELDOM:
            return None
        found = set[int]()
        for place in places:
            number = at = 0
            while (there := self._apart.find(place, at)) >= 0:
                number += self._apart.count(_LINE_END, at, there)
                at = there + 1
                found.add(number)
        return found


def _inside_of_words(
    lines: Sequence[bytes], joined: bytes
) -> Iterator[tuple[int, list[bytes]]]:
    """The lines in which mark-up stands inside of words, with the tokens without mark-up."""
    number = at = 0
    done = -1
    for match in _SPLIT.finditer(joined):
        number += joined.count(b"\n", at, match.start())
        at = match.start()
        if number != done:
            done = number
            whole = _LOOK.sub(b"", lines[number]).translate(APART)
            # Signs that come together only where mark-up was are no escape.
            yield number, [*whole.split(), *whole.translate(_NO_ESCAPES).split()]
        if match.end() == len(joined) or match[0].endswith(b"\n"):
            yield number, [OPEN]
