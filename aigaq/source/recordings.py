"""Bytes of a recording → bytes that sound the same and tell less: no tags, dates, places.

Sound and pictures are not decoded: what a voice, a face or a view tells stays, and so does what
somebody hid among the samples. What stands beside them is emptied in place, so that no other
byte moves; what is not known well enough to do so is refused. As with pictures, the same bytes
in give the same bytes out, and whatever a file holds, nothing but `MemoryError` is raised.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aigaq.words.diagnostics import Problem

if TYPE_CHECKING:
    from collections.abc import Callable

    from aigaq.words.diagnostics import Diagnostic, Span

UNKNOWN = Problem(
    "G031",
    "this file is no recording of a kind that can be published here, whatever its name ends in",
    "Save it as Ogg with Opus (`ffmpeg -i FILE -map_metadata -1 -c:a libopus -b:a 24k"
    " NAME.opus`). MP3, M4A, WAV, FLAC, MP4 and WebM are read, too.",
)
DAMAGED = Problem(
    "G032",
    "this recording cannot be read to its end: it is damaged, or of an unusual kind",
    "Take the file from where it came once more, or save it anew without tags: `ffmpeg -i FILE"
    " -map_metadata -1 NAME`, where NAME ends in .opus for sound and in .mp4 for a film.",
)
CARRIES_MORE = Problem(
    "G033",
    "this recording carries more than sound and pictures: {what}",
    "That can tell where and by whom it was made. Save it anew with sound and pictures only:"
    " `ffmpeg -i FILE -map 0:v? -map 0:a -map_metadata -1 NAME`.",
)

_CRC_OF_OGG = 0x04C11DB7
_MP4_PARENTS = frozenset({b"moov", b"trak", b"mdia", b"minf", b"stbl", b"edts", b"dinf"})
_MP4_NEEDED = frozenset({
    b"ftyp", b"moov", b"mdat", b"mvhd", b"trak", b"tkhd", b"edts", b"elst", b"mdia", b"mdhd",
    b"hdlr", b"minf", b"vmhd", b"smhd", b"dinf", b"dref", b"stbl", b"stsd", b"stts", b"stss",
    b"ctts", b"stsc", b"stsz", b"stz2", b"stco", b"co64", b"sgpd", b"sbgp",
})  # fmt: skip
_EBML_PARENTS = frozenset({0x18538067, 0x1549A966, 0x1654AE6B, 0xAE})  # segment … track
_EBML_TOLD = frozenset({
    0x1254C367, 0x1941A469, 0x1043A770,  # tags, attached files, chapters
    0x4461, 0x7BA9, 0x73A4, 0x7384, 0x3C83AB, 0x3E83BB, 0x536E,  # date, titles, file names
    0xEC, 0xBF,  # what fills gaps; a checksum, which would no longer be right
})  # fmt: skip
_EBML_PROGRAMS = frozenset({0x4D80, 0x5741})  # must be there, and may be empty
_CLUSTER, _TRACK_TYPE, _CODEC_PRIVATE = 0x1F43B675, 0x83, 0x63A2
_WAV_NEEDED = frozenset({b"fmt ", b"data", b"fact"})


class _RefusedError(Exception):
    def __init__(self, problem: Problem, what: str = "") -> None:
        super().__init__(problem.code)
        self.found = RecordingProblem(problem, what)


@dataclass(frozen=True, slots=True)
class RecordingProblem:
    """Why a recording cannot be published."""

    problem: Problem
    what: str = ""

    def at(self, span: Span) -> Diagnostic:
        return self.problem.at(span, what=self.what)


def clean(data: bytes) -> bytes | RecordingProblem:
    """The recording without tags, or why it cannot be had."""
    machine = _machine(data)
    if machine is None:
        return RecordingProblem(UNKNOWN)
    made = bytearray(data)
    try:
        kept = machine(made)
    except _RefusedError as refused:
        return refused.found
    except (IndexError, ValueError, struct.error, RecursionError):
        return RecordingProblem(DAMAGED)
    return bytes(made[kept])


def is_recording(data: bytes) -> bool:
    """Whether a file is of one of the kinds that `clean` reads."""
    return _machine(data) is not None


def _machine(data: bytes) -> Callable[[bytearray], slice] | None:
    """What empties a file of this kind in place and tells which part of it is kept."""
    if data[4:8] == b"ftyp":
        return _mp4
    if data.startswith(b"RIFF"):
        return _wav if data[8:12] == b"WAVE" else None
    if data.startswith(b"ID3") or (len(data) > 3 and _is_frame(data, 0)):
        return _mp3
    kinds = {b"OggS": _ogg, b"fLaC": _flac, b"\x1a\x45\xdf\xa3": _webm}
    return kinds.get(data[:4])


# --- Ogg: the second packet holds the comments, RFC 7845 and the Vorbis specification ---


def _ogg(data: bytearray) -> slice:
    at = 0
    streams: set[bytes] = set()
    told: set[bytes] = set()
    while at < len(data):
        if data[at : at + 4] != b"OggS":
            raise _RefusedError(DAMAGED)
        table = data[at + 27 : at + 27 + data[at + 26]]
        start = at + 27 + len(table)
        end = start + sum(table)
        serial = bytes(data[at + 14 : at + 18])
        if end > len(data):
            raise _RefusedError(DAMAGED)
        if data[at + 5] & 2:  # the first page of a stream
            _known_stream(bytes(data[start : start + 8]))
            streams.add(serial)
        elif serial not in streams:
            raise _RefusedError(DAMAGED)
        elif serial not in told:
            _emptied_comments(data, at, start, table)
            told.add(serial)
        at = end
    if told != streams:
        raise _RefusedError(DAMAGED)
    return slice(None)


def _known_stream(head: bytes) -> None:
    if head != b"OpusHead" and head[:7] != b"\x01vorbis":
        raise _RefusedError(UNKNOWN)


def _emptied_comments(data: bytearray, page: int, start: int, table: bytearray) -> None:
    """The packet as long as it was, with no vendor and no comment, and the sum that fits."""
    size = 0
    for part in table:
        size += part
        if part < 255:
            break
    else:
        raise _RefusedError(CARRIES_MORE, "tags that fill several pages, such as a picture")
    packet = data[start : start + size]
    name = next((n for n in (b"OpusTags", b"\x03vorbis") if packet.startswith(n)), None)
    framing = b"\x01" if name == b"\x03vorbis" else b""
    if name is None or size < len(name) + 8 + len(framing):
        raise _RefusedError(DAMAGED)
    data[start : start + size] = (name + bytes(8) + framing).ljust(size, b"\0")
    end = start + sum(table)
    data[page + 22 : page + 26] = bytes(4)
    data[page + 22 : page + 26] = struct.pack("<I", _ogg_sum(data[page:end]))


def _ogg_sum(page: bytearray) -> int:
    found = 0
    for byte in page:
        found ^= byte << 24
        for _ in range(8):
            found = (found << 1) ^ (_CRC_OF_OGG if found & 0x80000000 else 0)
        found &= 0xFFFFFFFF
    return found


# --- MP3: tags stand before and after the frames ---


def _mp3(data: bytearray) -> slice:
    start, end = 0, len(data)
    while data[start : start + 3] == b"ID3":
        size = 0
        for byte in data[start + 6 : start + 10]:
            size = size << 7 | byte & 127
        start += 10 + size + (10 if data[start + 5] & 0x10 else 0)
    while start < end and not data[start]:
        start += 1  # what some programs leave between the tag and the frames
    at = start
    while at + 4 <= end and _is_frame(data, at):
        at += _frame_size(data, at)
    if at == start:
        raise _RefusedError(DAMAGED)
    rest = bytes(data[at:end]).strip(b"\0")
    if rest and not rest.startswith((b"TAG", b"APETAGEX", b"LYRICSBEGIN")):
        raise _RefusedError(DAMAGED)
    return slice(start, min(at, end))


def _is_frame(data: bytes | bytearray, at: int) -> bool:
    """Whether a frame of layer III begins here, with a known rate."""
    second, third = data[at + 1], data[at + 2]
    return (
        data[at] == 0xFF
        and second & 0xE6 == 0xE2
        and second & 0x18 != 0x08
        and 0 < third >> 4 < 15
        and third & 12 != 12
    )


def _frame_size(data: bytearray, at: int) -> int:
    version, third = data[at + 1] >> 3 & 3, data[at + 2]
    is_first = version == 3
    rates = (
        (32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
        if is_first
        else (8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)
    )
    samples = (44100, 48000, 32000)[third >> 2 & 3] >> {3: 0, 2: 1, 0: 2}[version]
    factor = 144000 if is_first else 72000
    return factor * rates[(third >> 4) - 1] // samples + (third >> 1 & 1)


# --- FLAC and WAV: what is no sound is set to be ignored ---


def _flac(data: bytearray) -> slice:
    at, is_last = 4, False
    while not is_last:
        kind, size = data[at] & 127, int.from_bytes(data[at + 1 : at + 4], "big")
        is_last = bool(data[at] & 128)
        if at + 4 + size > len(data):
            raise _RefusedError(DAMAGED)
        if kind not in {0, 3}:  # neither the stream's own nor where its parts begin
            data[at] = data[at] & 128 | 1
            data[at + 4 : at + 4 + size] = bytes(size)
        at += 4 + size
    return slice(None)


def _wav(data: bytearray) -> slice:
    at = 12
    while at + 8 <= len(data):
        kind, size = bytes(data[at : at + 4]), int.from_bytes(data[at + 4 : at + 8], "little")
        end = min(at + 8 + size, len(data))
        if kind not in _WAV_NEEDED:
            data[at : at + 4] = b"JUNK"
            data[at + 8 : end] = bytes(end - at - 8)
        at = end + size % 2
    if at < len(data) - 1:
        raise _RefusedError(DAMAGED)
    return slice(0, min(at, len(data)))


# --- MP4: boxes in boxes; ISO/IEC 14496-12 ---


def _mp4(data: bytearray) -> slice:
    _boxes(data, 0, len(data), 0)
    return slice(None)


def _boxes(data: bytearray, at: int, end: int, depth: int) -> None:
    while at < end:
        size, kind, head = *struct.unpack_from(">I4s", data, at), 8
        if size == 1:
            (size,), head = struct.unpack_from(">Q", data, at + 8), 16
        size = size or end - at
        if size < head or at + size > end:
            raise _RefusedError(DAMAGED)
        _box(data, kind, slice(at + head, at + size), depth)
        if kind not in _MP4_NEEDED:
            data[at + 4 : at + 8] = b"free"
            data[at + head : at + size] = bytes(size - head)
        at += size


def _box(data: bytearray, kind: bytes, body: slice, depth: int) -> None:
    if kind in {b"moof", b"mfra"}:
        raise _RefusedError(CARRIES_MORE, "it is cut into fragments, which are not looked into")
    if kind in _MP4_PARENTS and depth < 8:
        _boxes(data, body.start, body.stop, depth + 1)
    elif kind in {b"mvhd", b"tkhd", b"mdhd"}:
        size = 16 if data[body.start] else 8  # when it was made, and changed
        data[body.start + 4 : body.start + 4 + size] = bytes(size)
    elif kind == b"hdlr" and depth == 3:
        handler = bytes(data[body.start + 8 : body.start + 12])
        if handler not in {b"soun", b"vide"}:
            raise _RefusedError(
                CARRIES_MORE, f"a track of the kind {handler.decode('latin-1')!r}"
            )
        data[body.start + 24 : body.stop] = bytes(body.stop - body.start - 24)


# --- WebM: elements in elements; RFC 8794 and 9559 ---


def _webm(data: bytearray) -> slice:
    _elements(data, 0, len(data))
    return slice(None)


def _elements(data: bytearray, at: int, end: int) -> None:
    while at < end:
        start = at
        kind, at = _number(data, at, is_kept=True)
        length = at
        size, at = _number(data, at, is_kept=False)
        is_open = size == (1 << 7 * (at - length)) - 1  # goes on to the end of what it is in
        if is_open and kind == _CLUSTER:
            continue  # what is in it comes next
        stop = end if is_open else at + size
        if stop > end:
            raise _RefusedError(DAMAGED)
        if kind in _EBML_PARENTS:
            _elements(data, at, stop)
        else:
            _element(data, kind, slice(start, stop), at)
        at = stop


def _element(data: bytearray, kind: int, whole: slice, body: int) -> None:
    inner = bytes(data[body : whole.stop])
    if kind == _TRACK_TYPE and inner not in (b"\1", b"\2"):
        raise _RefusedError(CARRIES_MORE, "a track that is neither sound nor pictures")
    if kind == _CODEC_PRIVATE and b"\x03vorbis" in inner:
        raise _RefusedError(CARRIES_MORE, "comments of Vorbis sound")
    if kind in _EBML_PROGRAMS:
        data[body : whole.stop] = bytes(len(inner))
    elif kind in _EBML_TOLD:
        data[whole] = _void(whole.stop - whole.start)


def _number(data: bytearray, at: int, *, is_kept: bool) -> tuple[int, int]:
    """A number of EBML and where it ends; an element's kind keeps the mark of its length."""
    size = 9 - data[at].bit_length()
    if size > 8 or at + size > len(data):
        raise _RefusedError(DAMAGED)
    value = int.from_bytes(data[at : at + size], "big")
    return (value if is_kept else value & (1 << 7 * size) - 1), at + size


def _void(size: int) -> bytes:
    """An element of `size` bytes that is to be skipped."""
    if size < 129:
        return bytes((0xEC, 0x80 | size - 2)).ljust(size, b"\0")
    return (b"\xec" + (size - 9 | 1 << 56).to_bytes(8, "big")).ljust(size, b"\0")
