r"""Which pieces of a text have to be read: the others cannot hold anything that is looked for.

Reading a page as a person may read it is slow, and almost no line of a site has a word of a
protected name. So a text is taken apart into lines, a line into tokens, with what C does fast,
and each distinct line and token is judged once in a run. A token is a run of letters, digits
and the signs with which letters are disguised (`&shy;`, `%D0`, `\u049b`, `'`, base64), so that
what may be read in it does not depend on what is beside it. It tells nothing, or parts of what
is looked for, or it is `STRANGE`: what it does reaches beyond its end, as a hyphen does, or
escaped mark-up. Where something strange stands, or close together all parts of one thing looked
for, a piece of the text is to be read, with more words around than one such thing can have.

Law: whatever reading the whole text finds is found by reading these pieces.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from aigaq.output import disguises
from aigaq.output.watchlist import HAN, plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from aigaq.output.watchlist import Watchlist

STRANGE, HYPHEN = "", "-"  # parts that are no words; what is strange is to be read anyhow

_KEPT = b"&#;%\\{}'`-_/+"  # what a token has beside letters and digits
_APART = bytes(
    code if code >= 0x80 or bytes([code]).isalnum() or code in _KEPT else 0x20
    for code in range(256)
)
_NO_ESCAPES = bytes.maketrans(b"&#;%\\", b"     ")
_ESCAPED = re.compile(rb"[&%\\]")
_OPEN = b"<"  # a token that no text has: mark-up inside of a word that goes on in the next line
_LOOKS = disguises.LOOK_NAMES.replace(r"[\w-]", r"[\w\x80-\xff-]")
_LOOK = re.compile(f"<{_LOOKS}[^<>]*>".encode())
_SPLIT = re.compile(
    rf"<(?<=[\w\x80-\xff;'`\\]<)(?:{_LOOKS}[^<>\n]*><)*"
    rf"{_LOOKS}[^<>\n]*(?:>[\w\x80-\xff&%'`\\]|\n|\Z)".encode()
)
_HALF = re.compile(r"\\[0-9a-fA-F]{1,6}$")  # a code of CSS, which takes a space with it
_HYPHENS = (b"-", "\u00ad".encode(), "\u2010".encode())
_TURNS = re.compile(rb"(?:-|\xc2\xad|\xe2\x80\x90)\s*(?:$|[\\&%])")
_MAY_BE_BASE64 = re.compile(rb"(?![a-z]*$)[A-Za-z0-9+/_-]{%d}" % disguises.LEAST_BASE64)
_GOES_ON = re.compile(r"\w[-\u00ad\u2010]\s*$|[<>]")
# What may be no letter: without it words are counted, too few rather than too many.
_UNSEEN = re.compile(
    rb"<[^<>]*(?:>|\Z)|\A[^<>]*>|&#?\w*;?|\\u?[0-9a-fA-F]{0,6}|%[0-9a-fA-F]{2}|[-'`]|\xc2\xad"
    rb"|\xe2[\x80\x81]."
)
_MARK_UP = re.compile(rb"<[^<>]*>")
# A word as far as it is seen: not the signs between words, nor marks that stand on no letter.
_SEEN = re.compile(rb"[0-9A-Za-z\xc3-\xcb\xce-\xe1\xe4-\xee][0-9A-Za-z\x80-\xff]*")
_NEXT = 4  # words from one word of a name to the next, and some more
_HAN_RUN = re.compile("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+")
_LONG = 4096  # bytes of a line
_AROUND = 8  # words more than one thing looked for can have, at either side

Parts = frozenset[str]
_NO_PARTS: Parts = frozenset()


class Sieve:
    """Judges texts; `holds` tells whether there is something in what base64 had encoded."""

    def __init__(self, watch: Watchlist, holds: Callable[[bytes], bool]) -> None:
        self._watch = watch
        self._holds = holds
        self._lines: set[bytes] = set()  # judged ones
        self._parts_of: dict[bytes, Parts] = {}  # of the lines that tell something
        self._telling_lines: set[bytes] = set()
        self._tokens: set[bytes] = set()
        self._parts: dict[bytes, Parts] = {_OPEN: frozenset([STRANGE])}
        self._telling: set[bytes] = {_OPEN}  # the tokens that tell something
        self._han: dict[bytes, tuple[str, str] | None] = {}
        self._split: set[bytes] = set()  # lines with mark-up inside of words
        self._edges: dict[bytes, Parts] = {}
        self._close: dict[bytes, bool] = {}
        self._sizes: dict[bytes, int] = {}

    def pieces(self, texts: Sequence[bytes]) -> list[list[bytes]]:
        """Of each text what has to be read. Many texts at once are faster than one by one."""
        texts = [_in_lines(text) for text in texts]
        lines = [set(text.split(b"\n")) for text in texts]
        fresh = set().union(*lines).difference(self._lines)
        self._lines |= fresh
        self._judge(list(fresh))
        telling = self._telling_lines
        return [
            [] if telling.isdisjoint(own) else self._to_read(text, own & telling)
            for text, own in zip(texts, lines, strict=True)
        ]

    # --- lines and their tokens ---

    def _judge(self, lines: Sequence[bytes]) -> None:
        """Remembers of each line what it tells."""
        tokens = [line.translate(_APART).split() for line in lines]
        for number, more in _inside_of_words(lines):
            tokens[number] += more
            self._split.add(lines[number])
        every = set().union(*tokens)
        self._learn(every.difference(self._tokens))
        telling = every & self._telling
        if not telling:
            return
        for line, own in zip(lines, tokens, strict=True):
            if not telling.isdisjoint(own):
                told = telling.intersection(own)
                parts = _NO_PARTS.union(*(self._parts[one] for one in told))
                if HAN in parts:
                    self._han[line] = _characters(line)
                if HYPHEN in parts:
                    parts = parts - {HYPHEN} | ({STRANGE} if _TURNS.search(line) else set())
                if not parts:
                    continue
                self._parts_of[line] = parts
                self._telling_lines.add(line)

    def _learn(self, tokens: set[bytes]) -> None:
        """Remembers of each token what it tells."""
        self._tokens |= tokens
        plain = [token for token in tokens if not _ESCAPED.search(token)]
        texts = [token.decode("utf-8", "replace") for token in plain]
        for token, parts in zip(plain, self._watch.parts_in_each(texts), strict=True):
            if parts:
                self._tells(token, parts)
        for token in plain:
            if token.endswith(_HYPHENS):
                self._tells(token, frozenset([HYPHEN]))
            if _MAY_BE_BASE64.search(token):
                self._look_inside(token, token.decode("utf-8", "replace"))
        for token in tokens.difference(plain):
            self._undisguise(token, token.decode("utf-8", "replace"))

    def _undisguise(self, token: bytes, text: str) -> None:
        opened = disguises.decoded(text)
        readings = list(disguises.readings(text, opened))
        for parts in self._watch.parts_in_each(readings):
            self._tells(token, parts)
        if _HALF.search(text) or _GOES_ON.search(opened):
            self._tells(token, frozenset([STRANGE]))
        self._look_inside(token, opened)

    def _look_inside(self, token: bytes, opened: str) -> None:
        if any(map(self._holds, disguises.hidden(opened))):
            self._tells(token, frozenset([STRANGE]))

    def _tells(self, token: bytes, parts: Parts) -> None:
        if parts:
            self._parts[token] = self._parts.get(token, _NO_PARTS) | parts
            self._telling.add(token)

    # --- pieces ---

    def _to_read(self, text: bytes, telling: set[bytes]) -> list[bytes]:
        parts = _NO_PARTS.union(*(self._parts_of[line] for line in telling))
        if HAN in parts and self._may_be_chinese(text):
            return [text]
        pieces = [line for line in telling if self._is_close(line)]
        edges = {line: self._at_ends(line) for line in telling}
        going_on = self._going_on(_NO_PARTS.union(*edges.values()))
        if going_on:
            some = {line: own & going_on for line, own in edges.items() if own & going_on}
            pieces += self._over_ends(text.split(b"\n"), some)
        return pieces

    def _over_ends(self, lines: Sequence[bytes], edges: Mapping[bytes, Parts]) -> list[bytes]:
        """Lines, with those around them, over whose ends something may go on."""
        spans: list[tuple[int, int]] = []
        told = _NO_PARTS.union(*edges.values())
        of_names = STRANGE not in told and self._watch.alone.isdisjoint(told)
        for number in [n for n, line in enumerate(lines) if line in edges]:
            start = self._reach(lines, number, -1, of_names=of_names)
            end = self._reach(lines, number, 1, of_names=of_names)
            if start == end and of_names:
                continue
            near = (edges[line] for line in lines[start : end + 1] if line in edges)
            if self._going_on(_NO_PARTS.union(*near)):
                overlaps = spans and start <= spans[-1][1]
                spans.append((spans.pop()[0] if overlaps else start, end))
        return [b"\n".join(lines[start : end + 1]) for start, end in spans]

    def _going_on(self, parts: Parts) -> set[str]:
        """Those of the parts that belong to something that may go on over ends of lines."""
        return self._watch.telling(parts, over_lines=True) | (parts & {STRANGE})

    def _is_close(self, line: bytes) -> bool:
        """Whether something may stand in this line: two words of a name near to each other."""
        if line not in self._close:
            parts = self._watch.telling(self._parts_of[line])
            is_open = not parts.isdisjoint(self._watch.alone) or b"<" in line
            self._close[line] = bool(parts) and (is_open or self._has_pair(line, parts))
        return self._close[line]

    def _has_pair(self, line: bytes, parts: set[str]) -> bool:
        """Whether two words of one name stand side by side in a line without mark-up."""
        words = 0
        last: list[tuple[int, Parts]] = []
        for token in line.translate(_APART).split():
            words += _SEEN.search(token) is not None and not _ESCAPED.search(token)
            own = self._parts.get(token)
            if own and not parts.isdisjoint(own):
                last = [(at, other) for at, other in last if words - at <= _NEXT] + [
                    (words, own)
                ]
                if self._watch.telling(_NO_PARTS.union(*(other for _, other in last))):
                    return True
        return False

    def _at_ends(self, line: bytes) -> Parts:
        """What is told near enough to an end of the line that it may go on beyond."""
        if line not in self._edges:
            parts = self._parts_of[line]
            if STRANGE not in parts and line not in self._split:
                tokens = _MARK_UP.sub(b" ", line).translate(_APART).split()
                near = (*self._nearest(tokens), *self._nearest(tokens[::-1]))
                parts = _NO_PARTS.union(*(self._parts.get(one, _NO_PARTS) for one in near))
            self._edges[line] = parts
        return self._edges[line]

    def _nearest(self, tokens: Sequence[bytes]) -> Iterator[bytes]:
        """The first tokens, as many as one thing looked for may reach over."""
        words = 0
        for token in tokens:
            yield token
            words += _SEEN.search(token) is not None and not _ESCAPED.search(token)
            if words > self._watch.longest:
                return

    def _may_be_chinese(self, text: bytes) -> bool:
        """Whether the characters of all lines, one after the other, have a key."""
        lines = [self._han[line] for line in text.split(b"\n") if line in self._han]
        whole = [line for line in lines if line]
        return len(whole) < len(lines) or any(
            self._watch.could_be_chinese("".join(characters))
            for characters in zip(*whole, strict=True)
        )

    def _reach(self, lines: Sequence[bytes], number: int, step: int, *, of_names: bool) -> int:
        """The line as far from this one as anything that begins or ends here may reach."""
        words, needed = 0, self._watch.longest + _AROUND
        while 0 <= number + step < len(lines) and words < needed:
            if of_names and disguises.begins_anew(lines[number + max(step, 0)]):
                break
            number += step
            words += self._size(lines[number])
        return number

    def _size(self, line: bytes) -> int:
        """The words of a line that are seen for certain."""
        if line not in self._sizes:
            self._sizes[line] = len(_SEEN.findall(_UNSEEN.sub(b"", line)))
        return self._sizes[line]


def _in_lines(text: bytes) -> bytes:
    """A text of few lines, as JSON, with a line for each value, where nothing reads on."""
    if len(text) < _LONG or text.count(b"\n") > len(text) // _LONG:
        return text
    return text.replace(b"},{", b"},\n{").replace(b'","', b'",\n"')


def _inside_of_words(lines: Sequence[bytes]) -> Iterator[tuple[int, list[bytes]]]:
    """The lines in which mark-up stands inside of words, with the tokens without mark-up."""
    joined = b"\n".join(lines)
    number = at = 0
    done = -1
    for match in _SPLIT.finditer(joined):
        number += joined.count(b"\n", at, match.start())
        at = match.start()
        if number != done:
            done = number
            whole = _LOOK.sub(b"", lines[number]).translate(_APART)
            # Signs that come together only where mark-up was are no escape.
            yield number, [*whole.split(), *whole.translate(_NO_ESCAPES).split()]
        if match.end() == len(joined) or match[0].endswith(b"\n"):
            yield number, [_OPEN]


def _characters(line: bytes) -> tuple[str, str] | None:
    """The Chinese characters between the tags of a line and in them; None: not to be told."""
    ends_open = line.rfind(b"<") > line.rfind(b">") or line.find(b">") < line.find(b"<")
    if b"\\" in line or ends_open:
        return None
    text = line.decode("utf-8", "replace")
    shown, *others = disguises.readings(text, disguises.decoded(text))
    inside = others[0] if others else ""
    return "".join(_HAN_RUN.findall(plain(shown))), "".join(_HAN_RUN.findall(plain(inside)))
