"""Only a picture that holds nothing but pixels passes as finished."""

from __future__ import annotations

import io
import random
from typing import Any

import pytest
from PIL import Image

from aigaq.source import pictures, webp


def encoded(size: tuple[int, int] = (40, 30), **options: object) -> bytes:
    file = io.BytesIO()
    lots = random.Random(sum(size))
    image = Image.frombytes("RGB", size, lots.randbytes(size[0] * size[1] * 3))
    image.save(file, "WEBP", **({"quality": 80} | options))
    return file.getvalue()


@pytest.mark.parametrize("size", [(40, 30), (41, 31), (1600, 1), (1, 1), (333, 720)])
def test_what_the_program_publishes_is_finished(size: tuple[int, int]) -> None:
    file = io.BytesIO()
    Image.new("RGB", size, "red").save(file, "PNG")

    made = pictures.clean(file.getvalue(), redact=(), widths=(320, 720, 1600))

    assert not isinstance(made, pictures.PictureProblem)
    assert [webp.size_of(one.data) for one in made] == [(o.width, o.height) for o in made]


@pytest.mark.parametrize(
    "options",
    [
        {"lossless": True},
        {"exif": b"Exif\0\0II*\0\x08\0\0\0\0\0\0\0\0\0"},
        {"xmp": b"<x:xmpmeta>Placeholder Name</x:xmpmeta>"},
        {"icc_profile": b"profile"},
    ],
)
def test_what_may_hold_more_is_not(options: Any) -> None:
    assert webp.size_of(encoded(**options)) is None


def test_other_files_are_not() -> None:
    for form in ("PNG", "JPEG", "GIF"):
        file = io.BytesIO()
        Image.new("RGB", (4, 4)).save(file, form)
        assert webp.size_of(file.getvalue()) is None
    assert webp.size_of(b"") is None
    assert webp.size_of(b"RIFF") is None


def test_nothing_may_stand_before_or_behind_the_pixels() -> None:
    good = encoded()
    assert webp.size_of(good) == (40, 30)
    size = int.from_bytes(good[4:8], "little")
    longer = good[:4] + (size + 8).to_bytes(4, "little") + good[8:] + b"XMP \0\0\0\0"

    for bad in (good + b"x", good[:-1], b"x" + good, longer, good[:20], good + bytes(8)):
        assert webp.size_of(bad) is None


def test_no_bytes_make_it_stumble() -> None:
    lots = random.Random(7)
    good = encoded()
    for _ in range(2000):
        data = bytearray(good)
        for _ in range(lots.randint(1, 4)):
            data[lots.randrange(min(len(data), 32))] = lots.randrange(256)
        found = webp.size_of(bytes(data[: lots.randrange(len(data) + 1)]))
        assert found is None or min(found) > 0


@pytest.mark.parametrize(("more", "codes"), [({}, ()), ({"redact": [[1, 1, 9, 9]]}, ("G008",))])
def test_a_finished_picture_is_published_as_it_is_and_takes_no_box(
    site: Any, more: dict[str, Any], codes: tuple[str, ...]
) -> None:
    small, large = encoded((32, 20)), encoded((64, 40))
    site.write("content/media/a.webp", large).write("content/media/b.webp", small)
    sidecar = {"alt": "Noise", "finished": ["b.webp", "a.webp"]} | more
    site._record("media", "a.webp", sidecar)
    site.testimony("t-1", body="Seen.\n\n![noise](a.webp)\n")

    assert site.codes() == codes

    if not codes:
        site.build()
        published = {path.read_bytes() for path in site.public.glob("media/*.webp")}
        assert published == {small, large}
