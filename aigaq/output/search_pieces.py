"""A bundle of a language in lighter pieces than the engine's, that give the same answers.

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
from bisect import bisect_left, bisect_right
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

from aigaq.output import search_portions
from aigaq.output.search_portions import cbor, head, packed
from aigaq.pages import han

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from aigaq.output.search_portions import Entry, Portion

# Bytes of a piece before it is packed. The square root of a whole index times this keeps the
# pieces and their list in balance: an entry of the list takes about 9 bytes packed, a piece two
# fifths of its bytes.
_BALANCE = 20
_SMALLEST, _LARGEST = 1 << 12, 1 << 15
# Whoever types so many letters finds all words that begin so, in whatever piece they stand.
_ENOUGH = 4


def bundle(frame: Mapping[str, bytes], portions: Sequence[Portion]) -> dict[str, bytes]:
    """The files of a bundle with one language, by their names.

    `frame` is what the engine made of any pages of it: its programs and settings stay.
    """
    entry = json.loads(frame["pagefind-entry.json"])
    (language,) = entry["languages"].values()
    meta = search_portions.meta_of(frame)
    made = {n: data for n, data in frame.items() if n.endswith((".js", ".pagefind"))}
    meta[1] = [[page, words] for one in portions for page, words, _ in one.pages]
    made |= {
        f"fragment/{page}.pf_fragment": data for one in portions for page, _, data in one.pages
    }
    entries = list(search_portions.joined(portions))
    entry["han"] = han.variants(han.characters(word for word, _ in entries))
    meta[2] = _chunks(entries, made)
    written = cbor(meta)
    language |= {
        "hash": hashlib.sha256(written).hexdigest()[:10],
        "page_count": len(meta[1]),
    }
    made[f"pagefind.{language['hash']}.pf_meta"] = packed(written)
    said = json.dumps(entry, ensure_ascii=False, separators=(",", ":"))
    made["pagefind-entry.json"] = said.encode()
    return dict(sorted(made.items()))


# --- the index ---


def _chunks(entries: Sequence[Entry], made: dict[str, bytes]) -> list[list[str]]:
    """From where to where each piece goes, and its id; the pieces come to what is `made`."""
    shared = [_shared(one[0], other[0]) for one, other in pairwise(entries)]
    cuts = [0, *_cuts(entries, shared), len(entries)]
    starts = ["", *(entries[at][0][: shared[at - 1] + 1][:_ENOUGH] for at in cuts[1:-1])]
    table = []
    for n, (first, after) in enumerate(pairwise(cuts)):
        data = b"\x81" + head(4, after - first) + b"".join(e for _, e in entries[first:after])
        name = _name(data, made)
        made[f"index/{name}.pf_index"] = packed(data)
        end = max(entries[after - 1][0], *starts[n + 1 : n + 2], "")
        table.append([starts[n], end, name])
    return table


def _name(data: bytes, taken: Mapping[str, bytes]) -> str:
    """Five digits do for a thousand pieces; where two share them, the later one has more."""
    digest = hashlib.sha256(data).hexdigest()
    names = (digest[:size] for size in range(5, len(digest) + 1))
    return next(name for name in names if f"index/{name}.pf_index" not in taken)


def _shared(one: str, other: str) -> int:
    """With how many letters both begin."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((n for n, (a, b) in pairs if a != b), min(len(one), len(other)))


def _cuts(entries: Sequence[Entry], shared: Sequence[int]) -> Iterator[int]:
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
