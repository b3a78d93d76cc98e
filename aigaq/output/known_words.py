"""Which words are spellings of the words looked for: many read at once, each once in a run.

A word is one of them as written, in look-alike letters, in another script or spelling
(`names.alike`), or with a case ending. Whatever shares no consonants with anything looked for
is put aside for all words together (`names_together`), before the slow comparing of two.
"""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import compress
from typing import TYPE_CHECKING

from aigaq.output import keys
from aigaq.words import names, names_together

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

EXACT, ALIKE = 0, 1  # how a word is a spelling of another
Spelling = tuple[str, int]  # the word looked for, and how it is spelled here

_LATIN = str.maketrans(
    "аАеЕоОсСрРхХуУіІјЈѕЅһԁԛԝВНКМТЅαΑεΕοΟρΡΒΗΙΚΜΝΤΥΧΖνɡɑ",
    "aAeEoOcCpPxXyYiIjJsShdqwBHKMTSaAeEoOpPBHIKMNTYXZvga",
)
_CYRILLIC = str.maketrans("aAeEoOcCpPxXyYiIjJsSBHKMT", "аАеЕоОсСрРхХуУіІјЈѕЅВНКМТ")
_HAS_LATIN, _HAS_CYRILLIC = re.compile("[a-zA-Z]"), re.compile("[\u0370-\u052f]")
_LONGEST_ENDING = 4  # letters of a case ending
_LEAST_STEM = 4  # letters that a case ending leaves
_LONGEST_STEMMED = 3  # letters that a search index cuts off
_LEAST_HEARD = 3  # letters of a word that is compared by its sound


class KnownWords:
    """`spoken` words are found in any spelling, `written` ones by their letters alone."""

    def __init__(self, spoken: Collection[str], written: Collection[str]) -> None:
        self._written: frozenset[str] = frozenset()
        self._seen: set[str] = set()
        self._known: dict[str, tuple[Spelling, ...]] = {}
        self.some: set[str] = set()  # the words of which `of` tells anything
        self.look_for(spoken, written)

    def look_for(self, spoken: Collection[str], written: Collection[str]) -> None:
        """Looks for other words; where they are fewer, what was learnt and holds is kept."""
        before, self._written = self._written, frozenset((*spoken, *written))
        wanted = (self._written, frozenset(spoken))  # EXACT, ALIKE
        if self._written <= before:
            lost = {
                w for w, own in self._known.items() if any(p not in wanted[h] for p, h in own)
            }
            self._seen -= lost
            self._known = {w: own for w, own in self._known.items() if w not in lost}
        else:
            self._seen, self._known = set(), {}
        self.some = set(self._known)
        self._bones: dict[str, list[str]] = defaultdict(list)
        self._declined: dict[str, list[str]] = defaultdict(list)  # as they sound, for endings
        self._stems: dict[str, list[str]] = defaultdict(list)
        for part in sorted(spoken):
            for cut in range(1, min(_LONGEST_STEMMED, len(part) - _LEAST_STEM) + 1):
                self._stems[part[:-cut]].append(part)
            heard = names.sounded(part)
            for form in {heard, heard.rstrip("aeiou") or heard}:
                self._declined[form].append(part)
            for bone in names.keys(part):
                self._bones[bone].append(part)

    def of(self, word: str) -> tuple[Spelling, ...]:
        """The words looked for that `word`, if it was learnt, may be a spelling of."""
        return self._known.get(word, ())

    def by_line(self, words: Sequence[str]) -> dict[int, list[str]]:
        """The spellings among `words`, by the number of the line; line ends are words, too."""
        self.learn(set(words) - {"\n"})
        found: dict[int, list[str]] = defaultdict(list)
        marked = self.some | {"\n"}
        number = 0
        for word in compress(words, map(marked.__contains__, words)):
            if word == "\n":
                number += 1
            else:
                found[number].append(word)
        return found

    def stems(self, words: Sequence[str]) -> dict[str, tuple[str, ...]]:
        """Those of `words` to which a search index may have shortened words looked for."""
        found = {}
        for word, folded in zip(words, names_together.folded(words), strict=True):
            if folded in self._written or folded in self._stems:
                whole = (folded,) if folded in self._written else ()
                found[word] = (*whole, *self._stems.get(folded, ()))
        return found

    def learn(self, words: Collection[str]) -> None:
        """Looks at those of `words` that are new."""
        fresh = list(set(words).difference(self._seen))
        if not fresh:
            return
        self._seen.update(fresh)
        folded = names_together.folded(fresh)
        found: dict[str, dict[str, int]] = defaultdict(dict)
        for word, form in _looks(fresh, folded):
            if form in self._written:
                found[word][form] = EXACT
        if self._bones:
            self._hear(fresh, folded, found)
        for word, parts in found.items():
            self._known[word] = tuple(sorted(parts.items()))
            self.some.add(word)

    def _hear(
        self, words: Sequence[str], folded: Sequence[str], found: dict[str, dict[str, int]]
    ) -> None:
        """Adds what sounds like a word looked for, or like it without a case ending."""
        at = [n for n, word in enumerate(words) if len(word) >= _LEAST_HEARD and folded[n]]
        alone = [n for n in at if folded[n].isalnum()]
        owners, sounds = names_together.heard([folded[n] for n in alone])
        bones = names_together.bones(sounds)
        close = {alone[o] for o, bone in zip(owners, bones, strict=True) if bone in self._bones}
        for n in sorted({*close, *at}.difference(alone) | close):
            self._compare(words[n], found)
        for n, sound in zip(alone, sounds, strict=False):
            if words[n] not in found and (parts := self._with_ending(sound)):
                found[words[n]] = dict.fromkeys(parts, ALIKE)

    def _compare(self, word: str, found: dict[str, dict[str, int]]) -> None:
        for bone in names.keys(word):
            for part in self._bones.get(bone, ()):
                if part not in found.get(word, ()) and names.alike(part, word):
                    found[word][part] = ALIKE

    def _with_ending(self, sound: str) -> list[str]:
        """The words looked for of which something that sounds so may be a case."""
        longest = min(_LONGEST_ENDING, len(sound) - _LEAST_STEM)
        cases = (sound[:-cut] for cut in range(1, longest + 1))
        return [part for case in cases for part in self._declined.get(case, ())]


def _looks(words: Sequence[str], folded: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Each word, and what it looks like where letters of another alphabet are in it; folded."""
    yield from zip(words, folded, strict=True)
    for word in words:
        if word.isascii() or not _HAS_CYRILLIC.search(word):
            continue
        latin = word.translate(_LATIN)
        if latin.isascii():
            yield word, names.folded(latin)
        if _HAS_LATIN.search(word):
            yield word, names.folded(latin)
            yield word, names.folded(word.translate(_CYRILLIC))


def is_single(written: str, part: str, how: int) -> bool:
    """A word alone needs more than consonants: a capital, and almost the same sound."""
    if how == EXACT:
        return True
    heard, meant = names.sounded(names.folded(written)), names.sounded(part)
    return not keys.is_small(written) and (
        names.distance(heard, meant, 1) <= 1
        or (len(part) > keys.SINGLE and heard.startswith(meant))
    )
