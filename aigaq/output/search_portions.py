"""What the engine says of some pages of a language, kept so that it can be joined with others.

After an edit the engine reads one portion again, and not the whole language. Joined, portions
are what the engine makes of all their pages at once: in the index a page is a number and a word
has the pages in which it stands as steps from one to the next, so that of each portion only the
first step of a word changes. A field of metadata is a number, too, the same in all portions
because each begins with a page that has every field, the `frame` of the bundle.
"""

from __future__ import annotations

import json
import re
import zlib
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Any

from aigaq.output import cache, containers

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

FIELDS = 5  # of metadata: where they stand in the list of pages and files
SLASH = "~"  # stands for the `/` of a path, since an id is the name of a file
Entry = tuple[str, bytes]  # a word, and what the index says of it
_UNSHOWN = ("forms", "facets")  # metadata that is only searched
_BREAK = "\n"  # between a word and a form of it that has other marks over its letters

# A list of three, a word first: each entry begins so, and seldom anything else.
_ENTRY = re.compile(b"\x83(?=[\x60-\x77\x79\x7a]|\x78[\x18-\xff])")
_NUMBER = rb"(?:[\x00-\x17\x20-\x37]|[\x18\x38].|[\x19\x39]..|[\x1a\x3a].{4})"
_NUMBERS = rb"(?:[\x80-\x97]|\x98.|\x99..|\x9a.{4})%b*+" % _NUMBER
# A page: the step to it, the places of the word, those in metadata.
_PAGE = re.compile(rb"\x83(%b)%b%b" % (_NUMBER, _NUMBERS, _NUMBERS), re.DOTALL)


@dataclass(frozen=True, slots=True)
class Portion:
    """`pages` are ids, numbers of words and packed words; `rows` what the index says.

    `fields` are those of metadata, which rows know by their numbers.
    """

    fields: tuple[str, ...]
    pages: tuple[tuple[str, int, bytes], ...]
    rows: tuple[_Row, ...]


# A word (or a form of it), the first page and the last, how many, and all but the first step.
_Row = tuple[str, int, int, int, bytes]


def of(files: Mapping[str, bytes], *, framed: bool = False) -> Portion:
    """The portion of what the engine made; the first page stays away if it is the frame."""
    meta = meta_of(files)
    pages = []
    for name, number in meta[1][framed:]:
        page_id, words = _page(opened(files[f"fragment/{name}.pf_fragment"]))
        pages.append((page_id, number, packed(words)))
    rows = [
        row
        for _, _, name in meta[2]
        for row in _rows(opened(files[f"index/{name}.pf_index"]), framed=framed)
    ]
    return Portion(tuple(meta[FIELDS]), tuple(pages), tuple(rows))


def meta_of(files: Mapping[str, bytes]) -> list[Any]:
    """The list of pages and files of a bundle with one language."""
    (language,) = json.loads(files["pagefind-entry.json"])["languages"].values()
    meta: list[Any] = containers.cbor(opened(files[f"pagefind.{language['hash']}.pf_meta"]), 0)[
        0
    ]
    return meta


def _page(fragment: bytes) -> tuple[str, bytes]:
    """Its id and its words. Of an address in it only the id and the place are needed."""
    page = json.loads(fragment)
    del page["filters"], page["word_count"]
    for name in _UNSHOWN:
        page["meta"].pop(name, None)
    page["anchors"] = [{"id": a["id"], "location": a["location"]} for a in page["anchors"]]
    words = json.dumps(page, ensure_ascii=False, separators=(",", ":"))
    return id_of(page["url"].removeprefix("/")), words.encode()


def id_of(path: str) -> str:
    """The id of the page at an output path, `kk/people/p-1.html`."""
    return path.partition("/")[2].removesuffix(".html").replace("/", SLASH)


# --- entries of the index ---


def entries_of(index: bytes) -> Iterator[Entry]:
    """The words of an opened file of the index in their order."""
    for word, first, _, after in _entries(index):
        yield word, index[first:after]


def _entries(index: bytes) -> Iterator[tuple[str, int, int, int]]:
    """Each word; where its entry begins, where the list of pages does, where the entry ends."""
    at, number = _opened_list(index, 1)
    found = [match.start() for match in _ENTRY.finditer(index, at)]
    if len(found) != number:  # bytes inside an entry looked like the beginning of one
        found = list(_slowly(index, at, number))
    for first, after in pairwise([*found, len(index)]):
        start, size = _opened_list(index, first + 1)  # a text begins as a list does
        end = start + size
        yield index[start:end].decode(), first, end, after


def _opened_list(index: bytes, at: int) -> tuple[int, int]:
    """Where the first value of a list stands, and how many there are."""
    small = index[at] & 31
    if small < 24:
        return at + 1, small
    end = at + 1 + (1 << (small - 24))
    return end, int.from_bytes(index[at + 1 : end], "big")


def _slowly(index: bytes, at: int, number: int) -> Iterator[int]:
    for _ in range(number):
        yield at
        _, at = containers.cbor(index, at)


