"""The index of names: scripts from which a browser finds people, places and organisations.

A record is filed under the root of each word of each declared spelling (`names.roots`), of
each two short neighbours as one word, and of each end of a run of Han letters. Files are
stretches of these keys in order, each within LIMIT. Where thousands share a root (`Nurlan`),
their keys go on with the root of another of their words: two words lead to one file again.

What `js/names.js` makes of it: a query reads the file of one of its words. A very common word
alone, or one or two letters, read the first of their files, and the list says that there are
more. Where nothing sounds so, up to three files are read for words that begin so or are written
as one; then, for a mistake in any letter, a list of all words and the files of the nearest.

Only what readers see as a name stands here: of protected people the public archive has no
other, and a description ("wife of …") holds the name of somebody else.
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from aigaq.pages import han, naming
from aigaq.pages.page import Artifact
from aigaq.words import names

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from aigaq.archive.public import Name, PublicArchive

# Bytes of a file. Names in three scripts compress to about a third; the size before is the same
# with every version of zlib, the size after is not.
LIMIT = 16_000
FOLDER = "assets/names/"
KINDS = ("person", "place", "organisation")  # a record says which by its number
_NOT_PLAIN = re.compile("[^a-z0-9_]")
_LONGEST = 12  # letters of two words that may also be written as one: Serik Zhan
_SHORTEST = 3  # letters of a word in which a mistake is looked for


@dataclass(frozen=True, slots=True, eq=False)
class _Record:
    """`roots` are those of single words, `twice` of two words of a name (Nurlan Nurlanov).

    `joined` are those of two words as one, or of a part of a Han word.
    """

    id: str
    written: str
    size: int
    roots: frozenset[str]
    twice: frozenset[str]
    joined: frozenset[str]
    stems: frozenset[str]


_Filed = tuple[str, _Record]


def artifacts(archive: PublicArchive) -> tuple[Artifact, ...]:
    """The directory with the tables, the lists of words, and the records; sorted by path."""
    records = tuple(_records(archive))
    filed = [(f"{key} ", one) for one in records for key in (*one.roots, *one.joined)]
    files = dict(_files("", filed))
    lists = _lists(records) if len(files) > 1 else {}
    tables = {name: table for name, table in names.TABLES.items() if name != "writing"}
    made = (
        _script("index", "begin", tables, [*files], [*lists], _other_script(records)),
        *(_script(f"w-{n}", "put", f"w-{n}", words) for n, words in lists.items()),
        *(_shard(start, held) for start, held in files.items()),
    )
    return tuple(sorted(made, key=lambda artifact: artifact.path))


def _other_script(records: Iterable[_Record]) -> dict[str, str]:
    """For Han characters that no name has, the one of the other script that names have."""
    used = han.characters(record.written for record in records)
    typed = han.variants(used).items()
    return {one: written[0] for one, written in typed if one not in used}


def _records(archive: PublicArchive) -> Iterator[_Record]:
    named = (
        *((0, one.id, one.names) for one in archive.people.values()),
        *((1, one.id, one.names) for one in archive.places.values()),
        *((2, one.id, one.names) for one in archive.organisations.values()),
    )
    for kind, record_id, attested in named:
        shown = tuple(name for name in attested if "described" not in name.kinds)
        if shown:
            yield _record(kind, record_id, shown)


def _record(kind: int, record_id: str, shown: Sequence[Name]) -> _Record:
    """Written as kind, id, and for each name its language with its quality, and its text."""
    spelled = [part for n in shown for part in (f"{n.lang} {naming.quality(n)}", n.text)]
    written = _json([kind, record_id, *spelled])
    apart = {names.words(name.text) for name in shown}
    words = {word for parts in apart for word in parts}
    joined = {a + b for parts in apart for a, b in pairwise(parts) if len(a + b) <= _LONGEST}
    later = {word[n:] for word in words if names.is_han(word) for n in range(1, len(word))}
    roots = {root for word in words for root in names.roots(word)}
    return _Record(
        id=record_id,
        written=written,
        size=len(written.encode()),
        roots=frozenset(roots),
        twice=frozenset(root for parts in apart for root in _twice(parts)),
        joined=frozenset(r for word in (*joined, *later) for r in names.roots(word)) - roots,
        stems=frozenset(s for w in words if not names.is_han(w) for s in names.stems(w)),
    )


def _twice(parts: Iterable[str]) -> Iterable[str]:
    counted = Counter(root for word in parts for root in names.roots(word))
    return (root for root, times in counted.items() if times > 1)


def _files(prefix: str, filed: Sequence[_Filed]) -> Iterator[tuple[str, dict[str, _Record]]]:
    """Files in the order of their keys, each with the key that it begins at.

    What begins alike is split by its next letter, and neighbours that are small share a file:
    a new name changes few files.
    """
    held = {record.id: record for _, record in filed}
    if len(held) < 2 or _size(held) <= LIMIT:
        yield prefix, held
        return
    longer: dict[str, list[_Filed]] = defaultdict(list)
    for key, record in filed:
        for whole in (key,) if len(key) > len(prefix) else _goes_on(key, record):
            longer[whole[: len(prefix) + 1]].append((whole, record))
    start, shared = prefix, dict[str, _Record]()
    for beginning in sorted(longer):
        for first, more in _files(beginning, longer[beginning]):
            both = shared | more
            if shared and _size(both) > LIMIT:
                yield start, shared
                start, both = first, more
            shared = both
    yield start, shared


def _size(held: Mapping[str, _Record]) -> int:
    return sum(record.size for record in held.values())


def _goes_on(key: str, record: _Record) -> Iterable[str]:
    """A key that too many share, with the other roots of the record; then with its id."""
    first, *more = key.split(" ")[:-1]
    others = record.roots - ({first} - record.twice)
    if more or not others:
        return (f"{key}{'' if more else ' '}{record.id} ",)
    return [f"{key}{other} " for other in others]


def _lists(records: Iterable[_Record]) -> dict[int, str]:
    """All stems by their length, in lists within LIMIT, under the least length of each.

    A word with a mistake is looked up in the lists of about its own length.
    """
    by_length: dict[int, set[str]] = defaultdict(set)
    for stem in {stem for record in records for stem in record.stems}:
        if len(stem) >= _SHORTEST:
            by_length[len(stem)].add(stem)
    lists: dict[int, str] = {}
    for length, stems in sorted(by_length.items()):
        last, more = max(lists, default=0), " ".join(sorted(stems))
        if last and len(lists[last]) + len(more) < LIMIT:
            lists[last] += f" {more}"
        else:
            lists[length] = more
    return lists


def _shard(start: str, held: Mapping[str, _Record]) -> Artifact:
    plain = _NOT_PLAIN.sub(lambda c: f"u{ord(c[0]):x}-", start.lower().replace(" ", "_"))
    rows = ",\n".join(record.written for _, record in sorted(held.items()))
    return _file(f"n-{plain}", f'aigaqNames.put("n-{plain}",[\n{rows}\n]);\n')


def _script(name: str, call: str, *values: Any) -> Artifact:
    return _file(name, f"aigaqNames.{call}({','.join(map(_json, values))});\n")


def _file(name: str, text: str) -> Artifact:
    return Artifact(f"{FOLDER}{name}.js", text.encode())


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
