"""No byte but of pixels, no pixel under a box, and no exception, whatever the file holds."""

from __future__ import annotations

import io
import random
import struct
import zlib
from typing import TYPE_CHECKING, Any

import pytest
from PIL import Image, ImageCms, PngImagePlugin

from aigaq.source import pictures
from aigaq.words.diagnostics import Span

if TYPE_CHECKING:
    from collections.abc import Callable

CANARY = "CANARY-7Q"
XMP = (
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF '
    'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description '
    f'xmlns:dc="http://purl.org/dc/elements/1.1/" dc:creator="{CANARY}"/></rdf:RDF></x:xmpmeta>'
).encode()
ORIENTATION = 0x0112


def published(data: bytes, *, redact: Any = (), width: int = 1280) -> Image.Image:
    """The picture as a reader's browser decodes it."""
    return Image.open(io.BytesIO(made_of(data, width, redact=redact)[0].data))


def made_of(data: bytes, *widths: int, redact: Any = ()) -> tuple[pictures.Cleaned, ...]:
    made = pictures.clean(data, redact=redact, widths=widths or [1280])
    assert isinstance(made, tuple), made
    return made


def code_of(data: bytes, *, redact: Any = ()) -> str:
    made = pictures.clean(data, redact=redact, widths=[1280])
    assert isinstance(made, pictures.PictureProblem)
    return made.problem.code


def saved(image: Image.Image, kind: str, **more: Any) -> bytes:
    file = io.BytesIO()
    image.save(file, kind, **more)
    return file.getvalue()


def scene(mode: str = "RGB", size: tuple[int, int] = (96, 64)) -> Image.Image:
    """Something with edges and colours in it; no two corners are alike."""
    image = Image.linear_gradient("L").resize(size)
    return Image.merge("RGB", (image, image.rotate(180), image)).convert(mode)


def exif() -> Image.Exif:
    """What a telephone writes: who, when, where, and words."""
    made = Image.Exif()
    made[0x010E] = made[0x013B] = made[0x8298] = f"{CANARY} name"
    made[0x0132] = "2017:08:0" + CANARY[-1]
    made.get_ifd(0x8825).update({1: "N", 2: (43.0, 14.0, 17.0), 29: f"{CANARY} date"})
    made.get_ifd(0x8769).update({0x9286: f"ASCII\0\0\0{CANARY} comment".encode()})
    return made


def profile() -> bytes:
    """A colour profile that is valid but for nothing, and carries words."""
    made = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return made + f"{CANARY} profile".encode()


def jpeg_with_a_thumbnail() -> bytes:
    """The uncropped picture inside the cropped one, as cameras leave it in the EXIF block."""
    thumbnail = saved(scene(size=(16, 16)), "JPEG", comment=f"{CANARY} thumbnail".encode())
    ifd0 = struct.pack("<HI", 0, 14)
    ifd1 = struct.pack("<H", 2)
    ifd1 += struct.pack("<HHII", 0x0201, 4, 1, 44) + struct.pack(
        "<HHII", 0x0202, 4, 1, len(thumbnail)
    )
    tiff = b"II*\0" + struct.pack("<I", 8) + ifd0 + ifd1 + struct.pack("<I", 0)
    return saved(scene(), "JPEG", exif=b"Exif\0\0" + tiff.ljust(44, b"\0") + thumbnail)


def png_with_texts() -> bytes:
    info = PngImagePlugin.PngInfo()
    info.add_text("Comment", f"{CANARY} text")
    info.add_text("Author", f"{CANARY} zipped", zip=True)
    info.add_itxt("Title", f"{CANARY} international")
    info.add_itxt("XML:com.adobe.xmp", XMP.decode())
    return saved(scene(), "PNG", pnginfo=info, exif=exif(), icc_profile=profile())


def followed_by_an_archive() -> bytes:
    return saved(scene(), "JPEG") + b"PK\3\4" + f"<script>{CANARY}</script>".encode()


CARRIERS: dict[str, Callable[[], bytes]] = {
    "jpeg with EXIF and GPS": lambda: saved(scene(), "JPEG", exif=exif()),
    "jpeg with XMP": lambda: saved(scene(), "JPEG", xmp=XMP),
    "jpeg with a comment": lambda: saved(scene(), "JPEG", comment=CANARY.encode()),
    "jpeg with a profile": lambda: saved(scene(), "JPEG", icc_profile=profile()),
    "jpeg with a thumbnail": jpeg_with_a_thumbnail,
    "jpeg followed by an archive": followed_by_an_archive,
    "png with texts, EXIF and a profile": png_with_texts,
    "webp": lambda: saved(scene(), "WEBP", exif=exif(), xmp=XMP, icc_profile=profile()),
    "gif with a comment": lambda: saved(scene("P"), "GIF", comment=CANARY.encode()),
    "tiff": lambda: saved(scene(), "TIFF", exif=exif(), icc_profile=profile()),
    "avif": lambda: saved(scene(), "AVIF", exif=exif(), xmp=XMP, icc_profile=profile()),
    "two pictures in one jpeg": lambda: saved(
        scene(), "MPO", exif=exif(), save_all=True, append_images=[scene(size=(20, 20))]
    ),
}  # fmt: skip


