"""Recordings and captions as attackers and broken programs write them, in whole builds."""

from __future__ import annotations

import html
import random
import re
import struct
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from aigaq.source import captions, recordings
from aigaq.source.document import Source
from aigaq.words import cues

if TYPE_CHECKING:
    from collections.abc import Callable

FILES = Path(__file__).parents[1] / "source/recordings"
CANARY = "QANARY7"
WORDS = CANARY.encode()
SCRIPT = b"<script>alert('QANARY7')</script>"
TIMES = "00:00.000 --> 00:01.000"
VTT = f"WEBVTT\n\n{TIMES}\nSpoken.\n"


def real(name: str) -> bytes:
    return (FILES / name).read_bytes()


def box(kind: bytes, body: bytes = b"") -> bytes:
    return struct.pack(">I", len(body) + 8) + kind + body


def wav(*chunks: tuple[bytes, bytes]) -> bytes:
    form = struct.pack("<HHIIHH", 1, 1, 8000, 8000, 1, 8)
    body = b"WAVE"
    for kind, data in ((b"fmt ", form), *chunks, (b"data", bytes(range(1, 201)))):
        body += kind + struct.pack("<I", len(data)) + data + bytes(len(data) % 2)
    return b"RIFF" + struct.pack("<I", len(body)) + body


