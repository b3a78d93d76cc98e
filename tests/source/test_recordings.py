"""What is told beside the sound leaves a recording, and not a sample moves."""

from __future__ import annotations

import io
import random
import struct
import wave
from typing import Any

import pytest

from aigaq.source import recordings
from aigaq.words.diagnostics import Span

CANARY = b"Placeholder Village 43.2N 81.1E"
SOUND = bytes(range(1, 201)) * 4


# --- files of each kind, with tags ---


def wav() -> bytes:
    file = io.BytesIO()
    with wave.open(file, "wb") as made:
        made.setnchannels(1)
        made.setsampwidth(1)
        made.setframerate(8000)
        made.writeframes(SOUND)
    info = b"INFOICMT" + struct.pack("<I", len(CANARY)) + CANARY
    tagged = file.getvalue() + b"LIST" + struct.pack("<I", len(info)) + info + b"\0"
    return tagged[:4] + struct.pack("<I", len(tagged) - 8) + tagged[8:]


def mp3() -> bytes:
    frame = b"\xff\xfb\x90\x00" + SOUND[:413]  # 128 kbit/s at 44.1 kHz: 417 bytes
    tag = b"ID3\x04\0\0" + bytes((0, 0, 1, 0)) + CANARY.ljust(128, b"\0")
    return tag + frame * 3 + (b"TAG" + CANARY).ljust(128, b"\0")


def flac() -> bytes:
    def block(kind: int, body: bytes) -> bytes:
        return bytes((kind,)) + len(body).to_bytes(3, "big") + body

    stream = bytes(range(34))
    return b"fLaC" + block(0, stream) + block(6, CANARY * 9) + block(0x84, CANARY) + SOUND


def ogg_page(packets: list[bytes], number: int, flags: int = 0) -> bytes:
    table = b"".join(b"\xff" * (len(p) // 255) + bytes((len(p) % 255,)) for p in packets)[:255]
    head = b"OggS\0" + bytes((flags,)) + bytes(8) + b"abcd" + struct.pack("<I", number)
    return head + bytes(4) + bytes((len(table),)) + table + b"".join(packets)


def summed(page: bytes) -> bytes:
    """With the checksum that the format asks for, reckoned by the book: bit by bit."""
    register = 0
    for byte in page[:22] + bytes(4) + page[26:]:
        for bit in range(7, -1, -1):
            top = register >> 31 ^ (byte >> bit & 1)
            register = (register << 1 & 0xFFFFFFFF) ^ (0x04C11DB7 if top else 0)
    return page[:22] + struct.pack("<I", register) + page[26:]


def opus(tags: bytes = CANARY) -> bytes:
    listed = struct.pack("<I", len(tags)) + tags
    comments = b"OpusTags" + listed + struct.pack("<I", 1) + listed
    first = comments[: 255 * 255]  # as much as a page holds
    pages = [([b"OpusHead\x01\x01" + bytes(9)], 2), ([first], 0), ([SOUND[:600]], 4)]
    return b"".join(summed(ogg_page(p, n, f)) for n, (p, f) in enumerate(pages))


def box(kind: bytes, *parts: bytes) -> bytes:
    body = b"".join(parts)
    return struct.pack(">I", len(body) + 8) + kind + body


def mp4(handler: bytes = b"soun") -> bytes:
    made = struct.pack(">II", 3_700_000_001, 3_700_000_002)
    name = bytes(8) + handler + bytes(12) + CANARY + b"\0"
    track = box(b"trak", box(b"tkhd", bytes(4), made, bytes(72)), box(b"mdia",
        box(b"mdhd", bytes(4), made, bytes(12)), box(b"hdlr", name),
        box(b"minf", box(b"stbl", box(b"stco", bytes(8))))))  # fmt: skip
    udta = box(b"udta", box(b"\xa9xyz", CANARY))
    movie = box(b"moov", box(b"mvhd", bytes(4), made, bytes(88)), track, udta)
    return box(b"ftyp", b"M4A ") + movie + box(b"uuid", CANARY) + box(b"mdat", SOUND)


def element(kind: str, *parts: bytes) -> bytes:
    body = b"".join(parts)
    return bytes.fromhex(kind) + (len(body) | 1 << 28).to_bytes(4, "big") + body


def webm(track: int = 2) -> bytes:
    info = element("1549A966", element("4461", bytes(range(8))), element("7BA9", CANARY),
        element("4D80", CANARY))  # fmt: skip
    tracks = element("1654AE6B", element("AE", element("83", bytes((track,)))))
    cluster = bytes.fromhex("1F43B675") + b"\xff" + element("A3", SOUND)
    tags = element("1254C367", CANARY * 9)
    segment = bytes.fromhex("18538067") + b"\x01" + b"\xff" * 7
    return element("1A45DFA3", b"\x42\x86\x81\x01") + segment + info + tracks + tags + cluster


KINDS: dict[str, Any] = {
    "wav": wav, "mp3": mp3, "flac": flac, "opus": opus, "mp4": mp4, "webm": webm,
}  # fmt: skip


def cleaned(data: bytes) -> bytes:
    made = recordings.clean(data)
    assert isinstance(made, bytes), made
    return made


def refusal(data: bytes) -> str:
    made = recordings.clean(data)
    assert isinstance(made, recordings.RecordingProblem)
    return made.problem.code


@pytest.mark.parametrize("kind", KINDS)
def test_what_stands_beside_the_sound_is_gone(kind: str) -> None:
    data = KINDS[kind]()
    assert CANARY in data
    made = cleaned(data)
    assert not any(part in made for part in (CANARY, b"Village", b"43.2N"))


@pytest.mark.parametrize("kind", KINDS)
def test_the_sound_stays_as_it_was(kind: str) -> None:
    data, made = KINDS[kind](), cleaned(KINDS[kind]())
    sound = SOUND[:413] if kind == "mp3" else SOUND[:600]
    assert made.count(sound) == data.count(sound) > 0


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "mp3"])
def test_no_byte_moves(kind: str) -> None:
    data, made = KINDS[kind](), cleaned(KINDS[kind]())
    assert (len(made), made.find(SOUND[:600])) == (len(data), data.find(SOUND[:600]))


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_clean_stays_as_it_is(kind: str) -> None:
    made = cleaned(KINDS[kind]())
    assert recordings.clean(made) == made


