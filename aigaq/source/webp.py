"""Whether a file is a picture as this program makes it: WebP that holds nothing but pixels.

Such a picture may be published as it is, for there is nothing in it to be cleaned away. Only
the container is read (RFC 9649, RFC 6386): one lossy chunk, no metadata, no transparency, no
frames, no byte behind it.
"""

from __future__ import annotations

from aigaq.words.diagnostics import Problem

NOT_FINISHED = Problem(
    "G008",
    "this is not a picture that the program has finished",
    "Delete finished: from the sidecar, and the picture is made anew; `aigaq mirror pack"
    " --source` alone writes that key.",
)

_START = b"\x9d\x01\x2a"  # of a key frame


def size_of(data: bytes) -> tuple[int, int] | None:
    """Width and height in pixels; None where anything else than pixels may stand in it."""
    head, chunk = data[:12], data[12:20]
    if head[:4] != b"RIFF" or head[8:] != b"WEBP" or chunk[:4] != b"VP8 ":
        return None
    length = int.from_bytes(chunk[4:8], "little")
    if len(data) != 20 + length + length % 2 or int.from_bytes(head[4:8], "little") != (
        len(data) - 8
    ):
        return None
    frame = data[20:30]
    if length < 10 or frame[0] & 1 or frame[3:6] != _START or (length % 2 and data[-1]):
        return None
    width, height = (int.from_bytes(frame[at : at + 2], "little") & 0x3FFF for at in (6, 8))
    return (width, height) if width and height else None
