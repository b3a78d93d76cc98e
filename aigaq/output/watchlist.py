"""Protected values made ready to be found in a text, whatever their spelling, in one pass.

Few words of a site are part of anything protected. Each distinct word is looked at once, and
only where one of the few stands is looked further. What is asked for is found as

- a pair: two words of a name side by side, in either order, a capital or an initial between
  them allowed; each as written, in another script or spelling (`names.alike`), with a case
  ending, in look-alike letters; or the two written as one word;
- a single word: a name of one word, of six letters or more;
- a run: six words of a text in a row (all, where it has four or five; ten Chinese characters);
  ids, days and file names in the same way, as they stand;
- Chinese: a name of three characters or more anywhere, one of two where no other is beside it.

So that no build is stopped by what anybody may write, these are not looked for: less than that;
a pair or a word that public names have too; a run that public words or the interface have too;
words that public texts write small (`winter`). `Watchlist.without` takes all these out. Of a
list of names (`must`) only single words are taken out, and told.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from functools import lru_cache
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

from aigaq.output.known_words import EXACT, KnownWords
from aigaq.words import names

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from aigaq.archive.protected import Value

Key = tuple[str, ...]  # how something is found: a kind and the folded words

RUN, LEAST_RUN, LEAST_LETTERS = 6, 4, 16  # words; letters of a run
SINGLE, LEAST_PAIR, PAIR, HAN_RUN = 6, 4, 8, 10  # letters; of a pair, of one in any script
_LONGEST_NAME = 3  # words: two and what may stand between them
HAN = "漢"  # of `parts_in`: there are Chinese characters, and some are looked for
_OF_NAMES = ("one", "pair")  # kinds of keys whose words are found in any spelling

_HAN = "\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_WORD = re.compile(f"[^\\W_{_HAN}]+")
_HAN_WORD = re.compile(f"[{_HAN}]+")
_HAN_GAP = re.compile(f"(?<=[{_HAN}])[\\s·・•‧]+(?=[{_HAN}])")
# Format characters, fillers and combining marks; the last are dropped once letters are whole.
_UNSEEN = re.compile(
    "[\u00ad\u061c\u0640\u115f\u1160\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff"
    "\ufff9-\ufffb\U000e0000-\U000e007f]"
)
_MARKS = re.compile(
    "[\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed"
    "\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f\U000e0100-\U000e01ef]"
)
# A sign that is rare comes first in a pattern: so the search for it is fast.
_APOSTROPHE = re.compile("['`\u02b9-\u02bf\u2018\u2019\u2032](?<=\\w.)(?=\\w)")
_STRANGE = re.compile(
    f"{_UNSEEN.pattern[:-1]}{_MARKS.pattern[1:-1]}'`\u02b9-\u02bf\u2018\u2019\u2032]"
)
# What may not stand between two words of one name: the end of a sentence, field, element.
_BREAK = re.compile(
    f'[{_HAN}]|[;:!?|·•…()\\[\\]{{}}<>"«»“”„‹›؛؟。！？；：、\x1e]|\\.\\s|\\n\\s*\\n'
)
_COMMA = re.compile("[,،，]")


class Hit(NamedTuple):
    """Something that was found; `is_small` where it has no capital, and its script has them."""

    key: Key
    is_small: bool


class Watchlist:
    """`values` ready to be found. Those in `must` are given up by no public name."""

    def __init__(self, values: Iterable[Value], must: Iterable[Value] = ()) -> None:
        self._must = frozenset(must)
        self._values: dict[Key, set[Value]] = defaultdict(set)
        self._all = sorted({*values, *self._must})
        for value in self._all:
            for key in keys(value):
                self._values[key].add(value)
        self._prepare()

    def _prepare(self) -> None:
        anchors, parts, spoken = set[str](), set[str](), set[str]()
        self._partners: dict[str, set[str]] = defaultdict(set)  # the other words of its pairs
        self._runs, self._lengths = set[Key](), set[int]()
        self._han: dict[int, set[str]] = defaultdict(set)
        self._han_starts: dict[str, list[str]] = defaultdict(list)
        for kind, *words in self._values:
            if kind == "run":
                self._runs.add((kind, *words))
                anchors.add(max(words, key=len))
                self._lengths.add(len(words))
            elif kind == "han":
                self._han[len(words[0])].add(words[0])
                self._han_starts[words[0][:2]].append(words[0])
            else:
                parts.update(words)
            if kind == "pair":
                self._partners[words[0]].add(words[1])
                self._partners[words[1]].add(words[0])
            if kind in _OF_NAMES:
                spoken.update(words)
        self.longest = max(self._lengths, default=_LONGEST_NAME)  # words of one key
        self._anchors = anchors
        self.alone = anchors | {key[1] for key in self._values if key[0] in {"one", "glued"}}
        self._words = KnownWords(spoken, parts | anchors)

    def __bool__(self) -> bool:
        return bool(self._values)

    @property
    def wanted(self) -> AbstractSet[Key]:
        """All that is looked for."""
        return self._values.keys()

    @property
    def has_list(self) -> bool:
        """Whether names are looked for that stand in no record of the site."""
        return bool(self._must)

    def values_of(self, key: Key) -> frozenset[Value]:
        return frozenset(self._values.get(key, ()))

    def lost(self) -> list[Value]:
        """The names of the list of which nothing can be looked for."""
        searched = {value for values in self._values.values() for value in values}
        return sorted(self._must - searched)

    def without(
        self, public_names: Iterable[str], public_words: Iterable[str], interface: Iterable[str]
    ) -> None:
        """Gives up what is found in names and words that are public with right.

        A name in public words is a leak; so is one in the interface, if it is more than a word.
        """
        public_names, public_words, interface = map(
            tuple, (public_names, public_words, interface)
        )
        self._words.learn(
            set(_WORD.findall(plain("\n".join((*public_names, *public_words, *interface)))))
        )
        given_up = {hit.key for text in public_names for hit in self.found(text)}
        for text in public_words:
            given_up |= {h.key for h in self.found(text) if h.is_small or _is_run(h.key)}
        for text in interface:
            given_up |= {h.key for h in self.found(text) if h.key[0] == "one" or _is_run(h.key)}
        glued = {key for kind, *words in given_up if kind == "pair" for key in _glued(*words)}
        for key in given_up | (glued & self._values.keys()):
            kept = self._values.pop(key) & self._must
            if kept and key[0] != "one":
                self._values[key] = kept
        self._prepare()

    # --- finding ---

    def found(self, text: str) -> Iterator[Hit]:
        """All that `text` holds; it has been freed of mark-up and escapes, not of disguises."""
        text = plain(text)
        words = _WORD.findall(text)
        self._words.learn(words)
        if not self._words.some.isdisjoint(words):
            places = list(_WORD.finditer(text))
            yield from self._names(text, places)
            if self._runs:
                yield from self._in_a_row(words)
        if self._han and not text.isascii():
            yield from self._chinese(text)

    def stems(self, words: Sequence[str]) -> dict[str, tuple[str, ...]]:
        """Those of `words` to which a search index may have shortened protected words."""
        return self._words.stems(words)

    def parts_in(self, text: str) -> frozenset[str]:
        """The protected words that stand, in any spelling, anywhere in `text`; and `HAN`."""
        words = set(_WORD.findall(plain(text)))
        self._words.learn(words)
        return self._parts(words, text)

    def parts_in_each(self, texts: Sequence[str]) -> list[frozenset[str]]:
        """`parts_in` of many short texts, none of which has a line end, at once."""
        whole = plain("\n".join(texts))
        words = _WORD.findall(whole)
        self._words.learn(words)
        if self._words.some.isdisjoint(words) and not (self._han and _HAN_WORD.search(whole)):
            return [frozenset()] * len(texts)
        return [self._parts(_WORD.findall(text), text) for text in whole.split("\n")]

    def _parts(self, words: Iterable[str], text: str) -> frozenset[str]:
        known = self._words.some.intersection(words)
        parts = {part for word in known for part, _ in self._words.of(word)}
        if self._han and not text.isascii() and _HAN_WORD.search(plain(text)):
            parts.add(HAN)
        return frozenset(parts)

    def telling(self, parts: AbstractSet[str], *, over_lines: bool = False) -> set[str]:
        """Those of these parts with which, where they stand, something may stand."""
        partners = self._partners
        pairs = {p for p in parts if p in partners and not partners[p].isdisjoint(parts)}
        return pairs.union((self._anchors if over_lines else self.alone).intersection(parts))

    def could_be_chinese(self, characters: str) -> bool:
        """Whether something may stand where these Chinese characters follow each other."""
        pairs = {characters[n : n + 2] for n in range(len(characters) - 1)}
        wanted = (
            key for two in pairs & self._han_starts.keys() for key in self._han_starts[two]
        )
        return any(key in characters for key in wanted)

    def _names(self, text: str, places: Sequence[re.Match[str]]) -> Iterator[Hit]:
        known, some = self._words.of, self._words.some
        for n in [n for n, place in enumerate(places) if place[0] in some]:
            place = places[n]
            for one, how in known(place[0]):
                if ("one", one) in self._values and _is_single(place[0], one, how):
                    yield Hit(("one", one), _is_small(place[0]))
                if how == EXACT and ("glued", one) in self._values:
                    yield Hit(("glued", one), _is_small(place[0]))
                for after in (n + 1, n + 2):
                    for two, how_two in known(places[after][0]) if after < len(places) else ():
                        key = ("pair", *sorted((one, two)))
                        if key not in self._values or not _side_by_side(text, places, n, after):
                            continue
                        written = (place[0], places[after][0])
                        if _is_pair(written, (one, two), how + how_two):
                            yield Hit(key, all(map(_is_small, written)))

    def _in_a_row(self, words: Sequence[str]) -> Iterator[Hit]:
        some = self._words.some
        for n in [n for n, word in enumerate(words) if word in some]:
            if names.folded(words[n]) not in self._anchors:
                continue
            first = max(0, n - self.longest + 1)
            folded = [names.folded(word) for word in words[first : n + self.longest]]
            for length in self._lengths:
                for start in range(max(0, n - length + 1), n + 1):
                    key = ("run", *folded[start - first : start - first + length])
                    if key in self._runs:
                        yield Hit(key, is_small=False)

    def _chinese(self, text: str) -> Iterator[Hit]:
        close = _HAN_GAP.sub("", text)
        runs = _HAN_WORD.findall(close)
        for length, wanted in self._han.items():
            if length == 2:
                found = wanted.intersection(runs)
            else:
                whole = ["".join(runs)] if length == HAN_RUN else runs
                found = {
                    piece
                    for run in whole
                    for at in range(len(run) - length + 1)
                    if (piece := run[at : at + length]) in wanted
                }
            yield from (Hit(("han", piece), is_small=False) for piece in found)


def _is_run(key: Key) -> bool:
    return key[0] == "run" or len(key[1]) >= HAN_RUN


def keys(value: Value) -> Iterator[Key]:
    """The ways in which a value is looked for; none where it is too plain."""
    text = plain(value.text)
    for han in _HAN_WORD.findall(_HAN_GAP.sub("", text)) if value.kind == "name" else ():
        yield from [("han", han)] if 2 <= len(han) < HAN_RUN else []
    words = [(word, names.folded(word)) for word in _WORD.findall(text)]
    words = [(word, folded) for word, folded in words if folded]
    if value.kind == "name":
        yield from _of_name(words)
    elif value.kind == "exact":
        yield from _exactly([folded for _, folded in words])
    else:
        yield from _of_words([folded for _, folded in words])
        whole = "".join(_HAN_WORD.findall(text))
        for at in range(len(whole) - HAN_RUN + 1):
            yield ("han", whole[at : at + HAN_RUN])


def _of_name(words: list[tuple[str, str]]) -> Iterator[Key]:
    particles = names.TABLES["particles"]
    telling = [folded for word, folded in words if folded not in particles]
    if len(telling) == 1 and len(telling[0]) >= SINGLE:
        yield ("one", telling[0])
    if len(telling) > 2:
        yield ("run", *telling)
    spoken = [f for word, f in words if f not in particles and not _is_small(word)] or telling
    for one, two in combinations(dict.fromkeys(spoken), 2):
        if len(one + two) >= LEAST_PAIR:
            yield ("pair", *sorted((one, two)))
        if len(one + two) > PAIR:
            yield from _glued(one, two)


def _glued(one: str, two: str) -> tuple[Key, Key]:
    """Two words as one, as in addresses of mail."""
    return ("glued", one + two), ("glued", two + one)


def _exactly(words: list[str]) -> Iterator[Key]:
    """A run of its own, if it has enough signs to be nothing else."""
    if len(words) > 1 and max(map(len, words)) >= 4 and len("".join(words)) > 4:
        yield ("run", *words)


def _of_words(words: list[str]) -> Iterator[Key]:
    length = min(RUN, len(words))
    for at in range(len(words) - length + 1):
        run = words[at : at + length]
        if length >= LEAST_RUN and sum(map(len, run)) >= LEAST_LETTERS:
            yield ("run", *run)


def plain(text: str) -> str:
    """Letters as they are meant: composed, without what nobody sees, without apostrophes."""
    if text.isascii():
        return _APOSTROPHE.sub("", text) if "'" in text or "`" in text else text
    if _STRANGE.search(text):
        text = _UNSEEN.sub("", text)
    if not unicodedata.is_normalized("NFKC", text):
        text = unicodedata.normalize("NFKC", text)
    return _APOSTROPHE.sub("", _MARKS.sub("", text)) if _STRANGE.search(text) else text


@lru_cache(maxsize=65536)
def _is_small(word: str) -> bool:
    return word[0].islower()


def _is_single(written: str, part: str, how: int) -> bool:
    """A word alone needs more than consonants: a capital, and almost the same sound."""
    if how == EXACT:
        return True
    heard, meant = names.sounded(names.folded(written)), names.sounded(part)
    return not _is_small(written) and (
        names.distance(heard, meant, 1) <= 1 or (len(part) > SINGLE and heard.startswith(meant))
    )


def _is_pair(written: tuple[str, str], parts: tuple[str, str], how: int) -> bool:
    """Whether two neighbours are the two words of a name, and not two words of a sentence."""
    is_short = min(map(len, parts)) < 3 or len("".join(parts)) < PAIR
    if is_short:
        return how == EXACT and not any(map(_is_small, written))
    return how == EXACT or not any(map(_is_small, written))


def _side_by_side(text: str, places: Sequence[re.Match[str]], one: int, two: int) -> bool:
    """Whether nothing but an initial or a capitalised name stands between two words."""
    between = [
        text[places[n].end() : places[n + 1].start()] for n in range(one, min(two, len(places)))
    ]
    if any(_is_break(gap, places[one + n][0]) for n, gap in enumerate(between)):
        return False
    if two - one == 2 and not places[one + 1][0][0].isupper():
        return False
    if "\n" in between[0] and _are_lines(text, places, one, two):
        return False
    return not any(map(_COMMA.search, between)) or _is_alone(text, places, one, two)


def _are_lines(text: str, places: Sequence[re.Match[str]], one: int, two: int) -> bool:
    """Whether one name ends a line and another begins the next: a list, no text that turns."""
    if one == 0 or two + 1 >= len(places):
        return False
    gaps = (
        text[places[one - 1].end() : places[one].start()],
        (text[places[two].end() : places[two + 1].start()]),
    )
    others = places[one - 1][0], places[two + 1][0]
    return gaps == (" ", " ") and not any(map(_is_small, others))


def _is_break(gap: str, before: str) -> bool:
    found = _BREAK.search(gap)
    return found is not None and not (found[0][0] == "." and len(before) == 1)


def _is_alone(text: str, places: Sequence[re.Match[str]], one: int, two: int) -> bool:
    """`Surname, Name` in a field of its own; in a sentence it is the end of one name."""
    before = text[places[one - 1].end() : places[one].start()] if one else "\n"
    after = text[places[two].end() : places[two + 1].start()] if two + 1 < len(places) else "\n"
    edge = re.compile(f"{_BREAK.pattern}|{_COMMA.pattern}|\\n")
    return bool(edge.search(before) and edge.search(after))