@pytest.mark.parametrize("carrier", CARRIERS)
def test_nothing_that_a_file_tells_beside_its_pixels_is_published(carrier: str) -> None:
    data = CARRIERS[carrier]()
    assert CANARY.encode() in data or b"zTXt" in data
    [made] = made_of(data)
    assert CANARY.encode() not in made.data
    assert set(chunks(made.data)) == {b"VP8 "}


@pytest.mark.parametrize("carrier", CARRIERS)
def test_a_reader_of_metadata_finds_none(carrier: str) -> None:
    image = published(CARRIERS[carrier]())
    assert not dict(image.getexif())
    assert not {"exif", "xmp", "icc_profile", "comment"} & {
        name for name, value in image.info.items() if value
    }


def chunks(webp: bytes) -> list[bytes]:
    """The names of all parts of a WebP file, which must fill it to the last byte."""
    names, at = [], 12
    while at < len(webp):
        names.append(webp[at : at + 4])
        size = int.from_bytes(webp[at + 4 : at + 8], "little")
        at += 8 + size + size % 2
    assert at == len(webp) == 8 + int.from_bytes(webp[4:8], "little")
    return names


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF", "TIFF", "AVIF", "MPO"])
def test_a_picture_of_each_kind_keeps_its_size_and_colours(kind: str) -> None:
    image = Image.new("RGB", (60, 40), (200, 30, 60))
    shown = published(saved(image, kind))
    assert (shown.size, shown.format) == ((60, 40), "WEBP")
    assert near(shown.getpixel((30, 20)), (200, 30, 60))


def near(colour: Any, wanted: tuple[int, ...], by: int = 8) -> bool:
    return all(abs(a - b) <= by for a, b in zip(colour, wanted, strict=True))


def test_the_same_bytes_give_the_same_bytes() -> None:
    data = CARRIERS["jpeg with EXIF and GPS"]()
    first, second = (pictures.clean(data, redact=(), widths=[48]) for _ in range(2))
    assert first == second


def test_metadata_makes_no_difference() -> None:
    bare = pictures.clean(saved(scene(), "PNG"), redact=(), widths=[1280])
    assert pictures.clean(png_with_texts(), redact=(), widths=[1280]) == bare


# --- orientation ---


def lying(orientation: int, kind: str) -> bytes:
    """A picture whose upright form has red at the top left and is 40 wide and 60 high."""
    upright = Image.new("RGB", (40, 60), "blue")
    upright.paste("red", (0, 0, 20, 30))
    back = {
        2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM, 5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90, 7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }  # fmt: skip
    tag = Image.Exif()
    tag[ORIENTATION] = orientation
    image = upright.transpose(back[orientation]) if orientation in back else upright
    return saved(image, kind, exif=tag)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF", "AVIF"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_picture_stands_upright(orientation: int, kind: str) -> None:
    shown = published(lying(orientation, kind))
    assert shown.size == (40, 60)
    assert near(shown.getpixel((8, 8)), (255, 0, 0), 40)
    assert near(shown.getpixel((32, 52)), (0, 0, 255), 40)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_boxes_are_those_of_the_upright_picture(orientation: int) -> None:
    shown = published(lying(orientation, "PNG"), redact=[(0, 0, 20, 30)])
    assert near(shown.getpixel((8, 12)), (0, 0, 0))
    assert near(shown.getpixel((32, 52)), (0, 0, 255), 40)


# --- redaction ---


@pytest.mark.parametrize("mode", ["RGB", "L", "RGBA", "P", "1", "LA", "CMYK", "I;16"])
def test_nothing_is_left_under_a_box(mode: str) -> None:
    kind = "TIFF" if mode == "CMYK" else "PNG"
    made = []
    for face in (Image.effect_noise((160, 120), 120), Image.new("L", (160, 120), "white")):
        image = Image.new("RGB", (400, 300), "white")
        image.paste(face.convert("RGB"), (100, 80))
        data = saved(as_mode(image, mode), kind)
        made.append(pictures.clean(data, redact=[(100, 80, 160, 120)], widths=[1280]))
    assert isinstance(made[0], tuple)
    assert made[0] == made[1]


def as_mode(image: Image.Image, mode: str) -> Image.Image:
    if mode == "I;16":
        levels = image.convert("L").tobytes()
        return Image.frombytes(
            mode, image.size, bytes(b for level in levels for b in (0, level))
        )
    return image.convert(mode)