def test_the_times_at_which_a_film_was_made_are_gone() -> None:
    data = mp4()
    assert data.count(struct.pack(">I", 3_700_000_001)) == 3
    assert struct.pack(">I", 3_700_000_001) not in cleaned(data)


def test_the_pages_of_an_ogg_file_have_their_right_sums() -> None:
    made = cleaned(opus())
    starts = [n for n in range(len(made)) if made.startswith(b"OggS", n)]
    pages = [made[a:b] for a, b in zip(starts, [*starts[1:], len(made)], strict=True)]
    assert [summed(page) for page in pages] == pages


def test_a_wav_file_can_still_be_read() -> None:
    with wave.open(io.BytesIO(cleaned(wav()))) as made:
        assert made.readframes(made.getnframes()) == SOUND


# --- what is refused ---


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (mp4(b"meta"), "G033"),  # a camera's track of places
        (webm(track=17), "G033"),
        (opus(CANARY * 3000), "G033"),
        (box(b"ftyp", b"iso5") + box(b"moof", SOUND), "G033"),
        (b"<html>", "G031"),
        (b"", "G031"),
        (b"RIFF" + bytes(4) + b"WEBP" + SOUND, "G031"),
        (b"ID3" + bytes(7) + b"\1" * 99, "G032"),
    ],
)  # fmt: skip
def test_what_is_not_known_well_enough_is_refused(data: bytes, code: str) -> None:
    assert refusal(data) == code


def test_a_track_that_tells_places_is_named() -> None:
    made = recordings.clean(mp4(b"meta"))
    assert isinstance(made, recordings.RecordingProblem)
    assert "'meta'" in made.at(Span("a.mp4")).message


@pytest.mark.parametrize("kind", KINDS)
def test_a_damaged_file_is_a_recording_or_a_problem_and_never_an_exception(kind: str) -> None:
    chance = random.Random(kind)
    for _ in range(300):
        data = bytearray(KINDS[kind]())
        for _ in range(chance.randint(1, 8)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        made = recordings.clean(bytes(data[: chance.randint(1, len(data))]))
        assert isinstance(made, bytes | recordings.RecordingProblem)
