r"""Which pieces of a text have to be read: the others cannot hold anything that is looked for.

Reading a page as a person may read it is slow, and almost no line of a site has a word of a
protected name. So a text is taken apart into lines and tokens (`tokenized`), and each distinct
one is judged once in a run. A token tells nothing, or parts of what is looked for, or it is
`STRANGE`: what it does reaches beyond its end, as a hyphen does, or escaped mark-up. Where
something strange stands, or close together two parts of one thing looked for, a piece of the
text is to be read, with more words around than one such thing can have.

Law: whatever reading the whole text finds is found by reading these pieces.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import compress
from typing import TYPE_CHECKING, Any

from aigaq.output import disguises, keys, tokenized
from aigaq.output.watchlist import HAN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from aigaq.output.watchlist import Watchlist

STRANGE, HYPHEN = "", "-"  # parts that are no words; what is strange is to be read anyhow

_ESCAPED = re.compile(rb"[&%\\]")
_HALF = re.compile(r"\\[0-9a-fA-F]{1,6}$")  # a code of CSS, which takes a space with it
_HYPHENS = (b"-", "\u00ad".encode(), "\u2010".encode())
_TURNS = re.compile(rb"(?:-|\xc2\xad|\xe2\x80\x90)\s*(?:$|[\\&%])")
_MAY_BE_BASE64 = re.compile(  # a token of small letters alone is none for `disguises`, too
    rb"(?![a-z0-9+/_-]*[a-z][a-z0-9+/_-]*\Z)[A-Za-z0-9+/_-]{%d}" % disguises.LEAST_BASE64
)
_GOES_ON = re.compile(r"\w[-\u00ad\u2010]\s*$|[<>]")
# What may be no letter: without it words are counted, too few rather than too many.
_UNSEEN = re.compile(
    rb"<[^<>]*(?:>|\Z)|\A[^<>]*>|&#?\w*;?|\\u?[0-9a-fA-F]{0,6}|%[0-9a-fA-F]{2}|[-'`]|\xc2\xad"
    rb"|\xe2[\x80\x81]."
)
_MARK_UP = re.compile(rb"<[^<>]*>")
_INSIDE_TAGS = re.compile(rb"<([\w/]*[^<>\w/][^<>]*)>")
# A word as far as it is seen: not the signs between words, nor marks that stand on no letter.
_SEEN = re.compile(rb"[0-9A-Za-z\xc3-\xcb\xce-\xe1\xe4-\xee][0-9A-Za-z\x80-\xff]*")
_HAN_RUN = re.compile("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+")
_MOST = 1 << 18  # tokens that are remembered
_HELD = 1 << 23  # bytes of lines that are remembered, twice: most come again soon, or never
_AROUND = 8  # words more than one thing looked for can have, at either side

Parts = frozenset[str]
_NO_PARTS: Parts = frozenset()


class Sieve:
    """Judges texts; `holds` tells whether there is something in what base64 had encoded."""

    def __init__(self, watch: Watchlist, holds: Callable[[bytes], bool]) -> None:
        self._watch = watch
        self._holds = holds
        self._leads: set[str] = set()  # chosen by what the first texts hold
        self._leads_on: set[str] = set()  # those of what may go on over ends of lines
        self._forget_tokens()
        self._forget_lines()

    def _forget_lines(self) -> None:
        self._lines: set[bytes] = set()  # of which is known whether anything leads there
        self._older: set[bytes] = set()  # the same, from before
        self._held = 0
        self._told: set[bytes] = set()  # of which is known what they tell
        self._parts_of: dict[bytes, Parts] = {}  # of the lines that tell something
        self._telling_lines: set[bytes] = set()
        self._leading_lines: set[bytes] = set()
        self._han: dict[bytes, tuple[str, str] | None] = {}
        self._split: set[bytes] = set()  # lines with mark-up inside of words
        self._edges: dict[bytes, Parts] = {}
        self._close: dict[bytes, bool] = {}
        self._sizes: dict[bytes, int] = {}

    def _forget_older_lines(self) -> None:
        self._older, self._lines, self._held = self._lines, set(), 0
        for memory in (self._told, self._telling_lines, self._leading_lines, self._split):
            memory.intersection_update(self._older)
        told: tuple[dict[bytes, Any], ...] = (self._parts_of, self._han, self._edges)
        for known in (*told, self._close, self._sizes):
            for line in known.keys() - self._older:
                del known[line]

    def _forget_tokens(self) -> None:
        self._tokens: set[bytes] = set()
        self._parts: dict[bytes, Parts] = {tokenized.OPEN: frozenset([STRANGE])}
        self._telling: set[bytes] = {tokenized.OPEN}  # the tokens that tell something
        self._leading: set[bytes] = {tokenized.OPEN}  # those without which nothing can be found

    def pieces(self, texts: Sequence[bytes]) -> list[list[bytes]]:
        """Of each text what has to be read. Many texts at once are faster than one by one."""
        if len(self._tokens) > _MOST:
            self._forget_lines()
            self._forget_tokens()
        if self._held > _HELD:
            self._forget_older_lines()
        texts_in_lines = [tokenized.in_lines(text) for text in texts]
        distinct = set().union(*texts_in_lines)
        new = distinct - self._lines
        self._lines |= new
        self._held += sum(map(len, new))
        self._judge(list(new - self._older))
        leading = self._leading_lines & distinct
        return [
            [] if leading.isdisjoint(lines) else self._to_read(text, lines)
            for text, lines in zip(texts, texts_in_lines, strict=True)
        ]

    # --- lines and their tokens ---

    def _judge(self, lines: Sequence[bytes]) -> None:
        """Learns the tokens of new lines, and what lines tell where anything leads there."""
        apart = self._apart(lines)
        self._learn(apart.distinct - self._tokens)
        if not self._leads:
            self._choose_leads(apart.tokens)
        if leading := self._leading & apart.distinct:
            self._tell([lines[number] for number in apart.with_any(leading)])

    def _choose_leads(self, tokens: Sequence[bytes]) -> None:
        """All that is looked for is noticed by one of its words, of which few are `tokens`."""
        seen = Counter[str]()
        for token in compress(tokens, map(self._telling.__contains__, tokens)):
            seen.update(self._parts[token])
        together = self._watch.leads(seen)
        self._leads_on = together | {STRANGE}
        self._leads = together | self._watch.alone | {STRANGE, HYPHEN, HAN}
        self._leading.update(
            token for token, own in self._parts.items() if not self._leads.isdisjoint(own)
        )

    def _tell(self, lines: Sequence[bytes]) -> None:
        """Remembers of each line what it tells."""
        self._told.update(lines)
        for number, own in self._apart(lines).by_line(self._telling).items():
            self._remember(lines[number], own)

    def _apart(self, lines: Sequence[bytes]) -> tokenized.Lines:
        apart = tokenized.Lines(lines)
        self._split |= apart.split
        return apart

    def _remember(self, line: bytes, told: Iterable[bytes]) -> None:
        parts = _NO_PARTS.union(*(self._parts[one] for one in told))
        if HAN in parts:
            self._han[line] = _characters(line)
        if HYPHEN in parts:
            parts = parts - {HYPHEN} | ({STRANGE} if _TURNS.search(line) else set())
        if parts:
            self._parts_of[line] = parts
            self._telling_lines.add(line)
            if not self._leads.isdisjoint(parts):
                self._leading_lines.add(line)

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
        self._undisguise([*tokens.difference(plain)])

    def _undisguise(self, tokens: Sequence[bytes]) -> None:
        read: list[tuple[bytes, str]] = []
        for token in tokens:
            text = token.decode("utf-8", "replace")
            opened = disguises.decoded(text)
            readings = disguises.readings(text, opened)
            read += [(token, one.replace("\n", disguises.BREAK)) for one in readings]
            if _HALF.search(text) or _GOES_ON.search(opened):
                self._tells(token, frozenset([STRANGE]))
            self._look_inside(token, opened)
        found = self._watch.parts_in_each([reading for _, reading in read])
        for (token, _), parts in zip(read, found, strict=True):
            self._tells(token, parts)

    def _look_inside(self, token: bytes, opened: str) -> None:
        if any(map(self._holds, disguises.hidden(opened))):
            self._tells(token, frozenset([STRANGE]))

    def _tells(self, token: bytes, parts: Parts) -> None:
        if parts:
            self._parts[token] = self._parts.get(token, _NO_PARTS) | parts
            self._telling.add(token)
            if not self._leads.isdisjoint(parts):
                self._leading.add(token)

    # --- pieces ---

    def _to_read(self, text: bytes, lines: Sequence[bytes]) -> list[bytes]:
        leading = self._leading_lines.intersection(lines)
        if any(HAN in self._parts_of[line] for line in leading) and self._may_be_chinese(lines):
            return [text]
        pieces = [line for line in leading if self._is_close(line)]
        leads = self._leads_on
        at_ends = {line: led for line in leading if (led := self._at_ends(line) & leads)}
        return pieces + self._over_ends(lines, at_ends) if at_ends else pieces

    def _over_ends(self, lines: Sequence[bytes], at_ends: Mapping[bytes, Parts]) -> list[bytes]:
        """Lines, with those around them, over whose ends something may go on."""
        around: list[tuple[int, int]] = []
        for number in [n for n, line in enumerate(lines) if line in at_ends]:
            own = at_ends[lines[number]]
            of_names = STRANGE not in own and not self._watch.of_runs(own)
            start = self._reach(lines, number, -1, of_names=of_names)
            end = self._reach(lines, number, 1, of_names=of_names)
            if start < end or not of_names:
                around.append((start, end + 1))
        if others := {line for start, end in around for line in lines[start:end]} - self._told:
            self._tell([*others])
        spans: list[tuple[int, int]] = []
        for start, end in sorted(around):  # what may be a run reaches further than a name
            if self._may_go_on(lines[start:end]):
                before = spans.pop() if spans and start < spans[-1][1] else (start, end)
                spans.append((before[0], max(before[1], end)))
        return [b"\n".join(lines[start:end]) for start, end in spans]

    def _may_go_on(self, lines: Sequence[bytes]) -> bool:
        """Whether something may stand in these lines together."""
        telling = self._telling_lines.intersection(lines)
        parts = _NO_PARTS.union(*map(self._at_ends, telling))
        if STRANGE in parts or not self._split.isdisjoint(lines):
            return bool(self._going_on(parts))
        return bool(self._going_on(parts)) and self._has_pair(b"\n".join(lines))

    def _going_on(self, parts: Parts) -> set[str]:
        """Those of the parts that belong to something that may go on over ends of lines."""
        return self._watch.telling(parts, over_lines=True) | (parts & {STRANGE})

    def _is_close(self, line: bytes) -> bool:
        """Whether something may stand in this line: two words of it near to each other."""
        if line not in self._close:
            parts = self._parts_of[line]
            telling = self._watch.telling(parts)
            is_open = STRANGE in parts or line in self._split
            is_open = is_open or not self._watch.alone.isdisjoint(telling)
            self._close[line] = bool(telling) and (is_open or self._has_pair(line))
        return self._close[line]

    def _has_pair(self, line: bytes) -> bool:
        """Whether two such words stand near to each other between tags, or inside of them."""
        readings = [line]
        if b"<" in line:
            readings = [_MARK_UP.sub(b" ", line), b" ".join(_INSIDE_TAGS.findall(line))]
        return any(self._watch.are_close(self._placed(one)) for one in readings)

    def _placed(self, text: bytes) -> Iterator[tuple[int, Parts]]:
        """What the tokens of a text tell, with the words before that are seen for certain."""
        words = 0
        for token in text.translate(tokenized.APART).split():
            words += _SEEN.search(token) is not None and not _ESCAPED.search(token)
            if own := self._parts.get(token):
                yield words, own

    def _at_ends(self, line: bytes) -> Parts:
        """What is told near enough to an end of the line that it may go on beyond."""
        if line not in self._edges:
            parts = self._parts_of[line]
            if STRANGE not in parts and line not in self._split:
                tokens = _MARK_UP.sub(b" ", line).translate(tokenized.APART).split()
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

    def _may_be_chinese(self, lines: Sequence[bytes]) -> bool:
        """Whether the characters of all lines, one after the other, have a key."""
        chinese = [self._han[line] for line in lines if line in self._han]
        whole = [line for line in chinese if line]
        return len(whole) < len(chinese) or any(
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


def _characters(line: bytes) -> tuple[str, str] | None:
    """The Chinese characters between the tags of a line and in them; None: not to be told."""
    ends_open = line.rfind(b"<") > line.rfind(b">") or line.find(b">") < line.find(b"<")
    if b"\\" in line or ends_open:
        return None
    text = line.decode("utf-8", "replace")
    shown, *others = disguises.readings(text, disguises.decoded(text))
    inside = others[0] if others else ""
    return "".join(_HAN_RUN.findall(keys.plain(shown))), "".join(
        _HAN_RUN.findall(keys.plain(inside))
    )
