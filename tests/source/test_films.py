"""An MP4 or WebM file keeps its pictures and sounds, and nothing that stands beside them."""

from __future__ import annotations

import random
import struct
from typing import Any

import pytest

from aigaq.source import recording_faults, recordings

CANARY = b"Placeholder Village"
PUBLISHED = ("tone.m4a", "film.mp4", "quicktime.mp4", "film.webm", "live.webm")
REFUSED = {"chapters.m4a": "G033", "fragments.mp4": "G033", "vorbis.webm": "G033",
    "h264.webm": "G031", "hevc.mp4": "G031"}  # fmt: skip


def box(kind: bytes, *parts: bytes) -> bytes:
    body = b"".join(parts)
    return struct.pack(">I", len(body) + 8) + kind + body


def element(kind: str, body: bytes) -> bytes:
    return bytes.fromhex(kind) + (len(body) | 1 << 28).to_bytes(4, "big") + body


@pytest.mark.parametrize("name", PUBLISHED)
def test_what_a_program_wrote_beside_the_pictures_is_gone(
    name: str, file: Any, cleaned: Any
) -> None:
    """Title, place, time, names of tracks and encoders; no byte has moved."""
    data, made = file(name), cleaned(file(name))
    assert CANARY in data
    told = (b"Placeholder", b"43.2", b"2017", b"x264", b"Lavf", b"libx", b"mdir", b"Handler")
    assert [one for one in told if one in made] == []
    assert (len(made), cleaned(made)) == (len(data), made)


@pytest.mark.parametrize("name", [name for name in PUBLISHED if not name.endswith("webm")])
def test_the_time_at_which_a_film_was_made_is_gone(name: str, file: Any, cleaned: Any) -> None:
    made_at = struct.pack(">I", 1493866921 + 2082844800)  # since 1904
    assert made_at in file(name)
    assert made_at not in cleaned(file(name))


@pytest.mark.parametrize(("name", "code"), REFUSED.items())
def test_what_cannot_be_cleaned_surely_is_refused(
    name: str, code: str, file: Any, refusal: Any
) -> None:
    assert refusal(file(name)) == code


@pytest.mark.parametrize("name", PUBLISHED)
def test_a_file_that_is_cut_off_is_refused(name: str, file: Any, refusal: Any) -> None:
    data = file(name)
    codes = {refusal(data[: len(data) * part // 8]) for part in range(1, 8)}
    assert codes <= {"G031", "G032"}  # before its tracks are told, nobody knows what it is


@pytest.mark.parametrize("name", PUBLISHED)
@pytest.mark.parametrize("more", [b"PK\x03\x04" + CANARY, b"%PDF-1.4 " + CANARY])
def test_another_file_behind_it_is_not_published(name: str, more: bytes, file: Any) -> None:
    made = recordings.clean(file(name) + more)
    assert not isinstance(made, bytes) or CANARY not in made


def test_a_photo_under_the_name_of_a_film_is_refused(refusal: Any) -> None:
    """Its place stands in `mdat`, to which only what is emptied leads."""
    photo = box(b"ftyp", b"heic") + box(b"meta", CANARY) + box(b"mdat", b"Exif" + CANARY)
    assert refusal(photo) == "G031"


def test_what_no_picture_and_no_sound_needs_leaves_the_samples(file: Any, cleaned: Any) -> None:
    made = cleaned(file("film.mp4") + box(b"mdat", CANARY) + box(b"uuid", CANARY))
    assert made == cleaned(file("film.mp4")) + box(b"mdat", bytes(19)) + box(b"free", bytes(19))


def test_a_track_of_another_kind_is_named(file: Any) -> None:
    data = file("film.mp4").replace(b"hdlr" + bytes(8) + b"soun", b"hdlr" + bytes(8) + b"meta")
    made = recordings.clean(data)
    assert isinstance(made, recording_faults.RecordingProblem)
    assert (made.problem.code, "'meta'" in made.what) == ("G033", True)


def test_what_a_camera_notes_between_the_pictures_becomes_filling(
    file: Any, cleaned: Any
) -> None:
    """In this file the encoder's own note is the first unit, 06 with a kind of 05."""
    data = file("film.mp4")
    start = data.index(b"x264 - core") - 19  # behind kind, size and a number of sixteen bytes
    start = data.rindex(b"\x06\x05", 0, start + 3)
    size = int.from_bytes(data[start - 4 : start], "big")
    assert cleaned(data)[start : start + size] == b"\x0c" + b"\xff" * (size - 2) + b"\x80"


def test_the_path_of_a_file_elsewhere_is_gone(cleaned: Any) -> None:
    where = box(b"dinf", box(b"dref", bytes(8), box(b"alis", bytes(4), CANARY)))
    table = box(
        b"stbl", box(b"stco", bytes(8)), box(b"stsc", bytes(8)), box(b"stsz", bytes(12))
    )
    told = box(b"hdlr", bytes(8), b"soun", bytes(12))
    track = box(b"trak", box(b"mdia", told, box(b"minf", where, table)))
    assert CANARY not in cleaned(box(b"ftyp", b"qt  ") + box(b"moov", track))


@pytest.mark.parametrize("kind", ["4461", "7BA9", "536E", "EC", "258688", "75A1", "1254C367"])
@pytest.mark.parametrize("behind", ["1549A966", "AE", "1F43B675"])
def test_an_element_that_playing_does_not_need_is_emptied_wherever_it_is(
    kind: str, behind: str, cleaned: Any
) -> None:
    """Also one that no list of what tells something would name."""
    told = element(kind, CANARY)
    data = element("1A45DFA3", b"") + element("18538067", element(behind, told) + TRACK)
    made = cleaned(data)
    assert (CANARY in made, len(made), TRACK in made) == (False, len(data), True)


TRACK = element("1654AE6B", element("AE", b"\x83\x81\2" + element("86", b"A_OPUS")))


def test_an_element_behind_the_last_block_is_emptied(file: Any, cleaned: Any) -> None:
    assert CANARY not in cleaned(file("film.webm") + element("1254C367", CANARY))


@pytest.mark.parametrize("kind", [b"\x11", b"\3"])
def test_a_track_of_words_is_refused(kind: bytes, refusal: Any) -> None:
    track = element("AE", element("83", kind) + element("86", b"A_OPUS"))
    data = element("1A45DFA3", b"") + element("18538067", element("1654AE6B", track))
    assert refusal(data) == "G033"


@pytest.mark.parametrize("name", PUBLISHED)
def test_a_damaged_film_is_a_recording_or_a_problem_and_never_an_exception(
    name: str, file: Any
) -> None:
    chance = random.Random(name)
    for _ in range(300):
        data = bytearray(file(name))
        for _ in range(chance.randint(1, 8)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        made = recordings.clean(bytes(data))
        assert isinstance(made, bytes | recording_faults.RecordingProblem)