@pytest.mark.parametrize("width", [800, 333, 97])
def test_a_box_is_one_colour_after_decoding(width: int) -> None:
    data = saved(Image.effect_noise((800, 600), 90).convert("RGB"), "PNG")
    assert_black(published(data, redact=[(200, 150, 400, 300)], width=width))


def test_a_box_is_one_colour_in_every_size() -> None:
    data = saved(Image.effect_noise((800, 600), 90).convert("RGB"), "PNG")
    made = made_of(data, 97, 333, 1600, redact=[(200, 150, 400, 300)])
    assert [one.width for one in made] == [97, 333, 800]
    for one in made:
        assert_black(Image.open(io.BytesIO(one.data)))


def assert_black(shown: Image.Image) -> None:
    """Inside of the box, whatever the size."""
    scale = shown.width / 800
    edge = 16  # pixels: one block of the encoder, which blends what lies at its border
    inside = shown.crop(
        (
            int(200 * scale) + edge,
            int(150 * scale) + edge,
            int(600 * scale) - edge,
            int(450 * scale) - edge,
        )
    )
    assert inside.getcolors() == [(inside.width * inside.height, (0, 0, 0))]


def test_a_box_may_reach_over_the_edge() -> None:
    data = saved(Image.new("RGB", (60, 60), "white"), "PNG")
    shown = published(data, redact=[(30, 30, 500, 500)])
    assert near(shown.getpixel((55, 55)), (0, 0, 0))


@pytest.mark.parametrize("box", [(60, 0, 5, 5), (0, 60, 5, 5), (900, 900, 40, 40)])
def test_a_box_beyond_the_edge_covers_nothing_and_is_told(box: Any) -> None:
    data = saved(Image.new("RGB", (60, 60), "white"), "PNG")
    assert code_of(data, redact=[box]) == "G004"


def test_a_box_beyond_the_edge_is_told_with_the_size_of_the_upright_picture() -> None:
    made = pictures.clean(lying(6, "JPEG"), redact=[(50, 0, 5, 5)], widths=[1280])
    assert isinstance(made, pictures.PictureProblem)
    assert "40 pixels wide and 60 high" in made.at(Span("a.jpg.yaml")).remedy


# --- transparency and colour ---


def test_what_is_transparent_is_white() -> None:
    image = Image.new("RGBA", (60, 60), (77, 88, 99, 0))
    assert near(published(saved(image, "PNG")).getpixel((30, 30)), (255, 255, 255), 2)


def test_colours_under_transparency_make_no_difference() -> None:
    made = []
    for hidden in ((77, 88, 99, 0), (255, 0, 0, 0)):
        image = scene("RGBA", (300, 200))
        image.paste(hidden, (50, 50, 150, 150))
        made.append(pictures.clean(saved(image, "PNG"), redact=(), widths=[100]))
    assert made[0] == made[1]


def test_a_palette_with_a_transparent_colour_is_white_there() -> None:
    image = Image.new("P", (60, 60), 0)
    image.putpalette([200, 30, 60] + [0, 0, 0] * 255)
    shown = published(saved(image, "GIF", transparency=0))
    assert near(shown.getpixel((30, 30)), (255, 255, 255), 2)


def test_colours_of_another_profile_are_those_that_it_means() -> None:
    image = Image.new("RGB", (60, 60), (200, 30, 60))
    shown = published(saved(image, "PNG", icc_profile=swapped_profile()))
    assert near(shown.getpixel((30, 30)), (30, 200, 60), 30)


def swapped_profile() -> bytes:
    """sRGB, but what it calls red is green: the two tags have changed places."""
    made = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return made.replace(b"rXYZ", b"tmpX").replace(b"gXYZ", b"rXYZ").replace(b"tmpX", b"gXYZ")


@pytest.mark.parametrize("broken", [b"no profile", b"\0" * 200, profile()[:300]])
def test_a_broken_profile_is_left_out(broken: bytes) -> None:
    image = Image.new("RGB", (60, 60), (200, 30, 60))
    shown = published(saved(image, "PNG", icc_profile=broken))
    assert near(shown.getpixel((30, 30)), (200, 30, 60))


def test_a_profile_for_another_mode_is_left_out() -> None:
    image = Image.new("L", (60, 60), 90)
    shown = published(saved(image, "PNG", icc_profile=profile()))
    assert near(shown.getpixel((30, 30)), (90, 90, 90))


# --- sizes ---


@pytest.mark.parametrize(
    ("size", "shown"),
    [((3000, 2000), (1280, 853)), ((1280, 10), (1280, 10)), ((400, 8000), (80, 1600)),
     ((9, 9), (9, 9)), ((4000, 1), (1280, 1))],
)  # fmt: skip
def test_a_picture_shrinks_to_what_a_page_needs_and_never_grows(
    size: tuple[int, int], shown: tuple[int, int]
) -> None:
    [made] = made_of(saved(Image.new("L", size), "PNG"))
    assert (made.width, made.height) == shown


