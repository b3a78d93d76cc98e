"""Which spellings of names records declare, word by word, and which words are alike to one."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING, Any

from aigaq.archive import inflection, passages
from aigaq.words import names

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from aigaq.archive.private import Archive
    from aigaq.source.schema import records
    from aigaq.source.schema.validate import Located

LETTERS = (
    4  # of a word that is compared, and BONES of its skeleton: short ones are alike by chance
)
BONES = 3


@dataclass(frozen=True, slots=True)
class Declared:
    """One word of the name `name` of a record."""

    record: str
    name: str
    word: str


class Names:
    """All declared names. Protected people's are known, so as not to be taken for others'."""

    def __init__(self, archive: Archive) -> None:
        self.located = {one.id: one for one in _all(archive)}
        self.words: dict[str, set[str]] = defaultdict(set)  # of each record
        self.bearers: dict[str, set[str]] = defaultdict(set)  # people, by word
        self.others: set[str] = set()  # words of places and organisations
        self._open: dict[str, list[Declared]] = defaultdict(list)
        self._indices: dict[frozenset[str], dict[str, list[Declared]]] = {}
        for one in self.located.values():
            for name in one.record.names:
                self._declare(archive, one, name)
        every = tuple(chain.from_iterable(self._open.values()))
        self.people = _by_key(one for one in every if one.record in archive.people)
        self.offices = _by_key(one for one in every if one.record not in archive.people)

    def _declare(self, archive: Archive, one: Located[Any], name: records.Name) -> None:
        if "described" in name.kind:  # "my aunt": words as in a text, and read as such
            return
        words = [plain(word) for _, word in passages.words(name.text)]
        self.words[one.id].update(words)
        if one.id in archive.people:
            for word in words:
                self.bearers[word].add(one.id)
        else:
            self.others.update(words)
            if len(words) > 1:  # the words of an office are no names
                return
        if one.record.protect.is_open:
            self._open[one.id] += [Declared(one.id, name.text, word) for word in words]

    def has(self, word: str) -> bool:
        """Whether a word is one of a declared name, without an ending."""
        small = plain(word)
        return small in self.others or small in self.bearers

    def of(self, record_ids: frozenset[str]) -> Mapping[str, list[Declared]]:
        """The open names of some records, by key."""
        if record_ids not in self._indices:
            some = (self._open.get(one, ()) for one in sorted(record_ids))
            self._indices[record_ids] = _by_key(chain.from_iterable(some))
        return self._indices[record_ids]


def alike(
    bases: Sequence[str], index: Mapping[str, list[Declared]]
) -> list[tuple[str, Declared]]:
    """What a word may be without its ending, with the names of an index that are alike.

    The nearest first; of those that are equally near, the word itself or its beginning.
    """
    near = {
        (base, one): _distance(base, one.word)
        for base in bases
        for key in keys(base)
        for one in index.get(key, ())
        if names.alike(base, one.word, with_endings=False)
    }
    written = bases[0] if bases else ""
    return sorted(
        near,
        key=lambda o: (
            near[o],
            not written.startswith(o[0]),
            -len(o[0]),
            o[1].record,
            o[1].name,
        ),
    )


def small(word: str) -> str:
    """One spelling of a word whatever its case and composition."""
    return unicodedata.normalize("NFC", word.casefold()).replace("\u0307", "")


def plain(word: str) -> str:
    """`small`, and without apostrophes."""
    return inflection.APOSTROPHE.sub("", small(word))


@lru_cache(maxsize=65536)
def keys(word: str) -> tuple[str, ...]:
    """The keys of a word that is long enough to be compared; else none."""
    if len(word) < LETTERS or len(names.skeleton(word)) < BONES:
        return ()
    return names.keys(word)


def _distance(one: str, other: str) -> int:
    return names.distance(names.folded(one), names.folded(other))


def _all(archive: Archive) -> Iterator[Located[Any]]:
    yield from archive.people.values()
    yield from archive.places.values()
    yield from archive.organisations.values()


def _by_key(declared: Iterable[Declared]) -> dict[str, list[Declared]]:
    index = defaultdict(list)
    for one in declared:
        for key in keys(one.word):
            index[key].append(one)
    return index