def ogg(flags: int, packet: bytes, serial: int = 1) -> bytes:
    head = b"OggS\0" + bytes((flags,)) + bytes(8) + struct.pack("<I", serial) + bytes(8)
    table = b"\xff" * (len(packet) // 255) + bytes((len(packet) % 255,))
    return head + bytes((len(table),)) + table + packet


def flac(*blocks: tuple[int, bytes], largest: int = 0) -> bytes:
    """The head of a stream, blocks after it, and no frame."""
    own = bytes(7) + largest.to_bytes(3, "big") + bytes(24)
    all_of = ((0, own), *blocks)
    made = b"fLaC"
    for n, (kind, data) in enumerate(all_of, 1):
        made += bytes((kind | (128 if n == len(all_of) else 0),))
        made += len(data).to_bytes(3, "big") + data
    return made


def nested(levels: int) -> bytes:
    """Boxes in boxes in boxes, each as long as it says."""
    made = b""
    for _ in range(levels):
        made = box(b"moov", made)
    return box(b"ftyp", b"isom") + made


DEEP = b"\x18\x53\x80\x67\x01\xff\xff\xff\xff\xff\xff\xff"  # a segment that never ends
REFUSED: dict[str, Callable[[], bytes]] = {
    "empty.opus": lambda: b"",
    "words.mp3": lambda: b"no recording at all\n" + WORDS,
    "page.wav": lambda: b"<!doctype html>" + SCRIPT,
    "page.ogg": lambda: b"OggS" + SCRIPT,
    "vector.webm": lambda: b"<svg xmlns='http://www.w3.org/2000/svg'>" + SCRIPT + b"</svg>",
    "archive.mp4": lambda: b"PK\3\4" + WORDS + b"PK\5\6" + bytes(18),
    "program.flac": lambda: b"\x7fELF" + bytes(60),
    "list.m4a": lambda: b"#EXTM3U\n#EXTINF:1,QANARY7\nfile:///etc/passwd\n",
    "ffconcat.mp4": lambda: b"ffconcat version 1.0\nfile /etc/passwd\n",
    "photo.mp4": lambda: box(b"ftyp", b"heic") + box(b"meta", WORDS) + box(b"mdat", WORDS),
    "picture.wav": lambda: b"RIFF" + bytes(4) + b"WEBP" + WORDS,
    "film.avi.webm": lambda: b"RIFF" + bytes(4) + b"AVI " + WORDS,
    "other.mp3": lambda: real("film.webm"),
    "other.webm": lambda: real("film.mp4"),
    "other.wav": lambda: real("tone.mp3"),
    "deep.mp4": lambda: nested(3_000),
    "none.mp4": lambda: box(b"ftyp", b"isom") + struct.pack(">I", 7) + b"moov",
    "zero.m4a": lambda: box(b"ftyp", b"isom") + bytes(4) + b"moov" + bytes(4) + b"trak",
    "long.mp4": lambda: box(b"ftyp") + b"\0\0\0\1moov" + b"\xff" * 8,
    "twice.mp4": lambda: real("film.mp4") + real("film.mp4"),
    "cut.mp4": lambda: real("film.mp4")[:-400],
    "tables.mp4": lambda: real("film.mp4").replace(b"stsz" + bytes(4), b"stsz\0\0\0\1\xff\xff"),
    "nowhere.mp4": lambda: re.sub(
        rb"(stco.{8}).{4}", lambda m: m[1] + b"\xff\xff\xff\xf0", real("film.mp4"), flags=re.S
    ),
    "head.mp4": lambda: re.sub(
        rb"(stco.{8}).{4}", lambda m: m[1] + bytes(4), real("film.mp4"), flags=re.S
    ),
    "deep.webm": lambda: b"\x1a\x45\xdf\xa3\x80" + DEEP * 5_000,
    "end.webm": lambda: b"\x1a\x45\xdf\xa3\x80\x18\x53\x80\x67\x1f\xff\xff\xff",
    "size.webm": lambda: b"\x1a\x45\xdf\xa3\0",
    "tags.ogg": lambda: ogg(2, b"OpusHead\1\1" + bytes(9)) + ogg(0, b"OpusTags" + WORDS)[:-2],
    "none.opus": lambda: ogg(2, b"OpusHead\1\1" + bytes(9)),
    "theora.ogv": lambda: ogg(2, b"\x80theora" + WORDS) + ogg(0, b"\x81theora" + WORDS),
    "strange.ogg": lambda: real("tone.opus") + ogg(0, WORDS, serial=99),
    "half.ogg": lambda: real("tone.ogg")[:-5],
    "tag.mp3": lambda: b"ID3\4\0\0\x7f\x7f\x7f\x7f" + WORDS,
    "tags.mp3": lambda: b"ID3\4\0\0\0\0\0\0" * 300_000,
    "frames.mp3": lambda: b"\xff\xfb\x90\0" + WORDS,
    "end.mp3": lambda: real("tone.mp3")[:-128] + SCRIPT,
    "none.wav": lambda: b"RIFF" + bytes(4) + b"WAVE",
    "size.wav": lambda: wav()[:-260] + b"data\xf0\0\0\0",
    "blocks.flac": lambda: b"fLaC" + b"\1\xff\xff\xff" + WORDS,
    "sound.flac": lambda: flac((4, WORDS)),
}
PUBLISHED: dict[str, Callable[[], bytes]] = {
    "list.wav": lambda: wav((b"LIST", b"INFOICMT" + WORDS), (b"id3 ", SCRIPT)),
    "bext.wav": lambda: wav((b"bext", WORDS), (b"iXML", SCRIPT), (b"LIST", b"adtl" + WORDS)),
    "tail.mp4": lambda: real("film.mp4") + box(b"uuid", SCRIPT) + box(b"mdat", WORDS),
    "tail.m4a": lambda: real("tone.m4a") + box(b"XMP_", WORDS) + box(b"free", SCRIPT),
    "cover.flac": lambda: b"fLaC" + real("tone.flac")[4:42]
    + bytes((6,)) + len(SCRIPT).to_bytes(3, "big") + SCRIPT + real("tone.flac")[42:],
    "page.mp3": lambda: b"ID3\4\0\0\0\0\0\x21" + SCRIPT + real("tone.mp3"),
    "tail.mp3": lambda: real("tone.mp3")[:-128] + (b"TAG" + WORDS).ljust(128, b"\0"),
}  # fmt: skip
BAD_CAPTIONS = (
    *("", "\n", "WEBVTTX\n", "webvtt\n", " WEBVTT\n", "1\n00:00:00,000 --> 00:00:01,000\nx\n"),
    *(f"WEBVTT\n\n{bad}\nx\n" for bad in (
        "--> 00:01.000", "00:00.000 -->", "00:00.000-->00:01.000", "00:00.000 -- > 00:01.000",
        "00:00.000 --&gt; 00:01.000", "0:00.000 --> 0:01.000", "00:60.000 --> 00:61.000",
        "00:00 --> 00:01", "00:00.0000 --> 00:01.0000", "-00:01.000 --> 00:01.000",
        "00:02.000 --> 00:01.000", "00:01.000 --> 00:01.000", "NaN --> Infinity",
        "{{ 7 }} --> {{ 8 }}", "٠٠:٠٠.٠٠٠ --> ٠٠:٠١.٠٠٠",
        f"00:00.000 --> {'9' * 5000}:00:00.000",
        "1e9:00:00.000 --> 1e9:00:01.000",
    )),
    f"WEBVTT\n\n{TIMES}\n",
    f"WEBVTT\n\n{TIMES}\nx\n{TIMES}\ny\n",
    f"WEBVTT\n\n{TIMES}\n<v Placeholder Name hello\n",
    f"WEBVTT\n\n{TIMES}\n{'<' * 200_000}\n",
    f"WEBVTT\n\n{TIMES}\n&#0;x\n",
    f"WEBVTT\n\n{TIMES}\n&#x202e;x\n",
    f"WEBVTT\n\n{TIMES}\n\u2066x\U000e0041\n",
    f"WEBVTT\n\nSTYLE\n::cue {{ background: url(https://evil.example/{CANARY}) }}\n",
    "WEBVTT\n\nREGION\nid:fred\n",
    "WEBVTT\n\n" + "00:02.000 --> 00:03.000\nx\n\n00:01.000 --> 00:04.000\ny\n\n" * 2,
    "WEBVTT\n\np1\n",
    "WEBVTT\n\n" + "x\n\n" * 30_000,
)  # fmt: skip
# What may stand in captions and must arrive as words, or not at all.
SPOKEN = (
    *("<script>alert('x')</script>", "<v QANARY7>x", "<c.QANARY7>x</c>", "{{ 7 * 7 }}", "]]>"),
    *("&lt;script&gt;alert(1)&lt;/script&gt;", "&lt;img src=x onerror=alert(1)&gt;", "x"),
    *("<lang QANARY7>x</lang>", "<00:00.500>x", "a --&gt; b", "NOTE x", "%(x)s {0} ${x}"),
    *("&#60;b&#62;", "</track><svg onload=alert(1)>x", "javascript:alert(1)", "a &amp;lt; b"),
    *("x &#13;&#10;&#13;&#10;00:05.000 --&gt; 00:06.000&#10;y", "&#8232;x", "&NewLine;x"),
    "x" * 60_000,
    "﷽" * 900,
)  # fmt: skip


def told(site: Any, files: dict[str, bytes], captions_of: dict[str, str]) -> Any:
    """A text that names all recordings, each with its sidecar and captions."""
    for name, data in files.items():
        site.write(f"content/media/{name}", data)
        site.write(f"content/media/{name}.yaml", f"transcript: {name}.vtt\n")
        text = captions_of.get(name, VTT)
        site.write(f"content/media/{name}.vtt", text.encode("utf-8", "surrogatepass"))
    site.testimony("t-1", recordings=list(files))
    return site.consent("c-t-1", voices="own")


def test_no_file_that_is_no_good_recording_is_published(site: Any, whole: Any) -> None:
    site.testimony("t-1").build()
    before = whole.files(site.public)
    told(site, {name: make() for name, make in REFUSED.items()}, {})

    status, out, err = whole.ran(site.root, "--no-search", "--date", whole.DATE)

    assert (status, err) == (1, "")
    lost = {name for name in REFUSED if not re.search(rf"media/{name}: error G03\d", out)}
    assert lost == set()
    assert (CANARY in out, whole.files(site.public) == before) == (False, True)


def test_of_a_recording_that_is_also_something_else_only_the_sound_is_published(
    site: Any,
) -> None:
    files = {name: make() for name, make in PUBLISHED.items()}
    assert [name for name, data in files.items() if WORDS not in data] == []

    report = told(site, files, {}).build()

    assert [str(one) for one in report.problems if one.is_error] == []
    public = [path for path in site.public.rglob("*") if path.is_file()]
    sounds = [path for path in public if path.parent.name == "media" and path.suffix != ".vtt"]
    assert {path.read_bytes() for path in sounds} == {*map(recordings.clean, files.values())}
    assert [path.name for path in public if WORDS in path.read_bytes()] == []


@pytest.mark.parametrize("kind", ["mp4", "webm", "wav"])
def test_a_recording_that_takes_too_long_is_told_and_ends(
    kind: str, site: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Millions of pieces of a few bytes, where a file of that length has hundreds."""
    from aigaq.output import recordings as made  # noqa: PLC0415

    limits = made.LIMITS
    monkeypatch.setattr(made, "LIMITS", type(limits)(deadline=0.5, memory=limits.memory))
    pieces = {
        "mp4": box(b"ftyp", b"isom") + box(b"free") * 2_000_000,
        "webm": b"\x1a\x45\xdf\xa3\x80" + b"\xec\x80" * 4_000_000,
        "wav": wav()[:12] + b"JUNK\0\0\0\0" * 2_000_000,
    }
    began = time.monotonic()

    report = told(site, {f"slow.{kind}": pieces[kind]}, {}).build()

    assert [one.code for one in report.problems if one.is_error] == ["G036"]
    assert time.monotonic() - began < 60


def test_a_recording_of_many_beginnings_is_looked_at_once() -> None:
    """Each may begin the frame that ends the file; a sum from each would take a day."""
    began = time.process_time()
    recordings.clean(flac(largest=0xFFFFFF) + b"\xff\xf8" * 200_000 + b"\1")
    assert time.process_time() - began < 5


def test_all_that_is_wrong_with_captions_is_told_at_its_file(site: Any) -> None:
    sound = {f"a{n}.wav": wav() for n in range(len(BAD_CAPTIONS))}
    texts = dict(zip(sound, BAD_CAPTIONS, strict=True))

    report = told(site, sound, texts).build()

    found = {one.span.path for one in report.problems if one.is_error}
    assert {f"content/media/{name}.vtt" for name in sound} - found == set()
    assert [str(one)[:99] for one in report.problems if CANARY in str(one)] == []
    assert site.files() == ()


@pytest.mark.parametrize(
    "data",
    [
        VTT.encode("utf-16"),
        b"\xff\xfe" + VTT.encode(),
        VTT.replace("Spoken", "\0").encode(),
        VTT.replace("Spoken", "\u202eSpoken").encode(),
        VTT.encode() + b"\xed\xa0\x80",
        VTT.encode() * 20_000,
    ],
    ids=["UTF-16", "a wrong mark", "NUL", "turned round", "half a letter", "too long"],
)
def test_captions_that_are_no_text_are_told(data: bytes, site: Any) -> None:
    told(site, {"a.wav": wav()}, {"a.wav": ""}).write("content/media/a.wav.vtt", data)

    report = site.build()

    assert "content/media/a.wav.vtt" in {one.span.path for one in report.problems}
    assert report.status == 1


def test_what_stands_in_captions_arrives_as_words_alone(site: Any) -> None:
    sound = {f"a{n}.wav": wav((b"JUNK", bytes(n))) for n in range(len(SPOKEN))}
    texts = [f"WEBVTT\n\nNOTE {CANARY}\n\n{TIMES} align:{CANARY}\n{one}\n" for one in SPOKEN]

    report = told(site, sound, dict(zip(sound, texts, strict=True))).build()

    assert [str(one) for one in report.problems if one.is_error] == []
    made = [path.read_text("utf-8") for path in sorted(site.public.rglob("*.vtt"))]
    assert made
    for text in made:
        assert re.fullmatch(
            r"WEBVTT\n(\n(p\d+(-\d+)?\n)?[\d:.]+ --> [\d:.]+\n[^\n<>]+\n)+", text
        )
    for page in site.public.rglob("*"):
        if page.is_file():
            assert CANARY.encode() not in page.read_bytes()
            assert b"onload=alert(1)>" not in page.read_bytes()


def mixed(chance: random.Random) -> str:
    pieces = (
        *("WEBVTT", "\n", "\n\n", TIMES, "-->", "00:0", "1.000", " ", "<", ">", "<v ", "</"),
        *("&lt;", "&#", ";", "NOTE", "STYLE", "p1", "p1-2", "x", "\t", "\r", "\0", "ә", "&"),
        "&#x1F600;",
    )  # fmt: skip
    return "".join(chance.choices(pieces, k=chance.randint(1, 60)))


def test_no_mixture_breaks_the_reader_or_comes_out_as_more_than_words(size: Any) -> None:
    for seed in range(size(2_000, 100_000)):
        chance = random.Random(seed)
        text = f"WEBVTT\n\n{TIMES}\n{mixed(chance)}\n\n{mixed(chance)}"
        made, found = captions.read(Source("content/media/a.vtt", text, ""))
        assert all(one.message and one.remedy for one in found), seed
        written = cues.webvtt(made.cues)
        again, problems = captions.read(Source("content/media/a.vtt", written, ""))
        assert problems == [], (seed, written)
        assert [one.text for one in again.cues] == [one.text for one in made.cues], seed
        assert html.unescape(written).count("-->") >= len(made.cues)


def test_no_damage_of_a_recording_raises_or_lets_a_tag_through(size: Any) -> None:
    """Where the tag itself was not hit, it is gone or the file is refused."""
    names = [path.name for path in sorted(FILES.iterdir()) if path.suffix != ".md"]
    for seed in range(size(150, 6_000)):
        chance = random.Random(seed)
        data = bytearray(real(names[seed % len(names)]))
        for _ in range(chance.randint(1, 6)):
            at = chance.randrange(min(len(data), 3_000))
            data[at : at + chance.randint(0, 4)] = chance.randbytes(chance.randint(0, 4))
        made = recordings.clean(bytes(data))
        assert not isinstance(made, bytes) or len(made) <= len(data)
