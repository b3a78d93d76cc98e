"""Bytes of a recording → bytes that sound the same and tell less: no tags, dates, places.

Sound and pictures are not decoded: what a voice, a face or a view tells stays, and so does what
somebody hid among the samples. What stands beside them is emptied in place, so that no other
byte moves; what is not known well enough to do so is refused. As with pictures, the same bytes
in give the same bytes out, and whatever a file holds, nothing but `MemoryError` is raised.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, NamedTuple

from aigaq.source import films
from aigaq.source.recording_faults import (
    CARRIES_MORE,
    DAMAGED,
    OTHER_ENDING,
    UNKNOWN,
    RecordingProblem,
    RefusedError,
)

if TYPE_CHECKING:
    from collections.abc import Callable

_CRC_OF_OGG = 0x104C11DB7
_CRC_OF_FLAC = 0x18005
_UNTIL_THE_END = 0x7FFF0000  # from this size on, a size was not known when it was written
_WAV_NEEDED = frozenset({b"fmt ", b"data", b"fact"})


class _Kind(NamedTuple):
    """How a file is emptied in place, which part of it is then kept, and how its name ends."""

    name: str
    emptied: Callable[[bytearray], slice]
    endings: frozenset[str]


def clean(data: bytes, ending: str = "") -> bytes | RecordingProblem:
    """The recording without tags, or why not; the `ending` of its name must fit, if given."""
    kind = _kind(data)
    if kind is None:
        return RecordingProblem(UNKNOWN)
    if ending and ending not in kind.endings:
        return RecordingProblem(OTHER_ENDING, kind.name)
    made = bytearray(data)
    try:
        kept = kind.emptied(made)
    except RefusedError as refused:
        return refused.found
    except (LookupError, ValueError, struct.error, RecursionError):
        return RecordingProblem(DAMAGED)
    return bytes(made[kept])


def cleaned(job: tuple[bytes, str]) -> bytes | RecordingProblem:
    """`clean` of the bytes and the ending in a job for a worker."""
    return clean(*job)


def is_recording(data: bytes) -> bool:
    """Whether a file is of one of the kinds that `clean` reads."""
    return _kind(data) is not None


def _kind(data: bytes) -> _Kind | None:
    """What a file is by its first bytes; its name may lie."""
    if data[4:8] == b"ftyp":
        return _MP4
    if data.startswith(b"RIFF"):
        return _WAV if data[8:12] == b"WAVE" else None
    if data.startswith(b"ID3") or (len(data) > 3 and _is_frame(data, 0)):
        return _MP3
    return {b"OggS": _OGG, b"fLaC": _FLAC, b"\x1a\x45\xdf\xa3": _WEBM}.get(data[:4])


# --- Ogg: the second packet holds the comments, RFC 7845 and the Vorbis specification ---


def _ogg(data: bytearray) -> slice:
    at = 0
    streams: set[bytes] = set()
    told: set[bytes] = set()
    while at < len(data):
        if data[at : at + 4] != b"OggS":
            raise ValueError(at)
        table = data[at + 27 : at + 27 + data[at + 26]]
        start = at + 27 + len(table)
        end = start + sum(table)
        serial = bytes(data[at + 14 : at + 18])
        if end > len(data):
            raise ValueError(at)
        if data[at + 5] & 2:  # the first page of a stream
            _known_stream(bytes(data[start : start + 8]))
            streams.add(serial)
            told.discard(serial)  # one after the other may have the same
        elif serial not in streams:
            raise ValueError(at)
        elif serial not in told:
            _emptied_comments(data, at, start, table)
            told.add(serial)
        at = end
    if told != streams:
        raise ValueError(at)
    return slice(None)


def _known_stream(head: bytes) -> None:
    if head != b"OpusHead" and head[:7] != b"\x01vorbis":
        raise RefusedError(UNKNOWN)


def _emptied_comments(data: bytearray, page: int, start: int, table: bytearray) -> None:
    """The packet as long as it was, with no vendor and no comment, and the sum that fits."""
    size = 0
    for part in table:
        size += part
        if part < 255:
            break
    else:
        raise RefusedError(CARRIES_MORE, "tags that fill several pages, such as a picture")
    packet = data[start : start + size]
    name = next((n for n in (b"OpusTags", b"\x03vorbis") if packet.startswith(n)), None)
    framing = b"\x01" if name == b"\x03vorbis" else b""
    if name is None or size < len(name) + 8 + len(framing):
        raise ValueError(page)
    data[start : start + size] = (name + bytes(8) + framing).ljust(size, b"\0")
    end = start + sum(table)
    data[page + 22 : page + 26] = bytes(4)
    data[page + 22 : page + 26] = struct.pack("<I", _sum_of_ogg(data[page:end]))


def _sum_of_ogg(data: bytearray) -> int:
    """The cyclic sum of the bytes, the highest bit first, from zero."""
    found = 0
    for byte in data:
        found ^= byte << 24
        for _ in range(8):
            found = found << 1 ^ (_CRC_OF_OGG if found & 0x80000000 else 0)
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
    at, frames = start, -1
    while at + 4 <= end and _is_frame(data, at) and at + _frame_size(data, at) <= end:
        at += _frame_size(data, at)
        frames += 1
    is_cut = at + 4 <= end and _is_frame(data, at)  # the last one, which may hold half a tag
    rest = b"" if is_cut else bytes(data[at:end]).strip(b"\0")
    if at == start or frames < _frames_told(bytes(data[start : start + 64])):
        raise ValueError(at)
    if rest and not rest.startswith((b"TAG", b"APETAGEX", b"LYRICSBEGIN")):
        raise ValueError(at)
    return slice(start, at)


def _frames_told(first: bytes) -> int:
    """How many frames follow the first one, if it says so."""
    at = max(first.find(b"Xing"), first.find(b"Info"))
    is_told = 0 <= at <= 36 and first[at + 7] & 1
    return int.from_bytes(first[at + 8 : at + 12], "big") - 1 if is_told else 0


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
            raise ValueError(at)
        if kind not in {0, 3}:  # neither the stream's own nor where its parts begin
            data[at] = data[at] & 128 | 1
            data[at + 4 : at + 4 + size] = bytes(size)
        at += 4 + size
    largest = int.from_bytes(data[15:18], "big") or 1 << 16  # bytes of a frame
    if data[at] != 255 or not _ends_a_frame(bytes(data[max(at, len(data) - largest) :])):
        raise ValueError(at)
    return slice(None)


def _ends_a_frame(tail: bytes) -> bool:
    """Whether a frame with the right sum reaches to the end; one pass, from there backwards."""
    found, weight = 0, 1  # what is a multiple of the polynomial has the right sum
    for n in range(len(tail) - 1, -1, -1):
        byte = tail[n]
        for _ in range(8):
            found ^= weight if byte & 1 else 0
            byte >>= 1
            weight = weight << 1 ^ (_CRC_OF_FLAC if weight & 0x8000 else 0)
        if not found and tail[n] == 255 and tail[n + 1 : n + 2] and tail[n + 1] & 254 == 248:
            return True
    return False


def _wav(data: bytearray) -> slice:
    at = 12
    seen: set[bytes] = set()
    while at + 8 <= len(data):
        kind, size = bytes(data[at : at + 4]), int.from_bytes(data[at + 4 : at + 8], "little")
        end = min(at + 8 + size, len(data))
        if at + 8 + size > len(data) and size < _UNTIL_THE_END:
            raise ValueError(at)
        seen.add(kind)
        if kind not in _WAV_NEEDED:
            data[at : at + 4] = b"JUNK"
            data[at + 8 : end] = bytes(end - at - 8)
        at = end + size % 2
    if at < len(data) - 1 or not {b"fmt ", b"data"} <= seen:
        raise ValueError(at)
    return slice(0, min(at, len(data)))


_OGG = _Kind("Ogg", _ogg, frozenset({"ogg", "oga", "opus", "ogv"}))
_MP3 = _Kind("MP3", _mp3, frozenset({"mp3"}))
_FLAC = _Kind("FLAC", _flac, frozenset({"flac"}))
_WAV = _Kind("WAV", _wav, frozenset({"wav"}))
_MP4 = _Kind("MP4", films.emptied_mp4, frozenset({"mp4", "m4a", "m4v"}))
_WEBM = _Kind("WebM", films.emptied_webm, frozenset({"webm"}))
