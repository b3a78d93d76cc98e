"""Files opened: archives, compressed files, search bundles, pictures' metadata, to their texts.

Pixels and programs are gone through as well, for whatever looks like text in them. What cannot
be opened (a damaged or encrypted archive) is read as it stands.
"""

from __future__ import annotations

import io
import re
import struct
import tarfile
import zipfile
import zlib
from typing import TYPE_CHECKING, Any

from aigaq.source import recordings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    Place = tuple[int, int, int]  # page, field (0: the page's words), number of the word

_DEEPEST = 6  # containers in one another
LARGEST = 1 << 28  # bytes of one file after opening; more is read as far as that
PAGEFIND = b"pagefind_dcd"
_ENTRY = re.compile(b"\x83(?=[\x61-\x77]|\x78[\x18-\xff])")  # a list of three: a word first
_LISTED = re.compile(b"[\x81-\x97](?=[\x61-\x77]|\x78[\x18-\xff])")
# Letters of Latin, Cyrillic and Arabic script in UTF-16, low or high byte first.
_WIDE = (
    ("utf-16-le", re.compile(rb"(?:[^\x00][\x00\x04-\x06]){4,}")),
    ("utf-16-be", re.compile(rb"(?:[\x00\x04-\x06][^\x00]){4,}")),
)

# Chunks of pixels: they are decoded by eyes only.
_PIXELS_PNG = (b"IDAT", b"fdAT")
_PIXELS_WEBP = (b"VP8 ", b"VP8L", b"ALPH", b"ANMF")


def texts(data: bytes, depth: int = 0) -> Iterator[bytes]:
    """Every text in a file, in UTF-8; names of members of archives among them."""
    if not data:
        return
    opener = _opener(data)
    if opener is None or depth > _DEEPEST:
        yield from _bytes(data)
        return
    try:
        parts = list(opener(data))
    except (ValueError, EOFError, OSError, zlib.error, struct.error, tarfile.TarError,
            zipfile.BadZipFile, RuntimeError, NotImplementedError, IndexError):  # fmt: skip
        parts = []
        yield from _bytes(data)
    for part in parts:
        yield from texts(part, depth + 1)


def is_container(data: bytes) -> bool:
    """Whether `texts` has more to do than to give `data` back."""
    return _opener(data) is not None or b"\x00" in data


def unzipped(data: bytes) -> Iterator[bytes]:
    """The content of a file of a search bundle."""
    yield from _gzip(data) if data.startswith(b"\x1f\x8b") else (data,)


def _opener(data: bytes) -> Callable[[bytes], Iterator[bytes]] | None:
    """How a file is opened, by its first bytes; their names lie."""
    if data[257:262] == b"ustar":
        return _tar
    if recordings.is_recording(data):
        return _recording
    if data.startswith(b"RIFF") and data[8:12] != b"WEBP":
        return None
    return next((opener for magic, opener in _OPENERS.items() if data.startswith(magic)), None)


def _bytes(data: bytes) -> Iterator[bytes]:
    """A text as it is; of other bytes what looks like text in UTF-8 or UTF-16."""
    if b"\x00" not in data:
        yield data
        return
    yield data.replace(b"\x00", b"\n")
    for order, wide in _WIDE:
        for run in wide.findall(data):
            yield run.decode(order, "replace").replace("\x00", "\n").encode("utf-8", "replace")


def _gzip(data: bytes) -> Iterator[bytes]:
    """Each member, one after the other; a name in the header counts."""
    while data.startswith(b"\x1f\x8b"):
        machine = zlib.decompressobj(31)
        opened = machine.decompress(data, LARGEST)
        yield _gzip_name(data)
        yield opened
        data = machine.unused_data
    yield data


def _gzip_name(data: bytes) -> bytes:
    """The file's name and the comment, which the header may hold."""
    flags, at = data[3], 10
    if flags & 4:
        at += 2 + int.from_bytes(data[10:12], "little")
    found = []
    for flag in (8, 16):
        if flags & flag:
            end = data.index(b"\x00", at)
            found.append(data[at:end])
            at = end + 1
    return b"\n".join(found)


