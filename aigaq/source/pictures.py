"""Bytes of a picture → bytes that show the same and tell nothing else.

Law: only pixels pass. They are painted onto a new picture, so that no place, time, name,
comment or thumbnail of the old one can follow, and what lies under a box to redact is gone
before anything else is done with the pixels. The same bytes in give the same bytes out.
(research/security-reliability.md 2.5 has what the usual ways leave behind.)
"""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from aigaq.words.diagnostics import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from aigaq.source.schema.records import Box
    from aigaq.words.diagnostics import Diagnostic, Span

NOT_A_PICTURE = Problem(
    "G001",
    "this file is no picture of a kind that can be shown",
    "Save it as JPEG or PNG in a picture program. WebP, GIF, TIFF and AVIF are read, too; SVG, "
    "PDF and recordings are not.",
)
DAMAGED = Problem(
    "G002",
    "this picture cannot be read to its end: it is damaged, or of an unusual kind",
    "Take the file from where it came once more; or open it in a picture program and save it "
    "as JPEG or PNG.",
)
TOO_MANY_PIXELS = Problem(
    "G003",
    "this picture has more than {limit} million pixels",
    "Make it smaller in a picture program: more than 1600 pixels a side are never shown.",
)
BOX_OUTSIDE = Problem(
    "G004",
    "a box of redact: lies outside the picture, so what it should cover would be seen",
    "The picture, turned upright, is {width} pixels wide and {height} high. Write [left, top, "
    "width, height] in pixels of this very file.",
)

# Names of Pillow's readers; all others stay shut, whatever the file's name or first bytes say.
FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "TIFF", "AVIF")
MAX_PIXELS = 50_000_000
MAX_SIDE = 1600
_WORTH_IT = 0.75  # of the next size's width
# What tells one published picture from another of the same pixels: a part of the cache's key.
ENCODER = {"quality": 80, "method": 4, "exact": False, "lossless": False}
_NOTHING = {"exif": b"", "icc_profile": b"", "xmp": b""}
_BLACK: dict[str, float | tuple[float, ...]] = {
    "L": 0,
    "RGB": (0, 0, 0),
    "RGBA": (0, 0, 0, 255),
    "CMYK": (0, 0, 0, 255),
}
_SRGB = ImageCms.createProfile("sRGB")


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A picture that may be published: WebP, and its size in pixels."""

    data: bytes
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class PictureProblem:
    """Why there is no picture."""

    problem: Problem
    words: tuple[tuple[str, int], ...] = ()

    @property
    def is_of_a_box(self) -> bool:
        """Whether it is to be mended in the sidecar, and not in the picture."""
        return self.problem == BOX_OUTSIDE

    def at(self, span: Span) -> Diagnostic:
        """The problem where the caller knows it to be."""
        return self.problem.at(span, **dict(self.words))


class _RefusedError(Exception):
    """Carries a problem out of the steps below; never leaves this module."""

    def __init__(self, problem: Problem, **words: int) -> None:
        super().__init__(problem.code)
        self.found = PictureProblem(problem, tuple(words.items()))


def clean(
    data: bytes, *, redact: Sequence[Box], widths: Sequence[int]
) -> tuple[Cleaned, ...] | PictureProblem:
    """The picture for each of `widths` that it fills, the narrowest first, or why not.

    Of several frames the first. `redact` are boxes in pixels of the upright picture; they are
    painted before any size is made. No picture grows: one that is narrower than all `widths` is
    there once, in its own size; and none is made that is hardly smaller than the next. Nothing
    but `MemoryError` is raised: Pillow answered 1,500 damaged files with seven kinds of others.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            return _cleaned(data, redact, widths)
    except _RefusedError as refused:
        return refused.found
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        return _too_many_pixels().found
    except UnidentifiedImageError:
        return PictureProblem(NOT_A_PICTURE)
    except MemoryError:
        raise
    except Exception:  # whatever a damaged file can make a decoder raise
        return PictureProblem(DAMAGED)


def _cleaned(data: bytes, redact: Sequence[Box], widths: Sequence[int]) -> tuple[Cleaned, ...]:
    with Image.open(io.BytesIO(data), formats=FORMATS) as opened:
        if opened.width * opened.height > MAX_PIXELS:
            raise _too_many_pixels()
        ImageOps.exif_transpose(opened, in_place=True)
        profile = opened.info.get("icc_profile")
        image = _plain(opened)
    _redacted(image, redact)
    return tuple(
        _encoded(_in_srgb(_flat(_resized(image, size)), profile))
        for size in _sizes(image.width, image.height, widths)
    )


def _too_many_pixels() -> _RefusedError:
    return _RefusedError(TOO_MANY_PIXELS, limit=MAX_PIXELS // 1_000_000)


def _plain(image: Image.Image) -> Image.Image:
    """The picture in one of the modes of `_BLACK`, which are those that can be scaled."""
    if image.mode.startswith("I;16"):
        # Stated here, for Pillow's own conversion has changed between clipping and scaling.
        return image.point(lambda value: value / 256).convert("L")
    if image.mode != "RGBA" and image.has_transparency_data:
        return image.convert("RGBA")
    if image.mode in _BLACK:
        return image
    return image.convert("L" if image.mode == "1" else "RGB")


def _redacted(image: Image.Image, boxes: Sequence[Box]) -> None:
    """Paints over `image` itself; a box may reach over the edge, but not lie beyond it."""
    for left, top, width, height in boxes:
        if left >= image.width or top >= image.height:
            raise _RefusedError(BOX_OUTSIDE, width=image.width, height=image.height)
        right, bottom = min(left + width, image.width), min(top + height, image.height)
        image.paste(_BLACK[image.mode], (left, top, right, bottom))


def _sizes(width: int, height: int, widths: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The sizes to publish, from the smallest; one that saves too little is left out."""
    longest = min(1.0, MAX_SIDE / max(width, height))
    scales = sorted({min(longest, wanted / width) for wanted in widths})
    kept = [a for a, b in pairwise(scales) if a <= _WORTH_IT * b]
    for scale in (*kept, scales[-1]):
        yield max(1, round(width * scale)), max(1, round(height * scale))


def _resized(image: Image.Image, size: tuple[int, int]) -> Image.Image:
    if size == image.size:
        return image
    return image.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)


def _flat(image: Image.Image) -> Image.Image:
    """Without transparency, which would keep the colours that it hides: on white."""
    if image.mode != "RGBA":
        return image
    flat = Image.new("RGB", image.size, "white")
    flat.paste(image, mask=image.getchannel("A"))
    return flat


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """In the colours that a reader's screen takes for granted; a broken profile is left out."""
    if profile:
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            made = ImageCms.profileToProfile(image, source, _SRGB, outputMode="RGB")
        except (ImageCms.PyCMSError, OSError, TypeError, ValueError):
            made = None
        if made is not None:
            return made
    return image.convert("RGB")


def _encoded(image: Image.Image) -> Cleaned:
    painted = Image.new("RGB", image.size)
    painted.paste(image)
    file = io.BytesIO()
    painted.save(file, "WEBP", **ENCODER, **_NOTHING)
    return Cleaned(file.getvalue(), painted.width, painted.height)
