"""A bundle as the engine made it, in lighter pieces that give the same answers.

The engine cuts its index into files of about 25 KB, of which a word needs one. Here they are
cut again, so that a piece and the list of all pieces weigh about alike. A page's id becomes its
path: what was found is known before its words are fetched, without a list of numbers and paths.
What is only searched and never shown is taken from the words that come with a result. The
entry file tells what the language has for characters of the other Chinese script.
"""

from __future__ import annotations

import hashlib
import json
import math
import re
import zlib
from bisect import bisect_left, bisect_right
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Any

from aigaq.output import containers
from aigaq.pages import han

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

SLASH = "~"  # stands for the `/` of a path, since an id is the name of a file
_UNSHOWN = ("forms", "facets")  # metadata that is only searched
# Bytes of a piece before it is packed. The square root of a whole index times this keeps the
# pieces and their list in balance: an entry of the list takes about 9 bytes packed, a piece two
# fifths of its bytes.
_BALANCE = 20
_SMALLEST, _LARGEST = 1 << 12, 1 << 15
# Whoever types so many letters finds all words that begin so, in whatever piece they stand.
_ENOUGH = 4
_ENTRY = re.compile(
    b"\x83(?=[\x60-\x77]|\x78[\x18-\xff]|\x79)"
)  # a list of three: a word first

_Entry = tuple[str, bytes]  # a word, and what the index says of it


def lighter(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files of a bundle with one language, by their names; its engine stays as it is."""
    entry = json.loads(files["pagefind-entry.json"])
    (language,) = entry["languages"].values()
    meta, _ = containers.cbor(_opened(files[f"pagefind.{language['hash']}.pf_meta"]), 0)
    made = {n: data for n, data in files.items() if n.endswith((".js", ".pagefind"))}
    for page in meta[1]:
        page[0], words = _page(_opened(files[f"fragment/{page[0]}.pf_fragment"]))
        made[f"fragment/{page[0]}.pf_fragment"] = _packed(words)
    indexes = (_opened(files[f"index/{name}.pf_index"]) for _, _, name in meta[2])
    entries = [one for index in indexes for one in entries_of(index)]
    entry["han"] = han.variants(han.characters(word for word, _ in entries))
    meta[2] = _chunks(entries, made)
    written = cbor(meta)
    language["hash"] = hashlib.sha256(written).hexdigest()[:10]
    made[f"pagefind.{language['hash']}.pf_meta"] = _packed(written)
    said = json.dumps(entry, ensure_ascii=False, separators=(",", ":"))
    made["pagefind-entry.json"] = said.encode()
    return dict(sorted(made.items()))


def _page(fragment: bytes) -> tuple[str, bytes]:
    """Its id and its words. Of an address in it only the id and the place are needed."""
    page = json.loads(fragment)
    del page["filters"], page["word_count"]
    for name in _UNSHOWN:
        page["meta"].pop(name, None)
    page["anchors"] = [{"id": a["id"], "location": a["location"]} for a in page["anchors"]]
    path = page["url"].split("/", 2)[2].removesuffix(".html")
    words = json.dumps(page, ensure_ascii=False, separators=(",", ":"))
    return path.replace("/", SLASH), words.encode()


# --- the index ---


def _chunks(entries: Sequence[_Entry], made: dict[str, bytes]) -> list[list[str]]:
    """From where to where each piece goes, and its id; the pieces come to what is `made`."""
    shared = [_shared(one[0], other[0]) for one, other in pairwise(entries)]
    cuts = [0, *_cuts(entries, shared), len(entries)]
    starts = ["", *(entries[at][0][: shared[at - 1] + 1][:_ENOUGH] for at in cuts[1:-1])]
    table = []
    for n, (first, after) in enumerate(pairwise(cuts)):
        data = b"\x81" + _head(4, after - first) + b"".join(e for _, e in entries[first:after])
        name = _name(data, made)
        made[f"index/{name}.pf_index"] = _packed(data)
        end = max(entries[after - 1][0], *starts[n + 1 : n + 2], "")
        table.append([starts[n], end, name])
    return table


def _name(data: bytes, taken: Mapping[str, bytes]) -> str:
    """Five digits do for a thousand pieces; where two share them, the later one has more."""
    digest = hashlib.sha256(data).hexdigest()
    names = (digest[:size] for size in range(5, len(digest) + 1))
    return next(name for name in names if f"index/{name}.pf_index" not in taken)


def entries_of(index: bytes) -> Iterator[_Entry]:
    """The words of an opened file of the index in their order."""
    at, number = _opened_list(index, 1)
    found = [match.start() for match in _ENTRY.finditer(index, at)]
    if len(found) != number:  # bytes inside an entry looked like the beginning of one
        found = list(_slowly(index, at, number))
    for first, after in pairwise([*found, len(index)]):
        yield containers.cbor(index, first + 1)[0], index[first:after]


def _opened_list(index: bytes, at: int) -> tuple[int, int]:
    """Where the first value of a list stands, and how many there are."""
    size = {24: 1, 25: 2, 26: 4}.get(index[at] & 31, 0)
    number = int.from_bytes(index[at + 1 : at + 1 + size], "big") if size else index[at] & 31
    return at + 1 + size, number


def _slowly(index: bytes, at: int, number: int) -> Iterator[int]:
    for _ in range(number):
        yield at
        _, at = containers.cbor(index, at)


def _shared(one: str, other: str) -> int:
    """With how many letters both begin."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((n for n, (a, b) in pairs if a != b), min(len(one), len(other)))


def _cuts(entries: Sequence[_Entry], shared: Sequence[int]) -> Iterator[int]:
    """Before which entries to cut: where neighbours are least alike, near the wanted size.

    A word and what it is the beginning of stay together as well as that can be.
    """
    ends = list(accumulate(len(entry) for _, entry in entries))
    size, first, begun = _size(ends[-1]), 0, 0
    while ends[-1] - begun > 1.5 * size:
        least = bisect_left(ends, begun + size // 2, lo=first) + 1
        most = max(least + 1, bisect_right(ends, begun + size + size // 2, lo=first) + 1)
        near = range(least, min(most, len(entries)))
        if not near:
            return
        first = min(near, key=lambda at: (shared[at - 1], abs(ends[at - 1] - begun - size)))
        begun = ends[first - 1]
        yield first


def _size(whole: int) -> int:
    """Of a piece; a power of two, so that an edit does not shift where all pieces are cut."""
    wanted = math.sqrt(whole * _BALANCE)
    return min(_LARGEST, max(_SMALLEST, 1 << round(math.log2(wanted or 1))))


# --- files ---


def _opened(data: bytes) -> bytes:
    return zlib.decompress(data, wbits=31).removeprefix(containers.PAGEFIND)


def _packed(data: bytes) -> bytes:
    return zlib.compress(containers.PAGEFIND + data, 9, wbits=31)


def cbor(value: Any) -> bytes:
    """Numbers, texts and lists, as the engine writes them."""
    if isinstance(value, int):
        return _head(0, value)
    if isinstance(value, str):
        text = value.encode()
        return _head(3, len(text)) + text
    return _head(4, len(value)) + b"".join(map(cbor, value))


def _head(major: int, number: int) -> bytes:
    if number < 24:
        return bytes([major << 5 | number])
    size = next(n for n in range(4) if number < 1 << (8 << n))
    return bytes([major << 5 | 24 + size]) + number.to_bytes(1 << size, "big")