def test_a_picture_is_there_once_for_each_width_that_it_fills() -> None:
    made = made_of(saved(scene(size=(900, 300)), "PNG"), 400, 1280, 1600)
    assert [(one.width, one.height) for one in made] == [(400, 133), (900, 300)]


@pytest.mark.parametrize(("width", "widths"), [(300, [300]), (400, [400]), (500, [320, 500]),
    (800, [320, 800]), (1000, [320, 720, 1000]), (4000, [320, 720, 1600])])  # fmt: skip
def test_a_size_that_would_save_too_little_is_not_made(width: int, widths: list[int]) -> None:
    made = made_of(saved(Image.new("L", (width, 90)), "PNG"), 320, 720, 1600)
    assert [one.width for one in made] == widths


def test_of_several_frames_the_first_is_shown() -> None:
    frames = [Image.new("RGB", (60, 60), colour) for colour in ("red", "blue")]
    data = saved(frames[0], "GIF", save_all=True, append_images=frames[1:])
    shown = published(data)
    assert near(shown.getpixel((30, 30)), (255, 0, 0), 20)
    assert getattr(shown, "n_frames", 1) == 1


# --- what cannot be shown ---


def png(width: int, height: int, *more: tuple[bytes, bytes]) -> bytes:
    """A one-bit PNG of any size: all its rows are black, so it stays small on disk."""
    rows = zlib.compress(b"\0" * (height * ((width + 7) // 8 + 1)), 9)
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    parts = [(b"IHDR", header), *more, (b"IDAT", rows), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(*part) for part in parts)


def chunk(name: bytes, body: bytes) -> bytes:
    return (
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
    )


@pytest.mark.parametrize("side", [7_072, 9_600, 13_500])
def test_a_picture_of_too_many_pixels_is_refused(side: int) -> None:
    assert code_of(png(side, side)) == "G003"


def test_a_picture_that_says_it_is_gigantic_is_refused_unread() -> None:
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0))
    assert code_of(b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", b"")) == "G003"


def test_a_text_that_unfolds_to_megabytes_is_refused() -> None:
    bomb = b"Comment\0\0" + zlib.compress(b"a" * 200_000_000, 9)
    assert code_of(png(60, 60, (b"zTXt", bomb))) in {"G001", "G002"}


EPS = b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 60 60\n%%EndComments\nshowpage\n"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>'
OTHERS = {
    "EPS": EPS,
    "SVG": SVG,
    "PDF": b"%PDF-1.7\n",
    "HTML": b"<!doctype html><img src=x>",
    "BMP": saved(scene(), "BMP"),
    "ICO": saved(scene(), "ICO"),
    "TGA": saved(scene(), "TGA"),
    "JPEG 2000": saved(scene(), "JPEG2000"),
    "a film": b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom" + b"\0" * 200,
    "words": b"no picture at all\n",
    "nothing": b"",
}


@pytest.mark.parametrize("other", OTHERS)
def test_what_is_no_picture_of_the_list_is_refused_whatever_it_is_called(other: str) -> None:
    assert code_of(OTHERS[other]) == "G001"


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF", "TIFF", "AVIF"])
def test_half_a_picture_is_refused(kind: str) -> None:
    data = saved(Image.effect_noise((96, 64), 90).convert("RGB"), kind)
    assert code_of(data[: len(data) // 2]) in {"G001", "G002"}


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF", "TIFF", "AVIF"])
def test_a_damaged_file_is_a_picture_or_a_problem_and_never_an_exception(
    kind: str, size: Callable[[int, int], int]
) -> None:
    whole = CARRIERS[next(name for name in CARRIERS if name.startswith(kind.lower()))]()
    chance = random.Random(kind)
    for _ in range(size(60, 900)):
        made = pictures.clean(damaged(whole, chance), redact=[(1, 1, 9, 9)], widths=[40])
        if isinstance(made, tuple):
            assert CANARY.encode() not in made[0].data
        else:
            assert made.problem.code in {"G001", "G002", "G003", "G004"}


def damaged(data: bytes, chance: random.Random) -> bytes:
    """The file with some bytes changed, a piece taken out, or a piece doubled."""
    made = bytearray(data)
    for _ in range(chance.choice((1, 3, 20))):
        at = chance.randrange(len(made))
        match chance.randrange(4):
            case 0 | 1:
                made[at] = chance.randrange(256)
            case 2:
                del made[at : at + chance.randrange(1, 40)]
                made = made or bytearray(b"\0")
            case _:
                made[at:at] = made[at : at + chance.randrange(1, 40)]
    return bytes(made)