def _rows(index: bytes, *, framed: bool) -> Iterator[_Row]:
    """The rows of an opened file of the index, without the first page if that is the frame."""
    for word, _, listed, end in _entries(index):
        at, number = _opened_list(index, listed)
        steps = _PAGE.findall(index, at, end)
        begun = _STEPS[steps[0]] if steps else 0
        if len(steps) == number and begun >= framed:  # no forms, and nothing to leave out
            last = begun if number == 1 else sum(map(_STEPS.__getitem__, steps))
            body = index[at + 1 + len(steps[0]) : end - 1]
            yield word, begun - framed, last - framed, number, body
        else:
            yield from _with_forms(index, word, listed, framed=framed)


def _with_forms(index: bytes, word: str, at: int, *, framed: bool) -> Iterator[_Row]:
    """The rows of a word and of its forms; the word has one wherever a form has."""
    own, at = _row(index, word, at, framed=framed)
    at, number = _opened_list(index, at)
    forms = []
    for _ in range(number):
        form, at = containers.cbor(index, at + 1)  # in a list of two
        row, at = _row(index, f"{word}{_BREAK}{form}", at, framed=framed)
        forms += [row] if row[3] else []
    if own[3] or forms:
        yield own
        yield from forms


def _row(index: bytes, key: str, at: int, *, framed: bool) -> tuple[_Row, int]:
    """The row of a list of pages, and where it ends."""
    at, number = _opened_list(index, at)
    pages: list[re.Match[bytes]] = []
    for _ in range(number):
        page = _PAGE.match(index, at)
        if page is None:
            raise ValueError("a page of the index cannot be read")
        pages.append(page)
        at = page.end()
    steps = [_STEPS[page[1]] for page in pages]
    if framed and steps and steps[0] == 0:
        del pages[0], steps[0]
    if not pages:
        return (key, 0, 0, 0, b""), at
    body = index[pages[0].end(1) : at]
    return (key, steps[0] - framed, sum(steps) - framed, len(pages), body), at


class _Steps(dict[bytes, int]):
    """Numbers by how they are written."""

    def __missing__(self, written: bytes) -> int:
        self[written] = number = containers.cbor(written, 0)[0]
        return int(number)


_STEPS = _Steps()


# --- portions joined ---


def joined(portions: Iterable[Portion]) -> Iterator[Entry]:
    """The entries of all words, as the engine would have them for all pages; sorted."""
    found: dict[str, list[bytes]] = {}
    told: dict[str, tuple[int, int]] = {}  # how many pages there are, and the last of them
    start = 0
    for portion in portions:
        for key, first, last, number, body in portion.rows:
            many, before = told.get(key, (0, 0))
            if number:
                found.setdefault(key, []).append(
                    b"\x83" + head(0, start + first - before) + body
                )
                told[key] = many + number, start + last
            elif key not in told:
                found[key], told[key] = [], (0, 0)
        start += len(portion.pages)
    lists = {key: head(4, told[key][0]) + b"".join(found[key]) for key in sorted(found)}
    yield from _entries_of_words(lists)


def _entries_of_words(lists: Mapping[str, bytes]) -> Iterator[Entry]:
    """Each word with its list of pages and those of its forms."""
    forms: dict[str, list[bytes]] = defaultdict(list)
    for key in lists:
        if _BREAK in key:
            word, _, form = key.partition(_BREAK)
            forms[word].append(b"\x82" + cbor(form) + lists[key])
    for key, listed in lists.items():
        if _BREAK not in key:
            own = forms.get(key, [])
            yield key, b"\x83" + cbor(key) + listed + head(4, len(own)) + b"".join(own)


# --- as bytes ---


def kept(portion: Portion) -> bytes:
    """For the cache."""
    *columns, bodies = zip(*portion.rows, strict=True) if portion.rows else ((),) * 5
    sizes = [len(body) for body in bodies]
    rows = ([portion.fields, *columns, sizes], b"".join(bodies))
    return cache.packed([rows, *(((name, n), data) for name, n, data in portion.pages)])


def known(entry: bytes) -> Portion:
    """What was `kept`."""
    (told, data), *pages = cache.unpacked(entry)
    fields, *columns, sizes = told
    ends = pairwise(accumulate(sizes, initial=0))
    bodies = (data[start:end] for start, end in ends)
    return Portion(
        tuple(fields),
        tuple((name, number, words) for (name, number), words in pages),
        tuple(zip(*columns, bodies, strict=True)),
    )


def opened(data: bytes) -> bytes:
    """What a file of a bundle holds."""
    return zlib.decompress(data, wbits=31).removeprefix(containers.PAGEFIND)


def packed(data: bytes) -> bytes:
    """As a file of a bundle. Levels 8 and 9 take half as long again, for 3 bytes of 1,000."""
    return zlib.compress(containers.PAGEFIND + data, 7, wbits=31)


def cbor(value: Any) -> bytes:
    """Numbers, texts and lists, as the engine writes them."""
    if isinstance(value, int):
        return head(0, value) if value >= 0 else head(1, -1 - value)
    if isinstance(value, str):
        text = value.encode()
        return head(3, len(text)) + text
    return head(4, len(value)) + b"".join(map(cbor, value))


@lru_cache(maxsize=1 << 14)
def head(major: int, number: int) -> bytes:
    """The beginning of a value of CBOR."""
    if number < 24:
        return bytes([major << 5 | number])
    size = next(n for n in range(4) if number < 1 << (8 << n))
    return bytes([major << 5 | 24 + size]) + number.to_bytes(1 << size, "big")
