"""Whatever a file is wrapped in, its words come out; what is broken is read as it stands."""

from __future__ import annotations

import gzip
import io
import json
import tarfile
import zipfile
import zlib
from typing import Any

import pytest
from PIL import Image, PngImagePlugin

from aigaq.output import containers

WORDS = "Placeholder Name, Есімі".encode()


def zipped(name: str = "a.txt", data: bytes = WORDS, comment: bytes = b"") -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.comment = comment
        archive.writestr(name, data)
    return made.getvalue()


def tarred(name: str = "a.txt", data: bytes = WORDS) -> bytes:
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w") as archive:
        member = tarfile.TarInfo(name)
        member.size = len(data)
        archive.addfile(member, io.BytesIO(data))
    return made.getvalue()


def picture(form: str, **saved: Any) -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (8, 8)).save(made, form, **saved)
    return made.getvalue()


def png(*, compressed: bool) -> bytes:
    info = PngImagePlugin.PngInfo()
    info.add_itxt("Author", WORDS.decode(), zip=compressed)
    return picture("PNG", pnginfo=info)


def gzip_with_header(name: str) -> bytes:
    made = io.BytesIO()
    with gzip.GzipFile(name, "wb", fileobj=made) as file:
        file.write(b"x")
    return made.getvalue()


FILES = {
    "plain": WORDS,
    "gzip": gzip.compress(WORDS),
    "gzip, second member": gzip.compress(b"x") + gzip.compress(WORDS),
    "behind gzip": gzip.compress(b"x") + WORDS,
    "gzip's name": gzip_with_header("Placeholder Name"),
    "gzip six deep": gzip.compress(gzip.compress(gzip.compress(gzip.compress(WORDS)))),
    "zip": zipped(),
    "zip member's name": zipped("Placeholder Name.txt", b""),
    "zip's comment": zipped("a", b"", WORDS),
    "tar": tarred(),
    "tar member's name": tarred("Placeholder Name", b""),
    "tar.gz": gzip.compress(tarred()),
    "zip in tar": tarred(data=zipped()),
    "JPEG comment": picture("JPEG", comment=WORDS),
    "behind JPEG": picture("JPEG") + WORDS,
    "XMP of WebP": picture("WEBP", xmp=WORDS),
    "PNG text": png(compressed=False),
    "PNG text, compressed": png(compressed=True),
    "behind PNG": picture("PNG") + WORDS,
    "fragment": gzip.compress(containers.PAGEFIND + json.dumps({"a": WORDS.decode()}).encode()),
    "UTF-16": WORDS.decode().encode("utf-16-le"),
    "UTF-16, high byte first": WORDS.decode().encode("utf-16-be"),
    "between bytes": b"\x00\xff" + WORDS + b"\x00",
    "damaged gzip": b"\x1f\x8b" + WORDS,
    "damaged zip": b"PK\x03\x04" + WORDS,
    "damaged PNG": b"\x89PNG\r\n\x1a\n" + b"\xff" * 8 + WORDS,
}  # fmt: skip


@pytest.mark.parametrize("file", FILES)
def test_the_words_come_out(file: str) -> None:
    texts = list(containers.texts(FILES[file]))
    assert any(b"Placeholder Name" in text for text in texts)


@pytest.mark.parametrize("file", FILES)
@pytest.mark.parametrize("kept", [0, 1, 3, 9, 20, 60])
def test_what_is_cut_off_anywhere_stops_nothing(file: str, kept: int) -> None:
    assert all(isinstance(text, bytes) for text in containers.texts(FILES[file][:kept]))


@pytest.mark.parametrize("data", [b"", b"words", WORDS, b"RIFF of a horse", b"PK is a name"])
def test_a_plain_text_is_no_container(data: bytes) -> None:
    assert not containers.is_container(data)
    assert list(containers.texts(data)) == [data] * bool(data)


def test_what_unpacks_to_more_than_the_limit_is_read_so_far(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(containers, "LARGEST", 1000)
    bomb = gzip.compress(b"a" * 100_000)
    assert sum(map(len, containers.texts(bomb))) < 2000 + len(bomb)


def test_one_pixel_more_is_no_word() -> None:
    assert not any(b"IDAT" in text for text in containers.texts(picture("PNG")))


# --- the search index ---


def cbor(value: object) -> bytes:
    """A value as Pagefind writes it."""
    if isinstance(value, int):
        major, number, rest = (0, value, b"") if value >= 0 else (1, -1 - value, b"")
    elif isinstance(value, str):
        major, number, rest = 3, len(value.encode()), value.encode()
    else:
        assert isinstance(value, list)
        major, number, rest = 4, len(value), b"".join(map(cbor, value))
    if number < 24:
        return bytes([major << 5 | number]) + rest
    size = 0 if number < 1 << 8 else 1 if number < 1 << 16 else 2
    return bytes([major << 5 | 24 + size]) + number.to_bytes(1 << size, "big") + rest


INDEX = cbor([[
    ["qalida", [[1, [-1, 4, 9], []], [2, [-1, 300], []]], []],
    ["zhandosova", [[1, [-1, 5], []]], []],
    ["ұзақ сөз ұзақ сөз", [[3, [-1, 1], []]], []],
]])  # fmt: skip


@pytest.mark.parametrize(
    "value", [0, 23, 24, 255, 256, 70_000, -1, -300, "", "ұзақ", "a" * 300, [], [1, ["a", []]]]
)
def test_a_value_is_read_as_it_was_written(value: object) -> None:
    assert containers.cbor(cbor(value), 0) == (value, len(cbor(value)))


def test_the_words_of_an_index_are_told_with_their_places() -> None:
    words = dict(containers.entries(INDEX))
    assert set(words) == {"qalida", "zhandosova", "ұзақ сөз ұзақ сөз"}
    assert containers.cbor(INDEX, words["zhandosova"])[0][0] == "zhandosova"


def test_words_beside_each_other_on_a_page_read_on() -> None:
    meant = {"qalida": ("qalida",), "zhandosova": ("zhandosova",)}
    text = containers.in_order(containers.placed(INDEX, meant))
    assert text.split("\x1e") == ["", "qalida zhandosova", "qalida", "qalida"]


def test_the_words_of_a_compressed_index_come_out() -> None:
    file = zlib.compress(containers.PAGEFIND + INDEX, wbits=31)
    assert any(b"qalida" in text for text in containers.texts(file))
