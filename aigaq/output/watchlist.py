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
from collections import Counter, defaultdict
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from aigaq.output import keys
from aigaq.output.known_texts import KnownTexts
from aigaq.output.known_words import EXACT, KnownWords, is_single
from aigaq.words import names

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from aigaq.archive.protected import Value
    from aigaq.output.keys import Key

_ENOUGH = 4096  # texts, to see which words are common
_LONGEST_NAME = 3  # words: two and what may stand between them
HAN = "漢"  # of `parts_in`: there are Chinese characters, and some are looked for
_OF_NAMES = ("one", "pair")  # kinds of keys whose words are found in any spelling

# What may not stand between two words of one name: the end of a sentence, field, element.
_BREAK = re.compile(
    f'[{keys.HAN}]|[;:!?|·•…()\\[\\]{{}}<>"«»“”„‹›؛؟。！？；：、\x1e]|\\.\\s|\\n\\s*\\n'
)
_WORD_OR_END = re.compile(f"{keys.WORD.pattern}|\n")
_COMMA = re.compile("[,،，]")


class Hit(NamedTuple):
    """Something that was found; `is_small` where it has no capital, and its script has them."""

    key: Key
    is_small: bool


class Watchlist:
    """`values` ready to be found. Those in `must` are given up by no public name."""

    def __init__(self, values: Iterable[Value], must: Iterable[Value] = ()) -> None:
        self._must = frozenset(must)
        self._common: Counter[str] = Counter()  # how often words stand in public texts
        self._values: dict[Key, set[Value]] = defaultdict(set)
        self._all = sorted({*values, *self._must})
        for value in self._all:
            for key in keys.of(value):
                self._values[key].add(value)
        self._words = KnownWords((), ())
        self._prepare()

    def _prepare(self) -> None:
        written, spoken = set[str](), set[str]()
        self._partners: dict[str, set[str]] = defaultdict(set)  # the other words of its pairs
        self._anchors: dict[str, set[str]] = defaultdict(set)  # of runs, the same
        self._starts: dict[str, set[tuple[int, int]]] = defaultdict(set)
        self._han: dict[int, set[str]] = defaultdict(set)
        self._han_starts: dict[str, list[str]] = defaultdict(list)
        for kind, *words in self._values:
            if kind == "run":
                self._prepare_run(words)
                written.update(words if not self._common else ())  # to see how common they are
            elif kind == "han":
                self._han[len(words[0])].add(words[0])
                self._han_starts[words[0][:2]].append(words[0])
            else:
                written.update(words)
            if kind == "pair":
                self._put_together(self._partners, words)
            if kind in _OF_NAMES:
                spoken.update(words)
        lengths = {length for starts in self._starts.values() for _, length in starts}
        self.longest = max(lengths | {_LONGEST_NAME})  # words of one key
        self.alone = {key[1] for key in self._values if key[0] in {"one", "glued"}}
        self._words.look_for(spoken, written | self._anchors.keys())

    def _prepare_run(self, words: Sequence[str]) -> None:
        """A run is looked for by its two rarest words: `p` stands in every line of HTML."""
        one = self._put_together(self._anchors, words)
        self._starts[one].add((words.index(one), len(words)))

    def _put_together(self, others: dict[str, set[str]], words: Iterable[str]) -> str:
        """Where the two rarest of `words` are not together these do not stand; the rarest."""
        rarest = sorted(set(words), key=lambda one: (self._common[one], -len(one), one))
        one, other = rarest[0], rarest[:2][-1]
        others[one].add(other)
        others[other].add(one)
        return one

    def leads(self, seen: Mapping[str, int]) -> set[str]:
        """Parts of which one is in each pair or run, if possible seldom `seen` ones."""
        together = defaultdict(set, {one: {*own} for one, own in self._partners.items()})
        for one, own in self._anchors.items():
            together[one] |= own
        often = {one: self._common[one] + seen.get(one, 0) for one in together}
        return keys.leading(together, often)

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
        self,
        public_names: Iterable[str],
        public_words: Iterable[str],
        interface: Iterable[str],
        known: KnownTexts | None = None,
    ) -> None:
        """Gives up what is found in names and words that are public with right.

        A name in public words is a leak; so is one in the interface, if it is more than a word.
        Texts that are `known` to hold nothing are not read.
        """
        known = known or KnownTexts(self, None)
        groups = [known.others(texts) for texts in (public_names, public_words, interface)]
        telling = self._telling_tokens(groups, known.common)
        in_names, in_words, in_interface = (self._found_in(texts, telling) for texts in groups)
        known.keep(self._common, (*in_names, *in_words, *in_interface))
        given_up = {hit.key for hits in in_names.values() for hit in hits}
        for hit in chain.from_iterable(in_words.values()):
            given_up |= {hit.key} if hit.is_small or _is_run(hit.key) else set()
        for hit in chain.from_iterable(in_interface.values()):
            given_up |= {hit.key} if hit.key[0] == "one" or _is_run(hit.key) else set()
        glued = {
            key for kind, *words in given_up if kind == "pair" for key in keys.glued(*words)
        }
        for key in given_up | (glued & self._values.keys()):
            kept = self._values.pop(key) & self._must
            if kept and key[0] != "one":
                self._values[key] = kept
        self._prepare()

    def _telling_tokens(
        self, groups: Iterable[Sequence[str]], common: Mapping[str, int] | None
    ) -> Mapping[str, frozenset[str]]:
        """The tokens that hold parts of what is looked for; how `common` they are is learnt."""
        texts = [*chain.from_iterable(groups)]
        tokens = list(set(chain.from_iterable(map(str.split, texts))))  # a text at a time
        telling = {
            token: own
            for token, own in zip(tokens, self.parts_in_each(tokens), strict=True)
            if own
        }
        self._common = Counter(common)
        if common is None:
            often = _often(groups, telling)
            for token, own in telling.items():
                self._common.update(dict.fromkeys(own, 1 + often[token]))
        self._prepare()
        return telling

    def _found_in(
        self, texts: Iterable[str], telling: Mapping[str, frozenset[str]]
    ) -> dict[str, list[Hit]]:
        """`found` of those texts in which something is: that have enough `telling` tokens."""
        leads = self.leads({}) | self.alone | {HAN}
        leading = {token for token, own in telling.items() if not leads.isdisjoint(own)}
        hits = {}
        for text in texts:
            if not leading.isdisjoint(own := text.split()):
                parts = frozenset[str]().union(*(telling[o] for o in own if o in telling))
                if HAN in parts or self.telling(parts):
                    hits[text] = list(self.found(text))
        return {text: found for text, found in hits.items() if found}

    # --- finding ---

    def found(self, text: str) -> Iterator[Hit]:
        """All that `text` holds; it has been freed of mark-up and escapes, not of disguises."""
        text = keys.plain(text)
        words = keys.WORD.findall(text)
        self._words.learn(words)
        if not self._words.some.isdisjoint(words):
            places = list(keys.WORD.finditer(text))
            yield from self._names(text, places)
            if self._starts:
                yield from self._in_a_row(words)
        if self._han and not text.isascii():
            yield from self._chinese(text)

    def stems(self, words: Sequence[str]) -> dict[str, tuple[str, ...]]:
        """Those of `words` to which a search index may have shortened protected words."""
        return self._words.stems(words)

    def parts_in(self, text: str) -> frozenset[str]:
        """The protected words that stand, in any spelling, anywhere in `text`; and `HAN`."""
        words = set(keys.WORD.findall(keys.plain(text)))
        self._words.learn(words)
        return self._parts(words, text)

    def parts_in_each(self, texts: Sequence[str]) -> list[frozenset[str]]:
        """`parts_in` of many short texts, none of which has a line end, at once."""
        whole = keys.plain("\n".join(texts))
        telling = self._words.by_line(_WORD_OR_END.findall(whole))
        lines = whole.split("\n")
        if self._han and keys.HAN_WORD.search(whole):
            telling = {n: telling.get(n, []) for n in range(len(lines))}
        found = [frozenset[str]()] * len(texts)
        for number, words in telling.items():
            found[number] = self._parts(words, lines[number])
        return found

    def _parts(self, words: Iterable[str], text: str) -> frozenset[str]:
        known = self._words.some.intersection(words)
        has_han = self._han and not text.isascii() and keys.HAN_WORD.search(keys.plain(text))
        if not known and not has_han:
            return frozenset()
        parts = {part for word in known for part, _ in self._words.of(word)}
        return frozenset(parts | {HAN} if has_han else parts)

    def telling(self, parts: AbstractSet[str], *, over_lines: bool = False) -> set[str]:
        """Those of these parts with which, where they stand, something may stand."""
        together = {
            part
            for others in (self._partners, self._anchors)
            for part in others.keys() & parts
            if not others[part].isdisjoint(parts)
        }
        return together if over_lines else together | (self.alone & parts)

    def of_runs(self, parts: AbstractSet[str]) -> bool:
        """Whether one of these parts may stand in a run of words."""
        return not self._anchors.keys().isdisjoint(parts)

    def are_close(self, places: Iterable[tuple[int, AbstractSet[str]]]) -> bool:
        """Whether two words of one thing stand near to each other; by the number of the word.

        Between two words in a row may stand the name of a field of JSON.
        """
        last: dict[str, int] = {}
        for at, parts in places:
            last.update(dict.fromkeys(parts, at))
            for others, words in (
                (self._partners, _LONGEST_NAME),
                (self._anchors, self.longest),
            ):
                reach = 2 * (words - 1)
                for part in others.keys() & parts:
                    if any(at - last[o] <= reach for o in others[part].intersection(last)):
                        return True
        return False

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
                if ("one", one) in self._values and is_single(place[0], one, how):
                    yield Hit(("one", one), keys.is_small(place[0]))
                if how == EXACT and ("glued", one) in self._values:
                    yield Hit(("glued", one), keys.is_small(place[0]))
                for after in (n + 1, n + 2):
                    for two, how_two in known(places[after][0]) if after < len(places) else ():
                        key = ("pair", *sorted((one, two)))
                        if key not in self._values or not _side_by_side(text, places, n, after):
                            continue
                        written = (place[0], places[after][0])
                        if _is_pair(written, (one, two), how + how_two):
                            yield Hit(key, all(map(keys.is_small, written)))

    def _in_a_row(self, words: Sequence[str]) -> Iterator[Hit]:
        some, known = self._words.some, self._words.of
        for n in [n for n, word in enumerate(words) if word in some]:
            for one, how in known(words[n]):
                for before, length in self._starts.get(one, ()) if how == EXACT else ():
                    start = n - before
                    if 0 <= start <= len(words) - length:
                        key = ("run", *map(_folded, words[start : start + length]))
                        if key in self._values:
                            yield Hit(key, is_small=False)

    def _chinese(self, text: str) -> Iterator[Hit]:
        close = keys.HAN_GAP.sub("", text)
        runs = keys.HAN_WORD.findall(close)
        for length, wanted in self._han.items():
            if length == 2:
                found = wanted.intersection(runs)
            else:
                whole = ["".join(runs)] if length == keys.HAN_RUN else runs
                found = {
                    piece
                    for run in whole
                    for at in range(len(run) - length + 1)
                    if (piece := run[at : at + length]) in wanted
                }
            yield from (Hit(("han", piece), is_small=False) for piece in found)


