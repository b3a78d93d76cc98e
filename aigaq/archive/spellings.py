"""Names as texts spell them and no record declares them: where, and which name each resembles.

A word counts where it is written like a name, is alike to the name of a record that its file
names, and is neither declared, nor declared with an ending, nor an ordinary word. Of a record
that the file does not name, whole names count: two words of a person's, or that of a place.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aigaq.archive import declared, inflection, passages
from aigaq.words import alphabet, names

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from aigaq.archive.declared import Declared
    from aigaq.archive.passages import Passage
    from aigaq.archive.private import Archive
    from aigaq.words.diagnostics import Span

# Without capitals nothing tells names from other words: more letters, and seen in few files.
_BONES_WITHOUT_CAPITALS = 4
_FILES_OF_ORDINARY_WORDS = 5  # and of many files this part
_PART_OF_FILES = 50

_HAN = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


@dataclass(frozen=True, slots=True)
class Spelling:
    """A spelling of `record` that its file, at `span`, does not declare.

    `resembles` is the declared name; `is_first` says that none is in this script. `places` are
    where the spelling stands, with or without an ending.
    """

    record: str
    span: Span
    text: str
    lang: str
    resembles: str
    is_first: bool
    places: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class _Word:
    """A word of a passage that is written like a name, and what it is without its ending."""

    text: str
    bases: tuple[str, ...]
    passage: Passage
    position: int

    @property
    def span(self) -> Span:
        return self.passage.at(self.position)


def found(archive: Archive) -> tuple[Spelling, ...]:
    """Every undeclared spelling, by record; nothing of protected people."""
    read = tuple(passages.of(archive))
    known, ordinary = declared.Names(archive), _Ordinary(read)
    stands: dict[tuple[str, str, str], list[tuple[_Word, Declared]]] = defaultdict(list)
    for passage in read:
        for word, base, like in _in(passage, known, ordinary):
            stands[like.record, base, passage.lang].append((word, like))
    made = (_spelling(known, base, words) for (_, base, _), words in stands.items())
    return tuple(sorted(made, key=lambda one: (one.record, one.text, one.lang)))


def _spelling(
    known: declared.Names, base: str, stands: Sequence[tuple[_Word, Declared]]
) -> Spelling:
    word, like = min(stands, key=lambda one: (len(one[0].text), one[0].span))
    located = known.located[like.record]
    script = alphabet.script(word.text)
    near = [one.name for _, one in declared.alike([base], known.of(frozenset({like.record})))]
    is_cut = declared.plain(word.text).startswith(base)
    return Spelling(
        record=like.record,
        span=located.span_of("names"),
        text=word.text[: len(base)] if is_cut else word.text,
        lang=word.passage.lang,
        resembles=min(near, key=lambda name: alphabet.script(name) != script),
        is_first=all(alphabet.script(name.text) != script for name in located.record.names),
        places=tuple(sorted({one.span for one, _ in stands})),
    )


class _Ordinary:
    """Words that are no names: written small somewhere, or, without capitals, in many files."""

    def __init__(self, read: Iterable[Passage]) -> None:
        self.small: dict[str, set[str]] = defaultdict(set)
        self.files: dict[tuple[str, str], set[tuple[str, frozenset[str]]]] = defaultdict(set)
        self.paths: dict[str, set[str]] = defaultdict(set)
        for passage in read:
            self.paths[passage.lang].add(passage.span.path)
            for _, word in passages.words(passage.words):
                if word[0].islower():
                    self.small[passage.lang].add(declared.plain(word))
                elif not (word[0].isupper() or _HAN.search(word)):
                    file = passage.span.path, passage.named
                    for base in _bases(word, passage.lang):
                        self.files[passage.lang, base].add(file)

    def holds(self, word: str, base: str, lang: str, record: str) -> bool:
        """Whether a word is one; without capitals, in files that do not name `record`."""
        if not {declared.plain(word), base}.isdisjoint(self.small[lang]):
            return True
        few = max(_FILES_OF_ORDINARY_WORDS, len(self.paths[lang]) // _PART_OF_FILES)
        files = self.files.get((lang, base), ())
        return sum(record not in named for _, named in files) >= few


def _in(
    passage: Passage, known: declared.Names, ordinary: _Ordinary
) -> Iterator[tuple[_Word, str, Declared]]:
    """Each undeclared spelling, without its ending, and the nearest name."""
    words = [
        _Word(text, tuple(_bases(text, passage.lang)), passage, position)
        for position, text in passages.words(passage.words)
        if not (text[0].islower() or _HAN.search(text))
    ]
    for n, word in enumerate(words):
        beside = (*words[max(n - 1, 0) : n], *words[n + 1 : n + 2])
        if not _is_declared(word, beside, known):
            base, like = next(_alike(word, beside, known), ("", None))
            if like and not ordinary.holds(word.text, base, passage.lang, like.record):
                yield word, base, like


def _bases(text: str, lang: str) -> Iterator[str]:
    return inflection.bases(declared.small(text), lang)


def _is_declared(word: _Word, beside: Iterable[_Word], known: declared.Names) -> bool:
    """By whom the file names, by a place, or by somebody whose other name stands beside."""
    if not known.others.isdisjoint(word.bases):
        return True
    bearers = {one for base in word.bases for one in known.bearers.get(base, ())}
    return any(
        one in word.passage.named
        or len(known.words[one]) == 1
        or any(_is_of(other, one, word.bases, known) for other in beside)
        for one in bearers
    )


def _alike(
    word: _Word, beside: Sequence[_Word], known: declared.Names
) -> Iterator[tuple[str, Declared]]:
    """What a word may be without its ending, and a name that is alike: likely ones first."""
    yield from declared.alike(word.bases, known.of(word.passage.named))
    long = [base for base in word.bases if _is_telling(base)]
    yield from declared.alike(long, known.offices)
    for base, like in declared.alike(long, known.people):
        if any(_is_of(other, like.record, {like.word}, known) for other in beside):
            yield base, like


def _is_telling(word: str) -> bool:
    """Whether a word is long enough to be somebody's whom the file does not name."""
    has_capitals = alphabet.script(word) in {"Latn", "Cyrl"}
    return has_capitals or len(names.skeleton(word)) >= _BONES_WITHOUT_CAPITALS


def _is_of(word: _Word, record: str, besides: Collection[str], known: declared.Names) -> bool:
    """Whether a word is a name of somebody, in whatever spelling, other than `besides`."""
    index = known.of(frozenset({record}))
    return any(one.word not in besides for _, one in declared.alike(word.bases, index))
