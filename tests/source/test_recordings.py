"""What is told beside the sound leaves a recording, and not a sample moves."""

from __future__ import annotations

import io
import random
import struct
import wave
from typing import Any

import pytest

from aigaq.source import recording_faults, recordings
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


KINDS: dict[str, Any] = {"wav": wav, "mp3": mp3, "opus": opus}
DAMAGED = recording_faults.RecordingProblem(recording_faults.DAMAGED)
TAGGED = ("tone.mp3", "tone.opus", "tone.ogg", "tone.flac")


@pytest.mark.parametrize("kind", KINDS)
def test_what_stands_beside_the_sound_is_gone(kind: str, cleaned: Any) -> None:
    data = KINDS[kind]()
    assert CANARY in data
    made = cleaned(data)
    assert not any(part in made for part in (CANARY, b"Village", b"43.2N"))


@pytest.mark.parametrize("kind", KINDS)
def test_the_sound_stays_as_it_was(kind: str, cleaned: Any) -> None:
    data, made = KINDS[kind](), cleaned(KINDS[kind]())
    sound = SOUND[:413] if kind == "mp3" else SOUND[:600]
    assert made.count(sound) == data.count(sound) > 0


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "mp3"])
def test_no_byte_moves(kind: str, cleaned: Any) -> None:
    data, made = KINDS[kind](), cleaned(KINDS[kind]())
    assert (len(made), made.find(SOUND[:600])) == (len(data), data.find(SOUND[:600]))


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_clean_stays_as_it_is(kind: str, cleaned: Any) -> None:
    made = cleaned(KINDS[kind]())
    assert recordings.clean(made) == made


def test_the_pages_of_an_ogg_file_have_their_right_sums(cleaned: Any) -> None:
    made = cleaned(opus())
    starts = [n for n in range(len(made)) if made.startswith(b"OggS", n)]
    pages = [made[a:b] for a, b in zip(starts, [*starts[1:], len(made)], strict=True)]
    assert [summed(page) for page in pages] == pages


def test_a_wav_file_can_still_be_read(cleaned: Any) -> None:
    with wave.open(io.BytesIO(cleaned(wav()))) as made:
        assert made.readframes(made.getnframes()) == SOUND


# --- what is refused ---


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (opus(CANARY * 3000), "G033"),
        (b"<html>", "G031"),
        (b"", "G031"),
        (b"RIFF" + bytes(4) + b"WEBP" + SOUND, "G031"),
        (b"ID3" + bytes(7) + b"\1" * 99, "G032"),
        (b"RIFF" + bytes(4) + b"WAVEfmt " + bytes(4), "G032"),  # no sound
    ],
)
def test_what_is_not_known_well_enough_is_refused(data: bytes, code: str, refusal: Any) -> None:
    assert refusal(data) == code


# --- files as programs write them ---


@pytest.mark.parametrize("name", TAGGED)
def test_a_file_of_a_real_program_loses_every_tag(name: str, file: Any, cleaned: Any) -> None:
    data = file(name)
    assert b"Placeholder Village" in data
    assert [told for told in (b"Placeholder", b"43.2", b"2017") if told in cleaned(data)] == []


@pytest.mark.parametrize("name", TAGGED)
def test_a_file_of_a_real_program_that_is_cut_off_is_refused(name: str, file: Any) -> None:
    data = file(name)
    made = [recordings.clean(data[: len(data) * part // 8]) for part in range(1, 8)]
    assert [one.problem.code for one in made if not isinstance(one, bytes)] == ["G032"] * 7


@pytest.mark.parametrize("name", TAGGED)
@pytest.mark.parametrize("more", [b"PK\x03\x04" + CANARY, CANARY * 40, b"%PDF-1.4" + CANARY])
def test_another_file_behind_the_sound_is_not_published(
    name: str, more: bytes, file: Any, cleaned: Any, refusal: Any
) -> None:
    """Behind the tag at the end of an MP3 nothing is published anyway."""
    made = recordings.clean(file(name) + more)
    assert made == (cleaned(file(name)) if name == "tone.mp3" else DAMAGED)
    without_tag = cleaned(file("tone.mp3"))
    assert refusal(without_tag + more) == "G032"


@pytest.mark.parametrize("name", ["tone.opus", "tone.ogg"])
def test_a_second_stream_of_the_same_number_loses_its_tags_too(
    name: str, file: Any, cleaned: Any
) -> None:
    assert b"Placeholder" not in cleaned(file(name) * 2)


def test_half_a_frame_of_an_mp3_is_left_out_with_the_tag_in_it(cleaned: Any) -> None:
    frames = mp3().removesuffix((b"TAG" + CANARY).ljust(128, b"\0"))
    made = cleaned(frames[:-200] + b"TAG" + CANARY + bytes(20))
    assert (CANARY in made, made.count(SOUND[:413])) == (False, 2)


@pytest.mark.parametrize(
    ("name", "ending", "told"),
    [("tone.opus", "mp3", "Ogg"), ("film.mp4", "webm", "MP4"), ("tone.mp3", "m4a", "MP3")],
)
def test_a_file_that_is_not_what_its_name_says_is_told(
    name: str, ending: str, told: str, file: Any
) -> None:
    made = recordings.clean(file(name), ending)
    assert isinstance(made, recording_faults.RecordingProblem)
    assert (made.problem.code, made.at(Span("x")).message.endswith(f"it is {told}")) == (
        "G035",
        True,
    )
    assert isinstance(recordings.clean(file(name), name.rpartition(".")[2]), bytes)


@pytest.mark.parametrize("kind", KINDS)
def test_a_damaged_file_is_a_recording_or_a_problem_and_never_an_exception(kind: str) -> None:
    chance = random.Random(kind)
    for _ in range(300):
        data = bytearray(KINDS[kind]())
        for _ in range(chance.randint(1, 8)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        made = recordings.clean(bytes(data[: chance.randint(1, len(data))]))
        assert isinstance(made, bytes | recording_faults.RecordingProblem)