def _often(groups: Iterable[Sequence[str]], tokens: Mapping[str, object]) -> Counter[str]:
    """How often some tokens stand in some of the texts, and in all of the last group."""
    texts = [*chain.from_iterable(groups)]
    *_, interface = groups
    some = chain(texts[:: 1 + len(texts) // _ENOUGH], interface)
    return Counter(one for text in some for one in text.split() if one in tokens)


def _is_run(key: Key) -> bool:
    return key[0] == "run" or len(key[1]) >= keys.HAN_RUN


_folded = lru_cache(maxsize=65536)(names.folded)


def _is_pair(written: tuple[str, str], parts: tuple[str, str], how: int) -> bool:
    """Whether two neighbours are the two words of a name, and not two words of a sentence."""
    is_short = min(map(len, parts)) < 3 or len("".join(parts)) < keys.PAIR
    if is_short:
        return how == EXACT and not any(map(keys.is_small, written))
    return how == EXACT or not any(map(keys.is_small, written))


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
    return gaps == (" ", " ") and not any(map(keys.is_small, others))


def _is_break(gap: str, before: str) -> bool:
    found = _BREAK.search(gap)
    return found is not None and not (found[0][0] == "." and len(before) == 1)


def _is_alone(text: str, places: Sequence[re.Match[str]], one: int, two: int) -> bool:
    """`Surname, Name` in a field of its own; in a sentence it is the end of one name."""
    before = text[places[one - 1].end() : places[one].start()] if one else "\n"
    after = text[places[two].end() : places[two + 1].start()] if two + 1 < len(places) else "\n"
    edge = re.compile(f"{_BREAK.pattern}|{_COMMA.pattern}|\\n")
    return bool(edge.search(before) and edge.search(after))
