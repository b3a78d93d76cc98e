"""What has changed in a manifest: digests of its stretches, a hint that nobody signs.

`SHA256SUMS.parts` follows from SHA256SUMS alone, so every copy can have one. Law: it decides
what is asked for and nothing else; a manifest that was made by it is judged by the digest in
RELEASE, and whatever is odd on the way leads to the whole file.
"""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, BinaryIO, Protocol, runtime_checkable

from aigaq.mirror import manifest, sources
from aigaq.output import refusal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_LARGEST = 1 << 20  # bytes of a hint: that of two million files has a fifth of this
_WORTH = 1 << 15  # bytes from which on it is not simpler to fetch a file whole
_APART = 1024  # bytes: what lies nearer together costs less as one answer
_MOST = 64  # answers that are asked for
_LINE = re.compile(rb"([1-9]\d{0,8}) ([0-9a-f]{16})\n")


@runtime_checkable
class Parted(sources.Source, Protocol):
    """A source that may be able to send parts of a file."""

    def part(self, path: str, start: int, end: int | None = None) -> tuple[bool, BinaryIO]:
        """Whether a part comes, and the bytes from `start` to before `end`; else all of them.

        Raises what `open` does.
        """


def text(listed: bytes) -> bytes:
    """The hint for a manifest: size and a quarter of the digest of each stretch, in order."""
    return b"".join(b"%d %s\n" % (len(one), _mark(one)) for one in _cut(listed))


def _cut(listed: bytes) -> Iterator[bytes]:
    """Stretches that end where a digest says so: what changes moves no other end.

    There are about as many as the square root of all lines, for the hint has to come, too.
    """
    lines = listed.splitlines(keepends=True)
    each = 1 << max(0, len(lines).bit_length() // 2 - 2)
    ends = {b"%04x" % number for number in range(0, 1 << 16, each)}
    begun = 0
    for number, line in enumerate(lines, start=1):
        if line[:4] in ends or number == len(lines):
            yield b"".join(lines[begun:number])
            begun = number


def _mark(stretch: bytes) -> bytes:
    return hashlib.sha256(stretch).hexdigest()[:16].encode()


def brought(source: Parted, name: str, digest: str, older: bytes, limit: int) -> bytes | None:
    """The manifest or the ledger of a digest, made of an older one and of what is new in it.

    It may have `limit` bytes. None where it is to be fetched whole.
    """
    if len(older) < _WORTH:
        return None
    try:
        if name == manifest.NAME:
            made = _patched(source, older, limit)
        else:
            made = _grown(source, name, older, limit)
    except (sources.MissingError, refusal.NotPossibleNow):
        return None
    return made if manifest.digest(made) == digest else None


def _grown(source: Parted, name: str, older: bytes, limit: int) -> bytes:
    """Of what only grows, the end is new."""
    is_part, file = source.part(name, len(older))
    with file:
        data = sources.upto(file, limit)
    return older + data if is_part else data


def _patched(source: Parted, older: bytes, limit: int) -> bytes:
    """With the stretches that differ; nothing if these are too many, or the hint is odd."""
    hint = sources.read(source, manifest.HINT, min(_LARGEST, len(older) // 8))
    stretches = [(int(size), mark) for size, mark in _LINE.findall(hint)]
    whole = sum(size for size, _ in stretches)
    known = {(len(one), _mark(one)): one for one in _cut(older)}
    gaps = list(_gaps(stretches, known))
    lacking = sum(end - start for start, end in gaps)
    if _LINE.sub(b"", hint) or whole > min(limit, 2 * len(older)):
        return b""
    if len(gaps) > _MOST or 2 * lacking > whole:
        return b""
    made = bytearray(b"".join(known.get(one, bytes(one[0])) for one in stretches))
    for start, end in gaps:
        is_part, file = source.part(manifest.NAME, start, end)
        with file:
            data = sources.upto(file, end - start if is_part else limit)
        if not is_part:
            return data
        made[start:end] = data
    return bytes(made)


def _gaps(
    stretches: Sequence[tuple[int, bytes]], known: Mapping[tuple[int, bytes], bytes]
) -> Iterator[tuple[int, int]]:
    """From where to where nothing is known; what lies near together is one."""
    start, end, at = 0, 0, 0
    for one in stretches:
        if one not in known:
            if at - end > _APART or not end:
                if end:
                    yield start, end
                start = at
            end = at + one[0]
        at += one[0]
    if end:
        yield start, end