def _zip(data: bytes) -> Iterator[bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        yield archive.comment
        for member in archive.infolist():
            yield f"{member.filename}\n".encode() + member.comment
            with archive.open(member) as opened:
                yield opened.read(LARGEST)


def _tar(data: bytes) -> Iterator[bytes]:
    with tarfile.open(fileobj=io.BytesIO(data), mode="r:") as archive:
        for member in archive:
            named = (member.name, member.linkname, member.uname, member.gname)
            yield "\n".join((*named, *member.pax_headers.values())).encode("utf-8", "replace")
            opened = archive.extractfile(member) if member.isfile() else None
            yield opened.read(LARGEST) if opened else b""


def _png(data: bytes) -> Iterator[bytes]:
    at = 8
    while at + 8 <= len(data):
        (length,) = struct.unpack_from(">I", data, at)
        kind, body = data[at + 4 : at + 8], data[at + 8 : at + 8 + length]
        at += 12 + length
        if kind in _PIXELS_PNG:
            continue
        yield body
        for start in (n + 1 for n in range(len(body)) if body[n : n + 1] == b"\x00"):
            if kind in {b"zTXt", b"iTXt", b"iCCP"} and body[start : start + 1] in b"\x00\x78":
                yield _inflated(body[start:].lstrip(b"\x00"))
        if kind == b"IEND":
            break
    yield data[at:]


def _inflated(data: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(data, LARGEST)
    except zlib.error:
        return b""


def _webp(data: bytes) -> Iterator[bytes]:
    at = 12
    while at + 8 <= len(data):
        (length,) = struct.unpack_from("<I", data, at + 4)
        if data[at : at + 4] not in _PIXELS_WEBP:
            yield data[at + 8 : at + 8 + length]
        at += 8 + length + length % 2
    yield data[at:]


def _jpeg(data: bytes) -> Iterator[bytes]:
    at = 2
    while at + 4 <= len(data) and data[at] == 0xFF and data[at + 1] != 0xDA:
        (length,) = struct.unpack_from(">H", data, at + 2)
        yield data[at + 4 : at + 2 + length]
        at += 2 + length
    end = data.rfind(b"\xff\xd9")
    yield data[end + 2 :] if end > 0 else data[at:]


def _recording(data: bytes) -> Iterator[bytes]:
    """Nothing of one that is as `recordings.clean` leaves it: what is left there is heard."""
    if recordings.clean(data) != data:
        yield from (b"\n" + text for text in _bytes(data))  # not to be opened again


def _webvtt(data: bytes) -> Iterator[bytes]:
    """Captions as they are, and their words without the times that stand between them."""
    yield data[6:]
    yield b" ".join(line for line in data[6:].splitlines() if b"-->" not in line)


# --- Pagefind ---


def _pagefind(data: bytes) -> Iterator[bytes]:
    """A fragment is JSON; an index, words with their places; the program itself, bytes."""
    body = data.removeprefix(PAGEFIND)
    if body.startswith((b"{", b"\x00asm")):
        yield body
        return
    if any(_ENTRY.match(body, at) for at in (2, 3, 4)):  # after a list of one and its list
        yield b"\x1e".join(_words(body))
    else:
        yield "\x1e".join(_strings(cbor(body, 0)[0])).encode("utf-8", "replace")


def _words(index: bytes) -> Iterator[bytes]:
    """The words of an index: the first thing in a list."""
    for entry in _LISTED.finditer(index):
        yield _word(index, entry.end())


def _word(index: bytes, at: int) -> bytes:
    """The text of up to 255 bytes that begins there."""
    size = index[at] & 31
    if size == 24:
        at += 1
        size = index[at]
    return index[at + 1 : at + 1 + size]


def entries(index: bytes) -> Iterator[tuple[str, int]]:
    """The words of an opened `.pf_index`, and where the entry of each begins."""
    for entry in _ENTRY.finditer(index):
        yield _word(index, entry.end()).decode("utf-8", "replace"), entry.start()


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    for item in value if isinstance(value, list) else ():
        yield from _strings(item)


def cbor(data: bytes, at: int) -> tuple[Any, int]:
    """One value of CBOR as Pagefind writes it, and where it ends."""
    major, small = data[at] >> 5, data[at] & 31
    at += 1
    if 24 <= small <= 27:
        size = 1 << (small - 24)
        small, at = int.from_bytes(data[at : at + size], "big"), at + size
    if major < 2:
        return (-1 - small if major else small), at
    if major < 4:
        piece = data[at : at + small]
        return (piece.decode("utf-8", "replace") if major == 3 else piece), at + small
    items: list[Any] = []
    for _ in range(small * (2 if major == 5 else 1) if major in {4, 5} else 0):
        if data[at] < 24:  # the most by far
            items.append(data[at])
            at += 1
        else:
            item, at = cbor(data, at)
            items.append(item)
    return items, at


def placed(index: bytes, meant: Mapping[str, Iterable[str]]) -> Iterator[tuple[Place, str]]:
    """Where in an opened `.pf_index` the words stand that are `meant` as others, as these.

    Only such entries are decoded. Pages and places are told as differences; a negative number
    is a weight or, in the second list, a field, and the counting of places begins anew.
    """
    for word, start in entries(index):
        readings = meant.get(word, ())
        pages = cbor(index, start)[0][1] if readings else ()
        page = 0
        for step, *lists in pages:
            page += step
            for n, numbers in enumerate(lists):
                field = at = 0
                for number in numbers:
                    field, at = (field, at + number) if number >= 0 else (number * n, 0)
                    if number >= 0:
                        yield from (((page, field, at), reading) for reading in readings)


def in_order(places: Iterable[tuple[Place, str]]) -> str:
    """Words that stand side by side on a page, as text; others apart."""
    written = []
    page, field, last = -1, 0, -1
    for (page_, field_, at), word in sorted(places):
        is_next = (page_, field_) == (page, field) and at - last == 1
        written += [" " if is_next else "\x1e", word]
        page, field, last = page_, field_, at
    return "".join(written)


_OPENERS: dict[bytes, Callable[[bytes], Iterator[bytes]]] = {
    PAGEFIND: _pagefind,
    b"\x1f\x8b": _gzip,
    b"PK\x03\x04": _zip,
    b"\x89PNG\r\n\x1a\n": _png,
    b"\xff\xd8\xff": _jpeg,
    b"RIFF": _webp,
    b"WEBVTT": _webvtt,
}
