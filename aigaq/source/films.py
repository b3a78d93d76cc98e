"""Bytes of an MP4 or WebM file, emptied in place of all that is neither sound nor pictures.

Both are pieces in pieces. Only those that playing needs are kept, by lists; all others become
empty ones that players skip. What lies among the samples of an MP4 and belongs to no sound or
picture is emptied, too. A file that is damaged raises `ValueError`, `LookupError` or
`struct.error`.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

from aigaq.source.recording_faults import CARRIES_MORE, UNKNOWN, RefusedError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    Track = dict[bytes, slice]  # the bodies of a track's boxes

# --- MP4: ISO/IEC 14496-12 and, where phones still write it, QuickTime ---

# Boxes with boxes in them, and how many bytes stand before these.
_PARENTS = {
    b"moov": 0, b"trak": 0, b"mdia": 0, b"minf": 0, b"stbl": 0, b"edts": 0, b"dinf": 0,
    b"dref": 8, b"stsd": 8, b"wave": 0,
}  # fmt: skip
# Kinds of samples that all browsers play; H.265 is not among them.
_AVC = frozenset({b"avc1", b"avc3"})
_PICTURES = _AVC | {b"vp08", b"vp09", b"av01"}
_SOUNDS = frozenset({b"mp4a", b".mp3", b"Opus", b"fLaC"})
_SOUND_HEADS = {0: 28, 1: 44, 2: 64}  # by version; the later two are QuickTime's
_LEAVES = frozenset({
    b"ftyp", b"mdat", b"mvhd", b"tkhd", b"elst", b"mdhd", b"hdlr", b"vmhd", b"smhd", b"url ",
    b"alis", b"stts", b"stss", b"ctts", b"stsc", b"stsz", b"stco", b"co64", b"sgpd", b"sbgp",
    b"avcC", b"vpcC", b"av1C", b"esds", b"dOps", b"dfLa", b"frma", bytes(4), b"pasp",
    b"colr", b"btrt",
})  # fmt: skip
_TIMES = frozenset({b"mvhd", b"tkhd", b"mdhd"})  # begin with when it was made, and changed
_DEEPEST = 12


def emptied_mp4(data: bytearray) -> slice:
    tracks: list[Track] = []
    stored = []
    for kind, body in _boxes(data, slice(0, len(data))):
        _empty_box(data, kind, body)
        if kind == b"trak":
            tracks.append({})
        elif kind == b"mdat":
            stored.append(body)
        elif tracks:
            tracks[-1].setdefault(kind, body)
    if not tracks:
        raise RefusedError(UNKNOWN)  # such as a photo of a phone
    _empty_between(data, stored, [run for track in tracks for run in _runs(data, track)])
    return slice(None)


def _boxes(
    data: bytearray, place: slice, inside: bytes = b"", depth: int = 0
) -> Iterator[tuple[bytes, slice]]:
    """The boxes that are needed, each before those in it; all others become free room."""
    at = place.start
    while at < place.stop:
        size, kind, head = *struct.unpack_from(">I4s", data, at), 8
        if size == 1:
            (size,), head = struct.unpack_from(">Q", data, at + 8), 16
        size = size or place.stop - at
        body = slice(at + head, at + size)
        if size < head or body.stop > place.stop or depth > _DEEPEST:
            raise ValueError(kind)
        _refuse(kind, inside)
        skipped = _skipped(data, kind, body, inside)
        if skipped is None and kind not in _LEAVES:
            data[at + 4 : at + 8] = b"free"
            data[body] = bytes(size - head)
        else:
            yield kind, body
        if skipped is not None:
            yield from _boxes(data, slice(body.start + skipped, body.stop), kind, depth + 1)
        at += size


def _refuse(kind: bytes, inside: bytes) -> None:
    if kind in {b"moof", b"mfra"}:
        raise RefusedError(CARRIES_MORE, "it is cut into fragments, which are not looked into")
    if inside == b"stsd" and kind not in _PICTURES | _SOUNDS:
        raise RefusedError(UNKNOWN)


def _skipped(data: bytearray, kind: bytes, body: slice, inside: bytes) -> int | None:
    """How many bytes stand before the boxes in a box; nothing where it has none."""
    if inside != b"stsd":
        return _PARENTS.get(kind)
    return 78 if kind in _PICTURES else _SOUND_HEADS[data[body.start + 9]]


def _empty_box(data: bytearray, kind: bytes, body: slice) -> None:
    """Take out of a box that is needed what is not."""
    if kind in _TIMES:
        _blank(data, body.start + 4, body.start + (20 if data[body.start] else 12))
    elif kind == b"hdlr":
        what, handler = (
            data[body.start + 4 : body.start + 8],
            bytes(data[body.start + 8 : body.start + 12]),
        )
        if handler not in {b"soun", b"vide"} and what != b"dhlr":
            named = handler.decode("latin-1")
            raise RefusedError(CARRIES_MORE, f"a track of the kind {named!r}")
        _blank(data, body.start + 24, body.stop)
    elif kind in {b"url ", b"alis"}:
        _blank(data, body.start + 4, body.stop)  # the path of a file elsewhere
    elif kind in _PICTURES:
        _blank(data, body.start + 8, body.start + 24)  # who made the encoder
        _blank(data, body.start + 42, body.start + 74)  # its name, or the camera's


def _blank(data: bytearray, start: int, stop: int) -> None:
    if stop > len(data):
        raise ValueError(stop)
    data[start:stop] = bytes(max(0, stop - start))


def _runs(data: bytearray, track: Mapping[bytes, slice]) -> Iterator[tuple[int, int, int]]:
    """Where samples stand, run by run: start, end, and how their notes are to be emptied."""
    if b"hdlr" not in track:
        raise ValueError(b"hdlr")
    starts = _table(
        data, *((track[b"co64"], "Q") if b"co64" in track else (track[b"stco"], "I"))
    )
    sizes = track[b"stsz"]
    (each,) = struct.unpack_from(">I", data, sizes.start + 4)
    listed = () if each else _table(data, slice(sizes.start + 4, sizes.stop), "I")
    counts = _table(data, track[b"stsc"], "III")
    marks = dict(zip(counts[::3], counts[1::3], strict=True))  # samples a run, from a run on
    notes = _notes(data, track)
    count = at = 0
    for n, start in enumerate(starts, 1):
        count = marks.get(n, count)
        stop = start + (each * count if each else sum(listed[at : at + count]))
        at += count
        yield start, stop, notes


def _table(data: bytearray, body: slice, row: str) -> tuple[int, ...]:
    """The numbers of a table, after its version and its length."""
    (count,) = struct.unpack_from(">I", data, body.start + 4)
    if count * struct.calcsize(f">{row}") > body.stop - body.start:
        raise ValueError(count)
    return struct.unpack_from(f">{count * len(row)}{row[0]}", data, body.start + 8)


def _empty_between(
    data: bytearray, stored: list[slice], runs: list[tuple[int, int, int]]
) -> None:
    """Keep of what is stored the samples alone, without the notes among their pictures."""
    kept = bytearray(len(data))
    at = 0
    for start, stop, notes in sorted(runs):
        if stop > len(data) or start < at:
            raise ValueError(stop)
        if notes:
            _empty_notes(data, slice(start, stop), notes)
        kept[start:stop] = data[start:stop]
        at = stop
    for body in stored:
        data[body] = kept[body]
    if any(data[start:stop] != kept[start:stop] for start, stop, _ in runs):
        raise ValueError(stored)  # samples that are not stored as samples


def _notes(data: bytearray, track: Mapping[bytes, slice]) -> int:
    """How many bytes tell the length of a unit of H.264; 0 for what is no H.264."""
    if b"avcC" in track:
        return int(data[track[b"avcC"].start + 4] & 3) + 1
    if track.keys() & _AVC:
        raise ValueError(b"avcC")
    return 0


def _empty_notes(data: bytearray, run: slice, notes: int) -> None:
    """Make filling of all supplemental information (ITU-T H.264, 7.3.2.3 and 7.3.2.7).

    Cameras write places, times and serial numbers into it, between the pictures.
    """
    at = run.start
    while at < run.stop:
        start = at + notes
        at = start + int.from_bytes(data[at:start], "big")
        if at > run.stop:
            raise ValueError(at)
        if start < at and data[start] & 31 == 6:
            data[start:at] = (b"\x0c".ljust(at - start - 1, b"\xff") + b"\x80")[: at - start]


# --- WebM: RFC 8794, RFC 9559 and the WebM project's guidelines ---

_EBML_PARENTS = frozenset({
    0x1A45DFA3, 0x18538067, 0x114D9B74, 0x4DBB,  # head, segment, where its parts begin
    0x1549A966, 0x1654AE6B, 0xAE, 0xE0, 0xE1, 0x55B0,  # what it is; tracks
    0x1F43B675, 0xA0, 0x1C53BB6B, 0xBB, 0xB7,  # clusters of blocks; where moments are
})  # fmt: skip
_EBML_LEAVES = frozenset({
    0x4286, 0x42F7, 0x42F2, 0x42F3, 0x4282, 0x4287, 0x4285, 0x53AB, 0x53AC, 0x2AD7B1, 0x4489,
    0xD7, 0x73C5, 0xB9, 0x88, 0x55AA, 0x9C, 0x6DE7, 0x6DF8, 0x23E383, 0x22B59C, 0x63A2, 0x56AA,
    0x56BB, 0xB0, 0xBA, 0x54B0, 0x54BA, 0x54B2, 0x54AA, 0x54BB, 0x54CC, 0x54DD, 0x9A, 0x53B8,
    0x55B1, 0x55B2, 0x55B3, 0x55B4, 0x55B5, 0x55B6, 0x55B7, 0x55B8, 0x55B9, 0x55BA, 0x55BB,
    0xB5, 0x78B5, 0x9F, 0x6264, 0xE7, 0xAB, 0xA3, 0xA1, 0x9B, 0xFB, 0x75A2, 0xB3, 0xF7, 0xF1,
    0xF0, 0xB2, 0x5378,
})  # fmt: skip
_PROGRAMS = frozenset({0x4D80, 0x5741})  # must be there, and may be empty
_SEGMENT, _CLUSTER, _TRACK_TYPE, _CODEC, _CODEC_PRIVATE = (
    0x18538067,
    0x1F43B675,
    0x83,
    0x86,
    0x63A2,
)
_CODECS = frozenset({b"V_VP8", b"V_VP9", b"V_AV1", b"A_OPUS", b"A_VORBIS"})


def emptied_webm(data: bytearray) -> slice:
    if _TRACK_TYPE not in set(_elements(data, 0, len(data))):
        raise RefusedError(UNKNOWN)
    return slice(None)


def _elements(data: bytearray, at: int, end: int) -> Iterator[int]:
    """The kinds of all elements that are kept; others become room to be skipped."""
    while at < end:
        start = at
        kind, at = _number(data, at, is_kept=True)
        length = at
        size, at = _number(data, at, is_kept=False)
        is_open = size == (1 << 7 * (at - length)) - 1  # goes on to the end of what it is in
        if is_open and kind == _CLUSTER:
            continue  # what is in it comes next
        stop = end if is_open else at + size
        if stop > end or (is_open and kind != _SEGMENT):
            raise ValueError(kind)
        if kind in _EBML_PARENTS:
            yield from _elements(data, at, stop)
        elif kind in _EBML_LEAVES or _is_known(kind, bytes(data[at:stop])):
            yield kind
        elif kind in _PROGRAMS:
            data[at:stop] = bytes(stop - at)
        else:
            data[start:stop] = _void(stop - start)
        if kind == _CODEC_PRIVATE and b"\x03vorbis" in data[at:stop]:
            raise RefusedError(CARRIES_MORE, "comments of Vorbis sound")
        at = stop


def _is_known(kind: int, value: bytes) -> bool:
    """Whether this tells what a track is; refused if it is of no kind that browsers play."""
    if kind == _TRACK_TYPE and value not in (b"\1", b"\2"):
        raise RefusedError(CARRIES_MORE, "a track that is neither sound nor pictures")
    if kind == _CODEC and value.rstrip(b"\0") not in _CODECS:
        raise RefusedError(UNKNOWN)
    return kind in {_TRACK_TYPE, _CODEC}


def _number(data: bytearray, at: int, *, is_kept: bool) -> tuple[int, int]:
    """A number of EBML and where it ends; an element's kind keeps the mark of its length."""
    size = 9 - data[at].bit_length()
    if size > 8 or at + size > len(data):
        raise ValueError(at)
    value = int.from_bytes(data[at : at + size], "big")
    return (value if is_kept else value & (1 << 7 * size) - 1), at + size


def _void(size: int) -> bytes:
    """An element of `size` bytes that is to be skipped."""
    if size < 129:
        return bytes((0xEC, 0x80 | size - 2)).ljust(size, b"\0")
    return (b"\xec" + (size - 9 | 1 << 56).to_bytes(8, "big")).ljust(size, b"\0")
